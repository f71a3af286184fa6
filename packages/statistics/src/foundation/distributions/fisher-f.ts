import { checkNumber } from "../check.ts";
import { betaTails } from "./beta.ts";
import { checkParameter, checkProbability, type TailOption } from "./gamma.ts";
import { solveTail, type Tails } from "./tail-solver.ts";

function fTails(f: number, d1: number, d2: number): Tails {
  if (f <= 0) return { lower: 0, upper: 1, density: 0 };
  // So far out the upper tail is a power of f to the last digit, and the share below would round to 1.
  const far = 1e30 * (d2 / d1);
  if (f > far) {
    const upper = fTails(far, d1, d2).upper * (far / f) ** (d2 / 2);
    return { lower: 1 - upper, upper, density: ((d2 / 2) * upper) / f };
  }
  const part = (d1 / d2) * f;
  const y = 1 / (1 + part);
  const tails = betaTails(part < 1 ? part * y : 1 - y, y, d1 / 2, d2 / 2);
  return { ...tails, density: tails.density * (d1 / d2) * y * y };
}

/**
 * What is the chance that an F variable, a ratio of two mean squares, is at most f? `df1` belongs to the upper one.
 *
 * @throws StatisticsError for NaN, or degrees of freedom not above 0 and at most 1e13
 * @example
 * ```ts
 * fProbability(4, 2, 10); // => 0.94707785
 * ```
 */
export function fProbability(f: number, df1: number, df2: number): number {
  checkParameter("first degrees of freedom", df1);
  checkParameter("second degrees of freedom", df2);
  checkNumber("f", f);
  if (f === Number.POSITIVE_INFINITY) return 1;
  return fTails(f, df1, df2).lower;
}

/**
 * What is the chance that an F variable is above f? The p-value of an F test, without cancellation far out.
 *
 * @throws StatisticsError as {@link fProbability}
 * @example
 * ```ts
 * fUpperTail(4, 2, 10); // => 0.05292215
 * ```
 */
export function fUpperTail(f: number, df1: number, df2: number): number {
  checkParameter("first degrees of freedom", df1);
  checkParameter("second degrees of freedom", df2);
  checkNumber("f", f);
  if (f === Number.POSITIVE_INFINITY) return 0;
  return fTails(f, df1, df2).upper;
}

/**
 * Below which f does an F variable fall with probability p? With `{ upper: true }`, above which.
 *
 * @throws StatisticsError as {@link fProbability}; for a p outside 0 to 1; where the answer is beyond the largest number
 * @example
 * ```ts
 * fQuantile(0.95, 2, 10); // => 4.102821015
 * ```
 */
export function fQuantile(p: number, df1: number, df2: number, options: TailOption = {}): number {
  checkParameter("first degrees of freedom", df1);
  checkParameter("second degrees of freedom", df2);
  checkProbability(p);
  const upper = options.upper === true;
  if (p === 0 || p === 1) return (p === 0) === upper ? Number.POSITIVE_INFINITY : 0;
  const tails = (f: number) => fTails(f, df1, df2);
  return solveTail(tails, p, upper ? "upper" : "lower", 1, 0, Number.POSITIVE_INFINITY);
}
