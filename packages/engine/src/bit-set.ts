/** Some of many numbered things, a bit each, which can tell how many there are before any of them. */
export class BitSet {
  readonly #words: Uint32Array;
  #before: Uint32Array | undefined;

  /** @param words 32 things each, the first in the lowest bit; one word more than they fill */
  constructor(words: Uint32Array) {
    this.#words = words;
  }

  /** Those whose group is kept. */
  static ofGroups(groups: Uint8Array | Uint16Array, kept: Uint8Array): BitSet {
    const words = new Uint32Array((groups.length >>> 5) + 1);
    const whole = groups.length & ~31;
    for (let from = 0; from < whole; from += 32) {
      let word = 0;
      for (let bit = 0; bit < 32; bit++) word |= kept[groups[from + bit]!]! << bit;
      words[from >>> 5] = word;
    }
    for (let at = whole; at < groups.length; at++)
      words[at >>> 5]! |= kept[groups[at]!]! << (at & 31);
    return new BitSet(words);
  }

  /** Those whose number is between two, both included. */
  static between(numbers: Uint16Array | Uint32Array, first: number, last: number): BitSet {
    const words = new Uint32Array((numbers.length >>> 5) + 1);
    for (let at = 0; at < numbers.length; at++) {
      const number = numbers[at]!;
      words[at >>> 5]! |= Number(number >= first && number <= last) << (at & 31);
    }
    return new BitSet(words);
  }

  /** Those that are in both. */
  and(other: BitSet): BitSet {
    return new BitSet(this.#words.map((word, index) => word & other.#words[index]!));
  }

  has(at: number): boolean {
    return ((this.#words[at >>> 5]! >>> (at & 31)) & 1) === 1;
  }

  /** How many there are before a number. */
  before(at: number): number {
    const word = at >>> 5;
    return this.countsBefore[word]! + bitsIn(this.#words[word]! & ((1 << (at & 31)) - 1));
  }

  /** The bits themselves, and how many there are before each word: for loops that cannot afford a call. */
  get words(): Uint32Array {
    return this.#words;
  }

  get countsBefore(): Uint32Array {
    if (!this.#before) {
      this.#before = new Uint32Array(this.#words.length);
      let count = 0;
      for (let word = 0; word < this.#words.length; word++) {
        this.#before[word] = count;
        count += bitsIn(this.#words[word]!);
      }
    }
    return this.#before;
  }
}

/** How many bits of a word of 32 are set. */
export function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
