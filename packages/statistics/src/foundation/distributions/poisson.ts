import { checkCount } from "../check.ts";
import { countQuantile } from "./count-quantile.ts";
import { checkProbability, gammaTails, type TailOption } from "./gamma.ts";
import { logPoissonTerm } from "./saddle-point.ts";

/**
 * The chance of exactly k events where this many are expected.
 *
 * @example
 * ```ts
 * poissonMass(2, 3); // => 0.2240418
 * ```
 */
export function poissonMass(k: number, mean: number): number {
  checkCount("mean", mean);
  return k < 0 || !Number.isInteger(k) ? 0 : Math.exp(logPoissonTerm(k, mean));
}

/**
 * The chance of at most k events where this many are expected.
 *
 * @example
 * ```ts
 * poissonProbability(2, 3); // => 0.4231901
 * ```
 */
export function poissonProbability(k: number, mean: number): number {
  checkCount("mean", mean);
  return k < 0 ? 0 : poissonTails(k, mean).lower;
}

/**
 * The chance of more than k events where this many are expected.
 *
 * @example
 * ```ts
 * poissonUpperTail(2, 3); // => 0.5768099
 * ```
 */
export function poissonUpperTail(k: number, mean: number): number {
  checkCount("mean", mean);
  return k < 0 ? 1 : poissonTails(k, mean).upper;
}

/**
 * The smallest count that is not exceeded with probability at least p; with `{ upper: true }` the smallest
 * that is exceeded with probability at most p.
 *
 * @example
 * ```ts
 * poissonQuantile(0.975, 15); // => 23
 * ```
 */
export function poissonQuantile(p: number, mean: number, options: TailOption = {}): number {
  checkCount("mean", mean);
  checkProbability(p);
  const tails = (k: number) => poissonTails(k, mean);
  const upper = options.upper === true;
  return countQuantile(tails, p, upper, mean, Math.sqrt(mean), Number.POSITIVE_INFINITY);
}

function poissonTails(k: number, mean: number) {
  const { lower, upper } = gammaTails(mean, Math.floor(k) + 1);
  return { lower: upper, upper: lower };
}
