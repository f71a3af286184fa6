import { normalProbability } from "@taproot/statistics";
import type { Variation } from "./cell-columns.ts";
import type { Comparison, CutCodes } from "./comparison.ts";
import type { NamedGroups, SettledView, SettledViews } from "./settled-views.ts";

/** A gap that remains when other cuts are held fixed. */
export interface RemainingGap {
  readonly value: number;
  readonly standardError: number;
  readonly p: number;
}

/** Cuts that can be held fixed at once: each has a bit for who is in it and one for who may be. */
const MOST_HELD = 10;
const MAY_BE = 16;

/** A clean comparison is preferred when the gap would be at least this many of its standard errors. */
const CLEAR = 3.3;

/** The cuts that are held fixed, and what remains of a gap between people who are alike in them. */
export class HeldCuts {
  readonly #views: SettledViews;
  readonly #variation: Variation;
  readonly #cuts: (CutCodes | undefined)[] = [];
  // Room that every question uses anew.
  #bits = new Uint32Array(0);
  #places = new Uint8Array(0);
  readonly #free: number[] = Array.from({ length: MOST_HELD }, (_, bit) => bit);

  /**
   * @param views the cells that are looked at
   * @param variation how the measure varies
   */
  constructor(views: SettledViews, variation: Variation) {
    this.#views = views;
    this.#variation = variation;
  }

  /** Holds a cut fixed from now on. Undefined when as many are held as can be. */
  hold(cut: CutCodes): number | undefined {
    const bit = this.#free.shift();
    if (bit !== undefined) this.#cuts[bit] = cut;
    return bit;
  }

  /** Lets go of a cut. */
  release(bit: number): void {
    this.#cuts[bit] = undefined;
    this.#free.unshift(bit);
  }

  /**
   * The gap of a comparison between people who are alike in the held cuts of `mask`: differences within each combination
   * of belonging to them, weighted as Mantel and Haenszel do. Undefined when nobody inside has anybody alike outside.
   *
   * Those who only may belong to a held cut carry some of its gap with them. They are left out where enough people remain
   * to see a gap of this size, and otherwise counted as outside the held cut.
   */
  gap(comparison: Comparison, mask: number): RemainingGap | undefined {
    const held = this.#cuts.flatMap((cut, bit) => (cut && mask & (1 << bit) ? [{ cut, bit }] : []));
    const { groups, cells, counts } = this.#views.over(
      [...comparison.characteristics, ...held.flatMap(({ cut }) => cut.characteristics)],
      namedIn(held, comparison),
    );
    const strata = 1 << (32 - Math.clz32(mask));
    // The certain strata first, those who may belong to a held cut after them; a pair of outside and inside each.
    const width = 2 * strata;
    const sumReached = new Float64Array(2 * width);
    const sumSettled = new Float64Array(2 * width);
    const bits = this.#bitsOfCells(groups, held, cells);
    const places = this.#placesOfCells(groups, comparison, cells);
    for (let cell = 0; cell < cells; cell++) {
      const place = places[cell]!;
      if (place === UNKNOWN) continue;
      const belongs = bits[cell]!;
      const into = 2 * (belongs & mask) + place + ((belongs >>> MAY_BE) & mask ? width : 0);
      sumReached[into] = sumReached[into]! + counts[2 * cell]!;
      sumSettled[into] = sumSettled[into]! + counts[2 * cell + 1]!;
    }
    const clean = {
      reached: sumReached.subarray(0, width),
      settled: sumSettled.subarray(0, width),
    };
    const may = { reached: sumReached.subarray(width), settled: sumSettled.subarray(width) };
    const wider = widening(comparison, this.#variation);
    const cleanGap = mantelHaenszel(clean.reached, clean.settled, this.#variation, wider);
    if (cleanGap && Math.abs(comparison.gap.value) > CLEAR * cleanGap.standardError)
      return cleanGap;
    for (let i = 0; i < may.settled.length; i++) {
      may.reached[i] = may.reached[i]! + clean.reached[i]!;
      may.settled[i] = may.settled[i]! + clean.settled[i]!;
    }
    return mantelHaenszel(may.reached, may.settled, this.#variation, wider);
  }

  /** For each cell a bit for every held cut that it lies in, and another for every one that it may lie in. */
  #bitsOfCells(
    groups: SettledView["groups"],
    held: readonly { readonly cut: CutCodes; readonly bit: number }[],
    cells: number,
  ): Uint32Array {
    if (this.#bits.length < cells) this.#bits = new Uint32Array(cells);
    const bits = this.#bits;
    bits.fill(0, 0, cells);
    for (const { cut, bit } of held) {
      const places = this.#placesOfCells(groups, cut, cells);
      const asPlace = Uint32Array.of(0, 1 << bit, 1 << (bit + MAY_BE));
      for (let cell = 0; cell < cells; cell++) bits[cell] = bits[cell]! | asPlace[places[cell]!]!;
    }
    return bits;
  }

  /**
   * Where each cell stands to a cut: in it, certainly not in it, or not known. Somebody of another known group is not in
   * it, whatever else is unknown.
   */
  #placesOfCells(
    groups: SettledView["groups"],
    { characteristics, codes }: CutCodes,
    cells: number,
  ): Uint8Array {
    if (this.#places.length < cells) this.#places = new Uint8Array(cells);
    const places = this.#places;
    places.fill(IN, 0, cells);
    for (let i = 0; i < characteristics.length; i++) {
      const ofCells = groups[characteristics[i]!]!;
      const code = codes[i]!;
      for (let cell = 0; cell < cells; cell++) {
        const group = ofCells[cell]!;
        if (group === code) continue;
        if (group !== 0) places[cell] = OUT;
        else if (places[cell] === IN) places[cell] = UNKNOWN;
      }
    }
    return places;
  }
}

/** The groups by which cuts are held fixed, of the characteristics that are not compared themselves. */
function namedIn(
  held: readonly { readonly cut: CutCodes }[],
  { characteristics }: CutCodes,
): NamedGroups {
  const named = new Map<number, number[]>();
  for (const { cut } of held)
    for (const [i, index] of cut.characteristics.entries()) {
      if (characteristics.includes(index)) continue;
      const codes = named.get(index) ?? [];
      named.set(index, codes);
      const code = cut.codes[i]!;
      if (!codes.includes(code)) codes.push(code);
    }
  for (const codes of named.values()) codes.sort((a, b) => a - b);
  return named;
}

const OUT = 0;
const IN = 1;
const UNKNOWN = 2;

/** How many times wider the comparison's own interval is than its settled people alone would make it. */
function widening(
  { group, others, standardError }: Comparison,
  { events, inflation }: Variation,
): number {
  if (events || inflation > 1) return Math.sqrt(inflation);
  const variance = ({ reached, denominator }: Comparison["group"]) =>
    ((reached / denominator) * (1 - reached / denominator)) / denominator;
  const independent = Math.sqrt(variance(group) + variance(others));
  return independent > 0 ? Math.max(1, standardError / independent) : 1;
}

function mantelHaenszel(
  reached: Float64Array,
  settled: Float64Array,
  { events }: Pick<Variation, "events">,
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
