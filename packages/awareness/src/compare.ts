import type { Cube } from "@taproot/engine";
import { bandHorizon, compareBands } from "./compare-bands.ts";
import { compareRates } from "./compare-rates.ts";
import { compareReach } from "./compare-reach.ts";
import { compareWaits, waitHorizon } from "./compare-waits.ts";
import type { Comparisons } from "./comparison.ts";
import { cutTables } from "./cut-tables.ts";

/**
 * Makes every comparison of the given crossings that the cube allows: each group at each step.
 *
 * @param horizon weeks within which people are seen; none where there are no waits
 */
export function compareAll(
  cube: Cube,
  cuts: readonly (readonly number[])[],
  horizon = waitHorizon(cube),
): Comparisons {
  const into: Comparisons = { made: [], tooSmall: [] };
  const bandWeeks = cube.waitBands && bandHorizon(cube.waitBands.bands);
  for (const tables of cutTables(cube, cuts, horizon)) {
    compareReach(cube, tables, into);
    compareRates(cube, tables, into);
    if (horizon !== undefined) compareWaits(cube, tables, horizon, into);
    if (bandWeeks !== undefined) compareBands(cube, tables, bandWeeks, into);
  }
  return into;
}
