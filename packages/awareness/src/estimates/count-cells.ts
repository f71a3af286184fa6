import { type Cube, cross } from "@taproot/engine";
import { EXITS, FATE_COUNT } from "@taproot/model";
import { cellNumbers } from "../cell-numbers.ts";
import { estimateBlocks } from "./estimate-cuts.ts";
import {
  columnOfExit,
  foldOver,
  type StrataColumns,
  type StrataTable,
  waysDown,
} from "./strata-table.ts";

const NOWHERE = -1;
/** The largest table that cells are counted into: it stays in the processor's cache. */
const BLOCK_STRATA = 2500;

/**
 * Counts a cube's cells into the strata of several crossings.
 *
 * @param crossings ascending indices of the characteristics of each
 * @param cells only these cells; all of them when absent
 */
export function countCells(
  cube: Cube,
  crossings: readonly (readonly number[])[],
  columns: StrataColumns,
  cells?: Uint32Array,
): StrataTable[] {
  const counted = countsByCell(cube, columns, cells);
  const sizes = cube.characteristics.map(({ groups }) => groups.length);
  const tables = new Map<string, StrataTable>();
  for (const block of estimateBlocks(crossings, sizes, BLOCK_STRATA)) {
    const table = countBlock(cube, block.characteristics, columns, counted, cells);
    tables.set(block.characteristics.join(), table);
    for (const { characteristics, from } of waysDown(table, block.cuts))
      tables.set(
        characteristics.join(),
        foldOver(
          tables.get(from.join())!,
          from.findIndex((index) => !characteristics.includes(index)),
          columns.width,
        ),
      );
  }
  return crossings.map((characteristics) => tables.get(characteristics.join())!);
}

function countBlock(
  cube: Cube,
  characteristics: readonly number[],
  { width }: StrataColumns,
  { starts, columns, people }: CountsByCell,
  cells: Uint32Array | undefined,
): StrataTable {
  const strata = cells
    ? cross(cube, characteristics, cells).stratumOfCell
    : cellNumbers(cube).of(characteristics);
  const sizes = characteristics.map((index) => cube.characteristics[index]!.groups.length);
  const counts = new Float64Array(sizes.reduce((all, size) => all * size, 1) * width);
  for (let i = 0; i < strata.length; i++) {
    const to = strata[i]! * width;
    const end = starts[i + 1]!;
    for (let entry = starts[i]!; entry < end; entry++) {
      const at = to + columns[entry]!;
      counts[at] = counts[at]! + people[entry]!;
    }
  }
  return { characteristics, sizes, counts };
}

/** Of each cell that is looked at the columns in which it has people, and how many: read once for all crossings. */
interface CountsByCell {
  readonly starts: Uint32Array;
  readonly columns: Uint16Array;
  readonly people: Float64Array;
}

function countsByCell(cube: Cube, columns: StrataColumns, cells?: Uint32Array): CountsByCell {
  const { waitStarts, waitWeeks, waitExits, waitCounts, fates } = cube;
  const length = cells?.length ?? cube.cells;
  const firstOfExit = Int32Array.from(EXITS, (exit) => columnOfExit(columns, exit) ?? NOWHERE);
  const last = columns.weeks - 1;
  const starts = new Uint32Array(length + 1);
  const room = FATE_COUNT * length + (columns.weeks > 0 ? waitWeeks.length : 0);
  const into = new Uint16Array(room);
  const people = new Float64Array(room);
  // Where the cell that is read has its people of a column, for as long as it is read.
  const placeOf = new Int32Array(columns.width).fill(-1);
  let next = 0;
  for (let i = 0; i < length; i++) {
    const cell = cells ? cells[i]! : i;
    for (let fate = 0; fate < FATE_COUNT; fate++) {
      const count = fates[cell * FATE_COUNT + fate]!;
      if (count === 0) continue;
      into[next] = fate;
      people[next++] = count;
    }
    const firstWait = next;
    const end = columns.weeks > 0 ? waitStarts[cell + 1]! : 0;
    for (let entry = waitStarts[cell]!; entry < end; entry++) {
      const first = firstOfExit[waitExits[entry]!]!;
      if (first === NOWHERE) continue;
      const week = waitWeeks[entry]!;
      const column = first + (week < last ? week : last);
      const place = placeOf[column]!;
      if (place >= firstWait) people[place] = people[place]! + waitCounts[entry]!;
      else {
        placeOf[column] = next;
        into[next] = column;
        people[next++] = waitCounts[entry]!;
      }
    }
    starts[i + 1] = next;
  }
  return { starts, columns: into, people };
}
