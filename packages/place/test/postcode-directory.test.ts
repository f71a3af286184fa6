import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "@taproot/engine-duckdb";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addPlaceFile, placeTables, RELEASES } from "../src/index.ts";
import { codes, csv, indexRows, welshFile, welshRows, written } from "./synthetic-files.ts";
import { zipOf } from "./zip-of.ts";

let folder: string;
let home: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "taproot-postcodes-"));
  home = join(folder, "home");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** As it is, but for how many rows a directory must have. */
const releases = RELEASES.map((release) =>
  release.kind !== "postcodes"
    ? release
    : {
        ...release,
        read: (head: Parameters<typeof release.read>[0]) => {
          const reading = release.read(head);
          return reading && { ...reading, checks: reading.checks.slice(1) };
        },
      },
);

const add = (path: string) => addPlaceFile(path, { home, openEngine: openDuckDb, releases });

async function located(): Promise<Record<string, unknown>> {
  const tables = await placeTables(home, openDuckDb);
  const engine = await openDuckDb({});
  const rows = await engine.rows(`SELECT * FROM ${engine.parquet(tables.postcodes!)}`);
  await engine.close();
  return Object.fromEntries(rows.map(({ postcode, area }) => [postcode, area]));
}

const ONSPD_2024 = [
  "pcd",
  "pcd2",
  "pcds",
  "dointr",
  "doterm",
  "oslaua",
  "lsoa11",
  "msoa11",
  "lsoa21",
  "msoa21",
  "imd",
];
const ROWS_2024 = [
  ["AB1 0AA", "AB1  0AA", "AB1 0AA", "198001", "199606", "S12000033", "S01006514", "", "", "", "1"],
  [
    "CF101AA",
    "CF10 1AA",
    "CF10 1AA",
    "198001",
    "",
    "W06000015",
    "W01000001",
    "",
    "W01000001",
    "",
    "1",
  ],
  [
    "NPT0AA ",
    "NPT  0AA",
    "NPT 0AA",
    "198001",
    "199901",
    "W06000022",
    "W01000002",
    "",
    "W01900002",
    "",
    "1",
  ],
  [
    "BT1 1AA",
    "BT1  1AA",
    "BT1 1AA",
    "198001",
    "",
    "N09000003",
    "95GG01S1",
    "",
    "N20000855",
    "",
    "1",
  ],
  [
    "JE2 3AA",
    "JE2  3AA",
    "JE2 3AA",
    "198001",
    "",
    "L99999999",
    "L99999999",
    "",
    "L99999999",
    "",
    "1",
  ],
];

/** Twenty good rows. */
const GOOD = Array.from({ length: 20 }, (_, index) => [
  ...ROWS_2024[1]!.slice(0, 2),
  `CF10 1A${String.fromCharCode(65 + index)}`,
  ...ROWS_2024[1]!.slice(3),
]);

describe("postcode directories", () => {
  test("of the ONS are known under their older column names, in their zip", async () => {
    const zip = zipOf({
      "Documents/codes.csv": "CODE,NAME\nE01,x\n",
      "Data/ONSPD_NOV_2024_UK.csv": csv(ONSPD_2024, ROWS_2024),
    });
    const entry = await add(written(folder, zip, ".zip"));
    expect(entry).toMatchObject({ name: "postcodes-uk", kind: "postcodes", rows: 5 });
    expect(await located()).toEqual({
      AB10AA: "S01006514",
      CF101AA: "W01000001",
      NPT0AA: "W01900002",
      BT11AA: "N20000855",
    });
  });

  test("give the older census's area where only that one can be resolved", async () => {
    await add(written(folder, csv(ONSPD_2024, ROWS_2024)));
    await add(written(folder, welshFile(welshRows())));
    expect(await located()).toMatchObject({ CF101AA: "W01000001", NPT0AA: "W01000002" });
  });

  test("of the ONS are known under their newer column names", async () => {
    const header =
      "pcd7,pcd8,pcds,dointr,doterm,usrtypind,oa21cd,lad26cd,lsoa21cd,msoa21cd,ruc21ind,imd25ind".split(
        ",",
      );
    const row = [
      "CF101AA",
      "CF10 1AA",
      "CF10 1AA",
      "199601",
      "",
      "0",
      "W00000001",
      "W06000015",
      "W01000001",
      "W02000001",
      "UN1",
      "7",
    ];
    const entry = await add(written(folder, csv(header, [row])));
    expect(entry.name).toBe("postcodes-uk");
    expect(await located()).toEqual({ CF101AA: "W01000001" });
  });

  test("of Northern Ireland complete the one of the United Kingdom", async () => {
    await add(
      written(
        folder,
        csv(
          ["postcode", "lad_code", "ward_code", "lsoa_code"],
          [
            ["CF10 1AA", "", "", "W01000001"],
            ["BT1 1AA", "", "", ""],
          ],
        ),
      ),
    );
    await add(
      written(
        folder,
        csv(
          ["postcode", "dz21_code", "dz21_name"],
          [
            ["BT11AA", "N20000855", "Castle"],
            ["BT11AE", "N20000786", "Oldpark"],
          ],
        ),
      ),
    );
    expect(await located()).toEqual({
      CF101AA: "W01000001",
      BT11AA: "N20000855",
      BT11AE: "N20000786",
    });
  });

  test("that are only a part are refused", async () => {
    const part = written(folder, csv(ONSPD_2024, ROWS_2024));
    await expect(addPlaceFile(part, { home, openEngine: openDuckDb })).rejects.toThrow(
      "has 5 rows; a postcode directory of the United Kingdom has at least 1,500,000",
    );
  });

  test.each([
    ["a postcode twice", [...ROWS_2024, ROWS_2024[0]!], "repeats 1 postcode."],
    [
      "words for postcodes",
      [...GOOD, ...Array(3).fill(["x", "x", "unknown", "", "", "", "", "", "", "", ""])],
      "13.0 % of the postcodes do not look like postcodes",
    ],
  ])("with %s are refused", async (_, rows, message) => {
    await expect(add(written(folder, csv(ONSPD_2024, rows)))).rejects.toThrow(message);
  });

  test("are not confused with a table of areas that has a postcode column", async () => {
    const rows = indexRows(codes("W01", 20)).map(({ code, rank }) => ["CF10 1AA", code, rank]);
    await expect(add(written(folder, csv(["Postcode", "Area", "Rank"], rows)))).rejects.toThrow(
      "not place data that Taproot knows",
    );
  });
});
