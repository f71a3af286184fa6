import type { Measure } from "../measure.ts";
import { changeDetectionMeasures } from "./change-detection.ts";
import { concentrationIndexMeasure } from "./concentration-index.ts";
import { controlChartMeasures } from "./control-chart.ts";
import { directlyStandardisedRateMeasure } from "./directly-standardised-rate.ts";
import { dispersionMeasures } from "./dispersion.ts";
import { distributionMeasures } from "./distribution.ts";
import { economicsMeasures } from "./economics.ts";
import { effectOfActionMeasures } from "./effect-of-action.ts";
import { explanationMeasures } from "./explanation.ts";
import { gapOverTimeMeasures } from "./gap-over-time.ts";
import { relativeIndexMeasure, slopeIndexMeasure } from "./gradient.ts";
import { intersectionMeasures } from "./intersections.ts";
import { modelledGradientMeasure } from "./modelled-gradient.ts";
import { needMeasures } from "./need.ts";
import { proportionMeasure } from "./proportion.ts";
import { queueingMeasures } from "./queueing.ts";
import { rateMeasure } from "./rate.ts";
import { survivalMeasures } from "./survival.ts";
import { waitMeasures } from "./waits.ts";

/** Every measure, by name. */
export const measures: readonly Measure[] = [
  ...economicsMeasures,
  ...queueingMeasures,
  ...survivalMeasures,
  ...waitMeasures,
  ...gapOverTimeMeasures,
  ...effectOfActionMeasures,
  ...controlChartMeasures,
  ...changeDetectionMeasures,
  concentrationIndexMeasure,
  directlyStandardisedRateMeasure,
  ...dispersionMeasures,
  ...distributionMeasures,
  ...explanationMeasures,
  ...intersectionMeasures,
  modelledGradientMeasure,
  ...needMeasures,
  proportionMeasure,
  rateMeasure,
  relativeIndexMeasure,
  slopeIndexMeasure,
].sort((a, b) => (a.name < b.name ? -1 : 1));
