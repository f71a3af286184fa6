import { type Cube, cross, marginal, rollUp } from "@taproot/engine";
import { FATE_COUNT } from "@taproot/model";
import { countCells } from "./estimates/count-cells.ts";
import { largestCuts } from "./estimates/estimate-cuts.ts";
import {
  addTable,
  type StrataColumns,
  type StrataTable,
  strataColumns,
} from "./estimates/strata-table.ts";
import { type WeeklyTables, waitingPopulation } from "./weekly-table.ts";

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

/** Rolls the cube up to every crossing, reading its cells a few times only. */
export function cutTables(
  cube: Cube,
  cuts: readonly (readonly number[])[],
  horizonWeeks: number | undefined,
): readonly CutTables[] {
  const columns = strataColumns(horizonWeeks, waitingPopulation(cube));
  const ascending = cuts.map((cut) => cut.toSorted((a, b) => a - b));
  const tables = new Map(
    countCells(cube, largestCuts(ascending), columns).map((table) => [
      table.characteristics.join(),
      table,
    ]),
  );
  const { population, waitBands } = cube;
  for (const cut of ascending.toSorted((a, b) => b.length - a.length))
    addTable(tables, cut, columns);
  return cuts.map((characteristics, at) => {
    const table = inOrder(tables.get(ascending[at]!.join())!, characteristics, columns);
    const crossing = population || waitBands ? cross(cube, characteristics) : undefined;
    return {
      characteristics,
      ...countsOf(table, columns),
      ...(crossing && population ? { population: rollUp(crossing, population, 1) } : {}),
      ...(crossing && waitBands
        ? { bands: rollUp(crossing, waitBands.counts, waitBands.bands.length) }
        : {}),
    };
  });
}

/**
 * The counts of one crossing: those at hand where it is among them, else counted.
 *
 * @param known tables that are at hand
 */
export function tablesOfCut(
  cube: Cube,
  characteristics: readonly number[],
  horizonWeeks: number | undefined,
  known: readonly CutTables[] = [],
): CutTables {
  const weeks = horizonWeeks === undefined ? undefined : horizonWeeks + 1;
  const there = known.find(
    (one) =>
      (weeks === undefined || one.weekly?.weeks === weeks) &&
      one.characteristics.join() === characteristics.join(),
  );
  return there ?? cutTables(cube, [characteristics], horizonWeeks)[0]!;
}

/** The table with its characteristics in another order. */
function inOrder(
  table: StrataTable,
  characteristics: readonly number[],
  { width }: StrataColumns,
): StrataTable {
  const places = characteristics.map((index) => table.characteristics.indexOf(index));
  if (places.every((place, i) => place === i)) return table;
  return {
    characteristics,
    sizes: places.map((place) => table.sizes[place]!),
    counts: marginal(table.sizes, places, table.counts, width),
  };
}

function countsOf({ counts }: StrataTable, columns: StrataColumns) {
  const strata = counts.length / columns.width;
  const part = (first: number, width: number) => {
    const table = new Float64Array(strata * width);
    for (let stratum = 0; stratum < strata; stratum++)
      for (let i = 0; i < width; i++)
        table[stratum * width + i] = counts[stratum * columns.width + first + i]!;
    return table;
  };
  const { weeks, seen, left, waiting } = columns;
  const weekly: WeeklyTables | undefined =
    weeks === 0
      ? undefined
      : {
          weeks,
          strata,
          seen: part(seen, weeks),
          left: part(left, weeks),
          waiting: part(waiting, weeks),
        };
  return { strata, fates: part(0, FATE_COUNT), ...(weekly ? { weekly } : {}) };
}
