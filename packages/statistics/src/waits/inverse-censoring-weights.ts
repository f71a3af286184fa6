import { absent, type Result, StatisticsError } from "../foundation/index.ts";
import { unwatchedPart } from "./censoring-in-week.ts";
import { checkHorizon, checkWeeklyExits, type WeeklyExits } from "./weekly-exits.ts";

/** For how many people each one stands whose exit was watched, or who was watched to the horizon. */
export interface InverseCensoringWeights {
  /** The horizon, in weeks. */
  readonly weeks: number;
  /** By the week of the exit: weeks 0 to the horizon less 1. */
  readonly byWeek: Float64Array;
  /** Of each one who was still on the list, and watched, at the horizon. */
  readonly atHorizon: number;
}

/**
 * For how many people does each one stand whose exit was watched, when others were watched for a while only? One over the
 * chance of still being watched, so that sums over single people (or over cells, or strata) with these weights answer for
 * everyone: those seen in weeks 0 to h − 1, weighted and divided by all people, are {@link chanceOfBeingSeenBy} h weeks; and the
 * weights of all who left before h, with those of all who were watched to h, add up to the number of people.
 *
 * With n at risk at the start of a week, e leaving in it and c last watched in it, the chance is multiplied by
 * (1 − a c / n) before the week's exits and by (1 − (1 − a) c / (n − a c − e)) after them; a is the part of the week for which
 * those c are not at risk: 0, or one half where {@link WeeklyExits.censoring} is `throughoutWeek`. Use the weights of
 * everyone in each part of a whole only if being watched for long has nothing to do with the part. Absent `tooFew` where
 * nobody is watched to the horizon, `notIdentified` beyond an open last week.
 *
 * Satten and Datta (2001) Am Stat 55:207, for Kaplan–Meier; with half the censored before each week's exits it is the
 * actuarial estimate, n − c/2 being what those halves leave.
 *
 * @throws StatisticsError where people enter late: their number is not known
 * @example
 * ```ts
 * const exits = { seen: [10, 20, 0], stillWaiting: [20, 0, 50], censoring: "throughoutWeek" };
 * const { byWeek } = inverseCensoringWeights(exits, 2);
 * byWeek; // => [1.1111, 1.2698]
 * (10 * byWeek[0] + 20 * byWeek[1]) / 100; // => 0.36508
 * chanceOfBeingSeenBy(exits, 2).value; // => 0.36508
 * ```
 */
export function inverseCensoringWeights(
  exits: WeeklyExits,
  weeks: number,
): Result<InverseCensoringWeights> {
  checkHorizon(weeks);
  const checked = checkWeeklyExits(exits);
  if (checked.entering)
    throw new StatisticsError(
      "invalidOption",
      "invalid entering; weights are for people who are all watched from the clock's start",
    );
  if (checked.people === 0) return absent("zeroDenominator", "Nobody is in this group.");
  if (weeks > checked.longest)
    return absent(
      "notIdentified",
      `Waits of ${checked.longest} weeks or more are counted together, so nothing can be said at ${weeks} weeks.`,
    );
  const unwatched = unwatchedPart(checked.censoring);
  const byWeek = new Float64Array(weeks);
  let atRisk = checked.people;
  let watched = 1;
  for (let week = 0; week < weeks; week++) {
    const last = checked.stillWaiting[week] ?? 0;
    const leaving = (checked.seen[week] ?? 0) + (checked.left[week] ?? 0);
    const before = unwatched * last;
    if (atRisk > 0) watched *= 1 - before / atRisk;
    byWeek[week] = 1 / watched;
    const staying = atRisk - before - leaving;
    if (staying > 0) watched *= 1 - (last - before) / staying;
    if (watched <= 0)
      return absent("tooFew", `Nobody was followed for ${weeks} weeks, only for ${week + 1}.`);
    atRisk -= leaving + last;
  }
  return { weeks, byWeek, atHorizon: 1 / watched };
}
