/** A record of a CSV text and where in the text it starts. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly start: number;
}

/** The first records of a CSV text; a quoted field may hold commas, quotes and new lines. An unfinished last record is left out. */
export function firstRecords(text: string, most: number, delimiter: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let field = "";
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length && records.length < most; at++) {
    const char = text[at]!;
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[at + 1] === '"') {
        field += '"';
        at++;
      } else quoted = false;
    } else if (char === '"' && field === "") quoted = true;
    else if (char === delimiter) {
      cells.push(field);
      field = "";
    } else if (char === "\n" || char === "\r") {
      if (char === "\r" && text[at + 1] === "\n") at++;
      cells.push(field);
      field = "";
      if (cells.some((cell) => cell !== "")) records.push({ cells, start });
      cells = [];
      start = at + 1;
    } else field += char;
  }
  return records;
}

/** The delimiter that gives the most columns. */
export function likelyDelimiter(text: string): string {
  const width = (delimiter: string) =>
    Math.max(0, ...firstRecords(text, 20, delimiter).map(({ cells }) => cells.length));
  return [",", "\t", ";"].reduce((best, each) => (width(each) > width(best) ? each : best));
}

/** One record as a line of CSV. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\n`;
}
