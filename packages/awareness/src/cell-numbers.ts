import type { Cube } from "@taproot/engine";
import { CellsByCode } from "./cells-by-code.ts";
import { numbersOf } from "./crossing-numbers.ts";

/** Most bytes of numberings that are kept of one cube. */
const MOST_KEPT = 2 ** 27;

/** Numbers of crossings that are not there: adding to one alone would wait for itself. */
export const SPARE = 16;

/** The cells of a cube numbered by their groups of some characteristics; each numbering is worked out once. */
export class CellNumbers {
  readonly sizes: readonly number[];
  readonly groups: readonly Uint16Array[];
  readonly #rows = new Map<string, Uint32Array>();
  #byCode: CellsByCode | undefined;
  #kept = 0;

  constructor({ characteristics, groups }: Pick<Cube, "characteristics" | "groups">) {
    this.sizes = characteristics.map((one) => one.groups.length);
    this.groups = groups;
  }

  /** How many numbers there can be. */
  places(characteristics: readonly number[]): number {
    return characteristics.reduce((product, index) => product * this.sizes[index]!, 1);
  }

  /** The cells by what their codes are worth. */
  get byCode(): CellsByCode {
    this.#byCode ??= new CellsByCode(this.groups, this.sizes);
    return this.#byCode;
  }

  /**
   * The numbers by several crossings side by side, two in a word: a row of `width` numbers a cell, each crossing's after
   * those of the one before. Where there are fewer crossings than `width`, the others' are spread over {@link SPARE}
   * numbers after all.
   */
  sideBySide(crossings: readonly (readonly number[])[], width: number, cells: number): Uint32Array {
    return this.#once(crossings.join("|"), () => {
      const rows = new Uint16Array(cells * width);
      let first = 0;
      for (const [i, crossing] of crossings.entries()) {
        const numbers = numbersOf(this.groups, this.sizes, crossing);
        for (let cell = 0; cell < cells; cell++)
          rows[cell * width + i] = first + (numbers[cell] ?? 0);
        first += this.places(crossing);
      }
      for (let i = crossings.length; i < width; i++)
        for (let cell = 0; cell < cells; cell++) rows[cell * width + i] = first + (cell % SPARE);
      return new Uint32Array(rows.buffer);
    });
  }

  #once(key: string, make: () => Uint32Array): Uint32Array {
    const there = this.#rows.get(key);
    if (there) return there;
    const made = make();
    if (this.#kept + made.byteLength <= MOST_KEPT) {
      this.#rows.set(key, made);
      this.#kept += made.byteLength;
    }
    return made;
  }
}

const ofGroups = new WeakMap<readonly Uint16Array[], CellNumbers>();

/** The numbers of a cube's cells; cubes that share their groups, as the parts of one do, share them. */
export function cellNumbers(cube: Cube): CellNumbers {
  let numbers = ofGroups.get(cube.groups);
  if (!numbers) {
    numbers = new CellNumbers(cube);
    ofGroups.set(cube.groups, numbers);
  }
  return numbers;
}
