import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "@taproot/engine-duckdb";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addPlaceFile, areaProfiles, placeEntries, populationTable } from "../src/index.ts";
import { csv, written } from "./synthetic-files.ts";

let folder: string;
let home: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "taproot-own-"));
  home = join(folder, "home");
});
afterEach(() => rmSync(folder, { recursive: true }));

type Cells = readonly (readonly (string | number)[])[];

const add = (header: readonly string[], rows: Cells, name?: string) =>
  addPlaceFile(written(folder, csv(header, rows)), {
    home,
    openEngine: openDuckDb,
    ...(name === undefined ? {} : { name }),
  });
const tables = async () => (await areaProfiles(home, openDuckDb)).tables;

describe("a table of one's own", () => {
  test("is people by area, called by its name or its file", async () => {
    const rows = [
      ["E01000001", 12],
      ["W01000002", "1,250"],
    ];
    const entry = await add(["LSOA", "Patients"], rows, "Diabetes register");
    expect(entry).toMatchObject({
      name: "own-diabetes-register",
      title: "Diabetes register",
      kind: "population",
      own: true,
      rows: 2,
    });
    const [table] = await tables();
    expect(table).toMatchObject({ characteristics: [], own: true, title: "Diabetes register" });
    expect([...table!.counts]).toEqual([12, 1250]);
    const unnamed = await add(["LSOA", "Patients"], rows);
    expect(unnamed.name).toMatch(/^own-download-\d+$/);
    expect(unnamed.title).toMatch(/^download-\d+$/);
    expect(await placeEntries(home)).toHaveLength(2);
  });

  test("may have groups, in the model's words where it has them", async () => {
    await add(
      ["Area code", "Age band", "Gender", "Housing", "Number of people"],
      [
        ["S01006506", "65-74", "F", "Rents", 5],
        ["S01006506", "75+", "M", "Owns", 7],
        ["S01006506", "All", "M", "Owns", 99],
      ],
      "Falls",
    );
    const [table] = await tables();
    expect(table!.characteristics).toEqual(["age", "sex", "Housing"]);
    expect(table!.groups[1]).toEqual(["Female", "Male"]);
    expect(table!.groups[2]).toEqual(["Owns", "Rents"]);
    // The open band is spread over its years: 75 to 84 and 85 to 99.
    const counts = table!.counts;
    expect(counts.reduce((sum, each) => sum + each, 0)).toBeCloseTo(12, 9);
    expect(counts[4 * 4 + 2]).toBeCloseTo(7 * (10 / 25), 9);
  });

  test("may be a list of practices, whose people are summed by area", async () => {
    const header = ["PRACTICE_CODE", "PRACTICE_NAME", "LSOA_CODE", "SEX", "NUMBER_OF_PATIENTS"];
    await add(
      header,
      [
        ["A81001", "The Surgery", "E01000001", "ALL", 50],
        ["A81002", "Another", "E01000001", "ALL", 7],
        ["A81002", "Another", "NO2011", "ALL", 3],
      ],
      "Practice lists",
    );
    const [table] = await tables();
    expect(table!.characteristics).toEqual([]);
    expect([...table!.counts]).toEqual([57]);
  });

  test.each<[string, readonly string[], Cells, string]>([
    [
      "a count that is none",
      ["LSOA", "People"],
      [
        ["E01000001", 5],
        ["E01000002", 6],
        ["E01000003", 6],
        ["E01000004", 6],
        ["E01000005", 6],
        ["E01000006", "*"],
      ],
      "has 1 count that is no number of people",
    ],
    [
      "an area twice",
      ["LSOA", "People"],
      [
        ["E01000001", 5],
        ["E01000001", 6],
      ],
      "counts 1 area (or an area's group) in more than one row",
    ],
    [
      "a code of something else",
      ["LSOA", "People"],
      [...["1", "2", "3", "4", "5"].map((digit) => [`E0100000${digit}`, 5]), ["E07000001", 6]],
      "has 1 code other than codes of small areas",
    ],
    [
      "no column of people",
      ["LSOA", "Rank"],
      [["E01000001", 5]],
      "it needs one column of small areas’ codes and one of numbers",
    ],
  ])("with %s is refused", async (_, header, rows, message) => {
    await expect(add(header, rows, "Mine")).rejects.toThrow(message);
    expect(await placeEntries(home)).toEqual([]);
  });
});

describe("residents as the census builds them on request", () => {
  test("are residents by what their columns hold", async () => {
    const entry = await add(
      [
        "Lower layer Super Output Areas Code",
        "Lower layer Super Output Areas",
        "Sex (2 categories) Code",
        "Sex (2 categories)",
        "Ethnic group (6 categories) Code",
        "Ethnic group (6 categories)",
        "Observation",
      ],
      [
        ["E01000001", "Made-up 001A", 1, "Female", -8, "Does not apply", 0],
        ["E01000001", "Made-up 001A", 1, "Female", 4, "White", 700],
        ["E01000001", "Made-up 001A", 2, "Male", 4, "White", 650],
        ["E01000001", "Made-up 001A", 2, "Male", 1, "Asian, Asian British or Asian Welsh", 50],
      ],
    );
    expect(entry).toMatchObject({
      name: "population-ethnicity-sex-lsoa-2021",
      title: "Residents by ethnic group and sex, by LSOA",
    });
    const profiles = await areaProfiles(home, openDuckDb);
    expect([...populationTable(profiles, ["sex"])!.counts]).toEqual([700, 700]);
    expect(populationTable(profiles, ["ethnicity", "sex"])!.counts[1]).toBe(50);
    expect([...populationTable(profiles, [])!.counts]).toEqual([1400]);
  });
});
