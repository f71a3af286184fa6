import { isAbsent, type Result } from "../foundation/estimate.ts";
import {
  betweenVariance,
  type Dispersion,
  type DispersionOptions,
  needsPositiveMean,
  noiseVariance,
  prepareSpread,
  type SpreadGroups,
  secondOrderVariance,
  spreadResult,
  type UnorderedGroups,
} from "./group-spread.ts";

/**
 * Between-group variance: how far apart are groups that have no order? `Σ f (y − μ)²` with f the share of
 * people and μ the overall mean. In squared units. Its bias from noise is exactly `Σ f(1 − f)v`, so `corrected`
 * is unbiased. The standard error is `√(4 Σ f²(y − μ)²v + 2 tr(MVMV))`, M = diag f − ffᵀ.
 *
 * @throws StatisticsError for arrays of different lengths or negative counts
 * @example
 * ```ts
 * const groups = { population: [100, 200, 100], count: [50, 80, 30] };
 * betweenGroupVariance(groups).value; // => 0.005
 * betweenGroupVariance(groups).corrected; // => 0.00382728
 * ```
 */
export function betweenGroupVariance(
  data: UnorderedGroups,
  options: DispersionOptions = {},
): Result<Dispersion> {
  const groups = prepareSpread(data, options);
  if (isAbsent(groups)) return groups;
  const value = betweenVariance(groups);
  const noise = noiseVariance(groups);
  return spreadResult(
    groups,
    value,
    {
      slope: slopeOfVariance(groups),
      noise,
      corrected: value - noise,
      secondOrderVariance: secondOrderVariance(groups),
    },
    options,
  );
}

/**
 * Between-group standard deviation: the square root of {@link betweenGroupVariance}, in the value's own units.
 *
 * @throws StatisticsError for arrays of different lengths or negative counts
 * @example
 * ```ts
 * betweenGroupStandardDeviation({ population: [100, 200, 100], count: [50, 80, 30] }).value; // => 0.070711
 * ```
 */
export function betweenGroupStandardDeviation(
  data: UnorderedGroups,
  options: DispersionOptions = {},
): Result<Dispersion> {
  const groups = prepareSpread(data, options);
  if (isAbsent(groups)) return groups;
  return deviation(groups, 1, 0, options);
}

/**
 * Coefficient of variation between groups: {@link betweenGroupStandardDeviation} over the mean. No unit; 0.1
 * is a typical distance of a tenth of the mean.
 *
 * @throws StatisticsError for arrays of different lengths or negative counts
 * @example
 * ```ts
 * coefficientOfVariation({ population: [100, 200, 100], count: [50, 80, 30] }).value; // => 0.176777
 * ```
 */
export function coefficientOfVariation(
  data: UnorderedGroups,
  options: DispersionOptions = {},
): Result<Dispersion> {
  const groups = prepareSpread(data, options);
  if (isAbsent(groups)) return groups;
  return needsPositiveMean(groups) ?? deviation(groups, 1 / groups.mean, 1, options);
}

const slopeOfVariance =
  ({ share, value, mean }: SpreadGroups) =>
  (i: number) =>
    2 * (share[i] as number) * ((value[i] as number) - mean);

/** Standard deviation × factor, where the factor falls with the mean to the given power. */
function deviation(
  groups: SpreadGroups,
  factor: number,
  power: 0 | 1,
  options: DispersionOptions,
): Dispersion {
  const between = betweenVariance(groups);
  const root = Math.sqrt(between);
  const byVariance = slopeOfVariance(groups);
  const noise = noiseVariance(groups);
  return spreadResult(
    groups,
    root * factor,
    {
      slope: (i) =>
        root > 0
          ? factor * (byVariance(i) / (2 * root)) -
            (power * root * factor * (groups.share[i] as number)) / groups.mean
          : 0,
      noise: Math.sqrt(noise) * factor,
      corrected: Math.sqrt(Math.max(0, between - noise)) * factor,
      secondOrderVariance:
        between > 0 ? (secondOrderVariance(groups) * factor ** 2) / (4 * between) : 0,
    },
    options,
  );
}
