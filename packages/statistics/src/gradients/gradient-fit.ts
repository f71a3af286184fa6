import { studentQuantile } from "../foundation/distributions/student.ts";
import { type Absent, absent, isAbsent } from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { type GroupData, type PreparedGroups, prepareGroups } from "./gradient-data.ts";
import {
  type GradientOptions,
  type ResolvedGradientOptions,
  resolveGradientOptions,
} from "./gradient-options.ts";
import { type LackOfFit, lackOfFit } from "./lack-of-fit.ts";
import { fitSlope, SLOPE, SLOPE_SLOTS } from "./slope-fit.ts";

/** The fitted line on the fitting scale, from which the slope and the relative index are read. */
export interface GradientFit {
  readonly groups: PreparedGroups;
  readonly options: ResolvedGradientOptions;
  readonly intercept: number;
  readonly slope: number;
  readonly interceptVariance: number;
  readonly slopeVariance: number;
  readonly covariance: number;
  readonly lackOfFit: LackOfFit | Absent;
  /** By how much the variances were multiplied; 1 unless `overdispersion` was asked for. */
  readonly dispersion: number;
  readonly reliability: number;
  /** How many standard errors the interval reaches: normal, or Student's t for residual errors. */
  readonly reach: number;
}

export function fitGradient(data: GroupData, given: GradientOptions): GradientFit | Absent {
  const options = resolveGradientOptions(data, given);
  const groups = prepareGroups(data, { ...options, errorsOptional: options.residualErrors });
  if (isAbsent(groups)) return groups;
  const { size, rank, value, variance } = groups;
  const weight = options.equalWeights ? new Float64Array(size).fill(1) : groups.population;
  const out = new Float64Array(SLOPE_SLOTS);
  fitSlope(size, weight, rank, value, variance, out);
  const intercept = out[SLOPE.intercept] as number;
  const slope = out[SLOPE.slope] as number;
  const total = out[SLOPE.totalVariation] as number;
  const explained = total > 0 ? (out[SLOPE.explainedVariation] as number) / total : 1;
  const fit = lackOfFit(
    groups,
    intercept,
    slope,
    explained,
    options.transform ? options.scale : "mean",
  );
  const dispersion =
    options.overdispersion && !isAbsent(fit)
      ? Math.max(1, fit.chiSquared / fit.degreesOfFreedom)
      : 1;
  if (options.residualErrors) residualVariances(groups, weight, out);
  return {
    groups,
    options,
    intercept,
    slope,
    interceptVariance: (out[SLOPE.interceptVariance] as number) * dispersion,
    slopeVariance: (out[SLOPE.slopeVariance] as number) * dispersion,
    covariance: (out[SLOPE.covariance] as number) * dispersion,
    lackOfFit: fit,
    dispersion,
    reach: options.residualErrors
      ? studentQuantile((1 + options.confidence) / 2, size - 2)
      : zOfConfidence(options.confidence),
    reliability: reliability(weight, value, variance),
  };
}

/** Replaces the variances of the line by those of ordinary weighted least squares. */
function residualVariances(
  { size, rank, value }: PreparedGroups,
  weight: ArrayLike<number>,
  out: Float64Array,
): void {
  const intercept = out[SLOPE.intercept] as number;
  const slope = out[SLOPE.slope] as number;
  let total = 0;
  let meanRank = 0;
  for (let i = 0; i < size; i++) {
    total += weight[i] as number;
    meanRank += (weight[i] as number) * (rank[i] as number);
  }
  meanRank /= total;
  let spread = 0;
  let squares = 0;
  for (let i = 0; i < size; i++) {
    const r = rank[i] as number;
    spread += (weight[i] as number) * (r - meanRank) ** 2;
    squares += (weight[i] as number) * ((value[i] as number) - intercept - slope * r) ** 2;
  }
  const unit = squares / (size - 2);
  out[SLOPE.slopeVariance] = unit / spread;
  out[SLOPE.interceptVariance] = unit / total + (unit * meanRank ** 2) / spread;
  out[SLOPE.covariance] = (-unit * meanRank) / spread;
}

/** Share of the variation between the groups that is not sampling noise, from 0 to 1. */
function reliability(
  weight: ArrayLike<number>,
  value: Float64Array,
  variance: Float64Array,
): number {
  let total = 0;
  for (let i = 0; i < value.length; i++) total += weight[i] as number;
  let mean = 0;
  for (let i = 0; i < value.length; i++)
    mean += ((weight[i] as number) / total) * (value[i] as number);
  let between = 0;
  let noise = 0;
  for (let i = 0; i < value.length; i++) {
    const share = (weight[i] as number) / total;
    between += share * ((value[i] as number) - mean) ** 2;
    noise += share * (1 - share) * (variance[i] as number);
  }
  return between > 0 ? Math.min(1, Math.max(0, 1 - noise / between)) : 0;
}

/** Why a line that falls to zero has no ratio of its ends. */
export function notPositive(intercept: number, end: number): Absent {
  return absent(
    "notPositive",
    `The line gives ${intercept.toPrecision(3)} at the most deprived end and ${end.toPrecision(3)} at the least; a ratio needs both above 0.`,
  );
}
