export { benjaminiHochberg, benjaminiYekutieli, holm } from "./adjusted-p-values.ts";
export { type Equivalence, equivalence } from "./equivalence.ts";
export {
  minimumDetectableGap,
  minimumDetectableProportionGap,
  type PowerOptions,
} from "./minimum-detectable-gap.ts";
export {
  detectableShare,
  peopleNeeded,
  powerOfProportions,
  weeksUntilDetectable,
} from "./power.ts";
export { type TwoLevelFamilies, twoLevelFamilies } from "./two-level-families.ts";
