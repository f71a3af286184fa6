import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine, PlaceTables } from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addPlaceFile, type PlaceEntry, placeTables } from "../src/index.ts";

// Real published data beside the repository, read where they lie and never copied into it.
const shared = join(import.meta.dirname, "../../../../shared/data");
const sharedIsThere = existsSync(shared);

const DEPRIVATION: Record<string, [string, number]> = {
  "england-imd2025-lsoa21.csv": ["england-imd-2025", 33_755],
  "england-iod2019-lsoa11.csv": ["england-imd-2019", 32_844],
  "wales-wimd2025-lsoa21-ranks.csv": ["wales-wimd-2025", 1917],
  "wales-wimd2019-lsoa11.csv": ["wales-wimd-2019", 1909],
  "scotland-simd2020-dz11.csv": ["scotland-simd-2020", 6976],
  "northern-ireland-nimdm2017-soa.csv": ["northern-ireland-nimdm-2017", 890],
};
const LOOKUPS: Record<string, [string, number]> = {
  "lookup-lsoa11-lsoa21-ltla22.csv": ["lsoa-2011-2021", 35_795],
  "lookup-lsoa21-icb24.csv": ["lsoa-2021-icb", 33_755],
  "lookup-lsoa21-ward24-ltla24.csv": ["lsoa-2021-district", 35_672],
  "lookup-dz11-ltla19-hb19.csv": ["data-zone-2011-health-board", 6976],
  "lookup-dz11-iz11-ltla20.csv": ["data-zone-2011-district", 6976],
  "lookup-soa01-lgd14.csv": ["soa-2001-district", 890],
  "ruc21-lsoa21.csv": ["rural-urban-england-wales-2021", 35_672],
  "ruc16-dz11.csv": ["rural-urban-scotland-2016", 6976],
  "postcode-dz21-northern-ireland.csv.gz": ["postcodes-northern-ireland", 59_995],
  "postcode-lsoa21-uk.csv.gz": ["postcodes-uk", 2_653_782],
};
const POPULATIONS: Record<string, string> = {
  "census2021-ts007a-age5yr-lsoa21.csv.gz": "population-age-lsoa-2021",
  "census2021-ts038-disability-lsoa21.csv.gz": "population-disability-lsoa-2021",
  "census2021-ts039-unpaidcare-lsoa21.csv.gz": "population-carers-lsoa-2021",
  "census2021-ts045-cars-lsoa21.csv.gz": "households-cars-lsoa-2021",
  "ethnicity21-lsoa21.csv.gz": "population-ethnicity-lsoa-2021",
  "age-gender21-dz11.csv.gz": "population-age-sex-data-zone-2011",
  "ethnicity21-dz11.csv.gz": "population-ethnicity-data-zone-2011",
};

