import { bitsIn } from "./bit-set.ts";
import type { Chosen } from "./chosen-referrals.ts";
import type { CodedReferrals } from "./coded-referrals.ts";
import type { PartEntries } from "./part-room.ts";
import { NO_STANDING, type Standings } from "./standings.ts";

/**
 * Counts the chosen referrals of the standings from one up to another, into the entries from where theirs start. Returns
 * where each one's entries start, and where the last ones end.
 */
export function countStandings(
  { starts: those, entryCells, entryStarts }: CodedReferrals,
  chosen: Chosen,
  { cells, referrals }: PartEntries,
  from: number,
  to: number,
): Uint32Array {
  const { words, countsBefore } = chosen.referrals ?? {};
  const starts = new Uint32Array(to - from + 1);
  let next = those[from]!;
  starts[0] = next;
  // How many of the chosen come before the entry: where one ends the next begins.
  let before = countBefore(words, countsBefore, entryStarts[next]!);
  for (let standing = from; standing < to; standing++) {
    const end = those[standing + 1]!;
    for (let entry = those[standing]!; entry < end; entry++) {
      const upTo = countBefore(words, countsBefore, entryStarts[entry + 1]!);
      const cell = entryCells[entry]!;
      let count = upTo - before;
      before = upTo;
      if (chosen.cells) count *= chosen.cells[cell]!;
      cells[next] = cell;
      referrals[next] = count;
      // One further where there is anybody, without a branch that could not be foreseen.
      next += -count >>> 31;
    }
    starts[standing - from + 1] = next;
  }
  return starts;
}

/** How many of the chosen come before a referral; all where none are left out. */
function countBefore(
  words: Uint32Array | undefined,
  countsBefore: Uint32Array | undefined,
  referral: number,
): number {
  if (!words || !countsBefore) return referral;
  const word = referral >>> 5;
  return countsBefore[word]! + bitsIn(words[word]! & ((1 << (referral & 31)) - 1));
}

/** What became of people, however long they waited: each fate is one standing. */
export function fatesAlone(
  { fates, starts: those, cells: cellOf, referrals: counts }: Standings,
  cells: number,
  into: PartEntries,
): Standings {
  const told = [...new Set(fates)].filter((fate) => fate !== NO_STANDING).sort((a, b) => a - b);
  const sums = new Float64Array(cells);
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
