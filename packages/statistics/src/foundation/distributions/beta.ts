import { checkNumber } from "../check.ts";
import { checkParameter, checkProbability, type TailOption } from "./gamma.ts";
import { logBinomialTerm } from "./saddle-point.ts";
import { solveTail, type Tails } from "./tail-solver.ts";

/** Both tails of the beta distribution at x, where y = 1 − x is given too so that neither end loses digits. */
export function betaTails(x: number, y: number, a: number, b: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1, density: 0 };
  if (y <= 0) return { lower: 1, upper: 0, density: 0 };
  const term = Math.exp(logBinomialTerm(a, b, x, y)) * ((a * b) / (a + b));
  const density = term / (x * y);
  if (x < (a + 1) / (a + b + 2)) {
    const lower = Math.min(1, (term / a) * betaFraction(x, a, b));
    return { lower, upper: 1 - lower, density };
  }
  const upper = Math.min(1, (term / b) * betaFraction(y, b, a));
  return { lower: 1 - upper, upper, density };
}

/** Lentz's continued fraction of the incomplete beta function. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 10_000_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 3e-16) break;
  }
  return h;
}

const away = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);

/**
 * What is the chance that a beta variable with parameters a and b is at most x? The regularised incomplete beta function,
 * by Lentz's continued fraction, about 1e-12 relative; 0 below 0 and 1 above 1.
 *
 * @throws StatisticsError for NaN, or a parameter not above 0 and at most 1e13
 * @example
 * ```ts
 * betaProbability(0.5, 2, 3); // => 0.6875
 * ```
 */
export function betaProbability(x: number, a: number, b: number): number {
  checkParameter("a", a);
  checkParameter("b", b);
  checkNumber("x", x);
  return betaTails(x, 1 - x, a, b).lower;
}

/**
 * Below which x does a beta variable fall with probability p? With `{ upper: true }`, above which. 0 where the answer is
 * nearer to 0 than any number; an answer next to 1 has the digits that numbers have there.
 *
 * @throws StatisticsError as {@link betaProbability}, and for a p outside 0 to 1
 * @example
 * ```ts
 * betaQuantile(0.025, 2, 9); // => 0.025210726
 * ```
 */
export function betaQuantile(p: number, a: number, b: number, options: TailOption = {}): number {
  checkParameter("a", a);
  checkParameter("b", b);
  checkProbability(p);
  const upper = options.upper === true;
  if (p === 0) return upper ? 1 : 0;
  if (p === 1) return upper ? 0 : 1;
  const tails = (x: number) => betaTails(x, 1 - x, a, b);
  return solveTail(tails, p, upper ? "upper" : "lower", a / (a + b), 0, 1);
}
