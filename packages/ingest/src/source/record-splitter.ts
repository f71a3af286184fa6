import { isUtf8 } from "node:buffer";
import { TaprootError } from "@taproot/model";
import iconv from "iconv-lite";

/** Why a row could not be split into the header's columns. */
export type SplitRule = "unclosedQuote" | "wrongNumberOfColumns";

/** The longest line that is read; a longer one means that the file is not a table. */
export const LONGEST_LINE = 16 * 1024 * 1024;

/** How far a quoted field may reach before its quote counts as never closed. */
const lookAhead = 256 * 1024;

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Takes one record: its bytes (without the line's end), its row from 1 as a spreadsheet shows it, and what is wrong. */
export type TakeRecord = (bytes: Buffer, row: number, rule: SplitRule | undefined) => void;

/** Decodes one record's bytes: UTF-8, or Windows-1252 where they are not UTF-8. */
export function decodeText(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString("utf8") : iconv.decode(bytes, "windows-1252");
}

/** Splits one well-formed record into its fields, unquoted. */
export function splitFields(text: string, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter);
  const fields: string[] = [];
  let position = 0;
  for (;;) {
    if (text[position] === '"') {
      let end = position + 1;
      for (;;) {
        end = text.indexOf('"', end);
        if (end < 0) end = text.length;
        if (text[end + 1] !== '"') break;
        end += 2;
      }
      fields.push(text.slice(position + 1, end).replaceAll('""', '"'));
      position = end + 1;
    } else {
      const end = text.indexOf(delimiter, position);
      fields.push(text.slice(position, end < 0 ? text.length : end));
      position = end < 0 ? text.length : end;
    }
    if (position >= text.length) return fields;
    position++;
  }
}

type Quoted =
  | { readonly end: number; readonly next: number; readonly columns: number }
  | "unclosed"
  | "more";

/**
 * Cuts bytes into records. A quoted field may hold line breaks; a quote that is not closed as it should be costs the line
 * that it stands on and nothing after it.
 */
export class RecordSplitter {
  #rest: Buffer = Buffer.alloc(0);
  #row = 0;
  #columns: number | undefined;
  readonly #delimiter: number;
  readonly #newline: number;
  readonly #take: TakeRecord;
  readonly #name: string;

  constructor(options: {
    readonly delimiter: string;
    /** The byte that ends a line: line feed, or carriage return in files from old Macs. */
    readonly newline?: number;
    /** The file's name, for a sentence about a line that is too long. */
    readonly name: string;
    readonly take: TakeRecord;
  }) {
    this.#delimiter = options.delimiter.charCodeAt(0);
    this.#newline = options.newline ?? lineFeed;
    this.#name = options.name;
    this.#take = options.take;
  }

  /** From now on every record must have this many columns. */
  expect(columns: number): void {
    this.#columns = columns;
  }

  push(chunk: Buffer): void {
    this.#cut(this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]), false);
    if (this.#rest.length > LONGEST_LINE)
      throw new TaprootError(
        "lineTooLong",
        `Row ${this.#row + 1} of “${this.#name}” is longer than 16 megabytes, so this is not a table of rows. Export the list again as CSV.`,
      );
  }

  end(): void {
    this.#cut(this.#rest, true);
  }

  #cut(bytes: Buffer, last: boolean): void {
    let position = 0;
    let nextQuote = bytes.indexOf(quote);
    while (position < bytes.length) {
      let lineEnd = bytes.indexOf(this.#newline, position);
      if (lineEnd < 0) {
        if (!last) break;
        lineEnd = bytes.length;
      }
      if (nextQuote >= 0 && nextQuote < position) nextQuote = bytes.indexOf(quote, position);
      if (nextQuote < 0 || nextQuote >= lineEnd) {
        this.#line(bytes, position, lineEnd, undefined);
        position = lineEnd + 1;
        continue;
      }
      const record = this.#quoted(bytes, position, last);
      if (record === "more") break;
      const spansLines = record !== "unclosed" && record.end > lineEnd;
      if (
        record === "unclosed" ||
        (spansLines && this.#columns !== undefined && record.columns !== this.#columns)
      ) {
        this.#line(bytes, position, lineEnd, "unclosedQuote");
        position = lineEnd + 1;
      } else {
        this.#emit(
          bytes.subarray(position, record.end),
          this.#columns !== undefined && record.columns !== this.#columns
            ? "wrongNumberOfColumns"
            : undefined,
        );
        position = record.next;
      }
    }
    this.#rest = bytes.subarray(Math.min(position, bytes.length));
  }

  #line(bytes: Buffer, start: number, lineEnd: number, rule: SplitRule | undefined): void {
    const end = lineEnd > start && bytes[lineEnd - 1] === carriageReturn ? lineEnd - 1 : lineEnd;
    const line = bytes.subarray(start, end);
    if (rule === undefined) {
      if (isBlank(line, this.#delimiter)) {
        this.#row++;
        return;
      }
      if (this.#columns !== undefined && columnsIn(line, this.#delimiter) !== this.#columns) {
        this.#emit(line, "wrongNumberOfColumns");
        return;
      }
    }
    this.#emit(line, rule);
  }

  #emit(record: Buffer, rule: SplitRule | undefined): void {
    this.#row++;
    this.#take(record, this.#row, rule);
  }

  /** Reads a record that has a quote on its first line. */
  #quoted(bytes: Buffer, start: number, last: boolean): Quoted {
    let position = start;
    let columns = 1;
    for (;;) {
      if (bytes[position] === quote) {
        let close = position + 1;
        for (;;) {
          close = bytes.indexOf(quote, close);
          if (close < 0) return last || bytes.length - start > lookAhead ? "unclosed" : "more";
          if (close - start > lookAhead) return "unclosed";
          if (close + 1 >= bytes.length && !last) return "more";
          if (bytes[close + 1] !== quote) break;
          close += 2;
        }
        position = close + 1;
        if (position >= bytes.length) return { end: position, next: position, columns };
        const after = bytes[position];
        if (after === this.#newline) return { end: position, next: position + 1, columns };
        if (after === carriageReturn && this.#newline === lineFeed) {
          if (position + 1 >= bytes.length && !last) return "more";
          if (bytes[position + 1] === lineFeed)
            return { end: position, next: position + 2, columns };
        }
        if (after !== this.#delimiter) return "unclosed";
        columns++;
        position++;
      } else {
        const end = this.#plainFieldEnd(bytes, position);
        if (end >= bytes.length) return last ? { end, next: end, columns } : "more";
        if (bytes[end] === this.#newline) {
          const carriage = end > position && bytes[end - 1] === carriageReturn;
          return { end: carriage ? end - 1 : end, next: end + 1, columns };
        }
        columns++;
        position = end + 1;
      }
    }
  }

  #plainFieldEnd(bytes: Buffer, from: number): number {
    let position = from;
    while (position < bytes.length) {
      const byte = bytes[position];
      if (byte === this.#delimiter || byte === this.#newline) break;
      position++;
    }
    return position;
  }
}

function columnsIn(line: Buffer, delimiter: number): number {
  let columns = 1;
  for (let at = line.indexOf(delimiter); at >= 0; at = line.indexOf(delimiter, at + 1)) columns++;
  return columns;
}

/** True for a line of nothing but white space. A line of delimiters is a row whose every field is empty. */
function isBlank(line: Buffer, delimiter: number): boolean {
  for (const byte of line) {
    if (byte === delimiter) return false;
    if (byte !== 0x20 && byte !== 0x09 && byte !== carriageReturn) return false;
  }
  return true;
}
