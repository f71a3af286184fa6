import { checkLengths, isAbsent, type Result, zOfConfidence } from "../foundation/index.ts";
import {
  type InterruptedTimeSeries,
  interruptedTimeSeries,
  type RateRatio,
  ratioOfCoefficient,
} from "./interrupted-time-series.ts";
import type { CountSeries, InterruptedTimeSeriesOptions } from "./segmented-design.ts";

/** Where the action was, less where it was not. */
export interface ControlledInterruptedTimeSeries {
  /** Step of the treated series over the step of the control. */
  readonly level: RateRatio;
  /** Slope change of the treated series over that of the control, where slopes may change. */
  readonly slopeChange: Result<RateRatio>;
  /** Trend before, treated over control: away from 1, the control was going another way already. */
  readonly trendBefore: RateRatio;
  readonly treated: InterruptedTimeSeries;
  readonly control: InterruptedTimeSeries;
}

/**
 * Did the action change the rate more than time changed it elsewhere? Both series have an interrupted time
 * series of their own, with season and dispersion of their own; their steps and slopes are divided, errors
 * independent.
 *
 * The control must be open to everything else that happened, and untouched by the action.
 *
 * Lopez Bernal, Cummins and Gasparrini (2018), International Journal of Epidemiology 47:2082–2093.
 *
 * @example
 * ```ts
 * const treated = { counts: [50, 52, 49, 51, 53, 50, 41, 40, 42, 39, 41, 40] };
 * const control = { counts: [60, 59, 61, 60, 62, 60, 58, 57, 59, 58, 57, 58] };
 * const both = controlledInterruptedTimeSeries(treated, control, { interruption: 6, change: "level" });
 * both.level.value; // => 0.8396
 * ```
 */
export function controlledInterruptedTimeSeries(
  treated: CountSeries,
  control: CountSeries,
  options: InterruptedTimeSeriesOptions,
): Result<ControlledInterruptedTimeSeries> {
  checkLengths({ "treated counts": treated.counts, "control counts": control.counts });
  const one = interruptedTimeSeries(treated, options);
  if (isAbsent(one)) return one;
  const other = interruptedTimeSeries(control, options);
  if (isAbsent(other)) return other;
  const z = zOfConfidence(options.confidence);
  const over = (a: RateRatio, b: RateRatio): RateRatio =>
    ratioOfCoefficient(
      Math.log(a.value) - Math.log(b.value),
      Math.hypot(a.standardError, b.standardError),
      z,
    );
  return {
    level: over(one.level, other.level),
    slopeChange:
      isAbsent(one.slopeChange) || isAbsent(other.slopeChange)
        ? one.slopeChange
        : over(one.slopeChange, other.slopeChange),
    trendBefore: over(one.slopeBefore, other.slopeBefore),
    treated: one,
    control: other,
  };
}
