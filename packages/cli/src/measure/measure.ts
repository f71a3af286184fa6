import type { Absent } from "@taproot/statistics";

// How to add a measure
// ====================
// 1. Write measures/<name>.ts that exports one `Measure` (see measures/proportion.ts for the smallest, measures/
//    directly-standardised-rate.ts for one that takes many rows at a time).
// 2. Add it to the list in measures/index.ts (alphabetical by name).
// 3. Test it in packages/cli/test/measure/<name>.test.ts with `runMeasure` of test/measure/run-measure.ts.
//
// - `alternatives` are the tables that the measure can read. The first one whose required columns are all in the file
//   is used. Column names are lower case without spaces ("ageband"); the file may write "Age band" or "AGE_BAND".
// - Every column of the file that the chosen alternative does not name is a key. Rows with the same keys make one group
//   and `run` is called once for each. With no such column the whole table is one group.
// - A "number" column is already parsed and finite when `run` sees it; `group.numbers("count")` has one entry a row. A
//   cell that is blank or no number was reported with its row and column before `run` is called. A "text" column comes
//   trimmed and may be "".
// - `run` gives one or more results. `keys` tells apart several results of one group ({ part: "explained" }); the group's
//   own keys are added by the caller. Spread an Estimate as it is (`outcome: proportion(…)`): only value, lower and
//   upper are printed. A method without an interval leaves lower and upper out. An Absent goes in unchanged.
// - Throw `UnusableTable` (this folder) for a table that breaks a rule, naming the row (`group.lines[i]` is the row in
//   the file, the header being row 1), the column, the rule, the next step. A StatisticsError is also understood. Where each row is
//   its own estimate, `resultForEachRow` (this folder) calls your function per row and names the row for you.
// - `namedColumns` are columns whose names the person chooses: `--factors age,income` of an option called "factors". They
//   are read as if every alternative held them; `namedNumbers` and `namedTexts` (named-columns.ts) give them to `run` by their titles.
// - `options` are extra flags: `--per 1000`. `context.number("per")`, `context.text("…")`, `context.flag("…")` read them,
//   the default filled in. `--confidence` is always there: `context.confidence`.

/** A column that a measure reads from the table. */
export interface MeasureColumn {
  /** Lower case, no spaces. */
  readonly name: string;
  readonly description: string;
  readonly kind: "number" | "text";
  /** True: the table may lack it. */
  readonly optional?: boolean;
}

/** A flag of the measure beside `--confidence`. */
export interface MeasureOption {
  readonly name: string;
  readonly description: string;
  readonly kind: "number" | "text" | "flag";
  /** What holds when the flag is not given. A text with no default is "". */
  readonly default?: number | string | boolean;
  /** The only texts allowed. */
  readonly choices?: readonly string[];
}

/** Rows of the table that share their keys. */
export interface MeasureGroup {
  readonly keys: Readonly<Record<string, string>>;
  /** The row in the file of each row of the group; the header is row 1. */
  readonly lines: readonly number[];
  /** True when the file has the column. */
  has(column: string): boolean;
  numbers(column: string): number[];
  texts(column: string): string[];
}

/** Columns that the person names with an option: `--factors age,income`. */
export interface NamedColumns {
  /** The option, without its dashes. */
  readonly option: string;
  readonly description: string;
  readonly kind: "number" | "text";
  /** True: the option may be left out. */
  readonly optional?: boolean;
}

/** What was asked for, and what the file has. */
export interface MeasureContext {
  readonly confidence: number;
  has(column: string): boolean;
  number(option: string): number;
  text(option: string): string;
  flag(option: string): boolean;
}

/** One number with its interval, or the reason why there is none. */
export interface MeasureResult {
  readonly keys?: Readonly<Record<string, string | number>>;
  readonly outcome:
    | { readonly value: number; readonly lower?: number; readonly upper?: number }
    | Absent;
}

/** One statistic over a small table. */
export interface Measure {
  /** kebab-case: what is typed after `taproot measure`. */
  readonly name: string;
  /** The question that it answers, with its question mark. */
  readonly question: string;
  /** File name of its page in docs/methods, without folder and ending. */
  readonly page: string;
  readonly alternatives: readonly (readonly MeasureColumn[])[];
  readonly namedColumns?: NamedColumns;
  readonly options?: readonly MeasureOption[];
  /** One phrase that names estimate, scale and interval: "Wilson score interval, 95 %". */
  method(context: MeasureContext): string;
  run(group: MeasureGroup, context: MeasureContext): readonly MeasureResult[];
}

/** A table that the measure cannot use: what the person has to mend. Ends with exit code 1. */
export class UnusableTable extends Error {
  override readonly name = "UnusableTable";
}

/** A command that makes no sense as typed. Ends with exit code 2. */
export class WrongUsage extends Error {
  override readonly name = "WrongUsage";
}

/** "95 %" for 0.95, for the method line. */
export function percentText(share: number): string {
  return `${Number((share * 100).toPrecision(12))} %`;
}
