import { type CodedReferrals, checkFates, checkReferrals, unknownCode } from "./coded-referrals.ts";
import type { OutcomeCodes } from "./outcome-codes.ts";

/** Where a characteristic's code stands: in which word, from which bit on. */
export interface BitField {
  readonly word: number;
  readonly shift: number;
  readonly mask: number;
  readonly size: number;
}

/** Referrals put in order of their outcome, their characteristics packed into words of 31 bits. */
export interface PackedReferrals {
  /** Where each outcome's referrals start; one more than there are outcomes. */
  readonly starts: Int32Array;
  readonly words: readonly Int32Array[];
  /** By the index of the characteristic; only those that are crossed. */
  readonly fields: ReadonlyMap<number, BitField>;
}

const BITS = 31;
/** Referrals that are coded at a time: they stay in the processor's nearest cache. */
const CHUNK = 4096;

/**
 * Puts referrals in order of their outcome. Counting an outcome's referrals then needs a table of the crossing's strata
 * alone, which stays in the processor's cache, where one of strata by outcomes would not.
 *
 * @param crossed indices of the characteristics that are crossed
 */
export function packReferrals(
  referrals: CodedReferrals,
  crossed: readonly number[],
  outcomes: OutcomeCodes,
): PackedReferrals {
  checkReferrals(referrals);
  checkFates(referrals.fates);
  const { fields, wordCount } = bitFields(referrals, crossed);
  const length = referrals.fates.length;
  const { codes, starts } = codeOutcomes(referrals, outcomes);
  const next = starts.slice();
  const columns = Array.from({ length: wordCount }, (_, word) =>
    inFours([...fields].filter(([, field]) => field.word === word)),
  );
  const words = Array.from({ length: wordCount }, () => new Int32Array(length));
  const places = new Int32Array(CHUNK);
  const packed = new Int32Array(CHUNK);
  for (let start = 0; start < length; start += CHUNK) {
    const count = Math.min(CHUNK, length - start);
    takePlaces(codes, start, count, next, places);
    for (let word = 0; word < words.length; word++) {
      packed.fill(0);
      for (const group of columns[word]!) packChunk(referrals, group, start, count, packed);
      scatter(packed, places, count, words[word]!);
    }
  }
  return { starts, words, fields };
}

function bitFields({ characteristics }: CodedReferrals, crossed: readonly number[]) {
  const fields = new Map<number, BitField>();
  let word = 0;
  let shift = 0;
  for (const index of crossed) {
    const size = characteristics[index]!.groups.length;
    const bits = Math.max(1, 32 - Math.clz32(size - 1));
    if (shift + bits > BITS) {
      word++;
      shift = 0;
    }
    fields.set(index, { word, shift, mask: (1 << bits) - 1, size });
    shift += bits;
  }
  return { fields, wordCount: word + 1 };
}

/** The outcome of every referral, and where each outcome's referrals will start. */
function codeOutcomes({ fates, weeks }: CodedReferrals, outcomes: OutcomeCodes) {
  const { count, firstOfFate, lastWeek } = outcomes;
  const codes = new Uint16Array(fates.length);
  const starts = new Int32Array(count + 1);
  if (!weeks) tallyFates(fates, firstOfFate, codes, starts);
  else if (weeks instanceof Uint8Array)
    tallyBytes(fates, weeks, firstOfFate, lastWeek, codes, starts);
  else tallyShorts(fates, weeks, firstOfFate, lastWeek, codes, starts);
  for (let code = 0; code < count; code++) starts[code + 1]! += starts[code]!;
  return { codes, starts };
}

// A loop for each type of array: one loop for several types runs at half the speed.

function tallyFates(
  fates: Uint8Array,
  firstOfFate: Int32Array,
  codes: Uint16Array,
  starts: Int32Array,
): void {
  for (let i = 0; i < fates.length; i++) {
    const code = firstOfFate[fates[i]!]!;
    codes[i] = code;
    starts[code + 1] = starts[code + 1]! + 1;
  }
}

