import { type Cube, cross } from "@taproot/engine";
import { cellNumbers } from "../cell-numbers.ts";
import { type CountsByCell, countsByCell } from "./counts-by-cell.ts";
import { estimateBlocks } from "./estimate-cuts.ts";
import { foldOver, type StrataColumns, type StrataTable, waysDown } from "./strata-table.ts";

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
