import type { Measure } from "../measure.ts";
import { changeDetectionMeasures } from "./change-detection.ts";
import { clusteredContrastMeasure } from "./clustered-contrast.ts";
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
import { indirectlyStandardisedMeasures } from "./indirectly-standardised.ts";
import { intersectionMeasures } from "./intersections.ts";
import { lifeExpectancyMeasure } from "./life-expectancy.ts";
import { manyCutsMeasures } from "./many-cuts.ts";
import { meanAndQuantileMeasures } from "./means-and-quantiles.ts";
import { modelledGradientMeasure } from "./modelled-gradient.ts";
import { needMeasures } from "./need.ts";
import { pairsOfGroupsMeasures } from "./pairs-of-groups.ts";
import { proportionMeasure } from "./proportion.ts";
import { queueingMeasures } from "./queueing.ts";
import { rateMeasure } from "./rate.ts";
import { repeatedEventRateMeasure } from "./repeated-event-rate.ts";
import { surveyGradientMeasure } from "./survey-gradient.ts";
import { survivalMeasures } from "./survival.ts";
import { twoLevelFamiliesMeasure } from "./two-level-families.ts";
import { unitsComparedMeasures } from "./units-compared.ts";
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
  clusteredContrastMeasure,
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
  ...indirectlyStandardisedMeasures,
  lifeExpectancyMeasure,
  ...manyCutsMeasures,
  ...meanAndQuantileMeasures,
  ...pairsOfGroupsMeasures,
  repeatedEventRateMeasure,
  surveyGradientMeasure,
  twoLevelFamiliesMeasure,
  ...unitsComparedMeasures,
].sort((a, b) => (a.name < b.name ? -1 : 1));
