import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { currentDataset, readCounts } from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { FATE_COUNT } from "@taproot/model";
import { compareProportions, isAbsent, proportionDifference } from "@taproot/statistics";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { madeUpWorkspace } from "../made-up-service.ts";
import { askPort, type OpenWorkbench, openWorkbench } from "../open-workbench.ts";

let workspace: string;
let workbench: OpenWorkbench;
beforeAll(async () => {
  workspace = await madeUpWorkspace();
  workbench = await openWorkbench(workspace);
});
afterAll(async () => {
  await workbench.server.close();
  await rm(workspace, { recursive: true, force: true });
});

/** The lines of an answered CSV, by column. */
async function lines(path: string): Promise<Record<string, string>[]> {
  const { status, body } = await workbench.see(path);
  expect(status).toBe(200);
  const [head, ...rows] = body.replace("\uFEFF", "").trimEnd().split("\r\n");
  const names = head!.split(",");
  const values = (row: string) =>
    [...`${row},`.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*)),/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!,
    );
  return rows.map((row) => Object.fromEntries(values(row).map((value, i) => [names[i]!, value])));
}

async function cubeOf() {
  const counts = await readCounts((await currentDataset(workspace))!);
  return counts.over(counts.description.characteristics.map(({ name }) => name)).cube;
}

/** Accepted and declined of the cells that a test picks: added up one by one. */
async function acceptance(keep: (groupOf: (name: string) => string) => boolean) {
  const cube = await cubeOf();
  let accepted = 0;
  let declined = 0;
  for (let cell = 0; cell < cube.cells; cell++) {
    const groupOf = (name: string) => {
      const index = cube.characteristics.findIndex((one) => one.name === name);
      return cube.characteristics[index]!.groups[cube.groups[index]![cell]!]!.name;
    };
    if (!keep(groupOf)) continue;
    const row = cube.fates.subarray(cell * FATE_COUNT, (cell + 1) * FATE_COUNT);
    declined += row[0]!;
    accepted += row.reduce((sum, people) => sum + people, 0) - row[0]! - row[1]!;
  }
  return { numerator: accepted, denominator: accepted + declined };
}

