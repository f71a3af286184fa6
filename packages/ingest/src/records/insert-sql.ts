import {
  type Engine,
  furtherColumn,
  type PlaceTables,
  quoteText,
  RECORDS_COLUMNS,
} from "@taproot/engine";
import type { Field, Mapping } from "@taproot/model";
import { CLEAN_LINE_BREAK } from "../source/clean-copy.ts";
import { type PreparedFile, sqlColumn } from "../source/prepare-file.ts";
import { AREA_CODE } from "../vocabulary/area.ts";
import { BLANK_WORDS, NOT_KNOWN_WORDS } from "../vocabulary/plain-words.ts";
import { type Check, maskSql } from "./check.ts";
import { dateSql } from "./date-sql.ts";
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
import { MENDED_COLUMNS, WORKING_COLUMNS } from "./loading-table.ts";
import { PSEUDONYM_PREFIX, pseudonymHexSql, pseudonymNumberSql } from "./pseudonym-sql.ts";

/** Parts the values of a row that was set aside, inside one text column. */
export const VALUE_SEPARATOR = "\u001f";

/** What the reading of one file needs to know. */
export interface InsertOptions {
  readonly table: string;
  readonly prepared: PreparedFile;
  readonly sourceFile: number;
  readonly mapping: Mapping;
  readonly fields: ReadonlyMap<Field, FieldColumn>;
  readonly checks: readonly Check[];
  /** Rules for rows that could not be split, found while the file was copied. */
  readonly splitChecks: readonly Check[];
  /** Header names whose values a row set aside keeps, in the file's order. */
  readonly kept: readonly string[];
  readonly places: PlaceTables | undefined;
  readonly thisYear: number;
  /** Areas in a deprivation ranking that the file gives without an area; 0 when there is none. */
  readonly ranked: number;
  /** True for rows that were set aside, mended and opened again. */
  readonly mended: boolean;
}

const blankWords = BLANK_WORDS.map(quoteText).join(", ");
const nothingWords = [...new Set([...BLANK_WORDS, ...NOT_KNOWN_WORDS])].map(quoteText).join(", ");

/** A text as a group's name: what only says that nothing is known becomes null, a line break becomes a space. */
function groupSql(value: string, { copied, layout }: PreparedFile): string {
  const text = copied
    ? `replace(${value}, ${quoteText(CLEAN_LINE_BREAK)}, ' ')`
    : layout.unquoted
      ? value
      : `replace(replace(${value}, chr(13), ''), chr(10), ' ')`;
  return `CASE WHEN length(${value}) < 22 AND lower(${value}) IN (${nothingWords}) THEN NULL ELSE ${text} END`;
}

const wordTable = (field: CodedField) => `words_${field}`;

/** The temporary table that maps a field's words to groups. */
export function wordTableName(field: CodedField): string {
  return wordTable(field);
}

/**
 * The one statement that reads a file: parses, checks, maps words to groups, replaces ids, joins places. The only
 * parameter, $1, is the pseudonym key in hexadecimal.
 */
