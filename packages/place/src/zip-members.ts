import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import yauzl from "yauzl";

/** A file inside a zip. */
export interface ZipMember {
  readonly name: string;
  readonly bytes: number;
  /** Unpacks it to a path. */
  extract(to: string): Promise<void>;
}

/** Does something with the members of a zip, which stays open meanwhile. */
export async function withZipMembers<T>(
  path: string,
  work: (members: readonly ZipMember[]) => Promise<T>,
): Promise<T> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, opened) =>
      error ? reject(error) : resolve(opened),
    );
  });
  try {
    return await work(await membersOf(zip));
  } finally {
    zip.close();
  }
}

function membersOf(zip: yauzl.ZipFile): Promise<readonly ZipMember[]> {
  return new Promise((resolve, reject) => {
    const members: ZipMember[] = [];
    zip.on("error", reject);
    zip.on("entry", (entry: yauzl.Entry) => {
      if (!entry.fileName.endsWith("/"))
        members.push({
          name: entry.fileName,
          bytes: entry.uncompressedSize,
          extract: (to) => extract(zip, entry, to),
        });
      zip.readEntry();
    });
    zip.on("end", () => resolve(members));
    zip.readEntry();
  });
}

async function extract(zip: yauzl.ZipFile, entry: yauzl.Entry, to: string): Promise<void> {
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  await pipeline(stream, createWriteStream(to));
}
