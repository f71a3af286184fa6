export { type AtkinsonOptions, atkinsonIndexOfPersons } from "./atkinson-index-of-persons.ts";
export {
  changeInIndex,
  decomposeChangeInInequality,
  type IndexChange,
  type IndexWithError,
  type InequalityChange,
} from "./change-in-inequality.ts";
export { type AtkinsonDecomposition, decomposeAtkinson } from "./decompose-atkinson.ts";
export {
  decomposeGeneralisedEntropy,
  type EntropyDecomposition,
  type SubgroupInequality,
} from "./decompose-generalised-entropy.ts";
export { decomposeGini, type GiniDecomposition } from "./decompose-gini.ts";
export { type EntropyOptions, generalisedEntropyIndex } from "./generalised-entropy.ts";
export { type GiniOptions, giniIndex } from "./gini-index.ts";
export { hooverIndex } from "./hoover-index.ts";
export { concentrationCurve, lorenzCurve, type ShareCurve } from "./lorenz-curve.ts";
export type { DistributionIndex, PersonValues } from "./persons.ts";
export type { GroupedPersonValues } from "./subgroups.ts";
