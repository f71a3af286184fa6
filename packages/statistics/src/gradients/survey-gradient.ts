import { checkCount, checkFinite, checkLengths } from "../foundation/check.ts";
import {
  type Absent,
  absent,
  type ConfidenceOptions,
  type Estimate,
  isAbsent,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { designVariance, type SurveyDesign } from "./design-variance.ts";
import { ratioInterval } from "./fieller.ts";
import { fractionalRank } from "./fractional-rank.ts";

/** One entry a person of a sample survey. */
export interface SurveyPersons extends SurveyDesign {
  /** Lowest = most deprived; equal numbers share a rank. */
  readonly rank: ArrayLike<number>;
  readonly value: ArrayLike<number>;
  /** Survey weight; 1 each when left out. */
  readonly weight?: ArrayLike<number>;
}

export interface SurveyGradient {
  /** Slope index of inequality, least − most deprived. */
  readonly slope: Estimate & { readonly standardError: number };
  /** Relative index of inequality, least over most deprived. */
  readonly relative: Result<Estimate>;
}

/**
 * Slope and relative index of inequality from a sample survey: weighted regression of the value on weighted
 * rank, with errors that count strata, clusters and weights (linearisation). For counts of everyone use
 * {@link slopeIndexOfInequality}. Ranks are taken as given. At least 30 clusters are wanted.
 *
 * @throws StatisticsError for arrays of different lengths or negative weights
 * @example
 * ```ts
 * const g = surveyGradient({
 *   rank: [1, 1, 2, 2, 3, 3],
 *   value: [5, 4, 4, 3, 2, 3],
 *   weight: [1, 2, 1, 1, 1, 1],
 * });
 * g.slope.value; // => -2.8
 * ```
 */
export function surveyGradient(
  data: SurveyPersons,
  options: ConfidenceOptions = {},
): Result<SurveyGradient> {
  const { rank, value, weight } = data;
  const size = checkLengths({ rank, value, ...(weight && { weight }) });
  for (let i = 0; i < size; i++) {
    checkFinite("value", value[i] as number);
    if (weight !== undefined) checkCount("weight", weight[i] as number);
  }
  if (size < 3) return absent("tooFew", `A slope needs at least 3 people; there are ${size}.`);
  const weightOf = (i: number) => (weight === undefined ? 1 : (weight[i] as number));
  const place = fractionalRank(rank, weight);
  let total = 0;
  let meanRank = 0;
  let mean = 0;
  for (let i = 0; i < size; i++) {
    total += weightOf(i);
    meanRank += weightOf(i) * (place[i] as number);
    mean += weightOf(i) * (value[i] as number);
  }
  if (total === 0) return absent("zeroDenominator", "All weights are 0.");
  meanRank /= total;
  mean /= total;
  let spread = 0;
  let product = 0;
  for (let i = 0; i < size; i++) {
    const away = (place[i] as number) - meanRank;
    spread += weightOf(i) * away * away;
    product += weightOf(i) * away * ((value[i] as number) - mean);
  }
  if (!(spread > 0)) return absent("allEqual", "Everyone has the same rank.");
  const slope = product / spread;
  const intercept = mean - slope * meanRank;
  const bySlope = new Float64Array(size);
  const byIntercept = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const away = (place[i] as number) - meanRank;
    const residual = (value[i] as number) - intercept - slope * (place[i] as number);
    bySlope[i] = (weightOf(i) * away * residual) / spread;
    byIntercept[i] = (weightOf(i) * residual) / total - meanRank * (bySlope[i] as number);
  }
  const slopeVariance = designVariance(bySlope, data);
  const mostVariance = designVariance(byIntercept, data);
  const leastVariance = designVariance(
    byIntercept.map((v, i) => v + (bySlope[i] as number)),
    data,
  );
  if (isAbsent(slopeVariance)) return slopeVariance;
  if (isAbsent(mostVariance)) return mostVariance;
  if (isAbsent(leastVariance)) return leastVariance;
  const z = zOfConfidence(options.confidence);
  const standardError = Math.sqrt(slopeVariance);
  return {
    slope: {
      value: slope,
      lower: slope - z * standardError,
      upper: slope + z * standardError,
      standardError,
    },
    relative: ratioOfEnds(intercept, slope, mostVariance, leastVariance, slopeVariance, z),
  };
}

function ratioOfEnds(
  most: number,
  slope: number,
  mostVariance: number,
  leastVariance: number,
  slopeVariance: number,
  z: number,
): Estimate | Absent {
  const least = most + slope;
  if (!(most > 0 && least > 0))
    return absent(
      "notPositive",
      "The line reaches 0 inside the population; a ratio has no meaning.",
    );
  // Var(least − most) = Var(least) + Var(most) − 2 Cov
  const covariance = (leastVariance + mostVariance - slopeVariance) / 2;
  const limits = ratioInterval(least, most, leastVariance, mostVariance, covariance, z);
  return limits === undefined
    ? absent("notIdentified", "The line may be zero at the most deprived end: no upper limit.")
    : { value: least / most, lower: Math.max(0, limits.lower), upper: limits.upper };
}
