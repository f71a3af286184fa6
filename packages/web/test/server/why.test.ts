import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "@taproot/engine-duckdb";
import { FATE_COUNT, FATES, STEP_FATES } from "@taproot/model";
import { workspaceIntake } from "@taproot/web";
import { parseHTML } from "linkedom";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { madeUpCube, madeUpWorkspace } from "../made-up-service.ts";
import { type OpenWorkbench, openWorkbench } from "../open-workbench.ts";

const textOf = (element: Element | null | undefined) =>
  (element?.textContent ?? "").replace(/\s+/g, " ").trim();

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A workbench on the real way in, with a file of these lines open. */
async function withFile(lines: readonly string[]): Promise<OpenWorkbench> {
  const folder = await mkdtemp(join(tmpdir(), "taproot-why-"));
  folders.push(folder);
  const workspace = join(folder, "workspace");
  const file = { path: join(folder, "referrals.csv"), name: "referrals.csv" };
  await writeFile(file.path, `${lines.join("\n")}\n`);
  const intake = workspaceIntake({
    workspace,
    openEngine: openDuckDb,
    taprootHome: join(folder, "home"),
  });
  const { mapping } = await intake.inspect([file]);
  await intake.load([file], mapping, () => {}, new AbortController().signal);
  return openWorkbench(workspace, { intake });
}

async function documentOf(workbench: OpenWorkbench, path: string): Promise<Document> {
  const answer = await workbench.see(path);
  expect({ path, status: answer.status }).toEqual({ path, status: 200 });
  return parseHTML(answer.body).document;
}

/** The rows of a file, each by column. */
async function fileOf(workbench: OpenWorkbench, path: string): Promise<Record<string, string>[]> {
  const { body } = await workbench.see(path);
  const [header = "", ...lines] = body.replace("\uFEFF", "").trim().split("\r\n");
  const names = header.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ""]));
  });
}

const number = (row: Record<string, string> | undefined, name: string) => Number(row?.[name]);

