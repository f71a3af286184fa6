import type { Engine } from "@taproot/engine";

/** The nations of the United Kingdom. */
export type Nation = "England" | "Wales" | "Scotland" | "Northern Ireland";

/** What a kind of place data says. */
export type PlaceKind =
  | "deprivation"
  | "postcodes"
  | "areaChanges"
  | "rurality"
  | "membership"
  | "population"
  | "outlines";

/** The beginning of a table: its column names and some of its rows. */
export interface TableHead {
  readonly columns: readonly string[];
  readonly sample: readonly (readonly string[])[];
}

/** Looks at the loaded table (named `incoming`) and throws a sentence when it breaks a rule of its release. */
export type Check = (engine: Engine, file: string) => Promise<void>;

/** How a table that was recognised is read: SQL from its columns (c0, c1, … as text) to the form that is kept. */
export interface Reading {
  select(from: string): string;
  readonly checks: readonly Check[];
  /** What it is called, where its columns decide. */
  readonly name?: string;
  readonly title?: string;
  /** For a population, where its columns say so: the characteristics that its groups are of. */
  readonly characteristics?: readonly string[];
}

/** One publication about places that Taproot can read. */
export interface Release {
  /** Its name in commands: "england-imd-2025". */
  readonly name: string;
  readonly kind: PlaceKind;
  readonly title: string;
  readonly nation?: Nation;
  readonly publisher: string;
  readonly vintage: string;
  readonly licence: string;
  /** For a population: the characteristics that its groups are of. */
  readonly characteristics?: readonly string[];
  /** True for what a person has of their own, which is called after its file. */
  readonly own?: boolean;
  /** Where it is published: a file to fetch, where that is known, and the page on which a person finds it. */
  readonly published: {
    readonly file?: string;
    /** About how large the file is, to show and to refuse what cannot be it. */
    readonly megabytes?: number;
    readonly page: string;
    /** What to choose on the page, for a person. */
    readonly choose: string;
  };
  /** How to read a table if it is of this release; undefined when it is not. */
  read(head: TableHead): Reading | undefined;
}

/** The licence of nearly all of them. */
export const OPEN_GOVERNMENT_LICENCE = "Open Government Licence v3.0";

/** Index of the first column whose name fits one of the patterns, in the order of the patterns; -1 when none does. */
export function columnLike(head: TableHead, ...patterns: readonly RegExp[]): number {
  const names = head.columns.map((name) => name.trim().toLowerCase().replace(/\s+/g, " "));
  for (const pattern of patterns) {
    const index = names.findIndex((name) => pattern.test(name));
    if (index >= 0) return index;
  }
  return -1;
}

/** Whether nearly all of the sample's values in a column fit a pattern. */
export function valuesLike(head: TableHead, column: number, pattern: RegExp): boolean {
  if (column < 0) return false;
  const values = head.sample.map((row) => (row[column] ?? "").trim()).filter((value) => value);
  const fitting = values.filter((value) => pattern.test(value)).length;
  return values.length > 0 && fitting >= 0.8 * values.length;
}

/** A column's text without surrounding spaces, or null when it is blank. */
export function textSql(column: number): string {
  return `nullif(trim(c${column}), '')`;
}

/** A column's whole number, or null: thousands may be separated, and spreadsheets may add ".0". */
export function wholeNumberSql(column: number): string {
  const number = `try_cast(replace(${textSql(column)}, ',', '') AS DOUBLE)`;
  return `CASE WHEN ${number} = floor(${number}) THEN CAST(${number} AS INTEGER) END`;
}

/** A column's number, or null. */
export function numberSql(column: number): string {
  return `try_cast(replace(${textSql(column)}, ',', '') AS DOUBLE)`;
}
