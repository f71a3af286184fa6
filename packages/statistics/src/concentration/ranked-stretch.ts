import { orderOf } from "../gradients/fractional-rank.ts";

/** People of one rank, and the stretch of the population that they take, counted from the top (1 to 0). */
export interface RankedStretch {
  /** Indices of the groups or persons at this rank. */
  readonly members: Uint32Array;
  readonly people: number;
  /** Share of everyone at this rank or above it. */
  readonly from: number;
  /** Share of everyone above it. */
  readonly to: number;
}

/** Visits the ranks from the lowest up; groups that tie come together, so the order of rows never matters. */
export function eachRankedStretch(
  rank: ArrayLike<number>,
  weight: ArrayLike<number> | undefined,
  visit: (stretch: RankedStretch) => void,
): void {
  const size = rank.length;
  const order = orderOf(rank);
  const weightOf = (i: number) => (weight === undefined ? 1 : (weight[i] as number));
  let total = 0;
  for (let i = 0; i < size; i++) total += weightOf(i);
  let below = 0;
  for (let start = 0; start < size; ) {
    const level = rank[order[start] as number];
    let end = start;
    let people = 0;
    while (end < size && rank[order[end] as number] === level)
      people += weightOf(order[end++] as number);
    visit({
      members: order.subarray(start, end),
      people,
      from: 1 - below / total,
      to: Math.max(0, 1 - (below + people) / total),
    });
    below += people;
    start = end;
  }
}
