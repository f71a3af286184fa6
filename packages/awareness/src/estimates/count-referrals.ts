import type { CodedReferrals } from "./coded-referrals.ts";
import { estimateBlocks } from "./estimate-cuts.ts";
import { foldPlan } from "./fold-plan.ts";
import { type OutcomeCodes, outcomeCodes } from "./outcome-codes.ts";
import { type BitField, type PackedReferrals, packReferrals } from "./packed-referrals.ts";
import type { StrataColumns, StrataTable } from "./strata-table.ts";

/** The largest table that referrals are counted into: with its folds it stays in the processor's second cache. */
const BLOCK_STRATA = 20_000;
/** Referrals whose stratum is worked out at a time. */
const CHUNK = 4096;

/**
 * Counts referrals into the strata of several crossings. Referrals are put in order of their outcome once; each outcome is
 * then counted into a few larger crossings, which are added up to those wanted while they are in the cache.
 *
 * @param crossings ascending indices of the characteristics of each
 */
export function countReferrals(
  referrals: CodedReferrals,
  crossings: readonly (readonly number[])[],
  columns: StrataColumns,
): StrataTable[] {
  const sizeOf = referrals.characteristics.map(({ groups }) => groups.length);
  const outcomes = outcomeCodes(columns);
  const crossed = [...new Set(crossings.flat())].sort((a, b) => a - b);
  const packed = packReferrals(referrals, crossed, outcomes);
  const tables = new Map<string, StrataTable>();
  for (const block of estimateBlocks(crossings, sizeOf, BLOCK_STRATA)) {
    const sizes = block.characteristics.map((index) => sizeOf[index]!);
    const fields = block.characteristics.map((index) => packed.fields.get(index)!);
    const into = block.cuts.map((characteristics): StrataTable => {
      const cutSizes = characteristics.map((index) => sizeOf[index]!);
      const strata = cutSizes.reduce((all, size) => all * size, 1);
      const counts = new Float64Array(strata * columns.width);
      return { characteristics, sizes: cutSizes, counts };
    });
    countBlock(
      packed,
      fields,
      outcomes,
      { characteristics: block.characteristics, sizes },
      into,
      columns,
    );
    for (const table of into) tables.set(table.characteristics.join(), table);
  }
  return crossings.map((characteristics) => tables.get(characteristics.join())!);
}

function countBlock(
  packed: PackedReferrals,
  fields: readonly BitField[],
  outcomes: OutcomeCodes,
  block: { readonly characteristics: readonly number[]; readonly sizes: readonly number[] },
  into: readonly StrataTable[],
  { width }: StrataColumns,
): void {
  const plan = foldPlan(
    block,
    into.map(({ characteristics }) => characteristics),
  );
  const counts = plan.block;
  const weights = weightsOf(fields);
  const stratum = new Int32Array(CHUNK);
  for (let outcome = 0; outcome < outcomes.count; outcome++) {
    const end = packed.starts[outcome + 1]!;
    if (end === packed.starts[outcome]) continue;
    counts.fill(0);
    countStrata(counts, packed, weights, packed.starts[outcome]!, end, stratum);
    plan.fold();
    const fate = outcomes.fateColumn[outcome]!;
    const wait = outcomes.waitColumn[outcome]!;
    into.forEach((table, i) => {
      const sums = plan.wanted[i]!;
      addColumn(sums, table.counts, fate, width);
      if (wait >= 0) addColumn(sums, table.counts, wait, width);
    });
  }
}

/** What each value of a part of a word adds to the stratum: a word is looked up in three parts that stay in the cache. */
interface WordWeights {
  readonly word: number;
  readonly low: Int32Array;
  readonly middle: Int32Array;
  readonly high: Int32Array;
}

const PART_BITS = 11;
const PART = (1 << PART_BITS) - 1;

/** A stratum is the sum of what each bit of the words adds to it. */
function weightsOf(fields: readonly BitField[]): WordWeights[] {
  const bits = new Map<number, Int32Array>();
  let stride = 1;
  for (const { word, shift, mask, size } of fields.toReversed()) {
    const ofWord = bits.get(word) ?? new Int32Array(3 * PART_BITS);
    for (let bit = 0; mask >> bit > 0; bit++) ofWord[shift + bit] = stride << bit;
    bits.set(word, ofWord);
    stride *= size;
  }
  const part = (weights: Int32Array, first: number) => {
    const sums = new Int32Array(PART + 1);
    for (let value = 1; value <= PART; value++) {
      const lowest = value & -value;
      sums[value] = sums[value - lowest]! + weights[first + 31 - Math.clz32(lowest)]!;
    }
    return sums;
  };
  return [...bits].map(([word, weights]) => ({
    word,
    low: part(weights, 0),
    middle: part(weights, PART_BITS),
    high: part(weights, 2 * PART_BITS),
  }));
}

/** Counts some of the packed referrals into the strata of a block. */
function countStrata(
  counts: Int32Array,
  { words }: PackedReferrals,
  weights: readonly WordWeights[],
  start: number,
  end: number,
  stratum: Int32Array,
): void {
  const [first, ...others] = weights;
  if (first && others.length === 0) {
    countWord(counts, words[first.word]!, start, end, first);
    return;
  }
  for (let from = start; from < end; from += CHUNK) {
    const length = Math.min(CHUNK, end - from);
    stratum.fill(0);
    for (const one of weights) addWord(stratum, words[one.word]!, from, length, one);
    for (let i = 0; i < length; i++) counts[stratum[i]!] = counts[stratum[i]!]! + 1;
  }
}

/** The inner loop. */
function countWord(
  counts: Int32Array,
  words: Int32Array,
  start: number,
  end: number,
  { low, middle, high }: WordWeights,
): void {
  for (let i = start; i < end; i++) {
    const word = words[i]!;
    const at =
      low[word & PART]! +
      middle[(word >> PART_BITS) & PART]! +
      high[(word >> (2 * PART_BITS)) & PART]!;
    counts[at] = counts[at]! + 1;
  }
}

function addWord(
  into: Int32Array,
  words: Int32Array,
  start: number,
  length: number,
  { low, middle, high }: WordWeights,
): void {
  for (let i = 0; i < length; i++) {
    const word = words[start + i]!;
    into[i] =
      into[i]! +
      low[word & PART]! +
      middle[(word >> PART_BITS) & PART]! +
      high[(word >> (2 * PART_BITS)) & PART]!;
  }
}

function addColumn(sums: Int32Array, counts: Float64Array, column: number, width: number): void {
  let at = column;
  for (let stratum = 0; stratum < sums.length; stratum++) {
    counts[at] = counts[at]! + sums[stratum]!;
    at += width;
  }
}
