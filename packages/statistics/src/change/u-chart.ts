import { attributeChart } from "./attribute-chart.ts";
import type { ControlChart, ControlChartOptions } from "./control-chart.ts";
import type { CountedSeries } from "./counted-series.ts";

/**
 * Did a rate change, where events may be several to a unit (falls per 1,000 bed days)? The u chart: centre is
 * the pooled rate ū, limits ū ± 3 √(ū/n), not under 0.
 *
 * Do not use it for a share of people; use `pChart`. With large denominators use {@link uPrimeChart}.
 *
 * @example
 * ```ts
 * const falls = { numerators: [2, 4, 3, 5, 1, 4], denominators: [50, 50, 50, 50, 50, 50] };
 * const rate = uChart(falls, { rules: ruleSets.limitsOnly, improvement: "decrease" });
 * rate.points[0].centre; // => 0.063333333
 * rate.points[0].limits.lower; // => 0
 * ```
 */
export function uChart(series: CountedSeries, options: ControlChartOptions = {}): ControlChart {
  return attributeChart(series, options, { chart: "u", proportion: false, laney: false });
}

/**
 * Did a rate change, where denominators are large? Laney's u′ chart: the u chart's limits times σz.
 *
 * @example
 * ```ts
 * const events = { numerators: [500, 560, 480, 530], denominators: [100, 100, 100, 100] };
 * const rates = uPrimeChart(events, { rules: ruleSets.limitsOnly });
 * rates.sigmaRatios[0]; // => 2.4681302
 * ```
 */
export function uPrimeChart(
  series: CountedSeries,
  options: ControlChartOptions = {},
): ControlChart {
  return attributeChart(series, options, { chart: "u-prime", proportion: false, laney: true });
}
