/** Numbers put in the order of their keys: `by` leads from a rank to the number, `rank` back. */
export interface Ranking {
  readonly by: Uint32Array;
  readonly rank: Uint32Array;
}

/**
 * Ranks numbers by their keys, the smallest first.
 *
 * @param keys a column for each part of a key, the first weighing most
 * @param count how many numbers there are
 */
export function ascending(keys: readonly (Float64Array | Uint16Array)[], count: number): Ranking {
  const by = Uint32Array.from({ length: count }, (_, number) => number).sort((a, b) => {
    for (const column of keys) if (column[a] !== column[b]) return column[a]! - column[b]!;
    return 0;
  });
  const rank = new Uint32Array(count);
  for (let at = 0; at < count; at++) rank[by[at]!] = at;
  return { by, rank };
}
