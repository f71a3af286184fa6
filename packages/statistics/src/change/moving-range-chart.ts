import { assembleChart } from "./assemble-chart.ts";
import { overSegments, planSegments } from "./chart-segments.ts";
import type { ControlChart, ControlChartOptions } from "./control-chart.ts";
import { mean } from "./moving-ranges.ts";
import { checkSeries, type PeriodSeries } from "./period-series.ts";
import { ruleSets } from "./rule-set.ts";

/** D4 of a range of two: three sigma above the mean range, as a multiple of it. */
const upperMultiple = 3.267;

/**
 * Did the *spread* from one period to the next change? The moving-range chart that goes under an XmR chart:
 * centre is the mean moving range, upper limit 3.267 times it, lower limit 0.
 *
 * The first point of a series, and one after a gap, has no range. Successive ranges share a value, so read
 * only the limit here, not the run rules; the default is therefore `ruleSets.limitsOnly`.
 *
 * @example
 * ```ts
 * const ranges = movingRangeChart([20, 24, 20, 26, 22]);
 * ranges.points[1].value; // => 4
 * ranges.points[1].limits.upper; // => 14.7015
 * ```
 */
export function movingRangeChart(
  values: PeriodSeries,
  options: ControlChartOptions = {},
): ControlChart {
  const series = checkSeries("values", values);
  const ranges = series.map((value, i) => {
    const before = series[i - 1] ?? null;
    return value === null || before === null ? null : Math.abs(value - before);
  });
  const segments = planSegments(ranges.length, (i) => ranges[i] !== null, options);
  const centres = overSegments(ranges.length, segments, ({ basis }) =>
    basis.length === 0 ? null : mean(basis.map((i) => ranges[i] as number)),
  );
  return assembleChart(
    {
      chart: "moving-range",
      values: ranges,
      segments,
      centres,
      sigmas: centres.map((centre) =>
        centre === null ? null : ((upperMultiple - 1) * centre) / 3,
      ),
      floor: 0,
    },
    { rules: ruleSets.limitsOnly, ...options },
  );
}
