import { furtherColumn, RECORDS_COLUMNS } from "@taproot/engine";
import type { Mapping } from "@taproot/model";
import { furtherColumnsOf } from "./field-columns.ts";

/** Columns that a row has only while it is loaded. */
export const WORKING_COLUMNS = {
  source_file: "SMALLINT",
  /** The mask of the broken rules. */
  broken: "BIGINT",
  /** The values of a row with a broken rule, ids and postcodes replaced; null for good rows. */
  set_aside: "VARCHAR",
  /** 0 no place given, 1 a place without deprivation, 2 a place with it. */
  place_match: "UTINYINT",
  /** A salted hash of a postcode whose area is not known yet. */
  postcode_hash: "UBIGINT",
} as const;

/** Where a mended row came from: the file and row that it was set aside from. */
export const MENDED_COLUMNS = { mended_file: "VARCHAR", mended_row: "BIGINT" } as const;

/** The columns that a records table keeps, in order. */
export function keptRecordColumns(mapping: Mapping): string[] {
  return [
    ...Object.keys(RECORDS_COLUMNS),
    ...furtherColumnsOf(mapping).map((_, index) => furtherColumn(index)),
  ];
}

/** SQL that makes a table to load into. */
export function loadingTableSql(table: string, mapping: Mapping, mended: boolean): string {
  const columns = [
    ...Object.entries(RECORDS_COLUMNS),
    ...furtherColumnsOf(mapping).map((_, index) => [furtherColumn(index), "VARCHAR"] as const),
    ...Object.entries(WORKING_COLUMNS),
    ...(mended ? Object.entries(MENDED_COLUMNS) : []),
  ];
  return `CREATE TABLE ${table} (${columns.map(([name, type]) => `${name} ${type}`).join(", ")})`;
}
