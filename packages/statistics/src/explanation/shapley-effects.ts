import { StatisticsError } from "../foundation/statistics-error.ts";

const mostFactors = 15;

/**
 * Answers: how much of the difference between two totals comes from each factor, whatever the order in which they are
 * changed? Shapley's value over the lattice of subsets, exact up to 15 factors: `worth(changed)` is the total
 * when the factors whose bit is set in `changed` have the second population's value and the others the first's. The
 * effects add up to worth(all) − worth(none). Das Gupta's standardisation is the same thing.
 * Shapley (1953); Das Gupta (1993).
 *
 * @param factors how many factors
 * @param worth called once for each of the 2^factors subsets
 * @example
 * ```ts
 * const total = (changed) => (changed & 1 ? 3 : 2) * (changed & 2 ? 10 : 5);
 * shapleyEffects(2, total); // => [7.5, 12.5]
 * ```
 */
export function shapleyEffects(factors: number, worth: (changed: number) => number): Float64Array {
  if (!(Number.isInteger(factors) && factors >= 1 && factors <= mostFactors))
    throw new StatisticsError(
      "invalidOption",
      `invalid factors; not a whole number from 1 to ${mostFactors}: ${factors}`,
    );
  const subsets = 1 << factors;
  const total = new Float64Array(subsets);
  for (let set = 0; set < subsets; set++) {
    const value = worth(set);
    if (!(Math.abs(value) <= Number.MAX_VALUE / 4))
      throw new StatisticsError(
        "invalidNumber",
        `invalid worth of subset ${set}; not a number that differences can be taken of: ${value}`,
      );
    total[set] = value;
  }
  return shapleyOfTable(factors, total);
}

/** The same from the worth of every subset. Internal. */
export function shapleyOfTable(factors: number, total: Float64Array): Float64Array {
  // |S|! (n − |S| − 1)! / n!
  const weight = new Float64Array(factors);
  weight[0] = 1 / factors;
  for (let size = 1; size < factors; size++)
    weight[size] = ((weight[size - 1] as number) * size) / (factors - size);
  const effects = new Float64Array(factors);
  for (let set = 0; set < total.length; set++) {
    let size = 0;
    for (let bits = set; bits; bits &= bits - 1) size++;
    for (let factor = 0; factor < factors; factor++) {
      if (set & (1 << factor)) continue;
      effects[factor]! +=
        (weight[size] as number) *
        ((total[set | (1 << factor)] as number) - (total[set] as number));
    }
  }
  return effects;
}
