export { assurance } from "./assurance.ts";
export * from "./c-chart.ts";
export * from "./control-chart.ts";
export * from "./controlled-interrupted-time-series.ts";
export type { CountedSeries } from "./counted-series.ts";
export { type Cusum, type CusumOptions, type CusumPoint, cusum } from "./cusum.ts";
export * from "./cusum-average-run-length.ts";
export * from "./difference-in-differences.ts";
export * from "./event-study.ts";
export { type GapChange, gapChange } from "./gap-change.ts";
export * from "./gap-chart.ts";
export type { GapSeries } from "./gap-series.ts";
export * from "./gap-trend.ts";
export {
  type InterruptedTimeSeries,
  interruptedTimeSeries,
  type RateRatio,
} from "./interrupted-time-series.ts";
export * from "./levelling.ts";
export type { MeasuredValue } from "./measured-value.ts";
export * from "./moving-range-chart.ts";
export * from "./p-chart.ts";
export type { PeriodSeries } from "./period-series.ts";
export * from "./rare-event-charts.ts";
export * from "./regression-to-the-mean.ts";
export * from "./risk-adjusted-cusum.ts";
export * from "./rule-set.ts";
export * from "./run-chart.ts";
export type { CountSeries, InterruptedTimeSeriesOptions } from "./segmented-design.ts";
export type { Signal, SignalRule } from "./signal.ts";
export * from "./subgroup-charts.ts";
export * from "./u-chart.ts";
export { type RiskAdjustedOutcomes, type VladPoint, vlad } from "./vlad.ts";
export * from "./xmr-chart.ts";
