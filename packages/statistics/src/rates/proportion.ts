import { checkCount, checkLengths } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { LARGEST } from "../foundation/range.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";

/** How many of how many: the two counts from which a proportion is made. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
}

/** A proportion with its interval, its two counts and its standard error. */
export interface Proportion extends Estimate, Share {
  /** √(p(1−p)/n), of the plain proportion. */
  readonly standardError: number;
}

/** Below which counts a proportion is withheld as `tooFew`. */
export interface MinimumCounts {
  /** Least denominator; default 0, which withholds nothing but a denominator of 0. */
  readonly minimumDenominator?: number;
  /** Least numerator; default 0. */
  readonly minimumNumerator?: number;
}

/** Where many estimates are written: one place an estimate, `present` 0 where there is none. */
export interface EstimateArrays {
  readonly values: Float64Array;
  readonly lowers: Float64Array;
  readonly uppers: Float64Array;
  readonly present: Uint8Array;
}

/**
 * Room for as many estimates, to be filled by {@link wilsonInto} or {@link newcombeInto}.
 *
 * @example
 * ```ts
 * estimateArrays(3).values.length; // => 3
 * ```
 */
export function estimateArrays(length: number): EstimateArrays {
  return {
    values: new Float64Array(length),
    lowers: new Float64Array(length),
    uppers: new Float64Array(length),
    present: new Uint8Array(length),
  };
}

export function checkShare(share: Share): void {
  checkCount("denominator", share.denominator);
  checkCount("numerator", share.numerator);
  if (share.numerator > share.denominator)
    throw new StatisticsError(
      "invalidCount",
      `invalid numerator; above its denominator ${share.denominator}: ${share.numerator}`,
    );
}

/** One end of the Wilson score interval: `side` −1 the lower, 1 the upper. Needs n > 0. */
export function wilsonLimit(numerator: number, n: number, z: number, side: -1 | 1): number {
  if (side < 0 ? numerator === 0 : numerator === n) return side < 0 ? 0 : 1;
  const z2 = z * z;
  const spread = z * Math.sqrt((numerator * (n - numerator)) / n + z2 / 4);
  const centre = numerator + z2 / 2;
  return (centre + side * spread) / (n + z2);
}

/**
 * What share of people reached something? The proportion with Wilson's score interval, which stays within
 * 0 and 1 and keeps its coverage for few people and for shares near 0 or 1.
 *
 * `(p + z²/2n ± z√(p(1−p)/n + z²/4n²)) / (1 + z²/n)`; Wilson 1927. A denominator of 0 is `zeroDenominator`,
 * a count below the stated minimum `tooFew`. Not for repeated events per person: use a rate.
 *
 * @example
 * ```ts
 * const accepted = proportion(65, 100);
 * accepted.value; // => 0.65
 * accepted.lower; // => 0.552544
 * accepted.upper; // => 0.736358
 * ```
 */
export function proportion(
  numerator: number,
  denominator: number,
  options: ConfidenceOptions & MinimumCounts = {},
): Result<Proportion> {
  const z = zOfConfidence(options.confidence);
  checkShare({ numerator, denominator });
  if (denominator === 0) return absent("zeroDenominator", "Nobody is in the denominator.");
  const { minimumDenominator = 0, minimumNumerator = 0 } = options;
  if (denominator < minimumDenominator)
    return absent("tooFew", `Fewer than ${minimumDenominator} people are in the denominator.`);
  if (numerator < minimumNumerator)
    return absent("tooFew", `Fewer than ${minimumNumerator} people are in the numerator.`);
  const value = numerator / denominator;
  return {
    value,
    lower: wilsonLimit(numerator, denominator, z, -1),
    upper: wilsonLimit(numerator, denominator, z, 1),
    standardError: Math.sqrt((value * (1 - value)) / denominator),
    numerator,
    denominator,
  };
}

/**
 * {@link proportion} for many at once, without making an object each: writes value and Wilson limits into
 * `out`, whose `present` is 0 where the denominator is 0 (its value and limits are then 0 and mean nothing).
 *
 * @example
 * ```ts
 * const out = estimateArrays(2);
 * wilsonInto([65, 0], [100, 0], out);
 * out.lowers[0]; // => 0.552544
 * out.present[1]; // => 0
 * ```
 */
export function wilsonInto(
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
  out: EstimateArrays,
  options: ConfidenceOptions = {},
): void {
  const length = checkLengths({ numerators, denominators, "out.values": out.values });
  const z = zOfConfidence(options.confidence);
  const { values, lowers, uppers, present } = out;
  for (let i = 0; i < length; i++) {
    const y = numerators[i] as number;
    const n = denominators[i] as number;
    if (!(y >= 0 && y <= n && n <= LARGEST))
      throw new StatisticsError("invalidCount", `invalid share at ${i}; not 0 ≤ y ≤ n: ${y}/${n}`);
    const there = n > 0;
    present[i] = there ? 1 : 0;
    values[i] = there ? y / n : 0;
    lowers[i] = there ? wilsonLimit(y, n, z, -1) : 0;
    uppers[i] = there ? wilsonLimit(y, n, z, 1) : 0;
  }
}
