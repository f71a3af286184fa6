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
  const at = (left: number) => aversion * left ** (aversion - 1);
  let below = 0;
  eachRankedStretch(rank, weight, ({ members, people, from, to }) => {
    if (people === 0) return;
    let sum = 0;
    let held = 0;
    for (const i of members) {
      sum += weightOf(i) * (value[i] as number);
      held += shares[i] as number;
    }
    const mean = sum / people;
    const perPerson = (held * total) / people;
    // The weight ν(1 − p)^(ν − 1) falls over the stretch; who comes above is pushed down by a person here.
    for (const i of members)
      influence[i] = perPerson * ((value[i] as number) - mean) + mean * at(from) - below;
    below += mean * (at(to) - at(from));
  });
  let centre = 0;
  for (let i = 0; i < size; i++) centre += (weightOf(i) / total) * (influence[i] as number);
  for (let i = 0; i < size; i++) influence[i] = (influence[i] as number) - centre;
  return { weighted, influence };
}
