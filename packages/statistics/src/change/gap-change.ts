import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  normalProbability,
  type Result,
  studentQuantile,
  studentUpperTail,
  zOfConfidence,
} from "../foundation/index.ts";
import { checkMeasured, type MeasuredValue } from "./measured-value.ts";

/** After less before. */
export interface GapChange extends Estimate {
  readonly standardError: number;
  /** Two-sided: the chance of so large a change if there were none. */
  readonly pValue: number;
}

/**
 * Did the gap change between two periods? After less before, with the standard error of independent samples.
 *
 * Do not use it where the first period was chosen *because* its gap was wide: see `regressionToTheMean`.
 *
 * @example
 * ```ts
 * const change = gapChange(
 *   { value: 12, standardError: 1.5 },
 *   { value: 7, standardError: 2 },
 * );
 * change.value; // => -5
 * change.upper; // => -0.10009004
 * change.pValue; // => 0.0455003
 * ```
 */
export function gapChange(
  before: MeasuredValue,
  after: MeasuredValue,
  options: ConfidenceOptions = {},
): Result<GapChange> {
  checkMeasured("before", before);
  checkMeasured("after", after);
  return estimateWithError(
    after.value - before.value,
    Math.hypot(before.standardError, after.standardError),
    options,
  );
}

/** A normal estimate with its test against none. */
export function estimateWithError(
  value: number,
  standardError: number,
  options: ConfidenceOptions,
): Result<GapChange> {
  const z = zOfConfidence(options.confidence);
  if (standardError === 0)
    return absent("allEqual", "a change without any sampling error has no interval and no test");
  return {
    value,
    lower: value - z * standardError,
    upper: value + z * standardError,
    standardError,
    pValue: 2 * normalProbability(-Math.abs(value / standardError)),
  };
}

/** An estimate whose standard error rests on few degrees of freedom: Student's t for interval and test. */
export function studentEstimate(
  value: number,
  standardError: number,
  degreesOfFreedom: number,
  { confidence = 0.95 }: ConfidenceOptions,
): Result<GapChange> {
  if (!(standardError > 0))
    return absent("allEqual", "nothing varies, so there is no standard error and no interval");
  zOfConfidence(confidence);
  const t = studentQuantile((1 + confidence) / 2, degreesOfFreedom);
  return {
    value,
    lower: value - t * standardError,
    upper: value + t * standardError,
    standardError,
    pValue: 2 * studentUpperTail(Math.abs(value / standardError), degreesOfFreedom),
  };
}
