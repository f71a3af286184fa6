import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Engine, PlaceTables } from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type AreaProfiles,
  addPlaceFile,
  areaOutlines,
  areaProfiles,
  largerAreas,
  mergedRings,
  type PlaceEntry,
  placeTables,
  populationTable,
} from "../src/index.ts";

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

const OUTLINES: Record<string, [string, number]> = {
  "lsoa21.geojson.gz": ["outlines-lsoa-2021", 35_672],
  "dz11.geojson.gz": ["outlines-data-zone-2011", 6976],
  "icb22.geojson": ["outlines-icb", 42],
  "ltla24.geojson.gz": ["outlines-district", 361],
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
    for (const file of Object.keys(OUTLINES)) await add(["boundaries", file]);
    tables = await placeTables(home, openDuckDb);
  });
  afterAll(async () => {
    await engine.close();
    rmSync(home, { recursive: true });
  });

  test.each(Object.entries({ ...DEPRIVATION, ...LOOKUPS, ...OUTLINES }))(
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

  test("residents of every area of Great Britain come to the census's totals", async () => {
    const profiles = await areaProfiles(home, openDuckDb);
    expect(profiles.areas).toHaveLength(35_672 + 6976);
    const all = (characteristics: readonly string[], prefix: RegExp, cell?: number) => {
      const { counts, groups } = populationTable(profiles, characteristics)!;
      const width = groups.reduce((product, each) => product * each.length, 1);
      return profiles.areas.reduce(
        (sum, area, row) =>
          !prefix.test(area)
            ? sum
            : cell === undefined
              ? sum + counts.subarray(row * width, (row + 1) * width).reduce((a, b) => a + b, 0)
              : sum + counts[row * width + cell]!,
        0,
      );
    };
    // ONS, Population and household estimates, England and Wales: Census 2021: 59,597,300 people, of whom 18.6 % are 65
    // and over; NRS, Census 2022: 5,439,842 in Scotland. Small areas' counts are changed by a few for disclosure.
    expect(all([], /^[EW]/) / 59_597_300).toBeCloseTo(1, 4);
    expect(all([], /^S/) / 5_439_842).toBeCloseTo(1, 3);
    const older = [3, 4, 5].reduce((sum, band) => sum + all(["age"], /^[EW]/, band), 0);
    expect(older / all(["age"], /^[EW]/)).toBeCloseTo(0.186, 3);
    for (const characteristic of ["age", "ethnicity", "disability"])
      expect(all([characteristic], /^[EW]/) / 59_597_300).toBeCloseTo(1, 3);
    // Females were 51 % of the people of England and Wales, and 51.4 % of Scotland's (the same publications).
    expect(all(["sex"], /^S/, 0) / all(["sex"], /^S/)).toBeCloseTo(0.514, 2);
    // 81.7 % of people in England and Wales were White, 9.3 % Asian (ONS, Ethnic group, England and Wales: Census 2021).
    expect(all(["ethnicity"], /^[EW]/, 3) / all(["ethnicity"], /^[EW]/)).toBeCloseTo(0.817, 3);
    expect(all(["ethnicity"], /^[EW]/, 0) / all(["ethnicity"], /^[EW]/)).toBeCloseTo(0.093, 3);
    // 10.4 million people in England and Wales were disabled (ONS, Disability, England and Wales: Census 2021).
    expect(all(["disability"], /^[EW]/, 0) / 1e6).toBeCloseTo(10.4, 1);
  });

  test("each district's residents are those of its areas", async () => {
    const { districts } = await largerAreas(home, openDuckDb);
    const whole = await areaProfiles(home, openDuckDb);
    const all = populationTable(whole, [])!.counts;
    for (const name of ["Birmingham", "Cardiff", "Glasgow City", "Isles of Scilly"]) {
      const found = await areaProfiles(home, openDuckDb, { within: { districts: [name] } });
      const { counts } = populationTable(found, [])!;
      const areas = districts.find((each) => each.name === name)!.areas;
      expect(found.areas).toEqual(areas);
      expect(counts.reduce((sum, each) => sum + each, 0)).toBe(
        areas.reduce((sum, area) => sum + all[whole.rowOf.get(area)!]!, 0),
      );
      expect(new Set(found.districts)).toEqual(new Set([name]));
    }
  });

  test("every area is in a neighbourhood: 7,264 middle layer areas and 1,279 intermediate zones", async () => {
    const { areas, neighbourhoods } = await areaProfiles(home, openDuckDb);
    const of = (prefix: RegExp) =>
      areas.flatMap((area, row) => (prefix.test(area) ? [neighbourhoods[row]] : []));
    // ONS, Census 2021 geographies; Scottish Government, 2011 data zones and intermediate zones.
    for (const [prefix, count, from] of [
      [/^[EW]/, 7264, "name"],
      [/^S/, 1279, "lookup"],
    ] as const) {
      const found = of(prefix);
      expect(found.every((one) => one?.from === from)).toBe(true);
      expect(new Set(found.map((one) => one!.code)).size).toBe(count);
    }
  });

  test("records with the codes of 2011 meet every resident of 2021, to the person", async () => {
    const pairs = await engine.rows(
      `SELECT DISTINCT area_2011 FROM ${engine.parquet(join(home, "places", added.get("lookup-lsoa11-lsoa21-ltla22.csv")!.data))}`,
    );
    const codes = pairs.map((row) => String(row.area_2011));
    const older = await areaProfiles(home, openDuckDb, { areas: codes });
    const newer = await areaProfiles(home, openDuckDb);
    const sum = (profiles: AreaProfiles) =>
      profiles.areas.reduce(
        (total, area, row) =>
          /^[EW]/.test(area) ? total + populationTable(profiles, [])!.counts[row]! : total,
        0,
      );
    expect(older.unmatched).toEqual([]);
    expect(sum(older)).toBe(sum(newer));
    for (const code of codes) expect(older.rowOf.has(code)).toBe(true);
    // Where parts of an area of 2011 are now in several neighbourhoods, it is in none of them.
    expect(older.neighbourhoods.filter((one) => one === undefined).length).toBeGreaterThan(0);
    expect(older.neighbourhoods.filter((one) => one === undefined).length).toBeLessThan(60);
    // Of 34,753 areas 2011 all but those merged, and the few changed in other ways, are rows of their own.
    expect(older.areas.length).toBeGreaterThan(34_400);
    expect(older.areas.length).toBeLessThanOrEqual(34_753);
  });

  test("the outlines of a city are closed, where the city is, and all there", async () => {
    const { areas, members } = await areaProfiles(home, openDuckDb, {
      within: { districts: ["Birmingham"] },
    });
    const outlines = await areaOutlines(home, openDuckDb, areas, { members });
    const points = (rings: readonly Float64Array[]) =>
      rings.reduce((sum, ring) => sum + ring.length, 0);
    const merged = mergedRings(outlines.rings.flat());
    // Nearly all borders inside the city are shared point by point.
    expect(points(merged)).toBeLessThan(0.25 * points(outlines.rings.flat()));
    expect([outlines.areas.length, outlines.missing]).toEqual([659, []]);
    const [west, south, east, north] = outlines.bounds!;
    expect([west, south, east, north].map((value) => Math.round(value * 10) / 10)).toEqual([
      -2, 52.4, -1.7, 52.6,
    ]);
    for (const ring of outlines.rings.flat())
      expect([ring[0], ring[1]]).toEqual([ring.at(-2), ring.at(-1)]);
  });

  test("an outline planted open in those of the data zones is caught", async () => {
    const text = gunzipSync(readFileSync(join(shared, "boundaries/dz11.geojson.gz"))).toString();
    const zones = JSON.parse(text);
    zones.features[9].geometry.coordinates[0].pop();
    const path = join(home, "planted.geojson");
    writeFileSync(path, JSON.stringify(zones));
    await expect(addPlaceFile(path, { home, openEngine: openDuckDb })).rejects.toThrow(
      "has 1 outline with a ring that is not closed",
    );
    zones.features.pop();
    zones.features.splice(9, 1);
    writeFileSync(path, JSON.stringify(zones));
    await expect(addPlaceFile(path, { home, openEngine: openDuckDb })).rejects.toThrow(
      "has 6,974 areas; Outlines of data zones 2011 has 6,976",
    );
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
