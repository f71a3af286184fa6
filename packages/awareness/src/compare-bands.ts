import { type Cube, rollUp } from "@taproot/engine";
import type { WaitBand } from "@taproot/model";
import { compareStrata, strataOfCuts } from "./compare-reach.ts";
import { crossWithUnits } from "./compare-units.ts";
import type { Comparisons } from "./comparison.ts";
import type { CutTables } from "./cut-tables.ts";
import type { SettledCounts } from "./settled-step.ts";

/** The horizon for tables of people still waiting by band: the national standard, or the band end nearest to it. */
const STANDARD_WEEKS = 18;

/** The start of a band at which the bands can be cut in two, nearest to 18 weeks. */
export function bandHorizon(bands: readonly WaitBand[]): number | undefined {
  const starts = bands.map(({ fromWeeks }) => fromWeeks).filter((weeks) => weeks > 0);
  return starts.sort((a, b) => Math.abs(a - STANDARD_WEEKS) - Math.abs(b - STANDARD_WEEKS))[0];
}

/** Of those still waiting in each row: how many wait less than the horizon, and how many wait at all. */
export function waitingUnder(
  bands: readonly WaitBand[],
  counts: Float64Array,
  horizonWeeks: number,
): SettledCounts {
  const rows = counts.length / bands.length;
  const reached = new Float64Array(rows);
  const settled = new Float64Array(rows);
  for (let row = 0; row < rows; row++)
    bands.forEach((band, column) => {
      const people = counts[row * bands.length + column]!;
      settled[row] = settled[row]! + people;
      if (band.fromWeeks < horizonWeeks) reached[row] = reached[row]! + people;
    });
  return { reached, settled };
}

/** Compares the share of those still waiting who wait less than the horizon, group by group. */
export function compareBands(
  cube: Cube,
  tables: CutTables,
  horizonWeeks: number,
  into: Comparisons,
): void {
  if (!cube.waitBands || !tables.bands) return;
  const { bands, counts } = cube.waitBands;
  const under = (rolled: Float64Array) => waitingUnder(bands, rolled, horizonWeeks);
  const byUnit = crossWithUnits(cube, tables.characteristics);
  const compared = { step: "wait", measure: "waitingUnder", horizonWeeks } as const;
  compareStrata(
    cube,
    tables,
    strataOfCuts(cube, tables),
    under(tables.bands),
    compared,
    into,
    byUnit && under(rollUp(byUnit, counts, bands.length)),
  );
}