export function insertSql(engine: Engine, options: InsertOptions): string {
  const { prepared, fields, mapping } = options;
  const has = (field: Field) => fields.has(field);
  const text = (field: Field) => (has(field) ? `t_${field}` : "NULL");

  // First level: the text of each column that is used, trimmed, nothing as null.
  const source = new Map<string, string>();
  for (const [field, { index }] of fields) source.set(`t_${field}`, sqlColumn(index));
  const further = furtherColumnsOf(mapping);
  further.forEach(({ column }, index) => {
    const position = prepared.header.indexOf(column);
    if (position >= 0) source.set(`f_${index}`, sqlColumn(position));
  });
  const trimmed = [...source].map(([alias, column]) => {
    const value = options.mended
      ? `CASE WHEN left(${column}, 1) = '''' THEN substr(${column}, 2) ELSE ${column} END`
      : column;
    return `nullif(trim(${value}), '') AS ${alias}`;
  });
  const rowAndRule = prepared.copied
    ? ["TRY_CAST(taproot_row AS BIGINT) AS r_row", "taproot_rule AS r_rule"]
    : [];
  const mendedFields = options.mended ? mendedColumns(prepared) : [];

  // Second level: what each text means.
  const read: string[] = [];
  for (const field of [...(Object.keys(DATE_COLUMNS) as Field[]), "birthDate" as Field])
    if (has(field))
      read.push(
        `${dateSql(`t_${field}`, fields.get(field)?.dates ?? "yyyy-mm-dd", options.thisYear)} AS v_${field}`,
      );
  for (const field of Object.keys(COUNT_COLUMNS) as Field[])
    if (has(field)) read.push(`${countSql(`t_${field}`)} AS v_${field}`);
  for (const field of Object.keys(SCORE_COLUMNS) as Field[])
    if (has(field)) read.push(`${numberSql(`t_${field}`)} AS v_${field}`);
  if (has("age")) read.push(`CAST(floor(${numberSql("t_age")}) AS INTEGER) AS v_age`);
  if (has("deprivationRank")) read.push(`${countSql("t_deprivationRank")} AS v_deprivationRank`);
  if (has("referralId"))
    read.push(`${pseudonymHexSql("t_referralId", "$1", options.mended)} AS h_referralId`);
  if (has("personId"))
    read.push(`${pseudonymHexSql("t_personId", "$1", options.mended)} AS h_personId`);
  const joins: string[] = [];
  for (const field of Object.keys(CODED_FIELDS) as CodedField[]) {
    if (!has(field)) continue;
    joins.push(
      `LEFT JOIN ${wordTable(field)} AS j_${field} ON j_${field}.word = lower(t_${field})`,
    );
    read.push(`j_${field}.word AS w_${field}`, `j_${field}.meaning AS g_${field}`);
  }
  const areaText = areaTextSql(engine, options, has, joins, read);
  const placeJoin =
    areaText && options.places?.areas
      ? `LEFT JOIN ${engine.parquet(options.places.areas)} AS a ON a.area = r.area_text`
      : "";

  const values = valuesSql(options, has, areaText !== undefined, placeJoin !== "");
  further.forEach((_, index) => {
    values.set(
      furtherColumn(index),
      source.has(`f_${index}`) ? groupSql(`f_${index}`, prepared) : "NULL",
    );
  });
  const splitMask = prepared.copied
    ? options.splitChecks
        .map(({ bit, code }) => `WHEN r_rule = ${quoteText(code)} THEN ${1n << BigInt(bit)}`)
        .join(" ")
    : "";
  const mask = maskSql(options.checks);
  const broken = splitMask === "" ? mask : `CASE ${splitMask} ELSE ${mask} END`;
  const columns = [
    ...Object.keys(RECORDS_COLUMNS),
    ...further.map((_, index) => furtherColumn(index)),
    ...Object.keys(WORKING_COLUMNS),
    ...(options.mended ? Object.keys(MENDED_COLUMNS) : []),
  ];
  const selected = columns.map((column) => `${values.get(column) ?? "NULL"} AS ${column}`);
  const all = [...trimmed, ...rowAndRule, ...mendedFields];
  return `INSERT INTO ${options.table} (${columns.join(", ")})
SELECT ${selected.join(",\n  ")}
FROM (
  SELECT *, ${broken} AS mask FROM (
    SELECT ${["t.*", ...read].join(",\n      ")}
    FROM (SELECT ${all.length > 0 ? all.join(", ") : "1 AS nothing"} FROM ${engine.csv(prepared.path, prepared.layout)}) AS t
    ${joins.join("\n    ")}
  )
) AS r
${placeJoin}`;

  function valuesSql(
    { prepared, sourceFile, mended }: InsertOptions,
    has: (field: Field) => boolean,
    hasArea: boolean,
    joined: boolean,
  ): Map<string, string> {
    const values = new Map<string, string>();
    values.set("source_row", prepared.copied ? "r_row" : "NULL");
    values.set("source_file", String(sourceFile));
    if (has("referralId")) values.set("referral_key", pseudonymNumberSql("h_referralId"));
    if (has("personId")) values.set("person_key", pseudonymNumberSql("h_personId"));
    for (const [field, column] of Object.entries({
      ...DATE_COLUMNS,
      ...COUNT_COLUMNS,
      ...SCORE_COLUMNS,
    }))
      if (has(field as Field)) values.set(column, `v_${field}`);
    for (const [field, column] of Object.entries(TEXT_COLUMNS))
      if (has(field as Field)) values.set(column, groupSql(text(field as Field), prepared));
    for (const [field, column] of Object.entries(CODED_COLUMNS)) {
      if (!has(field as Field)) continue;
      const open = CODED_FIELDS[field as CodedField].open;
      values.set(
        column,
        open
          ? `CASE WHEN w_${field} IS NOT NULL THEN g_${field} WHEN lower(t_${field}) IN (${blankWords}) THEN NULL ELSE t_${field} END`
          : `g_${field}`,
      );
    }
    const born = "CAST(datesub('year', v_birthDate, v_dateReferred) AS SMALLINT)";
    const sane = "mask = 0";
    if (has("birthDate"))
      values.set(
        "age",
        has("age")
          ? `CASE WHEN ${sane} THEN coalesce(${born}, v_age) END`
          : `CASE WHEN ${sane} THEN ${born} END`,
      );
    else if (has("age")) values.set("age", `CASE WHEN ${sane} THEN v_age END`);
    placeValues(values, options, has, hasArea, joined);
    values.set("broken", "mask");
    values.set("set_aside", setAsideSql(options, has));
    if (mended) {
      values.set("mended_file", "m_file");
      values.set("mended_row", "m_row");
    }
    return values;
  }
}

function countSql(text: string): string {
  const number = `TRY_CAST(${text} AS DOUBLE)`;
  return `CASE WHEN ${number} >= 0 AND ${number} <= 1000000 AND ${number} = floor(${number}) THEN CAST(${number} AS INTEGER) END`;
}

function numberSql(text: string): string {
  const number = `TRY_CAST(${text} AS DOUBLE)`;
  return `CASE WHEN abs(${number}) < 1e9 THEN ${number} END`;
}

