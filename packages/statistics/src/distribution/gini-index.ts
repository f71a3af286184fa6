import { weightedMeanInfluence } from "../concentration/rank-influence.ts";
import { type ConfidenceOptions, isAbsent, type Result } from "../foundation/estimate.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import {
  type DistributionIndex,
  indexFromInfluence,
  type PersonValues,
  preparePersons,
} from "./persons.ts";

export interface GiniOptions extends ConfidenceOptions {
  /** ν of the S-Gini (extended Gini): 2 (default) is the Gini, higher weighs the lowest values more. */
  readonly aversion?: number;
}

/**
 * Gini index, or S-Gini: how unequally is a value spread over people, from 0 (all the same) to nearly 1 (one
 * has everything)? `1 − Σ wᵢ yᵢ / μ` with people in order of the value and wᵢ the integral of ν(1 − p)^(ν−1) over
 * each one's place; twice the area between the {@link lorenzCurve} and the diagonal. Standard error by the
 * influence function.
 *
 * It says nothing about *who* has little; for that use a concentration index.
 *
 * @throws StatisticsError for an aversion of at most 1, negative weights, arrays of different lengths
 * @example
 * ```ts
 * giniIndex({ value: [1, 2, 3, 4] }).value; // => 0.25
 * giniIndex({ value: [1, 2, 3, 4] }, { aversion: 3 }).value; // => 0.375
 * ```
 */
export function giniIndex(
  data: PersonValues,
  options: GiniOptions = {},
): Result<DistributionIndex> {
  const aversion = options.aversion ?? 2;
  if (!(aversion > 1 && aversion < Number.POSITIVE_INFINITY))
    throw new StatisticsError("invalidOption", `invalid aversion; not above 1: ${aversion}`);
  const persons = preparePersons(data, false);
  if (isAbsent(persons)) return persons;
  const { value, share, mean } = persons;
  const { weighted, influence } = weightedMeanInfluence(value, share, value, aversion);
  return indexFromInfluence(
    persons,
    1 - weighted / mean,
    (i) => (weighted * ((value[i] as number) - mean)) / mean ** 2 - (influence[i] as number) / mean,
    data,
    options,
  );
}
