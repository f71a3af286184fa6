import {
  checkParameter,
  gammaProbability,
  gammaQuantile,
  gammaUpperTail,
  type TailOption,
} from "./gamma.ts";

/**
 * What is the chance that a chi-square variable is at most x? Half of it is gamma with half the degrees of freedom.
 *
 * @throws StatisticsError for NaN, or degrees of freedom not above 0 and at most 1e13
 * @example
 * ```ts
 * chiSquareProbability(3.841458820694124, 1); // => 0.95
 * ```
 */
export function chiSquareProbability(x: number, degreesOfFreedom: number): number {
  checkParameter("degrees of freedom", degreesOfFreedom);
  return gammaProbability(x / 2, degreesOfFreedom / 2);
}

/**
 * What is the chance that a chi-square variable is above x? The p-value of a chi-square test, without cancellation far out.
 *
 * @throws StatisticsError as {@link chiSquareProbability}
 * @example
 * ```ts
 * chiSquareUpperTail(200, 1) * 1e45; // => 2.0884875837625
 * ```
 */
export function chiSquareUpperTail(x: number, degreesOfFreedom: number): number {
  checkParameter("degrees of freedom", degreesOfFreedom);
  return gammaUpperTail(x / 2, degreesOfFreedom / 2);
}

/**
 * Below which x does a chi-square variable fall with probability p? With `{ upper: true }`, above which: the value that a
 * chi-square test has to pass.
 *
 * @throws StatisticsError as {@link chiSquareProbability}, and for a p outside 0 to 1
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
  checkParameter("degrees of freedom", degreesOfFreedom);
  return 2 * gammaQuantile(p, degreesOfFreedom / 2, options);
}
