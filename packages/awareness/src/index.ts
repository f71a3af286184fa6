export type { CodedReferrals } from "./estimates/coded-referrals.ts";
export { codesOfEstimate, type Estimates } from "./estimates/estimate-columns.ts";
export { type EstimatesOptions, estimates, estimatesOfReferrals } from "./estimates/estimates.ts";
export * from "./finding.ts";
export { type FindingsOptions, findingId, findings } from "./findings.ts";
export * from "./need/index.ts";
export * from "./overlap/index.ts";
export * from "./reach.ts";
export { reachBy } from "./reach-by.ts";
export * from "./selection.ts";
export { clockWords } from "./waits/clock-words.ts";
export { type GroupMeanWait, type MeanWaits, meanWaitsBy } from "./waits/mean-waits.ts";
export {
  type GroupOverLimit,
  type OverLimitTable,
  overLimitBy,
  SOON_WEEKS,
} from "./waits/over-limit.ts";
export {
  type ReferralCohort,
  type WaitsByReferral,
  waitsByReferral,
} from "./waits/waits-by-referral.ts";
export * from "./waits.ts";
export { waitsBy } from "./waits-by.ts";
export type { WaitingPopulation } from "./weekly-table.ts";
export * from "./why/index.ts";
