import { absent, checkFinite, type Result, StatisticsError } from "../foundation/index.ts";
import { checkSeries, type PeriodSeries } from "./period-series.ts";

/** What the CUSUM watches for. */
export interface CusumOptions {
  /** The level that the process should hold. */
  readonly target: number;
  /** Its standard deviation, in the measure's units. */
  readonly standardDeviation: number;
  /** k: half the shift worth finding, in standard deviations. Default 0.5. */
  readonly allowance?: number;
  /** h: the limit, in standard deviations. Default 5. */
  readonly decisionInterval?: number;
  /** Where both sums begin, in standard deviations; h/2 gives a fast initial response. Default 0. */
  readonly headstart?: number;
  /** Begin both sums again at the headstart after a signal. Default false. */
  readonly resetAfterSignal?: boolean;
}

/** One point of a tabular CUSUM, in the measure's units. */
export interface CusumPoint {
  readonly index: number;
  readonly value: Result<number>;
  /** Evidence that the level has risen: C⁺. */
  readonly high: number;
  /** Evidence that the level has fallen: C⁻. */
  readonly low: number;
  /** How many points in a row each sum has been above zero: when the change began. */
  readonly highCount: number;
  readonly lowCount: number;
  readonly signal: "none" | "high" | "low" | "both";
}

/** A two-sided tabular CUSUM. */
export interface Cusum {
  readonly points: readonly CusumPoint[];
  /** The limit in the measure's units: H. */
  readonly limit: number;
  /** Index of the first point over the limit. */
  readonly firstSignal: Result<number>;
  /** The level since the change, as the first signal shows it. */
  readonly levelAtSignal: Result<number>;
  /** Index of the last point before the change, as the first signal shows it; −1 before the first point. */
  readonly changeAfter: Result<number>;
}

/**
 * Has a small lasting change happened? The tabular CUSUM adds up what each point is above or below the
 * target, less an allowance, and signals when a sum passes the limit. It finds a shift of one standard deviation in
 * about 10 points where an XmR chart's limits need about 44.
 *
 * Page (1954), Biometrika 41:100–115; Montgomery, section 9.1. Points should be independent: with
 * autocorrelation it signals too often. A null is passed over.
 *
 * @example
 * ```ts
 * const sums = cusum([10, 11, 12, 13, 12, 13, 12], { target: 10, standardDeviation: 1 });
 * sums.points[6].high; // => 10
 * sums.firstSignal; // => 4
 * sums.changeAfter; // => 0
 * sums.levelAtSignal; // => 12
 * ```
 */
export function cusum(values: PeriodSeries, options: CusumOptions): Cusum {
  const { target, standardDeviation } = options;
  checkFinite("target", target);
  if (!(standardDeviation > 0 && Number.isFinite(standardDeviation)))
    throw new StatisticsError(
      "invalidOption",
      `invalid standardDeviation; not above 0: ${standardDeviation}`,
    );
  checkFinite("standardDeviation", standardDeviation);
  const { allowance, decisionInterval, headstart } = checkScheme(options);
  const slack = allowance * standardDeviation;
  const limit = decisionInterval * standardDeviation;
  const start = headstart * standardDeviation;
  let high = start;
  let low = start;
  let highCount = 0;
  let lowCount = 0;
  let restart = false;
  const points = checkSeries("values", values).map((value, index): CusumPoint => {
    if (restart) {
      high = start;
      low = start;
      highCount = 0;
      lowCount = 0;
      restart = false;
    }
    if (value !== null) {
      high = Math.max(0, high + value - target - slack);
      low = Math.max(0, low + target - slack - value);
      highCount = high > 0 ? highCount + 1 : 0;
      lowCount = low > 0 ? lowCount + 1 : 0;
    }
    const above = high > limit;
    const below = low > limit;
    restart = options.resetAfterSignal === true && (above || below);
    return {
      index,
      value: value ?? absent("notRecorded", "no value is recorded for this point"),
      high,
      low,
      highCount,
      lowCount,
      signal: above ? (below ? "both" : "high") : below ? "low" : "none",
    };
  });
  const first = points.find(({ signal }) => signal !== "none");
  const none = absent("notReached", "neither sum has passed the limit");
  const upward = first?.signal !== "low";
  const count = (upward ? first?.highCount : first?.lowCount) ?? 0;
  const sum = (upward ? first?.high : first?.low) ?? 0;
  return {
    points,
    limit,
    firstSignal: first === undefined ? none : first.index,
    levelAtSignal:
      first === undefined ? none : target + (upward ? 1 : -1) * (slack + sum / Math.max(1, count)),
    changeAfter: first === undefined ? none : first.index - count,
  };
}

/** The scheme of a CUSUM in standard deviations, with its defaults. */
export function checkScheme(options: {
  readonly allowance?: number;
  readonly decisionInterval?: number;
  readonly headstart?: number;
}): { allowance: number; decisionInterval: number; headstart: number } {
  const { allowance = 0.5, decisionInterval = 5, headstart = 0 } = options;
  if (!(allowance >= 0 && Number.isFinite(allowance)))
    throw new StatisticsError("invalidOption", `invalid allowance; not 0 or more: ${allowance}`);
  if (!(decisionInterval > 0 && Number.isFinite(decisionInterval)))
    throw new StatisticsError(
      "invalidOption",
      `invalid decisionInterval; not above 0: ${decisionInterval}`,
    );
  if (!(headstart >= 0 && headstart < decisionInterval))
    throw new StatisticsError(
      "invalidOption",
      `invalid headstart; not from 0 to under the limit ${decisionInterval}: ${headstart}`,
    );
  for (const [name, value] of Object.entries({ allowance, decisionInterval, headstart }))
    checkFinite(name, value);
  return { allowance, decisionInterval, headstart };
}