describe("the made-up service", () => {
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

  /** Reached of settled at a step, and everyone referred, cell by cell over the cube. */
  function slow(isIn: (group: string) => boolean, characteristic = "deprivation") {
    const cube = madeUpCube();
    const index = cube.characteristics.findIndex(({ name }) => name === characteristic);
    const counts = (["accepted", "seen", "completed"] as const).map((step) => {
      let [reached, lost] = [0, 0];
      for (let cell = 0; cell < cube.cells; cell++) {
        const group = cube.characteristics[index]!.groups[cube.groups[index]![cell]!]!;
        if (group.unknown || !isIn(group.name)) continue;
        FATES.forEach((fate, at) => {
          const people = cube.fates[cell * FATE_COUNT + at]!;
          if (STEP_FATES[step].reached.includes(fate)) reached += people;
          if (STEP_FATES[step].lost.includes(fate)) lost += people;
        });
      }
      return reached / (reached + lost);
    });
    let referred = 0;
    for (let cell = 0; cell < cube.cells; cell++) {
      const group = cube.characteristics[index]!.groups[cube.groups[index]![cell]!]!;
      if (!group.unknown && isIn(group.name))
        for (let at = 0; at < FATE_COUNT; at++) referred += cube.fates[cell * FATE_COUNT + at]!;
    }
    return { reach: counts as [number, number, number], referred };
  }

  const most = "1 (most deprived)";
  const address = (path: string, more = "") =>
    `${path}?by=deprivation&group=${encodeURIComponent(most)}${more}`;

  test("each step's part is that of the cells, and the parts add up to the whole", async () => {
    const [whole, ...steps] = await fileOf(workbench, address("/why/steps.csv"));
    const group = slow((name) => name === most);
    const others = slow((name) => name !== most);
    const [b1, b2, b3] = group.reach;
    const [a1, a2, a3] = others.reach;
    const part = (b: number, a: number, [p, q]: [number, number], [r, s]: [number, number]) =>
      group.referred * (b - a) * ((p * r + q * s) / 3 + (p * s + q * r) / 6);
    expect(steps.map((row) => [row.step, number(row, "people")])).toEqual([
      ["accepted", expect.closeTo(part(b1, a1, [b2, a2], [b3, a3]), 9)],
      ["seen", expect.closeTo(part(b2, a2, [b1, a1], [b3, a3]), 9)],
      ["completed", expect.closeTo(part(b3, a3, [b1, a1], [b2, a2]), 9)],
    ]);
    expect(steps.reduce((sum, row) => sum + number(row, "people"), 0)).toBeCloseTo(
      number(whole, "people"),
      9,
    );
    expect(number(whole, "people")).toBeCloseTo(group.referred * (b1 * b2 * b3 - a1 * a2 * a3), 9);
  });

  test("first on the page stands why, with its size and how sure; then every part with picture, table and file", async () => {
    const asian = "by=ethnicity&group=Asian+or+Asian+British";
    const page = await documentOf(workbench, `/why?${asian}`);
    expect(page.querySelectorAll("h1")).toHaveLength(1);
    const answer = textOf(page.querySelector(".answer__sentence"));
    const [whole, , , completed] = await fileOf(workbench, `/why/steps.csv?${asian}`);
    expect(answer).toContain("because fewer of those seen complete");
    expect(answer).toContain(`${Math.round(-number(completed, "people"))} (likely`);
    expect(answer).toContain(`of the ${Math.round(-number(whole, "people"))} fewer who complete`);
    for (const figure of page.querySelectorAll("figure")) {
      expect(figure.querySelector("svg")?.getAttribute("aria-label")).toBe(
        textOf(figure.querySelector("figcaption")),
      );
      expect(figure.querySelector("table")).not.toBeNull();
      const file = figure.querySelector(".figure__csv a")?.getAttribute("href") ?? "";
      expect((await workbench.see(file)).headers["content-type"]).toContain("text/csv");
    }
    expect(page.querySelectorAll("figure").length).toBeGreaterThanOrEqual(3);
    expect(page.body.textContent).toContain("explained is not the same as fair");
    expect(page.body.textContent).not.toMatch(/NaN|undefined|Infinity/);
    for (const link of page.querySelectorAll("main a[href^='/methods/']"))
      expect((await workbench.see(link.getAttribute("href")!)).status).toBe(200);
  });

  test("between and within add up to the step's gap, as the file has them", async () => {
    const rows = await fileOf(workbench, address("/why/between.csv", "&step=accepted"));
    const [whole, between, within, ...teams] = rows;
    expect(number(between, "people") + number(within, "people")).toBeCloseTo(
      number(whole, "people"),
      9,
    );
    const group = slow((name) => name === most);
    const others = slow((name) => name !== most);
    expect(number(whole, "points")).toBeCloseTo(100 * (group.reach[0] - others.reach[0]), 9);
    expect(teams.map((row) => row.part).sort()).toEqual(["Hilltop", "Riverside"]);
    expect(teams.reduce((sum, row) => sum + number(row, "people within"), 0)).toBeCloseTo(
      number(within, "people"),
      9,
    );
  });

  test("what is held fair is in the address, and nothing may be", async () => {
    const page = await documentOf(workbench, address("/why", "&fair=nothing&fair=sex&fair=age"));
    const ticked = [...page.querySelectorAll("input[type=checkbox]")]
      .filter((box) => box.hasAttribute("checked"))
      .map((box) => box.getAttribute("value"));
    expect(ticked.sort()).toEqual(["age", "sex"]);
    expect(page.querySelector("input[type=checkbox][value=deprivation]")).toBeNull();
    const file = page.querySelector("#mix-figure .figure__csv a")?.getAttribute("href") ?? "";
    expect(file).toContain("fair=sex&fair=age");
    const [whole, mix, one, two, rest] = await fileOf(workbench, file);
    expect(number(mix, "people") + number(rest, "people")).toBeCloseTo(number(whole, "people"), 9);
    expect(number(one, "people") + number(two, "people")).toBeCloseTo(number(mix, "people"), 9);
    const none = await documentOf(workbench, address("/why", "&fair=nothing"));
    expect(none.body.textContent).toContain("Nothing is ticked");
    expect(none.querySelector("#mix-figure")).toBeNull();
  });

  test("against a second group, and the other way round: every sign turns", async () => {
    const pair = (a: string, b: string) =>
      fileOf(
        workbench,
        `/why/steps.csv?by=deprivation&group=${encodeURIComponent(a)}&against=${encodeURIComponent(b)}`,
      );
    const one = await pair(most, "5 (least deprived)");
    const two = await pair("5 (least deprived)", most);
    expect(one).toHaveLength(4);
    one.forEach((row, i) => {
      expect(number(two[i], "points")).toBeCloseTo(-number(row, "points"), 9);
      expect(number(two[i], "points lower")).toBeCloseTo(-number(row, "points upper"), 9);
    });
  });

  test("the form's one choice becomes an address with names of its own", async () => {
    const answer = await workbench.see(
      `/why?who=${encodeURIComponent("by=sex&group=Female")}&with=${encodeURIComponent("against=Male")}&end=seen&step=&in.team=Hilltop&fair=age`,
    );
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe(
      "/why?by=sex&group=Female&against=Male&end=seen&in.team=Hilltop&fair=age",
    );
    const page = await documentOf(workbench, String(answer.headers.location));
    expect(textOf(page.querySelector(".filters__chosen"))).toContain("Hilltop");
    expect(page.querySelector("#choose-who option[selected]")?.getAttribute("value")).toBe(
      "by=sex&group=Female",
    );
    expect(page.querySelector("#choose-end option[selected]")?.getAttribute("value")).toBe("seen");
    // Every link of the page keeps the thread.
    for (const link of page.querySelectorAll("main table a[href^='/why']"))
      expect(link.getAttribute("href")).toContain("in.team=Hilltop");
  });

  test("without a choice it is the finding at the top; a link that names what is not there still opens", async () => {
    const page = await documentOf(workbench, "/why");
    expect(textOf(page.querySelector("h1"))).toContain("most deprived fifth");
    const old = await documentOf(workbench, "/why?by=tenure&group=Rented&step=wait");
    expect(textOf(old.querySelector("h1"))).toContain("most deprived fifth");
    expect(textOf(old.querySelector("#between"))).toContain("Waiting");
    expect(textOf(old.querySelector("#between-figure figcaption"))).toMatch(
      /had been seen within \d+ weeks/,
    );
    const other = await documentOf(workbench, "/why?by=sex");
    expect(textOf(other.querySelector("h1"))).toContain("women and girls");
  });

  test("two characteristics crossed, as a finding may be", async () => {
    const page = await documentOf(
      workbench,
      `/why?by=deprivation&by=sex&group=${encodeURIComponent(most)}&group=Female`,
    );
    expect(textOf(page.querySelector("h1"))).toContain("women and girls from the most deprived");
    expect(page.querySelector("#choose-who option[selected]")?.getAttribute("value")).toBe(
      "by=deprivation&group=1+%28most+deprived%29&by=sex&group=Female",
    );
  });
});

