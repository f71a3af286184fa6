import type { Measure } from "../measure.ts";
import { changeDetectionMeasures } from "./change-detection.ts";
import { clusteredContrastMeasure } from "./clustered-contrast.ts";
import { concentrationDecompositionMeasure } from "./concentration-decomposition.ts";
import { concentrationIndexMeasure } from "./concentration-index.ts";
import { controlChartMeasures } from "./control-chart.ts";
import { differenceMeasures } from "./differences.ts";
import { standardisedRateMeasures } from "./directly-standardised-rate.ts";
import { dispersionMeasures } from "./dispersion.ts";
import { distributionMeasures } from "./distribution.ts";
import { economicsMeasures } from "./economics.ts";
import { effectOfActionMeasures } from "./effect-of-action.ts";
import { explanationMeasures } from "./explanation.ts";
import { gapOverTimeMeasures } from "./gap-over-time.ts";
import { relativeIndexMeasure, slopeIndexMeasure } from "./gradient.ts";
import { indirectlyStandardisedMeasures } from "./indirectly-standardised.ts";
import { inequalityByGroupMeasures } from "./inequality-by-group.ts";
import { intersectionMeasures } from "./intersections.ts";
import { lifeExpectancyMeasure } from "./life-expectancy.ts";
import { manyCutsMeasures } from "./many-cuts.ts";
import { meanAndQuantileMeasures } from "./means-and-quantiles.ts";
import { mixAndMissingMeasures } from "./mix-and-missing.ts";
import { modelledGradientMeasure } from "./modelled-gradient.ts";
import { needMeasures } from "./need.ts";
import { pairsOfGroupsMeasures } from "./pairs-of-groups.ts";
import { presentValueMeasure } from "./present-value.ts";
import { proportionMeasure } from "./proportion.ts";
import { queueingMeasures } from "./queueing.ts";
import { rateMeasure } from "./rate.ts";
import { regressionMeasures } from "./regressions.ts";
import { repeatedEventRateMeasure } from "./repeated-event-rate.ts";
import { shareCurveMeasures } from "./share-curves.ts";
import { staffingMeasures } from "./staffing.ts";
import { standardisedUseMeasures } from "./standardised-use.ts";
import { strataStepsMeasures } from "./strata-steps.ts";
import { surveyGradientMeasure } from "./survey-gradient.ts";
import { survivalMeasures } from "./survival.ts";
import { twoLevelFamiliesMeasure } from "./two-level-families.ts";
import { unitsComparedMeasures } from "./units-compared.ts";
import { waitingListFromDaysMeasure } from "./waiting-list-from-days.ts";
import { waitMeasures } from "./waits.ts";

/** Every measure, by name. */
export const measures: readonly Measure[] = [
  concentrationDecompositionMeasure,
  ...differenceMeasures,
  ...inequalityByGroupMeasures,
  ...mixAndMissingMeasures,
  presentValueMeasure,
  ...regressionMeasures,
  ...shareCurveMeasures,
  ...staffingMeasures,
  ...standardisedUseMeasures,
  ...strataStepsMeasures,
  waitingListFromDaysMeasure,
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
  ...standardisedRateMeasures,
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
