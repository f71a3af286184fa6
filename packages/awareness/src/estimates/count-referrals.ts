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
  const stratum = new Int32Array(CHUNK);
  for (let outcome = 0; outcome < outcomes.count; outcome++) {
    const end = packed.starts[outcome + 1]!;
    if (end === packed.starts[outcome]) continue;
    counts.fill(0);
    countStrata(counts, packed, fields, packed.starts[outcome]!, end, stratum);
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

/** Counts some of the packed referrals into the strata of a block. */
function countStrata(
  counts: Int32Array,
  { words }: PackedReferrals,
  fields: readonly BitField[],
  start: number,
  end: number,
  stratum: Int32Array,
): void {
  const [first] = fields;
  if (first && fields.length <= 6 && fields.every(({ word }) => word === first.word)) {
    const nothing: BitField = { word: first.word, shift: 0, mask: 0, size: 1 };
    const six = [...fields, ...Array.from({ length: 6 - fields.length }, () => nothing)];
    countWord(counts, words[first.word]!, start, end, ...(six as Six));
    return;
  }
  for (let from = start; from < end; from += CHUNK) {
    const length = Math.min(CHUNK, end - from);
    stratum.fill(0);
    for (const { word, shift, mask, size } of fields)
      addDigit(stratum, words[word]!, from, length, shift, mask, size);
    for (let i = 0; i < length; i++) counts[stratum[i]!] = counts[stratum[i]!]! + 1;
  }
}

type Six = [BitField, BitField, BitField, BitField, BitField, BitField];

/** The inner loop: up to six characteristics of one word, those that are not there of one group. */
function countWord(
  counts: Int32Array,
  words: Int32Array,
  start: number,
  end: number,
  { shift: s0, mask: m0 }: BitField,
  { shift: s1, mask: m1, size: z1 }: BitField,
  { shift: s2, mask: m2, size: z2 }: BitField,
  { shift: s3, mask: m3, size: z3 }: BitField,
  { shift: s4, mask: m4, size: z4 }: BitField,
  { shift: s5, mask: m5, size: z5 }: BitField,
): void {
  for (let i = start; i < end; i++) {
    const word = words[i]!;
    let at = Math.imul((word >> s0) & m0, z1) + ((word >> s1) & m1);
    at = Math.imul(at, z2) + ((word >> s2) & m2);
    at = Math.imul(at, z3) + ((word >> s3) & m3);
    at = Math.imul(at, z4) + ((word >> s4) & m4);
    at = Math.imul(at, z5) + ((word >> s5) & m5);
    counts[at] = counts[at]! + 1;
  }
}

function addDigit(
  into: Int32Array,
  words: Int32Array,
  start: number,
  length: number,
  shift: number,
  mask: number,
  size: number,
): void {
  for (let i = 0; i < length; i++)
    into[i] = Math.imul(into[i]!, size) + ((words[start + i]! >> shift) & mask);
}

function addColumn(sums: Int32Array, counts: Float64Array, column: number, width: number): void {
  let at = column;
  for (let stratum = 0; stratum < sums.length; stratum++) {
    counts[at] = counts[at]! + sums[stratum]!;
    at += width;
  }
}
