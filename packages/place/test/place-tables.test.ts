import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine, PlaceTables } from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addPlaceFile, placeTables } from "../src/index.ts";
import { codes, csv, englishFile7, indexRows, type Row, written } from "./synthetic-files.ts";

// 2011 areas E01000001 … E01032844; 2021 areas are the same but for: 1 and 2 merged into M; 3 split into S and T of the
// same fifth; 4 split into U and V of different fifths. The rest of 2021 is filled up with further codes.
const [M, S, T, U, V] = codes("E01", 5, 40_001) as [string, string, string, string, string];
const older = codes("E01", 32_844);
const newer = [...older.slice(4), M, S, T, U, V, ...codes("E01", 33_755 - 32_840 - 5, 41_001)];

const DECILES: Record<string, number> = { [M]: 1, [S]: 3, [T]: 4, [U]: 5, [V]: 9 };

/** Ranks such that the areas named above lie in the wanted tenths. */
function newRows(): Row[] {
  const rows = indexRows(newer);
  for (const [code, decile] of Object.entries(DECILES)) {
    const own = rows.find((row) => row.code === code)!;
    const other = rows.find((row) => row.decile === decile && !(row.code in DECILES))!;
    [own.rank, other.rank] = [other.rank, own.rank];
    [own.decile, other.decile] = [other.decile, own.decile];
  }
  return rows;
}

function oldRows(): Row[] {
  const ranked = indexRows(older).sort((a, b) => Number(a.rank) - Number(b.rank));
  for (let tie = 0; tie < 26; tie++) ranked[10 + tie * 3]!.rank = ranked[9 + tie * 3]!.rank;
  return ranked;
}

function changesFile(): string {
  const pairs: [string, string, string][] = [
    [older[0]!, M, "M"],
    [older[1]!, M, "M"],
    [older[2]!, S, "S"],
    [older[2]!, T, "S"],
    [older[3]!, U, "S"],
    [older[3]!, V, "S"],
    ...older.slice(4).map((code): [string, string, string] => [code, code, "U"]),
  ];
  while (pairs.length < 35_795) pairs.push([older[4]!, `E01${500_000 + pairs.length}`, "X"]);
  return csv(["LSOA11CD", "LSOA21CD", "CHGIND"], pairs);
}

const RURAL = new Set([U, older[5]!]);

function ruralityFile(): string {
  const areas = [...newer, ...codes("W01", 1917)];
  return csv(
    ["lsoa21_code", "ruc21_code", "classification", "ruc"],
    areas.map((code) => [code, "x", "x", RURAL.has(code) ? "Rural" : "Urban"]),
  );
}

let folder: string;
let engine: Engine;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "taproot-tables-"));
  engine = await openDuckDb({});
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const adder = (home: string) => (content: string) =>
  addPlaceFile(written(folder, content), { home, openEngine: openDuckDb });

async function area(tables: PlaceTables, code: string) {
  const [row] = await engine.rows(`SELECT * FROM ${engine.parquet(tables.areas!)} WHERE area = ?`, [
    code,
  ]);
  return row;
}

