import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { SplitRule } from "./record-splitter.ts";

/** Separates the fields of a clean copy: no person types it, so nothing needs quoting. */
export const CLEAN_DELIMITER = "\u001f";
/** Stands for a line break inside a field of a clean copy. */
export const CLEAN_LINE_BREAK = "\u001e";
/** The columns that a clean copy has before the file's own: the row in the source, and what is wrong with it. */
export const CLEAN_COLUMNS = ["taproot_row", "taproot_rule"] as const;

const flushAt = 1 << 18;

/**
 * Writes rows as text that an engine reads without any doubt: UTF-8, one line a row, fields parted by a character that
 * no row holds. Readable by its owner alone; whoever asked for it deletes it.
 */
export class CleanCopy {
  readonly #file: WriteStream;
  readonly #columns: number;
  #parts: string[] = [];
  #size = 0;
  #waiting: Promise<unknown> | undefined;
  rows = 0;

  constructor(
    readonly path: string,
    columns: number,
  ) {
    this.#columns = columns;
    this.#file = createWriteStream(path, { mode: 0o600, flags: "wx" });
    // Kept so that an error while nobody waits (a full disk) surfaces at the next wait, not as a crash.
    this.#file.on("error", () => {});
    this.#write([...CLEAN_COLUMNS, ...new Array(columns).fill("c")]);
  }

  /** Adds a row that was split into exactly the table's columns. */
  add(row: number, fields: readonly string[]): void {
    this.rows++;
    this.#write([String(row), "", ...fields]);
  }

  /** Adds a row that could not be split: its place and what is wrong, without its values. */
  addMalformed(row: number, rule: SplitRule): void {
    this.rows++;
    this.#write([String(row), rule, ...new Array(this.#columns).fill("")]);
  }

  /** Waits until the disk has caught up. */
  async drain(): Promise<void> {
    if (this.#file.errored) throw this.#file.errored;
    await this.#waiting;
    this.#waiting = undefined;
  }

  async close(): Promise<void> {
    this.#flush();
    await this.drain();
    this.#file.end();
    await finished(this.#file);
  }

  abandon(): void {
    this.#file.destroy();
  }

  #write(fields: readonly string[]): void {
    const line = `${fields.map(cleanField).join(CLEAN_DELIMITER)}\n`;
    this.#parts.push(line);
    this.#size += line.length;
    if (this.#size >= flushAt) this.#flush();
  }

  #flush(): void {
    if (this.#size === 0) return;
    const more = this.#file.write(this.#parts.join(""));
    this.#parts = [];
    this.#size = 0;
    if (!more) this.#waiting ??= once(this.#file, "drain");
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to replace
const troublesome = /[\u0000\u001e\u001f\r\n]/;

function cleanField(field: string): string {
  if (!troublesome.test(field)) return field;
  return field
    .replaceAll("\u0000", "")
    .replaceAll(CLEAN_DELIMITER, " ")
    .replaceAll(/\r\n?|\n/g, CLEAN_LINE_BREAK);
}
