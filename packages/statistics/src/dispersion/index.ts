export { type AversionOptions, atkinsonIndex, kolmIndex } from "./aversion-index.ts";
export {
  betweenGroupStandardDeviation,
  betweenGroupVariance,
  coefficientOfVariation,
} from "./between-group-variance.ts";
export { meanLogDeviation, theilIndex } from "./entropy-index.ts";
export type {
  Dispersion,
  DispersionOptions,
  Heterogeneity,
  UnorderedGroups,
} from "./group-spread.ts";
export { indexOfDisparity, type MeanDifferenceOptions, meanDifference } from "./mean-difference.ts";
export {
  type AttributableOptions,
  populationAttributableFraction,
  populationAttributableRisk,
} from "./population-attributable-risk.ts";
