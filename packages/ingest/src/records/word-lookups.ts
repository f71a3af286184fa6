import type { Engine } from "@taproot/engine";
import type { Field } from "@taproot/model";
import { CODED_FIELDS, type CodedField, type FieldColumn } from "./field-columns.ts";
import { makeLookup } from "./lookup.ts";

/** The lookup of a coded field's words. */
export function wordLookup(field: CodedField): string {
  return `words_${field}`;
}

/**
 * Makes the lists that map words to groups: the vocabulary's own words, and those that were seen in the files and that it
 * can read. Values from the files travel as parameters.
 */
export async function makeWordLookups(
  engine: Engine,
  files: readonly ReadonlyMap<Field, FieldColumn>[],
  seen: (field: CodedField) => Iterable<string>,
): Promise<void> {
  for (const field of Object.keys(CODED_FIELDS) as CodedField[]) {
    if (!files.some((file) => file.has(field))) continue;
    const vocabulary = CODED_FIELDS[field];
    const meanings = new Map<string, string | null>();
    for (const word of [...vocabulary.words, ...seen(field)]) {
      const key = word.toLowerCase();
      const coded = word.trim() === "" || meanings.has(key) ? undefined : vocabulary.read(word);
      if (coded) meanings.set(key, coded.group);
    }
    if (meanings.size === 0) meanings.set("unknown", null);
    const words = [...meanings];
    const rows = words.map(
      (_, index) => `($${index * 2 + 1}::VARCHAR, $${index * 2 + 2}::VARCHAR, ${index})`,
    );
    await makeLookup(
      engine,
      wordLookup(field),
      `SELECT * FROM (VALUES ${rows.join(", ")}) AS words(text, meaning, place)`,
      words.flat(),
    );
  }
}
