export type { BetweenAndWithin, ServicePart, SideInService } from "./between-and-within.ts";
export { sentTo } from "./between-sentence.ts";
export { betweenServices } from "./between-services.ts";
export { type ComparedPeople, countsBy, type SidesInWords } from "./compared-people.ts";
export * from "./leak.ts";
export { type LeakOptions, leakByStep, leakSteps, usualEnd } from "./leak-by-step.ts";
export { ofHundred, whyAnswer } from "./leak-sentence.ts";
export type {
  LossReason,
  LossReasons,
  NoReason,
  ReasonStep,
  ReasonsAtStep,
} from "./loss-reason.ts";
export { MOST_FAIR, mixAndRest } from "./mix.ts";
export type { MixAndRest, MixOfOne } from "./mix-and-rest.ts";
export { isSure, likely, moreOrFewer, type Part } from "./part.ts";
export { lossReasons, REASON_CHARACTERISTICS } from "./reasons.ts";
export { reasonName, wereLost } from "./reasons-sentence.ts";
export type { InsideStep } from "./settled-sides.ts";
export { DO_AT_END, LOST_WHERE } from "./step-words.ts";
