import { checkCount, checkNumber } from "../check.ts";
import { countQuantile } from "./count-quantile.ts";
import { checkProbability, checkSummable, gammaTails, type TailOption } from "./gamma.ts";
import { logPoissonTerm } from "./saddle-point.ts";

/**
 * What is the chance of exactly k events where this many are expected? By Loader's saddle point (2000); 0 for a k that is
 * not a whole number from 0.
 *
 * @throws StatisticsError for NaN, or a mean that is no count of at most 1e13
 * @example
 * ```ts
 * poissonMass(2, 3); // => 0.2240418
 * ```
 */
export function poissonMass(k: number, mean: number): number {
  checkCount("mean", mean);
  checkSummable("mean", mean);
  checkNumber("k", k);
  return k < 0 || !Number.isInteger(k) ? 0 : Math.exp(logPoissonTerm(k, mean));
}

/**
 * What is the chance of at most k events where this many are expected? From the incomplete gamma function.
 *
 * @throws StatisticsError as {@link poissonMass}
 * @example
 * ```ts
 * poissonProbability(2, 3); // => 0.4231901
 * ```
 */
export function poissonProbability(k: number, mean: number): number {
  checkCount("mean", mean);
  checkSummable("mean", mean);
  checkNumber("k", k);
  return k < 0 ? 0 : poissonTails(k, mean).lower;
}

/**
 * What is the chance of more than k (not: k or more) events where this many are expected? Without cancellation far out.
 *
 * @throws StatisticsError as {@link poissonMass}
 * @example
 * ```ts
 * poissonUpperTail(2, 3); // => 0.5768099
 * ```
 */
export function poissonUpperTail(k: number, mean: number): number {
  checkCount("mean", mean);
  checkSummable("mean", mean);
  checkNumber("k", k);
  return k < 0 ? 1 : poissonTails(k, mean).upper;
}

/**
 * Which is the smallest count that is not exceeded with probability at least p? With `{ upper: true }` the smallest that is
 * exceeded with probability at most p. Infinite at a p of 1 (upper: 0).
 *
 * @throws StatisticsError as {@link poissonMass}, and for a p outside 0 to 1
 * @example
 * ```ts
 * poissonQuantile(0.975, 15); // => 23
 * ```
 */
export function poissonQuantile(p: number, mean: number, options: TailOption = {}): number {
  checkCount("mean", mean);
  checkSummable("mean", mean);
  checkProbability(p);
  const tails = (k: number) => poissonTails(k, mean);
  const upper = options.upper === true;
  return countQuantile(tails, p, upper, mean, Math.sqrt(mean), Number.POSITIVE_INFINITY);
}

function poissonTails(k: number, mean: number) {
  const { lower, upper } = gammaTails(mean, Math.floor(k) + 1);
  return { lower: upper, upper: lower };
}
