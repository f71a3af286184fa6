export { sentTo } from "./between-sentence.ts";
export {
  type BetweenAndWithin,
  betweenServices,
  type ServicePart,
  type SideInService,
} from "./between-services.ts";
export { type ComparedPeople, countsBy, type SidesInWords } from "./compared-people.ts";
export * from "./leak.ts";
export { ofHundred, whyAnswer } from "./leak-sentence.ts";
export { type MixAndRest, type MixOfOne, MOST_FAIR, mixAndRest } from "./mix.ts";
export { isSure, likely, moreOrFewer, type Part } from "./part.ts";
export {
  type LossReason,
  type LossReasons,
  lossReasons,
  type NoReason,
  REASON_CHARACTERISTICS,
  type ReasonStep,
  type ReasonsAtStep,
} from "./reasons.ts";
export { reasonName, wereLost } from "./reasons-sentence.ts";
export type { InsideStep } from "./settled-sides.ts";
export { DO_AT_END, LOST_WHERE } from "./step-words.ts";
