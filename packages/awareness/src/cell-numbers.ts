import type { Cube } from "@taproot/engine";
import type { TakenTogether } from "./taken-together.ts";

/** Most bytes of numberings that are kept of one cube. */
const MOST_KEPT = 2 ** 27;

/** Numbers of crossings that are not there: adding to one alone would wait for itself. */
export const SPARE = 16;

/** The cells of a cube numbered by their groups of some characteristics; each numbering is worked out once. */
export class CellNumbers {
  readonly sizes: readonly number[];
  readonly groups: readonly Uint16Array[];
  readonly #numbers = new Map<string, Uint32Array>();
  readonly #rows = new Map<string, Uint32Array>();
  readonly #codes = new Map<string, readonly (Uint16Array | undefined)[]>();
  #kept = 0;
  #room = new Uint32Array(0);

  constructor({ characteristics, groups }: Pick<Cube, "characteristics" | "groups">) {
    this.sizes = characteristics.map((one) => one.groups.length);
    this.groups = groups;
  }

  /** How many numbers there can be. */
  places(characteristics: readonly number[]): number {
    return characteristics.reduce((product, index) => product * this.sizes[index]!, 1);
  }

  of(characteristics: readonly number[]): Uint32Array {
    return this.#once(this.#numbers, characteristics.join(), () =>
      numbersOf(this.groups, this.sizes, characteristics),
    );
  }

  /**
   * Some cells numbered by classes of the characteristics' groups; other cells have no number. Questions differ too much for
   * these to be kept: they are there until the next are asked for.
   */
  ofClasses(
    cells: Uint32Array,
    characteristics: readonly number[],
    classes: readonly TakenTogether[],
  ): Uint32Array {
    if (this.#room.length === 0) this.#room = new Uint32Array(this.groups[0]?.length ?? 0);
    const numbers = this.#room.fill(0);
    let below = 1;
    for (const [i, index] of [...characteristics.entries()].toReversed()) {
      const { classOf, codes } = classes[i]!;
      const worth = Uint32Array.from(classOf, (one) => one * below);
      addWorth(numbers, cells, this.groups[index]!, worth);
      below *= codes.length;
    }
    return numbers;
  }

  /** The codes of each number's groups, by index of the characteristic; only those of the crossing are there. */
  codes(characteristics: readonly number[]): readonly (Uint16Array | undefined)[] {
    const key = characteristics.join();
    const known = this.#codes.get(key);
    if (known) return known;
    const places = this.places(characteristics);
    const codes: (Uint16Array | undefined)[] = [];
    let below = 1;
    for (const index of characteristics.toReversed()) {
      codes[index] = digitsOf(places, this.sizes[index]!, below);
      below *= this.sizes[index]!;
    }
    const bytes = 2 * places * characteristics.length;
    if (this.#kept + bytes <= MOST_KEPT) {
      this.#codes.set(key, codes);
      this.#kept += bytes;
    }
    return codes;
  }

  /**
   * The numbers by several crossings side by side, two in a word: a row of `width` numbers a cell, each crossing's after
   * those of the one before. Where there are fewer crossings than `width`, the others' are spread over {@link SPARE}
   * numbers after all.
   */
  sideBySide(crossings: readonly (readonly number[])[], width: number, cells: number): Uint32Array {
    return this.#once(this.#rows, crossings.join("|"), () => {
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

  #once<T extends ArrayBufferView>(known: Map<string, T>, key: string, make: () => T): T {
    const there = known.get(key);
    if (there) return there;
    const made = make();
    if (this.#kept + made.byteLength <= MOST_KEPT) {
      known.set(key, made);
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

/** The cells' numbers: the mixed radix of their groups' codes, the first characteristic slowest. */
export function numbersOf(
  groups: readonly (Uint16Array | undefined)[],
  sizes: readonly number[],
  characteristics: readonly number[],
): Uint32Array {
  const [first, ...rest] = characteristics;
  if (first === undefined) return new Uint32Array(groups.find((one) => one)?.length ?? 0);
  const numbers = Uint32Array.from(groups[first]!);
  for (const index of rest) addDigit(numbers, sizes[index]!, groups[index]!);
  return numbers;
}

function addDigit(numbers: Uint32Array, size: number, codes: Uint16Array): void {
  for (let cell = 0; cell < numbers.length; cell++)
    numbers[cell] = Math.imul(numbers[cell]!, size) + codes[cell]!;
}

function addWorth(
  numbers: Uint32Array,
  cells: Uint32Array,
  groups: Uint16Array,
  worth: Uint32Array,
): void {
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!;
    numbers[cell] = numbers[cell]! + worth[groups[cell]!]!;
  }
}

/** One digit of all numbers up to `places`. */
function digitsOf(places: number, size: number, below: number): Uint16Array {
  const digits = new Uint16Array(places);
  for (let from = 0, digit = 0; from < places; from += below) {
    digits.fill(digit, from, from + below);
    digit = digit + 1 === size ? 0 : digit + 1;
  }
  return digits;
}
