import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TaprootError } from "@taproot/model";
import { describe, expect, test } from "vitest";
import { filesIn, inFolder, loaded, openFiles, textOf } from "./open-case.ts";

// Each folder of cases/ is a case: what is in input/ is opened, expected/ holds what must come of it. To write what
// comes of a new case, run with TAPROOT_WRITE_CASES=1, and read it before it is kept.
const cases = join(import.meta.dirname, "cases");
const write = process.env.TAPROOT_WRITE_CASES === "1";

async function outcome(folder: string, input: string) {
  try {
    const { inspection, manifest } = await openFiles(await filesIn(input), folder);
    return {
      notes: inspection.notes,
      columns: inspection.columns.map(({ column, as, why, check, samples }) => ({
        column,
        as,
        why,
        check,
        samples,
      })),
      ...(await loaded(folder, manifest)),
    };
  } catch (error) {
    if (!(error instanceof TaprootError)) throw error;
    return { error: { code: error.code, message: error.message } };
  }
}

describe("a folder of cases", async () => {
  const names = (await readdir(cases)).sort();
  test.each(names)("%s", async (name) => {
    const expected = join(cases, name, "expected");
    await inFolder(async (folder) => {
      const found = JSON.parse(JSON.stringify(await outcome(folder, join(cases, name, "input"))));
      const setAside = await textOf(join(folder, "quarantine.csv"));
      if (write) {
        await mkdir(expected, { recursive: true });
        await writeFile(join(expected, "outcome.json"), `${JSON.stringify(found, null, 2)}\n`);
        if (setAside) await writeFile(join(expected, "quarantine.csv"), setAside);
      }
      expect(found).toEqual(JSON.parse((await textOf(join(expected, "outcome.json"))) ?? "{}"));
      if (!found.error) expect(setAside).toBe(await textOf(join(expected, "quarantine.csv")));
      if (found.files)
        for (const { rows, records, quarantined, duplicates } of found.files)
          expect(rows).toBe(records + quarantined + duplicates);
    });
  });
});
