export {
  type ChanceOfBeingSeen,
  chanceOfBeingSeenBy,
  type DifferenceInChance,
  differenceBetweenChances,
  differenceInChanceOfBeingSeen,
  type WeeklyWaitOptions,
} from "./chance-of-being-seen.ts";
export type { IncidenceInterval } from "./incidence-limits.ts";
export type { MeanWaitInterval } from "./mean-wait-limits.ts";
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
export { WEEKLY_WAITS, weeklyWaitsInto } from "./weekly-waits-into.ts";
