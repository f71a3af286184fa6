import { createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { TaprootError } from "@taproot/model";

/** How far a download is. */
export interface DownloadProgress {
  readonly receivedBytes: number;
  readonly totalBytes: number | undefined;
}

/** What a download needs besides its address. */
export interface DownloadOptions {
  /** About how large the file is, in megabytes: more than ten times that is refused. */
  readonly megabytes?: number;
  readonly fetch?: typeof fetch;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

interface Begun {
  readonly bytes: number;
  /** The server's mark of just this version of the file. */
  readonly validator: string | undefined;
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/**
 * Downloads a file. What came before an interruption is kept beside it and continued, if the server still has the very
 * same file; the name appears only when the whole is there.
 */
export async function download(
  address: string,
  to: string,
  options: DownloadOptions = {},
): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const part = `${to}.part`;
  const mark = `${to}.part.json`;
  const begun = await alreadyBegun(part, mark, address);
  const response = await ask(address, begun, options);
  if (response.status === 416 && begun) {
    await response.body?.cancel();
    await rm(part, { force: true });
    return download(address, to, options);
  }
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new TaprootError(
      "refusedByServer",
      `The publisher's server answered ${response.status} for ${address}. The file may have moved.`,
    );
  }
  const continued = response.status === 206 && begun !== undefined;
  const before = continued ? begun.bytes : 0;
  const length = response.headers.get("content-length");
  const total = length === null ? undefined : before + Number(length);
  if (options.megabytes !== undefined && (total ?? 0) > options.megabytes * 1e7) {
    await response.body.cancel();
    throw new TaprootError(
      "wrongSize",
      `The file at ${address} has ${megabytes(total ?? 0)} where about ${options.megabytes} MB were expected. It is not the published file.`,
    );
  }
  const validator = response.headers.get("etag") ?? response.headers.get("last-modified");
  await writeFile(mark, JSON.stringify({ address, validator }));
  const received = await receive(response, part, before, total, options);
  if (total !== undefined && received !== total) throw stopped(received, total);
  await rename(part, to);
  await rm(mark, { force: true });
}

async function alreadyBegun(
  part: string,
  mark: string,
  address: string,
): Promise<Begun | undefined> {
  try {
    const { size } = await stat(part);
    const begun = JSON.parse(await readFile(mark, "utf8")) as {
      address: string;
      validator: string | null;
    };
    const weak = begun.validator?.startsWith("W/") ?? true;
    if (size === 0 || begun.address !== address || weak) return undefined;
    return { bytes: size, validator: begun.validator ?? undefined };
  } catch {
    return undefined;
  }
}

async function ask(
  address: string,
  begun: Begun | undefined,
  options: DownloadOptions,
): Promise<Response> {
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (begun?.validator) {
    headers.range = `bytes=${begun.bytes}-`;
    headers["if-range"] = begun.validator;
  }
  try {
    return await (options.fetch ?? fetch)(address, {
      headers,
      ...(options.signal ? { signal: options.signal } : {}),
    });
  } catch (cause) {
    options.signal?.throwIfAborted();
    const reason = ((cause as Error).cause as NodeJS.ErrnoException | undefined)?.code;
    throw new TaprootError(
      "unreachable",
      `${new URL(address).host} cannot be reached${reason ? ` (${reason})` : ""}. Check the connection to the internet.`,
      { cause },
    );
  }
}

async function receive(
  response: Response,
  part: string,
  before: number,
  total: number | undefined,
  options: DownloadOptions,
): Promise<number> {
  let received = before;
  const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
  body.on("data", (chunk: Uint8Array) => {
    received += chunk.length;
    options.onProgress?.({ receivedBytes: received, totalBytes: total });
  });
  try {
    await pipeline(body, createWriteStream(part, { flags: before > 0 ? "a" : "w" }));
  } catch (cause) {
    options.signal?.throwIfAborted();
    if ((cause as NodeJS.ErrnoException).code === "ENOSPC")
      throw new TaprootError("diskFull", "The disk is full. Make room and run the command again.", {
        cause,
      });
    throw stopped((await stat(part)).size, total, cause);
  }
  return received;
}

function stopped(received: number, total: number | undefined, cause?: unknown): TaprootError {
  const of = total === undefined ? "" : ` of ${megabytes(total)}`;
  return new TaprootError(
    "downloadStopped",
    `The download stopped after ${megabytes(received)}${of}. Run the command again: it goes on from there.`,
    cause === undefined ? undefined : { cause },
  );
}
