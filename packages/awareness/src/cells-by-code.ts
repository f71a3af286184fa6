import { numbersOf } from "./crossing-numbers.ts";
import type { SettledCells } from "./settled-cells.ts";

/** What each code of a characteristic is worth, by the characteristic's index; nothing where there is none. */
export type CodeWorths = readonly (ArrayLike<number> | undefined)[];

/**
 * Worths whose sum over a cell's codes is its place in a table of classes, the first characteristic slowest.
 *
 * @param classes the class of each code, by place in `characteristics`; the code itself where there are none
 * @param sizes how many classes there are of each
 */
export function worthsOfPlaces(
  characteristics: readonly number[],
  sizes: readonly number[],
  classes: readonly ArrayLike<number>[] = [],
): CodeWorths {
  const worths: ArrayLike<number>[] = [];
  let below = 1;
  for (let i = characteristics.length - 1; i >= 0; i--) {
    const size = sizes[i]!;
    const worth = below;
    const ofCodes = classes[i] ?? { length: size };
    worths[characteristics[i]!] = Uint32Array.from(ofCodes, (one, code) => (one ?? code) * worth);
    below *= size;
  }
  return worths;
}

/** Some of the characteristics, with the number of each cell by them. */
interface Part {
  readonly characteristics: readonly number[];
  readonly numbers: Uint16Array;
}

/** A part's numbers with what each is worth. */
interface Valued {
  readonly numbers: Part["numbers"];
  readonly worths: Uint32Array;
}

/** Two parts at a time are looked up: of so many numbers each where that will do, so that they stay at hand. */
const MOST_NUMBERS = [2 ** 12, 2 ** 16];

/**
 * Cells by what their codes are worth together. All characteristics are numbered in a few parts once, so that a cell's
 * worth takes one look a part, whatever the question.
 */
export class CellsByCode {
  readonly #sizes: readonly number[];
  readonly #parts: readonly Part[];
  #room = new Uint32Array(0);

  constructor(groups: readonly Uint16Array[], sizes: readonly number[]) {
    this.#sizes = sizes;
    const few = MOST_NUMBERS.map((most) => splitUp(sizes, most)).find((one) => one.length <= 2);
    const parts = few ?? splitUp(sizes, MOST_NUMBERS.at(-1)!);
    this.#parts = parts.map((characteristics) => ({
      characteristics,
      numbers: Uint16Array.from(numbersOf(groups, sizes, characteristics)),
    }));
  }

  /** Adds how many reached and how many are settled of some cells, one beside the other, to the place that they are worth. */
  add({ cells, reached, settled }: SettledCells, worths: CodeWorths, counts: Float64Array): void {
    if (this.#room.length < cells.length) this.#room = new Uint32Array(cells.length);
    // Places first and then sums: in one loop there is more at hand than a processor holds.
    const places = this.#room.subarray(0, cells.length);
    const [first, second, ...more] = this.#parts
      .filter(({ characteristics }) => characteristics.some((index) => worths[index]))
      .map((part) => this.#valued(part, worths));
    if (!first) places.fill(0);
    else if (!second) lookUp(cells, first, places);
    else lookUpBoth(cells, first, second, places);
    for (const part of more) addWorth(cells, part, places);
    addUp(places, reached, settled, counts);
  }

  #valued({ characteristics, numbers }: Part, worths: CodeWorths): Valued {
    let sums = [0];
    for (const index of characteristics) {
      const ofCodes = worths[index];
      const size = this.#sizes[index]!;
      const longer = new Array<number>(sums.length * size);
      let to = 0;
      for (const sum of sums)
        for (let code = 0; code < size; code++) longer[to++] = sum + (ofCodes?.[code] ?? 0);
      sums = longer;
    }
    return { numbers, worths: Uint32Array.from(sums) };
  }
}

/** Characteristics one after the other, so many that their crossing has at most so many cells; a larger one by itself. */
function splitUp(sizes: readonly number[], most: number): readonly number[][] {
  const parts: number[][] = [[]];
  let numbers = 1;
  for (const [index, size] of sizes.entries()) {
    if (numbers * size > most && parts.at(-1)!.length > 0) {
      parts.push([]);
      numbers = 1;
    }
    parts.at(-1)!.push(index);
    numbers *= size;
  }
  return parts;
}

function lookUp(cells: Uint32Array, { numbers, worths }: Valued, places: Uint32Array): void {
  for (let i = 0; i < places.length; i++) places[i] = worths[numbers[cells[i]!]!]!;
}

function lookUpBoth(
  cells: Uint32Array,
  { numbers, worths }: Valued,
  other: Valued,
  places: Uint32Array,
): void {
  const { numbers: others, worths: otherWorths } = other;
  for (let i = 0; i < places.length; i++) {
    const cell = cells[i]!;
    places[i] = worths[numbers[cell]!]! + otherWorths[others[cell]!]!;
  }
}

function addWorth(cells: Uint32Array, { numbers, worths }: Valued, places: Uint32Array): void {
  for (let i = 0; i < places.length; i++) places[i] = places[i]! + worths[numbers[cells[i]!]!]!;
}

/**
 * Neighbouring cells often fall into one place, where each addition waits for the one before: so four parts of the list are
 * walked at once.
 */
function addUp(
  places: Uint32Array,
  reached: Float64Array,
  settled: Float64Array,
  counts: Float64Array,
): void {
  const quarter = places.length >>> 2;
  for (let i = 0, j = quarter, k = 2 * quarter, l = 3 * quarter; i < quarter; i++, j++, k++, l++) {
    const one = 2 * places[i]!;
    const two = 2 * places[j]!;
    const three = 2 * places[k]!;
    const four = 2 * places[l]!;
    counts[one] = counts[one]! + reached[i]!;
    counts[one + 1] = counts[one + 1]! + settled[i]!;
    counts[two] = counts[two]! + reached[j]!;
    counts[two + 1] = counts[two + 1]! + settled[j]!;
    counts[three] = counts[three]! + reached[k]!;
    counts[three + 1] = counts[three + 1]! + settled[k]!;
    counts[four] = counts[four]! + reached[l]!;
    counts[four + 1] = counts[four + 1]! + settled[l]!;
  }
  for (let i = 4 * quarter; i < places.length; i++) {
    const at = 2 * places[i]!;
    counts[at] = counts[at]! + reached[i]!;
    counts[at + 1] = counts[at + 1]! + settled[i]!;
  }
}
