import { checkCount } from "../foundation/check.ts";
import { betaQuantile } from "../foundation/distributions/beta.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import type { Share } from "./proportion.ts";

/**
 * How many times as high is one rate of events as another? (x_a/n_a) / (x_b/n_b) with the exact conditional
 * interval: given their sum, the first count is binomial. A reference without events is `zeroDenominator`.
 *
 * @example
 * ```ts
 * const ratio = rateRatio({ numerator: 41, denominator: 28010 }, { numerator: 15, denominator: 19017 });
 * ratio.value; // => 1.85576
 * ratio.lower; // => 1.005684
 * ```
 */
export function rateRatio(
  a: Share,
  b: Share,
  options: ConfidenceOptions = {},
): Result<Estimate & { readonly a: Share; readonly b: Share }> {
  const { confidence = 0.95 } = options;
  zOfConfidence(confidence);
  for (const { numerator, denominator } of [a, b]) {
    checkCount("count", numerator);
    checkCount("denominator", denominator);
  }
  if (a.denominator === 0 || b.denominator === 0)
    return absent("zeroDenominator", "Nobody is in the denominator of one of the two groups.");
  if (b.numerator === 0)
    return absent("zeroDenominator", "The reference has no events, so there is no ratio to it.");
  const tail = (1 - confidence) / 2;
  const scale = b.denominator / a.denominator;
  const odds = (p: number) => (p / (1 - p)) * scale;
  return {
    value: (a.numerator / b.numerator) * scale,
    lower: a.numerator === 0 ? 0 : odds(betaQuantile(tail, a.numerator, b.numerator + 1)),
    upper: odds(betaQuantile(tail, a.numerator + 1, b.numerator, { upper: true })),
    a: { ...a },
    b: { ...b },
  };
}
