/** Up to so many numbers, looking at the sums of all of them at the end of a standing costs less than noting those met. */
const FEW = 2 ** 14;

/** Sums by number, one standing after another: an entry for each number that a standing has. */
export class SumsByNumber {
  /** The sums of this standing, where numbers are few: loops add to them themselves, because none can afford a call. */
  readonly few: Int32Array | undefined;
  #sums: Int32Array;
  #met = new Int32Array(4096);
  #different = 0;
  #cells = new Uint32Array(4096);
  #referrals = new Float64Array(4096);
  #length = 0;

  /** @param possible one more than the largest number that is expected */
  constructor(possible: number) {
    this.#sums = new Int32Array(possible);
    this.few = possible <= FEW ? this.#sums : undefined;
  }

  /** Adds to a number's sum, where numbers are many. */
  add(number: number, count: number): void {
    if (number >= this.#sums.length) this.#sums = grown(this.#sums, number + 1);
    const sum = this.#sums[number]!;
    if (sum === 0) this.#note(number);
    this.#sums[number] = sum + count;
  }

  #note(number: number): void {
    if (this.#different === this.#met.length) this.#met = grown(this.#met, this.#different + 1);
    this.#met[this.#different++] = number;
  }

  /** Ends a standing; returns where the next one's entries start. */
  close(): number {
    const { few } = this;
    if (few)
      for (let number = 0; number < few.length; number++) if (few[number] !== 0) this.#note(number);
    const end = this.#length + this.#different;
    if (end > this.#cells.length) {
      this.#cells = grown(this.#cells, end);
      this.#referrals = grown(this.#referrals, end);
    }
    for (let i = 0; i < this.#different; i++) {
      const number = this.#met[i]!;
      this.#cells[this.#length] = number;
      this.#referrals[this.#length++] = this.#sums[number]!;
      this.#sums[number] = 0;
    }
    this.#different = 0;
    return this.#length;
  }

  entries() {
    return {
      cells: this.#cells.subarray(0, this.#length),
      referrals: this.#referrals.subarray(0, this.#length),
    };
  }
}

function grown<T extends Int32Array | Uint32Array | Float64Array>(array: T, atLeast: number): T {
  const Type = array.constructor as new (length: number) => T;
  const larger = new Type(Math.max(2 * array.length, atLeast));
  larger.set(array);
  return larger;
}
