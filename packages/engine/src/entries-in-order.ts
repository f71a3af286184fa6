import type { Standings } from "./standings.ts";

/** Of each entry its number and how many referrals it has. */
export type Entries = Pick<Standings, "cells" | "referrals">;

/**
 * Entries ascending within each standing: put by place, and from there back by standing.
 *
 * @param starts where each standing's entries start; one more than there are standings
 * @param places how many places there are
 * @param placeOf the place of each number; numbers are places when absent
 */
export function entriesInOrder(
  { cells, referrals }: Entries,
  starts: Uint32Array,
  places: number,
  placeOf?: Uint32Array,
): Entries {
  const placesOf = placeOf ? cells.map((number) => placeOf[number]!) : cells;
  const next = new Uint32Array(places + 1);
  for (let entry = 0; entry < cells.length; entry++) next[placesOf[entry]! + 1]!++;
  for (let place = 0; place < places; place++) next[place + 1]! += next[place]!;
  const entryAt = new Uint32Array(cells.length);
  const standingAt = new Uint32Array(cells.length);
  for (let standing = 0; standing + 1 < starts.length; standing++)
    for (let entry = starts[standing]!; entry < starts[standing + 1]!; entry++) {
      const at = next[placesOf[entry]!]!++;
      entryAt[at] = entry;
      standingAt[at] = standing;
    }
  const ordered = {
    cells: new Uint32Array(cells.length),
    referrals: new Float64Array(cells.length),
  };
  const into = starts.slice();
  for (let at = 0; at < cells.length; at++) {
    const entry = entryAt[at]!;
    const to = into[standingAt[at]!]!++;
    ordered.cells[to] = placesOf[entry]!;
    ordered.referrals[to] = referrals[entry]!;
  }
  return ordered;
}
