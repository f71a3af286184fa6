import { type Engine, furtherColumn, quoteText } from "@taproot/engine";
import type { Field, Mapping } from "@taproot/model";
import { type PreparedFile, sqlColumn } from "../source/prepare-file.ts";
import { BLANK_WORDS } from "../vocabulary/plain-words.ts";
import { type Check, maskSql } from "./check.ts";
import { dateSql } from "./date-sql.ts";
import type { DayLookup } from "./day-lookups.ts";
import {
  CODED_COLUMNS,
  CODED_FIELDS,
  COUNT_COLUMNS,
  type CodedField,
  DATE_COLUMNS,
  type FieldColumn,
  furtherColumnsOf,
  SCORE_COLUMNS,
  TEXT_COLUMNS,
} from "./field-columns.ts";
import { groupNameSql } from "./group-text.ts";
import { keptRecordColumns, MENDED_COLUMNS, WORKING_COLUMNS } from "./loading-table.ts";
import { besideSql, placeInSql } from "./lookup.ts";
import type { PlaceLookups } from "./place-lookups.ts";
import { type PlaceSql, placeSql } from "./place-sql.ts";
import { pseudonymHexSql, pseudonymNumberSql } from "./pseudonym-sql.ts";
import { setAsideSql } from "./set-aside-sql.ts";
import { wordLookup } from "./word-lookups.ts";

/** What the reading of one file needs to know. */
export interface InsertOptions {
  readonly table: string;
  readonly prepared: PreparedFile;
  readonly sourceFile: number;
  readonly mapping: Mapping;
  readonly fields: ReadonlyMap<Field, FieldColumn>;
  /** Where the dates of a field are looked up. */
  readonly days: ReadonlyMap<Field, DayLookup>;
  /** Columns in which group names were seen that must be put right while they are read. */
  readonly untidy: ReadonlySet<string>;
  readonly checks: readonly Check[];
  /** Rules for rows that could not be split, found while the file was copied. */
  readonly splitChecks: readonly Check[];
  /** Header names whose values a row set aside keeps, in the file's order. */
  readonly kept: readonly string[];
  readonly places: PlaceLookups;
  readonly thisYear: number;
  /** Areas in a deprivation ranking that the file gives without an area; 0 when there is none. */
  readonly ranked: number;
  /** True for rows that were set aside, mended and opened again. */
  readonly mended: boolean;
}

const blankWords = BLANK_WORDS.map(quoteText).join(", ");

/**
 * The one statement that reads a file: parses, checks, maps words to groups, replaces ids, finds places, and
 * keeps the rows in the file's order. Its parameters: $1 the pseudonym key in hexadecimal, $2 a salt. Texts are called `t_…`, what was read of them `v_…`, the pseudonyms
 * of ids `h_…`, the word that was found in a vocabulary `w_…` and its group `g_…`.
 */
export function insertSql(engine: Engine, options: InsertOptions): string {
  const { prepared, fields, mapping } = options;
  const further = furtherColumnsOf(mapping);
  const place = placeSql(fields, options.places, options.ranked);
  const values = valuesSql(options);
  for (const [column, sql] of place.values) values.set(column, sql);
  further.forEach(({ column }, index) => {
    const found = prepared.header.includes(column);
    values.set(furtherColumn(index), found ? groupValue(`f_${index}`, column, options) : "NULL");
  });
  values.set("set_aside", setAsideSql(prepared, fields, mapping, options.kept));
  const columns = [
    ...keptRecordColumns(mapping),
    ...Object.keys(WORKING_COLUMNS),
    ...(options.mended ? Object.keys(MENDED_COLUMNS) : []),
  ];
  return `INSERT INTO ${options.table} (${columns.join(", ")})
SELECT ${columns.map((column) => `${values.get(column) ?? "NULL"} AS ${column}`).join(",\n  ")}
FROM (SELECT *, ${brokenSql(options)} AS mask FROM (${meaningSql(engine, options, place)}))
WHERE $1 IS NOT NULL AND $2 IS NOT NULL`;
}

