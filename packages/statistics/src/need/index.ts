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
export { type NeedGini, needGini } from "./need-gini.ts";
export {
  type MissingReferrals,
  missingReferrals,
  type NeedUseRatio,
  needUseRatio,
  type UseAndNeed,
} from "./need-use-ratio.ts";
