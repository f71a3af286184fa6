import {
  type ConfidenceOptions,
  type Estimate,
  isAbsent,
  normalProbability,
  type Result,
} from "../foundation/index.ts";
import { unwatchedPart } from "./censoring-in-week.ts";
import { absentAt } from "./chance-of-being-seen.ts";
import { differenceOfEstimates } from "./difference-of-estimates.ts";
import { type EventTable, type MeanWaitInterval, meanWaitLimits } from "./mean-wait-limits.ts";
import {
  type CheckedWeeklyExits,
  checkHorizon,
  checkWeeklyExits,
  type WeeklyExits,
} from "./weekly-exits.ts";
import { WEEKLY_WAITS, weeklyWaitsInto } from "./weekly-waits-into.ts";

export interface WeeklyMeanWaitOptions extends ConfidenceOptions {
  /** How the interval is made. Default `skewness`. */
  readonly interval?: MeanWaitInterval;
  /** The fewest people that an estimate may rest on at its horizon. Default 10. */
  readonly minimumFollowed?: number;
}

/** A mean wait up to a horizon, in weeks. */
export interface WeeklyRestrictedMeanWait extends Estimate {
  /** The horizon. */
  readonly weeks: number;
  readonly standardError: number;
  readonly people: number;
  readonly atRisk: number;
  readonly followed: number;
}

/** A difference between two mean waits in weeks, first less second. */
export interface DifferenceInMeanWait extends Estimate {
  readonly weeks: number;
  readonly standardError: number;
  readonly pValue: number;
  readonly first: WeeklyRestrictedMeanWait;
  readonly second: WeeklyRestrictedMeanWait;
}

/**
 * How long do people wait on average, counting each wait up to a horizon? The restricted mean wait in weeks: the area
 * above the Aalen–Johansen curve of being seen, from {@link WeeklyExits}. People still waiting count; someone removed
 * counts as unseen up to the horizon.
 *
 * Exits happen at the end of their week, so that the value is for waits rounded up to whole weeks: about half a week
 * more than from exact days, in each group alike. Those still waiting are at risk through their last week, or through half
 * of it where {@link WeeklyExits.censoring} is `throughoutWeek`. Delta-method standard error; the interval is normal on
 * log(mean / (weeks - mean)) after Hall's correction for skewness, which stays within the horizon and covers 94 to 96 in
 * 100 from 30 people (the plain one: 91 to 95). Never average completed waits instead. Absent `tooFew` where fewer than `minimumFollowed` people are followed to the horizon.
 *
 * @example
 * ```ts
 * restrictedMeanWaitFromWeeks({ seen: [10, 10, 10], stillWaiting: [0, 0, 10] }, 3).value; // => 2.25
 * ```
 */
export function restrictedMeanWaitFromWeeks(
  exits: WeeklyExits,
  weeks: number,
  options: WeeklyMeanWaitOptions = {},
): Result<WeeklyRestrictedMeanWait> {
  checkHorizon(weeks);
  const checked = checkWeeklyExits(exits);
  const out = new Float64Array(WEEKLY_WAITS.width);
  const { seen, left, stillWaiting, entering, censoring } = checked;
  const { weeks: length } = checked;
  weeklyWaitsInto(seen, left, stillWaiting, 0, length, [weeks], out, 0, entering, censoring);
  const followed = out[WEEKLY_WAITS.followed]!;
  const missing = absentAt(checked, weeks, followed, options.minimumFollowed ?? 10);
  if (missing) return missing;
  const value = out[WEEKLY_WAITS.meanWait]!;
  const variance = out[WEEKLY_WAITS.varianceOfMeanWait]!;
  const table = entering ? null : eventTable(checked, weeks);
  return {
    value,
    ...meanWaitLimits(table, weeks, value, variance, followed, options),
    weeks,
    standardError: Math.sqrt(variance),
    people: checked.people,
    atRisk: out[WEEKLY_WAITS.atRisk]!,
    followed,
  };
}

/**
 * How much longer does one group wait than another, in weeks? The difference of two restricted mean waits, first less
 * second. The interval adds the distances of both means' limits in squares (as Newcombe's does for proportions); the
 * p-value is normal on the standard errors with n / (n - 1). The half week that rounding adds to each cancels. Absent
 * where either mean is.
 *
 * @example
 * ```ts
 * const first = { seen: [0, 10, 10], stillWaiting: [0, 0, 10] };
 * const second = { seen: [10, 10, 10], stillWaiting: [0, 0, 0] };
 * differenceInRestrictedMeanWaitFromWeeks(first, second, 3).value; // => 0.667
 * ```
 */
export function differenceInRestrictedMeanWaitFromWeeks(
  first: WeeklyExits,
  second: WeeklyExits,
  weeks: number,
  options: WeeklyMeanWaitOptions = {},
): Result<DifferenceInMeanWait> {
  const a = restrictedMeanWaitFromWeeks(first, weeks, options);
  if (isAbsent(a)) return a;
  const b = restrictedMeanWaitFromWeeks(second, weeks, options);
  if (isAbsent(b)) return b;
  return differenceBetweenMeanWaits(a, b);
}

/**
 * {@link differenceInRestrictedMeanWaitFromWeeks} for means that are at hand.
 *
 * @example
 * ```ts
 * const mean = restrictedMeanWaitFromWeeks({ seen: [10, 10, 10] }, 3);
 * differenceBetweenMeanWaits(mean, mean); // => { value: 0, pValue: 1 }
 * ```
 */
export function differenceBetweenMeanWaits(
  first: WeeklyRestrictedMeanWait,
  second: WeeklyRestrictedMeanWait,
): DifferenceInMeanWait {
  const difference = differenceOfEstimates(first, second);
  const { value } = difference;
  const error = Math.hypot(widened(first), widened(second));
  const unlike = error > 0 ? 2 * normalProbability(-Math.abs(value) / error) : 0;
  return {
    ...difference,
    weeks: first.weeks,
    pValue: value === 0 ? 1 : unlike,
    first,
    second,
  };
}

const widened = ({ standardError, followed }: WeeklyRestrictedMeanWait) =>
  standardError * Math.sqrt(followed / Math.max(1, followed - 1));

function eventTable(checked: CheckedWeeklyExits, horizon: number): EventTable {
  const length = Math.min(horizon, checked.weeks);
  const atRisk = new Float64Array(length);
  let still = checked.people;
  let rows = 0;
  for (; rows < length && still > 0; rows++) {
    atRisk[rows] = still;
    still -= checked.seen[rows]! + checked.left[rows]! + checked.stillWaiting[rows]!;
  }
  return {
    time: Float64Array.from({ length: rows }, (_, w) => w + 1),
    atRisk,
    came: checked.seen,
    others: checked.left,
    censored: checked.stillWaiting,
    unwatched: unwatchedPart(checked.censoring),
  };
}
