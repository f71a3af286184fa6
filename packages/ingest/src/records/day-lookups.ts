import type { Engine } from "@taproot/engine";
import type { DateFormat, Field } from "@taproot/model";
import type { FieldColumn } from "./field-columns.ts";
import { makeLookup } from "./lookup.ts";

// A list has few different days and very many dates. Looking a date's text up in a list of days is several times faster
// than parsing it; only texts that are spelt in another way than most are parsed.

/** Where the dates of one column are looked up. */
export interface DayLookup {
  readonly name: string;
  /** The day at place 0 of the list. */
  readonly first: string;
  /** Length of the date where a time of day follows it in the column. */
  readonly before?: number;
}

/** How the dates of a column are spelt. */
export interface Spelling {
  /** The pattern that writes a day so. */
  readonly pattern: string;
  readonly before?: number;
}

const withTime = /^(\S+?(?: [A-Za-z]+ \d+)?)[T ]\d{1,2}:\d{2}/;

/** The spelling of a date by its convention; undefined where it is too unusual to list. */
export function spellingOf(text: string, format: DateFormat): Spelling | undefined {
  const time = withTime.exec(text);
  const date = time ? time[1]! : text;
  const pattern = datePattern(date, format);
  if (pattern === undefined) return undefined;
  if (!time) return { pattern };
  // With a time behind it, the date must have a fixed width to be cut off.
  return pattern.includes("%-") ? undefined : { pattern, before: date.length };
}

function datePattern(date: string, format: DateFormat): string | undefined {
  switch (format) {
    case "yyyy-mm-dd": {
      const match = /^\d{4}([-/.])\d{2}\1\d{2}$/.exec(date);
      if (match) return `%Y${match[1]}%m${match[1]}%d`;
      return /^\d{8}$/.test(date) ? "%Y%m%d" : undefined;
    }
    case "dd/mm/yyyy":
    case "mm/dd/yyyy": {
      const match = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/.exec(date);
      if (!match) return undefined;
      const padded = match[1]!.length === 2 && match[3]!.length === 2;
      const [day, month] = padded ? ["%d", "%m"] : ["%-d", "%-m"];
      const year = match[4]!.length === 4 ? "%Y" : "%y";
      return (format === "dd/mm/yyyy" ? [day, month, year] : [month, day, year]).join(match[2]!);
    }
    case "dd-mmm-yyyy": {
      const match = /^(\d{1,2})([- /])[A-Z][a-z]{2}\2(\d{4}|\d{2})$/.exec(date);
      if (!match) return undefined;
      const day = match[1]!.length === 2 ? "%d" : "%-d";
      return [day, "%b", match[3]!.length === 4 ? "%Y" : "%y"].join(match[2]!);
    }
    case "excel-serial":
      return undefined;
  }
}

/**
 * Makes a list of days for each spelling that the columns use, and says where each column looks its dates up.
 * `sampleDate` gives a date of a column as it is written, from the rows that were looked at.
 */
export async function makeDayLookups(
  engine: Engine,
  fields: ReadonlyMap<Field, FieldColumn>,
  sampleDate: (column: FieldColumn) => string | undefined,
  options: { readonly prefix: string; readonly thisYear: number },
): Promise<ReadonlyMap<Field, DayLookup>> {
  const made = new Map<string, Omit<DayLookup, "before">>();
  const lookups = new Map<Field, DayLookup>();
  for (const [field, column] of fields) {
    const text = column.dates ? sampleDate(column) : undefined;
    const spelling = text === undefined ? undefined : spellingOf(text, column.dates!);
    if (!spelling) continue;
    const { pattern, before } = spelling;
    let list = made.get(pattern);
    if (!list) {
      // A year of two digits lies within the last 100 years, so that no text stands for two days.
      const firstYear = pattern.includes("%y") ? options.thisYear - 99 : 1900;
      list = { name: `days_${options.prefix}_${made.size}`, first: `${firstYear}-01-01` };
      made.set(pattern, list);
      await makeLookup(
        engine,
        list.name,
        `SELECT strftime(day, $1) AS text, row_number() OVER (ORDER BY day) - 1 AS place
         FROM (SELECT unnest(generate_series(DATE '${list.first}', DATE '${options.thisYear}-12-31', INTERVAL 1 DAY)) AS day)`,
        [pattern],
      );
    }
    lookups.set(field, { ...list, ...(before === undefined ? {} : { before }) });
  }
  return lookups;
}
