import { open, readdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inFolder, openFiles } from "../open-case.ts";

test("a line of 2 GB is refused with one sentence, without holding it in memory", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "long.csv");
    const file = await open(path, "w");
    // A file of 2 GB of the letter a would take long to write: the first 40 MB are, the rest is a hole.
    await file.write("Referral ID,Date of referral\nR1,");
    const block = Buffer.alloc(1 << 20, "a");
    for (let written = 0; written < 40; written++) await file.write(block);
    await file.close();
    await truncate(path, 2 ** 31);
    const before = process.memoryUsage().rss;
    await expect(openFiles([{ path }], folder)).rejects.toMatchObject({
      code: "lineTooLong",
      message: expect.stringContaining("16 megabytes"),
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 2 ** 20);
    expect(await readdir(folder)).toEqual(["long.csv"]);
  });
});

test("a missing file and a folder are said", async () => {
  await inFolder(async (folder) => {
    await expect(openFiles([{ path: join(folder, "none.csv") }], folder)).rejects.toMatchObject({
      code: "noSuchFile",
    });
    await expect(openFiles([{ path: folder }], folder)).rejects.toMatchObject({ code: "notAFile" });
    await expect(openFiles([], folder)).rejects.toMatchObject({ code: "noFile" });
  });
});

test("a refused file leaves nothing behind", async () => {
  await inFolder(async (source) => {
    const path = join(source, "utf16.csv");
    await writeFile(path, Buffer.from("\uFEFFReferral ID,Date of referral\n", "utf16le"));
    await inFolder(async (folder) => {
      await expect(openFiles([{ path }], folder)).rejects.toMatchObject({ code: "headersOnly" });
      expect(await readdir(folder)).toEqual([]);
    });
  });
});
