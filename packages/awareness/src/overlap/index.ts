export { type AccumulationOptions, accumulation } from "./accumulation.ts";
export type { Accumulation, AccumulationRow, AccumulationTrend } from "./accumulation-report.ts";
export { type LeftOut, MOST_GROUPS } from "./crossed-strata.ts";
export { type Disadvantages, usualDisadvantages } from "./disadvantages.ts";
export { FEWEST_STRATA, type OverlapOptions, overlap } from "./overlap.ts";
export { OVERLAP_WEEKS, type OverlapStep, overlapSteps } from "./overlap-columns.ts";
export type {
  OverlapCombination,
  OverlapReport,
  OverlapStratum,
  SmallestSeen,
} from "./overlap-report.ts";
export { combinationSentence, stratumSentence } from "./overlap-words.ts";
