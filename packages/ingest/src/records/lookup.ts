import type { Engine, SqlValue } from "@taproot/engine";

// Words, days and areas are looked up while a file is read. A join would do it, but an engine may give the rows of a join
// in another order, and a row's place in the file is its number. So each list becomes an enumeration: casting a text to it
// finds its place in the list, without moving the row.

/** Makes an enumeration of the texts that a query gives, in its order. */
export async function makeLookup(
  engine: Engine,
  name: string,
  query: string,
  parameters: readonly SqlValue[] = [],
): Promise<void> {
  // A type cannot be made from parameters, so they go through a table.
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${name}_list AS ${query}`, parameters);
  await engine.run(`DROP TYPE IF EXISTS ${name}`);
  await engine.run(
    `CREATE TEMP TYPE ${name} AS ENUM (SELECT text FROM ${name}_list ORDER BY place)`,
  );
}

/** SQL for the place of a text in a list, from 0; null where the list does not have it. */
export function placeInSql(name: string, text: string): string {
  return `CAST(enum_code(TRY_CAST(${text} AS ${name})) AS INTEGER)`;
}

/** SQL for what a list says beside the text at a place. */
export function besideSql(name: string, column: string, place: string): string {
  return `(SELECT list(${column} ORDER BY place) FROM ${name}_list)[${place} + 1]`;
}
