import { eachRankedStretch } from "./ranked-stretch.ts";

/**
 * How much each group counts in the extended concentration index: the integral of ν(1 − p)^(ν − 1) over the
 * stretch of the ranking that it takes, so that the weights sum to 1 and equal values give exactly 0. Groups
 * at one rank share their stretch in proportion to people.
 */
export function rankWeights(
  rank: ArrayLike<number>,
  weight: ArrayLike<number> | undefined,
  aversion: number,
): Float64Array {
  const result = new Float64Array(rank.length);
  eachRankedStretch(rank, weight, ({ members, people, from, to }) => {
    const whole = aversion === 2 ? (from - to) * (from + to) : from ** aversion - to ** aversion;
    for (const i of members)
      result[i] =
        people > 0 ? (whole * (weight === undefined ? 1 : (weight[i] as number))) / people : 0;
  });
  return result;
}
