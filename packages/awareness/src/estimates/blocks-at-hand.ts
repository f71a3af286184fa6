import type { Standings } from "@taproot/engine";
import { type CellNumbers, SPARE } from "../cell-numbers.ts";
import { worthsOfPlaces } from "../cells-by-code.ts";

// Arrays of the module, as those of cells at hand. One outcome's strata of all blocks, and all by which they are found, stay
// in the processor's cache.

/** So many blocks are counted at once. */
export const AT_ONCE = 7;
/** A row has one more number than there are blocks, two in a word. */
const WORDS = 4;
const WIDTH = 2 * WORDS;
const HALF = 0xffff;
/** Most cells of a cube. */
const MOST_CELLS = 2 ** 19;

const words = new Uint32Array(MOST_CELLS);
const rowsOfLow = new Uint32Array(WORDS * (HALF + 1));
const rowsOfHigh = new Uint32Array(WORDS * (HALF + 1));
const sums = new Float64Array(HALF + 1);

let atHand: Uint32Array | undefined;

/** True when a cube's cells can be numbered in two parts, and that many be at hand. */
export function canBeAtHand({ byCode }: CellNumbers, cells: number): boolean {
  return byCode.numbers !== undefined && cells <= MOST_CELLS;
}

/**
 * Makes ready to count into some blocks, the strata of each after those of the one before: a cell's strata are what its two
 * numbers are worth together.
 *
 * @param blocks the characteristics of each; at most seven
 */
export function takeBlocks(numbers: CellNumbers, blocks: readonly (readonly number[])[]): void {
  const { byCode } = numbers;
  if (byCode.numbers && atHand !== byCode.numbers) {
    words.set(byCode.numbers);
    atHand = byCode.numbers;
  }
  const lows = new Uint16Array(rowsOfLow.buffer);
  const highs = new Uint16Array(rowsOfHigh.buffer);
  let first = 0;
  for (let slot = 0; slot < AT_ONCE; slot++) {
    const block = blocks[slot] ?? [];
    const sizes = block.map((index) => numbers.sizes[index]!);
    const { low, high } = byCode.worthsOfNumbers(worthsOfPlaces(block, sizes));
    // Where there is no block, strata that nobody reads: adding to one alone would wait for itself.
    for (let number = 0; number < low.length; number++)
      lows[WIDTH * number + slot] = first + (blocks[slot] ? low[number]! : number % SPARE);
    for (let number = 0; number < high.length; number++)
      highs[WIDTH * number + slot] = high[number]!;
    if (blocks[slot]) first += numbers.places(block);
  }
}

/** Adds the referrals of some standings to their cells' strata of the blocks at hand. */
export function addStandings(standings: Standings, those: readonly number[]): void {
  for (const standing of those) addEntries(standings, standing);
}

/** Neighbouring cells often share a stratum, where each addition waits for the one before: so both halves are walked at once. */
function addEntries({ starts, cells, referrals }: Standings, standing: number): void {
  const from = starts[standing]!;
  const end = starts[standing + 1]!;
  const half = (end - from) >>> 1;
  for (let i = from, j = from + half; i < from + half; i++, j++) {
    addTo(words[cells[i]!]!, referrals[i]!);
    addTo(words[cells[j]!]!, referrals[j]!);
  }
  if (from + 2 * half < end) addTo(words[cells[end - 1]!]!, referrals[end - 1]!);
}

/** The inner loop. */
function addTo(word: number, people: number): void {
  const low = WORDS * (word & HALF);
  const high = WORDS * (word >>> 16);
  let two = rowsOfLow[low]! + rowsOfHigh[high]!;
  let at = two & HALF;
  sums[at] = sums[at]! + people;
  at = two >>> 16;
  sums[at] = sums[at]! + people;
  two = rowsOfLow[low + 1]! + rowsOfHigh[high + 1]!;
  at = two & HALF;
  sums[at] = sums[at]! + people;
  at = two >>> 16;
  sums[at] = sums[at]! + people;
  two = rowsOfLow[low + 2]! + rowsOfHigh[high + 2]!;
  at = two & HALF;
  sums[at] = sums[at]! + people;
  at = two >>> 16;
  sums[at] = sums[at]! + people;
  at = (rowsOfLow[low + 3]! + rowsOfHigh[high + 3]!) & HALF;
  sums[at] = sums[at]! + people;
}

/** Adds what was counted since the last time to some columns of strata, and forgets it. */
export function moveCounts(columns: readonly Float64Array[], room: number): void {
  for (const column of columns)
    for (let stratum = 0; stratum < room; stratum++)
      column[stratum] = column[stratum]! + sums[stratum]!;
  sums.fill(0, 0, room);
}
