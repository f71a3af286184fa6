import {
  absent,
  type ConfidenceOptions,
  checkFinite,
  type Estimate,
  isAbsent,
  type Result,
  StatisticsError,
} from "../foundation/index.ts";
import { estimateWithError, studentEstimate } from "./gap-change.ts";
import { checkGapSeries, type GapSeries } from "./gap-series.ts";

/** The straight line through a series of gaps. */
export interface GapTrend extends Estimate {
  /** Change of the gap for each unit of time: the value, with its interval. */
  readonly value: number;
  readonly standardError: number;
  /** Two-sided: the chance of so steep a line if the gap did not change. */
  readonly pValue: number;
  /** The line's height at time 0. */
  readonly intercept: number;
  readonly periods: number;
  /** Pearson χ² over its degrees of freedom: over 1, the gaps scatter about the line more than sampling. */
  readonly dispersion: number;
}

/**
 * Is the gap closing, and how fast? A straight line through the gaps by least squares weighted by 1/SE²,
 * with its known-variance error; where the gaps scatter more than their errors say, widened by √dispersion and
 * with Student's t.
 *
 * Not for a gap that stepped down once (compare periods with `gapChange`), nor for fewer than three periods.
 *
 * @example
 * ```ts
 * const trend = gapTrend({ gaps: [10, 9, 9, 7, 6], standardErrors: [1, 1, 1, 1, 1] });
 * trend.value; // => -1
 * trend.upper; // => -0.380204968
 * trend.pValue; // => 0.00156540
 * ```
 */
export function gapTrend(
  series: GapSeries,
  options: ConfidenceOptions & {
    /** When each gap was measured. Default 0, 1, 2… */
    readonly times?: ArrayLike<number>;
  } = {},
): Result<GapTrend> {
  const { gaps, errors } = checkGapSeries(series);
  const times = options.times ?? gaps.map((_, i) => i);
  if (times.length !== gaps.length)
    throw new StatisticsError(
      "lengthMismatch",
      `invalid times; ${times.length} times for ${gaps.length} gaps`,
    );
  const used = gaps.flatMap((gap, i) => {
    checkFinite(`times[${i}]`, times[i] as number);
    return gap === null
      ? []
      : [{ y: gap, t: times[i] as number, w: 1 / (errors[i] as number) ** 2 }];
  });
  const periods = used.length;
  if (periods < 3) return absent("tooFew", `a trend needs 3 periods; there are ${periods}`);
  const weight = used.reduce((sum, { w }) => sum + w, 0);
  const meanTime = used.reduce((sum, { w, t }) => sum + w * t, 0) / weight;
  const meanGap = used.reduce((sum, { w, y }) => sum + w * y, 0) / weight;
  const spread = used.reduce((sum, { w, t }) => sum + w * (t - meanTime) ** 2, 0);
  if (!(spread > 0)) return absent("allEqual", "all gaps were measured at one time");
  const value =
    used.reduce((sum, { w, t, y }) => sum + w * (t - meanTime) * (y - meanGap), 0) / spread;
  const scatter = used.reduce(
    (sum, { w, t, y }) => sum + w * (y - meanGap - value * (t - meanTime)) ** 2,
    0,
  );
  const dispersion = scatter / (periods - 2);
  const standardError = Math.sqrt(Math.max(1, dispersion) / spread);
  const estimate =
    dispersion > 1
      ? studentEstimate(value, standardError, periods - 2, options)
      : estimateWithError(value, standardError, options);
  if (isAbsent(estimate)) return estimate;
  return { ...estimate, intercept: meanGap - value * meanTime, periods, dispersion };
}
