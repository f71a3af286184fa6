import { EXITS, FATE_COUNT } from "@taproot/model";
import type { Cube } from "./cube.ts";

/**
 * The strata of a crossing: which stratum each cell falls into. Strata are numbered in the mixed radix of their groups'
 * codes, the first characteristic slowest.
 */
export interface Crossing {
  /** Indices of the crossed characteristics in the cube. */
  readonly characteristics: readonly number[];
  readonly strata: number;
  /** The stratum of each cell that is looked at, in the order of `cells`. */
  readonly stratumOfCell: Uint32Array;
  /** The cells that are looked at; all of them when absent. */
  readonly cells?: Uint32Array;
}

/** Crosses characteristics over the selected cells. No characteristic gives one stratum: everyone. */
export function cross(
  cube: Cube,
  characteristics: readonly number[],
  cells?: Uint32Array,
): Crossing {
  const count = cells?.length ?? cube.cells;
  const stratumOfCell = new Uint32Array(count);
  let strata = 1;
  for (const index of characteristics) {
    const codes = cube.groups[index]!;
    const size = cube.characteristics[index]!.groups.length;
    if (cells)
      for (let i = 0; i < count; i++)
        stratumOfCell[i] = stratumOfCell[i]! * size + codes[cells[i]!]!;
    else for (let i = 0; i < count; i++) stratumOfCell[i] = stratumOfCell[i]! * size + codes[i]!;
    strata *= size;
  }
  return { characteristics, strata, stratumOfCell, ...(cells ? { cells } : {}) };
}

/** The codes of a stratum's groups, one per crossed characteristic. */
export function groupsOfStratum(cube: Cube, crossing: Crossing, stratum: number): number[] {
  const codes: number[] = [];
  let rest = stratum;
  for (let i = crossing.characteristics.length - 1; i >= 0; i--) {
    const size = cube.characteristics[crossing.characteristics[i]!]!.groups.length;
    codes.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return codes;
}

/** Adds rows of a per-cell table up to strata: returns strata × width. */
export function rollUp(crossing: Crossing, table: Float64Array, width: number): Float64Array {
  const sums = new Float64Array(crossing.strata * width);
  const { cells, stratumOfCell } = crossing;
  for (let i = 0; i < stratumOfCell.length; i++) {
    const from = (cells ? cells[i]! : i) * width;
    const into = stratumOfCell[i]! * width;
    for (let column = 0; column < width; column++)
      sums[into + column] = sums[into + column]! + table[from + column]!;
  }
  return sums;
}

/** Referrals by fate in each stratum: strata × {@link FATE_COUNT}. */
export function rollUpFates(cube: Cube, crossing: Crossing): Float64Array {
  return rollUp(crossing, cube.fates, FATE_COUNT);
}

/** Waits in each stratum: strata × weeks × exits, weeks from 0 to the longest. */
export interface WaitTable {
  readonly weeks: number;
  readonly counts: Float64Array;
}

/**
 * Adds waits up to strata. Waits of `weeks − 1` and more are counted together in the last week, so that a short horizon
 * needs little room.
 */
export function rollUpWaits(cube: Cube, crossing: Crossing, weeks: number): WaitTable {
  const exits = EXITS.length;
  const width = weeks * exits;
  const counts = new Float64Array(crossing.strata * width);
  const { cells, stratumOfCell } = crossing;
  const { waitStarts, waitWeeks, waitExits, waitCounts } = cube;
  const last = weeks - 1;
  if (!cells && crossing.strata === 1) {
    // Of everyone: which cell a wait is of makes no difference.
    for (let entry = 0; entry < waitWeeks.length; entry++) {
      const week = waitWeeks[entry]!;
      const at = (week < last ? week : last) * exits + waitExits[entry]!;
      counts[at] = counts[at]! + waitCounts[entry]!;
    }
    return { weeks, counts };
  }
  for (let i = 0; i < stratumOfCell.length; i++) {
    const cell = cells ? cells[i]! : i;
    const base = stratumOfCell[i]! * width;
    const end = waitStarts[cell + 1]!;
    for (let entry = waitStarts[cell]!; entry < end; entry++) {
      const week = waitWeeks[entry]!;
      const at = base + Math.min(week, last) * exits + waitExits[entry]!;
      counts[at] = counts[at]! + waitCounts[entry]!;
    }
  }
  return { weeks, counts };
}

/** One more than the longest wait in the cube: the number of weeks that shows every wait. */
export function weeksOfWaits(cube: Cube): number {
  let longest = -1;
  for (let entry = 0; entry < cube.waitWeeks.length; entry++)
    if (cube.waitWeeks[entry]! > longest) longest = cube.waitWeeks[entry]!;
  return longest + 1;
}
