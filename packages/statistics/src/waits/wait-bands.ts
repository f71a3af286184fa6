import {
  absent,
  type ConfidenceOptions,
  checkCount,
  checkLengths,
  isAbsent,
  type Result,
  StatisticsError,
  zOfConfidence,
} from "../foundation/index.ts";
import { incidenceLimits } from "./incidence-limits.ts";
import { INCIDENCE, meetEvents, passTime, startIncidence } from "./incidence-state.ts";

/** The bands of the national community waiting list in England, in weeks; the last is open. */
export const COMMUNITY_WAIT_BANDS: readonly number[] = [0, 1, 2, 4, 12, 18, 52];

/** The same since December 2024, when 52 weeks and over was split. */
export const COMMUNITY_WAIT_BANDS_FROM_DECEMBER_2024: readonly number[] = [
  0, 1, 2, 4, 12, 18, 52, 104,
];

/** Counts of people by band of wait: band b runs from `from[b]` to before `from[b + 1]`, the last one on and on. */
export interface WaitBands {
  readonly from: ArrayLike<number>;
  readonly seen: ArrayLike<number>;
  /** Left otherwise. */
  readonly removed?: ArrayLike<number>;
  /** Still waiting: by how long they have waited so far. */
  readonly stillWaiting?: ArrayLike<number>;
}

/** What bands allow a number to be, and the same with sampling error. */
export interface BandBounds {
  /** The lowest that the value can be, wherever in their bands the people are. */
  readonly lowest: number;
  /** The highest. */
  readonly highest: number;
  /** The lower confidence limit of the lowest. */
  readonly lower: number;
  /** The upper confidence limit of the highest. */
  readonly upper: number;
  readonly people: number;
}

interface CheckedBands {
  readonly from: Float64Array;
  readonly seen: Float64Array;
  readonly removed: Float64Array;
  readonly waiting: Float64Array;
  readonly people: number;
}

function checkBands(bands: WaitBands): CheckedBands {
  const named: Record<string, ArrayLike<number>> = { from: bands.from, seen: bands.seen };
  if (bands.removed) named.removed = bands.removed;
  if (bands.stillWaiting) named.stillWaiting = bands.stillWaiting;
  const length = checkLengths(named);
  for (const [name, values] of Object.entries(named))
    for (let b = 0; b < length; b++) checkCount(`${name}[${b}]`, values[b] as number);
  const from = Float64Array.from(bands.from);
  from.forEach((start, b) => {
    if (b === 0 ? start !== 0 : start <= from[b - 1]!)
      throw new StatisticsError(
        "invalidOption",
        `invalid from[${b}]; bands start at 0 and go up: ${start}`,
      );
  });
  const seen = Float64Array.from(bands.seen);
  const removed = Float64Array.from(bands.removed ?? new Float64Array(length));
  const waiting = Float64Array.from(bands.stillWaiting ?? new Float64Array(length));
  const people = [seen, removed, waiting].flatMap((counts) => [...counts]);
  return { from, seen, removed, waiting, people: people.reduce((sum, n) => sum + n, 0) };
}

/**
 * Lets one band's people leave in the order that makes the share seen as high (or low) as it can be. Someone whose wait
 * was cut short raises the weight of those who leave after: so for the highest, removals come before, first contacts
 * after; for the lowest the other way round. An exchange of any two neighbours shows that no other order goes beyond.
 */
function meetBand(
  state: Float64Array,
  bands: CheckedBands,
  b: number,
  atRisk: number,
  highest: boolean,
): void {
  const seen = bands.seen[b]!;
  const removed = bands.removed[b]!;
  const [first, second] = highest ? [removed, seen] : [seen, removed];
  // Where rounding loses people beside far larger numbers, those who leave were still at risk.
  if (first > 0)
    meetEvents(state, Math.max(first, atRisk), highest ? 0 : seen, highest ? removed : 0);
  if (second > 0)
    meetEvents(
      state,
      Math.max(second, atRisk - first - bands.waiting[b]!),
      highest ? seen : 0,
      highest ? 0 : removed,
    );
}

/** The bands, checked, for a horizon inside them. */
function bandsWithin(given: WaitBands, horizon: number): Result<CheckedBands> {
  const bands = checkBands(given);
  if (!(horizon > 0 && horizon <= bands.from[bands.from.length - 1]!))
    throw new StatisticsError(
      "invalidOption",
      `invalid horizon; not above 0 and at most the start of the open band, ${bands.from[bands.from.length - 1]}: ${horizon}`,
    );
  return bands.people === 0 ? absent("zeroDenominator", "Nobody is in these bands.") : bands;
}

