export {
  type ConcentrationContribution,
  type ConcentrationDecomposition,
  type DecompositionData,
  type DecompositionOptions,
  decomposeConcentrationIndex,
} from "./concentration-decomposition.ts";
export {
  type ConcentrationIndex,
  concentrationIndex,
  type GroupedConcentrationOptions,
} from "./concentration-index.ts";
export {
  concentrationIndexOfPersons,
  type PersonsConcentrationOptions,
  type RankedPersons,
} from "./concentration-index-of-persons.ts";
export type { ConcentrationForm, ConcentrationOptions } from "./index-form.ts";
