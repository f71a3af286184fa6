import { absent, type Result, zOfConfidence } from "../foundation/index.ts";
import type { WeeklyWaitOptions } from "./chance-of-being-seen.ts";
import { incidenceLimits } from "./incidence-limits.ts";
import { checkWeeklyExits, type WeeklyExits } from "./weekly-exits.ts";
import { WEEKLY_WAITS, weeklyWaitsInto } from "./weekly-waits-into.ts";

/** A curve by whole weeks; every array has one entry a horizon, the first for one week. */
export interface WeeklyCumulativeIncidence {
  readonly people: number;
  /** Horizons 1, 2, … up to the last with enough people followed. */
  readonly weeks: Float64Array;
  /** The chance of having been seen by then. */
  readonly chance: Float64Array;
  readonly standardError: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** The chance of having left otherwise by then. */
  readonly removed: Float64Array;
  /** The chance of being still waiting. */
  readonly waiting: Float64Array;
  /** At risk at the start of the week before the horizon. */
  readonly atRisk: Float64Array;
}

/**
 * How does the chance of being seen grow week by week? The whole Aalen–Johansen curve of {@link chanceOfBeingSeenBy},
 * with its interval at each week (pointwise, not a band for the whole curve) and the number at risk, up to the last
 * week to which enough people are followed. How those still waiting are placed in their last week: {@link WeeklyExits.censoring}.
 * Absent `tooFew` where there is no such week.
 *
 * @example
 * ```ts
 * const curve = weeklyCumulativeIncidence({ seen: [20, 30, 20], removed: [0, 5, 5], stillWaiting: [0, 0, 20] });
 * curve.chance; // => [0.2, 0.5, 0.7]
 * curve.atRisk; // => [100, 80, 45]
 * ```
 */
export function weeklyCumulativeIncidence(
  exits: WeeklyExits,
  options: WeeklyWaitOptions = {},
): Result<WeeklyCumulativeIncidence> {
  const z = zOfConfidence(options.confidence);
  const checked = checkWeeklyExits(exits);
  if (checked.people === 0) return absent("zeroDenominator", "Nobody is in this group.");
  const longest = Math.min(checked.weeks, checked.longest);
  const horizons = Float64Array.from({ length: longest }, (_, w) => w + 1);
  const width = WEEKLY_WAITS.width;
  const out = new Float64Array(longest * width);
  const { seen, left, stillWaiting, entering, censoring, weeks } = checked;
  weeklyWaitsInto(seen, left, stillWaiting, 0, weeks, horizons, out, 0, entering, censoring);
  const minimum = options.minimumFollowed ?? 10;
  let length = 0;
  while (
    length < longest &&
    out[length * width + WEEKLY_WAITS.followed]! >= Math.max(minimum - 1e-9, 1e-9)
  )
    length++;
  if (length === 0)
    return absent(
      "tooFew",
      `Too few people were followed for one week: about ${Math.floor(out[WEEKLY_WAITS.followed] ?? checked.people)}, where at least ${minimum} are needed.`,
    );
  const column = (field: number) =>
    Float64Array.from({ length }, (_, w) => out[w * width + field] as number);
  const chance = column(WEEKLY_WAITS.chance);
  const waiting = column(WEEKLY_WAITS.waiting);
  const variance = column(WEEKLY_WAITS.varianceOfChance);
  const followed = column(WEEKLY_WAITS.followed);
  const lower = new Float64Array(length);
  const upper = new Float64Array(length);
  const limits = { lower: 0, upper: 1 };
  for (let w = 0; w < length; w++) {
    const how = options.interval ?? "wilson";
    incidenceLimits(chance[w]!, variance[w]!, followed[w]!, z, how, limits);
    lower[w] = limits.lower;
    upper[w] = limits.upper;
  }
  return {
    people: checked.people,
    weeks: horizons.slice(0, length),
    chance,
    standardError: variance.map(Math.sqrt),
    lower,
    upper,
    removed: chance.map((share, w) => Math.max(0, 1 - share - waiting[w]!)),
    waiting,
    atRisk: column(WEEKLY_WAITS.atRisk),
  };
}
