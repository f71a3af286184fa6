/** Some of many numbered things, from one number up to another. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Some of many numbered things, a bit each, which can tell how many there are before any of them. */
export class BitSet {
  readonly #words: Uint32Array;
  /** The words that are looked at. */
  readonly #range: Range;
  #before: Uint32Array | undefined;

  /**
   * @param words 32 things each, the first in the lowest bit; one word more than they fill
   * @param range the words that are looked at; all others are empty
   */
  constructor(words: Uint32Array, range: Range = { from: 0, to: words.length }) {
    this.#words = words;
    this.#range = range;
  }

  /** Those whose group is kept, of all things or of a range of them. */
  static ofGroups(
    groups: Uint8Array | Uint16Array,
    kept: Uint8Array,
    { from, to }: Range = { from: 0, to: groups.length },
  ): BitSet {
    const words = new Uint32Array((groups.length >>> 5) + 1);
    const range = wordsOf(from, to);
    const whole = Math.min(32 * range.to, groups.length & ~31);
    for (let at = 32 * range.from; at < whole; at += 32) {
      words[at >>> 5] =
        eightOf(groups, kept, at) |
        (eightOf(groups, kept, at + 8) << 8) |
        (eightOf(groups, kept, at + 16) << 16) |
        (eightOf(groups, kept, at + 24) << 24);
    }
    if (whole < 32 * range.to)
      for (let at = whole; at < groups.length; at++)
        words[at >>> 5]! |= kept[groups[at]!]! << (at & 31);
    return new BitSet(words, range);
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

  /** Those that are in both, where both are looked at. */
  and(other: BitSet): BitSet {
    const from = Math.max(this.#range.from, other.#range.from);
    const to = Math.min(this.#range.to, other.#range.to);
    const words = new Uint32Array(this.#words.length);
    for (let at = from; at < to; at++) words[at] = this.#words[at]! & other.#words[at]!;
    return new BitSet(words, { from, to });
  }

  has(at: number): boolean {
    return ((this.#words[at >>> 5]! >>> (at & 31)) & 1) === 1;
  }

  /** How many there are before a number, of those that are looked at. */
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
      for (let word = this.#range.from; word < this.#range.to; word++) {
        this.#before[word] = count;
        count += bitsIn(this.#words[word]!);
      }
      // A thing after the last that is looked at has all of them before it.
      this.#before.fill(count, this.#range.to);
    }
    return this.#before;
  }
}

/** Whether each of eight neighbours is kept, the first in the lowest bit. Written out, it takes half the time of a loop. */
function eightOf(groups: Uint8Array | Uint16Array, kept: Uint8Array, at: number): number {
  return (
    kept[groups[at]!]! |
    (kept[groups[at + 1]!]! << 1) |
    (kept[groups[at + 2]!]! << 2) |
    (kept[groups[at + 3]!]! << 3) |
    (kept[groups[at + 4]!]! << 4) |
    (kept[groups[at + 5]!]! << 5) |
    (kept[groups[at + 6]!]! << 6) |
    (kept[groups[at + 7]!]! << 7)
  );
}

/** The words that hold some things, and the one after the last. */
function wordsOf(from: number, to: number): Range {
  return { from: from >>> 5, to: (to >>> 5) + 1 };
}

/** How many bits of a word of 32 are set. */
export function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
