import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import type { IncomingHttpHeaders } from "node:http";
import { extname, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy } from "@fastify/busboy";
import type { InputFile } from "@taproot/ingest";
import { TaprootError } from "@taproot/model";

/** Files that a person sent, waiting in the workspace until they are loaded. */
export interface Upload {
  readonly id: string;
  readonly folder: string;
  /** Each file's place, and the name that its owner gave it. */
  readonly files: readonly InputFile[];
}

/** How much a person may send. */
export interface UploadLimits {
  readonly bytesPerFile: number;
  readonly files: number;
}

interface Receive {
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
  /** Where incoming files go: readable by their owner alone. */
  readonly incoming: string;
  readonly limits: UploadLimits;
  /** Checks the form's token, which comes before any file. */
  readonly isFormToken: (token: string) => boolean;
}

/**
 * Takes a form with files as it arrives, chunk by chunk, into a folder of its own. Nothing is kept in memory and nothing is
 * written before the form's token is known to be right. On any failure the folder is removed again.
 */
export async function receiveUpload(receive: Receive): Promise<Upload> {
  const { headers, body, incoming, limits } = receive;
  const id = randomUUID();
  const folder = join(incoming, id);
  const files: InputFile[] = [];
  const writes: Promise<void>[] = [];
  let problem: Error | undefined;
  let allowed = false;
  const fail = (error: Error) => {
    problem ??= error;
  };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const parser = new Busboy({
      headers: { ...headers, "content-type": headers["content-type"] ?? "" },
      limits: {
        fileSize: limits.bytesPerFile,
        files: limits.files,
        fields: 4,
        fieldSize: 4096,
        parts: limits.files + 4,
      },
    });
    parser.on("field", (name, value) => {
      if (name === "form-token") allowed = receive.isFormToken(value);
    });
    parser.on("filesLimit", () =>
      fail(
        new TaprootError(
          "tooManyFiles",
          `At most ${limits.files} files can be opened at once. Choose fewer files.`,
        ),
      ),
    );
    parser.on("file", (_field, stream, filename) => {
      if (!allowed) fail(notAllowed());
      if (problem || !filename) {
        stream.resume();
        return;
      }
      const name = safeName(filename);
      const path = join(folder, `${files.length + 1}${extname(name)}`);
      files.push({ path, name });
      stream.on("limit", () => fail(tooLarge(limits.bytesPerFile)));
      writes.push(pipeline(stream, createWriteStream(path, { mode: 0o600, flags: "wx" })));
    });
    await pipeline(body, parser);
    await Promise.all(writes);
    if (!allowed) fail(notAllowed());
    if (problem) throw problem;
    if (files.length === 0)
      throw new TaprootError("noFile", "No file was chosen. Choose a file and try again.");
    return { id, folder, files };
  } catch (error) {
    await Promise.allSettled(writes);
    await rm(folder, { recursive: true, force: true });
    throw problem ?? error;
  }
}

/** The last part of a name, of letters, digits and a few signs: it can lead nowhere and hides nothing. */
export function safeName(filename: string): string {
  const last = filename.split(/[/\\]/).at(-1) ?? "";
  const plain = last
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{N} ._()-]/gu, "_")
    .replace(/^[. ]+/, "")
    .trim();
  return plain.slice(-100) || "file.csv";
}

function notAllowed(): TaprootError {
  return new TaprootError(
    "formExpired",
    "This form is no longer valid. Go back to the page, load it again and send it once more.",
  );
}

function tooLarge(bytes: number): TaprootError {
  return new TaprootError(
    "fileTooLarge",
    `The file is larger than the limit of ${Math.round(bytes / 1e6).toLocaleString("en-GB")} MB. Open it from the terminal instead: npx taproot open FILE.`,
  );
}
