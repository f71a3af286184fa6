import { checkFinite } from "../foundation/check.ts";
import { binomialProbability, binomialQuantile } from "../foundation/distributions/binomial.ts";
import { checkProbability } from "../foundation/distributions/gamma.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";

/**
 * What do so many per cent stay below? A quantile (interpolated between the order statistics, R's type 7) with
 * the distribution-free interval between two order statistics that covers at least as often as it says. Too few
 * values to have such an interval is `tooFew`.
 *
 * @example
 * ```ts
 * sampleQuantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.5); // => { value: 5.5, lower: 2, upper: 9 }
 * ```
 */
export function sampleQuantile(
  values: ArrayLike<number>,
  p: number,
  options: ConfidenceOptions = {},
): Result<Estimate> {
  checkProbability(p);
  const { confidence = 0.95 } = options;
  zOfConfidence(confidence);
  const count = values.length;
  const sorted = Float64Array.from({ length: count }, (_, i) => values[i] as number).sort();
  sorted.forEach((value) => {
    checkFinite("value", value);
  });
  const tail = (1 - confidence) / 2;
  // Ranks from 1: the largest l with P(X < l) ≤ tail, the smallest u with P(X ≥ u) ≤ tail.
  const belowTail = binomialQuantile(tail, count, p);
  const low = binomialProbability(belowTail, count, p) <= tail ? belowTail + 1 : belowTail;
  const high = binomialQuantile(tail, count, p, { upper: true }) + 1;
  if (low < 1 || high > count)
    return absent("tooFew", `${count} values are too few for an interval of this quantile.`);
  const at = (count - 1) * p;
  const floor = Math.floor(at);
  const from = sorted[floor] as number;
  const to = sorted[Math.min(count - 1, floor + 1)] as number;
  return {
    value: from + (at - floor) * (to - from),
    lower: sorted[low - 1] as number,
    upper: sorted[high - 1] as number,
  };
}
