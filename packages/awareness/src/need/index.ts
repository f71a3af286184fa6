export {
  AREA_LEVELS,
  type AreaLevel,
  areaLevels,
  type CatchmentArea,
  catchmentAreas,
  LEVEL_WORDS,
} from "./area-level.ts";
export type { AreaStanding, AreaUse, SeenInUsualArea, UseByArea } from "./area-use.ts";
export {
  CATCHMENT_SHARE,
  type Catchment,
  fewestThatGive,
  type Home,
  referralsByDistrict,
} from "./catchment.ts";
export {
  areasInNeed,
  fifthsInNeed,
  type GroupsInNeed,
  groupsOfCounts,
  peopleByGroup,
} from "./groups-in-need.ts";
export { type InequityOfUse, inequityOfUse } from "./inequity-of-use.ts";
export { needTable } from "./missing-referrals.ts";
export {
  ageBandsOf,
  ageRange,
  type Need,
  type NeedChoice,
  needChoices,
  needInWords,
} from "./need.ts";
export { betweenInWords, type NeedPeriod, yearsOf } from "./need-period.ts";
export { isSure as isSureOfNeed, LARGEST_NEED_Q, standardInWords } from "./need-sentence.ts";
export type { MissingBounds, NeedRow, NeedTable, NeedTableOptions } from "./need-table.ts";
export {
  ALLOWED_FOR,
  type PeopleInNeed,
  type PeopleInNeedOptions,
  peopleInNeed,
} from "./people-in-need.ts";
export {
  type ReferralsByArea,
  type ReferralsInNeed,
  type ReferralTally,
  referralsByArea,
  referralsInNeed,
} from "./referrals-in-need.ts";
export { smallestGap } from "./smallest-gap.ts";
export { useByArea } from "./use-by-area.ts";
export { UNSEEN_IN_SMALL_AREAS, usualLevel } from "./usual-level.ts";
