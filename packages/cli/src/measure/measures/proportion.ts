import { clopperPearson, proportion } from "@taproot/statistics";
import { type Measure, percentText } from "../measure.ts";
import { resultForEachRow } from "../result-for-each-row.ts";

export const proportionMeasure: Measure = {
  name: "proportion",
  question: "What share of people reached something?",
  page: "proportion",
  alternatives: [
    [
      { name: "numerator", kind: "number", description: "How many people reached it" },
      { name: "denominator", kind: "number", description: "How many people could have" },
    ],
  ],
  options: [
    {
      name: "interval",
      kind: "text",
      default: "wilson",
      choices: ["wilson", "exact"],
      description: "wilson (unless given) or exact: Clopper and Pearson's",
    },
  ],
  method: ({ confidence, text }) =>
    `Proportion with ${text("interval") === "exact" ? "Clopper and Pearson's exact" : "Wilson score"} interval, ${percentText(confidence)}`,
  run(group, { confidence, text }) {
    const numerators = group.numbers("numerator");
    const denominators = group.numbers("denominator");
    const estimate = text("interval") === "exact" ? clopperPearson : proportion;
    return resultForEachRow(group, (i) =>
      estimate(numerators[i] as number, denominators[i] as number, { confidence }),
    );
  },
};