/** The share seen by the end of `last` bands at one extreme. */
function shareAt(bands: CheckedBands, last: number, highest: boolean) {
  const state = startIncidence();
  let atRisk = bands.people;
  let followed = atRisk;
  for (let b = 0; b < last && atRisk > 0; b++) {
    const waiting = state[INCIDENCE.waiting]!;
    if (waiting > 0) followed = Math.min(followed, atRisk / waiting);
    meetBand(state, bands, b, atRisk, highest);
    atRisk -= bands.seen[b]! + bands.removed[b]! + bands.waiting[b]!;
  }
  return {
    share: Math.min(1, state[INCIDENCE.came]!),
    variance: state[INCIDENCE.varianceOfCame]!,
    followed,
  };
}

/**
 * What can be said about the share seen within so many weeks, when waits are only known in bands? At the edge of a band
 * it is known (but for people still waiting, who may have been watched for all of their band or none of it); inside a
 * band it lies between the shares at its edges. The bounds are sharp. The limits are Wilson's on effective numbers at each extreme.
 *
 * For a snapshot of a waiting list give the people as `seen`: the result is then the share who have waited less than
 * that so far, which is not a chance of being seen. Absent where nobody is in the bands. Throws beyond the start of the
 * open band.
 *
 * Manski (2003), Partial Identification of Probability Distributions.
 *
 * @example
 * ```ts
 * const bands = { from: COMMUNITY_WAIT_BANDS, seen: [10, 10, 20, 30, 10, 15, 5] };
 * chanceBoundsFromWaitBands(bands, 18); // => { lowest: 0.8, highest: 0.8, people: 100 }
 * chanceBoundsFromWaitBands(bands, 8); // => { lowest: 0.4, highest: 0.7, lower: 0.3094, upper: 0.7811 }
 * ```
 */
export function chanceBoundsFromWaitBands(
  bands: WaitBands,
  horizon: number,
  options: ConfidenceOptions = {},
): Result<BandBounds> {
  const z = zOfConfidence(options.confidence);
  const checked = bandsWithin(bands, horizon);
  if (isAbsent(checked)) return checked;
  const last = checked.from.findLastIndex((start) => start <= horizon);
  const low = shareAt(checked, last, false);
  const high = shareAt(checked, checked.from[last] === horizon ? last : last + 1, true);
  const limits = { lower: 0, upper: 1 };
  incidenceLimits(low.share, low.variance, low.followed, z, "wilson", limits);
  const { lower } = limits;
  incidenceLimits(high.share, high.variance, high.followed, z, "wilson", limits);
  return {
    lowest: low.share,
    highest: high.share,
    lower,
    upper: limits.upper,
    people: checked.people,
  };
}

/**
 * What can be said about the mean wait up to a horizon, when waits are only known in bands? Everyone at the start of
 * their band gives the lowest, everyone at its end the highest. The limits are normal on the delta-method error at each extreme. The width of the bounds is a fact about
 * the bands that no amount of data narrows.
 *
 * @example
 * ```ts
 * const bands = { from: COMMUNITY_WAIT_BANDS, seen: [10, 10, 20, 30, 10, 15, 5] };
 * meanWaitBoundsFromWaitBands(bands, 52); // => { lowest: 8.2, highest: 16.9 }
 * ```
 */
export function meanWaitBoundsFromWaitBands(
  bands: WaitBands,
  horizon: number,
  options: ConfidenceOptions = {},
): Result<BandBounds> {
  const z = zOfConfidence(options.confidence);
  const checked = bandsWithin(bands, horizon);
  if (isAbsent(checked)) return checked;
  const early = meanAt(checked, horizon, true);
  const late = meanAt(checked, horizon, false);
  return {
    lowest: early.mean,
    highest: late.mean,
    lower: Math.max(0, early.mean - z * early.standardError),
    upper: Math.min(horizon, late.mean + z * late.standardError),
    people: checked.people,
  };
}

function meanAt(bands: CheckedBands, horizon: number, early: boolean) {
  const starts = bands.from;
  const state = startIncidence();
  let atRisk = bands.people;
  for (let b = 0; b < starts.length && starts[b]! < horizon; b++) {
    const width = Math.min(horizon, starts[b + 1] ?? horizon) - starts[b]!;
    if (!early) passTime(state, width);
    if (atRisk > 0) meetBand(state, bands, b, atRisk, early);
    if (early) passTime(state, width);
    atRisk -= bands.seen[b]! + bands.removed[b]! + bands.waiting[b]!;
  }
  return {
    mean: horizon - state[INCIDENCE.area]!,
    standardError: Math.sqrt(Math.max(0, state[INCIDENCE.varianceOfArea]!)),
  };
}
