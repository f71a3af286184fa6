import {
  type ControlChart,
  type ControlChartOptions,
  cChart,
  gapChart,
  gChart,
  isAbsent,
  movingRangeChart,
  pChart,
  pPrimeChart,
  StatisticsError,
  sChart,
  tChart,
  uChart,
  uPrimeChart,
  xbarChart,
  xmrChart,
} from "@taproot/statistics";
import {
  chartOptions,
  chartOptionsOf,
  periodColumn,
  periodsOf,
  ruleText,
} from "../chart-options.ts";
import {
  type Measure,
  type MeasureColumn,
  type MeasureContext,
  type MeasureGroup,
  type MeasureOption,
  type MeasureResult,
  UnusableTable,
} from "../measure.ts";

type Column = (name: string) => number[];
type Draw = (column: Column, options: ControlChartOptions, context: MeasureContext) => ControlChart;

/** What a chart reads from the table, and how it is drawn. */
interface ChartTable {
  readonly columns: readonly (readonly [name: string, description: string])[];
  readonly options?: readonly MeasureOption[];
  readonly draw: Draw;
}

interface ChartMeasure extends ChartTable {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly page?: string;
}

/** A chart of one number a period. */
const ofOne = (
  chart: (values: number[], options: ControlChartOptions) => ControlChart,
  name: string,
  description: string,
): ChartTable => ({
  columns: [[name, description]],
  draw: (column, options) => chart(column(name), options),
});

type RatioChart = typeof pChart;

/** A chart of counts over something, and the one with Laney's wider limits. */
const ofRatio = (plain: RatioChart, laney: RatioChart): ChartTable => ({
  columns: [
    ["numerator", "Events or people counted in the period"],
    ["denominator", "What they are counted over"],
  ],
  options: [
    {
      name: "laney",
      kind: "flag",
      description: "Widen limits by the spread between periods, for large denominators (Laney)",
    },
  ],
  draw: (column, options, { flag }) =>
    (flag("laney") ? laney : plain)(
      { numerators: column("numerator"), denominators: column("denominator") },
      options,
    ),
});

/** A chart of several measured a period. */
const ofSubgroups = (chart: typeof xbarChart): ChartTable => ({
  columns: [
    ["count", "How many were measured in the period"],
    ["mean", "Their mean"],
    ["standarddeviation", "Their standard deviation (n - 1)"],
  ],
  draw: (column, options) =>
    chart(
      {
        counts: column("count"),
        means: column("mean"),
        standardDeviations: column("standarddeviation"),
      },
      options,
    ),
});

const charts: readonly ChartMeasure[] = [
  {
    name: "xmr",
    title: "XmR chart",
    question: "Did anything change, in a measure taken once a period?",
    ...ofOne(xmrChart, "value", "The measure in the period"),
  },
  {
    name: "moving-range",
    title: "Moving-range chart",
    question: "Did the spread from one period to the next change?",
    page: "xmr",
    ...ofOne(movingRangeChart, "value", "The measure in the period"),
  },
  {
    name: "p-chart",
    title: "p chart",
    question: "Did a share of people change, period by period?",
    ...ofRatio(pChart, pPrimeChart),
  },
  {
    name: "u-chart",
    title: "u chart",
    question: "Did a rate of events change, period by period?",
    ...ofRatio(uChart, uPrimeChart),
  },
  {
    name: "c-chart",
    title: "c chart",
    question: "Did a count of events change, period by period?",
    ...ofOne(cChart, "count", "Events in the period"),
  },
  {
    name: "t-chart",
    title: "t chart",
    question: "Do rare events come closer together in time?",
    page: "rare-event-charts",
    ...ofOne(tChart, "time", "Time since the event before"),
  },
  {
    name: "g-chart",
    title: "g chart",
    question: "Do rare events come closer together, counted in chances?",
    page: "rare-event-charts",
    ...ofOne(gChart, "opportunities", "Chances (referrals, visits) since the event before"),
  },
  {
    name: "xbar-chart",
    title: "X̄ chart",
    question: "Did the average of a measurement change, with several measured a period?",
    page: "xbar-and-s-charts",
    ...ofSubgroups(xbarChart),
  },
  {
    name: "s-chart",
    title: "S chart",
    question: "Did the spread of a measurement within a period change?",
    page: "xbar-and-s-charts",
    ...ofSubgroups(sChart),
  },
  {
    name: "gap-chart",
    title: "Gap chart",
    question: "Did the gap change, beyond its sampling error and usual variation?",
    columns: [
      ["gap", "The gap in the period; larger is worse"],
      ["standarderror", "Its standard error"],
    ],
    draw: (column, options) =>
      gapChart({ gaps: column("gap"), standardErrors: column("standarderror") }, options),
  },
];

/** A chart's points, with the icons on its last line. */
function results(chart: ControlChart, period: (i: number) => string): MeasureResult[] {
  const points = chart.points.map(({ index, value, limits, colour, signals }): MeasureResult => {
    const keys = {
      period: period(index),
      colour,
      signals: signals.map(({ rule, side }) => `${rule} ${side}`).join("; "),
    };
    if (isAbsent(value)) return { keys, outcome: value };
    return {
      keys,
      outcome: isAbsent(limits) ? { value } : { value, lower: limits.lower, upper: limits.upper },
    };
  });
  const lines = chart.segments.map(
    ({ from, centre, reason }): MeasureResult => ({
      keys: {
        period: `centre from ${period(from)}`,
        colour: "",
        signals: reason ?? "",
      },
      outcome: isAbsent(centre) ? centre : { value: centre },
    }),
  );
  const last = chart.points.at(-1);
  const icons: MeasureResult[] =
    last === undefined
      ? []
      : [
          {
            keys: {
              period: "icons",
              colour: isAbsent(chart.variation) ? "" : chart.variation,
              signals: isAbsent(chart.assurance) ? "no assurance" : chart.assurance,
            },
            outcome: isAbsent(chart.variation)
              ? chart.variation
              : isAbsent(last.value)
                ? last.value
                : { value: last.value },
          },
        ];
  return [...points, ...lines, ...icons];
}

/** Runs a method over a group; a rule that the table breaks is reported with the row it starts at. */
export function overGroup<T>(group: MeasureGroup, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof StatisticsError)) throw error;
    throw new UnusableTable(
      `Rows from ${group.lines[0]}: ${error.message}. Mend the table or the flags and try again.`,
      { cause: error },
    );
  }
}

/** One measure a kind of chart. */
export const controlChartMeasures: readonly Measure[] = charts.map((chart) => ({
  name: chart.name,
  question: chart.question,
  page: chart.page ?? chart.name,
  alternatives: [
    [
      periodColumn,
      ...chart.columns.map(
        ([name, description]): MeasureColumn => ({ name, kind: "number", description }),
      ),
    ],
  ],
  options: [...chartOptions, ...(chart.options ?? [])],
  method: (context) =>
    `${chart.title} read with ${ruleText(context)}; lower and upper are control limits, not a confidence interval`,
  run: (group, context) =>
    results(
      overGroup(group, () =>
        chart.draw((name) => group.numbers(name), chartOptionsOf(group, context), context),
      ),
      periodsOf(group),
    ),
}));
