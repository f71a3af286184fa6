import { type ConfidenceOptions, isAbsent, type Result } from "../foundation/estimate.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import {
  type DistributionIndex,
  indexFromInfluence,
  type PersonValues,
  preparePersons,
} from "./persons.ts";

export interface EntropyOptions extends ConfidenceOptions {
  /** 0: mean log deviation. 1: Theil. 2: half the squared coefficient of variation. Any number is allowed. */
  readonly sensitivity: number;
}

/**
 * Generalised entropy index of people's values: how unequal are they, with a choice of where differences
 * matter? `(Σ f r^α − 1)/(α(α − 1))` with r = y/μ; `−Σ f ln r` at α = 0 and `Σ f r ln r` at α = 1. Low α looks at
 * low values, high α at high ones. It splits exactly within and between subgroups
 * ({@link decomposeGeneralisedEntropy}).
 *
 * @throws StatisticsError for a sensitivity that is not finite, negative weights, arrays of different lengths
 * @example
 * ```ts
 * generalisedEntropyIndex({ value: [1, 2, 3, 4] }, { sensitivity: 2 }).value; // => 0.1
 * ```
 */
export function generalisedEntropyIndex(
  data: PersonValues,
  options: EntropyOptions,
): Result<DistributionIndex> {
  const a = options.sensitivity;
  if (!Number.isFinite(a))
    throw new StatisticsError("invalidOption", `invalid sensitivity; not a finite number: ${a}`);
  const persons = preparePersons(data, a <= 0);
  if (isAbsent(persons)) return persons;
  const { value: y, mean, share } = persons;
  const value = entropyOf(y, share, mean, a);
  const influence = (i: number) => {
    const r = (y[i] as number) / mean;
    if (a === 0) return r - 1 - Math.log(r) - value;
    if (a === 1) return timesLog(r) - value - (value + 1) * (r - 1);
    const moment = 1 + a * (a - 1) * value;
    return (r ** a - moment - a * moment * (r - 1)) / (a * (a - 1));
  };
  return indexFromInfluence(persons, value, influence, data, options);
}

/** The index of values whose weights sum to `total` people about their own mean. */
export function entropyOf(
  value: ArrayLike<number>,
  weight: ArrayLike<number>,
  mean: number,
  sensitivity: number,
): number {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < value.length; i++) {
    const w = weight[i] as number;
    if (w === 0) continue;
    const r = (value[i] as number) / mean;
    total += w;
    sum +=
      w *
      (sensitivity === 0 ? -Math.log(r) : sensitivity === 1 ? timesLog(r) : r ** sensitivity - 1);
  }
  if (sensitivity === 0 || sensitivity === 1) return sum / total;
  return sum / total / (sensitivity * (sensitivity - 1));
}

const timesLog = (r: number): number => (r > 0 ? r * Math.log(r) : 0);
