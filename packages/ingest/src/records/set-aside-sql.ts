import { quoteText } from "@taproot/engine";
import type { Field, Mapping } from "@taproot/model";
import { CLEAN_LINE_BREAK } from "../source/clean-copy.ts";
import type { PreparedFile } from "../source/prepare-file.ts";
import { type FieldColumn, furtherColumnsOf } from "./field-columns.ts";
import { PSEUDONYM_PREFIX } from "./pseudonym-sql.ts";

/** Parts the values of a row that was set aside, inside one text column. */
export const VALUE_SEPARATOR = "\u001f";

/**
 * The values of a row that breaks a rule, as one text: ids as pseudonyms, postcodes as areas, nothing else personal.
 * Null for good rows, and for rows that could not be split: which value stands where is not known.
 */
export function setAsideSql(
  prepared: PreparedFile,
  fields: ReadonlyMap<Field, FieldColumn>,
  mapping: Mapping,
  kept: readonly string[],
): string {
  const byColumn = new Map([...fields].map(([field, { column }]) => [column, field]));
  const further = furtherColumnsOf(mapping);
  const parts = kept.map((column) => {
    if (!prepared.header.includes(column)) return "''";
    const field = byColumn.get(column);
    if (field === "referralId" || field === "personId")
      return `coalesce('${PSEUDONYM_PREFIX}' || h_${field}, '')`;
    if (field === "postcode") return "coalesce(area_text, '')";
    const own = further.findIndex((characteristic) => characteristic.column === column);
    const text = field ? `t_${field}` : own >= 0 ? `f_${own}` : "NULL";
    return `coalesce(${text}, '')`;
  });
  if (parts.length === 0) return "CASE WHEN mask <> 0 THEN '' END";
  const joined = `concat_ws(${quoteText(VALUE_SEPARATOR)}, ${parts.join(", ")})`;
  const unsplit = prepared.copied ? " WHEN r_rule IS NOT NULL THEN NULL" : "";
  return `CASE${unsplit} WHEN mask <> 0 THEN replace(${joined}, ${quoteText(CLEAN_LINE_BREAK)}, chr(10)) END`;
}
