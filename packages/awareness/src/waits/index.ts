export { clockWords } from "./clock-words.ts";
export { type GroupMeanWait, type MeanWaits, meanWaitsBy } from "./mean-waits.ts";
export { type GroupOverLimit, type OverLimitTable, overLimitBy, SOON_WEEKS } from "./over-limit.ts";
export { type ReferralCohort, type WaitsByReferral, waitsByReferral } from "./waits-by-referral.ts";
