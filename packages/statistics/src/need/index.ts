export { type ExpectedNeed, type ExpectedNeedInput, expectedNeed } from "./expected-need.ts";
export {
  type FloatingCatchment,
  type FloatingCatchmentInput,
  floatingCatchment,
  hoursAfterTravel,
  type TravelDecay,
} from "./floating-catchment.ts";
export {
  type HorizontalInequity,
  type HorizontalInequityInput,
  horizontalInequity,
} from "./horizontal-inequity.ts";
export {
  type GroupAndOthers,
  type InternallyStandardised,
  type InternalStandard,
  type InternalStandardOptions,
  internallyStandardised,
} from "./internally-standardised.ts";
export { type NeedGini, needGini } from "./need-gini.ts";
export {
  type MissingReferrals,
  missingReferrals,
  type NeedUseRatio,
  needUseRatio,
  type UseAndNeed,
} from "./need-use-ratio.ts";
export {
  type StandardisedInequity,
  type StandardisedInequityInput,
  standardisedInequity,
} from "./standardised-inequity.ts";