describe("a list of referrals", () => {
  const header =
    "Referral ID,Date of referral,Service,Sex,Age at referral,Date accepted,Date declined,Reason declined,Date of first contact,Date completed,Date removed,Reason removed";
  /** Of women every third is declined, of men every sixth; women mostly for one reason, on which men are seldom declined. */
  const rows = Array.from({ length: 600 }, (_, i) => {
    const woman = i % 2 === 0;
    const nth = Math.floor(i / 2);
    const declined = nth % (woman ? 3 : 6) === 0;
    const reason = woman ? (nth % 2 ? "Criteria" : "No information") : "No information";
    return { woman, nth, declined, reason };
  });
  const lines = (service: (i: number) => string, reasons = true) => [
    reasons ? header : header.replace(",Reason declined", "").replace(",Reason removed", ""),
    ...rows.map(({ woman, nth, declined, reason }, i) =>
      [
        `R${i}`,
        "04/03/2025",
        service(i),
        woman ? "F" : "M",
        String(30 + (nth % 60)),
        declined ? "" : "11/03/2025",
        declined ? "12/03/2025" : "",
        ...(reasons ? [declined ? reason : ""] : []),
        declined ? "" : "22/04/2025",
        declined ? "" : "30/06/2025",
        "",
        ...(reasons ? [""] : []),
      ].join(","),
    ),
  ];

  test("reasons are counted on demand, ordered by people, and are those of the rows", async () => {
    const workbench = await withFile(lines((i) => (i % 7 === 0 ? "Hill clinic" : "River clinic")));
    const table = await fileOf(workbench, "/why/reasons.csv?by=sex&group=Female&step=accepted");
    const of = (name: string) =>
      table.find((row) => row.step === "accepted" && row.reason === name);
    const lost = (woman: boolean, reason: string) =>
      rows.filter((row) => row.woman === woman && row.declined && row.reason === reason).length;
    for (const reason of ["Criteria", "No information"]) {
      expect(number(of(reason), "group lost")).toBe(lost(true, reason));
      expect(number(of(reason), "others lost")).toBe(lost(false, reason));
      expect(number(of(reason), "group of")).toBe(300);
      expect(number(of(reason), "people more lost")).toBeCloseTo(
        lost(true, reason) - lost(false, reason),
        9,
      );
    }
    const page = await documentOf(workbench, "/why?by=sex&group=Female&step=accepted");
    const listed = [...page.querySelectorAll("#reasons-accepted-table tbody th")].map(textOf);
    expect(listed).toEqual(["Criteria", "No information", "All reasons together"]);
    expect(textOf(page.querySelector(".answer"))).toContain("“Criteria”");
    await workbench.server.close();
  });

  test("one service only, and no reasons in the file: both are said plainly", async () => {
    const workbench = await withFile(lines(() => "Hill clinic", false));
    const page = await documentOf(workbench, "/why?by=sex&group=Female&split=service");
    expect(textOf(page.querySelector("#between-figure figcaption"))).toContain("one service only");
    expect(page.body.textContent).toContain("records no reason for declining and none for leaving");
    expect(page.body.textContent).not.toMatch(/NaN|undefined|Infinity/);
    await workbench.server.close();
  });

  test("a group of three: too few to say, with what to do", async () => {
    const workbench = await withFile([
      `${header},Main language`,
      ...lines(() => "Hill clinic")
        .slice(1)
        .map((line, i) => `${line},${i < 3 ? "Welsh" : "English"}`),
    ]);
    const page = await documentOf(workbench, "/why?by=language&group=Welsh");
    expect(page.querySelector(".nhsuk-inset-text")?.textContent).toContain("Fewer than 10 people");
    expect(page.querySelector(".answer")).toBeNull();
    expect(page.querySelector("#leak-figure")).toBeNull();
    await workbench.server.close();
  });
});

