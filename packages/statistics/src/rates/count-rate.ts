import { checkCount } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { byarLimits, countLimits, exactPoissonLimits } from "./count-limits.ts";
import type { Share } from "./proportion.ts";

/** A rate of independent events: how many, among how many or over how long. */
export interface CountRate extends Estimate, Share {
  /** √count/denominator, on the scale of the rate. */
  readonly standardError: number;
  /** How many people (or days) the rate is for: 1, 1000, 100000. */
  readonly per: number;
  readonly method: "byar" | "exact";
}

/** How a rate is shown and which limits it takes. */
export interface CountRateOptions extends ConfidenceOptions {
  /** The rate is for so many of the denominator. Default 1. */
  readonly per?: number;
  /** Default `exactBelowTen`. */
  readonly limits?: "exactBelowTen" | "byar" | "exact";
}

/**
 * How often does something happen among so many people or so much time? The rate with exact Poisson limits
 * below 10 events and Byar's from 10.
 *
 * The count may exceed the denominator. Not when one person has several events: the interval is then too
 * narrow; see {@link repeatedEventRate}. A denominator of 0 is `zeroDenominator`.
 *
 * @example
 * ```ts
 * const referrals = countRate(65, 100, { per: 100 });
 * referrals.value; // => 65
 * referrals.lower; // => 50.163188
 * referrals.upper; // => 82.849139
 * ```
 */
export function countRate(
  count: number,
  denominator: number,
  options: CountRateOptions = {},
): Result<CountRate> {
  checkCount("count", count);
  checkCount("denominator", denominator);
  const { per = 1, limits: choice = "exactBelowTen" } = options;
  checkCount("per", per);
  const choices = { exactBelowTen: countLimits, byar: byarLimits, exact: exactPoissonLimits };
  const limits = choices[choice](count, options);
  if (denominator === 0) return absent("zeroDenominator", "Nobody is in the denominator.");
  const scale = per / denominator;
  return {
    value: count * scale,
    lower: limits.lower * scale,
    upper: limits.upper * scale,
    standardError: Math.sqrt(count) * scale,
    numerator: count,
    denominator,
    per,
    method: limits.method,
  };
}
