import { checkCount } from "../foundation/index.ts";
import { assembleChart } from "./assemble-chart.ts";
import { overSegments, planSegments } from "./chart-segments.ts";
import type { ControlChart, ControlChartOptions } from "./control-chart.ts";
import { mean, median, sigmaFromMovingRange } from "./moving-ranges.ts";
import { checkSeries, type PeriodSeries } from "./period-series.ts";
import { ruleSets } from "./rule-set.ts";

/** Nelson's power: a Weibull of shape 3.6 is close to normal. */
const power = 3.6;

const checkGaps = (name: string, gaps: PeriodSeries): (number | null)[] => {
  const values = checkSeries(name, gaps);
  values.forEach((gap, i) => {
    if (gap !== null) checkCount(`${name}[${i}]`, gap);
  });
  return values;
};

/**
 * Do rare events come closer together or further apart? The t chart of the *time between* events: an XmR chart
 * of time to the power 1/3.6 (which makes exponential times nearly normal), turned back to time.
 *
 * Longer is rarer: with harmful events improvement is "increase". Read it for events rarer than one a period.
 *
 * Nelson (1994), Journal of Quality Technology 26:239–240; Montgomery, example 7.6.
 *
 * @example
 * ```ts
 * const days = tChart([286, 948, 536, 124, 816], { rules: ruleSets.limitsOnly });
 * days.points[0].centre; // => 463.17645
 * ```
 */
export function tChart(times: PeriodSeries, options: ControlChartOptions = {}): ControlChart {
  const rules = options.rules ?? ruleSets.makingDataCount5;
  const values = checkGaps("times", times).map((time) =>
    time === null ? null : time ** (1 / power),
  );
  const segments = planSegments(values.length, (i) => values[i] !== null, options);
  return assembleChart(
    {
      chart: "t",
      values,
      segments,
      centres: overSegments(values.length, segments, ({ basis }) =>
        basis.length === 0 ? null : mean(basis.map((i) => values[i] as number)),
      ),
      sigmas: overSegments(values.length, segments, ({ basis }) =>
        sigmaFromMovingRange(values, basis, rules),
      ),
      floor: 0,
      shown: (x) => x ** power,
    },
    options,
  );
}

/**
 * Do rare events come closer together or further apart, counted in *opportunities between* them (referrals
 * between two complaints)? The g chart: limits ḡ ± 3 √(ḡ(ḡ+1)), not under 0, from the geometric distribution.
 *
 * The centre drawn is the median, because a geometric count falls below its mean nearly two times in three and
 * runs about the mean would be false signals.
 *
 * Benneyan (2001), Health Care Management Science 4:305–318; Provost and Murray (2011).
 *
 * @example
 * ```ts
 * const cases = gChart([6, 0, 5, 8, 12, 3], { rules: ruleSets.limitsOnly });
 * cases.points[0].centre; // => 5.5
 * cases.points[0].limits.upper; // => 24.105756
 * ```
 */
export function gChart(
  opportunities: PeriodSeries,
  options: ControlChartOptions = {},
): ControlChart {
  const values = checkGaps("opportunities", opportunities);
  const segments = planSegments(values.length, (i) => values[i] !== null, options);
  const means = overSegments(values.length, segments, ({ basis }) =>
    basis.length === 0 ? null : mean(basis.map((i) => values[i] as number)),
  );
  return assembleChart(
    {
      chart: "g",
      values,
      segments,
      centres: means,
      sigmas: means.map((g) => (g === null ? null : Math.sqrt(g * (g + 1)))),
      drawnCentres: overSegments(values.length, segments, ({ basis }) =>
        basis.length === 0 ? null : median(basis.map((i) => values[i] as number)),
      ),
      floor: 0,
    },
    options,
  );
}
