import { TaprootError } from "@taproot/model";
import { looksLikeDate } from "../proposal/date-convention.ts";
import { isOfOnePerson } from "../proposal/identifying.ts";
import { decodeText, RecordSplitter, splitFields } from "./record-splitter.ts";

/** How a delimited text is laid out. */
export interface TextLayout {
  readonly delimiter: string;
  /** The byte that ends a line. */
  readonly newline: number;
  /** The row of the column names, 1 as a spreadsheet counts. */
  readonly headerRow: number;
  /** The column names: none blank, each once. */
  readonly header: readonly string[];
  /** True when the names are on the very first line and no line says which delimiter is used. */
  readonly startsWithHeader: boolean;
}

interface Row {
  readonly row: number;
  readonly fields: readonly string[];
}

const delimiters = [",", ";", "\t", "|"];

function rowsIn(head: Buffer, delimiter: string, newline: number, name: string): Row[] {
  const rows: Row[] = [];
  const splitter = new RecordSplitter({
    delimiter,
    newline,
    name,
    take: (bytes, row, rule) => {
      if (rule === undefined) rows.push({ row, fields: splitFields(decodeText(bytes), delimiter) });
    },
  });
  splitter.push(head);
  return rows;
}

/** The number of columns that most rows have, and the share of rows that have it. */
function usualWidth(rows: readonly Row[]): { width: number; share: number } {
  const counts = new Map<number, number>();
  for (const { fields } of rows) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  const [width, count] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
  return { width, share: rows.length === 0 ? 0 : count / rows.length };
}

const looksLikeValue = (text: string) =>
  looksLikeDate(text) || /^[-+£$]?[\d][\d,]*(\.\d+)?%?$/.test(text.trim());

/** Which of the first rows holds the column names: the first that is as wide as the table and all text. */
export function headerAmong(rows: readonly Row[], width: number): Row | undefined {
  return rows
    .slice(0, 30)
    .find(
      ({ fields }) =>
        fields.length === width &&
        fields.filter((field) => field.trim() !== "").length >= Math.max(1, Math.ceil(width * 0.6)),
    );
}

/** Refuses a first row that holds data instead of names. */
export function refuseMissingHeader(fields: readonly string[], name: string): void {
  const named = fields.filter((field) => field.trim() !== "");
  const values = named.filter(looksLikeValue).length;
  if (
    named.some((field) => looksLikeDate(field) || isOfOnePerson(field)) ||
    values * 2 > named.length
  )
    throw new TaprootError(
      "noColumnNames",
      `“${name}” has no column names: its first row holds data already. Add a first row that names each column.`,
    );
}

/** Makes column names usable: blank ones get their place as a name, repeated ones a number. */
export function uniqueNames(fields: readonly string[]): string[] {
  const seen = new Set<string>();
  return fields.map((field, index) => {
    const cleaned = field
      .replace(/^\uFEFF/, "")
      .replace(/\s+/g, " ")
      .trim();
    const base = cleaned === "" ? `Column ${index + 1}` : cleaned;
    let name = base;
    for (let copy = 2; seen.has(name.toLowerCase()); copy++) name = `${base} (${copy})`;
    seen.add(name.toLowerCase());
    return name;
  });
}

/** Finds delimiter, line ends and column names in the first bytes of a text. */
export function findLayout(head: Buffer, wholeFile: boolean, name: string): TextLayout {
  const newline = head.includes(0x0a) || !head.includes(0x0d) ? 0x0a : 0x0d;
  const complete = wholeFile ? Buffer.concat([head, Buffer.from([newline])]) : head;
  const hint = /^sep=(.)\r?\n/.exec(head.toString("latin1", 0, 8))?.[1];
  const candidates = (hint === undefined ? delimiters : [hint])
    .map((delimiter) => {
      const rows = rowsIn(complete, delimiter, newline, name);
      const usual = usualWidth(rows);
      return { delimiter, rows, ...usual };
    })
    .filter(({ width }) => width > 1);
  const best = candidates.sort((a, b) => b.share - a.share || b.width - a.width)[0];
  if (!best)
    throw new TaprootError(
      "oneColumn",
      `“${name}” is not a table of columns: no comma, semicolon, tab or bar separates its values. Export the list as CSV and open that.`,
    );
  const { delimiter, rows, width } = best;
  const header = headerAmong(rows, width) ?? rows[0]!;
  refuseMissingHeader(header.fields, name);
  return {
    delimiter,
    newline,
    headerRow: header.row,
    header: uniqueNames(header.fields),
    startsWithHeader: header.row === 1 && hint === undefined && newline === 0x0a,
  };
}
