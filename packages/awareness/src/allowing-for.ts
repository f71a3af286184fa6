import type { Cube } from "@taproot/engine";
import { normalProbability } from "@taproot/statistics";
import type { CellColumns } from "./cell-columns.ts";
import type { Comparison, CutCodes } from "./comparison.ts";

/** A gap that remains when other cuts are held fixed. */
export interface RemainingGap {
  readonly value: number;
  readonly standardError: number;
  readonly p: number;
}

/** Marks, with one bit a cut, which cells lie in which of the cuts that are held fixed. */
export class HeldCuts {
  readonly #cube: Cube;
  readonly #bits: Uint16Array;
  readonly #free: number[] = Array.from({ length: 10 }, (_, bit) => bit);

  constructor(cube: Cube) {
    this.#cube = cube;
    this.#bits = new Uint16Array(cube.cells);
  }

  /** Holds a cut fixed from now on. Undefined when as many are held as can be. */
  hold(cut: CutCodes): number | undefined {
    const bit = this.#free.shift();
    if (bit === undefined) return undefined;
    const mark = 1 << bit;
    const columns = cut.characteristics.map((index) => this.#cube.groups[index]!);
    const codes = cut.codes;
    const bits = this.#bits;
    for (let cell = 0; cell < bits.length; cell++) {
      let inside = true;
      for (let i = 0; i < codes.length && inside; i++) inside = columns[i]![cell] === codes[i];
      if (inside) bits[cell] = bits[cell]! | mark;
    }
    return bit;
  }

  /** Lets go of a cut. */
  release(bit: number): void {
    const rest = ~(1 << bit);
    for (let cell = 0; cell < this.#bits.length; cell++)
      this.#bits[cell] = this.#bits[cell]! & rest;
    this.#free.unshift(bit);
  }

  /**
   * The gap of a comparison between people who are alike in the held cuts of `mask`: differences within each combination
   * of belonging to them, weighted as Mantel and Haenszel do. Undefined when nobody inside has anybody alike outside.
   */
  gap(comparison: Comparison, columns: CellColumns, mask: number): RemainingGap | undefined {
    const strata = 1 << (32 - Math.clz32(mask));
    const reached = new Float64Array(2 * strata);
    const settled = new Float64Array(2 * strata);
    const { characteristics, codes } = comparison;
    const first = this.#cube.groups[characteristics[0]!]!;
    const firstCode = codes[0]!;
    const second = characteristics.length > 1 ? this.#cube.groups[characteristics[1]!]! : undefined;
    const secondCode = codes[1] ?? 0;
    const bits = this.#bits;
    for (let cell = 0; cell < bits.length; cell++) {
      const people = columns.settled[cell]!;
      if (people === 0) continue;
      const group = first[cell]!;
      let inside = group === firstCode ? 1 : 0;
      // Not recorded, and nothing else that puts the cell outside for certain: it may be either, so it is left out.
      let unknown = group === 0;
      if (second !== undefined) {
        const other = second[cell]!;
        if (group !== firstCode && group !== 0) unknown = false;
        else if (other === 0) unknown = true;
        else if (other !== secondCode) {
          unknown = false;
          inside = 0;
        }
      }
      if (unknown) continue;
      const into = 2 * (bits[cell]! & mask) + inside;
      reached[into] = reached[into]! + columns.reached[cell]!;
      settled[into] = settled[into]! + people;
    }
    return mantelHaenszel(reached, settled, columns, widening(comparison, columns));
  }
}

/** How many times wider the comparison's own interval is than its settled people alone would make it. */
function widening({ group, others, standardError }: Comparison, columns: CellColumns): number {
  if (columns.events || columns.inflation > 1) return Math.sqrt(columns.inflation);
  const variance = ({ reached, denominator }: Comparison["group"]) =>
    ((reached / denominator) * (1 - reached / denominator)) / denominator;
  const independent = Math.sqrt(variance(group) + variance(others));
  return independent > 0 ? Math.max(1, standardError / independent) : 1;
}

function mantelHaenszel(
  reached: Float64Array,
  settled: Float64Array,
  { events }: CellColumns,
  wider: number,
): RemainingGap | undefined {
  let weights = 0;
  let sum = 0;
  let variance = 0;
  for (let at = 0; at < settled.length; at += 2) {
    const outside = settled[at]!;
    const inside = settled[at + 1]!;
    if (!(outside > 0 && inside > 0)) continue;
    const weight = (inside * outside) / (inside + outside);
    weights += weight;
    sum += weight * (reached[at + 1]! / inside - reached[at]! / outside);
    variance +=
      weight ** 2 *
      (spread(reached[at + 1]!, inside, events) + spread(reached[at]!, outside, events));
  }
  if (!(weights > 0 && variance > 0)) return undefined;
  const value = sum / weights;
  const standardError = (wider * Math.sqrt(variance)) / weights;
  return {
    value,
    standardError,
    p: Math.min(1, 2 * normalProbability(-Math.abs(value) / standardError)),
  };
}

/** Variance of a share or a rate; one more on either side keeps a share of 0 or 1 from claiming to be certain. */
function spread(reached: number, settled: number, events: boolean): number {
  if (events) return Math.max(reached, 1) / settled ** 2;
  const share = Math.min(1, (reached + 1) / (settled + 2));
  return Math.max((share * (1 - share)) / settled, 0.25 / (settled + 4) ** 2);
}
