import { cusum, isAbsent, riskAdjustedCusum, runChart, vlad } from "@taproot/statistics";
import { periodColumn, periodsOf } from "../chart-options.ts";
import { type Measure, type MeasureColumn, percentText } from "../measure.ts";
import { overGroup } from "./control-chart.ts";

const value: MeasureColumn = {
  name: "value",
  kind: "number",
  description: "The measure in the period",
};
const outcomes: readonly MeasureColumn[] = [
  { name: "outcome", kind: "number", description: "1 if it happened to the person, 0 if not" },
  { name: "risk", kind: "number", description: "Chance of it that the person brought, 0 to 1" },
];

const runChartMeasure: Measure = {
  name: "run-chart",
  question: "Did anything drift or shift, with few points?",
  page: "run-chart",
  alternatives: [[periodColumn, value]],
  method: () =>
    "Run chart about the median with Anhøj's two tests; upper and lower are what chance allows",
  run(group) {
    const chart = overGroup(group, () => runChart(group.numbers("value")));
    if (isAbsent(chart)) return [{ outcome: chart }];
    const part = (name: string, outcome: { value: number; lower?: number; upper?: number }) => ({
      keys: { part: name },
      outcome,
    });
    return [
      part("median", { value: chart.median }),
      part("useful points", { value: chart.useful }),
      part("longest run", { value: chart.longestRun, upper: chart.longestRunMaximum }),
      part("crossings", { value: chart.crossings, lower: chart.crossingsMinimum }),
      part("signal", { value: chart.signal ? 1 : 0 }),
    ];
  },
};

const cusumMeasure: Measure = {
  name: "cusum",
  question: "Has a small lasting change happened?",
  page: "cusum",
  alternatives: [[periodColumn, value]],
  options: [
    {
      name: "target",
      kind: "number",
      default: 0,
      description: "Level that the process should hold",
    },
    {
      name: "standard-deviation",
      kind: "number",
      default: 1,
      description: "Its standard deviation; 1 unless given",
    },
    { name: "allowance", kind: "number", default: 0.5, description: "k, in standard deviations" },
    { name: "limit", kind: "number", default: 5, description: "h, in standard deviations" },
  ],
  method: ({ number }) =>
    `Tabular CUSUM about ${number("target")}; value is C+ or C-, upper its limit, in the measure's units`,
  run(group, { number }) {
    const period = periodsOf(group);
    const { points, limit } = overGroup(group, () =>
      cusum(group.numbers("value"), {
        target: number("target"),
        standardDeviation: number("standard-deviation"),
        allowance: number("allowance"),
        decisionInterval: number("limit"),
      }),
    );
    return points.flatMap(({ index, high, low }) =>
      [["high", high] as const, ["low", low] as const].map(([side, sum]) => ({
        keys: { period: period(index), side, signal: sum > limit ? "signal" : "" },
        outcome: { value: sum, upper: limit },
      })),
    );
  },
};

const vladMeasure: Measure = {
  name: "vlad",
  question: "How many bad outcomes were avoided, given the risks people brought?",
  page: "vlad",
  alternatives: [outcomes],
  method: ({ confidence }) =>
    `Expected less observed, added up; lower and upper are what chance allows at that person, ${percentText(confidence)}`,
  run(group, { confidence }) {
    const display = overGroup(group, () =>
      vlad({ outcomes: group.numbers("outcome"), risks: group.numbers("risk") }, { confidence }),
    );
    return display.map(({ index, value, chance }) => ({
      keys: { person: index + 1 },
      outcome: { value, lower: chance.lower, upper: chance.upper },
    }));
  },
};

const riskAdjustedCusumMeasure: Measure = {
  name: "risk-adjusted-cusum",
  question: "Have the odds of an outcome changed, for people of different risk?",
  page: "vlad",
  alternatives: [outcomes],
  options: [
    {
      name: "odds-ratio",
      kind: "number",
      default: 2,
      description: "Odds ratio to find; 2 unless given, 0.5 for improvement",
    },
    {
      name: "limit",
      kind: "number",
      default: 4.5,
      description: "Signal above this; 4.5 unless given",
    },
  ],
  method: ({ number }) =>
    `Risk-adjusted CUSUM for an odds ratio of ${number("odds-ratio")}; upper is the limit`,
  run(group, { number }) {
    const limit = number("limit");
    const { points } = overGroup(group, () =>
      riskAdjustedCusum(
        { outcomes: group.numbers("outcome"), risks: group.numbers("risk") },
        { oddsRatio: number("odds-ratio"), limit },
      ),
    );
    return points.map(({ index, sum, signal }) => ({
      keys: { person: index + 1, signal: signal ? "signal" : "" },
      outcome: { value: sum, upper: limit },
    }));
  },
};

/** Measures that watch a series for a lasting change. */
export const changeDetectionMeasures: readonly Measure[] = [
  runChartMeasure,
  cusumMeasure,
  vladMeasure,
  riskAdjustedCusumMeasure,
];
