import { deprivationDecile, deprivationQuintile } from "../vocabulary/deprivation.ts";
import { ethnicity } from "../vocabulary/ethnicity.ts";
import { language } from "../vocabulary/language.ts";
import { isBlank, isNotKnown } from "../vocabulary/plain-words.ts";
import { sex } from "../vocabulary/sex.ts";
import type { Vocabulary } from "../vocabulary/vocabulary.ts";
import { carer, disability } from "../vocabulary/yes-no.ts";
import { columnWords } from "./column-name.ts";
import { addDateEvidence, type DateEvidence, noDateEvidence } from "./date-convention.ts";

/** What is known of a column from its name and the values that were looked at. */
export interface ColumnProfile {
  readonly column: string;
  /** Its name as words. */
  readonly words: string;
  /** Rows that were looked at, and how many of them have a value. */
  readonly rows: number;
  readonly filled: number;
  /** Distinct values and how often each was seen; complete only while `distinctIsComplete`. */
  readonly distinct: ReadonlyMap<string, number>;
  readonly distinctIsComplete: boolean;
  readonly dates: DateEvidence;
  readonly numbers: number;
  readonly integers: number;
  readonly smallest: number;
  readonly largest: number;
  readonly longest: number;
  /** Values of three words or more. */
  readonly wordy: number;
}

const mostDistinct = 5000;

/** Gathers the profile of one column, value by value. */
export class ColumnProfiler implements ColumnProfile {
  readonly words: string;
  rows = 0;
  filled = 0;
  readonly distinct = new Map<string, number>();
  distinctIsComplete = true;
  readonly dates = noDateEvidence();
  numbers = 0;
  integers = 0;
  smallest = Number.POSITIVE_INFINITY;
  largest = Number.NEGATIVE_INFINITY;
  longest = 0;
  wordy = 0;

  constructor(readonly column: string) {
    this.words = columnWords(column);
  }

  add(raw: string): void {
    this.rows++;
    if (isBlank(raw)) return;
    const value = raw.trim();
    this.filled++;
    const seen = this.distinct.get(value);
    if (seen !== undefined) this.distinct.set(value, seen + 1);
    else if (this.distinct.size < mostDistinct) this.distinct.set(value, 1);
    else this.distinctIsComplete = false;
    addDateEvidence(this.dates, value);
    const number = plainNumber(value);
    if (number !== undefined) {
      this.numbers++;
      if (Number.isInteger(number)) this.integers++;
      if (number < this.smallest) this.smallest = number;
      if (number > this.largest) this.largest = number;
    }
    if (value.length > this.longest) this.longest = value.length;
    if (/\S+\s+\S+\s+\S/.test(value)) this.wordy++;
  }
}

/** A number as people write it, with separators of thousands; undefined for anything else. */
export function plainNumber(text: string): number | undefined {
  const value = text.trim();
  if (!/^[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?$/.test(value) || !/\d/.test(value)) return undefined;
  return Number(value.replaceAll(",", ""));
}

/** The share of the values that are seen for which something holds. */
export function shareOf(profile: ColumnProfile, holds: (value: string) => boolean): number {
  let held = 0;
  let all = 0;
  for (const [value, count] of profile.distinct) {
    if (isNotKnown(value)) continue;
    all += count;
    if (holds(value)) held += count;
  }
  return all === 0 ? 0 : held / all;
}

/** The share of the values that a vocabulary knows. */
export function knownShare(profile: ColumnProfile, vocabulary: Vocabulary): number {
  return shareOf(profile, (value) => vocabulary.read(value)?.group != null);
}

/** Vocabularies by the kind of value that a field must have. */
export const VOCABULARIES = {
  ethnicity,
  sex,
  disability,
  carer,
  language,
  quintile: deprivationQuintile,
  decile: deprivationDecile,
} as const;
