export { designVariance, type SurveyDesign } from "./design-variance.ts";
export { fractionalRank } from "./fractional-rank.ts";
export type { ErrorScale, GroupCounts, GroupData, GroupValues } from "./gradient-data.ts";
export type { GradientOptions } from "./gradient-options.ts";
export type { LackOfFit } from "./lack-of-fit.ts";
export {
  type ModelledGradient,
  type ModelledGradientData,
  type ModelledGradientOptions,
  type ModelledIndex,
  modelledGradient,
} from "./modelled-gradient.ts";
export { type RelativeIndex, relativeIndexOfInequality } from "./relative-index-of-inequality.ts";
export { slopeIndexFromCounts } from "./slope-from-counts.ts";
export { type SlopeIndex, slopeIndexOfInequality } from "./slope-index-of-inequality.ts";
export { type SurveyGradient, type SurveyPersons, surveyGradient } from "./survey-gradient.ts";
