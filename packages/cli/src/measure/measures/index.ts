import type { Measure } from "../measure.ts";
import { concentrationIndexMeasure } from "./concentration-index.ts";
import { directlyStandardisedRateMeasure } from "./directly-standardised-rate.ts";
import { dispersionMeasures } from "./dispersion.ts";
import { distributionMeasures } from "./distribution.ts";
import { relativeIndexMeasure, slopeIndexMeasure } from "./gradient.ts";
import { modelledGradientMeasure } from "./modelled-gradient.ts";
import { proportionMeasure } from "./proportion.ts";
import { rateMeasure } from "./rate.ts";

/** Every measure, by name. */
export const measures: readonly Measure[] = [
  concentrationIndexMeasure,
  directlyStandardisedRateMeasure,
  ...dispersionMeasures,
  ...distributionMeasures,
  modelledGradientMeasure,
  proportionMeasure,
  rateMeasure,
  relativeIndexMeasure,
  slopeIndexMeasure,
].sort((a, b) => (a.name < b.name ? -1 : 1));