describe.skipIf(!sharedIsThere)("published place data (needs ../shared)", () => {
  let home: string;
  let tables: PlaceTables;
  let engine: Engine;
  const added = new Map<string, PlaceEntry>();

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "taproot-published-"));
    engine = await openDuckDb({});
    const add = async (path: string[]) => {
      const entry = await addPlaceFile(join(shared, ...path), { home, openEngine: openDuckDb });
      added.set(path.at(-1)!, entry);
    };
    for (const file of Object.keys(DEPRIVATION)) await add(["deprivation", file]);
    for (const file of Object.keys(LOOKUPS)) await add(["lookups", file]);
    for (const file of Object.keys(POPULATIONS)) await add(["population", file]);
    tables = await placeTables(home, openDuckDb);
  });
  afterAll(async () => {
    await engine.close();
    rmSync(home, { recursive: true });
  });

  test.each(Object.entries({ ...DEPRIVATION, ...LOOKUPS }))(
    "%s is known and complete",
    (file, expected) => {
      const entry = added.get(file)!;
      expect([entry.name, entry.rows]).toEqual(expected);
    },
  );

  test.each(Object.entries(POPULATIONS))("%s is known", (file, name) => {
    expect(added.get(file)!.name).toBe(name);
  });

  test("the census counts 59.6 million people in England and Wales", async () => {
    const data = added.get("census2021-ts007a-age5yr-lsoa21.csv.gz")!.data;
    const [row] = await engine.rows(
      `SELECT sum(population) AS people FROM ${engine.parquet(join(home, "places", data))} WHERE "group" = 'Total'`,
    );
    expect(Number(row?.people) / 1e6).toBeCloseTo(59.6, 1);
  });

  test("100,000 postcodes resolve, and all of England's and Wales's have a fifth", async () => {
    const [row] = await engine.rows(
      `WITH asked AS (SELECT postcode FROM ${engine.parquet(tables.postcodes!)} ORDER BY hash(postcode) LIMIT 100000)
       SELECT count(*) AS asked, count(area) AS located,
              count(*) FILTER (WHERE area LIKE 'E01%' OR area LIKE 'W01%') AS english_welsh,
              count(deprivation_quintile) AS ranked
       FROM asked LEFT JOIN ${engine.parquet(tables.postcodes!)} AS p USING (postcode)
                  LEFT JOIN ${engine.parquet(tables.areas!)} AS a USING (area)`,
    );
    expect(row?.asked).toBe(100_000n);
    expect(row?.located).toBe(100_000n);
    expect(Number(row?.english_welsh)).toBeGreaterThan(95_000);
    expect(row?.ranked).toBe(row?.english_welsh);
  });

  test("England joins the index of 2025 whole; 62 of its areas have no postcode", async () => {
    const [row] = await engine.rows(
      `SELECT count(DISTINCT p.area) AS areas, count(*) FILTER (WHERE a.source NOT LIKE '%2025%') AS other
       FROM ${engine.parquet(tables.postcodes!)} p JOIN ${engine.parquet(tables.areas!)} a USING (area)
       WHERE nation = 'England'`,
    );
    expect(row).toEqual({ areas: BigInt(33_755 - 62), other: 0n });
  });

  test("a fifth of each nation's areas is in each fifth, in each index", async () => {
    const rows = await engine.rows(
      Object.keys(DEPRIVATION)
        .map(
          (file) =>
            `SELECT quintile, count(*) * 1.0 / sum(count(*)) OVER () AS share
             FROM ${engine.parquet(join(home, "places", added.get(file)!.data))} GROUP BY quintile`,
        )
        .join(" UNION ALL "),
    );
    expect(rows).toHaveLength(30);
    for (const { share } of rows) expect(Number(share)).toBeCloseTo(0.2, 2);
  });

  test("nearly every changed area of 2011 still has a fifth", async () => {
    const [row] = await engine.rows(
      `SELECT count(DISTINCT area_2011) AS changed, count(DISTINCT area_2011) FILTER (WHERE deprivation_quintile IS NOT NULL) AS ranked
       FROM ${engine.parquet(join(home, "places", added.get("lookup-lsoa11-lsoa21-ltla22.csv")!.data))}
       LEFT JOIN ${engine.parquet(tables.areas!)} ON area = area_2011 WHERE change <> 'U'`,
    );
    expect(row?.changed).toBe(row?.ranked);
  });

  test.each([
    ["a missing row", (lines: string[]) => lines.splice(100, 1), "has 33,754 areas"],
    [
      "a repeated rank",
      (lines: string[]) => retouch(lines, 100, 9, lines[200]!.split(",")[9]!),
      "repeats 1 rank",
    ],
    [
      "a wrong code",
      (lines: string[]) => retouch(lines, 100, 0, "E02000001"),
      "has 1 code other than",
    ],
  ])("%s planted in the English index of 2025 is caught", async (_, plant, message) => {
    const lines = readFileSync(
      join(shared, "deprivation/england-imd2025-lsoa21.csv"),
      "utf8",
    ).split("\n");
    plant(lines);
    const path = join(home, "planted.csv");
    writeFileSync(path, lines.join("\n"));
    const before = readdirSync(join(home, "places"));
    await expect(addPlaceFile(path, { home, openEngine: openDuckDb })).rejects.toThrow(message);
    expect(readdirSync(join(home, "places"))).toEqual(before);
  });

  test("summaries by board and district are not taken for small areas", async () => {
    for (const file of [
      "deprivation/england-imd2025-icb24.csv",
      "lookups/lookup-ltla24-region24.csv",
    ])
      await expect(
        addPlaceFile(join(shared, file), { home, openEngine: openDuckDb }),
      ).rejects.toThrow("not place data that Taproot knows");
  });
});

function retouch(lines: string[], line: number, column: number, value: string): void {
  const cells = lines[line]!.split(",");
  cells[column] = value;
  lines[line] = cells.join(",");
}
