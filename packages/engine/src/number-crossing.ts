import { NumberedKeys } from "./numbered-keys.ts";

/** Which new cell each old one becomes part of, and how many there are. */
export interface NewCells {
  readonly cellOf: Uint32Array;
  readonly count: number;
}

/** Past this many possible cells a hash table is smaller than one place for each. */
const MOST_PLACES = 2 ** 24;

/** Keys up to here are exact whole numbers. */
const LARGEST_KEY = 2 ** 52;

/**
 * Numbers the crossings of some characteristics that occur, in the order in which they are first met.
 *
 * @param codes of each characteristic the group of each cell (or referral)
 * @param sizes groups of each characteristic
 * @param length how many cells are looked at
 * @param cells which ones; the first `length` when absent
 */
export function numberCrossing(
  codes: readonly (Uint8Array | Uint16Array)[],
  sizes: readonly number[],
  length: number,
  cells?: Uint32Array,
): NewCells {
  const keys = new Float64Array(length);
  let possible = 1;
  codes.forEach((column, i) => {
    const size = sizes[i]!;
    if (possible * size > LARGEST_KEY) {
      // Numbering the crossings that occur leaves room for the next characteristic.
      const dense = numberKeys(keys, possible);
      keys.set(dense.cellOf);
      possible = dense.count;
    }
    possible *= size;
    if (cells)
      for (let at = 0; at < length; at++) keys[at] = keys[at]! * size + column[cells[at]!]!;
    else for (let at = 0; at < length; at++) keys[at] = keys[at]! * size + column[at]!;
  });
  return numberKeys(keys, possible);
}

/** Numbers different keys from 0 in the order in which they first occur. */
function numberKeys(keys: Float64Array, possible: number): NewCells {
  const length = keys.length;
  const cellOf = new Uint32Array(length);
  if (possible <= MOST_PLACES) {
    let count = 0;
    const place = new Int32Array(possible).fill(-1);
    for (let at = 0; at < length; at++) {
      const key = keys[at]!;
      if (place[key] === -1) place[key] = count++;
      cellOf[at] = place[key]!;
    }
    return { cellOf, count };
  }
  const numbers = new NumberedKeys();
  for (let at = 0; at < length; at++) cellOf[at] = numbers.numberOf(keys[at]!);
  return { cellOf, count: numbers.count };
}
