import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { CsvLayout } from "@taproot/engine";
import { TaprootError } from "@taproot/model";
import { byteStream } from "./byte-stream.ts";
import { CLEAN_COLUMNS, CLEAN_DELIMITER, CleanCopy } from "./clean-copy.ts";
import { findLayout, type TextLayout } from "./find-header.ts";
import { type InputFile, nameOf, recogniseFile } from "./recognise-file.ts";
import { decodeText, RecordSplitter, splitFields } from "./record-splitter.ts";
import { surveyText } from "./survey-text.ts";
import { copyWorkbook } from "./workbook.ts";

/** A file that an engine can read: itself where it is well formed, else a clean copy of it. */
export interface PreparedFile {
  /** What the person calls the file. */
  readonly name: string;
  readonly header: readonly string[];
  /** The row of the column names as a spreadsheet shows it. */
  readonly headerRow: number;
  readonly path: string;
  readonly layout: CsvLayout;
  /** A clean copy: its first columns are the row in the source and what is wrong with it. */
  readonly copied: boolean;
  /** For a workbook: the sheet that was read, and the others. */
  readonly sheet?: { readonly name: string; readonly others: readonly string[] };
  /** Deletes the clean copy, if there is one. */
  readonly dispose: () => Promise<void>;
}

/** The name of the n-th column of a file in SQL; the person's own names never enter SQL. */
export function sqlColumn(index: number): string {
  return `c${index}`;
}

/**
 * Makes a file ready to be read by an engine. A plain, well-formed UTF-8 text is left as it is; anything else (another
 * encoding, compression, a workbook, quotes that do not close, rows of other widths) is copied into `folder`.
 */
export async function prepareFile(
  file: InputFile,
  options: {
    readonly folder: string;
    /** Copies the file even where it looks well formed: an engine found fault with it. */
    readonly copy?: boolean;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<PreparedFile> {
  const { signal } = options;
  const name = nameOf(file);
  const { kind, size, head } = await recogniseFile(file);
  const copyPath = join(options.folder, `.copy-${randomBytes(8).toString("hex")}`);
  const dispose = () => rm(copyPath, { force: true });
  const copyLayout = (columns: number): CsvLayout => ({
    delimiter: CLEAN_DELIMITER,
    columns: [...CLEAN_COLUMNS, ...Array.from({ length: columns }, (_, index) => sqlColumn(index))],
    unquoted: true,
  });
  try {
    if (kind === "workbook") {
      const { header, headerRow, sheet } = await copyWorkbook(file, copyPath, signal);
      const layout = copyLayout(header.length);
      return { name, header, headerRow, path: copyPath, layout, copied: true, sheet, dispose };
    }
    if (kind === "text" && isUnicodeText(head) && !options.copy) {
      const text = head[0] === 0xef && head[1] === 0xbb ? head.subarray(3) : head;
      const found = findLayout(text, size <= head.length, name);
      const survey = await surveyText(file.path, found, name, signal);
      if (survey.clean) {
        const columns = found.header.map((_, index) => sqlColumn(index));
        const layout = { delimiter: found.delimiter, columns, unquoted: !survey.quoted };
        const { header, headerRow } = found;
        return { name, header, headerRow, path: file.path, layout, copied: false, dispose };
      }
    }
    const { header, headerRow } = await copyText(file, kind, copyPath, signal);
    const layout = copyLayout(header.length);
    return { name, header, headerRow, path: copyPath, layout, copied: true, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

const isUnicodeText = (head: Buffer) =>
  !(head[0] === 0xff && head[1] === 0xfe) &&
  !(head[0] === 0xfe && head[1] === 0xff) &&
  !head.includes(0);

async function copyText(
  file: InputFile,
  kind: "text" | "gzip",
  path: string,
  signal: AbortSignal | undefined,
): Promise<TextLayout> {
  const name = nameOf(file);
  const { chunks } = await byteStream(file, kind, signal);
  let copy: CleanCopy | undefined;
  let splitter: RecordSplitter | undefined;
  let layout: TextLayout | undefined;
  let head: Buffer = Buffer.alloc(0);
  const start = (whole: boolean) => {
    const found = findLayout(head.subarray(0, 1 << 18), whole, name);
    const target = new CleanCopy(path, found.header.length);
    layout = found;
    copy = target;
    const made: RecordSplitter = new RecordSplitter({
      delimiter: found.delimiter,
      newline: found.newline,
      name,
      take: (bytes, row, rule) => {
        if (row < found.headerRow) return;
        if (row === found.headerRow) return;
        if (rule !== undefined) target.addMalformed(row, rule);
        else target.add(row, splitFields(decodeText(bytes), found.delimiter));
      },
    });
    made.expect(found.header.length);
    splitter = made;
    made.push(head);
  };
  try {
    for await (const chunk of chunks) {
      if (splitter) splitter.push(chunk);
      else {
        head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
        if (head.length >= 1 << 18) start(false);
      }
      await copy?.drain();
    }
    if (!splitter) start(true);
    splitter!.end();
    await copy!.close();
    return layout!;
  } catch (error) {
    copy?.abandon();
    if (error instanceof TaprootError || signal?.aborted) throw error;
    throw new TaprootError(
      "unreadableFile",
      `“${name}” cannot be read to its end. Check the file and the space on the disk, and open it again.`,
      { cause: error },
    );
  }
}
