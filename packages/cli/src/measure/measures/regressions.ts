import {
  coxRegression,
  generalisedLinearModel,
  isAbsent,
  linearRegression,
  normalProbability,
  studentQuantile,
  studentUpperTail,
  zOfConfidence,
} from "@taproot/statistics";
import {
  type Measure,
  type MeasureContext,
  type MeasureGroup,
  type MeasureResult,
  percentText,
  UnusableTable,
} from "../measure.ts";
import { numberColumn } from "../measure-columns.ts";
import { namedNumbers } from "../named-columns.ts";
import { personColumns, waitsOf } from "../wait-columns.ts";

const factors = {
  option: "factors",
  description: "what goes with the outcome; a category as one 0/1 column a level but one",
  kind: "number",
} as const;

const coxMeasure: Measure = {
  name: "cox-regression",
  question: "Do people with more of something leave the list sooner, all else equal?",
  page: "cox-regression",
  alternatives: [personColumns],
  namedColumns: factors,
  options: [
    {
      name: "kind",
      kind: "number",
      default: 1,
      description: "The kind of leaving that is asked for; 1 (seen) unless given",
    },
    {
      name: "ties",
      kind: "text",
      default: "efron",
      choices: ["efron", "breslow"],
      description: "How people who leave at one time are taken; efron unless given",
    },
  ],
  method: ({ confidence, text, number }) =>
    `Cox regression of leaving by kind ${number("kind")}, ties by ${text("ties") === "breslow" ? "Breslow" : "Efron"}; value: ratio of the chances to leave for one more of the factor, ${percentText(confidence)}`,
  run(group, context) {
    const given = namedNumbers(group, context, "factors");
    const fit = coxRegression(waitsOf(group), Object.values(given), {
      confidence: context.confidence,
      kind: context.number("kind"),
      ties: context.text("ties") === "breslow" ? "breslow" : "efron",
    });
    if (isAbsent(fit)) return [{ outcome: fit }];
    return Object.keys(given).flatMap((factor, k): MeasureResult[] => {
      const ratio = fit.ratios[k] as (typeof fit.ratios)[number];
      return [
        { keys: { factor, part: "hazard ratio" }, outcome: ratio },
        { keys: { factor, part: "p-value" }, outcome: { value: ratio.pValue } },
      ];
    });
  },
};

type Model = "linear" | "logistic" | "risk-ratio" | "risk-difference" | "rate-ratio";
const models: Readonly<Record<Model, string>> = {
  linear: "least squares; value: difference of the outcome",
  logistic: "logistic; value: odds ratio",
  "risk-ratio": "Poisson with robust errors; value: ratio of risks",
  "risk-difference": "identity binomial; value: difference of risks",
  "rate-ratio": "Poisson; value: ratio of rates",
};
const modelOf = ({ text }: MeasureContext) => text("model") as Model;

const regressionMeasure: Measure = {
  name: "regression",
  question: "How does an outcome change with others held fixed?",
  page: "regression",
  alternatives: [
    [
      numberColumn("outcome", "A value, or how many of the row had the outcome"),
      {
        ...numberColumn("denominator", "People (or person-time) of the row; 1 when left out"),
        optional: true,
      },
      { ...numberColumn("weight", "Weight of the row, for --model linear"), optional: true },
    ],
  ],
  namedColumns: factors,
  options: [
    {
      name: "model",
      kind: "text",
      default: "linear",
      choices: Object.keys(models),
      description:
        "linear (unless given), logistic (odds), risk-ratio, risk-difference or rate-ratio",
    },
    { name: "robust", kind: "flag", description: "Errors that hold where rows vary unequally" },
  ],
  method: (context) =>
    `Regression, ${models[modelOf(context)]} for one more of the factor, ${context.flag("robust") ? "robust errors, " : ""}${percentText(context.confidence)}`,
  run(group, context) {
    const given = namedNumbers(group, context, "factors");
    const predictors = Object.values(given);
    const robust = context.flag("robust");
    if (modelOf(context) === "linear") {
      refuse(group, "denominator", "--model linear takes none; name another model, or");
      const fit = linearRegression(
        {
          outcome: group.numbers("outcome"),
          predictors,
          ...(group.has("weight") && { weights: group.numbers("weight") }),
        },
        { covariance: robust ? "robustHC1" : "model" },
      );
      if (isAbsent(fit)) return [{ outcome: fit }];
      const { degreesOfFreedom } = fit;
      const reach = studentQuantile((1 + context.confidence) / 2, degreesOfFreedom);
      return coefficients(
        Object.keys(given),
        fit,
        reach,
        (x) => x,
        (t) => 2 * studentUpperTail(Math.abs(t), degreesOfFreedom),
      );
    }
    refuse(group, "weight", "only --model linear takes weights;");
    const fit = generalisedLinearModel(
      {
        events: group.numbers("outcome"),
        predictors,
        ...(group.has("denominator") && { denominator: group.numbers("denominator") }),
      },
      { ...formOf(modelOf(context)), ...(robust && { covariance: "robust" as const }) },
    );
    if (isAbsent(fit)) return [{ outcome: fit }];
    const ratio = modelOf(context) !== "risk-difference";
    return coefficients(
      Object.keys(given),
      fit,
      zOfConfidence(context.confidence),
      ratio ? Math.exp : (x) => x,
      (z) => 2 * normalProbability(-Math.abs(z)),
    );
  },
};

function refuse(group: MeasureGroup, column: string, why: string): void {
  if (group.has(column))
    throw new UnusableTable(`The column "${column}" is there, but ${why} take it out.`);
}

function formOf(model: Model): Parameters<typeof generalisedLinearModel>[1] {
  if (model === "logistic") return { family: "binomial" };
  if (model === "risk-difference") return { family: "binomial", link: "identity" };
  return { family: "poisson", ...(model === "risk-ratio" && { covariance: "persons" }) };
}

function coefficients(
  names: readonly string[],
  fit: { readonly coefficients: Float64Array; readonly standardErrors: Float64Array },
  reach: number,
  shown: (x: number) => number,
  pValue: (score: number) => number,
): MeasureResult[] {
  return names.flatMap((factor, k) => {
    const value = fit.coefficients[k + 1] as number;
    const error = fit.standardErrors[k + 1] as number;
    return [
      {
        keys: { factor, part: "effect" },
        outcome: {
          value: shown(value),
          lower: shown(value - reach * error),
          upper: shown(value + reach * error),
        },
      },
      { keys: { factor, part: "p-value" }, outcome: { value: pValue(value / error) } },
    ];
  });
}

/** Models of an outcome or a wait with several factors at once. */
export const regressionMeasures: readonly Measure[] = [coxMeasure, regressionMeasure];
