import { absent, type Result, StatisticsError } from "../foundation/index.ts";
import { median } from "./moving-ranges.ts";
import { checkSeries, type PeriodSeries } from "./period-series.ts";

/** How a series runs about its centre, and what chance would allow. */
export interface RunsAnalysis {
  /** Points that are not on the centre. */
  readonly useful: number;
  readonly longestRun: number;
  /** Longest run that chance allows; one more is a shift. */
  readonly longestRunMaximum: number;
  readonly crossings: number;
  /** Fewest crossings that chance allows. */
  readonly crossingsMinimum: number;
  /** The longest run is over its maximum, or there are too few crossings. */
  readonly signal: boolean;
}

/** A run chart: the median and Anhøj's two tests. */
export interface RunChart extends RunsAnalysis {
  readonly median: number;
  readonly recorded: number;
}

/**
 * Does a series drift or shift about a centre line? Anhøj's rules: a run longer than round(log₂ n) + 3, or
 * fewer crossings than the 5 % point of Binomial(n − 1, ½), n being the points that are not on the line.
 *
 * Anhøj and Olesen (2014), PLoS ONE 9:e113825.
 *
 * @example
 * ```ts
 * const runs = runsAnalysis([1, 2, 1, 2, 2, 2, 1, 1, 2, 1, 2, 1], 1.5);
 * runs.longestRun; // => 3
 * runs.longestRunMaximum; // => 7
 * runs.crossingsMinimum; // => 3
 * runs.signal; // => false
 * ```
 */
export function runsAnalysis(values: PeriodSeries, centre: number): Result<RunsAnalysis> {
  if (!Number.isFinite(centre))
    throw new StatisticsError("invalidNumber", `invalid centre; not a finite number: ${centre}`);
  let useful = 0;
  let longestRun = 0;
  let crossings = 0;
  let run = 0;
  let side = 0;
  for (const value of checkSeries("values", values)) {
    const now = value === null ? 0 : Math.sign(value - centre);
    if (now === 0) continue;
    if (side !== 0 && now !== side) {
      crossings++;
      run = 0;
    }
    side = now;
    useful++;
    run++;
    longestRun = Math.max(longestRun, run);
  }
  if (useful === 0) return absent("allEqual", "every point lies on the centre line");
  const longestRunMaximum = Math.round(Math.log2(useful)) + 3;
  const crossingsMinimum = halfBinomialQuantile(useful - 1, 0.05);
  return {
    useful,
    longestRun,
    longestRunMaximum,
    crossings,
    crossingsMinimum,
    signal: longestRun > longestRunMaximum || crossings < crossingsMinimum,
  };
}

/**
 * Did anything change, with few points and no assumption about their spread? The run chart: the median, and
 * Anhøj's tests about it ({@link runsAnalysis}).
 *
 * It finds lasting shifts, not single odd points. With fewer than about ten useful points it finds little.
 *
 * @example
 * ```ts
 * const chart = runChart([1, 2, 1, 3, 2, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9]);
 * chart.median; // => 9
 * const shifted = runChart([1, 2, 1, 3, 2, 1, 1, 2, 8, 8, 9, 8, 9, 9, 8, 9]);
 * shifted.longestRun; // => 8
 * shifted.signal; // => true
 * ```
 */
export function runChart(values: PeriodSeries): Result<RunChart> {
  const series = checkSeries("values", values);
  const present = series.filter((value) => value !== null);
  const recorded = present.length;
  if (recorded === 0) return absent("notRecorded", "no period has a value");
  const centre = median(present);
  const runs = runsAnalysis(series, centre);
  return "absent" in runs ? runs : { median: centre, recorded, ...runs };
}

/** The least k for which Binomial(n, ½) is at most k with probability p or more. */
function halfBinomialQuantile(n: number, p: number): number {
  let log = -n * Math.LN2;
  let below = Math.exp(log);
  let k = 0;
  while (below < p * (1 - 64 * Number.EPSILON) && k < n) {
    log += Math.log((n - k) / (k + 1));
    k++;
    below += Math.exp(log);
  }
  return k;
}
