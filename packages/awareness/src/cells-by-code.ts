import { addUpCells, MOST_PLACES } from "./cells-at-hand.ts";
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

/** So many numbers a part where two parts will do, so that what they are worth stays in the processor's cache. */
const MOST_NUMBERS = [2 ** 12, 2 ** 16];

/** A place as two numbers is worth itself. */
const EACH = Uint32Array.from({ length: 2 ** 16 }, (_, number) => number);
const EACH_OF_UPPER = Uint32Array.from(
  { length: Math.ceil(MOST_PLACES / 2 ** 16) },
  (_, number) => number * 2 ** 16,
);

/**
 * Cells by what their codes are worth together. All characteristics are numbered in two parts once, so that a cell's worth
 * takes two looks, whatever the question.
 */
export class CellsByCode {
  readonly #sizes: readonly number[];
  readonly #groups: readonly Uint16Array[];
  readonly #parts: readonly (readonly number[])[];
  readonly #numbers: Uint32Array;

  constructor(groups: readonly Uint16Array[], sizes: readonly number[]) {
    this.#sizes = sizes;
    this.#groups = groups;
    const few = MOST_NUMBERS.map((most) => splitUp(sizes, most)).find((one) => one.length <= 2);
    this.#parts = few ?? splitUp(sizes, MOST_NUMBERS.at(-1)!);
    this.#numbers = this.#numbersOf(this.#parts[0]!, this.#parts[1] ?? []);
  }

  /**
   * Adds how many reached and how many are settled of some cells, one beside the other, to the place that their codes are
   * worth.
   *
   * @param counts zeros, for at most {@link MOST_PLACES} places
   */
  add(all: SettledCells, worths: CodeWorths, counts: Float64Array): void {
    if (
      this.#parts
        .slice(2)
        .flat()
        .every((index) => !worths[index])
    ) {
      const { low, high } = this.worthsOfNumbers(worths);
      addUpCells({ all, numbers: this.#numbers }, low, high, counts);
    } else addUpCells({ all, numbers: this.#places(worths) }, EACH, EACH_OF_UPPER, counts);
  }

  /** Two numbers of each cell, one in the lower half of the word; undefined where two are not enough. */
  get numbers(): Uint32Array | undefined {
    return this.#parts.length <= 2 ? this.#numbers : undefined;
  }

  /** What each of those numbers is worth. */
  worthsOfNumbers(worths: CodeWorths): { readonly low: Uint32Array; readonly high: Uint32Array } {
    const [low = [], high = []] = this.#parts;
    return { low: this.#worthsOf(low, worths), high: this.#worthsOf(high, worths) };
  }

  /** The place of each cell, one characteristic after the other: where there are more than two parts. */
  #places(worths: CodeWorths): Uint32Array {
    const places = new Uint32Array(this.#numbers.length);
    worths.forEach((ofCodes, index) => {
      const codes = this.#groups[index]!;
      if (ofCodes)
        for (let cell = 0; cell < places.length; cell++)
          places[cell] = places[cell]! + ofCodes[codes[cell]!]!;
    });
    return places;
  }

  #numbersOf(low: readonly number[], high: readonly number[]): Uint32Array {
    const numbers = numbersOf(this.#groups, this.#sizes, low);
    const upper = numbersOf(this.#groups, this.#sizes, high);
    for (let cell = 0; cell < numbers.length; cell++)
      numbers[cell] = numbers[cell]! | (upper[cell]! << 16);
    return numbers;
  }

  /** What each number of a part is worth. */
  #worthsOf(part: readonly number[], worths: CodeWorths): Uint32Array {
    let sums = [0];
    for (const index of part) {
      const ofCodes = worths[index];
      const size = this.#sizes[index]!;
      const longer = new Array<number>(sums.length * size);
      let to = 0;
      for (const sum of sums)
        for (let code = 0; code < size; code++) longer[to++] = sum + (ofCodes?.[code] ?? 0);
      sums = longer;
    }
    return Uint32Array.from(sums);
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