describe("every estimate", () => {
  test("as CSV: a pair of groups at acceptance, worked out from the cells one by one", async () => {
    const all = await lines("/estimates.csv");
    expect(all.length).toBeGreaterThan(1500);
    const line = all.find(
      ({ deprivation, sex, ethnicity, age, step }) =>
        deprivation === "1 (most deprived)" &&
        sex === "Female" &&
        !ethnicity &&
        !age &&
        step === "accepted",
    )!;
    const unknown = "Not recorded";
    const group = await acceptance(
      (of) => of("deprivation") === "1 (most deprived)" && of("sex") === "Female",
    );
    const rest = await acceptance(
      (of) =>
        !["1 (most deprived)", unknown].includes(of("deprivation")) ||
        !["Female", unknown].includes(of("sex")),
    );
    const gap = proportionDifference(group, rest);
    if (isAbsent(gap) || isAbsent(compareProportions(group, rest))) throw new Error("no gap");
    expect(line.said).toBe("yes");
    expect(Number(line["group reached"])).toBe(group.numerator);
    expect(Number(line["group of"])).toBe(group.denominator);
    expect(Number(line["rest of"])).toBe(rest.denominator);
    expect(Number(line.points)).toBeCloseTo(100 * gap.value, 9);
    expect(Number(line["points lower"])).toBeCloseTo(100 * gap.lower, 9);
    expect(Number(line["people upper"])).toBeCloseTo(gap.upper * group.denominator, 9);
    expect(Number(line.ratio)).toBeCloseTo(
      group.numerator / group.denominator / (rest.numerator / rest.denominator),
      9,
    );
    expect(line["data taken on"]).toBe("2025-09-30");
  });

  test("a group too small to speak of has no number", async () => {
    const few = (await lines("/estimates.csv")).filter(({ said }) => said === "too few");
    expect(few.length).toBeGreaterThan(0);
    for (const line of few) {
      expect(line["group of"]).toBe("");
      expect(line.points).toBe("");
      expect(line["people upper"]).toBe("");
    }
  });

  test("as Parquet: the same, read back by an engine", async () => {
    const asCsv = await lines("/estimates.csv?up-to=2");
    const answer = await fetch(
      `http://127.0.0.1:${workbench.server.port}/estimates.parquet?up-to=2`,
      { headers: { cookie: workbench.cookie } },
    );
    expect(answer.headers.get("content-disposition")).toContain("estimates.parquet");
    const path = join(workspace, "estimates.parquet");
    await writeFile(path, Buffer.from(await answer.arrayBuffer()));
    const engine = await openDuckDb({});
    try {
      const rows = await engine.rows(`select * from ${engine.parquet(path)}`);
      const asText = rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [name, value === null ? "" : String(value)]),
        ),
      );
      expect(asText).toEqual(asCsv);
      const [types] = await engine.rows(
        `select typeof(points) as points, typeof(step) as step from ${engine.parquet(path)} limit 1`,
      );
      expect(types).toEqual({ points: "DOUBLE", step: "VARCHAR" });
    } finally {
      await engine.close();
    }
  });

  test("of a part of the service, and of what is asked for alone", async () => {
    const part = await lines("/estimates.csv?by=sex&up-to=1&in.team=Riverside");
    expect(Object.keys(part[0]!).slice(0, 2)).toEqual(["sex", "step"]);
    const women = part.find(({ sex, step }) => sex === "Female" && step === "accepted")!;
    const group = await acceptance((of) => of("team") === "Riverside" && of("sex") === "Female");
    expect(Number(women["group of"])).toBe(group.denominator);
  });

  test("what cannot be asked is said plainly", async () => {
    const crossed = await workbench.see("/estimates.csv?up-to=4");
    expect(crossed.status).toBe(400);
    expect(crossed.body).toContain("One, two or three characteristics");
    const named = await workbench.see("/estimates.parquet?by=colour");
    expect(named.status).toBe(400);
    expect(named.body).toContain("no characteristic “colour”");
  });

  test("is for whoever may see the pages alone", async () => {
    for (const path of ["/estimates.csv", "/estimates.parquet", "/cells.csv"])
      expect((await askPort(workbench.server.port, path)).status).toBe(401);
  });

  test("is linked from what we found and from data quality, for the part that is looked at", async () => {
    const { body } = await workbench.see("/found?in.team=Riverside");
    expect(body).toContain('href="/estimates.csv?in.team=Riverside"');
    expect((await workbench.see("/quality")).body).toContain('href="/estimates.parquet"');
  });
});

describe("the cells behind a chart", () => {
  test("hold each group's referrals by what became of them", async () => {
    const cells = await lines("/cells.csv?by=deprivation&by=sex");
    const total = cells.reduce((sum, line) => sum + Number(line.referrals), 0);
    expect(total).toBe(9000);
    const line = cells.find(
      (one) => one.deprivation === "1 (most deprived)" && one.sex === "Female",
    )!;
    const { numerator, denominator } = await acceptance(
      (of) => of("deprivation") === "1 (most deprived)" && of("sex") === "Female",
    );
    expect(Number(line.declined)).toBe(denominator - numerator);
    expect(Number(line.referrals) - Number(line.declined) - Number(line["awaiting decision"])).toBe(
      numerator,
    );
  });

  test("hold each wait by its week and end, every referral once", async () => {
    const waits = await lines("/cells/waits.csv?by=deprivation&in.team=Hilltop");
    const cells = await lines("/cells.csv?by=deprivation&in.team=Hilltop");
    for (const cell of cells) {
      const people = waits
        .filter(({ deprivation }) => deprivation === cell.deprivation)
        .reduce((sum, line) => sum + Number(line.referrals), 0);
      expect(people).toBe(Number(cell.referrals));
    }
    expect(new Set(waits.map(({ ended }) => ended)).has("seen")).toBe(true);
  });

  test("are told apart by three characteristics at most", async () => {
    const many = await workbench.see("/cells.csv?by=deprivation&by=sex&by=age&by=ethnicity");
    expect(many.status).toBe(400);
    expect(many.body).toContain("3 characteristics at most");
  });
});
