import {
  type GradientOptions,
  relativeIndexOfInequality,
  slopeIndexOfInequality,
} from "@taproot/statistics";
import { groupAlternatives, groupDataOf, scaleOf, scaleOption } from "../group-data.ts";
import {
  type Measure,
  type MeasureContext,
  type MeasureGroup,
  type MeasureOption,
  percentText,
  UnusableTable,
} from "../measure.ts";

const alternatives = groupAlternatives({
  name: "quantile",
  kind: "number",
  description: "Place in the order of deprivation; 1 = most deprived",
});

const options: readonly MeasureOption[] = [
  scaleOption,
  {
    name: "transform",
    kind: "flag",
    description: "Fit the line on the logarithm (rate) or logit (proportion)",
  },
  {
    name: "most-minus-least",
    kind: "flag",
    description: "Turn the direction round: most deprived against least deprived",
  },
  {
    name: "minimum-groups",
    kind: "number",
    default: 5,
    description: "Fewest quantiles accepted; 5 unless given, at least 3",
  },
  {
    name: "overdispersion",
    kind: "flag",
    description: "Widen the interval when the values lie further from the line than chance allows",
  },
];

function optionsOf(context: MeasureContext): GradientOptions {
  return {
    confidence: context.confidence,
    ...scaleOf(context),
    transform: context.flag("transform"),
    direction: context.flag("most-minus-least") ? "mostMinusLeast" : "leastMinusMost",
    minimumGroups: context.number("minimum-groups"),
    overdispersion: context.flag("overdispersion"),
  };
}

function rankedGroups(group: MeasureGroup) {
  const rank = group.numbers("quantile");
  const twice = rank.findIndex((q, i) => rank.indexOf(q) !== i);
  if (twice >= 0)
    throw new UnusableTable(
      `Row ${group.lines[twice]}, column "quantile": quantile ${rank[twice]} comes twice in one group. Add a column that tells the groups apart, or add the two rows up.`,
    );
  return { ...groupDataOf(group), rank };
}

const fitted = (context: MeasureContext) =>
  context.flag("transform") ? "line on the transformed scale" : "population-weighted line";

export const slopeIndexMeasure: Measure = {
  name: "sii",
  question: "How far apart are the most and the least deprived end, in the value's own units?",
  page: "slope-index-of-inequality",
  alternatives,
  options: [
    ...options,
    {
      name: "per",
      kind: "number",
      default: 1,
      description: "Multiplies the result: 100 for percentage points; 1 unless given",
    },
  ],
  method: (context) =>
    `Slope index of inequality, ${context.flag("most-minus-least") ? "most minus least" : "least minus most"} deprived, ${fitted(context)}, closed-form interval, ${percentText(context.confidence)}`,
  run: (group, context) => [
    {
      outcome: slopeIndexOfInequality(rankedGroups(group), {
        ...optionsOf(context),
        per: context.number("per"),
      }),
    },
  ],
};

export const relativeIndexMeasure: Measure = {
  name: "rii",
  question: "How many times higher is it at one end of deprivation than at the other?",
  page: "relative-index-of-inequality",
  alternatives,
  options,
  method: (context) =>
    `Relative index of inequality, ${context.flag("most-minus-least") ? "most over least" : "least over most"} deprived, ${fitted(context)}, ${context.flag("transform") ? "delta" : "Fieller"} interval, ${percentText(context.confidence)}`,
  run: (group, context) => [
    { outcome: relativeIndexOfInequality(rankedGroups(group), optionsOf(context)) },
  ],
};
