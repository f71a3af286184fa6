import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { openDuckDb } from "@taproot/engine-duckdb";
import ExcelJS from "exceljs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addPlaceFile, placeEntries, RELEASES } from "../src/index.ts";
import {
  codes,
  csv,
  englishFile7,
  indexRows,
  type Row,
  ranks,
  WELSH_HEADER,
  welshFile,
  welshRows,
  written,
} from "./synthetic-files.ts";
import { zipOf } from "./zip-of.ts";

let folder: string;
let home: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "taproot-place-"));
  home = join(folder, "home");
});
afterEach(() => rmSync(folder, { recursive: true }));

const clock = () => new Date("2025-12-01T09:00:00Z");
const add = (path: string) => addPlaceFile(path, { home, openEngine: openDuckDb, clock });

async function kept(data: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const engine = await openDuckDb({});
  const rows = await engine.rows(
    `SELECT * FROM ${engine.parquet(join(home, "places", data))} ORDER BY 1`,
  );
  await engine.close();
  return rows;
}

describe("addPlaceFile", () => {
  test("keeps a published index with what is known of it", async () => {
    const path = written(folder, welshFile(welshRows()));
    const entry = await add(path);
    expect(entry).toMatchObject({
      name: "wales-wimd-2019",
      kind: "deprivation",
      nation: "Wales",
      publisher: "Welsh Government",
      vintage: "2019",
      licence: "Open Government Licence v3.0",
      rows: 1909,
      checkedAt: "2025-12-01T09:00:00.000Z",
    });
    expect(await placeEntries(home)).toEqual([entry]);
    const rows = await kept(entry.data);
    const first = welshRows().find(({ code }) => code === "W01000001")!;
    expect(rows[0]).toMatchObject({
      area: "W01000001",
      rank: first.rank,
      decile: first.decile,
      quintile: Math.ceil(Number(first.decile) / 2),
    });
  });

  test.each([
    ["england-imd-2025", 2021, 33_755, 0],
    ["england-imd-2019", 2011, 32_844, 26],
  ] as const)("knows File 7 of England: %s", async (name, year, areas, ties) => {
    const rows = indexRows(codes("E01", areas));
    const ranked = [...rows].sort((a, b) => Number(a.rank) - Number(b.rank));
    for (let tie = 0; tie < ties; tie++) ranked[10 + tie * 3]!.rank = ranked[9 + tie * 3]!.rank;
    const entry = await add(written(folder, englishFile7(year, rows)));
    expect(entry).toMatchObject({ name, rows: areas, nation: "England" });
  });

  test("derives tenths and fifths where only ranks are shipped", async () => {
    const header = [
      "LGD2014NAME",
      "2015 Default Urban/Rural ",
      "SOA2001",
      "SOA2001_name",
      "Multiple Deprivation Measure Rank \n(where 1 is most deprived)",
    ];
    const areas = ranks(890).map((rank, index) => ({
      code: `95${String.fromCharCode(65 + (index % 26))}A${String(10 + Math.floor(index / 26))}S1`,
      rank,
    }));
    const entry = await add(
      written(
        folder,
        csv(
          header,
          areas.map(({ code, rank }) => ["Made-up", "Urban", code, "x", rank]),
        ),
      ),
    );
    expect(entry.name).toBe("northern-ireland-nimdm-2017");
    const rows = await kept(entry.data);
    for (const row of rows) {
      expect(row.decile).toBe(Math.ceil(Number(row.rank) / 89));
      expect(row.quintile).toBe(Math.ceil(Number(row.rank) / 178));
    }
  });

  test("reads the long table that StatsWales ships, thousands separated", async () => {
    const header = ["Data values", "Data description", "Area code", "Area name", "Domain"];
    const areas = indexRows(codes("W01", 1917));
    const rows = areas.flatMap(({ code, rank, decile }) => [
      [Number(rank).toLocaleString("en-GB"), "Rank", code, "x", "WIMD"],
      [decile, "Decile", code, "x", "WIMD"],
      [5, "Rank", code, "x", "Income"],
    ]);
    rows.push([3, "Rank", "W06000001", "x", "WIMD"]);
    const entry = await add(written(folder, csv(header, rows)));
    expect(entry).toMatchObject({ name: "wales-wimd-2025", rows: 1917 });
    const first = areas.find(({ code }) => code === "W01000001")!;
    expect((await kept(entry.data))[0]).toMatchObject({ rank: first.rank, decile: first.decile });
  });

  test("reads a gzip, a zip, UTF-16, Windows-1252, a byte order mark, and lines before the header", async () => {
    const text = welshFile(welshRows());
    const forms: [Buffer, string][] = [
      [gzipSync(text), ".gz"],
      [zipOf({ "Documents/notes.csv": "Code,Name\nA,B\n", "Data/wimd.csv": text }), ".zip"],
      [Buffer.from(`\ufeff${text}`, "utf16le"), ".csv"],
      [Buffer.from(text, "latin1"), ".csv"],
      [Buffer.from(`\ufeff${text}`, "utf8"), ".csv"],
      [Buffer.from(`"WIMD 2019, ranks and\nmore",,,,\r\n,,,,\r\n${text}`, "utf8"), ".csv"],
    ];
    for (const [bytes, ending] of forms) {
      const entry = await add(written(folder, bytes, ending));
      expect([ending, entry.name, entry.rows]).toEqual([ending, "wales-wimd-2019", 1909]);
    }
  });

  test("reads the workbooks of Scotland and Wales", async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet("Contents").addRow(["Scottish Index of Multiple Deprivation"]);
    const sheet = book.addWorksheet("SIMD 2020v2 DZ lookup data");
    sheet.addRow(["DZ", "DZname", "SIMD2020v2_Rank", "SIMD2020v2_Vigintile", "SIMD2020v2_Decile"]);
    for (const { code, rank, decile } of indexRows(codes("S01", 6976, 6506)))
      sheet.addRow([code, "Made-up", rank, 1, decile]);
    const excel = Buffer.from(await book.xlsx.writeBuffer());
    expect(await add(written(folder, excel, ".xlsx"))).toMatchObject({
      name: "scotland-simd-2020",
      rows: 6976,
    });

    const cell = (value: string | number) =>
      typeof value === "number"
        ? `<table:table-cell office:value-type="float" office:value="${value}"><text:p>${value.toLocaleString("en-GB")}</text:p></table:table-cell>`
        : `<table:table-cell office:value-type="string"><text:p>${value}</text:p></table:table-cell>`;
    const row = (cells: readonly (string | number)[]) =>
      `<table:table-row>${cells.map(cell).join("")}<table:table-cell table:number-columns-repeated="16300"/></table:table-row>`;
    const body = welshRows().map(({ code, rank, decile }) =>
      row([code, "Ynys M&#244;n &amp; co", "x", Number(rank), Number(decile)]),
    );
    const content = `<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="Deciles">${row(["WIMD 2019: ranks"])}${row(WELSH_HEADER)}${body.join("")}${row(["Source: made up"])}</table:table></office:spreadsheet></office:body></office:document-content>`;
    const ods = zipOf({
      mimetype: "application/vnd.oasis.opendocument.spreadsheet",
      "content.xml": content,
    });
    expect(await add(written(folder, ods, ".ods"))).toMatchObject({
      name: "wales-wimd-2019",
      rows: 1909,
    });
  });

  test.each<[string, (rows: Row[]) => unknown, string]>([
    [
      "a missing row",
      (rows) => rows.pop(),
      "has 1,908 areas; Welsh Index of Multiple Deprivation 2019 has 1,909",
    ],
    [
      "a repeated rank",
      (rows) => Object.assign(rows[5]!, { rank: rows[6]!.rank, decile: rows[6]!.decile }),
      "repeats 1 rank; as published none is repeated",
    ],
    [
      "a wrong code",
      (rows) => Object.assign(rows[9]!, { code: "W0100001O" }),
      "has 1 code other than LSOA codes of Wales (W01…)",
    ],
    [
      "a repeated code",
      (rows) => Object.assign(rows[9]!, { code: rows[8]!.code }),
      "repeats 1 area code.",
    ],
    [
      "a rank out of range",
      (rows) => Object.assign(rows[9]!, { rank: 1910 }),
      "has 1 rank outside 1 to 1,909",
    ],
    [
      "a rank that is no number",
      (rows) => Object.assign(rows[9]!, { rank: "n/a" }),
      "has 1 area without a whole number as rank",
    ],
    [
      "deciles the wrong way round",
      (rows) => rows.map((row) => Object.assign(row, { decile: 11 - Number(row.decile) })),
      "deciles that do not follow from the ranks",
    ],
  ])("refuses %s and changes nothing", async (_, spoil, message) => {
    const good = await add(written(folder, welshFile(welshRows())));
    const before = readdirSync(join(home, "places")).sort();
    const rows = welshRows();
    spoil(rows);
    await expect(add(written(folder, welshFile(rows)))).rejects.toThrow(message);
    expect(readdirSync(join(home, "places")).sort()).toEqual(before);
    expect(await placeEntries(home)).toEqual([good]);
  });

  test.each([
    ["nothing", Buffer.alloc(0), "is empty"],
    ["a web page", Buffer.from("<!DOCTYPE html><html>"), "is a web page"],
    ["a PDF", Buffer.from("%PDF-1.7 …"), "is a PDF"],
    ["an old workbook", Buffer.from("d0cf11e0a1b11ae1", "hex"), "old Excel workbook (.xls)"],
    ["a cut-off gzip", gzipSync("a,b\n".repeat(5000)).subarray(0, 60), "damaged gzip"],
    ["a cut-off zip", zipOf({ "a.csv": "a,b\n" }).subarray(0, 40), "damaged zip"],
    ["another table", Buffer.from("Name,Phone\nA,1\n"), "not place data that Taproot knows"],
    [
      "a ragged table",
      Buffer.from(`${welshFile(welshRows())}W01999999,too,few\r\n`),
      "cannot be read as a table",
    ],
  ])("refuses %s with a sentence", async (_, bytes, message) => {
    await expect(add(written(folder, bytes))).rejects.toThrow(message);
    expect(await placeEntries(home)).toEqual([]);
  });

  test("refuses a file that is not there, and a folder", async () => {
    mkdirSync(join(folder, "sub"));
    await expect(add(join(folder, "none.csv"))).rejects.toThrow("There is no file “none.csv”");
    await expect(add(join(folder, "sub"))).rejects.toThrow("There is no file “sub”");
  });

  test("replaces the same publication, and keeps no data that nothing names", async () => {
    const path = written(folder, welshFile(welshRows()));
    await add(path);
    const second = await add(path);
    const names = readdirSync(join(home, "places")).sort();
    expect(names).toEqual([second.data, "wales-wimd-2019.json"].sort());
    expect(JSON.parse(readFileSync(join(home, "places", "wales-wimd-2019.json"), "utf8"))).toEqual(
      second,
    );
  });

  test("clears away what was abandoned a day ago, and nothing younger", async () => {
    const places = join(home, "places");
    for (const name of [".adding-old", ".adding-new"])
      mkdirSync(join(places, name), { recursive: true });
    utimesSync(join(places, ".adding-old"), new Date("2020-01-01"), new Date("2020-01-01"));
    const { data } = await add(written(folder, welshFile(welshRows())));
    expect(readdirSync(places).sort()).toEqual(
      [".adding-new", data, "wales-wimd-2019.json"].sort(),
    );
  });

  test("has a page and a licence for every publication, and a unique name", () => {
    expect(new Set(RELEASES.map(({ name }) => name)).size).toBe(RELEASES.length);
    for (const { published, licence } of RELEASES) {
      expect(published.page).toMatch(/^https:\/\//);
      expect(licence).toContain("Open Government Licence");
    }
  });
});
