import { decomposeConcentrationIndex, isAbsent } from "@taproot/statistics";
import { type Measure, percentText } from "../measure.ts";
import { numberColumn } from "../measure-columns.ts";
import { namedNumbers } from "../named-columns.ts";

export const concentrationDecompositionMeasure: Measure = {
  name: "concentration-decomposition",
  question: "With which factors does the gradient go?",
  page: "concentration-decomposition",
  alternatives: [
    [
      numberColumn("rank", "The person's place; lowest = most deprived"),
      numberColumn("outcome", "The person's outcome"),
      {
        ...numberColumn("weight", "Survey weight; 1 when the column is left out"),
        optional: true,
      },
    ],
  ],
  namedColumns: {
    option: "factors",
    description: "what the outcome goes with; a category as one 0/1 column a level but one",
    kind: "number",
  },
  method: ({ confidence }) =>
    `Decomposition of the concentration index by least squares (Wagstaff, van Doorslaer and Watanabe), influence functions, ${percentText(confidence)}`,
  run(group, context) {
    const parts = decomposeConcentrationIndex(
      {
        rank: group.numbers("rank"),
        outcome: group.numbers("outcome"),
        factors: namedNumbers(group, context, "factors"),
        ...(group.has("weight") && { weight: group.numbers("weight") }),
      },
      { confidence: context.confidence },
    );
    if (isAbsent(parts)) return [{ outcome: parts }];
    return [
      { keys: { part: "whole index" }, outcome: { value: parts.index } },
      ...parts.contributions.map((contribution) => ({
        keys: { part: contribution.factor },
        outcome: contribution,
      })),
      { keys: { part: "residual" }, outcome: { value: parts.residual } },
    ];
  },
};
