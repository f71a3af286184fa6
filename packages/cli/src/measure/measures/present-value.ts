import { presentValue } from "@taproot/statistics";
import type { Measure } from "../measure.ts";
import { numberColumn } from "../measure-columns.ts";

export const presentValueMeasure: Measure = {
  name: "present-value",
  question: "What is a yearly flow of money or health worth today?",
  page: "net-health-benefit",
  alternatives: [[numberColumn("amount", "The amount of one year, the first not discounted")]],
  options: [
    {
      name: "discount",
      kind: "number",
      default: 0.035,
      description: "Yearly discount rate; 0.035 unless given",
    },
  ],
  method: ({ number }) => `Present value at ${number("discount")} a year`,
  run: (group, { number }) => [
    { outcome: { value: presentValue(group.numbers("amount"), number("discount")) } },
  ],
};
