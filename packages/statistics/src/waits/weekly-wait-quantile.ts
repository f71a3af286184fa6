import { absent, isAbsent, type Result, StatisticsError } from "../foundation/index.ts";
import type { WeeklyWaitOptions } from "./chance-of-being-seen.ts";
import { crossing, type WaitQuantile } from "./wait-quantile.ts";
import { weeklyCumulativeIncidence } from "./weekly-cumulative-incidence.ts";
import type { WeeklyExits } from "./weekly-exits.ts";

/**
 * By which week has a given share been seen? {@link waitQuantile} from {@link WeeklyExits}: the first week at which the
 * Aalen–Johansen curve of being seen reaches the share, with the Brookmeyer–Crowley interval, the weeks at which the
 * curve's own limits (Wilson's, unless told otherwise) cross it. People still waiting count; those who left otherwise are
 * never counted as seen. Where the curve runs level at exactly the share, the middle of that stretch. Only weeks to which
 * `minimumFollowed` people are followed count: absent `notReached` where the curve stays below the share that far. How those
 * still waiting are placed in their last week: {@link WeeklyExits.censoring}.
 *
 * Brookmeyer and Crowley (1982) Biometrics 38:29.
 *
 * @example
 * ```ts
 * const exits = { seen: [20, 30, 20], removed: [0, 5, 5], stillWaiting: [0, 0, 20] };
 * weeklyWaitQuantile(exits, 0.25); // => { value: 2, lower: 1, upper: 2, upperIsOpen: false }
 * weeklyWaitQuantile(exits, 0.75).absent; // => "notReached"
 * ```
 */
export function weeklyWaitQuantile(
  exits: WeeklyExits,
  share: number,
  options: WeeklyWaitOptions = {},
): Result<WaitQuantile> {
  if (!(share > 0 && share < 1))
    throw new StatisticsError("invalidOption", `invalid share; not in (0, 1): ${share}`);
  const curve = weeklyCumulativeIncidence(exits, options);
  if (isAbsent(curve)) return curve;
  const last = curve.weeks[curve.weeks.length - 1]!;
  const value = crossing(curve.weeks, curve.chance, share);
  if (value === undefined)
    return absent(
      "notReached",
      `Fewer than ${share * 100} % had been seen by week ${last}, as far as enough people are followed.`,
    );
  const upper = crossing(curve.weeks, curve.lower, share);
  return {
    share,
    value,
    lower: crossing(curve.weeks, curve.upper, share) ?? last,
    upper: upper ?? last,
    upperIsOpen: upper === undefined,
  };
}
