import {
  type Absent,
  absent,
  type ConfidenceOptions,
  type Estimate,
  isAbsent,
  type Result,
  zOfConfidence,
} from "../foundation/index.ts";
import { sameChance } from "./difference-in-chance-into.ts";
import { differenceOfEstimates } from "./difference-of-estimates.ts";
import { effectiveNumber, type IncidenceInterval, incidenceLimits } from "./incidence-limits.ts";
import {
  type CheckedWeeklyExits,
  checkHorizon,
  checkWeeklyExits,
  type WeeklyExits,
} from "./weekly-exits.ts";
import { WEEKLY_WAITS, weeklyWaitsInto } from "./weekly-waits-into.ts";

export interface WeeklyWaitOptions extends ConfidenceOptions {
  /** How the interval of a chance is made. Default `wilson`. */
  readonly interval?: IncidenceInterval;
  /** The fewest people that an estimate may rest on at its horizon. Default 10. */
  readonly minimumFollowed?: number;
}

/** The chance of having been seen by a horizon, as a share. */
export interface ChanceOfBeingSeen extends Estimate {
  readonly weeks: number;
  readonly standardError: number;
  /** Everyone in the group, still waiting or not. */
  readonly people: number;
  /** People still at risk at the start of the last week before the horizon. */
  readonly atRisk: number;
  /**
   * People that the estimate rests on: those at risk over the share still waiting. Who is watched for half of the last
   * week counts half.
   */
  readonly followed: number;
  /** The number fully followed who would give the same standard error. */
  readonly effectiveNumber: number;
}

/** A difference between two chances, first less second. */
export interface DifferenceInChance extends Estimate {
  readonly weeks: number;
  readonly standardError: number;
  readonly pValue: number;
  readonly first: ChanceOfBeingSeen;
  readonly second: ChanceOfBeingSeen;
}

export function absentAt(
  checked: CheckedWeeklyExits,
  weeks: number,
  followed: number,
  minimumFollowed: number,
): Absent | undefined {
  if (checked.people === 0) return absent("zeroDenominator", "Nobody is in this group.");
  if (weeks > checked.longest)
    return absent(
      "notIdentified",
      `Waits of ${checked.longest} weeks or more are counted together, so nothing can be said at ${weeks} weeks.`,
    );
  if (!(followed > 0 && followed >= minimumFollowed - 1e-9))
    return absent(
      "tooFew",
      `Too few people were followed for ${weeks} weeks: about ${Math.floor(followed)}, where at least ${minimumFollowed} are needed.`,
    );
  return undefined;
}

/**
 * What share of people is seen within so many weeks, when some are still waiting and some leave the list otherwise?
 *
 * The Aalen–Johansen cumulative incidence of first contact, with removal as a competing risk and people still waiting
 * as censored, from {@link WeeklyExits}. `weeks` whole weeks count exits in weeks 0 to `weeks` - 1. Variance by the
 * delta method on the multinomial hazards (without competing exits, Greenwood's). Where {@link WeeklyExits.censoring} is
 * `throughoutWeek` those still waiting count half among those at risk in their last week, in the chance and in its variance:
 * the actuarial estimate (without competing exits, Gehan's variance). Give several horizons to get an array. Absent `tooFew` where fewer than `minimumFollowed` people are followed to the horizon, `notIdentified`
 * beyond an open last week. Do not use it on completed waits alone: those still waiting must be in it.
 *
 * Aalen and Johansen (1978) Scand J Stat 5:141; Cutler and Ederer (1958) J Chronic Dis 8:699; Gehan (1969) J Chronic Dis
 * 21:629; Dorey and Korn (1987) Stat Med 6:679 for the interval.
 *
 * @example
 * ```ts
 * const exits = { seen: [20, 30, 20, 10], removed: [0, 5, 5, 0], stillWaiting: [0, 0, 0, 10] };
 * chanceOfBeingSeenBy(exits, 3); // => { value: 0.7, lower: 0.6041515, upper: 0.7810511, atRisk: 45, people: 100 }
 * const cutShort = { seen: [20, 30, 20], stillWaiting: [10, 10, 10], censoring: "throughoutWeek" };
 * chanceOfBeingSeenBy(cutShort, 2).value; // => 0.5748988
 * ```
 */
