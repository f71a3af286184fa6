import { studentQuantile, studentUpperTail } from "../foundation/distributions/student.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import type { SampleMean } from "./sample-mean.ts";

/** A difference of two means, first less second. */
export interface DifferenceInMeans extends Estimate {
  readonly standardError: number;
  /** Satterthwaite's, which need not be whole. */
  readonly degreesOfFreedom: number;
  /** Two-sided, of no difference. */
  readonly pValue: number;
}

/**
 * How far apart are the averages of two groups? Welch's interval and test, which do not suppose that both groups spread
 * alike: `d ± t √(s₁²/n₁ + s₂²/n₂)` with Satterthwaite's degrees of freedom. The groups must not share people: compare a
 * group with the *rest*. Absent `allEqual` where neither group varies at all, so that nothing tells how sure it is.
 *
 * Welch (1947) Biometrika 34:28; Satterthwaite (1946) Biometrics Bulletin 2:110.
 *
 * @example
 * ```ts
 * const first = sampleMean([4, 7, 9, 12]);
 * const second = sampleMean([3, 5, 4, 6, 2]);
 * differenceInMeans(first, second); // => { value: 4, lower: -1.04088, upper: 9.04088, degreesOfFreedom: 4.05748, pValue: 0.092636 }
 * ```
 */
export function differenceInMeans(
  first: SampleMean,
  second: SampleMean,
  { confidence = 0.95 }: ConfidenceOptions = {},
): Result<DifferenceInMeans> {
  zOfConfidence(confidence);
  const variances = [first.standardError ** 2, second.standardError ** 2] as const;
  const variance = variances[0] + variances[1];
  if (!(variance > 0))
    return absent(
      "allEqual",
      "Everyone in each group has the same value: no interval can be told.",
    );
  const degreesOfFreedom =
    variance ** 2 /
    (variances[0] ** 2 / (first.count - 1) + variances[1] ** 2 / (second.count - 1));
  const value = first.value - second.value;
  const standardError = Math.sqrt(variance);
  const reach =
    studentQuantile((1 - confidence) / 2, degreesOfFreedom, { upper: true }) * standardError;
  return {
    value,
    lower: value - reach,
    upper: value + reach,
    standardError,
    degreesOfFreedom,
    pValue: Math.min(1, 2 * studentUpperTail(Math.abs(value) / standardError, degreesOfFreedom)),
  };
}
