import { FATE_COUNT } from "@taproot/model";
import {
  katzInto,
  newcombeInto,
  WEEKLY_WAITS,
  weeklyWaitsInto,
  wilsonInto,
} from "@taproot/statistics";
import { FEWEST_COMPARED } from "../comparison.ts";
import type { StepColumns } from "../settled-step.ts";
import { CENSORING } from "../weekly-table.ts";
import { type EstimateColumns, type Estimates, trimmed } from "./estimate-columns.ts";
import type { StrataColumns, StrataTable } from "./strata-table.ts";

/** A side of a comparison: people, and the numbers that its interval rests on. */
interface Side {
  reached: number;
  denominator: number;
  /** As many as would give the same standard error if all were followed to the end. */
  effective: number;
  effectiveReached: number;
}

const side = (): Side => ({ reached: 0, denominator: 0, effective: 0, effectiveReached: 0 });

/** Fills the estimates cut by cut; intervals are worked out at the end, column by column. */
export class EstimateFiller {
  readonly #columns: StrataColumns;
  readonly #steps: readonly StepColumns[];
  readonly #horizonWeeks: number | undefined;
  readonly #into: EstimateColumns;
  readonly #everyone: Float64Array;
  readonly #rest: Float64Array;
  readonly #unknown: Float64Array;
  readonly #effective: readonly Float64Array[];
  readonly #waits = new Float64Array(WEEKLY_WAITS.width);
  readonly #group = side();
  readonly #others = side();

  /**
   * @param steps whose measures come first in `into`, in this order; waits, where there is a horizon, come after them
   * @param everyone one row: all strata of any cut added up
   */
  constructor(
    columns: StrataColumns,
    steps: readonly StepColumns[],
    everyone: Float64Array,
    into: EstimateColumns,
  ) {
    this.#columns = columns;
    this.#steps = steps;
    this.#horizonWeeks = columns.weeks > 0 ? columns.weeks - 1 : undefined;
    this.#everyone = everyone;
    this.#into = into;
    this.#rest = new Float64Array(columns.width);
    this.#unknown = new Float64Array(columns.width);
    this.#effective = Array.from({ length: 4 }, () => new Float64Array(into.cut.length));
  }

