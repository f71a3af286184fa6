import type { CubeData } from "@taproot/engine";
import { type Absent, absent, isAbsent } from "@taproot/statistics";
import type { Quiet } from "../finding.ts";

const DAYS_A_MONTH = 365.25 / 12;
const MILLISECONDS_A_DAY = 86_400_000;

/** How many months of referrals the data hold; absent where they have no dates. */
export function monthsOfData({ from, to }: Pick<CubeData, "from" | "to">): number | Absent {
  if (!from || !to) return absent("notRecorded", "These data have no dates of referral.");
  const days = (Date.parse(to) - Date.parse(from)) / MILLISECONDS_A_DAY + 1;
  return days / DAYS_A_MONTH;
}

/**
 * For how many months would data like these have to be collected until a gap of so many points would probably be seen?
 * The standard error of a gap falls with the square root of the people compared, so that the months grow with the square of
 * how many times the smallest gap that could have been seen now is the gap that matters:
 *
 *   months = months now × (smallest now ÷ points)²
 *
 * Referrals are taken to go on at the same pace. The smallest gap is that of 80 % power at 95 % confidence.
 *
 * @example
 * ```ts
 * monthsToShow(10, 12, 5); // => 48
 * monthsToShow(5, 12, 5); // => 12
 * ```
 */
export function monthsToShow(
  smallestDetectable: Quiet["smallestDetectable"],
  months: number | Absent,
  points: number,
): number | Absent {
  if (isAbsent(smallestDetectable)) return smallestDetectable;
  if (isAbsent(months)) return months;
  if (!(points > 0))
    return absent("notIdentified", "No time shows a gap of nothing: choose a gap above 0 points.");
  return months * (smallestDetectable / points) ** 2;
}
