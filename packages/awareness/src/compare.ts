import { type Cube, cross } from "@taproot/engine";
import { bandHorizon, compareBands } from "./compare-bands.ts";
import { compareRates } from "./compare-rates.ts";
import { compareReach } from "./compare-reach.ts";
import { compareWaits, waitHorizon } from "./compare-waits.ts";
import type { Comparisons } from "./comparison.ts";
import { cutsOf } from "./cuts.ts";

/** Makes every comparison that the cube allows: each group of each characteristic, and of each pair, at each step. */
export function compareAll(
  cube: Cube,
  options: { readonly by?: readonly string[]; readonly cells?: Uint32Array },
): Comparisons {
  const into: Comparisons = { made: [], tooSmall: [] };
  const { by, cells } = options;
  const horizon = waitHorizon(cube, cells);
  const bandWeeks = cube.waitBands && bandHorizon(cube.waitBands.bands);
  for (const cut of cutsOf(cube, by)) {
    const crossing = cross(cube, cut, cells);
    compareReach(cube, crossing, into);
    compareRates(cube, crossing, into);
    if (horizon !== undefined) compareWaits(cube, crossing, horizon, into);
    if (bandWeeks !== undefined) compareBands(cube, crossing, bandWeeks, into);
  }
  return into;
}
