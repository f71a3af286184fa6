import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TaprootError } from "@taproot/model";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readCube, writeCube } from "../src/index.ts";
import { anyCube } from "./any-cube.ts";

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "taproot-cube-"));
  path = join(folder, "cube.bin");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What reading these bytes as a cube throws, or undefined. */
async function refusal(bytes: Uint8Array): Promise<unknown> {
  await writeFile(path, bytes);
  return readCube(path).then(
    () => undefined,
    (error: unknown) => error,
  );
}

test("any cube comes back as it was written", async () => {
  await fc.assert(
    fc.asyncProperty(anyCube, async (cube) => {
      await writeCube(path, cube);
      expect(await readCube(path)).toEqual(cube);
    }),
  );
});

test("a cube's file is readable by its owner alone", async () => {
  const [cube] = fc.sample(anyCube, { numRuns: 1, seed: 1 });
  const fresh = join(folder, "fresh.bin");
  await writeCube(fresh, cube!);
  expect((await stat(fresh)).mode & 0o777).toBe(0o600);
});

test("a file that is cut short anywhere is refused with a sentence", async () => {
  const [cube] = fc.sample(
    anyCube.filter(({ cells }) => cells > 5),
    { numRuns: 1, seed: 2 },
  );
  await writeCube(path, cube!);
  const whole = await readFile(path);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
      const error = await refusal(whole.subarray(0, length));
      expect(error).toBeInstanceOf(TaprootError);
      expect(error).toMatchObject({ code: "damagedCube" });
    }),
  );
});

test("a file with any byte changed is refused with a sentence", async () => {
  await fc.assert(
    fc.asyncProperty(
      anyCube,
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.integer({ min: 1, max: 255 }),
      async (cube, where, change) => {
        await writeCube(path, cube);
        const bytes = await readFile(path);
        const at = Math.floor(where * bytes.length);
        bytes[at] = bytes[at]! ^ change;
        const error = await refusal(bytes);
        expect(error).toBeInstanceOf(TaprootError);
        expect(error).toMatchObject({ code: "damagedCube" });
      },
    ),
    { numRuns: 200 },
  );
});

test("something else altogether is refused with a sentence", async () => {
  for (const text of ["", "TAPROOT1", "a,b\n1,2\n", "x".repeat(5000)])
    expect(await refusal(Buffer.from(text))).toMatchObject({ code: "damagedCube" });
});
