import { isAbsent, type Result } from "../foundation/estimate.ts";
import {
  type Dispersion,
  type DispersionOptions,
  needsPositiveValues,
  noiseVariance,
  prepareSpread,
  secondOrderBias,
  spreadResult,
  type UnorderedGroups,
} from "./group-spread.ts";

/**
 * Theil index between groups: how unequal are the groups, relative to the mean, giving more weight to high
 * values? `Σ f r ln r` with r = y/μ. 0 when all are equal; about half of the squared coefficient of variation
 * when differences are small. No unit (some tables print it times 1000). Standard error by the influence
 * `f (ln r − T)/μ`.
 *
 * @throws StatisticsError for arrays of different lengths or negative counts
 * @example
 * ```ts
 * theilIndex({ population: [100, 200, 100], value: [5, 4, 3], standardError: [0.2, 0.1, 0.2] }).value; // => 0.015792
 * ```
 */
export function theilIndex(
  data: UnorderedGroups,
  options: DispersionOptions = {},
): Result<Dispersion> {
  const groups = prepareSpread(data, options);
  if (isAbsent(groups)) return groups;
  const problem = needsPositiveValues(groups);
  if (problem !== undefined) return problem;
  const { share, value: y, mean } = groups;
  const log = (i: number) => Math.log((y[i] as number) / mean);
  let value = 0;
  for (let i = 0; i < groups.size; i++)
    value += (share[i] as number) * ((y[i] as number) / mean) * log(i);
  const bias = secondOrderBias(groups, (i) => {
    const f = share[i] as number;
    return f / (mean * (y[i] as number)) - (f * f * (1 + 2 * (log(i) - value))) / mean ** 2;
  });
  return spreadResult(
    groups,
    value,
    {
      slope: (i) => ((share[i] as number) * (log(i) - value)) / mean,
      noise: noiseVariance(groups) / (2 * mean ** 2),
      corrected: value - bias,
    },
    options,
  );
}

/**
 * Mean log deviation between groups: as {@link theilIndex}, giving more weight to low values. `−Σ f ln r` with
 * r = y/μ. No unit.
 *
 * @throws StatisticsError for arrays of different lengths or negative counts
 * @example
 * ```ts
 * meanLogDeviation({ population: [100, 200, 100], value: [5, 4, 3], standardError: [0.2, 0.1, 0.2] }).value; // => 0.0161346
 * ```
 */
export function meanLogDeviation(
  data: UnorderedGroups,
  options: DispersionOptions = {},
): Result<Dispersion> {
  const groups = prepareSpread(data, options);
  if (isAbsent(groups)) return groups;
  const problem = needsPositiveValues(groups);
  if (problem !== undefined) return problem;
  const { share, value: y, mean } = groups;
  let value = 0;
  for (let i = 0; i < groups.size; i++)
    value -= (share[i] as number) * Math.log((y[i] as number) / mean);
  const bias = secondOrderBias(groups, (i) => {
    const f = share[i] as number;
    return f / (y[i] as number) ** 2 - (f / mean) ** 2;
  });
  return spreadResult(
    groups,
    value,
    {
      slope: (i) => (share[i] as number) * (1 / mean - 1 / (y[i] as number)),
      noise: noiseVariance(groups) / (2 * mean ** 2),
      corrected: value - bias,
    },
    options,
  );
}
