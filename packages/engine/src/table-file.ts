import { open, rm } from "node:fs/promises";
import { type Engine, quoteIdentifier } from "./engine.ts";

/** A value of a table that becomes a file; absent is empty in a CSV and null in Parquet. */
export type TableValue = string | number | undefined;

/** A table row by row: as long as it is, no more than a row of it is made at a time. */
export interface FileTable {
  readonly columns: readonly { readonly name: string; readonly type: "text" | "number" }[];
  rows(): Iterable<readonly TableValue[]>;
}

/** Lines that are put together before they are written. */
const LINES = 2000;

/**
 * A table as the text of a CSV that Excel opens as UTF-8, piece by piece. A text that a spreadsheet would take for a formula
 * gets an apostrophe in front, because group names come from a person's file.
 */
export function* csvText(table: FileTable): Generator<string> {
  yield "\uFEFF";
  yield* textOf(table, (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text));
}

function* textOf(table: FileTable, safe: (text: string) => string): Generator<string> {
  const value = (one: TableValue) => {
    if (one === undefined) return "";
    if (typeof one === "number") return Number.isFinite(one) ? String(one) : "";
    const text = safe(one);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  let lines = [table.columns.map(({ name }) => value(name)).join(",")];
  for (const row of table.rows()) {
    if (lines.push(row.map(value).join(",")) < LINES) continue;
    yield `${lines.join("\r\n")}\r\n`;
    lines = [];
  }
  if (lines.length > 0) yield `${lines.join("\r\n")}\r\n`;
}

/** Writes a table as a CSV, readable by its owner alone. */
export async function writeCsvFile(table: FileTable, path: string): Promise<void> {
  await writePieces(csvText(table), path);
}

async function writePieces(pieces: Iterable<string>, path: string): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    for (const piece of pieces) await file.write(piece);
  } finally {
    await file.close();
  }
}

/** Writes a table as Parquet: numbers as doubles, texts as they are, rows in their order. A CSV lies beside it while it is written. */
export async function writeParquetFile(
  engine: Engine,
  table: FileTable,
  path: string,
): Promise<void> {
  const between = `${path}.csv`;
  try {
    // Columns are known by their place on the way: no name of a person's file ends up in a statement. The row's number goes
    // with it, because an engine may read a file in several places at once.
    const numbered: FileTable = {
      columns: [{ name: "row", type: "number" }, ...table.columns],
      *rows() {
        let row = 0;
        for (const values of table.rows()) yield [row++, ...values];
      },
    };
    await writePieces(
      textOf(numbered, (text) => text),
      between,
    );
    const columns = numbered.columns.map((_, i) => `column${i}`);
    const typed = table.columns.map(({ name, type }, i) => {
      const value = `column${i + 1}`;
      return `${type === "number" ? `cast(${value} as double)` : value} as ${quoteIdentifier(name)}`;
    });
    const from = engine.csv(between, { delimiter: ",", columns, unquoted: false });
    await engine.writeParquet(
      `select ${typed.join(", ")} from ${from} order by cast(column0 as bigint)`,
      path,
    );
  } finally {
    await rm(between, { force: true });
  }
}
