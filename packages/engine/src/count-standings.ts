import { type BitSet, bitsIn } from "./bit-set.ts";
import type { Chosen } from "./chosen-referrals.ts";
import type { CodedReferrals } from "./coded-referrals.ts";
import type { PartEntries } from "./part-room.ts";
import { NO_STANDING, type Standings } from "./standings.ts";

/**
 * Counts the chosen referrals of the standings from one up to another, into the entries from where theirs start. Returns
 * where each one's entries start, and where the last ones end.
 */
export function countStandings(
  coded: CodedReferrals,
  chosen: Chosen,
  into: PartEntries,
  from: number,
  to: number,
): Uint32Array {
  const those = coded.starts;
  const starts = new Uint32Array(to - from + 1);
  let next = those[from]!;
  starts[0] = next;
  for (let standing = from; standing < to; standing++) {
    const first = next;
    const begin = those[standing]!;
    const end = those[standing + 1]!;
    next = chosen.referrals
      ? countChosen(chosen.referrals, coded, begin, end, into, first)
      : countAll(coded, begin, end, into, first);
    if (chosen.cells) next = keepChosen(chosen.cells, into, first, next);
    starts[standing - from + 1] = next;
  }
  return starts;
}

// Loops of their own, because one that asks at each entry what is chosen takes longer.

function countChosen(
  chosen: BitSet,
  { entryCells, entryStarts }: CodedReferrals,
  from: number,
  to: number,
  { cells, referrals }: PartEntries,
  at: number,
): number {
  const { words, countsBefore } = chosen;
  let next = at;
  // How many of the chosen come before the entry: where one ends the next begins.
  let before = chosen.before(entryStarts[from]!);
  for (let entry = from; entry < to; entry++) {
    const end = entryStarts[entry + 1]!;
    const word = end >>> 5;
    const upTo = countsBefore[word]! + bitsIn(words[word]! & ((1 << (end & 31)) - 1));
    const count = upTo - before;
    before = upTo;
    cells[next] = entryCells[entry]!;
    referrals[next] = count;
    // One further where there is anybody, without a branch that could not be foreseen.
    next += -count >>> 31;
  }
  return next;
}

function countAll(
  { entryCells, entryStarts }: CodedReferrals,
  from: number,
  to: number,
  { cells, referrals }: PartEntries,
  at: number,
): number {
  let next = at;
  for (let entry = from; entry < to; entry++) {
    cells[next] = entryCells[entry]!;
    referrals[next++] = entryStarts[entry + 1]! - entryStarts[entry]!;
  }
  return next;
}

/** Keeps the entries of chosen cells; returns where they end. */
function keepChosen(
  chosen: Uint8Array,
  { cells, referrals }: PartEntries,
  from: number,
  to: number,
): number {
  let next = from;
  for (let entry = from; entry < to; entry++) {
    const cell = cells[entry]!;
    cells[next] = cell;
    referrals[next] = referrals[entry]!;
    next += chosen[cell]!;
  }
  return next;
}

/** What became of people, however long they waited: each fate is one standing. */
export function fatesAlone(
  { fates, starts: those, cells: cellOf, referrals: counts }: Standings,
  cells: number,
  into: PartEntries,
): Standings {
  const told = [...new Set(fates)].filter((fate) => fate !== NO_STANDING).sort((a, b) => a - b);
  const sums = new Uint32Array(cells);
  const starts = new Uint32Array(told.length + 1);
  let next = 0;
  for (const [i, fate] of told.entries()) {
    for (let standing = 0; standing < fates.length; standing++) {
      if (fates[standing] !== fate) continue;
      const end = those[standing + 1]!;
      for (let entry = those[standing]!; entry < end; entry++) {
        const cell = cellOf[entry]!;
        sums[cell] = sums[cell]! + counts[entry]!;
      }
    }
    for (let cell = 0; cell < cells; cell++) {
      if (sums[cell] === 0) continue;
      into.cells[next] = cell;
      into.referrals[next++] = sums[cell]!;
    }
    sums.fill(0);
    starts[i + 1] = next;
  }
  return {
    fates: Int8Array.from(told),
    weeks: new Int16Array(told.length).fill(NO_STANDING),
    exits: new Int8Array(told.length).fill(NO_STANDING),
    starts,
    cells: into.cells.subarray(0, next),
    referrals: into.referrals.subarray(0, next),
  };
}

/** Waits, whatever became of the people who waited. */
export function waitsAlone(standings: Standings): Standings {
  return { ...standings, fates: new Int8Array(standings.fates.length).fill(NO_STANDING) };
}
