import { UnusableTable } from "./measure.ts";

/** One row of the file as text, with its place. */
export interface TableRow {
  /** The row as a spreadsheet counts it: the header is 1, blank rows are counted too. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Splits delimited text into rows of cells: quotes, doubled quotes, any line end, a byte-order mark. */
export function splitTable(text: string): TableRow[] {
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const delimiter = delimiterOf(source);
  const rows: TableRow[] = [];
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  let line = 1;
  const endRow = () => {
    cells.push(cell);
    if (cells.some((text) => text.trim() !== "")) rows.push({ line, cells });
    cells = [];
    cell = "";
    line++;
  };
  for (let i = 0; i < source.length; i++) {
    const character = source[i] as string;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (source[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (character === '"' && cell.trim() === "") {
      quoted = true;
      cell = "";
    } else if (character === delimiter) {
      cells.push(cell);
      cell = "";
    } else if (character === "\n" || character === "\r") {
      if (character === "\r" && source[i + 1] === "\n") i++;
      endRow();
    } else cell += character;
  }
  if (quoted)
    throw new UnusableTable(
      `Row ${line} opens a quotation mark that is never closed. Close it or take it out.`,
    );
  if (cell !== "" || cells.length > 0) endRow();
  return rows;
}

/** The one of comma, semicolon, tab and bar that the first line uses most. */
function delimiterOf(text: string): string {
  const header = (text.split(/[\r\n]/, 1)[0] ?? "").replace(/"[^"]*"/g, "");
  const counts = [",", ";", "\t", "|"].map((mark) => ({
    mark,
    count: header.split(mark).length - 1,
  }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}
