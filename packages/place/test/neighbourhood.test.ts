import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { neighbourhoodOf } from "../src/index.ts";

const shared = join(import.meta.dirname, "../../../../shared/data/lookups");
const sharedIsThere = existsSync(shared);

/** The rows of a published lookup by the names of its columns. */
function lookup(file: string): readonly Readonly<Record<string, string>>[] {
  const path = join(shared, file);
  const bytes = readFileSync(path);
  const [header = "", ...lines] = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes)
    .toString("utf8")
    .trimEnd()
    .split(/\r?\n/);
  const cells = (line: string) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) =>
      cell!.replace(/^"|"$/g, ""),
    );
  const names = cells(header);
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, i) => [names[i]!, cell])));
}

describe("by its publisher's rule", () => {
  test.each([
    ["E01011949", { name: "Hartlepool 009A" }, "Hartlepool 009", "Hartlepool 009"],
    [
      "W01000003",
      { name: "Isle of Anglesey 001B" },
      "Isle of Anglesey 001",
      "Isle of Anglesey 001",
    ],
    [
      "S01009061",
      { name: "Denny - Nethermains - 01" },
      "Denny - Nethermains",
      "Denny - Nethermains",
    ],
    [
      "S01006646",
      { name: "City Centre West - 02", district: "Aberdeen City" },
      "City Centre West",
      "City Centre West, Aberdeen City",
    ],
    ["N20000855", { name: "Castle_Q3" }, "Castle_Q", "Castle_Q"],
    ["95AA01S2", { name: "Aldergrove_2" }, "Aldergrove", "95AA01"],
    ["D01000001", { name: "Brackenford 001A" }, "Brackenford 001", "Brackenford 001"],
  ])("%s lies in what it is called after", (area, known, name, code) => {
    expect(neighbourhoodOf(area, known)).toMatchObject({ name, code });
  });

  test("what a lookup holds goes before the name", () => {
    const neighbourhood = { code: "S02001236", name: "Culter" };
    expect(neighbourhoodOf("S01006506", { name: "Elsewhere - 01", neighbourhood })).toEqual({
      ...neighbourhood,
      kind: "intermediate zone",
      from: "lookup",
    });
  });

  test("nothing is made of names that follow no rule, nor of none", () => {
    expect(neighbourhoodOf("E01000001", { name: "Town Centre" })).toBeUndefined();
    expect(neighbourhoodOf("W01000003", { name: "Amlwch Port" })).toBeUndefined();
    // Names of 44 letters and more were cut: two zones would be one.
    expect(
      neighbourhoodOf("S01006547", { name: "Braeside, Mannofield, Broomhill and Seafiel" }),
    ).toBeUndefined();
    expect(neighbourhoodOf("S01006506", {})).toBeUndefined();
    expect(neighbourhoodOf("E01000001", {})).toBeUndefined();
  });
});

describe.skipIf(!sharedIsThere)("of published names (needs ../shared)", () => {
  test("every LSOA of England and Wales is in one of the 7,264 middle layer areas of 2021", () => {
    const rows = lookup("lookup-lsoa21-ward24-ltla24.csv");
    const found = rows.map(({ lsoa21_code, lsoa21_name }) =>
      neighbourhoodOf(lsoa21_code!, { name: lsoa21_name! }),
    );
    expect(found).toHaveLength(35_672);
    expect(found.every((one) => one?.from === "name")).toBe(true);
    // ONS, Census 2021 geographies: 6,856 in England and 408 in Wales.
    expect(new Set(found.map((one) => one!.code)).size).toBe(6856 + 408);
  });

  test("a data zone's name never puts together what intermediate zones keep apart", () => {
    const rows = lookup("lookup-dz11-iz11-ltla20.csv");
    const zones = new Map<string, Set<string>>();
    let told = 0;
    for (const row of rows) {
      const found = neighbourhoodOf(row.dz11_code!, {
        name: row.dz11_name!,
        district: row.ltla20_name!,
      });
      if (!found) continue;
      told++;
      expect(found.name).toBe(row.iz11_name);
      zones.set(found.code, (zones.get(found.code) ?? new Set()).add(row.iz11_code!));
    }
    // Some councils named their data zones themselves, and long names are cut: of those only the lookup tells.
    expect(told).toBe(6129);
    expect([...zones.values()].every((codes) => codes.size === 1)).toBe(true);
  });

  test("data zones of Northern Ireland are in their super data zones", () => {
    const rows = lookup("postcode-dz21-northern-ireland.csv.gz");
    const names = new Map(rows.map((row) => [row.dz21_code!, row]));
    for (const [area, { dz21_name, sdz21_name }] of names) {
      if (area === "") continue;
      expect(neighbourhoodOf(area, { name: dz21_name! })!.name).toBe(sdz21_name);
    }
    expect(names.size).toBeGreaterThan(3700);
  });
});
