import { TaprootError } from "@taproot/model";
import type { ColumnarResult } from "./engine.ts";
import { NumberedKeys } from "./numbered-keys.ts";

/** Groups of one characteristic, a small number for each referral. */
export type Codes = Uint8Array | Uint16Array;

/** Cells of one crossing are fewer than this, so that two numbers fit into one. */
const MOST_CELLS = 2 ** 26;

/** Referrals as an engine hands them over, each column in the narrowest numbers that hold it. */
export class ReferralList {
  /** Of each referral the number that its standing, or its cell, was given when it was first met. */
  readonly standing: Uint16Array;
  readonly cell: Uint32Array;
  readonly codes: readonly Codes[];
  readonly days: Uint32Array;
  /** By how much each referral's score changed; not a number without both scores. */
  readonly change: Float64Array;
  readonly #standings = new NumberedKeys();
  /** Of each key the values that were met, and of several keys the combinations that were met. */
  readonly #parts: readonly NumberedKeys[];
  readonly #combined: readonly NumberedKeys[];
  #length = 0;

  /**
   * @param referrals how many will come
   * @param keys how many numbers make a cell, at least one
   * @param groups of each kept characteristic
   */
  constructor(referrals: number, keys: number, groups: readonly number[]) {
    if (keys > 1 && referrals > MOST_CELLS)
      throw new TaprootError(
        "tooManyReferrals",
        `More than ${MOST_CELLS.toLocaleString("en-GB")} referrals with so many characteristics cannot be counted. Open a file of a shorter time, or leave columns out.`,
      );
    this.standing = new Uint16Array(referrals);
    this.cell = new Uint32Array(referrals);
    this.days = new Uint32Array(referrals);
    this.change = new Float64Array(referrals);
    this.codes = groups.map((size) =>
      size <= 256 ? new Uint8Array(referrals) : new Uint16Array(referrals),
    );
    this.#parts = Array.from({ length: keys }, () => new NumberedKeys());
    this.#combined = Array.from({ length: keys - 1 }, () => new NumberedKeys());
  }

  /** Adds referrals. The columns in their order: standing, day, change, the keys, the kept codes. */
  add({ rows, columns }: ColumnarResult): void {
    const [standing, days, change, ...rest] = Object.values(columns) as Float64Array[];
    const from = this.#length;
    for (let row = 0; row < rows; row++)
      this.standing[from + row] = this.#standings.numberOf(standing![row]!);
    this.days.set(days!, from);
    this.change.set(change!, from);
    for (const [k, part] of this.#parts.entries()) this.#addKey(part, k, rest[k]!, from);
    for (const [i, codes] of this.codes.entries()) codes.set(rest[this.#parts.length + i]!, from);
    this.#length += rows;
  }

  #addKey(part: NumberedKeys, k: number, keys: Float64Array, from: number): void {
    const combined = this.#combined[k - 1];
    for (let row = 0; row < keys.length; row++) {
      const number = part.numberOf(keys[row]!);
      this.cell[from + row] = combined
        ? combined.numberOf(this.cell[from + row]! * MOST_CELLS + number)
        : number;
    }
  }

  /** The standings that were met, by their number. */
  standingKeys(): Float64Array {
    return this.#standings.keys();
  }

  /** The keys of each cell that was met, by its number; a column for each key. */
  cellKeys(): readonly Float64Array[] {
    const count = (this.#combined.at(-1) ?? this.#parts[0]!).count;
    let cells = Float64Array.from({ length: count }, (_, cell) => cell);
    const columns: Float64Array[] = [];
    for (let k = this.#combined.length; k > 0; k--) {
      const pairs = this.#combined[k - 1]!.keys();
      const keys = this.#parts[k]!.keys();
      columns.unshift(cells.map((cell) => keys[pairs[cell]! % MOST_CELLS]!));
      cells = cells.map((cell) => Math.floor(pairs[cell]! / MOST_CELLS));
    }
    const first = this.#parts[0]!.keys();
    return [cells.map((cell) => first[cell]!), ...columns];
  }
}
