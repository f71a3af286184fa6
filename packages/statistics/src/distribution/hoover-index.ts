import { type ConfidenceOptions, isAbsent, type Result } from "../foundation/estimate.ts";
import {
  type DistributionIndex,
  indexFromInfluence,
  type PersonValues,
  preparePersons,
} from "./persons.ts";

/**
 * Hoover index (Ricci–Schutz, Robin Hood): what share of the total would have to move from those above the
 * mean to those below it to make all equal? `½ Σ f |y − μ|/μ`, the largest height between the diagonal and the
 * {@link lorenzCurve}.
 *
 * @throws StatisticsError for negative weights or arrays of different lengths
 * @example
 * ```ts
 * hooverIndex({ value: [1, 2, 3, 4] }).value; // => 0.2
 * ```
 */
export function hooverIndex(
  data: PersonValues,
  options: ConfidenceOptions = {},
): Result<DistributionIndex> {
  const persons = preparePersons(data, false);
  if (isAbsent(persons)) return persons;
  const { size, value, share, mean } = persons;
  let apart = 0;
  let lean = 0;
  for (let i = 0; i < size; i++) {
    const away = (value[i] as number) - mean;
    apart += (share[i] as number) * Math.abs(away);
    lean += (share[i] as number) * Math.sign(away);
  }
  const influence = (i: number) => {
    const away = (value[i] as number) - mean;
    return (Math.abs(away) - apart - lean * away) / (2 * mean) - (apart * away) / (2 * mean ** 2);
  };
  return indexFromInfluence(persons, apart / (2 * mean), influence, data, options);
}