describe("tables of counts", () => {
  test("with people who could need the service: from need, and no reasons", async () => {
    const workbench = await withFile([
      "Deprivation quintile,Population,Referrals,Accepted",
      "1,30000,600,400",
      "2,30000,700,560",
      "3,30000,600,490",
      "4,30000,500,410",
      "5,30000,800,680",
    ]);
    const group = encodeURIComponent("1 (most deprived)");
    const [whole, referred, accepted] = await fileOf(
      workbench,
      `/why/steps.csv?by=deprivation&group=${group}&start=needed`,
    );
    const [r1, a1] = [600 / 30000, 400 / 600];
    const [r0, a0] = [2600 / 120000, 2140 / 2600];
    expect(number(whole, "people")).toBeCloseTo(30000 * (r1 * a1 - r0 * a0), 9);
    expect(number(referred, "people")).toBeCloseTo((30000 * (r1 - r0) * (a1 + a0)) / 2, 9);
    expect(number(accepted, "people")).toBeCloseTo((30000 * (a1 - a0) * (r1 + r0)) / 2, 9);
    const page = await documentOf(workbench, `/why?by=deprivation&group=${group}&start=needed`);
    expect(textOf(page.querySelector("#leak-table"))).toContain("2.00 per 100");
    expect(textOf(page.querySelector(".answer__sentence"))).toContain(
      "because fewer of those referred are accepted",
    );
    expect(page.body.textContent).toContain("hold nothing else in which people could be alike");
    expect(page.querySelector("input[type=checkbox]")).toBeNull();
    expect(page.body.textContent).toContain("Reasons need one row for each referral");
    expect(page.body.textContent).toContain("do not say to which service");
    await workbench.server.close();
  });

  test("no step is recorded, or there are no groups: an explanation, never an empty picture", async () => {
    const steps = await withFile([
      "Period,Locality,0-4 weeks,4-18 weeks,18+ weeks",
      "2025-06-01,North,40,40,20",
      "2025-06-01,South,40,40,20",
    ]);
    const page = await documentOf(steps, "/why");
    expect(page.querySelector(".nhsuk-inset-text")?.textContent).toContain(
      "do not say who got through any step",
    );
    expect(page.querySelector("figure")).toBeNull();
    await steps.server.close();
    const groups = await withFile(["Period,Referrals,Accepted", "2025-06-01,500,400"]);
    const none = await documentOf(groups, "/why");
    expect(textOf(none.querySelector("h1"))).toBe("There are no groups to compare");
    expect((await groups.see("/why/steps.csv")).status).toBe(404);
    await groups.server.close();
  });
});