  /** Adds every known group of a cut at every step. */
  add(cut: number, { sizes, counts }: StrataTable): void {
    const { width } = this.#columns;
    const codes = sizes.map(() => 1);
    const strides = sizes.map((_, i) => sizes.slice(i + 1).reduce((all, size) => all * size, 1));
    for (;;) {
      const stratum = codes.reduce((sum, code, i) => sum + code * strides[i]!, 0);
      this.#split(counts, stratum, codes, strides);
      const start = stratum * width;
      this.#steps.forEach((step, measure) => {
        settleSide(counts, start, step, this.#group);
        if (this.#group.denominator === 0) return;
        settleSide(this.#rest, 0, step, this.#others);
        const unknown = settledIn(this.#unknown, step);
        const enough =
          this.#group.denominator >= FEWEST_COMPARED && this.#others.denominator >= FEWEST_COMPARED;
        this.#push(cut, stratum, measure, enough, unknown);
      });
      if (this.#horizonWeeks !== undefined) this.#addWaits(cut, stratum, counts, start);
      let place = codes.length - 1;
      while (place >= 0 && codes[place] === sizes[place]! - 1) codes[place--] = 1;
      if (place < 0) return;
      codes[place] = codes[place]! + 1;
    }
  }

  /** The rest is everyone but the group and those who may be in it: all of whose known groups are the group's. */
  #split(counts: Float64Array, stratum: number, codes: readonly number[], strides: number[]): void {
    const { width } = this.#columns;
    const unknown = this.#unknown.fill(0);
    for (let missing = 1; missing < 1 << codes.length; missing++) {
      let other = stratum;
      for (let i = 0; i < codes.length; i++)
        if (missing & (1 << i)) other -= codes[i]! * strides[i]!;
      const from = other * width;
      for (let i = 0; i < width; i++) unknown[i] = unknown[i]! + counts[from + i]!;
    }
    const rest = this.#rest;
    const from = stratum * width;
    for (let i = 0; i < width; i++) rest[i] = this.#everyone[i]! - counts[from + i]! - unknown[i]!;
  }

  #addWaits(cut: number, stratum: number, counts: Float64Array, start: number): void {
    const horizon = this.#horizonWeeks!;
    const enough = this.#chance(counts, start, horizon, this.#group);
    if (this.#group.denominator === 0) return;
    const both = this.#chance(this.#rest, 0, horizon, this.#others) && enough;
    this.#push(cut, stratum, this.#steps.length, both, this.#peopleIn(this.#unknown, 0));
  }

  #peopleIn(counts: Float64Array, start: number): number {
    let people = 0;
    for (let i = start + this.#columns.seen; i < start + this.#columns.width; i++)
      people += counts[i]!;
    return people;
  }

  /** The chance of having been seen by the horizon; false where too few could be followed so long. */
  #chance(counts: Float64Array, start: number, horizon: number, into: Side): boolean {
    const { seen, left, waiting, weeks, width } = this.#columns;
    into.denominator = this.#peopleIn(counts, start);
    if (into.denominator === 0) return false;
    const row = this.#waits;
    const end = start + width;
    weeklyWaitsInto(
      counts.subarray(start + seen, end),
      counts.subarray(start + left, end),
      counts.subarray(start + waiting, end),
      0,
      weeks,
      [horizon],
      row,
      0,
      null,
      CENSORING,
    );
    const chance = row[WEEKLY_WAITS.chance]!;
    const variance = row[WEEKLY_WAITS.varianceOfChance]!;
    const followed = row[WEEKLY_WAITS.followed]!;
    into.reached = chance * into.denominator;
    into.effective =
      variance > 0 && chance > 0 && chance < 1 ? (chance * (1 - chance)) / variance : followed;
    into.effectiveReached = chance * into.effective;
    return followed > 0 && followed >= FEWEST_COMPARED - 1e-9;
  }

  #push(cut: number, group: number, measure: number, enough: boolean, unknown: number): void {
    const into = this.#into;
    const at = into.length++;
    into.cut[at] = cut;
    into.group[at] = group;
    into.measure[at] = measure;
    if (!enough) return;
    into.said[at] = 1;
    into.reached[at] = this.#group.reached;
    into.denominator[at] = this.#group.denominator;
    into.restReached[at] = this.#others.reached;
    into.restDenominator[at] = this.#others.denominator;
    into.unknown[at] = unknown;
    const [ya, na, yb, nb] = this.#effective as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    ya[at] = this.#group.effectiveReached;
    na[at] = this.#group.effective;
    yb[at] = this.#others.effectiveReached;
    nb[at] = this.#others.effective;
  }

  /** All that was added, with its intervals. */
  finish(): Estimates {
    const estimates = trimmed(this.#into);
    const [numeratorsA, denominatorsA, numeratorsB, denominatorsB] = this.#effective.map((column) =>
      column.subarray(0, estimates.length),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array];
    const pairs = { numeratorsA, denominatorsA, numeratorsB, denominatorsB };
    wilsonInto(numeratorsA, denominatorsA, estimates.share);
    wilsonInto(numeratorsB, denominatorsB, estimates.restShare);
    newcombeInto(pairs, estimates.difference);
    katzInto(pairs, estimates.ratio);
    return estimates;
  }
}

function sumOfFates(counts: Float64Array, start: number, fates: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < fates.length; i++) sum += counts[start + fates[i]!]!;
  return sum;
}

function settleSide(counts: Float64Array, start: number, step: StepColumns, into: Side): void {
  into.reached = sumOfFates(counts, start, step.reached);
  into.denominator = into.reached + sumOfFates(counts, start, step.lost);
  into.effectiveReached = into.reached;
  into.effective = into.denominator;
}

function settledIn(counts: Float64Array, { reached, lost }: StepColumns): number {
  return sumOfFates(counts, 0, reached) + sumOfFates(counts, 0, lost);
}

/** All strata of a table added up. */
export function rowOfEveryone({ counts }: StrataTable, { width }: StrataColumns): Float64Array {
  const row = new Float64Array(Math.max(width, FATE_COUNT));
  for (let start = 0; start < counts.length; start += width)
    for (let i = 0; i < width; i++) row[i] = row[i]! + counts[start + i]!;
  return row;
}
