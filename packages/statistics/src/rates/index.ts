export { clopperPearson } from "./clopper-pearson.ts";
export {
  compareProportions,
  compareProportionsInto,
  type ProportionComparison,
} from "./compare-proportions.ts";
export { byarLimits, type CountLimits, countLimits, exactPoissonLimits } from "./count-limits.ts";
export { type CountRate, type CountRateOptions, countRate } from "./count-rate.ts";
export { type DifferenceInMeans, differenceInMeans } from "./difference-in-means.ts";
export {
  type EstimateArrays,
  estimateArrays,
  type MinimumCounts,
  type Proportion,
  proportion,
  type Share,
  wilsonInto,
} from "./proportion.ts";
export {
  newcombeInto,
  type ProportionDifference,
  proportionDifference,
  type SharePairs,
} from "./proportion-difference.ts";
export {
  katzInto,
  type ProportionRatio,
  type ProportionRatioOptions,
  proportionRatio,
} from "./proportion-ratio.ts";
export { quantileGroups } from "./quantile-groups.ts";
export { rateRatio } from "./rate-ratio.ts";
export { type RepeatedEventRate, repeatedEventRate } from "./repeated-event-rate.ts";
export { meanFromSums, type SampleMean, sampleMean } from "./sample-mean.ts";
export { sampleQuantile } from "./sample-quantile.ts";
