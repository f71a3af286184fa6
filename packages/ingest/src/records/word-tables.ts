import type { Engine } from "@taproot/engine";
import type { Field } from "@taproot/model";
import { CODED_FIELDS, type CodedField, type FieldColumn } from "./field-columns.ts";
import { wordTableName } from "./insert-sql.ts";

/**
 * Makes the temporary tables that map words to groups: the vocabulary's own words, and those that were seen in the files
 * and that it can read. Values from the files travel as parameters.
 */
export async function makeWordTables(
  engine: Engine,
  fields: readonly ReadonlyMap<Field, FieldColumn>[],
  seen: (field: CodedField) => Iterable<string>,
): Promise<void> {
  for (const field of Object.keys(CODED_FIELDS) as CodedField[]) {
    if (!fields.some((file) => file.has(field))) continue;
    const vocabulary = CODED_FIELDS[field];
    const meanings = new Map<string, string | null>();
    for (const word of [...vocabulary.words, ...seen(field)]) {
      const key = word.trim().toLowerCase();
      const coded = key === "" || meanings.has(key) ? undefined : vocabulary.read(word);
      if (coded) meanings.set(key, coded.group);
    }
    const table = wordTableName(field);
    await engine.run(`CREATE OR REPLACE TEMP TABLE ${table} (word VARCHAR, meaning VARCHAR)`);
    await addWords(engine, field, [...meanings]);
  }
}

/** Adds words to a field's table. */
export async function addWords(
  engine: Engine,
  field: CodedField,
  words: readonly (readonly [string, string | null])[],
): Promise<void> {
  const table = wordTableName(field);
  for (let start = 0; start < words.length; start += 200) {
    const some = words.slice(start, start + 200);
    const rows = some.map((_, index) => `($${index * 2 + 1}, $${index * 2 + 2})`).join(", ");
    await engine.run(`INSERT INTO ${table} VALUES ${rows}`, some.flat());
  }
}
