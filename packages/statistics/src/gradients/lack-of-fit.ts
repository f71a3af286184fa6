import { chiSquareUpperTail } from "../foundation/distributions/chi-square.ts";
import { type Absent, absent } from "../foundation/estimate.ts";
import { type ErrorScale, fromScale, type PreparedGroups, slopeOfScale } from "./gradient-data.ts";
import { lackOfFitChiSquared } from "./slope-fit.ts";

/** How far the groups are from any straight line, beyond their own sampling error. */
export interface LackOfFit {
  readonly chiSquared: number;
  /** Groups less two. */
  readonly degreesOfFreedom: number;
  /** Chance of a distance at least as large when the truth is a straight line. */
  readonly probability: number;
  /** Share of the variation between the groups that the line explains, 0 to 1. */
  readonly explained: number;
  /** The line does not fit (probability below 0.05) and explains less than half: look at the groups instead. */
  readonly misleading: boolean;
}

export function lackOfFit(
  groups: PreparedGroups,
  intercept: number,
  slope: number,
  explained: number,
  fittedOn: ErrorScale,
): LackOfFit | Absent {
  const { size, rank, value } = groups;
  const variance = groups.counts
    ? fittedVariance(groups, intercept, slope, fittedOn)
    : groups.variance;
  if (variance.some((v) => !(v > 0)))
    return absent("notIdentified", "A group without sampling error cannot be tested for fit.");
  const chiSquared = lackOfFitChiSquared(rank, value, variance);
  const degreesOfFreedom = size - 2;
  const probability = chiSquareUpperTail(chiSquared, degreesOfFreedom);
  return {
    chiSquared,
    degreesOfFreedom,
    probability,
    explained,
    misleading: probability < 0.05 && explained < 0.5,
  };
}

/** Binomial variance at the line, which unlike the observed one is never 0. */
function fittedVariance(
  { size, population, rank }: PreparedGroups,
  intercept: number,
  slope: number,
  fittedOn: ErrorScale,
): Float64Array {
  const variance = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const people = population[i] as number;
    const line = intercept + slope * (rank[i] as number);
    const edge = 0.5 / people;
    const p = Math.min(1 - edge, Math.max(edge, fromScale(fittedOn, line)));
    variance[i] = (p * (1 - p)) / people / slopeOfScale(fittedOn, p) ** 2;
  }
  return variance;
}
