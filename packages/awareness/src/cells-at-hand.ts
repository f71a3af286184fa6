import type { SettledCells } from "./settled-cells.ts";

// Here arrays are constants of the module: a loop over them need not ask at each number where an array lies and how long it
// is, which takes longer than adding up. What is at hand is copied in once and added up many times.

/** Most cells at hand; where there are more they are taken so many at a time. */
const MOST_CELLS = 2 ** 19;
/** Most places of a table. */
export const MOST_PLACES = 2 ** 19;
const HALF = 0xffff;

const words = new Uint32Array(MOST_CELLS);
const places = new Uint32Array(MOST_CELLS);
const reachedAtHand = new Float64Array(MOST_CELLS);
const settledAtHand = new Float64Array(MOST_CELLS);
const sums = new Float64Array(2 * MOST_PLACES);
const worthOfLow = new Uint32Array(HALF + 1);
const worthOfHigh = new Uint32Array(HALF + 1);

/** Cells with two numbers each. */
export interface NumberedCells {
  readonly all: SettledCells;
  /** Of each cell of the cube: one number in the lower half of the word, one in the upper half. */
  readonly numbers: Uint32Array;
}

let atHand: NumberedCells | undefined;
let from = 0;

/**
 * Adds how many reached and how many are settled, one beside the other, to the place that each cell's numbers are worth
 * together.
 *
 * @param low what each lower number is worth
 * @param high what each upper number is worth
 * @param counts zeros, for at most {@link MOST_PLACES} places
 */
export function addUpCells(
  cells: NumberedCells,
  low: Uint32Array,
  high: Uint32Array,
  counts: Float64Array,
): void {
  worthOfLow.set(low);
  worthOfHigh.set(high);
  const { length } = cells.all.cells;
  for (let first = 0; first < length; first += MOST_CELLS) {
    const some = Math.min(MOST_CELLS, length - first);
    take(cells, first, some);
    lookUp(some);
    addUp(some);
  }
  counts.set(sums.subarray(0, counts.length));
  sums.fill(0, 0, counts.length);
}

/** Copies some of the cells in, unless they are at hand. */
function take(cells: NumberedCells, first: number, length: number): void {
  if (atHand?.all === cells.all && atHand.numbers === cells.numbers && from === first) return;
  atHand = cells;
  from = first;
  const { all, numbers } = cells;
  const which = all.cells;
  for (let i = 0; i < length; i++) words[i] = numbers[which[first + i]!]!;
  reachedAtHand.set(all.reached.subarray(first, first + length));
  settledAtHand.set(all.settled.subarray(first, first + length));
}

function lookUp(length: number): void {
  for (let i = 0; i < length; i++) {
    const word = words[i]!;
    places[i] = 2 * (worthOfLow[word & HALF]! + worthOfHigh[word >>> 16]!);
  }
}

/**
 * Neighbouring cells often fall into one place, where each addition waits for the one before: so four parts of the list are
 * walked at once.
 */
function addUp(length: number): void {
  const quarter = length >>> 2;
  for (let i = 0, j = quarter, k = 2 * quarter, l = 3 * quarter; i < quarter; i++, j++, k++, l++) {
    const one = places[i]!;
    const two = places[j]!;
    const three = places[k]!;
    const four = places[l]!;
    sums[one] = sums[one]! + reachedAtHand[i]!;
    sums[one + 1] = sums[one + 1]! + settledAtHand[i]!;
    sums[two] = sums[two]! + reachedAtHand[j]!;
    sums[two + 1] = sums[two + 1]! + settledAtHand[j]!;
    sums[three] = sums[three]! + reachedAtHand[k]!;
    sums[three + 1] = sums[three + 1]! + settledAtHand[k]!;
    sums[four] = sums[four]! + reachedAtHand[l]!;
    sums[four + 1] = sums[four + 1]! + settledAtHand[l]!;
  }
  for (let i = 4 * quarter; i < length; i++) {
    const at = places[i]!;
    sums[at] = sums[at]! + reachedAtHand[i]!;
    sums[at + 1] = sums[at + 1]! + settledAtHand[i]!;
  }
}
