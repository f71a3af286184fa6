import { type Absent, type Estimate, isAbsent, type Result } from "../foundation/estimate.ts";
import { fromScale, type GroupData, slopeOfScale } from "./gradient-data.ts";
import { fitGradient } from "./gradient-fit.ts";
import type { GradientOptions } from "./gradient-options.ts";
import type { LackOfFit } from "./lack-of-fit.ts";

/** The slope index of inequality, and what it stands on. */
export interface SlopeIndex extends Estimate {
  readonly standardError: number;
  /** The line at the most deprived end of the population. */
  readonly fittedMostDeprived: number;
  /** The line at the least deprived end. */
  readonly fittedLeastDeprived: number;
  readonly lackOfFit: LackOfFit | Absent;
  /** By how much the variance was multiplied for overdispersion; 1 when not asked for. */
  readonly dispersion: number;
  /** Share of the variation between the groups that is not sampling noise. */
  readonly reliability: number;
  /** Groups that the line was fitted to. */
  readonly groups: number;
  /** People in them. */
  readonly population: number;
}

/**
 * Slope index of inequality: how much higher is it at the least deprived end of the population than at the
 * most deprived end, when all groups are used? Weighted least squares of the value on the rank of the middle
 * of each group, with the population as weight (Low and Low 2004; the form of the Office for Health
 * Improvement and Disparities). The slope is linear in the values, so its variance `Σ h² se²` is exact and
 * nothing is simulated. Units: those of the value (times `per`).
 *
 * Groups are ordered from most to least deprived (or carry a `rank`). The result is least − most: below zero
 * when the most deprived have more of it. Do not use it when `lackOfFit.misleading`: in a J shape the
 * straight line hides the pattern. Fewer than five groups, an empty one, or no event at all give a typed
 * reason in place of a number.
 *
 * @throws StatisticsError for arrays of different lengths, negative counts or more events than people
 * @example
 * ```ts
 * const sii = slopeIndexOfInequality({
 *   population: [100, 100, 100, 100, 100],
 *   count: [40, 35, 30, 25, 20],
 * });
 * sii.value; // => -0.25
 * sii.lower; // => -0.38981
 * sii.upper; // => -0.11019
 * ```
 */
export function slopeIndexOfInequality(
  data: GroupData,
  options: GradientOptions = {},
): Result<SlopeIndex> {
  const fit = fitGradient(data, options);
  if (isAbsent(fit)) return fit;
  const { intercept, slope, interceptVariance, slopeVariance, covariance } = fit;
  const { transform, scale, sign, per } = fit.options;
  const fittedOn = transform ? scale : "mean";
  const most = fromScale(fittedOn, intercept);
  const least = fromScale(fittedOn, intercept + slope);
  const byIntercept = slopeOfScale(fittedOn, least) - slopeOfScale(fittedOn, most);
  const bySlope = slopeOfScale(fittedOn, least);
  const variance =
    byIntercept ** 2 * interceptVariance +
    2 * byIntercept * bySlope * covariance +
    bySlope ** 2 * slopeVariance;
  const value = sign * per * (least - most);
  const standardError = per * Math.sqrt(variance);
  const margin = fit.reach * standardError;
  let population = 0;
  for (let i = 0; i < fit.groups.size; i++) population += fit.groups.population[i] as number;
  return {
    value,
    lower: value - margin,
    upper: value + margin,
    standardError,
    fittedMostDeprived: per * most,
    fittedLeastDeprived: per * least,
    lackOfFit: fit.lackOfFit,
    dispersion: fit.dispersion,
    reliability: fit.reliability,
    groups: fit.groups.size,
    population,
  };
}
