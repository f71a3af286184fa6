import { type FileHandle, open } from "node:fs/promises";
import type { Engine } from "@taproot/engine";
import type { Mapping } from "@taproot/model";
import type { Check } from "./check.ts";
import { VALUE_SEPARATOR } from "./set-aside-sql.ts";

/** The columns that the file of rows set aside has after the person's own. */
export const QUARANTINE_COLUMNS = [
  "taproot_file",
  "taproot_row",
  "taproot_column",
  "taproot_rule",
  "taproot_what_to_do",
] as const;

/** True for the header of a file of rows that were set aside. */
export function isMendedHeader(header: readonly string[]): boolean {
  return ["taproot_file", "taproot_row", "taproot_rule"].every((column) => header.includes(column));
}

/** The columns whose values a row set aside keeps: those that are used. Identifying and ignored ones are not. */
export function keptColumns(headers: readonly (readonly string[])[], mapping: Mapping): string[] {
  const used = new Set(
    mapping.columns
      .filter(({ as }) => as.role !== "identifying" && as.role !== "ignored")
      .map(({ column }) => column),
  );
  return [...new Set(headers.flat())].filter((column) => used.has(column));
}

const plainNumber = /^[-+]?\d+(\.\d+)?$/;

/**
 * A value as a field of a CSV that a spreadsheet may open: quoted where needed, and with an apostrophe before what a
 * spreadsheet would run as a formula. Opening the file again takes exactly that apostrophe away.
 */
export function safeField(value: string): string {
  const risky = /^[=+\-@\t\r']/.test(value) && !plainNumber.test(value);
  const text = risky ? `'${value}` : value;
  return /[",;\t\r\n|]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Takes away the apostrophe that {@link safeField} put before a value. */
export function withoutApostrophe(value: string): string {
  return value.startsWith("'") ? value.slice(1) : value;
}

/** One row that was set aside. */
export interface SetAside {
  readonly file: string;
  readonly row: number;
  /** One for each code; empty where the whole row is at fault. */
  readonly columns: readonly string[];
  readonly codes: readonly string[];
  readonly whatToDo: readonly string[];
  /** The values of the kept columns; none where the row could not be split. */
  readonly values: readonly string[];
}

/** Starts a file of rows set aside: readable by its owner alone, with a mark that tells spreadsheets it is UTF-8. */
export async function startQuarantine(path: string, kept: readonly string[]): Promise<FileHandle> {
  const file = await open(path, "wx", 0o600);
  await file.write(`\uFEFF${[...kept, ...QUARANTINE_COLUMNS].map(safeField).join(",")}\r\n`);
  return file;
}

const page = 50_000;

/** The rows of a table that break a rule and are no repeats, in order, a page at a time. */
export async function* brokenRows(
  engine: Engine,
  options: {
    readonly table: string;
    readonly names: readonly string[];
    readonly checks: readonly Check[];
    /** Rules whose rows are counted and left out, not set aside. */
    readonly repeats: readonly Check[];
  },
): AsyncGenerator<SetAside[]> {
  const { table, checks, names } = options;
  const repeats = options.repeats.map(({ bit }) => 1n << BigInt(bit)).join(", ");
  for (let after = -1; ; ) {
    const { rows, columns } = await engine.columns(
      `SELECT rowid AS id, source_file, source_row, CAST(broken AS VARCHAR) AS broken, set_aside FROM ${table}
       WHERE broken <> 0 AND broken NOT IN (${repeats}) AND rowid > ${after} ORDER BY rowid LIMIT ${page}`,
    );
    if (rows === 0) return;
    yield Array.from({ length: rows }, (_, index) => {
      const mask = BigInt(columns.broken?.[index] ?? 0);
      const broken = checks.filter(({ bit }) => (mask >> BigInt(bit)) & 1n);
      const stored = columns.set_aside?.[index];
      return {
        file: names[Number(columns.source_file?.[index])] ?? "",
        row: Number(columns.source_row?.[index]),
        columns: broken.map(({ column }) => column ?? ""),
        codes: broken.map(({ code }) => code),
        whatToDo: broken.map(({ message }) => message),
        values: typeof stored === "string" ? stored.split(VALUE_SEPARATOR) : [],
      };
    });
    after = Number(columns.id?.[rows - 1]);
  }
}

/** One row set aside as a line of the file. */
export function quarantineLine(row: SetAside, width: number): string {
  const values = Array.from({ length: width }, (_, index) => row.values[index] ?? "");
  const last = [
    row.file,
    String(row.row),
    row.columns.some((column) => column !== "") ? row.columns.join("; ") : "",
    row.codes.join("; "),
    row.whatToDo.join(" "),
  ];
  return `${[...values, ...last].map(safeField).join(",")}\r\n`;
}
