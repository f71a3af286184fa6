import { betaQuantile } from "../foundation/distributions/beta.ts";
import { absent, type ConfidenceOptions, type Result } from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { checkShare, type Proportion } from "./proportion.ts";

/**
 * A proportion with Clopper and Pearson's exact interval (1934), from the beta distribution: never covers less
 * than it says, usually more. For a rule that must hold; else the Wilson interval of {@link proportion} is
 * closer to what it says.
 *
 * @example
 * ```ts
 * clopperPearson(0, 10).upper; // => 0.308497
 * ```
 */
export function clopperPearson(
  numerator: number,
  denominator: number,
  options: ConfidenceOptions = {},
): Result<Proportion> {
  const { confidence = 0.95 } = options;
  zOfConfidence(confidence);
  checkShare({ numerator, denominator });
  if (denominator === 0) return absent("zeroDenominator", "Nobody is in the denominator.");
  const tail = (1 - confidence) / 2;
  const others = denominator - numerator;
  const value = numerator / denominator;
  return {
    value,
    lower: numerator === 0 ? 0 : betaQuantile(tail, numerator, others + 1),
    upper: others === 0 ? 1 : betaQuantile(tail, numerator + 1, others, { upper: true }),
    standardError: Math.sqrt((value * (1 - value)) / denominator),
    numerator,
    denominator,
  };
}
