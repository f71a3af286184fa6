import {
  type CountSeries,
  controlledInterruptedTimeSeries,
  differenceInDifferences,
  eventStudy,
  type InterruptedTimeSeriesOptions,
  interruptedTimeSeries,
  isAbsent,
} from "@taproot/statistics";
import { periodColumn } from "../chart-options.ts";
import {
  type Measure,
  type MeasureColumn,
  type MeasureContext,
  type MeasureGroup,
  type MeasureOption,
  percentText,
  UnusableTable,
} from "../measure.ts";
import { overGroup } from "./control-chart.ts";

const number = (name: string, description: string, optional = false): MeasureColumn => ({
  name,
  kind: "number",
  description,
  ...(optional && { optional }),
});
const count = number("count", "Events in the period");
const exposure = number("exposure", "People or person-time in the period", true);

const seriesOptions: readonly MeasureOption[] = [
  {
    name: "from",
    kind: "text",
    default: "",
    description: "First period after the change: its name, or its row from 1",
  },
  { name: "level-only", kind: "flag", description: "Let the level change, not the slope" },
  {
    name: "harmonics",
    kind: "number",
    default: 0,
    description: "Pairs of waves for the season; 2 is usual for months",
  },
  {
    name: "season",
    kind: "number",
    default: 12,
    description: "Periods in a year; 12 unless given",
  },
  {
    name: "newey-west",
    kind: "number",
    default: 0,
    description: "Lags over which periods may be alike; 0 for quasi-Poisson errors",
  },
];

function optionsOf(group: MeasureGroup, context: MeasureContext): InterruptedTimeSeriesOptions {
  const from = context.text("from");
  const named = group.has("period") ? group.texts("period").indexOf(from) : -1;
  const interruption = named >= 0 ? named : /^\d+$/.test(from) ? Number(from) - 1 : -1;
  if (interruption < 1 || interruption >= group.lines.length)
    throw new UnusableTable(
      `No period "${from}" after the first. Name the first period after the change with --from.`,
    );
  const lag = context.number("newey-west");
  return {
    interruption,
    change: context.flag("level-only") ? "level" : "levelAndSlope",
    harmonics: context.number("harmonics"),
    seasonLength: context.number("season"),
    confidence: context.confidence,
    ...(lag > 0 && { errors: { neweyWest: lag } }),
  };
}

const seriesOf = (group: MeasureGroup, counts: string, people: string): CountSeries => ({
  counts: group.numbers(counts),
  ...(group.has(people) && { exposure: group.numbers(people) }),
});

const errorsText = ({ number }: MeasureContext) =>
  number("newey-west") > 0
    ? `Newey–West errors with ${number("newey-west")} lags`
    : "quasi-Poisson errors";

const interruptedTimeSeriesMeasure: Measure = {
  name: "interrupted-time-series",
  question: "Did the action change the rate, beyond its own trend and season?",
  page: "interrupted-time-series",
  alternatives: [[periodColumn, count, exposure]],
  options: seriesOptions,
  method: (context) =>
    `Segmented Poisson regression, rate ratios, ${errorsText(context)}, ${percentText(context.confidence)}`,
  run(group, context) {
    const result = overGroup(group, () =>
      interruptedTimeSeries(seriesOf(group, "count", "exposure"), optionsOf(group, context)),
    );
    if (isAbsent(result)) return [{ outcome: result }];
    return [
      { keys: { part: "step (ratio)" }, outcome: result.level },
      { keys: { part: "trend before (ratio a period)" }, outcome: result.slopeBefore },
      { keys: { part: "trend after over before" }, outcome: result.slopeChange },
      { keys: { part: "events attributed" }, outcome: result.attributed },
      { keys: { part: "dispersion" }, outcome: { value: result.dispersion } },
      { keys: { part: "autocorrelation" }, outcome: { value: result.autocorrelation } },
    ];
  },
};

