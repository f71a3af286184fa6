import { bitsIn } from "./bit-set.ts";
import type { Chosen } from "./chosen-referrals.ts";
import type { CodedReferrals } from "./coded-referrals.ts";
import type { CombinedCodes } from "./combined-codes.ts";
import { entriesInOrder } from "./entries-in-order.ts";
import { NumberedKeys } from "./numbered-keys.ts";
import { ascending } from "./ranking.ts";
import type { Standings } from "./standings.ts";
import { SumsByNumber } from "./sums-by-number.ts";

/** A referral's key over the characteristics that are asked for: that of its cell, plus its own. */
export interface ReferralKeys {
  readonly ofCell: Float64Array;
  /** Absent where all people of a cell have the same key. */
  readonly ofReferral?: CombinedCodes;
  /** More than any key. */
  readonly possible: number;
  /** The codes that keys stand for. */
  readonly groupsOf: (keys: Float64Array) => readonly Uint16Array[];
}

/** Referrals added up over the keys that were met. */
export interface AddedUp {
  /** Cells are places in `met`. */
  readonly standings: Standings;
  /** The keys that were met, ascending. */
  readonly met: Float64Array;
  /** The place in `met` of a referral and of its people's own cell. */
  readonly cellOf: (own: number, referral: number) => number;
}

/** Past this many possible keys a hash table is smaller and quicker than a place for each. */
const MOST_PLACES = 2 ** 21;

/** Adds the chosen referrals up, standing by standing. */
export function addUp(coded: CodedReferrals, chosen: Chosen, keys: ReferralKeys): AddedUp {
  const { fates, weeks, exits } = coded;
  const { ofCell, ofReferral, possible } = keys;
  const numbers = possible > MOST_PLACES ? new NumberedKeys() : undefined;
  const sums = new SumsByNumber(numbers ? MOST_PLACES : possible);
  const bases = sums.few && Int32Array.from(ofCell);
  const starts = new Uint32Array(fates.length + 1);
  for (let standing = 0; standing < fates.length; standing++) {
    const first = coded.starts[standing]!;
    const end = coded.starts[standing + 1]!;
    if (!sums.few || !bases) addMany(sums, coded, first, end, chosen, keys, numbers);
    else if (ofReferral) addReferrals(sums.few, coded, first, end, chosen, bases, ofReferral);
    else addEntries(sums.few, coded, first, end, chosen, bases);
    starts[standing + 1] = sums.close();
  }
  const added = sums.entries();
  const { met, placeOf } = ranked(added.cells, numbers, possible);
  return {
    standings: {
      fates,
      weeks,
      exits,
      starts,
      ...entriesInOrder(added, starts, met.length, placeOf),
    },
    met,
    cellOf(own, referral) {
      const key = ofCell[own]! + (ofReferral ? ofReferral[referral]! : 0);
      return placeOf[numbers ? numbers.numberOf(key) : key]!;
    },
  };
}

/** Adds entries up whole, where everybody of a cell has the same key. */
function addEntries(
  sums: Int32Array,
  { entryCells, entryStarts }: CodedReferrals,
  first: number,
  end: number,
  chosen: Chosen,
  bases: Int32Array,
): void {
  const { words, countsBefore } = chosen.referrals ?? {};
  const among = chosen.cells;
  // How many of the chosen come before the entry: where one ends the next begins.
  let before = chosenBefore(entryStarts[first]!, words, countsBefore);
  for (let entry = first; entry < end; entry++) {
    const upTo = chosenBefore(entryStarts[entry + 1]!, words, countsBefore);
    const cell = entryCells[entry]!;
    const count = among ? Math.imul(upTo - before, among[cell]!) : upTo - before;
    const key = bases[cell]!;
    sums[key] = sums[key]! + count;
    before = upTo;
  }
}

/** Adds referrals up one by one, where people of one cell differ in what is asked for. */
function addReferrals(
  sums: Int32Array,
  { entryCells, entryStarts }: CodedReferrals,
  first: number,
  end: number,
  chosen: Chosen,
  bases: Int32Array,
  ofReferral: CombinedCodes,
): void {
  const words = chosen.referrals?.words;
  const among = chosen.cells;
  for (let entry = first; entry < end; entry++) {
    const cell = entryCells[entry]!;
    if (among && among[cell] === 0) continue;
    const base = bases[cell]!;
    const to = entryStarts[entry + 1]!;
    for (let referral = entryStarts[entry]!; referral < to; referral++) {
      const key = base + ofReferral[referral]!;
      // Nothing hangs on whether a referral is chosen, which could not be foreseen.
      sums[key] = sums[key]! + (words ? (words[referral >>> 5]! >>> (referral & 31)) & 1 : 1);
    }
  }
}

/** Adds up where keys are many. */
function addMany(
  into: SumsByNumber,
  { entryCells, entryStarts }: CodedReferrals,
  first: number,
  end: number,
  { cells, referrals }: Chosen,
  { ofCell, ofReferral }: ReferralKeys,
  numbers: NumberedKeys | undefined,
): void {
  for (let entry = first; entry < end; entry++) {
    const cell = entryCells[entry]!;
    if (cells?.[cell] === 0) continue;
    const base = ofCell[cell]!;
    const from = entryStarts[entry]!;
    const to = entryStarts[entry + 1]!;
    if (!ofReferral) {
      const count = referrals ? referrals.before(to) - referrals.before(from) : to - from;
      if (count > 0) into.add(numbers ? numbers.numberOf(base) : base, count);
      continue;
    }
    for (let referral = from; referral < to; referral++) {
      if (referrals && !referrals.has(referral)) continue;
      const key = base + ofReferral[referral]!;
      into.add(numbers ? numbers.numberOf(key) : key, 1);
    }
  }
}

function chosenBefore(
  referral: number,
  words: Uint32Array | undefined,
  countsBefore: Uint32Array | undefined,
): number {
  if (!words || !countsBefore) return referral;
  const word = referral >>> 5;
  return countsBefore[word]! + bitsIn(words[word]! & ((1 << (referral & 31)) - 1));
}

/** The keys that were met, ascending, and where each number's key is among them. Without numbers, keys are their own. */
function ranked(cells: Uint32Array, numbers: NumberedKeys | undefined, possible: number) {
  if (numbers) {
    const keys = numbers.keys();
    const { by, rank } = ascending([keys], keys.length);
    return { met: Float64Array.from(by, (number) => keys[number]!), placeOf: rank };
  }
  const placeOf = new Uint32Array(possible);
  for (const key of cells) placeOf[key] = 1;
  const met = new Float64Array(placeOf.reduce((sum, one) => sum + one, 0));
  let place = 0;
  for (let key = 0; key < possible; key++) {
    if (placeOf[key] === 0) continue;
    met[place] = key;
    placeOf[key] = place++;
  }
  return { met, placeOf };
}
