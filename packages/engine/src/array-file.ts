import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";

// Typed arrays on disk: 8 bytes of magic, the length of the description, a check sum of all that follows it, the description
// as JSON (what the caller gives, and each array's type and length), then the arrays, each aligned to 8 bytes, in the order
// of the description.

const arrayTypes = {
  Float64Array,
  Uint32Array,
  Uint16Array,
  Uint8Array,
  Int16Array,
  Int8Array,
};
type ArrayType = keyof typeof arrayTypes;

/** An array that a file can hold. */
export type StoredNumbers =
  | Float64Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
  | Int16Array
  | Int8Array;

type ViewOfBytes = new (bytes: ArrayBufferLike, offset: number, length: number) => StoredNumbers;

interface StoredArray {
  readonly type: ArrayType;
  readonly length: number;
}

const align = (offset: number) => Math.ceil(offset / 8) * 8;

function typeOf(array: StoredNumbers): ArrayType {
  const found = Object.entries(arrayTypes).find(([, Type]) => array instanceof Type);
  if (!found) throw new TypeError("only the arrays of whole and double numbers can be stored");
  return found[0] as ArrayType;
}

/** Writes a description and arrays to a file of their own and waits until it is on disk. */
export async function writeArrays(
  path: string,
  magic: string,
  description: object,
  arrays: readonly StoredNumbers[],
): Promise<void> {
  const text = Buffer.from(
    JSON.stringify({
      ...description,
      arrays: arrays.map((array) => ({ type: typeOf(array), length: array.length })),
    }),
  );
  const head = Buffer.alloc(align(16 + text.length));
  head.write(magic, 0, "latin1");
  head.writeUInt32LE(text.length, 8);
  text.copy(head, 16);
  const parts: Uint8Array[] = [head];
  let sum = crc32(head.subarray(16));
  for (const array of arrays) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const padding = new Uint8Array(align(bytes.length) - bytes.length);
    // The sum of nothing starts anew at 0: an empty array must not be summed.
    if (bytes.length > 0) sum = crc32(bytes, sum);
    if (padding.length > 0) sum = crc32(padding, sum);
    parts.push(bytes, padding);
  }
  head.writeUInt32LE(sum, 12);
  const file = await open(path, "w", 0o600);
  try {
    for (const part of parts) await file.writeFile(part);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What {@link writeArrays} wrote: the description, and the arrays one after the other. */
export interface StoredArrays {
  readonly description: Record<string, unknown>;
  /** The next array. */
  readonly next: <T extends StoredNumbers>() => T;
}

/**
 * Reads arrays back. They are views of the file's bytes, in memory that threads may share: nothing is copied. Undefined for a
 * file that is cut short, changed, or of another magic: never wrong numbers.
 */
export async function readArrays(path: string, magic: string): Promise<StoredArrays | undefined> {
  const bytes = await sharedBytes(path);
  const end = bytes.length < 16 ? 0 : 16 + bytes.readUInt32LE(8);
  if (
    bytes.length < 16 ||
    bytes.toString("latin1", 0, 8) !== magic ||
    end > bytes.length ||
    bytes.readUInt32LE(12) !== crc32(bytes.subarray(16))
  )
    return undefined;
  const { arrays, ...description } = JSON.parse(bytes.toString("utf8", 16, end)) as {
    readonly arrays: readonly StoredArray[];
  };
  let offset = align(end);
  const queue = arrays.map(({ type, length }) => {
    const Type: ViewOfBytes = arrayTypes[type];
    const array = new Type(bytes.buffer, offset, length);
    offset += align(array.byteLength);
    return array;
  });
  return { description, next: <T extends StoredNumbers>() => queue.shift() as unknown as T };
}

async function sharedBytes(path: string): Promise<Buffer<ArrayBufferLike>> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const bytes = new Uint8Array(new SharedArrayBuffer(size));
    const length = await readAll(file, bytes);
    return Buffer.from(bytes.buffer, 0, length);
  } finally {
    await file.close();
  }
}

/** Reads until the file or the room ends; returns how many bytes there were. */
async function readAll(file: FileHandle, into: Uint8Array): Promise<number> {
  let length = 0;
  while (length < into.length) {
    const { bytesRead } = await file.read(into, length, into.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}
