import {
  type Absent,
  absent,
  type Estimate,
  isAbsent,
  type Result,
} from "../foundation/estimate.ts";
import { ratioInterval } from "./fieller.ts";
import { type ErrorScale, fromScale, type GroupData, slopeOfScale } from "./gradient-data.ts";
import { fitGradient, type GradientFit, notPositive } from "./gradient-fit.ts";
import type { GradientOptions } from "./gradient-options.ts";
import type { LackOfFit } from "./lack-of-fit.ts";

/** The relative index of inequality, and what it stands on. */
export interface RelativeIndex extends Estimate {
  /** Of the logarithm of the index. */
  readonly logStandardError: number;
  readonly fittedMostDeprived: number;
  readonly fittedLeastDeprived: number;
  readonly lackOfFit: LackOfFit | Absent;
  readonly dispersion: number;
  readonly groups: number;
}

/**
 * Relative index of inequality: how many times higher is it at the least deprived end of the population than
 * at the most deprived end? The ratio (β0 + β1)/β0 of the two ends of the line of
 * {@link slopeIndexOfInequality}; interval by Fieller's theorem, exact for normal values (on a fitted log
 * line the ratio is exp β1, on a fitted logit line the delta method on its logarithm). No unit.
 *
 * Below 1 when the most deprived have more of it; `direction: "mostMinusLeast"` gives the reciprocal. Absent
 * when the line reaches zero inside the population (`notPositive`) and when the data leave open that the end
 * below the line is zero, so that the ratio has no upper limit (`notIdentified`). Show it together with the
 * slope: the two can move in opposite directions.
 *
 * @throws StatisticsError for arrays of different lengths, negative counts or more events than people
 * @example
 * ```ts
 * const rii = relativeIndexOfInequality({
 *   population: [100, 100, 100, 100, 100],
 *   count: [40, 35, 30, 25, 20],
 * });
 * rii.value; // => 0.411765
 * rii.lower; // => 0.209363
 * rii.upper; // => 0.686642
 * ```
 */
export function relativeIndexOfInequality(
  data: GroupData,
  options: GradientOptions = {},
): Result<RelativeIndex> {
  const fit = fitGradient(data, options);
  if (isAbsent(fit)) return fit;
  const { transform, scale, per, sign } = fit.options;
  const fittedOn = transform ? scale : "mean";
  const most = fromScale(fittedOn, fit.intercept);
  const least = fromScale(fittedOn, fit.intercept + fit.slope);
  if (!(most > 0 && least > 0)) return notPositive(most, least);
  const value = sign === 1 ? least / most : most / least;
  const z = fit.reach;
  const logStandardError = Math.sqrt(Math.max(0, logVariance(fit, fittedOn, most, least)));
  const margin = Math.exp(z * logStandardError);
  const limits = transform
    ? { lower: value / margin, upper: value * margin }
    : byFieller(fit, most, least, z);
  if (limits === undefined)
    return absent(
      "notIdentified",
      "The line may be zero at the end that the ratio divides by, so the ratio has no upper limit.",
    );
  return {
    value,
    lower: Math.max(0, limits.lower),
    upper: limits.upper,
    logStandardError,
    fittedMostDeprived: per * most,
    fittedLeastDeprived: per * least,
    lackOfFit: fit.lackOfFit,
    dispersion: fit.dispersion,
    groups: fit.groups.size,
  };
}

/** Delta variance of the logarithm of the ratio of the two ends. */
function logVariance(fit: GradientFit, fittedOn: ErrorScale, most: number, least: number): number {
  const ofMost = slopeOfScale(fittedOn, most) / most;
  const ofLeast = slopeOfScale(fittedOn, least) / least;
  const byIntercept = ofLeast - ofMost;
  return (
    byIntercept ** 2 * fit.interceptVariance +
    2 * byIntercept * ofLeast * fit.covariance +
    ofLeast ** 2 * fit.slopeVariance
  );
}

function byFieller(fit: GradientFit, most: number, least: number, z: number) {
  const { interceptVariance, slopeVariance, covariance, options } = fit;
  const leastVariance = interceptVariance + 2 * covariance + slopeVariance;
  const both = interceptVariance + covariance;
  return options.sign === 1
    ? ratioInterval(least, most, leastVariance, interceptVariance, both, z)
    : ratioInterval(most, least, interceptVariance, leastVariance, both, z);
}
