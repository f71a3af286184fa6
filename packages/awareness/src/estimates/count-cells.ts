import { type Cube, cross } from "@taproot/engine";
import { EXITS, FATE_COUNT } from "@taproot/model";
import { estimateBlocks } from "./estimate-cuts.ts";
import {
  columnOfExit,
  foldOver,
  type StrataColumns,
  type StrataTable,
  waysDown,
} from "./strata-table.ts";

const NOWHERE = 65_535;
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
  const waits = columns.weeks > 0 ? columnsOfWaits(cube, columns) : undefined;
  const sizes = cube.characteristics.map(({ groups }) => groups.length);
  const tables = new Map<string, StrataTable>();
  for (const block of estimateBlocks(crossings, sizes, BLOCK_STRATA)) {
    const table = countBlock(cube, block.characteristics, columns, waits, cells);
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
  columns: StrataColumns,
  waits: Uint16Array | undefined,
  cells: Uint32Array | undefined,
): StrataTable {
  const { strata, stratumOfCell } = cross(cube, characteristics, cells);
  const counts = new Float64Array(strata * columns.width);
  for (let i = 0; i < stratumOfCell.length; i++) {
    const cell = cells ? cells[i]! : i;
    const to = stratumOfCell[i]! * columns.width;
    const from = cell * FATE_COUNT;
    for (let fate = 0; fate < FATE_COUNT; fate++)
      counts[to + fate] = counts[to + fate]! + cube.fates[from + fate]!;
  }
  if (waits) addWaits(cube, stratumOfCell, waits, columns.width, counts, cells);
  return {
    characteristics,
    sizes: characteristics.map((index) => cube.characteristics[index]!.groups.length),
    counts,
  };
}

/** The column of every wait of the cube, worked out once for all crossings. */
function columnsOfWaits(cube: Cube, columns: StrataColumns): Uint16Array {
  const starts = EXITS.map((exit) => columnOfExit(columns, exit) ?? NOWHERE);
  const { waitWeeks, waitExits } = cube;
  const last = columns.weeks - 1;
  const into = new Uint16Array(waitWeeks.length);
  for (let entry = 0; entry < into.length; entry++) {
    const start = starts[waitExits[entry]!]!;
    const week = waitWeeks[entry]!;
    into[entry] = start === NOWHERE ? NOWHERE : start + (week < last ? week : last);
  }
  return into;
}

function addWaits(
  { waitStarts, waitCounts }: Cube,
  stratumOfCell: Uint32Array,
  waits: Uint16Array,
  width: number,
  counts: Float64Array,
  cells?: Uint32Array,
): void {
  for (let i = 0; i < stratumOfCell.length; i++) {
    const cell = cells ? cells[i]! : i;
    const to = stratumOfCell[i]! * width;
    const end = waitStarts[cell + 1]!;
    for (let entry = waitStarts[cell]!; entry < end; entry++) {
      const column = waits[entry]!;
      if (column !== NOWHERE) counts[to + column] = counts[to + column]! + waitCounts[entry]!;
    }
  }
}
