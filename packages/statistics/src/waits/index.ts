export type { CensoringInWeek } from "./censoring-in-week.ts";
export {
  type ChanceOfBeingSeen,
  chanceOfBeingSeenBy,
  type DifferenceInChance,
  differenceBetweenChances,
  differenceInChanceOfBeingSeen,
  type WeeklyWaitOptions,
} from "./chance-of-being-seen.ts";
export {
  type CoxOptions,
  type CoxRegression,
  coxRegression,
  type HazardRatio,
} from "./cox-regression.ts";
export {
  type CumulativeIncidenceOptions,
  cumulativeIncidence,
  type IncidenceAt,
  type IncidenceCurve,
  incidenceAt,
} from "./cumulative-incidence.ts";
export { DIFFERENCE_IN_CHANCE, differenceInChanceInto } from "./difference-in-chance-into.ts";
export { type GrayOptions, type GrayTest, grayTest } from "./gray-test.ts";
export type { IncidenceInterval } from "./incidence-limits.ts";
export {
  type InverseCensoringWeights,
  inverseCensoringWeights,
} from "./inverse-censoring-weights.ts";
export { type KaplanMeierCurve, type KaplanMeierOptions, kaplanMeier } from "./kaplan-meier.ts";
export { type LogRankOptions, type LogRankTest, logRankTest } from "./log-rank-test.ts";
export type { MeanWaitInterval } from "./mean-wait-limits.ts";
export {
  type Comparison,
  compareRestrictedMeans,
  type DifferenceOfMeans,
  type RestrictedMean,
  type RestrictedMeanComparison,
  type RestrictedMeanOptions,
  restrictedMeanWait,
  restrictedTimeLost,
  restrictedTimeOnList,
} from "./restricted-mean-wait.ts";
export type { ChiSquareTest } from "./score-test.ts";
export {
  type BandBounds,
  COMMUNITY_WAIT_BANDS,
  COMMUNITY_WAIT_BANDS_FROM_DECEMBER_2024,
  chanceBoundsFromWaitBands,
  meanWaitBoundsFromWaitBands,
  type WaitBands,
} from "./wait-bands.ts";
export { type WaitQuantile, waitQuantile } from "./wait-quantile.ts";
export type { Waits } from "./waits.ts";
export {
  type WeeklyCumulativeIncidence,
  weeklyCumulativeIncidence,
} from "./weekly-cumulative-incidence.ts";
export type { WeeklyExits } from "./weekly-exits.ts";
export {
  type DifferenceInMeanWait,
  differenceBetweenMeanWaits,
  differenceInRestrictedMeanWaitFromWeeks,
  restrictedMeanWaitFromWeeks,
  type WeeklyMeanWaitOptions,
  type WeeklyRestrictedMeanWait,
} from "./weekly-restricted-mean-wait.ts";
export { weeklyWaitQuantile } from "./weekly-wait-quantile.ts";
export { WEEKLY_WAITS, weeklyWaitsInto } from "./weekly-waits-into.ts";
