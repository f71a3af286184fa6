import { type Cube, coveringBlocks, cross, marginal, rollUp, rollUpFates } from "@taproot/engine";
import { FATE_COUNT } from "@taproot/model";
import {
  type WeeklyTable,
  type WeeklyTables,
  waitingPopulation,
  weeklyTables,
} from "./weekly-table.ts";

/** The counts of every stratum of one crossing: all that comparing its groups needs. */
export interface CutTables {
  /** Indices of the crossed characteristics in the cube. */
  readonly characteristics: readonly number[];
  readonly strata: number;
  /** strata × fates */
  readonly fates: Float64Array;
  /** Waits up to the horizon, where there are any. */
  readonly weekly?: WeeklyTables;
  /** People who could need the service. */
  readonly population?: Float64Array;
  /** strata × bands of those still waiting */
  readonly bands?: Float64Array;
}

/** The largest table rolled up at once: it and its waits stay in the processor's cache. */
const MOST_STRATA = 2000;

/** Rolls the cube up to every crossing, reading its cells a few times only. */
export function* cutTables(
  cube: Cube,
  cuts: readonly (readonly number[])[],
  horizonWeeks: number | undefined,
): Generator<CutTables> {
  const sizeOf = cube.characteristics.map(({ groups }) => groups.length);
  for (const block of coveringBlocks(sizeOf, cuts, MOST_STRATA)) {
    const crossing = cross(cube, block.characteristics);
    const sizes = block.characteristics.map((index) => sizeOf[index]!);
    const fates = rollUpFates(cube, crossing);
    const weekly =
      horizonWeeks === undefined
        ? undefined
        : weeklyTables(cube, crossing, horizonWeeks, waitingPopulation(cube));
    const population = cube.population && rollUp(crossing, cube.population, 1);
    const bandCount = cube.waitBands?.bands.length ?? 0;
    const bands = cube.waitBands && rollUp(crossing, cube.waitBands.counts, bandCount);
    for (const cut of block.cuts) {
      const kept = cut.map((index) => block.characteristics.indexOf(index));
      const down = (table: Float64Array, width: number) => marginal(sizes, kept, table, width);
      const strata = cut.reduce((product, index) => product * sizeOf[index]!, 1);
      yield {
        characteristics: cut,
        strata,
        fates: down(fates, FATE_COUNT),
        ...(weekly ? { weekly: weeklyOf(weekly, strata, down) } : {}),
        ...(population ? { population: down(population, 1) } : {}),
        ...(bands ? { bands: down(bands, bandCount) } : {}),
      };
    }
  }
}

function weeklyOf(
  weekly: WeeklyTables,
  strata: number,
  down: (table: Float64Array, width: number) => Float64Array,
): WeeklyTables {
  const of = (part: keyof WeeklyTable) => down(weekly[part], weekly.weeks);
  return {
    weeks: weekly.weeks,
    strata,
    seen: of("seen"),
    left: of("left"),
    waiting: of("waiting"),
  };
}
