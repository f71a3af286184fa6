import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openDuckDb } from "@taproot/engine-duckdb";
import { expect, test } from "vitest";
import { inspectFiles, parseMapping, readMapping, saveMapping } from "../src/index.ts";
import { inFolder } from "./open-case.ts";

const rows = "R1,05/06/2024,North\nR2,25/06/2024,South\nR3,05/06/2024,North\nR4,25/06/2024,South\n";

test("a confirmed mapping is saved, read and used again; only new columns are asked about", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "list.csv");
    await writeFile(path, `Referral ID,Date of referral,Patch\n${rows}`);
    const options = { folder, openEngine: openDuckDb };
    const first = await inspectFiles([{ path }], options);
    const mapping = {
      ...first.mapping,
      columns: first.mapping.columns.map(({ column, as }) =>
        column === "Patch"
          ? { column, as: { role: "field", field: "team" } as const }
          : { column, as },
      ),
      confirmed: true,
    };
    const file = join(folder, "mapping.json");
    await saveMapping(file, mapping);
    expect((await readFile(file, "utf8")).split("\n")).toContain(
      '  {"column":"Patch","as":{"role":"field","field":"team"}}',
    );
    const saved = await readMapping(file);
    expect(saved).toEqual(mapping);
    const again = await inspectFiles([{ path }], { ...options, savedMapping: saved });
    expect(again.mapping).toEqual(mapping);
    await writeFile(path, `Referral ID,Date of referral,Tenure\n${rows}`);
    const changed = await inspectFiles([{ path }], { ...options, savedMapping: saved });
    expect(changed.mapping.confirmed).toBe(false);
    expect(changed.columns.filter(({ check }) => check).map(({ column }) => column)).toEqual([
      "Tenure",
    ]);
    expect(changed.notes).toContain("Columns of last time that are not in the file now: Patch.");
  });
});

test("what counts as improved is kept measure by measure, and mappings from before still open", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "list.csv");
    const scores = [
      "Goal score,2,5",
      "Pain,8,4",
      "Goal score,1,2",
      " Goal score ,,3",
      ",,",
      "N/A,1,1",
    ];
    await writeFile(
      path,
      `Referral ID,Date of referral,Outcome measure,Score before,Score after\n${scores
        .map((line, i) => `R${i},0${i + 1}/06/2024,${line}`)
        .join("\n")}\n`,
    );
    const options = { folder, openEngine: openDuckDb };
    const first = await inspectFiles([{ path }], options);
    expect(first.instruments).toEqual(["Goal score", "Pain"]);
    // Any change for the better, until a person says otherwise: no measure's threshold is built in.
    expect(first.mapping.outcome).toEqual({ higherIsBetter: true, smallestChange: 0 });
    const file = join(folder, "mapping.json");
    const outcome = {
      higherIsBetter: true,
      smallestChange: 0,
      instruments: [
        {
          instrument: "Pain",
          higherIsBetter: false,
          smallestChange: 2,
          source: "Our own audit, 2025",
        },
      ],
    };
    await saveMapping(file, { ...first.mapping, outcome, confirmed: true });
    expect((await readMapping(file))?.outcome).toEqual(outcome);
    const again = await inspectFiles([{ path }], {
      ...options,
      savedMapping: await readMapping(file),
    });
    expect(again.mapping.outcome).toEqual(outcome);
    const before = { ...first.mapping, outcome: { higherIsBetter: false, smallestChange: 1 } };
    expect(parseMapping(JSON.parse(JSON.stringify(before))).outcome).toEqual(before.outcome);
    expect(() =>
      parseMapping({ ...first.mapping, outcome: { higherIsBetter: true, smallestChange: -1 } }),
    ).toThrow(/outcome.smallestChange/);
  });
});

test("dates that are written in another way this month are noticed", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "list.csv");
    await writeFile(path, `Referral ID,Date of referral,Team\n${rows}`);
    const options = { folder, openEngine: openDuckDb };
    const { mapping } = await inspectFiles([{ path }], options);
    await writeFile(path, "Referral ID,Date of referral,Team\nR1,2024-06-05,North\n");
    const { columns } = await inspectFiles([{ path }], {
      ...options,
      savedMapping: { ...mapping, confirmed: true },
    });
    expect(columns[1]).toMatchObject({ check: true, as: { dates: "yyyy-mm-dd" } });
  });
});

test("what is not a mapping is refused with the place that is wrong", async () => {
  expect(() =>
    parseMapping({
      version: 1,
      kind: "records",
      columns: [{ column: "A", as: { role: "what" } }],
      confirmed: true,
    }),
  ).toThrow(/not right at columns.0.as/);
  await inFolder(async (folder) => {
    const file = join(folder, "mapping.json");
    expect(await readMapping(file)).toBeUndefined();
    await writeFile(file, "{ not json");
    await expect(readMapping(file)).rejects.toMatchObject({ code: "badMapping" });
  });
});
