import { open } from "node:fs/promises";
import { CLEAN_COLUMNS } from "./clean-copy.ts";
import type { PreparedFile } from "./prepare-file.ts";
import { decodeText, RecordSplitter, splitFields } from "./record-splitter.ts";

/** Rows of a file that were looked at. */
export interface RowSample {
  readonly rows: readonly (readonly string[])[];
  /** True when these are all the rows that can be split. */
  readonly whole: boolean;
  /** True when some rows could not be split. */
  readonly malformed: boolean;
  /** About how many rows the file has. */
  readonly estimatedRows: number;
}

const wholeUpTo = 8 << 20;
const blocks = 24;
const blockBytes = 1 << 18;

/** Reads a file's rows: all of a small file, blocks spread from first to last of a large one. */
export async function sampleRows(prepared: PreparedFile): Promise<RowSample> {
  const file = await open(prepared.path, "r");
  try {
    const { size } = await file.stat();
    const whole = size <= wholeUpTo;
    const rows: string[][] = [];
    let malformed = 0;
    const step = whole ? size : Math.floor((size - blockBytes) / (blocks - 1));
    for (let block = 0; block < (whole ? 1 : blocks); block++) {
      const start = block * step;
      const buffer = Buffer.alloc(whole ? size : Math.min(blockBytes, size - start));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
      malformed += collect(buffer.subarray(0, bytesRead), prepared, block === 0, whole, rows);
    }
    const looked = whole ? size : Math.min(size, blocks * blockBytes);
    return {
      rows,
      whole,
      estimatedRows: Math.round(((rows.length + malformed) * size) / Math.max(1, looked)),
      malformed: malformed > 0,
    };
  } finally {
    await file.close();
  }
}

function collect(
  bytes: Buffer,
  prepared: PreparedFile,
  first: boolean,
  whole: boolean,
  rows: string[][],
): number {
  const { delimiter, columns } = prepared.layout;
  const own = prepared.copied ? CLEAN_COLUMNS.length : 0;
  let header = first;
  let malformed = 0;
  let lineStart = 0;
  if (first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) lineStart = 3;
  if (!first) lineStart = bytes.indexOf(0x0a) + 1;
  const splitter = new RecordSplitter({
    delimiter,
    name: prepared.name,
    take: (record, _row, rule) => {
      if (header) {
        header = false;
        return;
      }
      const fields = rule === undefined ? splitFields(decodeText(record), delimiter) : undefined;
      if (!fields || (prepared.copied && fields[1] !== "")) {
        malformed++;
        return;
      }
      rows.push(own > 0 ? fields.slice(own) : fields);
    },
  });
  splitter.expect(columns.length);
  splitter.push(bytes.subarray(lineStart));
  if (whole) splitter.end();
  return malformed;
}
