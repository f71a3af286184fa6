import type { Chosen } from "./chosen-referrals.ts";
import type { CodedReferrals } from "./coded-referrals.ts";
import { NumberedKeys } from "./numbered-keys.ts";
import { ascending } from "./ranking.ts";
import type { Codes } from "./referral-list.ts";
import type { Standings } from "./standings.ts";

/** A referral's key over the characteristics that are asked for: that of its cell, and its own codes with their weights. */
export interface ReferralKeys {
  readonly ofCell: Float64Array;
  readonly columns: readonly Codes[];
  readonly weights: readonly number[];
  /** More than any key. */
  readonly possible: number;
  /** The codes that keys stand for. */
  readonly groupsOf: (keys: Float64Array) => readonly Uint16Array[];
}

/** Referrals added up over the keys that were met. */
export interface AddedUp {
  /** Cells are places in `met`, in no order. */
  readonly standings: Standings;
  /** The keys that were met, ascending. */
  readonly met: Float64Array;
  /** The place in `met` of a referral and of the entry that it is in. */
  readonly cellOf: (entry: number, referral: number) => number;
}

/** Past this many possible keys a hash table is smaller and quicker than a place for each. */
const MOST_PLACES = 2 ** 21;

/** Adds the chosen referrals up, standing by standing. */
export function addUp(coded: CodedReferrals, chosen: Chosen, keys: ReferralKeys): AddedUp {
  const { fates, weeks, exits, entryCells, entryStarts } = coded;
  const { ofCell, columns, weights, possible } = keys;
  const numbers = possible > MOST_PLACES ? new NumberedKeys() : undefined;
  const sums = new SumsByNumber(numbers ? 4096 : possible);
  const alike = columns.length === 0;
  const among = chosen.referrals;
  const starts = new Uint32Array(fates.length + 1);
  for (let standing = 0; standing < fates.length; standing++) {
    const last = coded.starts[standing + 1]!;
    for (let entry = coded.starts[standing]!; entry < last; entry++) {
      const cell = entryCells[entry]!;
      if (chosen.cells?.[cell] === 0) continue;
      const from = entryStarts[entry]!;
      const to = entryStarts[entry + 1]!;
      const base = ofCell[cell]!;
      if (alike) {
        const count = among ? among.before(to) - among.before(from) : to - from;
        if (count > 0) sums.add(numbers ? numbers.numberOf(base) : base, count);
        continue;
      }
      for (let referral = from; referral < to; referral++) {
        if (among && !among.has(referral)) continue;
        let key = base;
        for (let i = 0; i < columns.length; i++) key += columns[i]![referral]! * weights[i]!;
        sums.add(numbers ? numbers.numberOf(key) : key, 1);
      }
    }
    starts[standing + 1] = sums.close();
  }
  const { cells, referrals } = sums.entries();
  const { met, placeOf } = ranked(cells, numbers, possible);
  return {
    standings: { fates, weeks, exits, starts, referrals, cells: cells.map((one) => placeOf[one]!) },
    met,
    cellOf(entry, referral) {
      let key = ofCell[entryCells[entry]!]!;
      for (let i = 0; i < columns.length; i++) key += columns[i]![referral]! * weights[i]!;
      return placeOf[numbers ? numbers.numberOf(key) : key]!;
    },
  };
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

/** Sums by number, one standing after another: an entry for each number that a standing has. */
class SumsByNumber {
  #sums: Float64Array;
  #met: Uint32Array;
  #different = 0;
  #cells = new Uint32Array(4096);
  #referrals = new Float64Array(4096);
  #length = 0;

  constructor(room: number) {
    this.#sums = new Float64Array(room);
    this.#met = new Uint32Array(room);
  }

  add(number: number, count: number): void {
    if (number >= this.#sums.length) {
      this.#sums = grown(this.#sums, number + 1);
      this.#met = grown(this.#met, number + 1);
    }
    const sum = this.#sums[number]!;
    if (sum === 0) this.#met[this.#different++] = number;
    this.#sums[number] = sum + count;
  }

  /** Ends a standing; returns where the next one's entries start. */
  close(): number {
    const end = this.#length + this.#different;
    if (end > this.#cells.length) {
      this.#cells = grown(this.#cells, end);
      this.#referrals = grown(this.#referrals, end);
    }
    for (let i = 0; i < this.#different; i++) {
      const number = this.#met[i]!;
      this.#cells[this.#length] = number;
      this.#referrals[this.#length++] = this.#sums[number]!;
      this.#sums[number] = 0;
    }
    this.#different = 0;
    return this.#length;
  }

  entries() {
    return {
      cells: this.#cells.slice(0, this.#length),
      referrals: this.#referrals.slice(0, this.#length),
    };
  }
}

function grown<T extends Uint32Array | Float64Array>(array: T, atLeast: number): T {
  const Type = array.constructor as new (length: number) => T;
  const larger = new Type(Math.max(2 * array.length, atLeast));
  larger.set(array);
  return larger;
}
