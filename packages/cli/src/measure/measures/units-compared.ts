import {
  betaBinomial,
  funnel,
  gammaPoisson,
  isAbsent,
  marshallShrinkage,
} from "@taproot/statistics";
import {
  type Measure,
  type MeasureContext,
  type MeasureGroup,
  percentText,
  WrongUsage,
} from "../measure.ts";
import { numberColumn, unitColumn } from "../measure-columns.ts";

const shares = [
  unitColumn,
  numberColumn("numerator", "How many people reached it"),
  numberColumn("denominator", "How many people could have"),
];
const ratios = [
  unitColumn,
  numberColumn("observed", "How many events"),
  numberColumn("expected", "How many expected"),
];
const pairs = [
  unitColumn,
  numberColumn("count", "How many of one kind"),
  numberColumn("othercount", "How many of the other kind"),
];
const kinds = {
  observed: "standardisedRatio",
  count: "ratioOfCounts",
  numerator: "proportion",
} as const;
const names = {
  standardisedRatio: "Standardised ratios",
  ratioOfCounts: "Ratios of counts",
  proportion: "Proportions",
};

function kindOf(table: { has(column: string): boolean }) {
  return kinds[table.has("observed") ? "observed" : table.has("count") ? "count" : "numerator"];
}

function countsOf(group: MeasureGroup): [number[], number[]] {
  const [top, bottom] = {
    standardisedRatio: ["observed", "expected"] as const,
    ratioOfCounts: ["count", "othercount"] as const,
    proportion: ["numerator", "denominator"] as const,
  }[kindOf(group)];
  return [group.numbers(top), group.numbers(bottom)];
}

const funnelMeasure: Measure = {
  name: "funnel",
  question: "Which units stand out from the others, given their size?",
  page: "funnel",
  alternatives: [shares, ratios, pairs],
  options: [
    {
      name: "chance-only",
      kind: "flag",
      description: "Do not widen the limits by the variance between units",
    },
  ],
  method: ({ confidence, flag, has }) =>
    `${names[kindOf({ has })]}; lower and upper are the funnel limits for a unit of that size, ${flag("chance-only") ? "by chance alone" : "widened where units differ more than by chance"}, ${percentText(confidence)}`,
  run(group, { confidence, flag }) {
    const kind = kindOf(group);
    const table = funnel(kind, ...countsOf(group), {
      levels: [confidence],
      allowOverdispersion: !flag("chance-only"),
      ...(kind === "standardisedRatio" ? { target: 1 } : {}),
    });
    if (isAbsent(table)) return [{ outcome: table }];
    const units = group.texts("unit");
    return table.units.map(({ value, limits, outside }, row) => ({
      keys: { unit: units[row] as string, standing: outside },
      outcome: { value, lower: limits[0]?.lower as number, upper: limits[0]?.upper as number },
    }));
  },
};

const byMoments = ({ text, has }: Pick<MeasureContext, "text" | "has">): boolean => {
  if (text("method") !== "marshall") return false;
  if (has("observed")) return true;
  throw new WrongUsage(
    "--method marshall reads the columns unit, observed and expected. Leave it out for numerators and denominators.",
  );
};

const shrinkageMeasure: Measure = {
  name: "shrinkage",
  question: "Which small places really differ?",
  page: "shrinkage",
  alternatives: [shares, ratios],
  options: [
    {
      name: "method",
      kind: "text",
      default: "likelihood",
      choices: ["likelihood", "marshall"],
      description:
        "likelihood (unless given), with intervals, or marshall: moments of observed over expected, without",
    },
  ],
  method: (context) =>
    byMoments(context)
      ? "Marshall's moment estimator, each unit drawn to the mean, no interval"
      : `${context.has("observed") ? "Gamma-Poisson" : "Beta-binomial"} empirical Bayes, each unit drawn to the mean, ${percentText(context.confidence)}`,
  run(group, context) {
    const { confidence } = context;
    const units = group.texts("unit");
    if (byMoments(context)) {
      const moments = marshallShrinkage(...countsOf(group));
      if (isAbsent(moments)) return [{ outcome: moments }];
      return Array.from(moments.ratios, (value, row) => ({
        keys: { unit: units[row] as string },
        outcome: { value },
      }));
    }
    const shrunk = group.has("observed")
      ? gammaPoisson(...countsOf(group), { confidence })
      : betaBinomial(...countsOf(group), { confidence });
    if (isAbsent(shrunk)) return [{ outcome: shrunk }];
    const estimates = "ratios" in shrunk ? shrunk.ratios : shrunk.shares;
    return estimates.map((outcome, row) => ({ keys: { unit: units[row] as string }, outcome }));
  },
};

export const unitsComparedMeasures: readonly Measure[] = [funnelMeasure, shrinkageMeasure];
