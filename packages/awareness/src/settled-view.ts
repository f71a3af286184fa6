import type { CellNumbers } from "./cell-numbers.ts";
import type { CodeWorths } from "./cells-by-code.ts";
import type { SettledCells } from "./settled-cells.ts";

/** Cells over some of the characteristics, with how many reached a step in each and how many are settled. */
export interface SettledView {
  /** How many cells there are. */
  readonly cells: number;
  /** Reached and settled of each cell, one beside the other. */
  readonly counts: Float64Array;
  /**
   * What a cell's groups say together: the bits of all of them. Written for each cell.
   *
   * @param bits of each code, by index of the characteristic; none where a characteristic says nothing
   */
  say(bits: CodeWorths, into: Uint32Array): void;
}

/** Numbers a cell: how many reached and how many are settled. */
export const WIDTH = 2;

/** A characteristic as one of the digits of a table's places, with the code that each value stands for. */
interface Digit {
  readonly index: number;
  readonly codes: readonly number[];
}

/** A place for each crossing, the first characteristic slowest. */
export class TableOfCells implements SettledView {
  readonly cells: number;
  readonly counts: Float64Array;
  readonly #digits: readonly Digit[];

  constructor(digits: readonly Digit[], counts: Float64Array) {
    this.#digits = digits;
    this.counts = counts;
    this.cells = counts.length / WIDTH;
  }

  say(bits: CodeWorths, into: Uint32Array): void {
    into[0] = 0;
    let length = 1;
    for (const { index, codes } of this.#digits) {
      const ofCodes = bits[index];
      const size = codes.length;
      const said = codes.map((code) => ofCodes?.[code] ?? 0);
      // From the end, so that nothing is written over before it is read.
      for (let at = length - 1, to = length * size - 1; at >= 0; at--) {
        const so = into[at]!;
        for (let digit = size - 1; digit >= 0; digit--) into[to--] = so | said[digit]!;
      }
      length *= size;
    }
  }
}

/** All cells in which anybody is settled. */
export class AllCells implements SettledView {
  readonly cells: number;
  readonly counts: Float64Array;
  readonly #numbers: CellNumbers;
  readonly #which: Uint32Array;

  constructor(numbers: CellNumbers, { cells, reached, settled }: SettledCells) {
    this.#numbers = numbers;
    this.#which = cells;
    this.cells = cells.length;
    this.counts = new Float64Array(WIDTH * cells.length);
    for (let i = 0; i < cells.length; i++) {
      this.counts[WIDTH * i] = reached[i]!;
      this.counts[WIDTH * i + 1] = settled[i]!;
    }
  }

  say(bits: CodeWorths, into: Uint32Array): void {
    const which = this.#which;
    into.fill(0, 0, which.length);
    bits.forEach((ofCodes, index) => {
      if (!ofCodes) return;
      const groups = this.#numbers.groups[index]!;
      for (let i = 0; i < which.length; i++) into[i] = into[i]! | ofCodes[groups[which[i]!]!]!;
    });
  }
}
