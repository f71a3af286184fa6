import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_NEED_GAPS, demoAreas, demoPopulations } from "@taproot/demo";
import { currentDataset } from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { workspaceIntake } from "@taproot/web";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenWorkbench, openWorkbench } from "../open-workbench.ts";

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** A workbench on the real way in; with the demo, or with a file of these lines. */
async function opened(lines?: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), "taproot-need-"));
  folders.push(folder);
  const workspace = join(folder, "workspace");
  const placesHome = join(folder, "home");
  const intake = workspaceIntake({
    workspace,
    openEngine: openDuckDb,
    taprootHome: placesHome,
  });
  const signal = new AbortController().signal;
  if (lines) {
    const file = { path: join(folder, "list.csv"), name: "list.csv" };
    await writeFile(file.path, `${lines.join("\n")}\n`);
    const { mapping } = await intake.inspect([file]);
    await intake.load([file], mapping, () => {}, signal);
  } else await intake.loadDemo(() => {}, signal);
  return { workspace, workbench: await openWorkbench(workspace, { intake, placesHome }) };
}

/** The rows of a file as the browser gets it, by column. */
function rowsOf(body: string): Record<string, string>[] {
  const [header = "", ...lines] = body
    .replace(/^\uFEFF/, "")
    .trimEnd()
    .split("\r\n");
  const cells = (line: string) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) =>
      cell!.replace(/^"|"$/g, "").replaceAll('""', '"'),
    );
  const names = cells(header);
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, i) => [names[i], cell])));
}

interface Referred {
  readonly area: string | null;
  readonly age: number | null;
  readonly sex: string | null;
  readonly ethnicity: string | null;
}