export function chanceOfBeingSeenBy(
  exits: WeeklyExits,
  weeks: number,
  options?: WeeklyWaitOptions,
): Result<ChanceOfBeingSeen>;
export function chanceOfBeingSeenBy(
  exits: WeeklyExits,
  weeks: readonly number[],
  options?: WeeklyWaitOptions,
): readonly Result<ChanceOfBeingSeen>[];
export function chanceOfBeingSeenBy(
  exits: WeeklyExits,
  weeks: number | readonly number[],
  options: WeeklyWaitOptions = {},
): Result<ChanceOfBeingSeen> | readonly Result<ChanceOfBeingSeen>[] {
  const wanted = typeof weeks === "number" ? [weeks] : weeks;
  for (const horizon of wanted) checkHorizon(horizon);
  const z = zOfConfidence(options.confidence);
  const checked = checkWeeklyExits(exits);
  const horizons = [...new Set(wanted)].sort((a, b) => a - b);
  const out = new Float64Array(horizons.length * WEEKLY_WAITS.width);
  const { seen, left, stillWaiting, entering, censoring } = checked;
  const { weeks: length } = checked;
  weeklyWaitsInto(seen, left, stillWaiting, 0, length, horizons, out, 0, entering, censoring);
  const at = (horizon: number): Result<ChanceOfBeingSeen> => {
    const row = out.subarray(horizons.indexOf(horizon) * WEEKLY_WAITS.width);
    const followed = row[WEEKLY_WAITS.followed]!;
    const missing = absentAt(checked, horizon, followed, options.minimumFollowed ?? 10);
    if (missing) return missing;
    const value = row[WEEKLY_WAITS.chance]!;
    const variance = row[WEEKLY_WAITS.varianceOfChance]!;
    const limits = { lower: 0, upper: 1 };
    incidenceLimits(value, variance, followed, z, options.interval ?? "wilson", limits);
    return {
      value,
      lower: limits.lower,
      upper: limits.upper,
      weeks: horizon,
      standardError: Math.sqrt(variance),
      people: checked.people,
      atRisk: row[WEEKLY_WAITS.atRisk]!,
      followed,
      effectiveNumber: effectiveNumber(value, variance, followed),
    };
  };
  return typeof weeks === "number" ? at(weeks) : wanted.map(at);
}

/**
 * Is one group seen sooner than another? The difference between two chances of being seen within so many weeks, first
 * less second.
 *
 * Interval by square-and-add of the two Wilson intervals on effective numbers, so that with nobody censored it is
 * Newcombe's method 10; p-value from the score test with the chances pooled over the effective numbers. Both stay
 * usable where one group has a chance of 0 or 1. Absent where either chance is.
 *
 * Newcombe (1998) Stat Med 17:873.
 *
 * @example
 * ```ts
 * const first = { seen: [0, 56], stillWaiting: [0, 14] };
 * const second = { seen: [0, 48], stillWaiting: [0, 32] };
 * differenceInChanceOfBeingSeen(first, second, 2); // => { value: 0.2, lower: 0.0524, upper: 0.3339 }
 * ```
 */
export function differenceInChanceOfBeingSeen(
  first: WeeklyExits,
  second: WeeklyExits,
  weeks: number,
  options: WeeklyWaitOptions = {},
): Result<DifferenceInChance> {
  const a = chanceOfBeingSeenBy(first, weeks, options);
  if (isAbsent(a)) return a;
  const b = chanceOfBeingSeenBy(second, weeks, options);
  if (isAbsent(b)) return b;
  return differenceBetweenChances(a, b);
}

/**
 * {@link differenceInChanceOfBeingSeen} for chances that are at hand.
 *
 * @example
 * ```ts
 * const everyone = chanceOfBeingSeenBy({ seen: [30], removed: [30] }, 1);
 * differenceBetweenChances(everyone, everyone).value; // => 0
 * ```
 */
export function differenceBetweenChances(
  first: ChanceOfBeingSeen,
  second: ChanceOfBeingSeen,
): DifferenceInChance {
  return {
    ...differenceOfEstimates(first, second),
    weeks: first.weeks,
    pValue: sameChance(first.value, first.effectiveNumber, second.value, second.effectiveNumber),
    first,
    second,
  };
}
