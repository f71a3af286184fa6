import { checkCount, checkNumber } from "../check.ts";
import { normalQuantile } from "../normal.ts";
import { StatisticsError } from "../statistics-error.ts";
import { logPoissonTerm } from "./saddle-point.ts";
import { solveTail, type Tails } from "./tail-solver.ts";

/** Both tails of the standard gamma distribution: the regularised incomplete gamma functions P and Q. */
export function gammaTails(x: number, shape: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1, density: 0 };
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0, density: 0 };
  const term = Math.exp(logPoissonTerm(shape, x));
  const density = (term * shape) / x;
  if (x < shape + 1) {
    let sum = 1;
    let part = 1;
    for (let k = 1; part > sum * 1e-17; k++) {
      part *= x / (shape + k);
      sum += part;
    }
    const lower = Math.min(1, term * sum);
    return { lower, upper: 1 - lower, density };
  }
  // Lentz's continued fraction for the upper tail.
  let b = x + 1 - shape;
  let c = Number.POSITIVE_INFINITY;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 10_000_000; i++) {
    const a = -i * (i - shape);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    const factor = c * d;
    h *= factor;
    // One unit in the last place: waiting for less may never end.
    if (Math.abs(factor - 1) <= Number.EPSILON) break;
  }
  const upper = Math.min(1, term * shape * h);
  return { lower: 1 - upper, upper, density };
}

/**
 * What is the chance that a gamma variable of this shape and rate 1 is at most x? For another rate, give rate × x. The
 * regularised incomplete gamma function by its series or Lentz's continued fraction, about 1e-13 relative.
 *
 * @throws StatisticsError for NaN, or a shape not above 0 and at most 1e13
 * @example
 * ```ts
 * gammaProbability(2, 3); // => 0.32332358381694
 * ```
 */
export function gammaProbability(x: number, shape: number): number {
  checkParameter("shape", shape);
  checkNumber("x", x);
  if (x === Number.POSITIVE_INFINITY) return 1;
  return gammaTails(x, shape).lower;
}

/**
 * What is the chance that a gamma variable of this shape and rate 1 is above x? Without cancellation far out.
 *
 * @throws StatisticsError as {@link gammaProbability}
 * @example
 * ```ts
 * gammaUpperTail(100, 1); // => 3.720075976020836e-44
 * ```
 */
export function gammaUpperTail(x: number, shape: number): number {
  checkParameter("shape", shape);
  checkNumber("x", x);
  if (x === Number.POSITIVE_INFINITY) return 0;
  return gammaTails(x, shape).upper;
}

/**
 * Below which x does a gamma variable of this shape and rate 1 fall with probability p? With `{ upper: true }`, above
 * which. For another rate, divide by it. Infinite only at the end of p that has no limit.
 *
 * @throws StatisticsError as {@link gammaProbability}, and for a p outside 0 to 1
 * @example
 * ```ts
 * gammaQuantile(0.025, 5); // => 1.623486390118
 * ```
 */
export function gammaQuantile(p: number, shape: number, options: TailOption = {}): number {
  checkParameter("shape", shape);
  checkProbability(p);
  const upper = options.upper === true;
  if (p === 0) return upper ? Number.POSITIVE_INFINITY : 0;
  if (p === 1) return upper ? 0 : Number.POSITIVE_INFINITY;
  const z = upper ? -normalQuantile(p) : normalQuantile(p);
  const cube = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  let start = shape * cube ** 3;
  if (!(cube > 0.2)) {
    const below = upper ? 1 - p : p;
    start = Math.exp((Math.log(below) + logGammaOfNext(shape)) / shape);
    if (start === 0) return 0;
  }
  const side = upper ? "upper" : "lower";
  return solveTail((x) => gammaTails(x, shape), p, side, start, 0, Number.POSITIVE_INFINITY);
}

/** From which end a probability is counted. */
export interface TailOption {
  /** True: the probability lies above, not below. Keeps its digits when it is tiny. */
  readonly upper?: boolean;
}

export function checkProbability(p: number): void {
  if (!(p >= 0 && p <= 1))
    throw new StatisticsError("invalidNumber", `invalid p; not in [0, 1]: ${p}`);
}

export function checkPositive(name: string, value: number): void {
  checkCount(name, value);
  if (value === 0)
    throw new StatisticsError("invalidNumber", `invalid ${name}; not above 0: ${value}`);
}

/** Throws unless a distribution's parameter is above 0 and not too large to be worked with. */
export function checkParameter(name: string, value: number): void {
  checkPositive(name, value);
  checkSummable(name, value);
}

/** Beyond this the sums and fractions behind a tail take more steps than they can be given. */
const LARGEST_SUMMABLE = 1e13;

/** Throws for a parameter so large that its distribution is the normal one to every digit that could be asked for. */
export function checkSummable(name: string, value: number): void {
  if (value > LARGEST_SUMMABLE)
    throw new StatisticsError(
      "invalidNumber",
      `invalid ${name}; beyond ${LARGEST_SUMMABLE}, use the normal distribution: ${value}`,
    );
}

function logGammaOfNext(shape: number): number {
  return -(logPoissonTerm(shape, 1) + 1);
}