/** The query that reads each text, level by level. */
function meaningSql(engine: Engine, options: InsertOptions, place: PlaceSql): string {
  const { prepared } = options;
  const texts = `SELECT ${textsSql(options).join(", ")} FROM ${engine.csv(prepared.path, prepared.layout)}`;
  const levels = [
    [...wordPlaces(options), ...place.first],
    [...readSql(options), ...place.second],
    place.third,
  ];
  return levels.reduce(
    (inner, columns) => `SELECT ${["*", ...columns].join(",\n  ")} FROM (${inner})`,
    texts,
  );
}

/** The place of each coded text in its vocabulary's list. */
function wordPlaces({ fields }: InsertOptions): string[] {
  return [...fields.keys()]
    .filter((field): field is CodedField => field in CODED_FIELDS)
    .map((field) => `${placeInSql(wordLookup(field), `lower(t_${field})`)} AS w_${field}`);
}

/** The text of each column that is used. An empty one is null already. */
function textsSql({ prepared, fields, mapping, mended }: InsertOptions): string[] {
  const texts: string[] = [];
  const add = (alias: string, index: number, trimmed: boolean) => {
    const column = sqlColumn(index);
    const spaced = `starts_with(${column}, ' ') OR ends_with(${column}, ' ')`;
    if (mended)
      texts.push(
        `nullif(trim(CASE WHEN left(${column}, 1) = '''' THEN substr(${column}, 2) ELSE ${column} END), '') AS ${alias}`,
      );
    else if (trimmed)
      texts.push(
        `CASE WHEN ${spaced} THEN nullif(trim(${column}), '') ELSE ${column} END AS ${alias}`,
      );
    else texts.push(`${column} AS ${alias}`);
  };
  for (const [field, { index }] of fields)
    add(`t_${field}`, index, ["referralId", "personId", "postcode", "areaCode"].includes(field));
  furtherColumnsOf(mapping).forEach(({ column }, position) => {
    const index = prepared.header.indexOf(column);
    if (index >= 0) add(`f_${position}`, index, false);
  });
  if (prepared.copied)
    texts.push("TRY_CAST(taproot_row AS BIGINT) AS r_row", "taproot_rule AS r_rule");
  if (mended) {
    const own = (name: string) => sqlColumn(prepared.header.indexOf(name));
    texts.push(`nullif(trim(${own("taproot_file")}), '') AS m_file`);
    texts.push(`TRY_CAST(${own("taproot_row")} AS BIGINT) AS m_row`);
  }
  return texts;
}

/** What each text means. */
function readSql(options: InsertOptions): string[] {
  const { fields, mended } = options;
  const read: string[] = [];
  for (const [field, { dates }] of fields) {
    const text = `t_${field}`;
    if (field in DATE_COLUMNS || field === "birthDate") {
      const parsed = dateSql(`trim(${text})`, dates ?? "yyyy-mm-dd", options.thisYear);
      read.push(`${dayValue(text, parsed, options.days.get(field))} AS v_${field}`);
    } else if (field in COUNT_COLUMNS || field === "deprivationRank")
      read.push(`${countSql(text)} AS v_${field}`);
    else if (field in SCORE_COLUMNS) read.push(`${numberSql(text)} AS v_${field}`);
    else if (field === "age") read.push(`CAST(floor(${numberSql(text)}) AS INTEGER) AS v_${field}`);
    else if (field === "referralId" || field === "personId")
      read.push(`${pseudonymHexSql(text, "$1", mended)} AS h_${field}`);
    else if (field in CODED_FIELDS)
      read.push(
        `${besideSql(wordLookup(field as CodedField), "meaning", `w_${field}`)} AS g_${field}`,
      );
  }
  return read;
}

