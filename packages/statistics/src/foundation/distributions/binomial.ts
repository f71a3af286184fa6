import { checkCount } from "../check.ts";
import { betaTails } from "./beta.ts";
import { countQuantile } from "./count-quantile.ts";
import { checkProbability, type TailOption } from "./gamma.ts";
import { logBinomialTerm } from "./saddle-point.ts";

/**
 * The chance of exactly k among n, each with this probability.
 *
 * @example
 * ```ts
 * binomialMass(2, 10, 0.3); // => 0.2334744
 * ```
 */
export function binomialMass(k: number, n: number, probability: number): number {
  check(n, probability);
  if (k < 0 || k > n || !Number.isInteger(k)) return 0;
  return Math.exp(logBinomialTerm(k, n - k, probability, 1 - probability));
}

/**
 * The chance of at most k among n, each with this probability.
 *
 * @example
 * ```ts
 * binomialProbability(2, 10, 0.3); // => 0.3827828
 * ```
 */
export function binomialProbability(k: number, n: number, probability: number): number {
  check(n, probability);
  return binomialTails(k, n, probability).lower;
}

/**
 * The chance of more than k among n, each with this probability.
 *
 * @example
 * ```ts
 * binomialUpperTail(2, 10, 0.3); // => 0.6172172
 * ```
 */
export function binomialUpperTail(k: number, n: number, probability: number): number {
  check(n, probability);
  return binomialTails(k, n, probability).upper;
}

/**
 * The smallest number among n that is not exceeded with probability at least p; with `{ upper: true }` the
 * smallest that is exceeded with probability at most p.
 *
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
  checkProbability(probability);
}

function binomialTails(at: number, n: number, probability: number) {
  const k = Math.floor(at);
  if (k < 0) return { lower: 0, upper: 1 };
  if (k >= n) return { lower: 1, upper: 0 };
  const { lower, upper } = betaTails(probability, 1 - probability, k + 1, n - k);
  return { lower: upper, upper: lower };
}
