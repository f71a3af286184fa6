/** Entries of a part, while it is the last that was counted in its room. */
export interface PartTurn {
  readonly cells: Uint32Array;
  readonly referrals: Float64Array;
  /** Throws once the next part was counted in the same room. */
  readonly require: () => void;
}

/** The entries that a room holds, in memory that threads may share. */
export type PartEntries = Pick<PartTurn, "cells" | "referrals">;

const noEntries = (): PartEntries => entriesFor(0);

/**
 * Room in which parts are counted, one after the other: asking the system for so much memory costs more than counting. A
 * part that is read after the next was counted in its room throws.
 */
export class PartRoom {
  #entries: PartEntries;
  #merged = noEntries();
  #turn = 0;

  /** @param entries where another thread counts as well */
  constructor(entries = noEntries()) {
    this.#entries = entries;
  }

  /** Room for so many entries, of a part that is counted now. */
  turn(entries: number): PartTurn {
    if (this.#entries.cells.length <= entries) this.#entries = entriesFor(entries);
    const turn = ++this.#turn;
    return {
      ...this.#entries,
      require: () => {
        if (this.#turn !== turn)
          throw new Error("a part of the referrals was read after the next one was counted");
      },
    };
  }

  /** Room for so many entries of the same part, added up. */
  merged(entries: number): PartEntries {
    if (this.#merged.cells.length <= entries) this.#merged = entriesFor(entries);
    return this.#merged;
  }
}

/** Room for so many entries and one more. */
export function entriesFor(entries: number): PartEntries {
  return {
    cells: new Uint32Array(new SharedArrayBuffer(4 * (entries + 1))),
    referrals: new Float64Array(new SharedArrayBuffer(8 * (entries + 1))),
  };
}
