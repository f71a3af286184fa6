import { checkCount, checkFinite, checkLengths } from "../foundation/check.ts";
import {
  type Absent,
  absent,
  type ConfidenceOptions,
  type Estimate,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { designVariance, type SurveyDesign } from "../gradients/design-variance.ts";

/** A value for each person. */
export interface PersonValues extends SurveyDesign {
  readonly value: ArrayLike<number>;
  /** Survey weight, or people with this value; 1 each when left out. */
  readonly weight?: ArrayLike<number>;
}

/** An index of a whole distribution. */
export interface DistributionIndex extends Estimate {
  readonly standardError: number;
  readonly mean: number;
  /** Rows that were read. */
  readonly persons: number;
}

export interface PreparedPersons {
  readonly size: number;
  readonly value: ArrayLike<number>;
  /** Weights that sum to 1. */
  readonly share: Float64Array;
  readonly mean: number;
}

/** Checks the values; `positive` says that each must be above 0 and not only their mean. */
export function preparePersons(data: PersonValues, positive: boolean): PreparedPersons | Absent {
  const { value, weight } = data;
  const size = checkLengths({ value, ...(weight && { weight }) });
  if (size < 2)
    return absent("tooFew", `A distribution needs at least 2 people; there are ${size}.`);
  let total = 0;
  for (let i = 0; i < size; i++) {
    checkFinite("value", value[i] as number);
    if (weight !== undefined) checkCount("weight", weight[i] as number);
    total += weight === undefined ? 1 : (weight[i] as number);
  }
  if (total === 0) return absent("zeroDenominator", "All weights are 0.");
  const share = new Float64Array(size);
  let mean = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < size; i++) {
    share[i] = (weight === undefined ? 1 : (weight[i] as number)) / total;
    mean += (share[i] as number) * (value[i] as number);
    if ((share[i] as number) > 0) lowest = Math.min(lowest, value[i] as number);
  }
  if (!(mean > 0)) return absent("notPositive", "The mean must be above 0 for a relative index.");
  if (lowest < 0 || (positive && lowest === 0))
    return absent(
      "notPositive",
      positive ? "Every value must be above 0 for this index." : "No value may be below 0.",
    );
  return { size, value, share, mean };
}

/** The index with the interval of a sample of people, from each person's influence. */
export function indexFromInfluence(
  { size, share, mean }: PreparedPersons,
  value: number,
  influence: (i: number) => number,
  design: SurveyDesign,
  options: ConfidenceOptions,
): DistributionIndex | Absent {
  const contribution = Float64Array.from(
    { length: size },
    (_, i) => (share[i] as number) * influence(i),
  );
  const variance = designVariance(contribution, design);
  if (typeof variance !== "number") return variance;
  const standardError = Math.sqrt(variance);
  const margin = zOfConfidence(options.confidence) * standardError;
  return {
    value,
    lower: Math.max(0, value - margin),
    upper: value + margin,
    standardError,
    mean,
    persons: size,
  };
}
