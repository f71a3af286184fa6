import { rmSync } from "node:fs";
import { openDuckDb } from "@taproot/engine-duckdb";
import { AGE_BANDS, CHILD_AGE_BANDS } from "@taproot/model";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type AreaProfiles,
  type AreaProfilesOptions,
  areaProfiles,
  largerAreas,
  populationTable,
  RELEASES,
} from "../src/index.ts";
import { keepChanges, keepResidents, keepRows, madeUpHome } from "./made-up-home.ts";

let home: string;
beforeEach(() => {
  home = madeUpHome();
});
afterEach(() => rmSync(home, { recursive: true }));

const profiles = (options?: AreaProfilesOptions) => areaProfiles(home, openDuckDb, options);

/** The people of an area in a group, or its total. */
function people(
  found: AreaProfiles,
  characteristics: readonly string[],
  area: string,
  ...groups: readonly string[]
): number {
  const table = populationTable(found, characteristics)!;
  const width = table.groups.reduce((product, each) => product * each.length, 1);
  const cell = table.groups.reduce(
    (so, each, at) => so * each.length + each.indexOf(groups[at]!),
    0,
  );
  return table.counts[found.rowOf.get(area)! * width + cell]!;
}

const [A, B, C] = ["E01000001", "E01000002", "E01000003"] as const;

async function keepAges(): Promise<void> {
  const labels = [
    ["Total", 1000],
    ["Aged 4 years and under", 50],
    ["Aged 15 to 19 years", 60],
    ["Aged 20 to 24 years", 90],
    ["Aged 85 years and over", 30],
  ] as const;
  await keepResidents(
    home,
    "population-age-lsoa-2021",
    [A, B, C].flatMap((area, at) =>
      labels.map(([label, count]): [string, string, number] => [area, label, count * (at + 1)]),
    ),
  );
}

async function keepDistricts(): Promise<void> {
  const row = (area: string, kind: string, code: string, name: string) => [
    area,
    kind,
    code,
    name,
    `Place ${area}`,
  ];
  await keepRows(
    home,
    { name: "lsoa-2021-district", kind: "membership" },
    { area: "VARCHAR", kind: "VARCHAR", code: "VARCHAR", name: "VARCHAR", area_name: "VARCHAR" },
    [
      row(A, "local authority district", "E06000001", "Hartley"),
      row(B, "local authority district", "E06000001", "Hartley"),
      row(C, "local authority district", "E06000002", "Moorby"),
    ],
  );
  await keepRows(
    home,
    { name: "data-zone-2011-health-board", kind: "membership" },
    { area: "VARCHAR", kind: "VARCHAR", code: "VARCHAR", name: "VARCHAR" },
    [[C, "health board", "S08000020", "S08000020"]],
  );
}

