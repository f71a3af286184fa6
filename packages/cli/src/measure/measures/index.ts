import type { Measure } from "../measure.ts";
import { directlyStandardisedRateMeasure } from "./directly-standardised-rate.ts";
import { proportionMeasure } from "./proportion.ts";
import { rateMeasure } from "./rate.ts";

/** Every measure, by name. */
export const measures: readonly Measure[] = [
  directlyStandardisedRateMeasure,
  proportionMeasure,
  rateMeasure,
];
