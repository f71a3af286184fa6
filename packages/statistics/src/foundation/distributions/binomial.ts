import { checkCount, checkNumber } from "../check.ts";
import { betaTails } from "./beta.ts";
import { countQuantile } from "./count-quantile.ts";
import { checkProbability, checkSummable, type TailOption } from "./gamma.ts";
import { logBinomialTerm } from "./saddle-point.ts";

/**
 * What is the chance of exactly k among n, each with this probability? By Loader's saddle point (2000), which keeps its
 * digits for large n; 0 for a k that is not a whole number from 0 to n.
 *
 * @throws StatisticsError for NaN, an n that is no count of at most 1e13, or a probability outside 0 to 1
 * @example
 * ```ts
 * binomialMass(2, 10, 0.3); // => 0.2334744
 * ```
 */
export function binomialMass(k: number, n: number, probability: number): number {
  check(n, probability);
  checkNumber("k", k);
  if (k < 0 || k > n || !Number.isInteger(k)) return 0;
  return Math.exp(logBinomialTerm(k, n - k, probability, 1 - probability));
}

/**
 * What is the chance of at most k among n, each with this probability? From the incomplete beta function.
 *
 * @throws StatisticsError as {@link binomialMass}
 * @example
 * ```ts
 * binomialProbability(2, 10, 0.3); // => 0.3827828
 * ```
 */
export function binomialProbability(k: number, n: number, probability: number): number {
  check(n, probability);
  checkNumber("k", k);
  return binomialTails(k, n, probability).lower;
}

/**
 * What is the chance of more than k (not: k or more) among n, each with this probability? Without cancellation far out.
 *
 * @throws StatisticsError as {@link binomialMass}
 * @example
 * ```ts
 * binomialUpperTail(2, 10, 0.3); // => 0.6172172
 * ```
 */
export function binomialUpperTail(k: number, n: number, probability: number): number {
  check(n, probability);
  checkNumber("k", k);
  return binomialTails(k, n, probability).upper;
}

/**
 * Which is the smallest number among n that is not exceeded with probability at least p? With `{ upper: true }` the
 * smallest that is exceeded with probability at most p. A p that a tail meets to the last digits counts as met.
 *
 * @throws StatisticsError as {@link binomialMass}, and for a p outside 0 to 1
 * @example
 * ```ts
 * binomialQuantile(0.975, 100, 0.3); // => 39
 * ```
 */
export function binomialQuantile(
  p: number,
  n: number,
  probability: number,
  options: TailOption = {},
): number {
  check(n, probability);
  checkProbability(p);
  const deviation = Math.sqrt(n * probability * (1 - probability));
  const tails = (k: number) => binomialTails(k, n, probability);
  return countQuantile(tails, p, options.upper === true, n * probability, deviation, n);
}

function check(n: number, probability: number): void {
  checkCount("n", n);
  checkSummable("n", n);
  checkProbability(probability);
}

function binomialTails(at: number, n: number, probability: number) {
  const k = Math.floor(at);
  if (k < 0) return { lower: 0, upper: 1 };
  if (k >= n) return { lower: 1, upper: 0 };
  const { lower, upper } = betaTails(probability, 1 - probability, k + 1, n - k);
  return { lower: upper, upper: lower };
}