describe("placeTables", () => {
  test("are absent where nothing was added", async () => {
    expect(await placeTables(join(folder, "empty"), openDuckDb)).toEqual({ sources: [] });
  });

  describe("with both English indices and the lookup between them", () => {
    let tables: PlaceTables;
    const home = () => join(folder, "england");

    beforeAll(async () => {
      const add = adder(home());
      await add(englishFile7(2011, oldRows()));
      await add(englishFile7(2021, newRows()));
      await add(changesFile());
      await add(ruralityFile());
      tables = await placeTables(home(), openDuckDb);
    });

    test("say what they are made of", () => {
      expect(tables.sources).toEqual([
        "England, English indices of deprivation 2019 (Ministry of Housing, Communities and Local Government)",
        "England, English indices of deprivation 2025 (Ministry of Housing, Communities and Local Government)",
      ]);
      expect(tables.postcodes).toBeUndefined();
    });

    test("give an area that both have the newest index", async () => {
      const row = newRows().find(({ code }) => code === older[10])!;
      expect(await area(tables, older[10]!)).toEqual({
        area: older[10],
        nation: "England",
        deprivation_quintile: Math.ceil(Number(row.decile) / 2),
        deprivation_decile: row.decile,
        rurality: "Urban",
        source: tables.sources[1],
      });
    });

    test("give areas that were merged the index of the merged one", async () => {
      for (const code of older.slice(0, 2))
        expect(await area(tables, code)).toMatchObject({
          deprivation_quintile: 1,
          deprivation_decile: 1,
          source: tables.sources[1],
        });
    });

    test("give an area whose parts lie in one fifth that fifth, and no tenth", async () => {
      expect(await area(tables, older[2]!)).toMatchObject({
        deprivation_quintile: 2,
        deprivation_decile: null,
        rurality: "Urban",
        source: tables.sources[1],
      });
    });

    test("give an area whose parts differ its own older index, and no rurality", async () => {
      const own = oldRows().find(({ code }) => code === older[3])!;
      expect(await area(tables, older[3]!)).toMatchObject({
        deprivation_decile: own.decile,
        rurality: null,
        source: tables.sources[0],
      });
    });

    test("hold every code of either census once", async () => {
      const [row] = await engine.rows(
        `SELECT count(*) AS rows, count(DISTINCT area) AS areas, count(deprivation_quintile) AS fifths
         FROM ${engine.parquet(tables.areas!)} WHERE area < 'E015'`,
      );
      expect(row).toEqual({ rows: 33_759n, areas: 33_759n, fifths: 33_759n });
    });

    test("have the types that loading relies on", async () => {
      const rows = await engine.rows(`DESCRIBE SELECT * FROM ${engine.parquet(tables.areas!)}`);
      expect(rows.map((row) => [row.column_name, row.column_type])).toEqual([
        ["area", "VARCHAR"],
        ["nation", "VARCHAR"],
        ["deprivation_quintile", "UTINYINT"],
        ["deprivation_decile", "UTINYINT"],
        ["rurality", "VARCHAR"],
        ["source", "VARCHAR"],
      ]);
    });

    test("are built once, and again when something was added", async () => {
      const folders = () => readdirSync(join(home(), "places", "tables"));
      const before = folders();
      expect(before).toHaveLength(1);
      expect(await placeTables(home(), openDuckDb)).toEqual(tables);
      expect(folders()).toEqual(before);
      await adder(home())(ruralityFile());
      const again = await placeTables(home(), openDuckDb);
      expect(again.areas).not.toBe(tables.areas);
      expect(folders()).toHaveLength(1);
      tables = again;
    });

    test("with further areas and without stand side by side, for the same files", async () => {
      const areas = [{ area: "D01000001", quintile: 1, decile: 2 }];
      const further = [{ nation: "Nowhere", source: "Made up", areas }];
      const both = await placeTables(home(), openDuckDb, { further });
      expect(await area(both, "D01000001")).toMatchObject({ source: "Made up" });
      expect(await area(tables, "D01000001")).toBeUndefined();
      expect(await placeTables(home(), openDuckDb)).toEqual(tables);
      expect(readdirSync(join(home(), "places", "tables"))).toHaveLength(2);
    });

    test("built twice at once are the same", async () => {
      await adder(home())(ruralityFile());
      const [one, other] = await Promise.all([
        placeTables(home(), openDuckDb),
        placeTables(home(), openDuckDb),
      ]);
      expect(one).toEqual(other);
      expect(await area(one, M)).toMatchObject({ deprivation_quintile: 1 });
      tables = one;
    });
  });

  test("without the newest index give new areas what they came from", async () => {
    const home = join(folder, "older");
    const add = adder(home);
    await add(englishFile7(2011, oldRows()));
    await add(changesFile());
    const tables = await placeTables(home, openDuckDb);
    const whole = oldRows().find(({ code }) => code === older[2])!;
    for (const part of [S, T])
      expect(await area(tables, part)).toMatchObject({ deprivation_decile: whole.decile });
    const parts = oldRows().filter(({ code }) => code === older[0] || code === older[1]);
    const fifths = new Set(parts.map(({ decile }) => Math.ceil(Number(decile) / 2)));
    expect(await area(tables, M)).toMatchObject({
      deprivation_quintile: fifths.size === 1 ? [...fifths][0] : null,
    });
  });

  test("hold further areas, with or without published ones", async () => {
    const further = [
      {
        nation: "Made up",
        source: "Made up",
        areas: [
          { area: "D01000001", quintile: 2, decile: 3, rurality: "Rural" as const },
          { area: "D01000002", quintile: 5, decile: 10 },
        ],
      },
    ];
    const tables = await placeTables(join(folder, "further"), openDuckDb, { further });
    expect(tables.sources).toEqual(["Made up"]);
    expect(await area(tables, "D01000001")).toEqual({
      area: "D01000001",
      nation: "Made up",
      deprivation_quintile: 2,
      deprivation_decile: 3,
      rurality: "Rural",
      source: "Made up",
    });
    expect(await area(tables, "D01000002")).toMatchObject({ rurality: null });
  });
});
