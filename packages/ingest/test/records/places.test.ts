import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PlaceTables } from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { expect, test } from "vitest";
import { inspectFiles, loadFiles } from "../../src/index.ts";
import { inFolder, key, now, recordsIn } from "../open-case.ts";

async function placesIn(folder: string): Promise<PlaceTables> {
  const engine = await openDuckDb({});
  try {
    const areas = join(folder, "areas.parquet");
    const postcodes = join(folder, "postcodes.parquet");
    await engine.run(
      `COPY (SELECT * FROM (VALUES ('E01000001', 'England', 1, 2, 'Urban', 'test'), ('E01000002', 'England', 5, 9, 'Rural', 'test'), ('S01006506', 'Scotland', NULL, NULL, NULL, 'test'))
       AS t(area, nation, deprivation_quintile, deprivation_decile, rurality, source)) TO '${areas}' (FORMAT parquet)`,
    );
    await engine.run(
      `COPY (SELECT * FROM (VALUES ('AB12CD', 'E01000001'), ('AB12CE', 'E01000002'), ('ZZ999ZZ', 'E01000002')) AS t(postcode, area)) TO '${postcodes}' (FORMAT parquet)`,
    );
    return { areas, postcodes, sources: ["Test indices"] };
  } finally {
    await engine.close();
  }
}

async function load(text: string, folder: string) {
  const path = join(folder, "list.csv");
  await writeFile(path, text);
  const { mapping } = await inspectFiles([{ path }], { folder, openEngine: openDuckDb });
  return loadFiles({
    files: [{ path }],
    mapping,
    openEngine: openDuckDb,
    datasetFolder: folder,
    pseudonymKey: key,
    places: await placesIn(folder),
    now,
  });
}

const placeOf = ({
  area,
  deprivation_quintile,
  deprivation_decile,
  rurality,
}: Record<string, unknown>) => [area, deprivation_quintile, deprivation_decile, rurality];

test("areas bring their deprivation; unmatched and blank ones are counted", async () => {
  await inFolder(async (folder) => {
    const { places } = await load(
      "Referral ID,Date of referral,LSOA\nR1,2024-06-05,E01000001\nR2,2024-06-05,e01000002\nR3,2024-06-05,E01999999\nR4,2024-06-05,\nR5,2024-06-05,S01006506\nR6,2024-06-05,nonsense\n",
      folder,
    );
    expect(places).toEqual({ sources: ["Test indices"], matched: 2, unmatched: 3, blank: 1 });
    expect((await recordsIn(folder)).map(placeOf)).toEqual([
      ["E01000001", 1, 2, "Urban"],
      ["E01000002", 5, 9, "Rural"],
      ["E01999999", undefined, undefined, undefined],
      [undefined, undefined, undefined, undefined],
      ["S01006506", undefined, undefined, undefined],
      [undefined, undefined, undefined, undefined],
    ]);
  });
});

test("postcodes become areas, however they are spaced, and are dropped", async () => {
  await inFolder(async (folder) => {
    const { places } = await load(
      "Referral ID,Date of referral,Postcode\nR1,2024-06-05,AB1 2CD\nR2,2024-06-05,ab12ce\nR3,2024-06-05,AB1 9XX\nR4,2024-06-05,\n",
      folder,
    );
    expect(places).toEqual({ sources: ["Test indices"], matched: 2, unmatched: 1, blank: 1 });
    expect((await recordsIn(folder)).map((row) => row.area)).toEqual([
      "E01000001",
      "E01000002",
      undefined,
      undefined,
    ]);
  });
});

test("a postcode from a district that the quick look did not meet is found all the same", async () => {
  await inFolder(async (folder) => {
    // The quick look takes 5,000 different values: the far one comes after them.
    const near = Array.from({ length: 5200 }, (_, index) => {
      const letters = String.fromCharCode(65 + (index % 26), 65 + (Math.floor(index / 26) % 26));
      return `R${index},2024-06-05,QX${Math.floor(index / 676)} ${index % 10}${letters}`;
    });
    const { places } = await load(
      `Referral ID,Date of referral,Postcode\n${near.join("\n")}\nFAR,2024-06-05,ZZ99 9ZZ\n`,
      folder,
    );
    expect(places).toMatchObject({ matched: 1, unmatched: 5200 });
    expect((await recordsIn(folder)).at(-1)).toMatchObject({
      source_row: 5202,
      area: "E01000002",
      deprivation_quintile: 5,
      rurality: "Rural",
    });
  });
});
