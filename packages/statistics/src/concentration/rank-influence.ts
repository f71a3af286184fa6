import { rankWeights } from "./rank-weights.ts";
import { eachRankedStretch } from "./ranked-stretch.ts";

/**
 * Influence of one person of each group on the rank-weighted mean Σ w y when people, and so the ranking, are
 * sampled: the person's own weighted value, plus what adding a person here does to everyone else's rank. Its
 * population-weighted mean is 0.
 */
export function weightedMeanInfluence(
  rank: ArrayLike<number>,
  weight: ArrayLike<number> | undefined,
  value: ArrayLike<number>,
  aversion: number,
): { readonly weighted: number; readonly influence: Float64Array } {
  const size = rank.length;
  const shares = rankWeights(rank, weight, aversion);
  const weightOf = (i: number) => (weight === undefined ? 1 : (weight[i] as number));
  let total = 0;
  let weighted = 0;
  for (let i = 0; i < size; i++) {
    total += weightOf(i);
    weighted += (shares[i] as number) * (value[i] as number);
  }
  const influence = new Float64Array(size);
  let below = 0;
  eachRankedStretch(rank, weight, ({ members, people, from, to }) => {
    let sum = 0;
    for (const i of members) sum += weightOf(i) * (value[i] as number);
    // Change of the weight ν(1 − p)^(ν − 1) over the stretch, times the mean value on it.
    const change = aversion * (to ** (aversion - 1) - from ** (aversion - 1));
    const moved = people > 0 ? (change * sum) / people : 0;
    for (const i of members) {
      const own = weightOf(i);
      const perPerson = own > 0 ? ((shares[i] as number) * total) / own : 0;
      influence[i] = perPerson * (value[i] as number) - below - moved / 2;
    }
    below += moved;
  });
  let centre = 0;
  for (let i = 0; i < size; i++) centre += (weightOf(i) / total) * (influence[i] as number);
  for (let i = 0; i < size; i++) influence[i] = (influence[i] as number) - centre;
  return { weighted, influence };
}
