import { type Engine, quoteIdentifier } from "@taproot/engine";
import type { Check } from "./check.ts";
import { CODED_COLUMNS, CODED_FIELDS, type CodedField } from "./field-columns.ts";
import type { LoadingFile } from "./loading-file.ts";
import { VALUE_SEPARATOR } from "./set-aside-sql.ts";

/**
 * Rare spellings that the quick look at a file did not see are flagged as unknown codes while it is read. This reads each
 * of them with the vocabulary itself and takes the flag away where it knows them.
 */
export async function resolveUnknownCodes(
  engine: Engine,
  table: string,
  files: readonly Pick<LoadingFile, "fields">[],
  checks: readonly Check[],
  kept: readonly string[],
): Promise<void> {
  for (const field of Object.keys(CODED_FIELDS) as CodedField[]) {
    const column = files.map(({ fields }) => fields.get(field)?.column).find(Boolean);
    const check = checks.find((known) => known.code === "unknownCode" && known.column === column);
    const position = column === undefined ? -1 : kept.indexOf(column);
    if (!check || position < 0) continue;
    const bit = 1n << BigInt(check.bit);
    const value = `split_part(set_aside, chr(${VALUE_SEPARATOR.charCodeAt(0)}), ${position + 1})`;
    const values = await engine.rows(
      `SELECT DISTINCT ${value} AS value FROM ${table} WHERE broken & ${bit} <> 0 LIMIT 10000`,
    );
    for (const { value: raw } of values) {
      const coded = typeof raw === "string" ? CODED_FIELDS[field].read(raw) : undefined;
      if (!coded) continue;
      const target = quoteIdentifier(CODED_COLUMNS[field]);
      const type = field.startsWith("deprivation") ? "TRY_CAST($1 AS UTINYINT)" : "$1";
      await engine.run(
        `UPDATE ${table} SET ${target} = ${type}, broken = broken - ${bit} WHERE broken & ${bit} <> 0 AND ${value} = $2`,
        [coded.group, raw as string],
      );
    }
  }
}
