import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openDuckDb } from "@taproot/engine-duckdb";
import { expect, test } from "vitest";
import { inspectFiles, type LoadProgress, loadFiles } from "../../src/index.ts";
import { inFolder, key, now } from "../open-case.ts";

test("a load that is cancelled stops, and says how far it was until then", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "list.csv");
    const lines = Array.from(
      { length: 300_000 },
      (_, index) => `R${index},2024-06-05,Team ${index % 9}`,
    );
    await writeFile(path, `Referral ID,Date of referral,Team\n${lines.join("\n")}\n`);
    const { mapping } = await inspectFiles([{ path }], { folder, openEngine: openDuckDb });
    const cancel = new AbortController();
    const heard: LoadProgress[] = [];
    const loading = loadFiles({
      files: [{ path }],
      mapping,
      openEngine: openDuckDb,
      datasetFolder: folder,
      pseudonymKey: key,
      now,
      signal: cancel.signal,
      onProgress: (progress) => {
        heard.push(progress);
        if (progress.phase === "checking") cancel.abort();
      },
    });
    await expect(loading).rejects.toMatchObject({ name: "AbortError" });
    expect(heard.at(-1)).toMatchObject({ phase: "checking", rowsDone: 300_000 });
    expect(await readdir(folder)).not.toContain("quarantine.csv");
  });
});
