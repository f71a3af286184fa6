export { type AdditiveExcess, additiveExcess } from "./additive-excess.ts";
export {
  type IntegratedMaihda,
  type IntegratedMaihdaOptions,
  integratedMaihda,
  type StrataEstimates,
} from "./integrated-maihda.ts";
export {
  type LinearStrataModel,
  type LinearStrataOptions,
  linearStrataModel,
  type StrataSums,
} from "./linear-strata-model.ts";
export {
  type CrossedStrata,
  type Maihda,
  type MaihdaOptions,
  type MaihdaStep,
  maihda,
  stepwisePcv,
} from "./maihda.ts";
export {
  type OutstandingCombination,
  type OutstandingCombinations,
  type OutstandingCombinationsOptions,
  outstandingCombinations,
} from "./outstanding-combinations.ts";
export {
  type OutstandingStrata,
  type OutstandingStrataOptions,
  outstandingStrata,
} from "./outstanding-strata.ts";
export { mainEffects, type StrataDesign } from "./strata-design.ts";
export {
  logisticStrataModel,
  poissonStrataModel,
  type StrataModel,
  type StrataModelOptions,
} from "./strata-model.ts";
export { type RankOptions, type StrataRanks, strataRanks } from "./strata-ranks.ts";
export type { StrataCounts } from "./strata-rows.ts";
export * from "./variance-measures.ts";
