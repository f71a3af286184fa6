export { compareProportions, type ProportionComparison } from "./compare-proportions.ts";
export { byarLimits, type CountLimits, countLimits, exactPoissonLimits } from "./count-limits.ts";
export { type CountRate, type CountRateOptions, countRate } from "./count-rate.ts";
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
