import { type Engine, quoteText } from "@taproot/engine";
import { CLEAN_LINE_BREAK } from "../source/clean-copy.ts";
import { BLANK_WORDS, isNotKnown, NOT_KNOWN_WORDS } from "../vocabulary/plain-words.ts";
import { CODED_FIELDS, type CodedField } from "./field-columns.ts";

const nothingWords = [...new Set([...BLANK_WORDS, ...NOT_KNOWN_WORDS])].map(quoteText).join(", ");

/** A text as a group's name: trimmed and on one line; null where it only says that nothing is known. */
export function groupName(text: string): string | null {
  const name = text
    .replaceAll(CLEAN_LINE_BREAK, " ")
    .replace(/[\r\n]+/g, " ")
    .trim();
  return isNotKnown(name) ? null : name;
}

/** The same in SQL. */
export function groupNameSql(text: string): string {
  const line = `trim(replace(replace(replace(${text}, ${quoteText(CLEAN_LINE_BREAK)}, ' '), chr(13), ''), chr(10), ' '))`;
  return `CASE WHEN lower(trim(${text})) IN ('', ${nothingWords}) THEN NULL ELSE ${line} END`;
}

const fewValues = 5000;

/**
 * Puts right the group names that were read as they are: a column has few different ones, so looking at each of those is
 * far cheaper than at every row.
 */
export async function tidyGroupNames(
  engine: Engine,
  table: string,
  columns: readonly { readonly name: string; readonly coded?: CodedField }[],
): Promise<void> {
  for (const { name, coded } of columns) {
    const values = await engine.rows(
      `SELECT DISTINCT ${name} AS value FROM ${table} WHERE ${name} IS NOT NULL LIMIT ${fewValues + 1}`,
    );
    if (values.length > fewValues) {
      await engine.run(
        `UPDATE ${table} SET ${name} = ${groupNameSql(name)} WHERE ${name} IS NOT NULL`,
      );
      continue;
    }
    for (const { value } of values) {
      if (typeof value !== "string") continue;
      const meant = coded ? CODED_FIELDS[coded].read(value) : undefined;
      const tidy = meant ? meant.group : groupName(value);
      if (tidy !== value)
        await engine.run(`UPDATE ${table} SET ${name} = $1 WHERE ${name} = $2`, [tidy, value]);
    }
  }
}
