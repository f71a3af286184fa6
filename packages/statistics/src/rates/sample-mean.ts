import { checkCount, checkFinite } from "../foundation/check.ts";
import { studentQuantile } from "../foundation/distributions/student.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";

/** A mean with Student's interval. */
export interface SampleMean extends Estimate {
  readonly count: number;
  readonly standardDeviation: number;
  readonly standardError: number;
}

/**
 * What is the average, and how sure is it? The mean of some values with Student's t interval. Needs two values
 * (`tooFew`). Never for waits of people already seen: those still waiting are left out.
 *
 * @example
 * ```ts
 * const mean = sampleMean([4, 7, 9, 12]);
 * mean.value; // => 8
 * mean.lower; // => 2.643145
 * ```
 */
export function sampleMean(
  values: ArrayLike<number>,
  options: ConfidenceOptions = {},
): Result<SampleMean> {
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    checkFinite(`value at ${i}`, value);
    const step = value - mean;
    mean += step / (i + 1);
    squares += step * (value - mean);
  }
  return meanOf(values.length, mean, squares, options);
}

/**
 * {@link sampleMean} from a count, a sum and a sum of squares: what a table of cells keeps.
 *
 * @example
 * ```ts
 * meanFromSums(4, 32, 290).lower; // => 2.643145
 * ```
 */
export function meanFromSums(
  count: number,
  sum: number,
  sumOfSquares: number,
  options: ConfidenceOptions = {},
): Result<SampleMean> {
  checkCount("count", count);
  checkFinite("sum", sum);
  checkCount("sum of squares", sumOfSquares);
  const mean = count > 0 ? sum / count : 0;
  return meanOf(count, mean, Math.max(0, sumOfSquares - sum * mean), options);
}

function meanOf(
  count: number,
  value: number,
  squares: number,
  { confidence = 0.95 }: ConfidenceOptions,
): Result<SampleMean> {
  zOfConfidence(confidence);
  if (count < 2) return absent("tooFew", "A mean with an interval needs at least two values.");
  const standardDeviation = Math.sqrt(squares / (count - 1));
  const standardError = standardDeviation / Math.sqrt(count);
  const reach = studentQuantile((1 - confidence) / 2, count - 1, { upper: true }) * standardError;
  return {
    value,
    lower: value - reach,
    upper: value + reach,
    count,
    standardDeviation,
    standardError,
  };
}
