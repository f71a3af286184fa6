import { type Cube, NO_STANDING } from "@taproot/engine";
import { bandHorizon, compareBands } from "./compare-bands.ts";
import { compareRates } from "./compare-rates.ts";
import { compareReach } from "./compare-reach.ts";
import { compareWaits, waitHorizon } from "./compare-waits.ts";
import type { Comparisons } from "./comparison.ts";
import { type CutTables, cutTables } from "./cut-tables.ts";

/** Every comparison, with the counts that they were made from. */
export interface AllComparisons extends Comparisons {
  readonly tables: readonly CutTables[];
}

/**
 * Makes every comparison of the given crossings that the cube allows: each group at each step.
 *
 * @param pause called before each crossing: what it throws gives the rest up
 * @param horizon weeks within which people are seen; none where there are no waits
 */
export function compareAll(
  cube: Cube,
  cuts: readonly (readonly number[])[],
  horizon = waitHorizon(cube),
  pause: (() => void) | undefined = undefined,
): AllComparisons {
  const into: Comparisons = { made: [], tooSmall: [] };
  const bandWeeks = cube.waitBands && bandHorizon(cube.waitBands.bands);
  const tables = cutTables(cube, cuts, horizon);
  const tellsOfFates = !cube.standings || cube.standings.fates.some((fate) => fate !== NO_STANDING);
  for (const one of tables) {
    pause?.();
    if (tellsOfFates) compareReach(cube, one, into);
    compareRates(cube, one, into);
    if (horizon !== undefined) compareWaits(cube, one, horizon, into);
    if (bandWeeks !== undefined) compareBands(cube, one, bandWeeks, into);
  }
  return { ...into, tables };
}
