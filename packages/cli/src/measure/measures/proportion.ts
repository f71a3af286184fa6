import { proportion } from "@taproot/statistics";
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
  method: ({ confidence }) => `Proportion with Wilson score interval, ${percentText(confidence)}`,
  run(group, { confidence }) {
    const numerators = group.numbers("numerator");
    const denominators = group.numbers("denominator");
    return resultForEachRow(group, (i) =>
      proportion(numerators[i] as number, denominators[i] as number, { confidence }),
    );
  },
};
