import { checkCount } from "../foundation/check.ts";
import { absent, type ConfidenceOptions, isAbsent, type Result } from "../foundation/estimate.ts";
import { normalQuantile, zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { checkShare } from "../rates/proportion.ts";

/** How sure one wants to be of seeing a gap that is there. */
export interface PowerOptions extends ConfidenceOptions {
  /** The chance of seeing a gap of that size. Default 0.8. */
  readonly power?: number;
}

/** z of the confidence plus z of the power: 2.80 by default. */
export function zOfPower(options: PowerOptions): number {
  const { power = 0.8 } = options;
  if (!(power > 0 && power < 1))
    throw new StatisticsError("invalidOption", `invalid power; not in (0, 1): ${power}`);
  return zOfConfidence(options.confidence) + normalQuantile(power);
}

/**
 * How large would a gap have had to be for us to see it? `(z_{0.975} + z_{0.8}) √(v₁ + v₂)`, in the units of
 * the two estimates whose squared standard errors are given. To be shown beside each gap that was not found:
 * "no gap seen" means little when only an enormous one could have been.
 *
 * @example
 * ```ts
 * minimumDetectableGap(0.0004, 0.0001); // => 0.062645
 * ```
 */
export function minimumDetectableGap(
  varianceA: number,
  varianceB: number,
  options: PowerOptions = {},
): number {
  checkCount("varianceA", varianceA);
  checkCount("varianceB", varianceB);
  return zOfPower(options) * Math.sqrt(varianceA + varianceB);
}

/**
 * {@link minimumDetectableGap} between two groups' shares, on the scale 0 to 1, when both are near the given
 * pooled share. A share of 0 or 1 tells nothing of the variance: `allEqual`.
 *
 * @example
 * ```ts
 * minimumDetectableProportionGap({ numerator: 300, denominator: 1000 }, 200, 800); // => 0.101497
 * ```
 */
export function minimumDetectableProportionGap(
  pooled: { readonly numerator: number; readonly denominator: number },
  denominatorA: number,
  denominatorB: number,
  options: PowerOptions = {},
): Result<number> {
  const share = pooledShare(pooled);
  if (isAbsent(share)) return share;
  checkCount("denominatorA", denominatorA);
  checkCount("denominatorB", denominatorB);
  if (denominatorA === 0 || denominatorB === 0)
    return absent("zeroDenominator", "Nobody is in the denominator of one of the two groups.");
  const variance = share * (1 - share);
  return minimumDetectableGap(variance / denominatorA, variance / denominatorB, options);
}

function pooledShare(pooled: {
  readonly numerator: number;
  readonly denominator: number;
}): Result<number> {
  checkShare(pooled);
  if (pooled.denominator === 0)
    return absent("zeroDenominator", "Nobody is in the denominator of the pooled share.");
  if (pooled.numerator === 0 || pooled.numerator === pooled.denominator)
    return absent("allEqual", "Everybody or nobody was reached, so the spread is not known.");
  return pooled.numerator / pooled.denominator;
}
