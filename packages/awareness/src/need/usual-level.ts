import { FEWEST_COMPARED } from "../comparison.ts";
import type { SeenInUsualArea, UseByArea } from "./area-use.ts";
import { smallestGap } from "./smallest-gap.ts";

/**
 * Where a gap of this share could go unseen in a usual small area, neighbourhoods tell more: they are still places where
 * somebody can act, and going on to them costs little.
 */
export const UNSEEN_IN_SMALL_AREAS = 0.25;

/** Districts lose the place, so they are gone on to only where a gap of half could go unseen. */
const UNSEEN_IN_NEIGHBOURHOODS = 0.5;

/**
 * The middle one of the areas in which enough is expected to tell, and what could be seen there.
 *
 * @param shape of the gamma that ratios are drawn by; 0 where none is
 */
export function seenInUsualArea(
  expected: Float64Array,
  spread: number,
  shape: number,
): SeenInUsualArea | undefined {
  const told = expected.filter((one) => one >= FEWEST_COMPARED).sort();
  const middle = told[told.length >> 1];
  if (middle === undefined) return undefined;
  const gap = smallestGap(middle / spread, shape);
  const itself = smallestGap(middle / spread);
  return {
    expected: middle,
    ...(gap === undefined ? {} : { smallestGap: gap }),
    ...(itself === undefined ? {} : { byItself: itself }),
  };
}

/**
 * The level to start with: small areas where one of usual size, by itself, would show a shortfall of a quarter; else
 * neighbourhoods where one would show a shortfall of half; else districts. It goes by how many referrals are expected
 * and not by how many came, so that the level is never chosen by what it happens to show.
 *
 * A quarter, because gaps between places are about that large: fifths of Grampian had from 21 % fewer to 48 % more
 * referrals to a children's service than expected. What that comes to: the demonstration's 20,000 referrals expect 151 in a
 * usual small area, where under 29 % cannot show, and 779 in a neighbourhood, where 14 % can. Of 20,000 referrals from
 * Grampian 25 would be expected in the middle one of 749 data zones (42 % or more shows, if nobody came twice), 147 in the
 * middle one of 132 intermediate zones (21 %); of 5,000 there 37 in a zone (37 %), and of 1,500 11 (56 %), where only the
 * three councils can tell.
 *
 * @param uses of the same catchment, finest level first
 */
export function usualLevel(uses: readonly UseByArea[]): UseByArea | undefined {
  return uses.find(({ usual }, at) => {
    const coarser = uses[at + 1];
    if (!coarser) return true;
    const limit = coarser.level === "district" ? UNSEEN_IN_NEIGHBOURHOODS : UNSEEN_IN_SMALL_AREAS;
    return (usual?.byItself ?? 1) <= limit;
  });
}
