import { openDuckDb } from "@taproot/engine-duckdb";
import { DATE_FORMATS, type DateFormat } from "@taproot/model";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readDate } from "../../src/index.ts";
import { dateSql } from "../../src/records/date-sql.ts";
import { spellingOf } from "../../src/records/day-lookups.ts";

const months = [
  "Jan",
  "february",
  "MAR",
  "Apr",
  "May",
  "june",
  "Jul",
  "Aug",
  "Sept",
  "Oct",
  "november",
  "Dec",
];
const part = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map(String),
  fc.integer({ min: 0, max: 40 }).map((value) => String(value).padStart(2, "0")),
);
const year = fc.oneof(
  fc.integer({ min: 1880, max: 2060 }).map(String),
  fc.integer({ min: 0, max: 99 }).map((value) => String(value).padStart(2, "0")),
);
const mark = fc.constantFrom("/", "-", ".", " ", "");
const time = fc.constantFrom("", "", "", " 10:11", "T00:00:00", " 0:00:00.000", " pm");
const text = fc.oneof(
  fc.tuple(part, mark, part, mark, year, time).map((parts) => parts.join("")),
  fc.tuple(year, mark, part, mark, part, time).map((parts) => parts.join("")),
  fc.tuple(part, mark, fc.constantFrom(...months), mark, year, time).map((parts) => parts.join("")),
  fc.integer({ min: -5, max: 3_000_000 }).map(String),
  fc.constantFrom(
    "infinity",
    "epoch",
    "2024-06-05 (BC)",
    "45448.75",
    "29/02/2023",
    "29/02/2024",
    "31/04/2024",
  ),
  fc.string({ maxLength: 12 }),
);

test("the engine reads every text as the proposal does, in each convention", async () => {
  const engine = await openDuckDb({});
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 40, maxLength: 60 }), async (texts) => {
        const columns = DATE_FORMATS.map(
          (format, index) => `CAST(${dateSql("trim(text)", format, 2025)} AS VARCHAR) AS d${index}`,
        );
        const values = texts.map((_, index) => `(${index}, $${index + 1}::VARCHAR)`).join(", ");
        const rows = await engine.rows(
          `SELECT ${columns.join(", ")} FROM (VALUES ${values}) AS t(place, text) ORDER BY place`,
          texts.map((one) => one.replaceAll("\u0000", "")),
        );
        rows.forEach((row, place) => {
          DATE_FORMATS.forEach((format: DateFormat, index) => {
            const said = readDate(texts[place]!.replaceAll("\u0000", ""), format, 2025) ?? null;
            expect([texts[place], format, row[`d${index}`]]).toEqual([texts[place], format, said]);
          });
        });
      }),
      { numRuns: 40 },
    );
  } finally {
    await engine.close();
  }
});

test.each([
  ["05/06/2024", "dd/mm/yyyy", { pattern: "%d/%m/%Y" }],
  ["5/6/24", "mm/dd/yyyy", { pattern: "%-m/%-d/%y" }],
  ["05/06/2024 10:11", "dd/mm/yyyy", { pattern: "%d/%m/%Y", before: 10 }],
  ["5/6/2024 10:11", "dd/mm/yyyy", undefined],
  ["2024-06-05T10:11:12Z", "yyyy-mm-dd", { pattern: "%Y-%m-%d", before: 10 }],
  ["20240605", "yyyy-mm-dd", { pattern: "%Y%m%d" }],
  ["05-Jun-24", "dd-mmm-yyyy", { pattern: "%d-%b-%y" }],
  ["5th June 2024", "dd-mmm-yyyy", undefined],
  ["45448", "excel-serial", undefined],
] as const)("%s as %s is listed by its spelling", (date, format, spelling) => {
  expect(spellingOf(date, format)).toEqual(spelling);
});
