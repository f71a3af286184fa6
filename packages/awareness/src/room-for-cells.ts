/** Cells that are still being read. */
export interface GrowingCells {
  length: number;
  readonly cells: Uint32Array;
  readonly reached: Float64Array;
  readonly settled: Float64Array;
}

/** By which cells tell, in any thread, whether others have been read into their room since. */
export interface Reading {
  readonly counter: Int32Array;
  readonly number: number;
}

/**
 * Room for the settled cells of some measures, used again and again: asking the system for so much memory takes longer than
 * filling it. Threads may share what is in it.
 */
export class RoomForCells {
  readonly #measures: GrowingCells[] = [];
  readonly #counter = new Int32Array(bytes(Int32Array.BYTES_PER_ELEMENT));

  /** Takes all room back: what was read into it before is gone. */
  empty(): Reading {
    return { counter: this.#counter, number: Atomics.add(this.#counter, 0, 1) + 1 };
  }

  /** Room for at most so many cells of one of the measures. */
  take(measure: number, most: number): GrowingCells {
    const there = this.#measures[measure];
    if (there && there.cells.length >= most) {
      there.length = 0;
      return there;
    }
    const room = {
      length: 0,
      cells: new Uint32Array(bytes(most * Uint32Array.BYTES_PER_ELEMENT)),
      reached: new Float64Array(bytes(most * Float64Array.BYTES_PER_ELEMENT)),
      settled: new Float64Array(bytes(most * Float64Array.BYTES_PER_ELEMENT)),
    };
    this.#measures[measure] = room;
    return room;
  }
}

/** True while nothing else was read into the same room. */
export function isThere({ counter, number }: Reading): boolean {
  return Atomics.load(counter, 0) === number;
}

/** Browsers share memory only with pages that are set apart. */
function bytes(length: number): ArrayBufferLike {
  return typeof SharedArrayBuffer === "undefined"
    ? new ArrayBuffer(length)
    : new SharedArrayBuffer(length);
}
