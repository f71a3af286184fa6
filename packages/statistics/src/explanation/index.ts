export {
  type DasGupta,
  type DasGuptaInput,
  dasGupta,
  type Factor,
  type FactorEffect,
  type Factors,
} from "./das-gupta.ts";
export {
  type Kitagawa,
  type KitagawaOptions,
  type KitagawaPart,
  type KitagawaPopulation,
  kitagawa,
} from "./kitagawa.ts";
export {
  type MissingOutcomeBounds,
  type MissingOutcomes,
  missingOutcomeBounds,
} from "./missing-outcome-bounds.ts";
export {
  type MixCell,
  type MixDecomposition,
  type MixDecompositionInput,
  type MixDecompositionOptions,
  type MixPart,
  mixDecomposition,
} from "./mix-decomposition.ts";
export {
  type OaxacaBlinder,
  type OaxacaBlinderInput,
  type OaxacaBlinderOptions,
  type OaxacaPart,
  oaxacaBlinder,
  type ThreefoldParts,
} from "./oaxaca-blinder.ts";
export {
  type PathwayLeak,
  type PathwayLeakOptions,
  pathwayLeak,
  type StepLeak,
} from "./pathway-leak.ts";
export { shapleyEffects } from "./shapley-effects.ts";
export * from "./worst-case-bounds.ts";
