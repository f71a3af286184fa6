import {
  gapChange,
  gapTrend,
  isAbsent,
  levelling,
  type MeasuredValue,
  regressionToTheMean,
} from "@taproot/statistics";
import { periodColumn } from "../chart-options.ts";
import {
  type Measure,
  type MeasureColumn,
  type MeasureGroup,
  percentText,
  UnusableTable,
} from "../measure.ts";
import { overGroup } from "./control-chart.ts";

const column = (name: string, description: string, optional = false): MeasureColumn => ({
  name,
  kind: "number",
  description,
  ...(optional && { optional }),
});
const gapColumns = [
  column("gap", "The gap in the period"),
  column("standarderror", "Its standard error"),
];
const measuredRows = (group: MeasureGroup, value: string, error: string): MeasuredValue[] => {
  const errors = group.has(error) ? group.numbers(error) : [];
  return group
    .numbers(value)
    .map((number, i) => ({ value: number, standardError: errors[i] ?? 0 }));
};

const gapTrendMeasure: Measure = {
  name: "gap-trend",
  question: "Is the gap closing, and how fast?",
  page: "gap-trend",
  alternatives: [[periodColumn, ...gapColumns, column("time", "When it was measured", true)]],
  method: ({ confidence }) =>
    `Change a period by least squares weighted by 1/SE², ${percentText(confidence)}`,
  run(group, { confidence }) {
    const outcome = overGroup(group, () =>
      gapTrend(
        { gaps: group.numbers("gap"), standardErrors: group.numbers("standarderror") },
        { confidence, ...(group.has("time") && { times: group.numbers("time") }) },
      ),
    );
    return [{ outcome }];
  },
};

const gapChangeMeasure: Measure = {
  name: "gap-change",
  question: "Did the gap change between two periods?",
  page: "gap-trend",
  alternatives: [[periodColumn, ...gapColumns]],
  method: ({ confidence }) =>
    `Second row less first, independent samples, ${percentText(confidence)}`,
  run(group, { confidence }) {
    const [before, after, ...rest] = measuredRows(group, "gap", "standarderror");
    if (before === undefined || after === undefined || rest.length > 0)
      throw new UnusableTable(
        `Rows from ${group.lines[0]}: a change needs two rows, before and after; there are ${group.lines.length}. For more periods use gap-trend or gap-chart.`,
      );
    return [{ outcome: overGroup(group, () => gapChange(before, after, { confidence })) }];
  },
};

const levellingMeasure: Measure = {
  name: "levelling",
  question: "Did the gap close because the worse off got better, or the better off got worse?",
  page: "levelling",
  alternatives: [
    [
      { name: "group", kind: "text", description: "The group's name" },
      column("before", "Its value before"),
      column("after", "Its value after"),
      column("contrast", "Its weight in the gap; 1 for the first row and -1 for the second", true),
      column("beforeerror", "Standard error of before", true),
      column("aftererror", "Standard error of after", true),
    ],
  ],
  options: [
    {
      name: "better",
      kind: "text",
      default: "decrease",
      choices: ["increase", "decrease"],
      description: "Which way the measure gets better; decrease unless given",
    },
  ],
  method: ({ confidence }) =>
    `Fall of the gap split among groups, exact; interval of the fall ${percentText(confidence)}`,
  run(group, context) {
    const before = measuredRows(group, "before", "beforeerror");
    if (!group.has("contrast") && before.length !== 2)
      throw new UnusableTable(
        `Rows from ${group.lines[0]}: with ${before.length} groups the gap needs a column "contrast" that says how each enters it.`,
      );
    const names = group.texts("group");
    const result = overGroup(group, () =>
      levelling(
        {
          before,
          after: measuredRows(group, "after", "aftererror"),
          contrast: group.has("contrast") ? group.numbers("contrast") : [1, -1],
          improvement: context.text("better") === "increase" ? "increase" : "decrease",
        },
        { confidence: context.confidence },
      ),
    );
    if (isAbsent(result)) return [{ outcome: result }];
    const { fall, levellingUp, levellingDown, groups, verdict } = result;
    const known = group.has("beforeerror") || group.has("aftererror");
    return [
      {
        keys: { part: "fall of the gap", verdict },
        outcome: known ? fall : { value: fall.value },
      },
      { keys: { part: "levelling up", verdict: "" }, outcome: { value: levellingUp } },
      { keys: { part: "levelling down", verdict: "" }, outcome: { value: levellingDown } },
      ...groups.map(({ contribution, direction }, i) => ({
        keys: { part: names[i] ?? "", verdict: direction },
        outcome: { value: contribution },
      })),
    ];
  },
};

const regressionToTheMeanMeasure: Measure = {
  name: "regression-to-the-mean",
  question: "The worst area got better: how much would have happened anyway?",
  page: "regression-to-the-mean",
  alternatives: [
    [
      { name: "area", kind: "text", description: "The area's name" },
      column("before", "Its value before the action"),
      column("beforeerror", "Its standard error"),
    ],
  ],
  options: [
    {
      name: "selected",
      kind: "text",
      default: "",
      description: "The area that the action went to",
    },
    { name: "after", kind: "number", default: 0, description: "Its value after" },
    { name: "after-error", kind: "number", default: 0, description: "Its standard error" },
  ],
  method: ({ confidence }) =>
    `After less the value expected with nothing done (empirical Bayes), ${percentText(confidence)}`,
  run(group, { text, number, confidence }) {
    const selected = group.texts("area").indexOf(text("selected"));
    if (selected < 0)
      throw new UnusableTable(
        `Column area has no "${text("selected")}". Name the area that the action went to with --selected.`,
      );
    const guard = overGroup(group, () =>
      regressionToTheMean(
        measuredRows(group, "before", "beforeerror"),
        selected,
        { value: number("after"), standardError: number("after-error") },
        { confidence },
      ),
    );
    if (isAbsent(guard)) return [{ outcome: guard }];
    return [
      { keys: { part: "change seen" }, outcome: { value: guard.change } },
      { keys: { part: "expected with nothing done" }, outcome: { value: guard.expectedChange } },
      { keys: { part: "beyond that" }, outcome: guard.beyond },
    ];
  },
};

/** Measures of how a gap moves. */
export const gapOverTimeMeasures: readonly Measure[] = [
  gapTrendMeasure,
  gapChangeMeasure,
  levellingMeasure,
  regressionToTheMeanMeasure,
];