describe("neighbourhoods", () => {
  const kept = (rows: readonly (readonly (string | null)[])[], more: Record<string, string> = {}) =>
    keepRows(
      home,
      { name: "lsoa-2021-district", kind: "membership" },
      {
        area: "VARCHAR",
        kind: "VARCHAR",
        code: "VARCHAR",
        name: "VARCHAR",
        area_name: "VARCHAR",
        ...more,
      },
      rows.map(([area, name, ...rest]) => [
        area!,
        "local authority district",
        "E06000001",
        "Hartley",
        name!,
        ...rest.map((one) => one ?? null),
      ]),
    );

  test("are read from the names of areas, where they follow the rule", async () => {
    await kept([
      [A, "Hartley 001A"],
      [B, "Hartley 001B"],
      [C, "The Green"],
    ]);
    const { neighbourhoods } = await profiles({ areas: [A, B, C] });
    const first = {
      code: "Hartley 001",
      name: "Hartley 001",
      kind: "middle layer super output area",
      from: "name",
    };
    expect(neighbourhoods).toEqual([first, first, undefined]);
  });

  test("are those of the lookup where it holds them", async () => {
    const columns = { neighbourhood_code: "VARCHAR", neighbourhood_name: "VARCHAR" };
    await kept(
      [
        [A, "Hartley 001A", "E02000001", "Old Town"],
        [B, "Hartley 001B", "E02000002", null],
        [C, "Hartley 001C", null, null],
      ],
      columns,
    );
    const { neighbourhoods } = await profiles({ areas: [A, B, C] });
    expect(neighbourhoods.map((one) => [one!.code, one!.name, one!.from])).toEqual([
      ["E02000001", "Old Town", "lookup"],
      ["E02000002", "E02000002", "lookup"],
      ["Hartley 001", "Hartley 001", "name"],
    ]);
  });

  test("of an older area that was split over two are not known", async () => {
    const older = "E01999999";
    await kept([
      [A, "Hartley 001A"],
      [B, "Hartley 002A"],
      [C, "Hartley 002B"],
    ]);
    await keepChanges(home, [
      [older, A],
      [older, B],
      [C, C],
    ]);
    const found = await profiles({ areas: [older, C] });
    expect(found.neighbourhoods[found.rowOf.get(older)!]).toBeUndefined();
    expect(found.neighbourhoods[found.rowOf.get(C)!]?.name).toBe("Hartley 002");
  });

  test("come with lookups by the names of their columns", () => {
    const select = (columns: readonly string[], sample: readonly string[]) => {
      const release = RELEASES.find((one) => one.read({ columns, sample: [sample] }));
      return [
        release?.name,
        release
          ?.read({ columns, sample: [sample] })
          ?.select("t")
          .replaceAll(/\s+/g, " "),
      ];
    };
    const [scottish, its] = select(
      ["DZ2011_Code", "DZ2011_Name", "IZ2011_Code", "IZ2011_Name", "LA_Code", "LA_Name"],
      ["S01006506", "Culter - 01", "S02001236", "Culter", "S12000033", "Aberdeen City"],
    );
    expect(scottish).toBe("data-zone-2011-district");
    expect(its).toContain("nullif(trim(c2), '') AS neighbourhood_code");
    expect(its).toContain("nullif(trim(c3), '') AS neighbourhood_name");
    const [english, withMsoa] = select(
      ["LSOA21CD", "LSOA21NM", "MSOA21CD", "MSOA21NM", "LAD22CD", "LAD22NM"],
      ["E01011949", "Hartlepool 009A", "E02002491", "Hartlepool 009", "E06000001", "Hartlepool"],
    );
    expect(english).toBe("lsoa-2021-district");
    expect(withMsoa).toContain("nullif(trim(c2), '') AS neighbourhood_code");
    const [, without] = select(
      ["LSOA21CD", "LSOA21NM", "WD24CD", "LAD24CD", "LAD24NM"],
      ["E01011949", "Hartlepool 009A", "E05008942", "E06000001", "Hartlepool"],
    );
    expect(without).toContain("CAST(NULL AS VARCHAR) AS neighbourhood_code");
  });
});

