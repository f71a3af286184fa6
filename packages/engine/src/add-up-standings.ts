import { entriesInOrder } from "./entries-in-order.ts";
import type { Standings } from "./standings.ts";
import { SumsByNumber } from "./sums-by-number.ts";

/**
 * The same standings over other cells, of which each takes in some of the old ones.
 *
 * @param cellOf the new cell of each old one; below 0 where it is left out
 * @param count how many new cells there are
 */
export function addUpStandings(standings: Standings, cellOf: Int32Array, count: number): Standings {
  const { fates, weeks, exits } = standings;
  const sums = new SumsByNumber(count);
  const starts = new Uint32Array(fates.length + 1);
  for (let standing = 0; standing < fates.length; standing++) {
    if (sums.few) addFew(sums.few, standings, standing, cellOf);
    else addMany(sums, standings, standing, cellOf);
    starts[standing + 1] = sums.close();
  }
  return { fates, weeks, exits, starts, ...entriesInOrder(sums.entries(), starts, count) };
}

function addFew(
  into: Int32Array,
  { starts, cells, referrals }: Standings,
  standing: number,
  cellOf: Int32Array,
): void {
  const end = starts[standing + 1]!;
  for (let entry = starts[standing]!; entry < end; entry++) {
    const cell = cellOf[cells[entry]!]!;
    if (cell >= 0) into[cell] = into[cell]! + referrals[entry]!;
  }
}

function addMany(
  into: SumsByNumber,
  { starts, cells, referrals }: Standings,
  standing: number,
  cellOf: Int32Array,
): void {
  for (let entry = starts[standing]!; entry < starts[standing + 1]!; entry++) {
    const cell = cellOf[cells[entry]!]!;
    if (cell >= 0) into.add(cell, referrals[entry]!);
  }
}
