import { createReadStream } from "node:fs";
import { CLEAN_COLUMNS } from "./clean-copy.ts";
import type { PreparedFile } from "./prepare-file.ts";
import { decodeText, RecordSplitter, type SplitRule, splitFields } from "./record-splitter.ts";

/** Takes one row: its fields, or none and the rule that it breaks where it could not be split. */
export type TakeRow = (row: number, fields: readonly string[], rule: SplitRule | undefined) => void;

/** Reads every row of a prepared file, in order. For tables small enough to be read here instead of by an engine. */
export async function readRows(
  prepared: PreparedFile,
  take: TakeRow,
  signal?: AbortSignal,
): Promise<void> {
  const { delimiter, columns } = prepared.layout;
  const own = prepared.copied ? CLEAN_COLUMNS.length : 0;
  let header = true;
  const splitter = new RecordSplitter({
    delimiter,
    name: prepared.name,
    take: (bytes, row, rule) => {
      if (header) {
        header = false;
        return;
      }
      const fields = rule === undefined ? splitFields(decodeText(bytes), delimiter) : [];
      if (!prepared.copied) take(row, fields, rule);
      else
        take(
          Number(fields[0]),
          fields.slice(own),
          fields[1] === "" ? undefined : (fields[1] as SplitRule),
        );
    },
  });
  splitter.expect(columns.length);
  for await (const chunk of createReadStream(prepared.path)) {
    signal?.throwIfAborted();
    splitter.push(chunk as Buffer);
  }
  splitter.end();
}
