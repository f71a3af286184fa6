import { StatisticsError } from "../statistics-error.ts";

/** A probability from below and from above, each without cancellation; and the density. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
  readonly density: number;
}

/**
 * The x at which a continuous distribution on [low, high] has the given probability below (or above) it:
 * Newton steps on the logarithm of the smaller tail, kept within a bracket that only shrinks. Nearer to 0 than any
 * number is 0; beyond the largest number throws.
 */
export function solveTail(
  tails: (x: number) => Tails,
  probability: number,
  tail: "lower" | "upper",
  start: number,
  low: number,
  high: number,
): number {
  // Above a half the other tail is the smaller; 1 − p is then exact.
  const flip = probability > 0.5;
  const p = flip ? 1 - probability : probability;
  const side = (tail === "lower") === flip ? "upper" : "lower";
  let left = low;
  let right = high;
  let x = start > low && start < high ? start : midway(low, high, 0);
  for (let step = 0; step < 400; step++) {
    const at = tails(x);
    const mass = side === "lower" ? at.lower : at.upper;
    const tooFar = side === "lower" ? mass > p : mass < p;
    if (mass === p) return x;
    if (tooFar) right = x;
    else left = x;
    if (left === Number.MAX_VALUE)
      throw new StatisticsError(
        "invalidNumber",
        `invalid p; its quantile lies beyond the largest number: ${probability}`,
      );
    const slope = side === "lower" ? at.density : -at.density;
    let next = Number.NaN;
    if (mass > 0 && slope !== 0) {
      // A step on log mass stays good far out in a tail, where a plain one crawls.
      const plain = (p - mass) / slope;
      const logged = (Math.log(p / mass) * mass) / slope;
      next = x + (mass < 0.3 && p < 0.3 ? logged : plain);
    }
    if (!(next > left && next < right)) next = midway(left, right, step);
    if (Math.abs(next - x) <= 2e-16 * Math.abs(next) || next === left || next === right)
      return next;
    x = next;
  }
  return x;
}

/** Between the two; where one end is infinite or 0, in leaps that grow with the steps already made. */
function midway(left: number, right: number, step: number): number {
  const leap = 2 ** Math.min(step + 1, 1000);
  if (right === Number.POSITIVE_INFINITY)
    return left > 0 ? Math.min(left * leap, Number.MAX_VALUE) : 1;
  if (left === 0) return right / leap;
  // Over many orders of magnitude the geometric middle, else the arithmetic one.
  return left > 0 && right > 4 * left
    ? Math.sqrt(left) * Math.sqrt(right)
    : left + (right - left) / 2;
}