/** Works out the area of each row as text, or says that the file has no place at all. */
function areaTextSql(
  engine: Engine,
  options: InsertOptions,
  has: (field: Field) => boolean,
  joins: string[],
  read: string[],
): string | undefined {
  const parts: string[] = [];
  if (has("areaCode")) parts.push("upper(t_areaCode)");
  if (has("postcode")) {
    if (options.places?.postcodes) {
      joins.push(
        `LEFT JOIN ${engine.parquet(options.places.postcodes)} AS p ON p.postcode = upper(replace(t_postcode, ' ', ''))`,
      );
      parts.push("p.area");
    }
    parts.push(
      `CASE WHEN regexp_matches(upper(t_postcode), ${quoteText(AREA_CODE)}) THEN upper(t_postcode) END`,
    );
  }
  if (parts.length === 0) return undefined;
  read.push(`${parts.length === 1 ? parts[0] : `coalesce(${parts.join(", ")})`} AS area_text`);
  return "area_text";
}

function placeValues(
  values: Map<string, string>,
  options: InsertOptions,
  has: (field: Field) => boolean,
  hasArea: boolean,
  joined: boolean,
): void {
  const given = [has("areaCode") ? "t_areaCode" : "", has("postcode") ? "t_postcode" : ""].filter(
    Boolean,
  );
  if (hasArea) {
    const shaped = `CASE WHEN regexp_matches(area_text, ${quoteText(AREA_CODE)}) THEN area_text END`;
    values.set(
      "area",
      joined ? `CASE WHEN a.area IS NOT NULL THEN a.area ELSE ${shaped} END` : shaped,
    );
    const blank = given.map((text) => `${text} IS NULL`).join(" AND ");
    values.set(
      "place_match",
      `CASE WHEN ${blank} THEN 0${joined ? " WHEN a.deprivation_quintile IS NOT NULL THEN 2" : ""} ELSE 1 END`,
    );
  } else values.set("place_match", "0");
  const quintiles: string[] = [];
  const deciles: string[] = [];
  if (has("deprivationQuintile")) quintiles.push("TRY_CAST(g_deprivationQuintile AS UTINYINT)");
  if (has("deprivationDecile")) {
    deciles.push("TRY_CAST(g_deprivationDecile AS UTINYINT)");
    quintiles.push("CAST((TRY_CAST(g_deprivationDecile AS UTINYINT) + 1) // 2 AS UTINYINT)");
  }
  if (joined) {
    quintiles.push("a.deprivation_quintile");
    deciles.push("a.deprivation_decile");
    if (!has("rurality")) values.set("rurality", "a.rurality");
  }
  if (has("deprivationRank") && options.ranked > 0) {
    const rank = "v_deprivationRank";
    const valid = `${rank} BETWEEN 1 AND ${options.ranked}`;
    quintiles.push(
      `CASE WHEN ${valid} THEN CAST(ceil(${rank} * 5.0 / ${options.ranked}) AS UTINYINT) END`,
    );
    deciles.push(
      `CASE WHEN ${valid} THEN CAST(ceil(${rank} * 10.0 / ${options.ranked}) AS UTINYINT) END`,
    );
  }
  if (quintiles.length > 0) values.set("deprivation_quintile", `coalesce(${quintiles.join(", ")})`);
  if (deciles.length > 0) values.set("deprivation_decile", `coalesce(${deciles.join(", ")})`);
}

/** The values of a row that breaks a rule, as one text: ids as pseudonyms, postcodes as areas, nothing else personal. */
function setAsideSql(options: InsertOptions, has: (field: Field) => boolean): string {
  const { prepared, fields, mapping, kept } = options;
  const byColumn = new Map([...fields].map(([field, { column }]) => [column, field]));
  const further = furtherColumnsOf(mapping);
  const parts = kept.map((column) => {
    if (!prepared.header.includes(column)) return "''";
    const field = byColumn.get(column);
    if (field === "referralId" || field === "personId")
      return `coalesce('${PSEUDONYM_PREFIX}' || h_${field}, '')`;
    if (field === "postcode") return has("postcode") ? "coalesce(area_text, '')" : "''";
    const alias = field ? `t_${field}` : `f_${further.findIndex((own) => own.column === column)}`;
    return `coalesce(${alias}, '')`;
  });
  if (parts.length === 0) return "CASE WHEN mask <> 0 THEN '' END";
  const restored = `replace(concat_ws(${quoteText(VALUE_SEPARATOR)}, ${parts.join(", ")}), ${quoteText(CLEAN_LINE_BREAK)}, chr(10))`;
  const unsplit = prepared.copied ? " WHEN r_rule IS NOT NULL THEN NULL" : "";
  return `CASE${unsplit} WHEN mask <> 0 THEN ${restored} END`;
}

function mendedColumns(prepared: PreparedFile): string[] {
  const position = (name: string) => prepared.header.indexOf(name);
  const text = (name: string) =>
    position(name) >= 0 ? `nullif(trim(${sqlColumn(position(name))}), '')` : "NULL";
  return [
    `${text("taproot_file")} AS m_file`,
    `TRY_CAST(${text("taproot_row")} AS BIGINT) AS m_row`,
  ];
}
