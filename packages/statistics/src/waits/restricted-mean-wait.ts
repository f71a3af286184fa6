import {
  absent,
  type ConfidenceOptions,
  checkFinite,
  type Estimate,
  normalProbability,
  type Result,
  StatisticsError,
  zOfConfidence,
} from "../foundation/index.ts";
import { differenceOfEstimates } from "./difference-of-estimates.ts";
import { INCIDENCE, meetEvents, passTime, startIncidence } from "./incidence-state.ts";
import { type MeanWaitInterval, meanWaitLimits } from "./mean-wait-limits.ts";
import { type Waits, type WaitTable, waitTable } from "./waits.ts";

export interface RestrictedMeanOptions extends ConfidenceOptions {
  /** How the interval is made. Default `skewness`; `plain` is mean ± z standard errors. */
  readonly interval?: MeanWaitInterval;
  /** The fewest people that the estimate may rest on at the horizon. Default 10. */
  readonly minimumFollowed?: number;
}

/** A mean time up to a horizon, in the unit of the waits. */
export interface RestrictedMean extends Estimate {
  readonly horizon: number;
  readonly standardError: number;
  readonly people: number;
  /** At risk at the horizon. */
  readonly atRisk: number;
  /** People that the estimate rests on: `atRisk` over the share still waiting. */
  readonly followed: number;
}

/**
 * How long do people wait on average, counting each wait up to a horizon? The area above the curve of being seen
 * (kind 1) up to the horizon; where every exit is of kind 1 it is the restricted mean survival time. Someone removed
 * counts as unseen up to the horizon. Delta-method standard error. Interval: as {@link restrictedMeanWaitFromWeeks}.
 * Absent `tooFew` where fewer than `minimumFollowed` people are followed to the horizon. Name the horizon beside the
 * number, always.
 *
 * Royston and Parmar (2013) BMC Med Res Methodol 13:152; Andersen (2013) Stat Med 32:5278.
 *
 * @example
 * ```ts
 * const waits = { time: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], kind: [1, 1, 1, 1, 0, 1, 1, 2, 1, 0] };
 * restrictedMeanWait(waits, 5).value; // => 4
 * ```
 */
export function restrictedMeanWait(
  waits: Waits,
  horizon: number,
  options: RestrictedMeanOptions = {},
): Result<RestrictedMean> {
  const table = waitTable(waits);
  return restrictedMean(table, table.counts[1] as Float64Array, horizon, true, options);
}

/**
 * How long are people on the list on average, up to a horizon, whichever way they leave? The area under Kaplan–Meier.
 * It and the {@link restrictedTimeLost} of every kind add up to the horizon.
 *
 * @example
 * ```ts
 * const waits = { time: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], kind: [1, 1, 1, 1, 0, 1, 1, 2, 1, 0] };
 * restrictedTimeOnList(waits, 5).value; // => 4
 * ```
 */
export function restrictedTimeOnList(
  waits: Waits,
  horizon: number,
  options: RestrictedMeanOptions = {},
): Result<RestrictedMean> {
  const table = waitTable(waits);
  return restrictedMean(table, table.left, horizon, true, options);
}

/**
 * How much of the time up to a horizon comes after leaving by one kind? The area under the {@link cumulativeIncidence}
 * of that kind (default 1): the restricted mean time lost to it.
 *
 * @example
 * ```ts
 * const waits = { time: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], kind: [1, 2, 1, 1, 0, 1, 1, 2, 1, 0] };
 * restrictedTimeLost(waits, 5, { kind: 2 }).value; // => 0.3
 * ```
 */
export function restrictedTimeLost(
  waits: Waits,
  horizon: number,
  options: RestrictedMeanOptions & { readonly kind?: number } = {},
): Result<RestrictedMean> {
  const kind = options.kind ?? 1;
  const table = waitTable(waits, kind);
  const events = table.counts[kind];
  if (!events || kind < 1)
    throw new StatisticsError(
      "invalidOption",
      `invalid kind; not a whole number of at least 1: ${kind}`,
    );
  return restrictedMean(table, events, horizon, false, options);
}

