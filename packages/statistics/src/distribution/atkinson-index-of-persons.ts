import { type ConfidenceOptions, isAbsent, type Result } from "../foundation/estimate.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import {
  type DistributionIndex,
  indexFromInfluence,
  type PersonValues,
  preparePersons,
} from "./persons.ts";

export interface AtkinsonOptions extends ConfidenceOptions {
  /** ε, above 0: how much inequality matters. */
  readonly aversion: number;
}

/**
 * Atkinson index of people's values: what share of the total could be given up, if the rest were spread
 * equally, at no loss of welfare? `1 − EDE/μ` with `EDE = (Σ f y^(1−ε))^(1/(1−ε))`. For groups with their own errors
 * use {@link atkinsonIndex}.
 *
 * @throws StatisticsError for an aversion that is not above 0, negative weights, arrays of different lengths
 * @example
 * ```ts
 * atkinsonIndexOfPersons({ value: [1, 2, 3, 4] }, { aversion: 1 }).value; // => 0.114654
 * ```
 */
export function atkinsonIndexOfPersons(
  data: PersonValues,
  options: AtkinsonOptions,
): Result<DistributionIndex> {
  const e = options.aversion;
  if (!(e > 0 && e < Number.POSITIVE_INFINITY))
    throw new StatisticsError("invalidOption", `invalid aversion; not above 0: ${e}`);
  const persons = preparePersons(data, e >= 1);
  if (isAbsent(persons)) return persons;
  const { value: y, share, mean } = persons;
  const equivalent = equallyDistributed(y, share, e);
  const power = 1 - e;
  const influence = (i: number) => {
    const v = y[i] as number;
    const onEquivalent =
      e === 1
        ? equivalent * Math.log(v / equivalent)
        : (equivalent * ((v / equivalent) ** power - 1)) / power;
    return (equivalent * (v - mean)) / mean ** 2 - onEquivalent / mean;
  };
  return indexFromInfluence(persons, 1 - equivalent / mean, influence, data, options);
}

/** The equal value that is as good as the given spread; weights need not sum to 1. */
export function equallyDistributed(
  value: ArrayLike<number>,
  weight: ArrayLike<number>,
  aversion: number,
): number {
  // Relative to the largest term, so that a large aversion does not overflow.
  const power = 1 - aversion;
  let total = 0;
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < value.length; i++) {
    if ((weight[i] as number) === 0) continue;
    total += weight[i] as number;
    top = Math.max(top, power * Math.log(value[i] as number));
  }
  let sum = 0;
  for (let i = 0; i < value.length; i++) {
    const w = weight[i] as number;
    if (w === 0) continue;
    const log = Math.log(value[i] as number);
    sum += (w / total) * (power === 0 ? log : Math.exp(power * log - top));
  }
  return power === 0 ? Math.exp(sum) : Math.exp((top + Math.log(sum)) / power);
}
