import {
  checkPositive,
  gammaProbability,
  gammaQuantile,
  gammaUpperTail,
  type TailOption,
} from "./gamma.ts";

/**
 * The chance that a chi-square variable is at most x.
 *
 * @example
 * ```ts
 * chiSquareProbability(3.841458820694124, 1); // => 0.95
 * ```
 */
export function chiSquareProbability(x: number, degreesOfFreedom: number): number {
  checkPositive("degrees of freedom", degreesOfFreedom);
  return gammaProbability(x / 2, degreesOfFreedom / 2);
}

/**
 * The chance that a chi-square variable is above x: the p-value of a chi-square test.
 *
 * @example
 * ```ts
 * chiSquareUpperTail(200, 1) * 1e45; // => 2.0884875837625
 * ```
 */
export function chiSquareUpperTail(x: number, degreesOfFreedom: number): number {
  checkPositive("degrees of freedom", degreesOfFreedom);
  return gammaUpperTail(x / 2, degreesOfFreedom / 2);
}

/**
 * The x below which a chi-square variable falls with probability p; with `{ upper: true }`, above which.
 *
 * @example
 * ```ts
 * chiSquareQuantile(0.95, 1); // => 3.841458820694
 * ```
 */
export function chiSquareQuantile(
  p: number,
  degreesOfFreedom: number,
  options: TailOption = {},
): number {
  checkPositive("degrees of freedom", degreesOfFreedom);
  return 2 * gammaQuantile(p, degreesOfFreedom / 2, options);
}
