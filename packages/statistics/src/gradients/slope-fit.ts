/**
 * Slots of the array that {@link fitSlope} fills: the line at the most deprived end, the slope, their
 * variances and covariance, the weighted mean, and the weighted variation of the values and of the fit.
 */
export const SLOPE = {
  intercept: 0,
  slope: 1,
  interceptVariance: 2,
  slopeVariance: 3,
  covariance: 4,
  mean: 5,
  totalVariation: 6,
  explainedVariation: 7,
} as const;
export const SLOPE_SLOTS = 8;

/**
 * Weighted straight line of value on rank and the exact variance of its two coefficients when the values are
 * independent with the given variances: the coefficients are linear in the values, so nothing is simulated.
 * Allocates nothing; the caller owns `out`. The first `size` entries of each array are read.
 */
export function fitSlope(
  size: number,
  weight: ArrayLike<number>,
  rank: ArrayLike<number>,
  value: ArrayLike<number>,
  variance: ArrayLike<number>,
  out: Float64Array,
): void {
  let total = 0;
  let meanRank = 0;
  let mean = 0;
  for (let i = 0; i < size; i++) {
    const w = weight[i] as number;
    total += w;
    meanRank += w * (rank[i] as number);
    mean += w * (value[i] as number);
  }
  meanRank /= total;
  mean /= total;
  let spread = 0;
  let product = 0;
  let variation = 0;
  for (let i = 0; i < size; i++) {
    const w = weight[i] as number;
    const fromRank = (rank[i] as number) - meanRank;
    const fromMean = (value[i] as number) - mean;
    spread += w * fromRank * fromRank;
    product += w * fromRank * fromMean;
    variation += w * fromMean * fromMean;
  }
  const slope = product / spread;
  let slopeVariance = 0;
  let interceptVariance = 0;
  let covariance = 0;
  for (let i = 0; i < size; i++) {
    const w = weight[i] as number;
    const onSlope = (w * ((rank[i] as number) - meanRank)) / spread;
    const onIntercept = w / total - meanRank * onSlope;
    const v = variance[i] as number;
    slopeVariance += onSlope * onSlope * v;
    interceptVariance += onIntercept * onIntercept * v;
    covariance += onSlope * onIntercept * v;
  }
  out[SLOPE.intercept] = mean - slope * meanRank;
  out[SLOPE.slope] = slope;
  out[SLOPE.interceptVariance] = interceptVariance;
  out[SLOPE.slopeVariance] = slopeVariance;
  out[SLOPE.covariance] = covariance;
  out[SLOPE.mean] = mean;
  out[SLOPE.totalVariation] = variation / total;
  out[SLOPE.explainedVariation] = (slope * product) / total;
}

/** Weighted squared distance of the values from their own inverse-variance straight line; G − 2 df. */
export function lackOfFitChiSquared(
  rank: ArrayLike<number>,
  value: ArrayLike<number>,
  variance: ArrayLike<number>,
): number {
  const size = value.length;
  let total = 0;
  let meanRank = 0;
  let mean = 0;
  for (let i = 0; i < size; i++) {
    const w = 1 / (variance[i] as number);
    total += w;
    meanRank += w * (rank[i] as number);
    mean += w * (value[i] as number);
  }
  meanRank /= total;
  mean /= total;
  let spread = 0;
  let product = 0;
  let variation = 0;
  for (let i = 0; i < size; i++) {
    const w = 1 / (variance[i] as number);
    const fromRank = (rank[i] as number) - meanRank;
    const fromMean = (value[i] as number) - mean;
    spread += w * fromRank * fromRank;
    product += w * fromRank * fromMean;
    variation += w * fromMean * fromMean;
  }
  return Math.max(0, variation - (product * product) / spread);
}
