import { checkCount, checkFinite } from "../foundation/check.ts";
import { checkPositive } from "../foundation/distributions/gamma.ts";
import { absent, type Result } from "../foundation/estimate.ts";
import { normalProbability } from "../foundation/normal.ts";

/** Whether a gap is shown to be smaller than a margin. */
export interface Equivalence {
  /** The larger of the two one-sided p-values: small means "no gap larger than the margin". */
  readonly p: number;
  /** p is at most the level asked for. */
  readonly equivalent: boolean;
}

/**
 * Can we say that there is no gap larger than this? Two one-sided tests (Schuirmann 1987): the gap is shown to
 * be above −margin *and* below +margin. A large p-value of an ordinary test shows nothing of the kind. Choose the
 * margin before seeing the data. No spread at all is `allEqual`.
 *
 * @example
 * ```ts
 * equivalence(0.01, 0.02, 0.05).p; // => 0.0227501
 * ```
 */
export function equivalence(
  difference: number,
  standardError: number,
  margin: number,
  options: { readonly level?: number } = {},
): Result<Equivalence> {
  checkFinite("difference", difference);
  checkCount("standard error", standardError);
  checkPositive("margin", margin);
  const { level = 0.05 } = options;
  if (standardError === 0)
    return absent("allEqual", "The difference has no spread, so its sureness is not known.");
  const p = normalProbability((Math.abs(difference) - margin) / standardError);
  return { p, equivalent: p <= level };
}
