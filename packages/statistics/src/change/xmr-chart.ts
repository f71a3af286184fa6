import { assembleChart } from "./assemble-chart.ts";
import { overSegments, planSegments } from "./chart-segments.ts";
import type { ControlChart, ControlChartOptions } from "./control-chart.ts";
import { mean, sigmaFromMovingRange } from "./moving-ranges.ts";
import { checkSeries, type PeriodSeries } from "./period-series.ts";
import { ruleSets } from "./rule-set.ts";

/**
 * Did anything change, in a measure taken once a period? The XmR chart (individuals): centre is the mean,
 * limits mean ± 2.66 × mean moving range, read with a versioned rule set (default Making Data Count 5.0).
 *
 * A null is a period without a value: no moving range is taken across it and it ends a run. Do not use it
 * for rare events (see `tChart`) or for shares of very different sizes (see `pChart`).
 *
 * Wheeler (1993), Understanding Variation; NHS England, Making Data Count.
 *
 * @example
 * ```ts
 * const weeks = [20, 24, 20, 26, 22, 16, 18, 16, 31, 28, 34, 26, 30, 19, 18];
 * const chart = xmrChart(weeks, { improvement: "decrease" });
 * chart.points[0].centre; // => 23.2
 * chart.points[0].limits.upper; // => 37.64
 * chart.variation; // => "common"
 * ```
 */
export function xmrChart(values: PeriodSeries, options: ControlChartOptions = {}): ControlChart {
  const series = checkSeries("values", values);
  const rules = options.rules ?? ruleSets.makingDataCount5;
  const segments = planSegments(series.length, (i) => series[i] !== null, options);
  return assembleChart(
    {
      chart: "xmr",
      values: series,
      segments,
      centres: overSegments(series.length, segments, ({ basis }) =>
        basis.length === 0 ? null : mean(basis.map((i) => series[i] as number)),
      ),
      sigmas: overSegments(series.length, segments, ({ basis }) =>
        sigmaFromMovingRange(series, basis, rules),
      ),
    },
    options,
  );
}
