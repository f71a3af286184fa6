import { quoteText } from "@taproot/engine";
import type { DateFormat } from "@taproot/model";
import { DATE_PATTERNS } from "../proposal/date-convention.ts";

/** Years of two digits lie within the last 100 years. */
function yearSql(year: string, thisYear: number): string {
  const century = Math.floor(thisYear / 100);
  return `(CASE WHEN length(${year}) > 2 THEN ${year} WHEN ${year} <= '${String(thisYear % 100).padStart(2, "0")}' THEN '${century}' || ${year} ELSE '${century - 1}' || ${year} END)`;
}

/**
 * SQL that reads a text as a DATE by one convention, null when it does not follow it. The commonest spelling goes through
 * a cast, which is many times faster than a pattern; everything else through the same patterns as the proposal.
 */
export function dateSql(text: string, format: DateFormat, thisYear: number): string {
  const parts = (pattern: string, options = "") =>
    `regexp_extract(${text}, ${quoteText(pattern)}, ['a', 'b', 'c']${options})`;
  switch (format) {
    case "yyyy-mm-dd":
      return `CASE
        WHEN length(${text}) = 10 AND ${text} < ':' AND substr(${text}, 5, 1) = '-' AND substr(${text}, 8, 1) = '-' THEN TRY_CAST(${text} AS DATE)
        WHEN regexp_matches(${text}, ${quoteText(DATE_PATTERNS.iso)}) THEN ${castParts(parts(DATE_PATTERNS.iso), "a", "b", "c")}
        WHEN regexp_matches(${text}, ${quoteText(DATE_PATTERNS.isoBasic)}) THEN ${castParts(parts(DATE_PATTERNS.isoBasic), "a", "b", "c")}
        END`;
    case "dd/mm/yyyy":
    case "mm/dd/yyyy": {
      const dayFirst = format === "dd/mm/yyyy";
      const [day, month] = dayFirst ? [1, 4] : [4, 1];
      const match = parts(DATE_PATTERNS.parts);
      const [dayPart, monthPart] = dayFirst ? ["a", "b"] : ["b", "a"];
      return `CASE
        WHEN length(${text}) = 10 AND substr(${text}, 3, 1) = '/' AND substr(${text}, 6, 1) = '/'
        THEN TRY_CAST(substr(${text}, 7, 4) || '-' || substr(${text}, ${month}, 2) || '-' || substr(${text}, ${day}, 2) AS DATE)
        WHEN regexp_matches(${text}, ${quoteText(DATE_PATTERNS.parts)})
        THEN TRY_CAST(${yearSql(`${match}['c']`, thisYear)} || '-' || ${match}['${monthPart}'] || '-' || ${match}['${dayPart}'] AS DATE)
        END`;
    }
    case "dd-mmm-yyyy": {
      const match = parts(DATE_PATTERNS.named, ", 'i'");
      const month = `((instr('janfebmaraprmayjunjulaugsepoctnovdec', lower(left(${match}['b'], 3))) + 2) // 3)`;
      return `CASE WHEN regexp_matches(${text}, ${quoteText(DATE_PATTERNS.named)}, 'i')
        THEN TRY_CAST(${yearSql(`${match}['c']`, thisYear)} || '-' || ${month} || '-' || ${match}['a'] AS DATE) END`;
    }
    case "excel-serial":
      return `CASE WHEN regexp_matches(${text}, ${quoteText(DATE_PATTERNS.serial)}) AND TRY_CAST(${text} AS DOUBLE) BETWEEN 1 AND 2958465.99
        THEN DATE '1899-12-30' + CAST(floor(TRY_CAST(${text} AS DOUBLE)) AS INTEGER) END`;
  }
}

function castParts(match: string, year: string, month: string, day: string): string {
  return `TRY_CAST(${match}['${year}'] || '-' || ${match}['${month}'] || '-' || ${match}['${day}'] AS DATE)`;
}
