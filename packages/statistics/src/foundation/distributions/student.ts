import { normalQuantile } from "../normal.ts";
import { StatisticsError } from "../statistics-error.ts";
import { betaTails } from "./beta.ts";
import { checkParameter, checkProbability, type TailOption } from "./gamma.ts";
import { logBinomialTerm } from "./saddle-point.ts";
import { solveTail, type Tails } from "./tail-solver.ts";

function studentTails(t: number, df: number): Tails {
  // So far out the tail is a power of t to the last digit, and its square would overflow.
  const far = 1e10 * Math.sqrt(df);
  if (Math.abs(t) > far) {
    const edge = studentTails(far, df);
    const tail = edge.upper * (far / Math.abs(t)) ** df;
    const [lower, upper] = t < 0 ? [tail, 1 - tail] : [1 - tail, tail];
    return { lower, upper, density: (df * tail) / Math.abs(t) };
  }
  const square = t * t;
  const x = df / (df + square);
  const y = square / (df + square);
  const tail = betaTails(x, y, df / 2, 0.5).lower / 2;
  const density = Math.exp(logStudentDensity(square, df));
  return t < 0
    ? { lower: tail, upper: 1 - tail, density }
    : { lower: 1 - tail, upper: tail, density };
}

/** Any finite t has a tail, however far out. */
function checkReached(t: number): void {
  if (!Number.isFinite(t))
    throw new StatisticsError("invalidNumber", `invalid t; not a finite number: ${t}`);
}

/** ln of Γ((ν+1)/2)/(Γ(ν/2)√(πν)) (1+t²/ν)^(−(ν+1)/2), through the binomial term of the beta density. */
function logStudentDensity(square: number, df: number): number {
  const a = df / 2;
  const [x, y] = [df / (df + Math.max(square, 1e-300)), Math.max(square, 1e-300) / (df + square)];
  const betaTerm = logBinomialTerm(a, 0.5, x, y) + Math.log((a * 0.5) / (a + 0.5));
  return betaTerm - 0.5 * Math.log(Math.max(square, 1e-300));
}

/**
 * What is the chance that Student's t is at most t? From the incomplete beta function, about 1e-12 relative in both
 * tails, however far out. Degrees of freedom need not be whole.
 *
 * @throws StatisticsError for a t that is not finite, or degrees of freedom not above 0 and at most 1e13
 * @example
 * ```ts
 * studentProbability(2, 10); // => 0.96330598
 * ```
 */
export function studentProbability(t: number, degreesOfFreedom: number): number {
  checkParameter("degrees of freedom", degreesOfFreedom);
  checkReached(t);
  return studentTails(t, degreesOfFreedom).lower;
}

/**
 * What is the chance that Student's t is above t? Without cancellation far out; twice that at |t| is the two-sided
 * p-value of a t test.
 *
 * @throws StatisticsError as {@link studentProbability}
 * @example
 * ```ts
 * studentUpperTail(20, 10) * 1e9; // => 1.0730312
 * ```
 */
export function studentUpperTail(t: number, degreesOfFreedom: number): number {
  checkParameter("degrees of freedom", degreesOfFreedom);
  checkReached(t);
  return studentTails(t, degreesOfFreedom).upper;
}

/**
 * Below which t does Student's t fall with probability p? With `{ upper: true }`, above which. The t of an interval of a
 * mean. Infinite only at p of 0 and 1.
 *
 * @throws StatisticsError as {@link studentProbability}; for a p outside 0 to 1; where the answer is beyond the largest
 * number, as with a tiny p and less than one degree of freedom
 * @example
 * ```ts
 * studentQuantile(0.975, 4); // => 2.7764451
 * ```
 */
export function studentQuantile(
  p: number,
  degreesOfFreedom: number,
  options: TailOption = {},
): number {
  checkParameter("degrees of freedom", degreesOfFreedom);
  checkProbability(p);
  if (options.upper === true) return -studentQuantile(p, degreesOfFreedom);
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (p === 0.5) return 0;
  const negative = p < 0.5;
  const tail = negative ? p : 1 - p;
  const start = -normalQuantile(tail);
  const t = solveTail(
    (value) => studentTails(value, degreesOfFreedom),
    tail,
    "upper",
    start,
    0,
    Number.POSITIVE_INFINITY,
  );
  return negative ? -t : t;
}