function restrictedMean(
  table: WaitTable,
  events: Float64Array,
  horizon: number,
  above: boolean,
  options: RestrictedMeanOptions,
): Result<RestrictedMean> {
  if (!(horizon > 0 && Number.isFinite(horizon)))
    throw new StatisticsError("invalidOption", `invalid horizon; not above 0: ${horizon}`);
  checkFinite("horizon", horizon);
  if (table.people === 0) return absent("zeroDenominator", "There is nobody to follow.");
  const others = table.left.map((n, k) => n - events[k]!);
  const state = startIncidence();
  let followed = table.people;
  let now = 0;
  let k = 0;
  const watch = (atRisk: number) => {
    const waiting = state[INCIDENCE.waiting]!;
    if (waiting > 0) followed = Math.min(followed, atRisk / waiting);
  };
  for (; k < table.time.length && table.time[k]! < horizon; k++) {
    watch(table.atRisk[k]!);
    passTime(state, table.time[k]! - now);
    now = table.time[k]!;
    if (table.left[k]! > 0) meetEvents(state, table.atRisk[k]!, events[k]!, others[k]!);
  }
  const atRisk = k < table.time.length ? table.atRisk[k]! : 0;
  watch(atRisk);
  passTime(state, horizon - now);
  const minimum = options.minimumFollowed ?? 10;
  if (!(followed > 0 && followed >= minimum - 1e-9))
    return absent(
      "tooFew",
      `Too few people were followed to ${horizon}: about ${Math.floor(followed)}, where at least ${minimum} are needed.`,
    );
  const mean = horizon - state[INCIDENCE.area]!;
  const variance = Math.max(0, state[INCIDENCE.varianceOfArea]!);
  const { time, atRisk: risk } = table;
  const censored = table.counts[0] as Float64Array;
  const eventTable = table.truncated
    ? null
    : { time, atRisk: risk, came: events, others, censored, unwatched: 0 };
  const limits = meanWaitLimits(eventTable, horizon, mean, variance, followed, options);
  return {
    value: above ? mean : horizon - mean,
    lower: above ? limits.lower : horizon - limits.upper,
    upper: above ? limits.upper : horizon - limits.lower,
    horizon,
    standardError: Math.sqrt(variance),
    people: table.people,
    atRisk,
    followed,
  };
}

export interface Comparison extends Estimate {
  readonly pValue: number;
}

export interface DifferenceOfMeans extends Comparison {
  readonly standardError: number;
}

/** Two restricted means set side by side, first against second. */
export interface RestrictedMeanComparison {
  readonly difference: DifferenceOfMeans;
  /** First over second. */
  readonly ratio: Result<Comparison>;
  /** (horizon − first) over (horizon − second): the ratio of the time that is left. */
  readonly ratioOfRest: Result<Comparison>;
}

/**
 * Does one group wait longer than another? Two restricted means with the same horizon: their difference and ratio, and
 * the ratio of the rest of the time, with p-values. The difference's limits add the distances of both means' limits in
 * squares, so that with plain means they are difference ± z standard errors; those of the ratios are normal on the log
 * scale.
 *
 * Uno and others (2014) J Clin Oncol 32:2380.
 *
 * @example
 * ```ts
 * const short = restrictedMeanWait({ time: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], kind: Array(10).fill(1) }, 8);
 * const long = restrictedMeanWait({ time: [3, 4, 5, 6, 7, 8, 9, 10, 11, 12], kind: Array(10).fill(1) }, 8);
 * compareRestrictedMeans(short, long).difference; // => { value: -1.3, standardError: 0.97 }
 * ```
 */
export function compareRestrictedMeans(
  first: RestrictedMean,
  second: RestrictedMean,
  options: ConfidenceOptions = {},
): RestrictedMeanComparison {
  if (first.horizon !== second.horizon)
    throw new StatisticsError(
      "invalidOption",
      `invalid horizons; ${first.horizon} and ${second.horizon} are not the same`,
    );
  const z = zOfConfidence(options.confidence);
  const difference = differenceOfEstimates(first, second);
  const twoSided = (x: number, error: number) =>
    error > 0 ? 2 * normalProbability(-Math.abs(x) / error) : x === 0 ? 1 : 0;
  const ratio = (top: number, bottom: number): Result<Comparison> => {
    if (!(top > 0 && bottom > 0))
      return absent("notPositive", "A ratio needs two times above 0; one of them is 0.");
    const log = Math.log(top / bottom);
    const error = Math.hypot(first.standardError / top, second.standardError / bottom);
    return {
      value: Math.exp(log),
      lower: Math.exp(log - z * error),
      upper: Math.exp(log + z * error),
      pValue: twoSided(log, error),
    };
  };
  return {
    difference: {
      ...difference,
      pValue: twoSided(difference.value, difference.standardError),
    },
    ratio: ratio(first.value, second.value),
    ratioOfRest: ratio(first.horizon - first.value, second.horizon - second.value),
  };
}
