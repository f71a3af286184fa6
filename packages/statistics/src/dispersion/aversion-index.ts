import { isAbsent, type Result } from "../foundation/estimate.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import {
  type Dispersion,
  type DispersionOptions,
  needsPositiveValues,
  noiseVariance,
  prepareSpread,
  type SpreadGroups,
  secondOrderBias,
  spreadResult,
  type UnorderedGroups,
} from "./group-spread.ts";

export interface AversionOptions extends DispersionOptions {
  /** How much inequality matters: ε for Atkinson, κ (per unit of the value) for Kolm. Above 0. */
  readonly aversion: number;
}

/**
 * Atkinson index between groups: what share of the average would one give up to have all groups equal?
 * `1 − EDE/μ` with the equally distributed equivalent `EDE = (Σ f y^(1−ε))^(1/(1−ε))`, the geometric mean at
 * ε = 1. For a value of which more is better. No unit.
 *
 * @throws StatisticsError for an aversion that is not above 0, or arrays of different lengths
 * @example
 * ```ts
 * const groups = { population: [100, 200, 100], value: [5, 4, 3], standardError: [0.2, 0.1, 0.2] };
 * atkinsonIndex(groups, { aversion: 1 }).value; // => 0.0160052
 * ```
 */
export function atkinsonIndex(data: UnorderedGroups, options: AversionOptions): Result<Dispersion> {
  checkAversion(options.aversion);
  const groups = prepareSpread(data, options);
  if (isAbsent(groups)) return groups;
  const problem = needsPositiveValues(groups);
  if (problem !== undefined) return problem;
  const { share, value: y, mean } = groups;
  const e = options.aversion;
  const equivalent = atkinsonEquivalent(groups, e);
  // d EDE / dy = f (EDE/y)^ε
  const pull = (i: number) => (share[i] as number) * (equivalent / (y[i] as number)) ** e;
  const bias = secondOrderBias(groups, (i) => {
    const f = share[i] as number;
    const curve = e * pull(i) * (pull(i) / equivalent - 1 / (y[i] as number));
    return -curve / mean + (2 * f * pull(i)) / mean ** 2 - (2 * f * f * equivalent) / mean ** 3;
  });
  const value = 1 - equivalent / mean;
  return spreadResult(
    groups,
    value,
    {
      slope: (i) => ((share[i] as number) * equivalent) / mean ** 2 - pull(i) / mean,
      noise: (e * noiseVariance(groups)) / (2 * mean ** 2),
      corrected: value - bias,
    },
    options,
  );
}

/**
 * Kolm index between groups: how much of the average, in its own units, would one give up to have all groups
 * equal? `(1/κ) ln Σ f exp(κ(μ − y))`: unchanged when every group gains the same amount, where Atkinson's is
 * unchanged when every group gains the same share.
 *
 * @throws StatisticsError for an aversion that is not above 0, or arrays of different lengths
 * @example
 * ```ts
 * const groups = { population: [100, 200, 100], value: [5, 4, 3], standardError: [0.2, 0.1, 0.2] };
 * kolmIndex(groups, { aversion: 0.5 }).value; // => 0.123719
 * ```
 */
export function kolmIndex(data: UnorderedGroups, options: AversionOptions): Result<Dispersion> {
  checkAversion(options.aversion);
  const groups = prepareSpread(data, options);
  if (isAbsent(groups)) return groups;
  const { share, value: y, mean } = groups;
  const k = options.aversion;
  let lowest = Number.POSITIVE_INFINITY;
  for (const v of y) lowest = Math.min(lowest, v);
  let sum = 0;
  for (let i = 0; i < groups.size; i++)
    sum += (share[i] as number) * Math.exp(k * (lowest - (y[i] as number)));
  const value = mean - lowest + Math.log(sum) / k;
  // Share of each group in Σ f exp(−κy)
  const part = (i: number) =>
    ((share[i] as number) * Math.exp(k * (lowest - (y[i] as number)))) / sum;
  return spreadResult(
    groups,
    value,
    {
      slope: (i) => (share[i] as number) - part(i),
      noise: (k * noiseVariance(groups)) / 2,
      corrected: value - secondOrderBias(groups, (i) => k * part(i) * (1 - part(i))),
    },
    options,
  );
}

function atkinsonEquivalent({ size, share, value }: SpreadGroups, aversion: number): number {
  // ln EDE by a shifted sum, so that a large aversion does not overflow.
  const power = 1 - aversion;
  if (Math.abs(power) < 1e-9) {
    let log = 0;
    for (let i = 0; i < size; i++) log += (share[i] as number) * Math.log(value[i] as number);
    return Math.exp(log);
  }
  let top = Number.NEGATIVE_INFINITY;
  for (const y of value) top = Math.max(top, power * Math.log(y));
  let sum = 0;
  for (let i = 0; i < size; i++)
    sum += (share[i] as number) * Math.exp(power * Math.log(value[i] as number) - top);
  return Math.exp((top + Math.log(sum)) / power);
}

function checkAversion(aversion: number): void {
  if (!(aversion > 0 && aversion < Number.POSITIVE_INFINITY))
    throw new StatisticsError("invalidOption", `invalid aversion; not above 0: ${aversion}`);
}
