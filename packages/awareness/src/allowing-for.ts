import { normalProbability } from "@taproot/statistics";
import type { Variation } from "./cell-columns.ts";
import type { Comparison, CutCodes } from "./comparison.ts";
import type { SettledView } from "./settled-view.ts";
import type { NamedGroups, SettledViews } from "./settled-views.ts";

/** A gap that remains when other cuts are held fixed. */
export interface RemainingGap {
  readonly value: number;
  readonly standardError: number;
  readonly p: number;
}

/**
 * Cuts that can be held fixed at once. A cell says of each, by a bit, that it is out of it, and by another that it is not
 * known to be in it; of the groups that are compared it says so by a bit each after those.
 */
const MOST_HELD = 10;
const COMPARED = 2 * MOST_HELD;
const OUT = 1;
const UNKNOWN = 1 << MOST_HELD;
const OUT_OF_COMPARED = 1 << COMPARED;
const UNKNOWN_OF_COMPARED = 2 << COMPARED;

/** A clean comparison is preferred when the gap would be at least this many of its standard errors. */
const CLEAR = 3.3;

/** The cuts that are held fixed, and what remains of a gap between people who are alike in them. */
export class HeldCuts {
  readonly #views: SettledViews;
  readonly #variation: Variation;
  readonly #cuts: (CutCodes | undefined)[] = [];
  // Room that every question uses anew: what each cell says, and sums of two numbers for each of its meanings.
  #said = new Uint32Array(0);
  readonly #reached = new Float64Array(4 << MOST_HELD);
  readonly #settled = new Float64Array(4 << MOST_HELD);
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
    const held = this.#characteristics(mask);
    const about = [...comparison.characteristics, ...held];
    const view = this.#views.over(about, this.#named(comparison), held);
    if (this.#said.length < view.cells) this.#said = new Uint32Array(view.cells);
    view.say(this.#bits(comparison, mask), this.#said);
    // The certain strata first, those who may belong to a held cut after them; a pair of outside and inside each.
    const width = 2 << (32 - Math.clz32(mask));
    this.#addUp(view, mask, width);
    const wider = widening(comparison, this.#variation);
    const sums = { reached: this.#reached, settled: this.#settled, events: this.#variation.events };
    const cleanGap = mantelHaenszel(sums, 0, width, wider);
    if (cleanGap && Math.abs(comparison.gap.value) > CLEAR * cleanGap.standardError)
      return cleanGap;
    for (let i = 0; i < width; i++) {
      sums.reached[width + i] = sums.reached[width + i]! + sums.reached[i]!;
      sums.settled[width + i] = sums.settled[width + i]! + sums.settled[i]!;
    }
    return mantelHaenszel(sums, width, 2 * width, wider);
  }

  /** The characteristics of what is held fixed. */
  #characteristics(mask: number): readonly number[] {
    const held = this.#cuts.filter((_, bit) => mask & (1 << bit));
    return held.flatMap((cut) => cut?.characteristics ?? []);
  }

  /** The groups that are asked for, those of all cuts that are held: the next question leaves out others. */
  #named(comparison: CutCodes): NamedGroups {
    const named = new Map<number, number[]>();
    for (const cut of [...this.#cuts, comparison])
      for (const [i, index] of cut?.characteristics.entries() ?? []) {
        const codes = named.get(index) ?? [];
        named.set(index, codes);
        const code = cut!.codes[i]!;
        if (!codes.includes(code)) codes.push(code);
      }
    return named;
  }

  /** What each code says of the held cuts and of the groups that are compared. */
  #bits(comparison: CutCodes, mask: number): readonly Uint32Array[] {
    const bits: Uint32Array[] = [];
    const add = ({ characteristics, codes }: CutCodes, out: number, unknown: number) => {
      for (const [i, index] of characteristics.entries()) {
        const ofCodes = bits[index] ?? new Uint32Array(this.#views.sizes[index]!);
        bits[index] = ofCodes;
        for (let code = 0; code < ofCodes.length; code++)
          if (code !== codes[i]) ofCodes[code] = ofCodes[code]! | (code === 0 ? unknown : out);
      }
    };
    for (const [bit, cut] of this.#cuts.entries())
      if (cut && mask & (1 << bit)) add(cut, OUT << bit, UNKNOWN << bit);
    add(comparison, OUT_OF_COMPARED, UNKNOWN_OF_COMPARED);
    return bits;
  }

  /** Adds cells up by the held cuts that they are in. Somebody of another known group is out, whatever else is unknown. */
  #addUp({ cells, counts }: SettledView, mask: number, width: number): void {
    const reached = this.#reached.fill(0, 0, 2 * width);
    const settled = this.#settled.fill(0, 0, 2 * width);
    const said = this.#said;
    for (let cell = 0; cell < cells; cell++) {
      const out = said[cell]!;
      const compared = out >>> COMPARED;
      if (compared === 2) continue;
      const unknown = out >>> MOST_HELD;
      const into =
        2 * (~(out | unknown) & mask) +
        (compared === 0 ? 1 : 0) +
        ((unknown & ~out & mask) === 0 ? 0 : width);
      reached[into] = reached[into]! + counts[2 * cell]!;
      settled[into] = settled[into]! + counts[2 * cell + 1]!;
    }
  }
}

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

/** Pairs of outside and inside, one stratum after the other. */
interface Pairs extends Pick<Variation, "events"> {
  readonly reached: Float64Array;
  readonly settled: Float64Array;
}

function mantelHaenszel(
  { reached, settled, events }: Pairs,
  from: number,
  to: number,
  wider: number,
): RemainingGap | undefined {
  let weights = 0;
  let sum = 0;
  let variance = 0;
  for (let at = from; at < to; at += 2) {
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
