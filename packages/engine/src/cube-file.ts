import { TaprootError, type WaitBand } from "@taproot/model";
import { readArrays, writeArrays } from "./array-file.ts";
import type { Cube, CubeDescription } from "./cube.ts";

const MAGIC = "TAPROOT1";

/** Writes a cube to a file of its own and waits until it is on disk. */
export async function writeCube(path: string, cube: Cube): Promise<void> {
  const { kind, characteristics, cells, steps, openCountsAsLost, clock, units, data } = cube;
  await writeArrays(
    path,
    MAGIC,
    {
      ...{ kind, characteristics, cells, steps, openCountsAsLost, clock, units, data },
      bands: cube.waitBands?.bands,
      population: cube.population !== undefined,
    },
    [
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
    ],
  );
}

interface StoredDescription extends CubeDescription {
  readonly cells: number;
  readonly bands?: readonly WaitBand[];
  readonly population: boolean;
}

/**
 * Reads a cube back. The arrays are views of the file's bytes: nothing is copied. A file that is cut short or changed is a
 * {@link TaprootError}, never a wrong count.
 */
export async function readCube(path: string): Promise<Cube> {
  const stored = await readArrays(path, MAGIC);
  if (!stored)
    throw new TaprootError(
      "damagedCube",
      "The stored counts cannot be read. Open the service's file again to count it anew.",
    );
  const { next } = stored;
  const { bands, population, ...description } = stored.description as unknown as StoredDescription;
  return {
    ...description,
    groups: description.characteristics.map(() => next<Uint16Array>()),
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
