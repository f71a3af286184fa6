/**
 * A stream of random numbers that depends on its seed alone (xoshiro128**, seeded by splitmix32): the same seed gives the
 * same service on every machine. Not for secrets.
 *
 * @example
 * ```ts
 * const first = new RandomStream(7).uniform();
 * new RandomStream(7).uniform() === first; // => true
 * ```
 */
export class RandomStream {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(seed: number) {
    this.#a = mixed(seed, 1);
    this.#b = mixed(seed, 2);
    this.#c = mixed(seed, 3);
    this.#d = mixed(seed, 4) | 1;
  }

  /** A whole number from 0 to 2³² − 1. */
  bits(): number {
    const scaled = Math.imul(this.#b, 5);
    const result = Math.imul((scaled << 7) | (scaled >>> 25), 9);
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result >>> 0;
  }

  /** A number from 0 (inclusive) to 1 (exclusive). */
  uniform(): number {
    return this.bits() / 4294967296;
  }

  /** A whole number from 0 to count − 1. */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }
}

/**
 * A well-mixed whole number from 0 to 2³² − 1 for a seed and an index: a person's own stream can start from it, so that
 * the person is the same in each of their referrals without being remembered.
 */
export function mixed(seed: number, index: number): number {
  let state = (Math.imul(seed | 0, 0x9e3779b1) + Math.imul(index | 0, 0x85ebca6b)) | 0;
  state = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
  state = Math.imul(state ^ (state >>> 15), 0x735a2d97);
  state ^= state >>> 15;
  state = Math.imul(state + 0x6d2b79f5, 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

/** Index of the first cumulative share above a uniform number: a draw from a short list of shares. */
export function drawn(cumulative: readonly number[], uniform: number): number {
  const last = cumulative.length - 1;
  for (let index = 0; index < last; index++) {
    if (uniform < cumulative[index]!) return index;
  }
  return last;
}

/** Running totals of weights, scaled to end at 1. */
export function cumulated(weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let running = 0;
  return weights.map((weight) => {
    running += weight / total;
    return running;
  });
}