describe("areaProfiles", () => {
  test("of an empty folder know nothing, and say which codes they do not", async () => {
    const found = await profiles({ areas: [A] });
    expect(found).toMatchObject({ areas: [], tables: [], unmatched: [A] });
    expect(found.notes[0]).toContain("1 area code is in no place data");
  });

  test("bring the census's bands of age to the model's, and say what was split", async () => {
    await keepAges();
    const found = await profiles();
    const table = populationTable(found, ["age"])!;
    expect(table.groups).toEqual([AGE_BANDS.map(({ name }) => name)]);
    expect(people(found, ["age"], A, "0 to 17")).toBeCloseTo(50 + 36, 9);
    expect(people(found, ["age"], A, "18 to 39")).toBeCloseTo(24 + 90, 9);
    expect(people(found, ["age"], C, "85 and over")).toBe(90);
    expect(people(found, [], B)).toBe(2000);
    expect(table.notes).toEqual([
      "The source counts people aged 15 to 19 together; they are spread evenly over the years of the band.",
    ]);
    expect(table.sources).toMatchObject([{ publisher: "Made up", vintage: "2021" }]);
  });

  test("bring them to other bands that are asked for", async () => {
    await keepAges();
    const ageBands = CHILD_AGE_BANDS.map(({ name }) => name);
    const found = await profiles({ ageBands });
    expect(people(found, ["age"], A, "0 to 4")).toBe(50);
    expect(people(found, ["age"], A, "11 to 15")).toBeCloseTo(12, 9);
    expect(people(found, ["age"], A, "18 to 25")).toBeCloseTo(24 + 90, 9);
  });

  test("read ethnic groups, disability and carers in the model's words, parts of a group left out", async () => {
    await keepResidents(home, "population-ethnicity-data-zone-2011", [
      [A, "White: Total", 90],
      [A, "White: White Scottish", 80],
      [A, "Other White", 10],
      [A, "African: Total", 3],
      [A, "Caribbean or Black: Total", 2],
      [A, "Caribbean or Black: Other Caribbean or Black", 2],
      [A, "Mixed or multiple ethnic group", 4],
      [A, "Other ethnic groups: Total", 1],
      [A, "Other ethnic groups: Other ethnic group", 1],
    ]);
    await keepResidents(home, "population-disability-lsoa-2021", [
      [A, "Total: All usual residents", 100],
      [A, "Disabled under the Equality Act", 20],
      [A, "Disabled under the Equality Act: Day-to-day activities limited a lot", 8],
      [A, "Not disabled under the Equality Act", 80],
    ]);
    await keepResidents(home, "population-carers-lsoa-2021", [
      [A, "Total: All usual residents aged 5 and over", 95],
      [A, "Provides no unpaid care", 86],
      [A, "Provides 19 hours or less unpaid care a week", 5],
      [A, "Provides 9 hours or less unpaid care a week", 4],
      [A, "Provides 20 to 49 hours unpaid care a week", 3],
      [A, "Provides 50 or more hours unpaid care a week", 1],
    ]);
    const found = await profiles();
    expect([...populationTable(found, ["ethnicity"])!.counts]).toEqual([0, 5, 4, 90, 1]);
    expect([...populationTable(found, ["disability"])!.counts]).toEqual([20, 80]);
    expect([...populationTable(found, ["carer"])!.counts]).toEqual([9, 86]);
    // The total is of a table that counts everybody: carers are counted among people aged 5 and over.
    expect(people(found, [], A)).toBe(100);
    expect(populationTable(found, ["carer"])!.notes[0]).toContain("aged 5 and over");
  });

  test("keep to districts and boards, by name or code, and tell what lies outside", async () => {
    await keepAges();
    await keepDistricts();
    const hartley = await profiles({ areas: [A, C], within: { districts: ["hartley "] } });
    expect(hartley.areas).toEqual([A, B]);
    expect(hartley.outside).toEqual([C]);
    expect(hartley.names).toEqual([`Place ${A}`, `Place ${B}`]);
    expect(hartley.districts).toEqual(["Hartley", "Hartley"]);
    const board = await profiles({ within: { boards: ["NHS Grampian"] } });
    expect([board.areas, board.boards]).toEqual([[C], ["NHS Grampian"]]);
    const both = await profiles({ within: { districts: ["E06000001"], boards: ["S08000020"] } });
    expect(both.areas).toEqual([A, B, C]);
    expect((await profiles({ within: { districts: ["Nowhere"] } })).areas).toEqual([]);
    const { districts, boards } = await largerAreas(home, openDuckDb);
    expect(districts.map(({ name, areas }) => [name, areas])).toEqual([
      ["Hartley", [A, B]],
      ["Moorby", [C]],
    ]);
    expect(boards).toEqual([{ name: "NHS Grampian", code: "S08000020", areas: [C] }]);
  });

  test("each district's residents are those of its areas", async () => {
    await keepAges();
    await keepDistricts();
    const sum = (found: AreaProfiles) =>
      populationTable(found, [])!.counts.reduce((total, each) => total + each, 0);
    const hartley = sum(await profiles({ within: { districts: ["Hartley"] } }));
    const moorby = sum(await profiles({ within: { districts: ["Moorby"] } }));
    expect([hartley, moorby]).toEqual([3000, 3000]);
    expect(sum(await profiles())).toBe(hartley + moorby);
  });

  test("join the parts of a split area when records hold its older code, and only then", async () => {
    await keepAges();
    await keepChanges(home, [
      ["E01009999", A],
      ["E01009999", B],
      [C, C],
    ]);
    const newer = await profiles({ areas: [A, C] });
    expect(newer.areas).toEqual([A, C]);
    const older = await profiles({ areas: ["E01009999", C, "E01008888"] });
    expect(older.areas).toEqual([C, "E01009999"]);
    expect(older.members).toEqual([[C], [A, B]]);
    expect(older.rowOf.get(A)).toBe(older.rowOf.get("E01009999"));
    expect(people(older, [], "E01009999")).toBe(3000);
    expect(older.unmatched).toEqual(["E01008888"]);
    expect(older.notes[0]).toBe(
      "1 area is the parts, counted together, of what the older census counts as one.",
    );
  });

  test("place a table of one's own whose codes are older, to the person", async () => {
    await keepAges();
    await keepChanges(home, [
      ["E01009999", A],
      ["E01009999", B],
    ]);
    await keepResidents(
      home,
      "own-register",
      [
        ["E01009999", "", 70],
        [C, "", 5],
      ],
      { own: true, title: "Register", characteristics: [] },
    );
    const found = await profiles();
    const register = found.tables.find(({ own }) => own)!;
    expect(register).toMatchObject({
      name: "own-register",
      title: "Register",
      characteristics: [],
    });
    expect(found.areas).toEqual([C, "E01009999"]);
    expect([...register.counts]).toEqual([5, 70]);
    expect(people(found, [], "E01009999")).toBe(3000);
    // Residents, not the register, are the table of no characteristic.
    expect(populationTable(found, [])!.own).toBe(false);
  });

  test("do not count a joined area of which a part is not counted", async () => {
    await keepChanges(home, [
      ["E01009999", A],
      ["E01009999", B],
    ]);
    await keepResidents(home, "population-age-lsoa-2021", [
      [A, "Total", 10],
      [C, "Total", 10],
    ]);
    const found = await profiles({ areas: ["E01009999", C] });
    const table = populationTable(found, [])!;
    expect([...table.covers]).toEqual([1, 0]);
    expect([...table.counts]).toEqual([10, 0]);
    expect(table.notes).toEqual(["1 of 2 areas are not in this table."]);
  });

  test("sum a crossing to its margins where no file counts them", async () => {
    const cross = "\u001f";
    await keepResidents(
      home,
      "population-age-sex-lsoa-2021",
      [
        [A, `0 to 17${cross}Female`, 1],
        [A, `0 to 17${cross}Male`, 2],
        [A, `18 to 39${cross}Female`, 4],
        [A, `18 to 39${cross}Male`, 8],
        [A, `18 to 39${cross}Does not apply`, 100],
      ],
      { characteristics: ["age", "sex"] },
    );
    const found = await profiles();
    expect(people(found, ["sex", "age"], A, "18 to 39", "Male")).toBe(8);
    expect(people(found, ["sex"], A, "Female")).toBe(5);
    expect(people(found, ["age"], A, "18 to 39")).toBe(12);
    expect(people(found, [], A)).toBe(15);
    // Bands that leave years out cannot be summed over.
    const children = await profiles({ ageBands: ["0 to 17"] });
    expect(populationTable(children, ["sex"])).toBeUndefined();
  });

  test("have the deprivation of each area, and of a joined one what its parts share", async () => {
    await keepAges();
    await keepChanges(home, [
      ["E01009999", A],
      ["E01009999", B],
    ]);
    await keepRows(
      home,
      { name: "england-imd-2025", kind: "deprivation", nation: "England" },
      { area: "VARCHAR", rank: "INTEGER", decile: "INTEGER", quintile: "INTEGER" },
      [
        [A, 1, 1, 1],
        [B, 2, 2, 1],
        [C, 3, 9, 5],
      ],
    );
    const apart = await profiles();
    expect([[...apart.deprivationQuintile], [...apart.deprivationDecile]]).toEqual([
      [1, 1, 5],
      [1, 2, 9],
    ]);
    const joined = await profiles({ areas: ["E01009999", C] });
    expect([[...joined.deprivationQuintile], [...joined.deprivationDecile]]).toEqual([
      [5, 1],
      [9, 0],
    ]);
  });

  test("take areas that no publisher has, beside those that one has", async () => {
    await keepAges();
    const further = [
      {
        nation: "Nowhere",
        source: "Made up",
        areas: [
          { area: "D01000001", quintile: 2, decile: 3, name: "One", district: "Town", board: "B" },
          { area: "D01000002", quintile: 5, decile: 10, name: "Two", district: "Town" },
        ],
        populations: [
          { characteristics: ["sex"], groups: [["Female", "Male"]], counts: [1, 2, 3, 4] },
        ],
      },
    ];
    const found = await profiles({ areas: ["D01000002"], further });
    expect(found).toMatchObject({ areas: ["D01000002"], names: ["Two"], districts: ["Town"] });
    expect([...found.deprivationQuintile]).toEqual([5]);
    expect(people(found, ["sex"], "D01000002", "Male")).toBe(4);
    expect(people(found, [], "D01000002")).toBe(7);
    expect((await profiles({ further })).areas).toEqual(["D01000001", "D01000002", A, B, C]);
    expect((await profiles({ within: { districts: ["Town"] }, further })).areas).toHaveLength(2);
  });
});
