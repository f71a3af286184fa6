import { normalQuantile } from "../normal.ts";
import type { Tails } from "./tail-solver.ts";

/**
 * The smallest whole k from 0 to most with P(X ≤ k) ≥ p (or, from above, P(X > k) ≤ p): a guess from the
 * normal distribution, then doubling steps, then halving.
 */
export function countQuantile(
  tails: (k: number) => Pick<Tails, "lower" | "upper">,
  p: number,
  upper: boolean,
  mean: number,
  deviation: number,
  most: number,
): number {
  const slack = 64 * Number.EPSILON;
  const reached = (k: number) =>
    upper ? tails(k).upper <= p * (1 + slack) : tails(k).lower >= p * (1 - slack);
  if (upper ? p === 0 : p === 1) return most;
  const z = upper ? -normalQuantile(p) : normalQuantile(p);
  const clamp = (k: number) => Math.min(most, Math.max(0, Math.round(k)));
  const guess = Number.isFinite(z) ? clamp(mean + z * deviation) : 0;
  let low: number;
  let high: number;
  if (reached(guess)) {
    high = guess;
    let step = 1;
    low = guess - step;
    while (low >= 0 && reached(low)) {
      high = low;
      step *= 2;
      low = Math.max(-1, low - step);
    }
    if (low < 0) low = -1;
  } else {
    low = guess;
    let step = 1;
    high = clamp(guess + step);
    while (high < most && !reached(high)) {
      low = high;
      step *= 2;
      high = clamp(high + step);
    }
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    // Beyond 2⁵³ there is no whole number between neighbours.
    if (middle === low || middle === high) break;
    if (reached(middle)) high = middle;
    else low = middle;
  }
  return high;
}
