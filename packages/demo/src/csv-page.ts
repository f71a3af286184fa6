import type { FileHandle } from "node:fs/promises";
import { type Day, dateOf } from "./demand.ts";

const PAGE_BYTES = 1 << 22;
const LONGEST_ROW_BYTES = 4096;
const COMMA = 44;
const ZERO = 48;

/**
 * A page of CSV that is built byte by byte and written when full: memory stays at one page however long the file, and no
 * row becomes a string.
 */
export class CsvPage {
  readonly #bytes = Buffer.allocUnsafe(PAGE_BYTES);
  readonly #file: FileHandle;
  readonly #dates: Uint8Array;
  readonly #firstDay: Day;
  #at = 0;
  #rowStart = 0;
  #lastRow: Buffer = Buffer.alloc(0);

  /** Dates from `firstDay` to `lastDay` can be written. */
  constructor(file: FileHandle, firstDay: Day, lastDay: Day) {
    this.#file = file;
    this.#firstDay = firstDay;
    this.#dates = new Uint8Array((lastDay - firstDay + 1) * 10);
    for (let day = firstDay; day <= lastDay; day++) {
      const [year, month, date] = dateOf(day).split("-");
      this.#dates.set(Buffer.from(`${date}/${month}/${year}`, "latin1"), (day - firstDay) * 10);
    }
  }

  /** The bytes of a text, to be written many times. */
  static encoded(text: string): Uint8Array {
    return new Uint8Array(Buffer.from(text, "utf8"));
  }

  text(encoded: Uint8Array): void {
    const bytes = this.#bytes;
    let at = this.#at;
    for (let index = 0; index < encoded.length; index++) bytes[at++] = encoded[index]!;
    bytes[at++] = COMMA;
    this.#at = at;
  }

  /** A prefix letter and a whole number with leading zeros: "R0000012". */
  identifier(prefix: number, value: number, digits: number): void {
    const bytes = this.#bytes;
    bytes[this.#at++] = prefix;
    let rest = value;
    for (let place = this.#at + digits - 1; place >= this.#at; place--) {
      bytes[place] = ZERO + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    this.#at += digits;
    bytes[this.#at++] = COMMA;
  }

  /** A whole number from 0 to 999. */
  number(value: number): void {
    const bytes = this.#bytes;
    if (value >= 100) bytes[this.#at++] = ZERO + Math.floor(value / 100);
    if (value >= 10) bytes[this.#at++] = ZERO + (Math.floor(value / 10) % 10);
    bytes[this.#at++] = ZERO + (value % 10);
    bytes[this.#at++] = COMMA;
  }

  /** A number of tenths as a decimal: 57 → "5.7"; nothing below 0. */
  tenths(value: number): void {
    const bytes = this.#bytes;
    if (value >= 0) {
      if (value >= 100) bytes[this.#at++] = ZERO + Math.floor(value / 100);
      bytes[this.#at++] = ZERO + (Math.floor(value / 10) % 10);
      bytes[this.#at++] = 46;
      bytes[this.#at++] = ZERO + (value % 10);
    }
    bytes[this.#at++] = COMMA;
  }

  /** A day as dd/mm/yyyy, or nothing for -1. */
  date(day: Day): void {
    const bytes = this.#bytes;
    let at = this.#at;
    if (day >= 0) {
      let from = (day - this.#firstDay) * 10;
      for (const to = at + 10; at < to; ) bytes[at++] = this.#dates[from++]!;
    }
    bytes[at++] = COMMA;
    this.#at = at;
  }

  /** Ends the row in place of its last comma. */
  endRow(): void {
    this.#bytes[this.#at - 1] = 13;
    this.#bytes[this.#at++] = 10;
    this.#lastRow = this.#bytes.subarray(this.#rowStart, this.#at);
    this.#rowStart = this.#at;
  }

  /** Writes the last row once more. */
  repeatRow(): void {
    this.#lastRow.copy(this.#bytes, this.#at);
    this.#at += this.#lastRow.length;
    this.#rowStart = this.#at;
  }

  get full(): boolean {
    return this.#at > PAGE_BYTES - LONGEST_ROW_BYTES;
  }

  /** Sends what is there to the file. */
  async flush(): Promise<void> {
    this.#lastRow = Buffer.from(this.#lastRow);
    let sent = 0;
    while (sent < this.#at)
      sent += (await this.#file.write(this.#bytes, sent, this.#at - sent)).bytesWritten;
    this.#at = 0;
    this.#rowStart = 0;
  }
}
