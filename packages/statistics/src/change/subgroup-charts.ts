import gammaln from "@stdlib/math-base-special-gammaln";
import { checkCount, checkLengths } from "../foundation/index.ts";
import { assembleChart } from "./assemble-chart.ts";
import { overSegments, planSegments, type SegmentPlan } from "./chart-segments.ts";
import type { ControlChart, ControlChartOptions } from "./control-chart.ts";
import { mean } from "./moving-ranges.ts";
import { checkSeries, type PeriodSeries } from "./period-series.ts";

/** One row a period: how many were measured, their mean and their standard deviation. */
export interface Subgroups {
  readonly counts: ArrayLike<number>;
  /** Null where nobody was measured. */
  readonly means: PeriodSeries;
  /** With n − 1; null where fewer than two were measured. */
  readonly standardDeviations: PeriodSeries;
}

/** The share of σ that the standard deviation of n normal values has on average: c4. */
const c4 = (n: number): number =>
  // Beyond a thousand people the two logarithms are too alike to be taken apart.
  n > 1000
    ? 1 - 1 / (4 * n) - 7 / (32 * n * n) - 19 / (128 * n ** 3)
    : Math.sqrt(2 / (n - 1)) * Math.exp(gammaln(n / 2) - gammaln((n - 1) / 2));

interface CheckedSubgroups {
  readonly n: number;
  readonly means: readonly (number | null)[];
  readonly deviations: readonly (number | null)[];
  readonly counts: ArrayLike<number>;
}

const check = (groups: Subgroups): CheckedSubgroups => {
  const { counts, means, standardDeviations } = groups;
  const n = checkLengths({ counts, means, standardDeviations });
  const deviations = checkSeries("standardDeviations", standardDeviations);
  for (let i = 0; i < n; i++) {
    checkCount(`counts[${i}]`, counts[i] as number);
    if (deviations[i] !== null) checkCount(`standardDeviations[${i}]`, deviations[i] as number);
  }
  const held = checkSeries("means", means);
  return {
    n,
    means: held.map((value, i) => ((counts[i] as number) > 0 ? value : null)),
    deviations: deviations.map((value, i) => ((counts[i] as number) > 1 ? value : null)),
    counts,
  };
};

/** s̄: the mean of the standard deviations if all periods are of one size, else the pooled one (Montgomery). */
const averageDeviation =
  ({ deviations, counts }: CheckedSubgroups) =>
  ({ basis }: SegmentPlan): number | null => {
    const used = basis.filter((i) => deviations[i] !== null);
    const first = used[0];
    if (first === undefined) return null;
    if (used.every((i) => counts[i] === counts[first]))
      return mean(used.map((i) => deviations[i] as number));
    let squares = 0;
    let freedom = 0;
    for (const i of used) {
      squares += ((counts[i] as number) - 1) * (deviations[i] as number) ** 2;
      freedom += (counts[i] as number) - 1;
    }
    return Math.sqrt(squares / freedom);
  };

/**
 * Did the average of a measurement change, with several measured each period? The X̄ chart: centre is the mean
 * of all, limits ± 3 s̄ / (c4 √n) with s̄ the standard deviation within periods: their
 * mean if all periods are of one size, else pooled.
 *
 * Do not use it where periods differ for reasons of their own (season, case mix): limits from within-period
 * spread are then too narrow; chart the period means with `xmrChart`.
 *
 * Montgomery, Introduction to Statistical Quality Control, section 6.3.
 *
 * @example
 * ```ts
 * const scores = { counts: [5, 5, 5], means: [74.01, 74.0, 73.99], standardDeviations: [0.01, 0.02, 0.01] };
 * const averages = xbarChart(scores, { rules: ruleSets.limitsOnly });
 * averages.points[0].centre; // => 74
 * averages.points[0].limits.upper; // => 74.0190307
 * ```
 */
export function xbarChart(groups: Subgroups, options: ControlChartOptions = {}): ControlChart {
  const data = check(groups);
  const segments = planSegments(data.n, (i) => data.means[i] !== null, options);
  const within = overSegments(data.n, segments, averageDeviation(data));
  return assembleChart(
    {
      chart: "xbar",
      values: data.means,
      segments,
      centres: overSegments(data.n, segments, ({ basis }) => {
        let sum = 0;
        let size = 0;
        for (const i of basis) {
          sum += (data.counts[i] as number) * (data.means[i] as number);
          size += data.counts[i] as number;
        }
        return size === 0 ? null : sum / size;
      }),
      sigmas: within.map((s, i) => {
        const n = data.counts[i] as number;
        return s === null || n < 2 ? null : s / (c4(n) * Math.sqrt(n));
      }),
      denominators: data.counts,
    },
    options,
  );
}

/**
 * Did the *spread* within a period change? The S chart: centre s̄, limits s̄ (1 ± 3 √(1−c4²)/c4), not under 0.
 *
 * @example
 * ```ts
 * const spreads = { counts: [5, 5, 5], means: [74.01, 74.0, 73.99], standardDeviations: [0.01, 0.02, 0.01] };
 * const deviations = sChart(spreads, { rules: ruleSets.limitsOnly });
 * deviations.points[0].centre; // => 0.0133333
 * deviations.points[0].limits.upper; // => 0.0278533
 * ```
 */
export function sChart(groups: Subgroups, options: ControlChartOptions = {}): ControlChart {
  const data = check(groups);
  const segments = planSegments(data.n, (i) => data.deviations[i] !== null, options);
  const centres = overSegments(data.n, segments, averageDeviation(data));
  return assembleChart(
    {
      chart: "s",
      values: data.deviations,
      segments,
      centres,
      sigmas: centres.map((s, i) => {
        const n = data.counts[i] as number;
        return s === null || n < 2 ? null : (s * Math.sqrt(1 - c4(n) ** 2)) / c4(n);
      }),
      floor: 0,
      denominators: data.counts,
    },
    options,
  );
}
