import type { Measure } from "../measure.ts";
import { proportionMeasure } from "./proportion.ts";
import { rateMeasure } from "./rate.ts";

/** Every measure, by name. */
export const measures: readonly Measure[] = [proportionMeasure, rateMeasure];
