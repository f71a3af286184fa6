import type { AreaProfiles } from "@taproot/place";
import type { ReferralsByArea } from "./referrals-in-need.ts";

/** Where the people live whom the service is for. */
export type Catchment =
  /** The fewest whole districts that give so large a share of referrals: areas without a referral are in. */
  | { readonly kind: "districts" }
  /** Every area with at least one referral. */
  | { readonly kind: "anyReferral" }
  /** The fewest areas that give so large a share of referrals. */
  | { readonly kind: "mostReferrals" }
  /** Districts, boards or areas that somebody named. */
  | { readonly kind: "chosen"; readonly places: readonly string[] };

/** The share of referrals that {@link Catchment} by districts or most referrals goes up to. */
export const CATCHMENT_SHARE = 0.95;

/** Some of what referrals come from, and how many that are. */
export interface Home {
  readonly name: string;
  readonly referrals: number;
}

/**
 * The fewest of these, largest first, that give the share of all of them.
 *
 * @example
 * ```ts
 * const homes = [{ name: "North", referrals: 30 }, { name: "South", referrals: 66 }, { name: "Far away", referrals: 4 }];
 * fewestThatGive(homes).map((home) => home.name); // => ["South", "North"]
 * ```
 */
export function fewestThatGive(
  homes: readonly Home[],
  share: number = CATCHMENT_SHARE,
): readonly Home[] {
  const sorted = [...homes].sort((a, b) => b.referrals - a.referrals || (a.name < b.name ? -1 : 1));
  const all = homes.reduce((sum, { referrals }) => sum + referrals, 0);
  let [sum, count] = [0, 0];
  while (count < sorted.length && sum < share * all * (1 - 1e-12))
    sum += sorted[count++]!.referrals;
  return sorted.slice(0, count);
}

/** Referrals by district (or board) of the areas that they come from, most first; areas without one are left out. */
export function referralsByDistrict(
  byArea: ReferralsByArea,
  profiles: AreaProfiles,
  which: "districts" | "boards" = "districts",
): readonly Home[] {
  const sums = new Map<string, number>();
  for (const { area, referrals } of byArea.areas) {
    const row = profiles.rowOf.get(area);
    const name = row === undefined ? undefined : profiles[which][row];
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0) + referrals);
  }
  return [...sums]
    .map(([name, referrals]) => ({ name, referrals }))
    .sort((a, b) => b.referrals - a.referrals || (a.name < b.name ? -1 : 1));
}
