import { assembleChart } from "./assemble-chart.ts";
import { overSegments, planSegments, type SegmentPlan } from "./chart-segments.ts";
import type { ControlChart, ControlChartOptions } from "./control-chart.ts";
import { checkGapSeries, type GapSeries } from "./gap-series.ts";
import { laneyRatio } from "./laney-ratio.ts";
import { ruleSets } from "./rule-set.ts";

/**
 * Did the gap change, period by period, beyond what chance and the usual variation give? Centre is the
 * precision-weighted mean gap; a period's limits are centre ± 3 × its standard error × σz, so that a month with
 * few people has wide limits. σz is Laney's ratio of the spread of successive z-scores to the 1 of sampling
 * alone, and is never taken below 1: a gap cannot be known better than its sample.
 *
 * Write the gap so that a larger number is worse; improvement is "decrease" unless said otherwise. A gap that
 * closes is not always good news: see `levelling`.
 *
 * @example
 * ```ts
 * const gaps = { gaps: [12, 11, 13, 12, 4], standardErrors: [1, 2, 1, 1, 1.5] };
 * const chart = gapChart(gaps, { rules: ruleSets.limitsOnly, baseline: 4 });
 * chart.points[0].centre; // => 12.23076923
 * chart.points[1].limits.upper; // => 18.23076923
 * chart.points[4].colour; // => "blue"
 * ```
 */
export function gapChart(series: GapSeries, options: ControlChartOptions = {}): ControlChart {
  const { gaps, errors } = checkGapSeries(series);
  const n = gaps.length;
  const segments = planSegments(n, (i) => gaps[i] !== null, options);
  const centres = overSegments(n, segments, ({ basis }) => {
    let sum = 0;
    let weight = 0;
    for (const i of basis) {
      const precision = 1 / (errors[i] as number) ** 2;
      sum += precision * (gaps[i] as number);
      weight += precision;
    }
    return weight === 0 ? null : sum / weight;
  });
  const expected = gaps.map((gap, i) => (gap === null ? null : (errors[i] as number)));
  const screen = (options.rules ?? ruleSets.makingDataCount5).screensMovingRanges;
  const ratioOf = ({ basis }: SegmentPlan): number =>
    Math.max(1, laneyRatio(gaps, centres, expected, basis, screen) ?? 1);
  const ratios = overSegments(n, segments, ratioOf);
  return assembleChart(
    {
      chart: "gap",
      values: gaps,
      segments,
      centres,
      sigmas: expected.map((error, i) => (error === null ? null : error * (ratios[i] as number))),
      sigmaRatios: segments.map(ratioOf),
    },
    { improvement: "decrease", ...options },
  );
}