/** A date: looked up in the list of days, or parsed where it is spelt in another way. */
function dayValue(text: string, parsed: string, days: DayLookup | undefined): string {
  if (!days) return parsed;
  const { name, first, before } = days;
  const cut = `strlen(${text}) > ${before} AND substr(${text}, ${(before ?? 0) + 1}, 1) IN (' ', 'T')`;
  const date =
    before === undefined ? text : `CASE WHEN ${cut} THEN left(${text}, ${before}) ELSE ${text} END`;
  return `coalesce(DATE '${first}' + ${placeInSql(name, date)}, CASE WHEN ${text} IS NOT NULL THEN ${parsed} END)`;
}

/** The mask of broken rules. Most rows break none: cheap tests find those that might, and only they are looked at. */
function brokenSql({ prepared, checks, splitChecks }: InsertOptions): string {
  const suspects = checks.map(({ suspect, sql }) => suspect ?? sql ?? "false");
  const mask =
    suspects.length === 0
      ? "CAST(0 AS BIGINT)"
      : `CASE WHEN ${suspects.map((sql) => `(${sql})`).join(" OR ")} THEN ${maskSql(checks)} ELSE 0 END`;
  if (!prepared.copied) return mask;
  const split = splitChecks
    .map(({ bit, code }) => `WHEN r_rule = ${quoteText(code)} THEN ${1n << BigInt(bit)}`)
    .join(" ");
  return `CASE ${split} ELSE ${mask} END`;
}

/** The values of the records table by column, but for places. */
function valuesSql(options: InsertOptions): Map<string, string> {
  const { prepared, fields, mended } = options;
  const values = new Map<string, string>();
  values.set("source_row", prepared.copied ? "r_row" : "NULL");
  values.set("source_file", String(options.sourceFile));
  if (fields.has("referralId")) values.set("referral_key", pseudonymNumberSql("h_referralId"));
  if (fields.has("personId")) values.set("person_key", pseudonymNumberSql("h_personId"));
  const numbers = { ...DATE_COLUMNS, ...COUNT_COLUMNS, ...SCORE_COLUMNS };
  for (const [field, column] of Object.entries(numbers))
    if (fields.has(field as Field)) values.set(column, `v_${field}`);
  for (const [field, column] of Object.entries(TEXT_COLUMNS)) {
    const mapped = fields.get(field as Field);
    if (mapped) values.set(column, groupValue(`t_${field}`, mapped.column, options));
  }
  for (const [field, column] of Object.entries(CODED_COLUMNS))
    if (fields.has(field as Field))
      values.set(
        column,
        CODED_FIELDS[field as CodedField].open
          ? `CASE WHEN w_${field} IS NOT NULL THEN g_${field} WHEN lower(t_${field}) IN (${blankWords}) THEN NULL ELSE t_${field} END`
          : `g_${field}`,
      );
  const born = "CAST(datesub('year', v_birthDate, v_dateReferred) AS SMALLINT)";
  const ages = [fields.has("birthDate") ? born : "", fields.has("age") ? "v_age" : ""].filter(
    Boolean,
  );
  if (ages.length > 0)
    values.set("age", `CASE WHEN mask = 0 THEN coalesce(${ages.join(", ")}) END`);
  values.set("broken", "mask");
  if (mended) {
    values.set("mended_file", "m_file");
    values.set("mended_row", "m_row");
  }
  return values;
}

const groupValue = (text: string, column: string, { untidy, mended }: InsertOptions) =>
  mended || untidy.has(column) ? groupNameSql(text) : text;

function countSql(text: string): string {
  const number = `TRY_CAST(${text} AS DOUBLE)`;
  return `CASE WHEN ${number} >= 0 AND ${number} <= 1000000 AND ${number} = floor(${number}) THEN CAST(${number} AS INTEGER) END`;
}

function numberSql(text: string): string {
  const number = `TRY_CAST(${text} AS DOUBLE)`;
  return `CASE WHEN abs(${number}) < 1e9 THEN ${number} END`;
}
