import {
  absent,
  areaUnderCurve,
  isAbsent,
  outstandingCombinations,
  stepwisePcv,
} from "@taproot/statistics";
import { type Measure, type MeasureResult, percentText } from "../measure.ts";
import { numberColumn } from "../measure-columns.ts";
import { strataColumns, strataOf } from "./strata-columns.ts";

const stepsMeasure: Measure = {
  name: "maihda-steps",
  question: "Which characteristic explains how much of the variation between crossings?",
  page: "maihda",
  alternatives: [strataColumns],
  method: ({ confidence }) =>
    `Logistic models of strata, one characteristic more a step, variance with profile limits, ${percentText(confidence)}`,
  run(group, { confidence }) {
    const steps = stepwisePcv(strataOf(group).strata, undefined, { confidence });
    if (isAbsent(steps)) return [{ outcome: steps }];
    return steps.flatMap(({ characteristics, model, pcv }, i): MeasureResult[] => {
      const step = i === 0 ? "none" : `and ${characteristics.at(-1)}`;
      return [
        {
          keys: { step, part: "variance between strata" },
          outcome: model.varianceInterval ?? { value: model.variance },
        },
        {
          keys: { step, part: "change in variance" },
          outcome: isAbsent(pcv) ? pcv : { value: pcv },
        },
      ];
    });
  },
};

const curveMeasure: Measure = {
  name: "area-under-curve",
  question: "How well does a score tell who has the outcome?",
  page: "maihda",
  alternatives: [
    [
      numberColumn("score", "The score of the row's people"),
      numberColumn("events", "How many of them had the outcome"),
      numberColumn("denominator", "Out of how many"),
    ],
  ],
  method: () => "Area under the ROC curve, ties counted half; 0.5 is a coin",
  run(group) {
    const area = areaUnderCurve(
      group.numbers("score"),
      group.numbers("events"),
      group.numbers("denominator"),
    );
    return [{ outcome: isAbsent(area) ? area : { value: area } }];
  },
};

const combinationsMeasure: Measure = {
  name: "outstanding-combinations",
  question: "Which combinations are more, or less, than the sum of their parts, whatever the rest?",
  page: "outstanding-combinations",
  alternatives: [strataColumns],
  options: [
    {
      name: "family-error-rate",
      kind: "number",
      default: 0.05,
      description: "The chance that any is named where none is; 0.05 unless given",
    },
  ],
  method: ({ confidence, number }) =>
    `Difference from the main effects in probability, Bonferroni over all combinations at ${percentText(number("family-error-rate"))}, limits ${percentText(confidence)}`,
  run(group, { confidence, number }) {
    const { strata } = strataOf(group);
    const found = outstandingCombinations(strata, {
      confidence,
      familyErrorRate: number("family-error-rate"),
    });
    if (isAbsent(found)) return [{ outcome: found }];
    if (found.combinations.length === 0)
      return [
        {
          outcome: absent(
            "notReached",
            `None of ${found.compared} combinations stands out from the sum of its parts.`,
          ),
        },
      ];
    return found.combinations.map(({ levels, excess }) => ({
      keys: Object.fromEntries(
        Object.keys(strata.characteristics).map((name) => [name, levels[name] ?? "any"]),
      ),
      outcome: excess,
    }));
  },
};

export const strataStepsMeasures: readonly Measure[] = [
  combinationsMeasure,
  curveMeasure,
  stepsMeasure,
];
