import { attributeChart } from "./attribute-chart.ts";
import type { ControlChart, ControlChartOptions } from "./control-chart.ts";
import type { CountedSeries } from "./counted-series.ts";

/**
 * Did a share change, period by period? The p chart: centre is the pooled share p̄, limits
 * p̄ ± 3 √(p̄(1−p̄)/n) within 0 and 1, so that a small month has wide limits.
 *
 * Do not use it with very large denominators: every point falls outside; use {@link pPrimeChart}.
 *
 * Shewhart (1931); Montgomery, Introduction to Statistical Quality Control, chapter 7.
 *
 * @example
 * ```ts
 * const months = { numerators: [12, 8, 6, 9, 10, 12], denominators: [100, 80, 80, 100, 110, 110] };
 * const shares = pChart(months, { rules: ruleSets.westernElectric, improvement: "decrease" });
 * shares.points[0].centre; // => 0.09827586
 * shares.points[0].limits.upper; // => 0.18758205
 * ```
 */
export function pChart(series: CountedSeries, options: ControlChartOptions = {}): ControlChart {
  return attributeChart(series, options, { chart: "p", proportion: true, laney: false });
}

/**
 * Did a share change, where denominators are large? Laney's p′ chart: the p chart's limits times σz, the
 * spread of the z-scores from one period to the next.
 *
 * Laney (2002), Quality Engineering 14:531–537.
 *
 * @example
 * ```ts
 * const big = { numerators: [9500, 9400, 9600, 9450], denominators: [10000, 10000, 10000, 10000] };
 * const wide = pPrimeChart(big, { rules: ruleSets.limitsOnly });
 * wide.sigmaRatios[0]; // => 6.0305834
 * ```
 */
export function pPrimeChart(
  series: CountedSeries,
  options: ControlChartOptions = {},
): ControlChart {
  return attributeChart(series, options, { chart: "p-prime", proportion: true, laney: true });
}
