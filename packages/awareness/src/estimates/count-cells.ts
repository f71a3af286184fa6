import { type Cube, type Standings, standingsOf } from "@taproot/engine";
import { type CellNumbers, cellNumbers, SPARE } from "../cell-numbers.ts";
import { AT_ONCE, addStandings, canBeAtHand, moveCounts, takeBlocks } from "./blocks-at-hand.ts";
import { estimateBlocks } from "./estimate-cuts.ts";
import { NO_COLUMN, type OutcomeColumns, outcomeColumns } from "./outcome-columns.ts";
import { foldOver, type StrataColumns, type StrataTable, waysDown } from "./strata-table.ts";

/** The largest table that cells are counted into: one outcome's strata of all blocks stay in the processor's cache. */
const BLOCK_STRATA = 2500;
/** Where cells are not at hand a cell's strata are one short row, of which two are read at a time. */
const ROW = AT_ONCE + 1;
const WORDS = ROW / 2;
const HALF = 0xffff;
/** Most strata that a row's numbers tell apart. */
const MOST_PLACES = 2 ** 16 - SPARE;

/**
 * Counts a cube's cells into the strata of several crossings, one outcome after the other.
 *
 * @param crossings ascending indices of the characteristics of each
 */
export function countCells(
  cube: Cube,
  crossings: readonly (readonly number[])[],
  columns: StrataColumns,
): StrataTable[] {
  const standings = standingsOf(cube);
  const outcomes = outcomeColumns(standings, columns);
  const numbers = cellNumbers(cube);
  const blocks = estimateBlocks(crossings, numbers.sizes, BLOCK_STRATA);
  const tables = new Map<string, StrataTable>();
  for (const together of countedTogether(blocks, numbers)) {
    const counted = countBlocks(
      cube.cells,
      numbers,
      together.map(({ characteristics }) => characteristics),
      standings,
      outcomes,
      columns,
    );
    for (const [i, { characteristics, cuts }] of together.entries()) {
      const table = counted[i]!;
      tables.set(characteristics.join(), table);
      for (const way of waysDown(table, cuts))
        tables.set(
          way.characteristics.join(),
          foldOver(
            tables.get(way.from.join())!,
            way.from.findIndex((index) => !way.characteristics.includes(index)),
            columns.width,
          ),
        );
    }
  }
  return crossings.map((characteristics) => tables.get(characteristics.join())!);
}

type Block = ReturnType<typeof estimateBlocks>[number];

function countedTogether(blocks: readonly Block[], numbers: CellNumbers): Block[][] {
  const lists: Block[][] = [];
  let places = 0;
  for (const block of blocks) {
    const more = numbers.places(block.characteristics);
    const last = lists.at(-1);
    if (last && last.length < AT_ONCE && places + more <= MOST_PLACES) {
      last.push(block);
      places += more;
    } else {
      lists.push([block]);
      places = more;
    }
  }
  return lists;
}

function countBlocks(
  cells: number,
  numbers: CellNumbers,
  blocks: readonly (readonly number[])[],
  standings: Standings,
  outcomes: readonly OutcomeColumns[],
  columns: StrataColumns,
): StrataTable[] {
  const strata = blocks.reduce((sum, block) => sum + numbers.places(block), 0);
  const room = strata + SPARE;
  const byColumn = new Float64Array(columns.width * room);
  const columnsOf = ({ fate, wait }: OutcomeColumns) =>
    [fate, wait]
      .filter((one) => one !== NO_COLUMN)
      .map((index) => byColumn.subarray(index * room, (index + 1) * room));
  if (canBeAtHand(numbers, cells)) {
    takeBlocks(numbers, blocks);
    for (const outcome of outcomes) {
      addStandings(standings, outcome.standings);
      moveCounts(columnsOf(outcome), room);
    }
  } else {
    const strataOfCells = numbers.sideBySide(blocks, ROW, cells);
    for (const outcome of outcomes)
      for (const into of columnsOf(outcome))
        for (const standing of outcome.standings)
          addEntries(into, strataOfCells, standings, standing);
  }
  let first = 0;
  return blocks.map((characteristics) => {
    const from = first;
    first += numbers.places(characteristics);
    const sizes = characteristics.map((index) => numbers.sizes[index]!);
    return { characteristics, sizes, counts: rowsOf(byColumn, room, from, first, columns.width) };
  });
}

/**
 * Adds each entry of a standing to its cell's stratum of all blocks. Neighbouring cells often share a
 * stratum, where each addition waits for the one before: so both halves are walked at once.
 */
function addEntries(
  into: Float64Array,
  strataOfCells: Uint32Array,
  { starts, cells, referrals }: Standings,
  standing: number,
): void {
  const from = starts[standing]!;
  const end = starts[standing + 1]!;
  const half = (end - from) >>> 1;
  for (let i = from, j = from + half; i < from + half; i++, j++) {
    addRow(into, strataOfCells, WORDS * cells[i]!, referrals[i]!);
    addRow(into, strataOfCells, WORDS * cells[j]!, referrals[j]!);
  }
  if (from + 2 * half < end)
    addRow(into, strataOfCells, WORDS * cells[end - 1]!, referrals[end - 1]!);
}

/** The inner loop. */
function addRow(into: Float64Array, strataOfCells: Uint32Array, row: number, people: number): void {
  let two = strataOfCells[row]!;
  let at = two & HALF;
  into[at] = into[at]! + people;
  at = two >>> 16;
  into[at] = into[at]! + people;
  two = strataOfCells[row + 1]!;
  at = two & HALF;
  into[at] = into[at]! + people;
  at = two >>> 16;
  into[at] = into[at]! + people;
  two = strataOfCells[row + 2]!;
  at = two & HALF;
  into[at] = into[at]! + people;
  at = two >>> 16;
  into[at] = into[at]! + people;
  two = strataOfCells[row + 3]!;
  at = two & HALF;
  into[at] = into[at]! + people;
  at = two >>> 16;
  into[at] = into[at]! + people;
}

/** Strata `from` up to `to`, a row each, of counts that are put column by column. */
function rowsOf(
  byColumn: Float64Array,
  room: number,
  from: number,
  to: number,
  width: number,
): Float64Array {
  const rows = new Float64Array((to - from) * width);
  for (let column = 0; column < width; column++) {
    let at = column;
    const first = column * room;
    for (let stratum = from; stratum < to; stratum++) {
      rows[at] = byColumn[first + stratum]!;
      at += width;
    }
  }
  return rows;
}
