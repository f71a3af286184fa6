import { countRate } from "@taproot/statistics";
import { type Measure, percentText } from "../measure.ts";
import { resultForEachRow } from "../result-for-each-row.ts";

export const rateMeasure: Measure = {
  name: "rate",
  question: "How often does something happen among so many people?",
  page: "rate",
  alternatives: [
    [
      { name: "count", kind: "number", description: "How many events" },
      { name: "population", kind: "number", description: "Among how many people" },
      {
        name: "multiplier",
        kind: "number",
        optional: true,
        description: "The rate is for so many people; in place of --per",
      },
    ],
  ],
  options: [
    {
      name: "per",
      kind: "number",
      default: 100_000,
      description: "The rate is for so many people; 100000 unless given",
    },
  ],
  method({ confidence, has, number }) {
    const scale = has("multiplier")
      ? "per the table's multiplier"
      : `per ${number("per").toLocaleString("en-GB")}`;
    return `Rate ${scale}, Byar's limits (exact Poisson limits below 10 events), ${percentText(confidence)}`;
  },
  run(group, { confidence, has, number }) {
    const counts = group.numbers("count");
    const populations = group.numbers("population");
    const multipliers = has("multiplier") ? group.numbers("multiplier") : undefined;
    return resultForEachRow(group, (i) =>
      countRate(counts[i] as number, populations[i] as number, {
        confidence,
        per: multipliers?.[i] ?? number("per"),
      }),
    );
  },
};
