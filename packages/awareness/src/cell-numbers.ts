import type { Cube } from "@taproot/engine";

/** Most bytes of numberings that are kept of one cube. */
const MOST_KEPT = 2 ** 27;

/** The cells of a cube numbered by their groups of some characteristics; each numbering is worked out once. */
export class CellNumbers {
  readonly sizes: readonly number[];
  readonly groups: readonly Uint16Array[];
  readonly #known = new Map<string, Uint32Array>();
  #kept = 0;

  constructor({ characteristics, groups }: Pick<Cube, "characteristics" | "groups">) {
    this.sizes = characteristics.map((one) => one.groups.length);
    this.groups = groups;
  }

  /** How many numbers there can be. */
  places(characteristics: readonly number[]): number {
    return characteristics.reduce((product, index) => product * this.sizes[index]!, 1);
  }

  of(characteristics: readonly number[]): Uint32Array {
    const key = characteristics.join();
    const known = this.#known.get(key);
    if (known) return known;
    const numbers = numbersOf(this.groups, this.sizes, characteristics);
    if (this.#kept + numbers.byteLength <= MOST_KEPT) {
      this.#known.set(key, numbers);
      this.#kept += numbers.byteLength;
    }
    return numbers;
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