const controlledMeasure: Measure = {
  name: "controlled-interrupted-time-series",
  question: "Did the action change the rate more than time changed it elsewhere?",
  page: "interrupted-time-series",
  alternatives: [
    [
      periodColumn,
      count,
      exposure,
      number("controlcount", "Events in the untouched series"),
      number("controlexposure", "Its people or person-time", true),
    ],
  ],
  options: seriesOptions,
  method: (context) =>
    `Ratio of two segmented Poisson regressions, ${errorsText(context)}, ${percentText(context.confidence)}`,
  run(group, context) {
    const result = overGroup(group, () =>
      controlledInterruptedTimeSeries(
        seriesOf(group, "count", "exposure"),
        seriesOf(group, "controlcount", "controlexposure"),
        optionsOf(group, context),
      ),
    );
    if (isAbsent(result)) return [{ outcome: result }];
    return [
      { keys: { part: "step over the control's" }, outcome: result.level },
      { keys: { part: "trend change over the control's" }, outcome: result.slopeChange },
      { keys: { part: "trend before over the control's" }, outcome: result.trendBefore },
    ];
  },
};

const differenceMeasure: Measure = {
  name: "difference-in-differences",
  question: "Did the places with the action change more than those without?",
  page: "difference-in-differences",
  alternatives: [
    [
      { name: "arm", kind: "text", description: '"treated" or "control"' },
      { name: "period", kind: "text", description: '"before" or "after"' },
      number("value", "The measure"),
      number("standarderror", "Its standard error"),
    ],
  ],
  method: ({ confidence }) =>
    `Change of the treated less change of the control, independent samples, ${percentText(confidence)}`,
  run(group, { confidence }) {
    const [arms, periods] = [group.texts("arm"), group.texts("period")];
    const [values, errors] = [group.numbers("value"), group.numbers("standarderror")];
    const one = (arm: string, period: string) => {
      const rows = arms.flatMap((name, i) =>
        name.toLowerCase() === arm && periods[i]?.toLowerCase() === period ? [i] : [],
      );
      const [row] = rows;
      if (row === undefined || rows.length > 1)
        throw new UnusableTable(
          `Rows from ${group.lines[0]}: needs one row with arm "${arm}" and period "${period}"; there are ${rows.length}.`,
        );
      return { value: values[row] as number, standardError: errors[row] as number };
    };
    const arm = (name: string) => ({ before: one(name, "before"), after: one(name, "after") });
    const data = { treated: arm("treated"), control: arm("control") };
    return [{ outcome: overGroup(group, () => differenceInDifferences(data, { confidence })) }];
  },
};

const eventStudyMeasure: Measure = {
  name: "event-study",
  question: "Did places move away from the untreated when the action came, and not before?",
  page: "difference-in-differences",
  alternatives: [
    [
      { name: "place", kind: "text", description: "The place's name" },
      number("time", "Period as a whole number"),
      number("value", "The measure"),
      {
        name: "start",
        kind: "text",
        description: "The place's first period with the action, or blank",
      },
    ],
  ],
  method: ({ confidence }) =>
    `Change since the last period before, treated less never-treated places, ${percentText(confidence)}`,
  run(group, { confidence }) {
    const panel = panelOf(group);
    const study = overGroup(group, () => eventStudy(panel, { confidence }));
    if (isAbsent(study)) return [{ outcome: study }];
    const trend = study.trendBefore;
    return [
      { keys: { part: "overall" }, outcome: study.overall },
      ...study.points.map(({ since, effect }) => ({
        keys: { part: `${since} periods since the start` },
        outcome: effect,
      })),
      {
        keys: { part: "trend before (p)" },
        outcome: isAbsent(trend) ? trend : { value: trend.pValue },
      },
    ];
  },
};

function panelOf(group: MeasureGroup) {
  const [places, starts] = [group.texts("place"), group.texts("start")];
  const [times, values] = [group.numbers("time"), group.numbers("value")];
  const periods = [...new Set(times)].sort((a, b) => a - b);
  const names = [...new Set(places)];
  const found = new Map(places.map((place, i) => [`${place}\n${times[i]}`, i]));
  return {
    values: names.map((name) =>
      periods.map((time) => {
        const row = found.get(`${name}\n${time}`);
        if (row === undefined)
          throw new UnusableTable(
            `Place "${name}" has no row for time ${time}. Every place needs every period.`,
          );
        return values[row] as number;
      }),
    ),
    firstTreated: names.map((name) => {
      const start = starts[places.indexOf(name)] ?? "";
      if (start === "") return null;
      const at = periods.indexOf(Number(start));
      if (at < 1)
        throw new UnusableTable(
          `Place "${name}" starts at ${start}, which is not a period after the first.`,
        );
      return at;
    }),
  };
}

/** Measures of what an action did. */
export const effectOfActionMeasures: readonly Measure[] = [
  interruptedTimeSeriesMeasure,
  controlledMeasure,
  differenceMeasure,
  eventStudyMeasure,
];
