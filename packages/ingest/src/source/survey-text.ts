import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { TaprootError } from "@taproot/model";
import type { TextLayout } from "./find-header.ts";
import { LONGEST_LINE, RecordSplitter } from "./record-splitter.ts";

/** What a quick look at every byte of a text says about reading it. */
export interface TextSurvey {
  /** True when an engine may read the file as it is. */
  readonly clean: boolean;
  readonly quoted: boolean;
}

const chunkBytes = 1 << 20;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const blankLine = Buffer.from("\n\n");
const blankLineWithReturns = Buffer.from("\n\r\n");

/**
 * Looks at every byte once, at the speed of searching memory: is the text UTF-8, are its line ends all alike, has it
 * quotes and do they close, is no line blank or endless? Anything else needs a clean copy.
 */
export async function surveyText(
  path: string,
  layout: TextLayout,
  name: string,
  signal?: AbortSignal,
): Promise<TextSurvey> {
  const lines = new LineChecks(layout, name);
  let tail: Buffer = Buffer.alloc(0);
  let sinceLineEnd = 0;
  for await (const read of createReadStream(path, { highWaterMark: chunkBytes })) {
    signal?.throwIfAborted();
    const block = read as Buffer;
    const lastEnd = block.lastIndexOf(layout.newline);
    sinceLineEnd = lastEnd < 0 ? sinceLineEnd + block.length : block.length - 1 - lastEnd;
    if (sinceLineEnd > LONGEST_LINE) throw lineTooLong(name);
    if (lines.trouble) continue;
    if (lastEnd < 0) tail = Buffer.concat([tail, block]);
    else {
      const whole = block.subarray(0, lastEnd + 1);
      lines.check(tail.length === 0 ? whole : Buffer.concat([tail, whole]));
      tail = Buffer.from(block.subarray(lastEnd + 1));
    }
  }
  if (!lines.trouble && tail.length > 0) lines.check(tail);
  lines.end();
  return { clean: !lines.trouble, quoted: lines.quoted };
}

/** Checks whole lines, block by block, until something is wrong. */
class LineChecks {
  trouble: boolean;
  quoted = false;
  #returns: boolean | undefined;
  #splitter: RecordSplitter | undefined;
  readonly #layout: TextLayout;
  readonly #name: string;

  constructor(layout: TextLayout, name: string) {
    this.#layout = layout;
    this.#name = name;
    this.trouble = !layout.startsWithHeader;
  }

  check(lines: Buffer): void {
    this.#returns ??= lines[lines.indexOf(lineFeed) - 1] === carriageReturn;
    this.trouble =
      !isUtf8(lines) ||
      lines.includes(0) ||
      lines[0] === lineFeed ||
      lines[0] === carriageReturn ||
      lines.includes(blankLine) ||
      lines.includes(blankLineWithReturns) ||
      (this.#returns ? oddReturns(lines) : lines.includes(carriageReturn));
    if (this.trouble) return;
    this.quoted ||= lines.includes(0x22);
    if (this.quoted) this.#quotes().push(lines);
  }

  end(): void {
    if (!this.trouble) this.#splitter?.end();
  }

  #quotes(): RecordSplitter {
    if (this.#splitter) return this.#splitter;
    this.#splitter = new RecordSplitter({
      delimiter: this.#layout.delimiter,
      name: this.#name,
      take: (_bytes, _row, rule) => {
        if (rule !== undefined) this.trouble = true;
      },
    });
    this.#splitter.expect(this.#layout.header.length);
    return this.#splitter;
  }
}

function lineTooLong(name: string): TaprootError {
  return new TaprootError(
    "lineTooLong",
    `“${name}” has a line longer than 16 megabytes, so it is not a table of rows. Export the list again as CSV.`,
  );
}

/** True when a line feed has no carriage return before it, or a carriage return no line feed after it. */
function oddReturns(chunk: Buffer): boolean {
  let lines = 0;
  for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, at + 1)) {
    if (at === 0 || chunk[at - 1] !== carriageReturn) return true;
    lines++;
  }
  let carriages = 0;
  for (let at = chunk.indexOf(carriageReturn); at >= 0; at = chunk.indexOf(carriageReturn, at + 1))
    carriages++;
  // The last line of a file may end without either.
  return lines !== carriages;
}
