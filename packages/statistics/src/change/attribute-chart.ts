import { absent } from "../foundation/index.ts";
import { assembleChart } from "./assemble-chart.ts";
import { overSegments, planSegments } from "./chart-segments.ts";
import type { ChartKind, ControlChart, ControlChartOptions } from "./control-chart.ts";
import { type CountedSeries, pooledRatio, ratiosOf } from "./counted-series.ts";
import { laneyRatio } from "./laney-ratio.ts";
import { ruleSets } from "./rule-set.ts";

const noRatio = absent(
  "tooFew",
  "Laney's ratio needs two recorded periods in a row; record more periods",
);

/** The chart of a ratio whose sampling variance is known from its pooled value and denominator. */
export function attributeChart(
  series: CountedSeries,
  options: ControlChartOptions,
  kind: {
    readonly chart: ChartKind;
    readonly proportion: boolean;
    readonly laney: boolean;
  },
): ControlChart {
  const values = ratiosOf(series, kind.proportion);
  const n = values.length;
  const segments = planSegments(n, (i) => values[i] !== null, options);
  const centres = overSegments(n, segments, (segment) => pooledRatio(series, segment));
  const expected = values.map((value, i) => {
    const centre = centres[i] ?? null;
    if (value === null || centre === null) return null;
    const unit = kind.proportion ? centre * (1 - centre) : centre;
    return Math.sqrt(unit / (series.denominators[i] as number));
  });
  const screen = (options.rules ?? ruleSets.makingDataCount5).screensMovingRanges;
  const ratios = kind.laney
    ? segments.map((segment) => laneyRatio(values, centres, expected, segment.basis, screen))
    : null;
  const sigmas =
    ratios === null
      ? expected
      : expected.map((sigma, i) => {
          const ratio = ratios[segments.findIndex(({ to }) => i <= to)] ?? null;
          return sigma === null || ratio === null ? null : sigma * ratio;
        });
  return assembleChart(
    {
      chart: kind.chart,
      values,
      segments,
      centres,
      sigmas,
      floor: 0,
      ...(kind.proportion ? { ceiling: 1 } : {}),
      numerators: series.numerators,
      denominators: series.denominators,
      ...(ratios === null ? {} : { sigmaRatios: ratios.map((ratio) => ratio ?? noRatio) }),
    },
    options,
  );
}
