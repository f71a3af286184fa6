import { checkCount } from "../foundation/index.ts";
import { assembleChart } from "./assemble-chart.ts";
import { overSegments, planSegments } from "./chart-segments.ts";
import type { ControlChart, ControlChartOptions } from "./control-chart.ts";
import { mean } from "./moving-ranges.ts";
import { checkSeries, type PeriodSeries } from "./period-series.ts";

/**
 * Did a count change, where the chance to be counted stays the same (complaints a month)? The c chart: centre
 * c̄, limits c̄ ± 3 √c̄, not under 0.
 *
 * Do not use it where the number at risk changes; use `uChart`.
 *
 * @example
 * ```ts
 * const counted = cChart([17, 12, 27, 20, 20, 18], { rules: ruleSets.limitsOnly });
 * counted.points[0].centre; // => 19
 * counted.points[0].limits.upper; // => 32.076697
 * ```
 */
export function cChart(counts: PeriodSeries, options: ControlChartOptions = {}): ControlChart {
  const values = checkSeries("counts", counts);
  values.forEach((count, i) => {
    if (count !== null) checkCount(`counts[${i}]`, count);
  });
  const segments = planSegments(values.length, (i) => values[i] !== null, options);
  const centres = overSegments(values.length, segments, ({ basis }) =>
    basis.length === 0 ? null : mean(basis.map((i) => values[i] as number)),
  );
  return assembleChart(
    {
      chart: "c",
      values,
      segments,
      centres,
      sigmas: centres.map((centre) => (centre === null ? null : Math.sqrt(centre))),
      floor: 0,
    },
    options,
  );
}
