import { checkCount, checkLengths } from "../foundation/check.ts";
import { absent, type Result } from "../foundation/estimate.ts";

/** Ratios drawn towards their mean, and how much they truly differ. */
export interface MarshallShrinkage {
  /** One a place, in the order given. */
  readonly ratios: Float64Array;
  readonly mean: number;
  /** Variance of the true ratios; 0 when the counts differ no more than by chance. */
  readonly variance: number;
}

/**
 * Which small places really differ? Observed over expected, each drawn towards the overall ratio the more, the
 * fewer events it expects. Marshall's moment estimator (1991): `m + A/(A + m/E) (O/E − m)`. No interval and no
 * iteration; {@link gammaPoisson} gives intervals.
 *
 * @example
 * ```ts
 * marshallShrinkage([9, 0, 20, 3], [3, 3, 10, 6]).ratios; // => [2.385, 0.5789, 1.9097, 0.7371]
 * ```
 */
export function marshallShrinkage(
  observed: ArrayLike<number>,
  expected: ArrayLike<number>,
): Result<MarshallShrinkage> {
  const length = checkLengths({ observed, expected });
  let [events, expectation] = [0, 0];
  for (let i = 0; i < length; i++) {
    checkCount("observed", observed[i] as number);
    checkCount("expected", expected[i] as number);
    if (expected[i] === 0) return absent("zeroDenominator", `Place ${i + 1} expects no events.`);
    events += observed[i] as number;
    expectation += expected[i] as number;
  }
  if (length < 2) return absent("tooFewGroups", "Drawing together needs at least two places.");
  const mean = events / expectation;
  let spread = 0;
  for (let i = 0; i < length; i++) {
    const e = expected[i] as number;
    spread += e * ((observed[i] as number) / e - mean) ** 2;
  }
  const variance = Math.max(0, spread / expectation - mean / (expectation / length));
  const ratios = Float64Array.from({ length }, (_, i) => {
    const e = expected[i] as number;
    const noise = mean / e;
    const trust = variance > 0 ? variance / (variance + noise) : 0;
    return mean + trust * ((observed[i] as number) / e - mean);
  });
  return { ratios, mean, variance };
}
