import { open, readFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { TaprootError } from "@taproot/model";
import type { Cube } from "./cube.ts";

// A cube on disk: 8 bytes of magic, the length of the description, a check sum of all that follows it, the description as
// JSON (everything but the arrays, and each array's type and length), then the arrays, each aligned to 8 bytes, in the
// order of the description.

const magic = "TAPROOT1";
const arrayTypes = { Float64Array, Uint32Array, Uint16Array, Uint8Array };
type CubeArray = Float64Array | Uint32Array | Uint16Array | Uint8Array;
type ArrayType = keyof typeof arrayTypes;

interface StoredArray {
  readonly type: ArrayType;
  readonly length: number;
}

const align = (offset: number) => Math.ceil(offset / 8) * 8;

/** Arrays in their order on disk; the names are those of {@link Cube}. */
function arraysOf(cube: Cube): CubeArray[] {
  return [
    ...cube.groups,
    cube.fates,
    cube.waitStarts,
    cube.waitWeeks,
    cube.waitExits,
    cube.waitCounts,
    cube.outcomeCounts,
    cube.outcomeSums,
    cube.outcomeSquares,
    ...(cube.population ? [cube.population] : []),
    ...(cube.waitBands ? [cube.waitBands.counts] : []),
  ];
}

function typeOf(array: CubeArray): ArrayType {
  if (array instanceof Float64Array) return "Float64Array";
  if (array instanceof Uint32Array) return "Uint32Array";
  return array instanceof Uint16Array ? "Uint16Array" : "Uint8Array";
}

/** Writes a cube to a file of its own and waits until it is on disk. */
export async function writeCube(path: string, cube: Cube): Promise<void> {
  const arrays = arraysOf(cube);
  const description = Buffer.from(
    JSON.stringify({
      kind: cube.kind,
      characteristics: cube.characteristics,
      cells: cube.cells,
      steps: cube.steps,
      openCountsAsLost: cube.openCountsAsLost,
      clock: cube.clock,
      units: cube.units,
      data: cube.data,
      bands: cube.waitBands?.bands,
      population: cube.population !== undefined,
      arrays: arrays.map((array) => ({ type: typeOf(array), length: array.length })),
    }),
  );
  const head = Buffer.alloc(align(16 + description.length));
  head.write(magic, 0, "latin1");
  head.writeUInt32LE(description.length, 8);
  description.copy(head, 16);
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

/**
 * Reads a cube back. The arrays are views of the file's bytes: nothing is copied. A file that is cut short or changed is a
 * {@link TaprootError}, never a wrong count.
 */
export async function readCube(path: string): Promise<Cube> {
  const bytes = await readFile(path);
  const end = bytes.length < 16 ? 0 : 16 + bytes.readUInt32LE(8);
  if (
    bytes.length < 16 ||
    bytes.toString("latin1", 0, 8) !== magic ||
    end > bytes.length ||
    bytes.readUInt32LE(12) !== crc32(bytes.subarray(16))
  )
    throw new TaprootError(
      "damagedCube",
      "The stored counts cannot be read. Open the service's file again to count it anew.",
    );
  const { arrays, bands, population, units, ...rest } = JSON.parse(bytes.toString("utf8", 16, end));
  // A small file may come from Node's shared pool at an odd place: typed arrays need their own alignment.
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  let offset = align(end);
  const queue = (arrays as StoredArray[]).map(({ type, length }) => {
    const Type = arrayTypes[type];
    const array = new Type(aligned.buffer as ArrayBuffer, aligned.byteOffset + offset, length);
    offset += align(length * Type.BYTES_PER_ELEMENT);
    return array;
  });
  const next = <T extends CubeArray>() => queue.shift() as T;
  const groups = (rest.characteristics as unknown[]).map(() => next<Uint16Array>());
  return {
    ...rest,
    ...(units ? { units } : {}),
    groups,
    fates: next<Float64Array>(),
    waitStarts: next<Uint32Array>(),
    waitWeeks: next<Uint16Array>(),
    waitExits: next<Uint8Array>(),
    waitCounts: next<Uint32Array>(),
    outcomeCounts: next<Float64Array>(),
    outcomeSums: next<Float64Array>(),
    outcomeSquares: next<Float64Array>(),
    ...(population ? { population: next<Float64Array>() } : {}),
    ...(bands ? { waitBands: { bands, counts: next<Float64Array>() } } : {}),
  };
}