describe("of the demo", () => {
  let workbench: OpenWorkbench;
  let records: readonly Referred[];
  const areas = demoAreas();
  // Residents by ethnic group, age and sex, added up one by one.
  const [residents] = demoPopulations();

  beforeAll(async () => {
    const { workspace, workbench: open } = await opened();
    workbench = open;
    const dataset = (await currentDataset(workspace))!;
    const engine = await openDuckDb({ path: dataset.recordsPath, readOnly: true });
    records = (await engine.rows(
      "select area, age, sex, ethnicity from records",
    )) as unknown as readonly Referred[];
    await engine.close();
  });
  afterAll(() => workbench.server.close());

  const bandOf = (age: number) => {
    const { groups, characteristics } = residents!;
    const bands = groups[characteristics.indexOf("age")]!;
    return bands.findLast((band) => age >= Number.parseInt(band, 10))!;
  };
  /** People of an area by the crossing of groups that `name` names. */
  const peopleBy = (name: (group: Record<string, string>, area: number) => string) => {
    const { characteristics, groups, counts } = residents!;
    const width = groups.reduce((product, names) => product * names.length, 1);
    const sums = new Map<string, number>();
    counts.forEach((people, at) => {
      let rest = at % width;
      const group: Record<string, string> = {};
      for (let i = characteristics.length - 1; i >= 0; i--) {
        group[characteristics[i]!] = groups[i]![rest % groups[i]!.length]!;
        rest = Math.floor(rest / groups[i]!.length);
      }
      const key = name(group, Math.floor(at / width));
      sums.set(key, (sums.get(key) ?? 0) + people);
    });
    return sums;
  };
  const known = () =>
    records.filter(
      ({ area, age, sex }) =>
        areas.some((one) => one.area === area) &&
        age !== null &&
        sex !== null &&
        sex !== "Indeterminate",
    );
  const fifthOf = (area: string | null) => areas.find((one) => one.area === area)!.quintile;

  test("expected referrals by fifth are those of a slow count over records and residents", async () => {
    const rows = rowsOf((await workbench.see("/need/groups.csv")).body);
    expect(rows).toHaveLength(5);
    const people = peopleBy(({ age, sex }, area) => `${areas[area]!.quintile} ${age} ${sex}`);
    const all = peopleBy(({ age, sex }) => `${age} ${sex}`);
    for (const [i, row] of rows.entries()) {
      let expected = 0;
      for (const [kind, residents] of all) {
        const came = known().filter(({ age, sex }) => `${bandOf(age!)} ${sex}` === kind).length;
        expected += (came * (people.get(`${i + 1} ${kind}`) ?? 0)) / residents;
      }
      const observed = known().filter(({ area }) => fifthOf(area) === i + 1).length;
      expect(Number(row.referrals)).toBe(observed);
      expect(Number(row.expected)).toBeCloseTo(expected, 6);
      expect(Number(row.missing)).toBeCloseTo(expected - observed, 6);
      expect(row["allowing for"]).toBe("age and sex");
    }
    expect(rows.reduce((sum, row) => sum + Number(row.missing), 0)).toBeCloseTo(0, 6);
  });

  test("against everyone else, by ethnic group, with what is not recorded", async () => {
    const rows = rowsOf(
      (await workbench.see("/need/groups.csv?by=ethnicity&standard=others")).body,
    );
    const people = peopleBy(({ ethnicity, age, sex }) => `${ethnicity}|${age} ${sex}`);
    const all = peopleBy(({ age, sex }) => `${age} ${sex}`);
    const recorded = known().filter(({ ethnicity }) => ethnicity !== null);
    for (const row of rows) {
      const group = row.ethnicity!;
      let expected = 0;
      for (const [kind, residents] of all) {
        const own = people.get(`${group}|${kind}`) ?? 0;
        const others = recorded.filter(
          ({ ethnicity, age, sex }) => ethnicity !== group && `${bandOf(age!)} ${sex}` === kind,
        ).length;
        expected += (others * own) / (residents - own);
      }
      expect(Number(row.expected)).toBeCloseTo(expected, 6);
      expect(Number(row["not recorded"])).toBe(known().length - recorded.length);
      expect(Number(row["missing at least"])).toBeLessThanOrEqual(Number(row.missing));
      expect(Number(row["missing at most"])).toBeGreaterThanOrEqual(Number(row.missing));
    }
  });

  test("areas: the table, the file and the map say the same, and nothing of areas with too few", async () => {
    const rows = rowsOf((await workbench.see("/need/areas.csv?level=small-areas")).body);
    expect(rows.map(({ area }) => area)).toEqual(areas.map(({ area }) => area));
    const { areas: drawn } = JSON.parse(
      (await workbench.see("/need/areas.json?level=small-areas")).body,
    ) as {
      areas: { code: string; standing: string; observed?: number; rings: number[][] }[];
    };
    expect(drawn).toHaveLength(120);
    for (const [i, row] of rows.entries()) {
      const observed = known().filter(({ area }) => area === row.area).length;
      const one = drawn[i]!;
      expect(one.code).toBe(row.area);
      expect(one.standing).toBe(row["beyond chance"]);
      expect(one.rings[0]!.length).toBeGreaterThan(6);
      if (row["beyond chance"] === "tooFew") {
        expect([row.referrals, row.missing, one.observed]).toEqual(["", "", undefined]);
        continue;
      }
      expect(Number(row.referrals)).toBe(observed);
      expect(one.observed).toBe(observed);
    }
    const { body } = await workbench.see("/need?level=small-areas&sort=missing");
    expect(body.match(/data-area="/g)).toHaveLength(50);
    const first = rows
      .filter((row) => row.missing !== "")
      .sort((a, b) => Number(b.missing) - Number(a.missing))[0]!;
    expect(/data-area="([^"]+)"/.exec(body)?.[1]).toBe(first.area);
  });

  test("the neighbourhood in which the demo plants missing referrals is the one that shows", async () => {
    const planted = DEFAULT_NEED_GAPS.flatMap((gap) => gap.areas ?? []);
    const rows = rowsOf((await workbench.see("/need/areas.csv?level=small-areas")).body);
    const ratio = (row: Record<string, string>) =>
      Number(row["observed over expected, drawn towards the mean"]);
    const lowest = rows.filter(({ missing }) => missing).sort((a, b) => ratio(a) - ratio(b));
    // By chance half an area of the eight would be among the eight lowest of 120.
    expect(planted).toHaveLength(8);
    const found = lowest.slice(0, 8).filter(({ area }) => planted.includes(area!));
    expect(found.length).toBeGreaterThanOrEqual(4);
    expect(planted).toContain(lowest[0]!.area);
    expect(lowest[0]!["beyond chance"]).toBe("fewer");
    const { body } = await workbench.see("/need?level=small-areas");
    expect(/answer__sentence">([^<]*)/.exec(body)?.[1]).toContain(
      `The lowest is ${lowest[0]!.name}`,
    );
  });

  test("neighbourhoods: each number is the slow sum over its small areas, in table, file and map", async () => {
    // At the demo's size the page starts with neighbourhoods.
    const { body } = await workbench.see("/need?sort=name");
    expect(body).toContain('<strong aria-current="true">24 neighbourhoods</strong>');
    expect(body).toContain(">120 small areas</a>");
    expect(body).toContain("read from its name: Brackenford 001A is in Brackenford 001.");
    const explicit = await workbench.see("/need?level=neighbourhoods&sort=name");
    const answered = (text: string) => /answer__sentence">([^<]*)/.exec(text)?.[1];
    expect(answered(body)).toMatch(/of 24 neighbourhoods/);
    expect(answered(explicit.body)).toBe(answered(body));
    const rows = rowsOf((await workbench.see("/need/areas.csv")).body);
    const { areas: drawn, many } = JSON.parse((await workbench.see("/need/areas.json")).body) as {
      many: string;
      areas: { code: string; observed: number; expected: number; rings: number[][] }[];
    };
    expect(many).toBe("neighbourhoods");
    const ofName = (name: string) => name.slice(0, -1);
    const names = [...new Set(areas.map(({ name }) => ofName(name)))];
    expect(rows.map(({ name }) => name)).toEqual(names);
    expect(drawn.map(({ code }) => code)).toEqual(names);
    const people = peopleBy(({ age, sex }, area) => `${ofName(areas[area]!.name)}|${age} ${sex}`);
    const all = peopleBy(({ age, sex }) => `${age} ${sex}`);
    const came = new Map<string, number>();
    for (const { age, sex } of known())
      came.set(`${bandOf(age!)} ${sex}`, (came.get(`${bandOf(age!)} ${sex}`) ?? 0) + 1);
    let missing = 0;
    for (const [i, row] of rows.entries()) {
      const name = names[i]!;
      let [expected, residents] = [0, 0];
      for (const [kind, everyone] of all) {
        const own = people.get(`${name}|${kind}`) ?? 0;
        residents += own;
        expected += ((came.get(kind) ?? 0) * own) / everyone;
      }
      const observed = known().filter(
        ({ area }) => ofName(areas.find((one) => one.area === area)!.name) === name,
      ).length;
      expect(Number(row.people)).toBeCloseTo(residents, 6);
      expect(Number(row.referrals)).toBe(observed);
      expect(Number(row.expected)).toBeCloseTo(expected, 6);
      expect(Number(row.missing)).toBeCloseTo(expected - observed, 6);
      expect([row["small areas"], drawn[i]!.observed]).toEqual(["5", observed]);
      expect(drawn[i]!.expected).toBeCloseTo(expected, 1);
      const fifths = areas.filter((one) => ofName(one.name) === name).map((one) => one.quintile);
      expect(row["deprivation fifths"]).toBe([...new Set(fifths)].sort().join(" "));
      missing += Number(row.missing);
    }
    expect(missing).toBeCloseTo(0, 6);
    // Borders inside a neighbourhood are not drawn: fewer points than its five areas have.
    const { areas: small } = JSON.parse(
      (await workbench.see("/need/areas.json?level=small-areas")).body,
    ) as { areas: { rings: number[][] }[] };
    const points = (of: readonly { rings: number[][] }[]) =>
      of.flatMap(({ rings }) => rings).reduce((sum, ring) => sum + ring.length, 0);
    expect(points(drawn)).toBeLessThan(0.95 * points(small));
  });

  test("what a level sees is told beside it, and links keep the level", async () => {
    const { body } = await workbench.see("/need?level=small-areas&by=sex");
    const seen = [
      ...body.matchAll(/a shortfall under (\d+)% would not show in one of usual size/g),
    ];
    expect(seen).toHaveLength(2);
    expect(Number(seen[0]![1])).toBeGreaterThan(Number(seen[1]![1]));
    expect(body).toContain('<input type="hidden" name="level" value="small-areas"');
    expect(body).toMatch(/href="\/need\/areas.csv\?[^"]*level=small-areas/);
    expect(body).toMatch(/data-areas="\/need\/areas.json\?[^"]*level=small-areas/);
    // One district is no level; an address that asks for it still opens.
    expect(body).not.toContain("level=districts");
    const districts = await workbench.see("/need?level=districts");
    expect(districts.body).toContain('<strong aria-current="true">24 neighbourhoods</strong>');
  });

  test("a neighbourhood that holds most of the planted areas is called, with more missing than any", async () => {
    const planted = DEFAULT_NEED_GAPS.flatMap((gap) => gap.areas ?? []);
    const inName = (name: string) =>
      areas.filter((one) => one.name.startsWith(name) && planted.includes(one.area)).length;
    const rows = rowsOf((await workbench.see("/need/areas.csv?level=neighbourhoods")).body);
    const most = [...rows].sort((a, b) => inName(b.name!) - inName(a.name!))[0]!;
    expect(inName(most.name!)).toBe(3);
    expect(most["beyond chance"]).toBe("fewer");
    expect(Number(most.missing)).toBe(Math.max(...rows.map((row) => Number(row.missing))));
    expect(rows.filter((row) => row["beyond chance"] === "fewer")).toHaveLength(1);
  });

  test("the address chooses need, age and period", async () => {
    const whole = rowsOf((await workbench.see("/need/groups.csv")).body);
    const old = rowsOf((await workbench.see("/need/groups.csv?age-from=75+to+84")).body);
    const over75 = known().filter(({ age }) => age! >= 75);
    expect(old.reduce((sum, row) => sum + Number(row.referrals), 0)).toBe(over75.length);
    const disabled = await workbench.see("/need?need=disability");
    expect(disabled.body).toContain("disabled people");
    expect(disabled.body).toContain("Use is every referral from the catchment");
    const { body } = await workbench.see("/need?from=April+to+June+2025&to=April+to+June+2025");
    expect(body).toContain("Referred until");
    const quarter = rowsOf(
      (await workbench.see("/need/groups.csv?from=April+to+June+2025&to=April+to+June+2025")).body,
    );
    const sum = (rows: typeof whole) => rows.reduce((all, row) => all + Number(row.referrals), 0);
    expect(sum(quarter)).toBeGreaterThan(0);
    expect(sum(quarter)).toBeLessThan(sum(whole) / 2);
    // Rates are a year's, whatever the period.
    const rate = (rows: typeof whole) => Number(rows[0]!["referrals per 1000 people a year"]);
    expect(rate(quarter) / rate(whole)).toBeGreaterThan(0.6);
    expect(rate(quarter) / rate(whole)).toBeLessThan(1.6);
  });

  test("catchments: what they are is said, with how many come from outside", async () => {
    const district = await workbench.see("/need");
    expect(district.body).toContain("The catchment is Brackenford (made up) (120 small areas)");
    const chosen = await workbench.see("/need?place=D01000001;D01000002;Nowhere");
    expect(chosen.body).toContain("The catchment is 2 small areas, as chosen.");
    expect(chosen.body).toContain("<strong>Not found:</strong> Nowhere.");
    expect(chosen.body).toMatch(/from outside the catchment/);
    const most = await workbench.see("/need?catchment=mostReferrals");
    expect(most.body).toContain("those may be the ones that are missed");
  });

  test("what makes no sense leads to the page as it is, never to an error", async () => {
    for (const path of [
      "/need?by=team",
      "/need?need=nonsense&level=streets&standard=x&sort=y&areas-page=-3&catchment=z",
      "/need?age-from=85+and+over&age-to=18+to+39",
      "/need?areas-page=9999",
      "/need?in.ethnicity=White",
      "/need?place=",
    ])
      expect({ path, status: (await workbench.see(path)).status }).toEqual({ path, status: 200 });
    expect((await workbench.see("/need?in.ethnicity=White")).body).toContain(
      "a population cannot be narrowed by",
    );
  });
});

