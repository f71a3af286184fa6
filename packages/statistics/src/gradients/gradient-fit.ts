import { type Absent, absent, isAbsent } from "../foundation/estimate.ts";
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
}

export function fitGradient(data: GroupData, given: GradientOptions): GradientFit | Absent {
  const options = resolveGradientOptions(data, given);
  const groups = prepareGroups(data, options);
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
    reliability: reliability(weight, value, variance),
  };
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
