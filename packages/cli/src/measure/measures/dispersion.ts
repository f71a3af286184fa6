import {
  atkinsonIndex,
  betweenGroupStandardDeviation,
  betweenGroupVariance,
  coefficientOfVariation,
  type Dispersion,
  type DispersionOptions,
  indexOfDisparity,
  isAbsent,
  kolmIndex,
  meanDifference,
  meanLogDeviation,
  populationAttributableFraction,
  populationAttributableRisk,
  type Result,
  theilIndex,
  type UnorderedGroups,
} from "@taproot/statistics";
import { groupAlternatives, groupDataOf, scaleOf, scaleOption } from "../group-data.ts";
import {
  type Measure,
  type MeasureContext,
  type MeasureOption,
  percentText,
  UnusableTable,
} from "../measure.ts";

const alternatives = groupAlternatives({
  name: "group",
  kind: "text",
  description: "The group's name",
});

const bestOption: MeasureOption = {
  name: "best",
  kind: "text",
  default: "highest",
  choices: ["highest", "lowest"],
  description: "Which value is best; highest unless given",
};

const referenceOption: MeasureOption = {
  name: "reference",
  kind: "text",
  default: "",
  description: "Name of the group to compare with; the best unless given",
};

const weightingOption: MeasureOption = {
  name: "each-group-once",
  kind: "flag",
  description: "Count each group once, not by its people",
};

const bestOf = ({ text }: MeasureContext): "highest" | "lowest" =>
  text("best") === "lowest" ? "lowest" : "highest";

const weightingOf = ({ flag }: MeasureContext) => ({
  weighting: flag("each-group-once") ? ("groups" as const) : ("people" as const),
});

interface DispersionMeasure {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly page: string;
  readonly options?: readonly MeasureOption[];
  readonly estimate: (
    data: UnorderedGroups,
    options: DispersionOptions,
    context: MeasureContext,
    names: readonly string[],
  ) => Result<Dispersion>;
}

/** A measure that also prints what noise alone would give. */
function dispersionMeasure(of: DispersionMeasure): Measure {
  return {
    name: of.name,
    question: of.question,
    page: of.page,
    alternatives,
    options: [scaleOption, ...(of.options ?? [])],
    method: ({ confidence }) =>
      `${of.title}, delta-method interval, ${percentText(confidence)}; "noise" is what equal groups would give`,
    run(group, context) {
      const outcome = of.estimate(
        groupDataOf(group),
        { confidence: context.confidence, ...scaleOf(context) },
        context,
        group.texts("group"),
      );
      if (isAbsent(outcome)) return [{ outcome }];
      return [
        { keys: { part: "index" }, outcome },
        { keys: { part: "noise" }, outcome: { value: outcome.noise } },
        ...(outcome.corrected === undefined
          ? []
          : [{ keys: { part: "corrected for noise" }, outcome: { value: outcome.corrected } }]),
      ];
    },
  };
}

const aversionOption = (text: string, value: number): MeasureOption => ({
  name: "aversion",
  kind: "number",
  default: value,
  description: text,
});

/** The dispersion of groups without an order, one measure an index. */
export const dispersionMeasures: readonly Measure[] = [
  dispersionMeasure({
    name: "atkinson",
    title: "Atkinson index",
    question: "What share of the average would one give up to have all groups equal?",
    page: "atkinson-index",
    options: [aversionOption("How much inequality matters; 1 unless given", 1)],
    estimate: (data, options, { number }) =>
      atkinsonIndex(data, { ...options, aversion: number("aversion") }),
  }),
  dispersionMeasure({
    name: "between-group-deviation",
    title: "Between-group standard deviation",
    question: "How far is a typical person's group from the average, in the value's own units?",
    page: "between-group-variance",
    estimate: betweenGroupStandardDeviation,
  }),
  dispersionMeasure({
    name: "between-group-variance",
    title: "Between-group variance",
    question: "How far apart are groups that have no order?",
    page: "between-group-variance",
    estimate: betweenGroupVariance,
  }),
  dispersionMeasure({
    name: "coefficient-of-variation",
    title: "Coefficient of variation between groups",
    question: "How far apart are groups, as a share of the average?",
    page: "between-group-variance",
    estimate: coefficientOfVariation,
  }),
  dispersionMeasure({
    name: "index-of-disparity",
    title: "Index of disparity",
    question: "How far are groups from the average, as a share of it?",
    page: "index-of-disparity",
    options: [weightingOption],
    estimate: (data, options, context) =>
      indexOfDisparity(data, { ...options, ...weightingOf(context) }),
  }),
  dispersionMeasure({
    name: "kolm",
    title: "Kolm index",
    question: "How much would one give up, in the value's own units, to have all groups equal?",
    page: "kolm-index",
    options: [
      aversionOption("How much inequality matters, per unit of the value; 1 unless given", 1),
    ],
    estimate: (data, options, { number }) =>
      kolmIndex(data, { ...options, aversion: number("aversion") }),
  }),
  dispersionMeasure({
    name: "mean-difference",
    title: "Mean difference",
    question: "How far is the average person's group from the mean, the best or another group?",
    page: "mean-difference",
    options: [
      bestOption,
      {
        name: "from",
        kind: "text",
        default: "mean",
        description: "mean (unless given), best, or the name of a group",
      },
      weightingOption,
    ],
    estimate: (data, options, context, names) => {
      const text = context.text("from");
      const from = text === "mean" || text === "best" ? text : groupCalled(text, names);
      return meanDifference(data, {
        ...options,
        from,
        best: bestOf(context),
        ...weightingOf(context),
      });
    },
  }),
  dispersionMeasure({
    name: "mean-log-deviation",
    title: "Mean log deviation",
    question: "How unequal are groups, with more weight on low values?",
    page: "theil-index",
    estimate: meanLogDeviation,
  }),
  dispersionMeasure({
    name: "paf",
    title: "Population attributable fraction",
    question: "By what share would the average change if all groups did as well as the best?",
    page: "population-attributable-risk",
    options: [bestOption, referenceOption],
    estimate: (data, options, context, names) =>
      populationAttributableFraction(data, { ...options, ...attributable(context, names) }),
  }),
  dispersionMeasure({
    name: "par",
    title: "Population attributable risk",
    question: "By how much would the average change if all groups did as well as the best?",
    page: "population-attributable-risk",
    options: [bestOption, referenceOption],
    estimate: (data, options, context, names) =>
      populationAttributableRisk(data, { ...options, ...attributable(context, names) }),
  }),
  dispersionMeasure({
    name: "theil",
    title: "Theil index",
    question: "How unequal are groups, relative to the average?",
    page: "theil-index",
    estimate: theilIndex,
  }),
];

function groupCalled(name: string, names: readonly string[]): number {
  const index = names.indexOf(name);
  if (index < 0)
    throw new UnusableTable(
      `No row has "${name}" in the column "group". Name one of: ${names.slice(0, 10).join(", ")}.`,
    );
  return index;
}

function attributable(context: MeasureContext, names: readonly string[]) {
  const text = context.text("reference");
  return {
    best: bestOf(context),
    reference: text === "" ? ("best" as const) : groupCalled(text, names),
  };
}