describe("where need cannot be worked out", () => {
  const list = (area: string) => [
    "Referral ID,Date of referral,Date accepted,First contact,Ethnic category,LSOA code",
    ...Array.from({ length: 40 }, (_, i) => {
      const day = String(1 + (i % 28)).padStart(2, "0");
      return `R${i},${day}/04/2025,${day}/05/2025,${day}/06/2025,${"ABHM"[i % 4]},${area}`;
    }),
  ];

  test("without areas the page says what to ask for", async () => {
    const { workbench } = await opened(list("").map((line) => line.replace(/,[^,]*$/, "")));
    const { status, body } = await workbench.see("/need");
    expect(status).toBe(200);
    expect(body).toContain("neither a postcode nor a");
    expect((await workbench.see("/need/groups.csv")).status).toBe(303);
    expect(JSON.parse((await workbench.see("/need/areas.json")).body)).toEqual({ areas: [] });
    await workbench.server.close();
  });

  test("without populations the page names the files to add", async () => {
    const { workbench } = await opened(list("E01000001"));
    const { status, body } = await workbench.see("/need");
    expect(status).toBe(200);
    expect(body).toContain("population-age-lsoa-2021");
    expect(body).toContain("npx taproot places add");
    await workbench.server.close();
  });

  test("a table of counts needs a population; with one it is worked out by group", async () => {
    const { workbench: none } = await opened([
      "Deprivation quintile,Referrals,Accepted",
      "1,900,600",
      "2,700,560",
      "3,600,490",
      "4,500,410",
      "5,400,340",
    ]);
    expect((await none.see("/need")).body).toContain("has no column of people who could need");
    await none.server.close();
    const { workbench } = await opened([
      "Deprivation quintile,Population,Referrals,Accepted",
      "1,40000,900,600",
      "2,30000,700,560",
      "3,30000,600,490",
      "4,30000,500,410",
      "5,20000,400,340",
    ]);
    const { body } = await workbench.see("/need");
    // 3,100 referrals of 150,000 people: 620 expected of 30,000.
    expect(body).toContain("500 came, 620 were expected");
    expect(body).not.toContain("Where they live");
    const [first] = rowsOf((await workbench.see("/need/groups.csv")).body);
    expect(Number(first!.expected)).toBeCloseTo((3100 * 40000) / 150000, 8);
    await workbench.server.close();
  });
});
