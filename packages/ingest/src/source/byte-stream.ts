import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { TaprootError } from "@taproot/model";
import {
  encodingOf,
  type FileKind,
  type InputFile,
  nameOf,
  refuseOtherKinds,
  type TextEncoding,
} from "./recognise-file.ts";

const chunkBytes = 1 << 20;

async function* gunzipped(path: string, name: string, signal?: AbortSignal) {
  const file = createReadStream(path, { highWaterMark: chunkBytes });
  const unzip = createGunzip({ chunkSize: chunkBytes });
  file.on("error", (error) => unzip.destroy(error));
  file.pipe(unzip);
  try {
    for await (const chunk of unzip) {
      signal?.throwIfAborted();
      yield chunk as Buffer;
    }
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new TaprootError(
      "truncatedGzip",
      `“${name}” is damaged: the compressed file ends too early or was changed. Copy or export it again.`,
      { cause: error },
    );
  } finally {
    file.destroy();
    unzip.destroy();
  }
}

async function* plain(path: string, signal?: AbortSignal) {
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
    signal?.throwIfAborted();
    yield chunk as Buffer;
  }
}

async function* decoded(chunks: AsyncIterable<Buffer>, encoding: "utf-16le" | "utf-16be") {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  const rest = decoder.decode();
  if (rest !== "") yield Buffer.from(rest);
}

async function* startingWith(first: Buffer, rest: AsyncIterator<Buffer>) {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** A text file's bytes, unpacked, as UTF-8 (or Windows-1252) without a byte order mark. */
export interface ByteStream {
  readonly encoding: TextEncoding;
  readonly chunks: AsyncIterable<Buffer>;
}

/** Opens a text file for reading in blocks, whatever its compression and encoding. */
export async function byteStream(
  file: InputFile,
  kind: Exclude<FileKind, "workbook">,
  signal?: AbortSignal,
): Promise<ByteStream> {
  const name = nameOf(file);
  const raw = kind === "gzip" ? gunzipped(file.path, name, signal) : plain(file.path, signal);
  const source = raw[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 65_536) {
    const next = await source.next();
    if (next.done) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  if (head.length === 0)
    throw new TaprootError("emptyFile", `“${name}” is empty. Export the list again and open that.`);
  const start = head.subarray(0, 65_536);
  refuseOtherKinds(start, name);
  if (kind === "gzip" && start.toString("latin1", 0, 2) === "PK")
    throw new TaprootError(
      "notAWorkbook",
      `“${name}” holds a zip archive or a workbook. Unpack it and open what is inside.`,
    );
  const encoding = encodingOf(start, name);
  const all = startingWith(head, source);
  if (encoding !== "utf-8") return { encoding, chunks: decoded(all, encoding) };
  const mark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  return { encoding, chunks: mark ? startingWith(head.subarray(3), source) : all };
}
