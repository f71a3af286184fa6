import { checkNumber } from "../check.ts";
import { betaTails } from "./beta.ts";
import { checkPositive, checkProbability, type TailOption } from "./gamma.ts";
import { solveTail, type Tails } from "./tail-solver.ts";

function fTails(f: number, d1: number, d2: number): Tails {
  if (f <= 0) return { lower: 0, upper: 1, density: 0 };
  const whole = d2 + d1 * f;
  const tails = betaTails((d1 * f) / whole, d2 / whole, d1 / 2, d2 / 2);
  return { ...tails, density: tails.density * ((d1 * d2) / whole / whole) };
}

/**
 * The chance that an F variable is at most f.
 *
 * @example
 * ```ts
 * fProbability(4, 2, 10); // => 0.94707785
 * ```
 */
export function fProbability(f: number, df1: number, df2: number): number {
  checkPositive("first degrees of freedom", df1);
  checkPositive("second degrees of freedom", df2);
  checkNumber("f", f);
  if (f === Number.POSITIVE_INFINITY) return 1;
  return fTails(f, df1, df2).lower;
}

/**
 * The chance that an F variable is above f: the p-value of an F test.
 *
 * @example
 * ```ts
 * fUpperTail(4, 2, 10); // => 0.05292215
 * ```
 */
export function fUpperTail(f: number, df1: number, df2: number): number {
  checkPositive("first degrees of freedom", df1);
  checkPositive("second degrees of freedom", df2);
  checkNumber("f", f);
  if (f === Number.POSITIVE_INFINITY) return 0;
  return fTails(f, df1, df2).upper;
}

/**
 * The f below which an F variable falls with probability p; with `{ upper: true }`, above which.
 *
 * @example
 * ```ts
 * fQuantile(0.95, 2, 10); // => 4.102821015
 * ```
 */
export function fQuantile(p: number, df1: number, df2: number, options: TailOption = {}): number {
  checkPositive("first degrees of freedom", df1);
  checkPositive("second degrees of freedom", df2);
  checkProbability(p);
  const upper = options.upper === true;
  if (p === 0 || p === 1) return (p === 0) === upper ? Number.POSITIVE_INFINITY : 0;
  const tails = (f: number) => fTails(f, df1, df2);
  return solveTail(tails, p, upper ? "upper" : "lower", 1, 0, Number.POSITIVE_INFINITY);
}
