import { ascending, type Ranking } from "./ranking.ts";
import type { Codes, ReferralList } from "./referral-list.ts";

/**
 * Puts referrals in the order of their standing and, within it, of their cell. Standings and cells are numbered anew in the
 * order of their keys; equal neighbours become entries.
 */
export function inOrderOfStanding(list: ReferralList) {
  const standingKeys = list.standingKeys();
  const cellKeys = list.cellKeys();
  const standings = ascending([standingKeys], standingKeys.length);
  const cells = ascending(cellKeys, cellKeys[0]!.length);
  const byCell = sortedBy(list.cell, cells.rank);
  const { order, starts: standingStarts } = sortedBy(list.standing, standings.rank, byCell.order);
  const cellOf = new Uint32Array(order.length);
  for (let at = 0; at < order.length; at++) cellOf[at] = cells.rank[list.cell[order[at]!]!]!;
  const inKeyOrder = (keys: Float64Array, { by }: Ranking) =>
    Float64Array.from(by, (number) => keys[number]!);
  return {
    standings: inKeyOrder(standingKeys, standings),
    cellKeys: cellKeys.map((keys) => inKeyOrder(keys, cells)),
    ...entriesOf(cellOf, standingStarts),
    codes: list.codes.map((codes): Codes => {
      const moved = new (codes instanceof Uint8Array ? Uint8Array : Uint16Array)(codes.length);
      for (let at = 0; at < order.length; at++) moved[at] = codes[order[at]!]!;
      return moved;
    }),
    days: daysInOrder(list.days, order),
    ...changesInOrder(list.change, order),
  };
}

/** A stable counting sort of referrals by the rank of one column, out of the order that they have already. */
function sortedBy(column: Uint16Array | Uint32Array, rank: Uint32Array, before?: Uint32Array) {
  const starts = new Uint32Array(rank.length + 1);
  for (let referral = 0; referral < column.length; referral++)
    starts[rank[column[referral]!]! + 1]!++;
  for (let at = 0; at < rank.length; at++) starts[at + 1]! += starts[at]!;
  const next = starts.slice();
  const order = new Uint32Array(column.length);
  for (let i = 0; i < column.length; i++) {
    const referral = before ? before[i]! : i;
    order[next[rank[column[referral]!]!]!++] = referral;
  }
  return { order, starts };
}

/** Neighbours of one standing and one cell make an entry. */
function entriesOf(cellOf: Uint32Array, standingStarts: Uint32Array) {
  const starts = new Uint32Array(standingStarts.length);
  const entryCells = new Uint32Array(cellOf.length);
  const entryStarts = new Uint32Array(cellOf.length + 1);
  let entries = 0;
  for (let standing = 0; standing + 1 < standingStarts.length; standing++) {
    starts[standing] = entries;
    const end = standingStarts[standing + 1]!;
    for (let at = standingStarts[standing]!; at < end; at++) {
      if (at > standingStarts[standing]! && cellOf[at] === cellOf[at - 1]) continue;
      entryCells[entries] = cellOf[at]!;
      entryStarts[entries++] = at;
    }
  }
  starts[standingStarts.length - 1] = entries;
  entryStarts[entries] = cellOf.length;
  return {
    starts,
    entryCells: entryCells.slice(0, entries),
    entryStarts: entryStarts.slice(0, entries + 1),
  };
}

function daysInOrder(days: Uint32Array, order: Uint32Array): Uint16Array | Uint32Array {
  let last = 0;
  for (let referral = 0; referral < days.length; referral++)
    if (days[referral]! > last) last = days[referral]!;
  const moved = new (last < 65_536 ? Uint16Array : Uint32Array)(days.length);
  for (let at = 0; at < order.length; at++) moved[at] = days[order[at]!]!;
  return moved;
}

/** Those with both scores, by their new places. */
function changesInOrder(change: Float64Array, order: Uint32Array) {
  let count = 0;
  for (let referral = 0; referral < change.length; referral++)
    if (!Number.isNaN(change[referral]!)) count++;
  const measured = new Uint32Array(count);
  const changes = new Float64Array(count);
  let next = 0;
  for (let at = 0; at < order.length; at++) {
    const by = change[order[at]!]!;
    if (Number.isNaN(by)) continue;
    measured[next] = at;
    changes[next++] = by;
  }
  return { measured, changes };
}
