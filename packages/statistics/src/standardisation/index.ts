export { type AgeBand, ageBandOf, looksLikeSpreadsheetDate } from "./age-band.ts";
export {
  type ComparedBands,
  comparativeMortalityFigure,
  standardisedRateRatio,
} from "./comparative-mortality-figure.ts";
export {
  type DirectlyStandardisedRate,
  type DirectlyStandardisedRateOptions,
  directlyStandardisedRate,
  type StandardisedBands,
} from "./directly-standardised-rate.ts";
export {
  EUROPEAN_STANDARD_POPULATION_2013,
  missingStandardBands,
  type StandardBand,
  standardPopulationOf,
} from "./european-standard-population.ts";
export {
  expectedEvents,
  type IndirectlyStandardised,
  indirectlyStandardisedRate,
  indirectlyStandardisedRatio,
  type ReferenceBands,
} from "./indirect-standardisation.ts";