function tallyBytes(
  fates: Uint8Array,
  weeks: Uint8Array,
  firstOfFate: Int32Array,
  lastWeek: Int32Array,
  codes: Uint16Array,
  starts: Int32Array,
): void {
  for (let i = 0; i < fates.length; i++) {
    const fate = fates[i]!;
    const code = firstOfFate[fate]! + Math.min(weeks[i]!, lastWeek[fate]!);
    codes[i] = code;
    starts[code + 1] = starts[code + 1]! + 1;
  }
}

function tallyShorts(
  fates: Uint8Array,
  weeks: Uint16Array,
  firstOfFate: Int32Array,
  lastWeek: Int32Array,
  codes: Uint16Array,
  starts: Int32Array,
): void {
  for (let i = 0; i < fates.length; i++) {
    const fate = fates[i]!;
    const code = firstOfFate[fate]! + Math.min(weeks[i]!, lastWeek[fate]!);
    codes[i] = code;
    starts[code + 1] = starts[code + 1]! + 1;
  }
}

function takePlaces(
  codes: Uint16Array,
  start: number,
  count: number,
  next: Int32Array,
  places: Int32Array,
): void {
  for (let i = 0; i < count; i++) {
    const code = codes[start + i]!;
    const place = next[code]!;
    places[i] = place;
    next[code] = place + 1;
  }
}

type Column = readonly [index: number, field: BitField];

function inFours(columns: readonly Column[]): readonly (readonly Column[])[] {
  return Array.from({ length: Math.ceil(columns.length / 4) }, (_, i) =>
    columns.slice(4 * i, 4 * i + 4),
  );
}

const highest = new Int32Array(4);

/** Adds up to four characteristics' codes to a chunk of words. */
function packChunk(
  { groups, characteristics }: CodedReferrals,
  columns: readonly Column[],
  start: number,
  count: number,
  into: Int32Array,
): void {
  const codes = columns.map(([index]) => groups[index]!);
  const shifts = columns.map(([, { shift }]) => shift);
  highest.fill(0);
  if (codes.length === 4 && codes.every((one) => one instanceof Uint8Array))
    packFour(...(codes as Four<Uint8Array>), ...(shifts as Four<number>), start, count, into);
  else
    codes.forEach((one, i) => {
      highest[i] =
        one instanceof Uint8Array
          ? packBytes(one, start, count, shifts[i]!, into)
          : packShorts(one, start, count, shifts[i]!, into);
    });
  columns.forEach(([index, { size }], i) => {
    if (highest[i]! >= size)
      throw unknownCode(`“${characteristics[index]!.name}”`, highest[i]!, size);
  });
}

type Four<T> = [T, T, T, T];

function packFour(
  a: Uint8Array,
  b: Uint8Array,
  c: Uint8Array,
  d: Uint8Array,
  toA: number,
  toB: number,
  toC: number,
  toD: number,
  start: number,
  count: number,
  into: Int32Array,
): void {
  let mostA = 0;
  let mostB = 0;
  let mostC = 0;
  let mostD = 0;
  for (let i = 0; i < count; i++) {
    const inA = a[start + i]!;
    const inB = b[start + i]!;
    const inC = c[start + i]!;
    const inD = d[start + i]!;
    if (inA > mostA) mostA = inA;
    if (inB > mostB) mostB = inB;
    if (inC > mostC) mostC = inC;
    if (inD > mostD) mostD = inD;
    into[i] = into[i]! | (inA << toA) | (inB << toB) | (inC << toC) | (inD << toD);
  }
  highest.set([mostA, mostB, mostC, mostD]);
}

function packBytes(
  codes: Uint8Array,
  start: number,
  count: number,
  shift: number,
  into: Int32Array,
): number {
  let highest = 0;
  for (let i = 0; i < count; i++) {
    const code = codes[start + i]!;
    into[i] = into[i]! | (code << shift);
    if (code > highest) highest = code;
  }
  return highest;
}

function packShorts(
  codes: Uint16Array,
  start: number,
  count: number,
  shift: number,
  into: Int32Array,
): number {
  let highest = 0;
  for (let i = 0; i < count; i++) {
    const code = codes[start + i]!;
    into[i] = into[i]! | (code << shift);
    if (code > highest) highest = code;
  }
  return highest;
}

function scatter(packed: Int32Array, places: Int32Array, count: number, into: Int32Array): void {
  for (let i = 0; i < count; i++) into[places[i]!] = packed[i]!;
}
