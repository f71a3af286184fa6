import { checkCount, checkFinite, checkLengths } from "../foundation/check.ts";

/**
 * Where the middle of each group stands when everyone is lined up from lowest to highest rank, from 0 to 1:
 * the share of people below, plus half of the share at the same rank. Ties share one rank, so that the order
 * of rows never matters. Used by every gradient and concentration index.
 *
 * @param rank one number a group or person, lowest first in the line (for deprivation: most deprived = lowest)
 * @param weight people (or survey weight) of each; 1 each when left out
 * @throws StatisticsError for a negative weight, a rank that is not finite, or arrays of two lengths
 * @example
 * ```ts
 * fractionalRank([1, 1, 2, 3, 3, 3])[2]; // => 0.4166666666666667
 * ```
 */
export function fractionalRank(
  rank: ArrayLike<number>,
  weight?: ArrayLike<number>,
): Float64Array<ArrayBuffer> {
  const size = weight === undefined ? rank.length : checkLengths({ rank, weight });
  for (let i = 0; i < size; i++) {
    checkFinite("rank", rank[i] as number);
    if (weight !== undefined) checkCount("weight", weight[i] as number);
  }
  const order = orderOf(rank);
  const result = new Float64Array(size);
  let total = 0;
  for (let i = 0; i < size; i++) total += weight === undefined ? 1 : (weight[i] as number);
  if (total === 0) return result;
  let below = 0;
  for (let start = 0; start < size; ) {
    let end = start;
    let tied = 0;
    const level = rank[order[start] as number];
    while (end < size && rank[order[end] as number] === level) {
      tied += weight === undefined ? 1 : (weight[order[end] as number] as number);
      end++;
    }
    for (let k = start; k < end; k++) result[order[k] as number] = (below + tied / 2) / total;
    below += tied;
    start = end;
  }
  return result;
}

/** Indices from lowest to highest rank; equal ranks keep the order of rows. */
export function orderOf(rank: ArrayLike<number>): Uint32Array {
  const order = new Uint32Array(rank.length);
  let sorted = true;
  for (let i = 0; i < order.length; i++) {
    order[i] = i;
    if (i > 0 && (rank[i] as number) < (rank[i - 1] as number)) sorted = false;
  }
  return sorted ? order : order.sort((a, b) => (rank[a] as number) - (rank[b] as number) || a - b);
}
