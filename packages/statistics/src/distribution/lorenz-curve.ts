import { eachRankedStretch } from "../concentration/ranked-stretch.ts";
import { checkLengths } from "../foundation/check.ts";
import { isAbsent, type Result } from "../foundation/estimate.ts";
import { type PersonValues, preparePersons } from "./persons.ts";

/** Points of a curve from (0, 0) to (1, 1), one a distinct rank. */
export interface ShareCurve {
  /** Share of people, counted from the lowest rank. */
  readonly population: Float64Array;
  /** Share of the whole value that they have. */
  readonly share: Float64Array;
  /** Mean of the value: `share × mean` is the generalised curve. */
  readonly mean: number;
}

/**
 * Lorenz curve: what share of the total do the lowest 10 %, 20 %… of people have? Its distance from the
 * diagonal is the inequality; of two curves that do not cross, the one nearer the diagonal is more equal by
 * every index.
 *
 * @throws StatisticsError for negative weights or arrays of different lengths
 * @example
 * ```ts
 * const curve = lorenzCurve({ value: [1, 2, 3, 4] });
 * curve.share[2]; // => 0.3
 * ```
 */
export function lorenzCurve(data: PersonValues): Result<ShareCurve> {
  return concentrationCurve({ ...data, rank: data.value });
}

/**
 * Concentration curve: what share of the total do the most deprived 10 %, 20 %… of people have? As
 * {@link lorenzCurve} with people in order of another thing. Above the diagonal, the most deprived have more
 * than their share; twice the area between the curves is the concentration index.
 *
 * @throws StatisticsError for negative weights or arrays of different lengths
 * @example
 * ```ts
 * const curve = concentrationCurve({ rank: [1, 2, 3, 4], value: [4, 3, 2, 1] });
 * curve.share[2]; // => 0.7
 * ```
 */
export function concentrationCurve(
  data: PersonValues & { readonly rank: ArrayLike<number> },
): Result<ShareCurve> {
  checkLengths({ value: data.value, rank: data.rank });
  const persons = preparePersons(data, false);
  if (isAbsent(persons)) return persons;
  const { value, share, mean } = persons;
  const population = [0];
  const held = [0];
  eachRankedStretch(data.rank, share, ({ members, people }) => {
    if (people === 0) return;
    let sum = 0;
    for (const i of members) sum += (share[i] as number) * (value[i] as number);
    population.push((population.at(-1) as number) + people);
    held.push((held.at(-1) as number) + sum / mean);
  });
  // The last point is the whole, free of rounding.
  population[population.length - 1] = 1;
  held[held.length - 1] = 1;
  return { population: Float64Array.from(population), share: Float64Array.from(held), mean };
}
