import { chiSquareUpperTail } from "../foundation/distributions/chi-square.ts";
import {
  type Absent,
  absent,
  type ConfidenceOptions,
  type Estimate,
  isAbsent,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import {
  type ErrorScale,
  type GroupCounts,
  type GroupValues,
  prepareGroups,
} from "../gradients/gradient-data.ts";

/** Groups without an order: a value with its error, or a count, for each. */
export type UnorderedGroups = Omit<GroupValues, "rank"> | Omit<GroupCounts, "rank">;

export interface DispersionOptions extends ConfidenceOptions {
  /** How given errors are read: "mean" (default), "rate" (log) or "proportion" (logit). */
  readonly scale?: ErrorScale;
}

/** Whether the groups differ at all: Cochran's Q, which needs no index. */
export interface Heterogeneity {
  readonly chiSquared: number;
  readonly degreesOfFreedom: number;
  readonly probability: number;
}

/** An index of how far groups are apart, with what chance alone would give. */
export interface Dispersion extends Estimate {
  readonly standardError: number;
  /** What the index is expected to be when all groups are in truth equal: sampling noise alone. */
  readonly noise: number;
  /** The index less its bias from noise, not below 0; left out where the bias has no simple form. */
  readonly corrected?: number;
  readonly heterogeneity: Heterogeneity | Absent;
  /** Mean of the value over everyone. */
  readonly mean: number;
  readonly groups: number;
}

export interface SpreadGroups {
  readonly size: number;
  readonly value: Float64Array;
  readonly variance: Float64Array;
  /** Share of everyone in each group. */
  readonly share: Float64Array;
  readonly mean: number;
}

export function prepareSpread(
  data: UnorderedGroups,
  options: DispersionOptions,
): SpreadGroups | Absent {
  const groups = prepareGroups(data, { scale: options.scale ?? "mean", minimumGroups: 2 });
  if (isAbsent(groups)) return groups;
  const { size, population, value, variance } = groups;
  let people = 0;
  for (let i = 0; i < size; i++) people += population[i] as number;
  const share = Float64Array.from({ length: size }, (_, i) => (population[i] as number) / people);
  return { size, value, variance, share, mean: weightedMean(share, value) };
}

export function weightedMean(share: ArrayLike<number>, value: ArrayLike<number>): number {
  let mean = 0;
  for (let i = 0; i < value.length; i++) mean += (share[i] as number) * (value[i] as number);
  return mean;
}

/** What an index gives besides its value: how it moves with each group's value. */
export interface Movement {
  /** First derivative by each value: the influence of the group. */
  readonly slope: (i: number) => number;
  readonly noise: number;
  readonly corrected?: number;
  /** Variance beyond the first order, which keeps the error from vanishing when all groups are equal. */
  readonly secondOrderVariance?: number;
}

/** Value, delta-method interval that does not go below 0, noise and test of any difference. */
export function spreadResult(
  groups: SpreadGroups,
  value: number,
  movement: Movement,
  options: DispersionOptions,
  lowest = 0,
): Dispersion {
  let variance = movement.secondOrderVariance ?? 0;
  for (let i = 0; i < groups.size; i++)
    variance += movement.slope(i) ** 2 * (groups.variance[i] as number);
  const standardError = Math.sqrt(variance);
  const margin = zOfConfidence(options.confidence) * standardError;
  return {
    value,
    lower: Math.max(lowest, value - margin),
    upper: value + margin,
    standardError,
    noise: movement.noise,
    ...(movement.corrected !== undefined && { corrected: Math.max(0, movement.corrected) }),
    heterogeneity: heterogeneity(groups),
    mean: groups.mean,
    groups: groups.size,
  };
}

/** Half of Σ v × second derivative: what noise adds to a smooth index, to second order. */
export function secondOrderBias(
  { size, variance }: SpreadGroups,
  curvature: (i: number) => number,
): number {
  let bias = 0;
  for (let i = 0; i < size; i++) bias += (curvature(i) * (variance[i] as number)) / 2;
  return bias;
}

/** Σ f(1 − f)v: the between-group variance that noise alone makes. */
export function noiseVariance({ size, share, variance }: SpreadGroups): number {
  let sum = 0;
  for (let i = 0; i < size; i++) {
    const f = share[i] as number;
    sum += f * (1 - f) * (variance[i] as number);
  }
  return sum;
}

/** Between-group variance Σ f(y − μ)². */
export function betweenVariance({ size, share, value, mean }: SpreadGroups): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += (share[i] as number) * ((value[i] as number) - mean) ** 2;
  return sum;
}

/** Second-order part of the variance of {@link betweenVariance} for normal values: 2 tr(MVMV), M = F − ffᵀ. */
export function secondOrderVariance({ size, share, variance }: SpreadGroups): number {
  let crossed = 0;
  let own = 0;
  for (let i = 0; i < size; i++) {
    const f = share[i] as number;
    const v = variance[i] as number;
    crossed += f * f * v;
    own += (f * v) ** 2 * (1 - 2 * f);
  }
  return 2 * (own + crossed * crossed);
}

function heterogeneity({ size, value, variance }: SpreadGroups): Heterogeneity | Absent {
  if (variance.some((v) => !(v > 0)))
    return absent("notIdentified", "A group without sampling error cannot be tested.");
  let total = 0;
  let mean = 0;
  for (let i = 0; i < size; i++) {
    total += 1 / (variance[i] as number);
    mean += (value[i] as number) / (variance[i] as number);
  }
  mean /= total;
  let chiSquared = 0;
  for (let i = 0; i < size; i++)
    chiSquared += ((value[i] as number) - mean) ** 2 / (variance[i] as number);
  const degreesOfFreedom = size - 1;
  return {
    chiSquared,
    degreesOfFreedom,
    probability: chiSquareUpperTail(chiSquared, degreesOfFreedom),
  };
}

/** Why a relative index has no value. */
export function needsPositiveMean(groups: SpreadGroups): Absent | undefined {
  return groups.mean > 0
    ? undefined
    : absent("notPositive", "A relative index needs a mean above 0.");
}

/** Why an index of logarithms or powers has no value. */
export function needsPositiveValues(groups: SpreadGroups): Absent | undefined {
  const i = groups.value.findIndex((y) => !(y > 0));
  return i < 0
    ? undefined
    : absent(
        "notPositive",
        `Group ${i + 1} has the value ${groups.value[i]}; all must be above 0.`,
      );
}
