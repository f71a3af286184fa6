import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { currentDataset } from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { workspaceIntake } from "@taproot/web";
import { parseHTML } from "linkedom";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { madeUpWorkspace } from "../made-up-service.ts";
import { type OpenWorkbench, openWorkbench } from "../open-workbench.ts";

let folder: string;
let workbench: OpenWorkbench;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "taproot-comparing-"));
  const workspace = join(folder, "workspace");
  const intake = workspaceIntake({
    workspace,
    openEngine: openDuckDb,
    taprootHome: join(folder, "home"),
    demoReferrals: 6000,
  });
  await intake.loadDemo(() => {}, new AbortController().signal);
  workbench = await openWorkbench(workspace);
});
afterAll(async () => {
  await workbench.server.close();
  await rm(folder, { recursive: true, force: true });
});

async function document(path: string, of = workbench) {
  const { status, body } = await of.see(path);
  expect(status).toBe(200);
  return parseHTML(body).document;
}

/** One number straight from the records, past everything that the pages use. */
async function counted(sql: string): Promise<number> {
  const dataset = await currentDataset(join(folder, "workspace"));
  const engine = await openDuckDb({ path: dataset!.recordsPath, readOnly: true });
  try {
    const [row] = await engine.rows(sql);
    return Number(Object.values(row!)[0]);
  } finally {
    await engine.close();
  }
}

const words = (text: string | undefined) => (text ?? "").replaceAll(/\s+/g, " ").trim();

const rowsOf = (page: Document, id: string) =>
  [...page.querySelectorAll(`#${id} tbody tr`)].map((row) =>
    [...row.children].map((cell) => words(cell.textContent ?? "")),
  );

const accepted = "(accepted is not null or first_contact is not null)";
const settled = `(${accepted} or declined is not null or decline_reason is not null or removed is not null or completed is not null)`;

describe("two groups", () => {
  test("the numbers are those of the records", async () => {
    const page = await document("/compare?a=sex%3DFemale&b=sex%3DMale");
    const [first] = rowsOf(page, "two-groups-table");
    for (const [column, sex] of [
      [1, "Female"],
      [2, "Male"],
    ] as const) {
      const of = await counted(`select count(*) from records where sex = '${sex}' and ${settled}`);
      const reached = await counted(
        `select count(*) from records where sex = '${sex}' and ${accepted}`,
      );
      const text = new Intl.NumberFormat("en-GB");
      expect(first![column]).toContain(`${text.format(reached)} of ${text.format(of)}`);
    }
  });

  test("two characteristics on a side, and one part of the service", async () => {
    const page = await document(
      "/compare?a=sex%3DFemale&a=disability%3DYes&b=sex%3DMale&in.urgency=Routine",
    );
    const team = "sex = 'Female' and disability = 'Yes' and urgency = 'Routine'";
    const people = await counted(`select count(*) from records where ${team}`);
    expect(words(page.querySelector("main")?.textContent)).toContain(
      `${new Intl.NumberFormat("en-GB").format(people)} referrals of `,
    );
  });

  test("nothing chosen compares the ends of the first characteristic; the same group twice says so", async () => {
    expect(words((await document("/compare")).querySelector("h1 + p")?.textContent)).toContain(
      "most deprived fifth",
    );
    const same = await document("/compare?a=sex%3DMale&b=sex%3DMale");
    expect(words(same.querySelector(".nhsuk-inset-text")?.textContent)).toContain(
      "Both sides are the same group",
    );
    const half = await document("/compare?a=sex%3DMale&b=");
    expect(words(half.querySelector(".nhsuk-inset-text")?.textContent)).toContain(
      "Choose a group on each side",
    );
  });

  test("the file has a line for each step", async () => {
    const { body } = await workbench.see("/compare.csv?a=sex%3DFemale&b=sex%3DMale");
    const lines = body.trim().split(/\r?\n/);
    expect(lines).toHaveLength(6);
    expect(lines[1]).toMatch(/^accepted,reach,,/);
  });
});

describe("over time", () => {
  test("the gap of each period is that of its records", async () => {
    const page = await document("/over-time?by=sex&group=Male&at=accepted");
    const rows = rowsOf(page, "series-table");
    expect(rows.length).toBe(12);
    const [period, own] = rows[2]!;
    expect(period).toBe("April to June 2023");
    const during = "sex = 'Male' and referred between date '2023-04-01' and date '2023-06-30'";
    const of = await counted(`select count(*) from records where ${during} and ${settled}`);
    const reached = await counted(`select count(*) from records where ${during} and ${accepted}`);
    expect(own).toContain(` of ${of}`);
    expect(own).toContain(`${((100 * reached) / of).toFixed(0)}%`);
  });

  test("two runs of periods of one's choice, kept in the address of the file", async () => {
    const page = await document(
      "/over-time?by=sex&before-from=January+to+March+2023&before-to=January+to+March+2023&after-from=April+to+June+2023&after-to=July+to+September+2023",
    );
    const before = await counted(
      "select count(*) from records where referred between date '2023-01-01' and date '2023-03-31'",
    );
    const after = await counted(
      "select count(*) from records where referred between date '2023-04-01' and date '2023-09-30'",
    );
    const text = words(page.querySelector("main")?.textContent);
    const number = new Intl.NumberFormat("en-GB");
    expect(text).toContain(
      `${number.format(before)} referrals in the earlier period and ${number.format(after)} in the later one`,
    );
    const file = page.querySelector(".figure__csv a")!.getAttribute("href")!;
    // A quarter in an older address stands for its months.
    expect(file).toContain("before-from=January+2023");
    expect(file).toContain("after-to=September+2023");
    expect((await workbench.see(file)).body.trim().split(/\r?\n/).length).toBe(
      rowsOf(page, "then-and-now").length + 1,
    );
  });

  test("a run of months narrows every page, and stays in its addresses", async () => {
    const from = "2023-02-01";
    const records = await counted(
      `select count(*) from records where referred between date '${from}' and date '2023-06-30'`,
    );
    for (const run of [
      "from=February+2023&to=June+2023",
      "from=February+2023&to=April+to+June+2023",
    ]) {
      const page = await document(`/reach?by=sex&${run}`);
      const text = words(page.querySelector("main")?.textContent);
      expect(text).toContain("Month of referral: February 2023 until June 2023");
      expect(text).toContain(new Intl.NumberFormat("en-GB").format(records));
      const file = page.querySelector(".figure__csv a")!.getAttribute("href")!;
      expect(file).toContain("from=February+2023&to=June+2023");
    }
  });

  test("data without time say what to do", async () => {
    const workspace = await madeUpWorkspace();
    const other = await openWorkbench(workspace);
    const page = await document("/over-time", other);
    expect(words(page.querySelector(".nhsuk-inset-text")?.textContent)).toContain(
      "open a file that has a date of referral",
    );
    await other.server.close();
    await rm(workspace, { recursive: true, force: true });
  });
});

describe("how sure", () => {
  test("every gap that is told has its chance, and every silence its months", async () => {
    const found = await document("/found");
    const gaps = found.querySelectorAll(".findings__item").length;
    const page = await document("/sure?points=1");
    expect(rowsOf(page, "told")).toHaveLength(gaps);
    const silences = rowsOf(page, "silences");
    expect(silences.length).toBeGreaterThan(10);
    // About three years of data: the months grow with the square of how many times 1 point the smallest gap is.
    for (const [, , smallest, months] of silences.slice(0, 5)) {
      const points = Number.parseFloat(smallest!);
      const expected = 36 * points ** 2;
      if (expected > 12 * 20) expect(months).toBe("more than 20 years");
      else expect(Number.parseInt(months!, 10) / expected).toBeCloseTo(1, 0);
    }
  });

  test("a finding that the unknown could turn says when they would", async () => {
    const rows = rowsOf(await document("/sure"), "told");
    const links = [...(await document("/sure")).querySelectorAll("#told tbody th a")];
    const turned = rows.findIndex((row) => row[4]!.startsWith("The direction turns only if"));
    expect(turned).toBeGreaterThanOrEqual(0);
    const page = await document(links[turned]!.getAttribute("href")!);
    expect(words(page.querySelector("main")?.textContent)).toContain(rows[turned]![4]!);
  });

  test("a size that is no number is set back to the usual one", async () => {
    for (const points of ["", "-3", "many", "1e9"]) {
      const page = await document(`/sure?points=${points}`);
      expect(page.querySelector("#points")!.getAttribute("value")).toBe("5");
    }
    const comma = await document("/sure?points=2,5");
    expect(comma.querySelector("#points")!.getAttribute("value")).toBe("2.5");
  });

  test("the unknowns are counted as in the records", async () => {
    const page = await document("/sure");
    const rows = rowsOf(page, "fewer-unknowns").concat(rowsOf(page, "unknowns"));
    const unknown = await counted(`select count(*) from records where sex is null and ${settled}`);
    const all = await counted(`select count(*) from records where ${settled}`);
    const number = new Intl.NumberFormat("en-GB");
    const row = rows.find(([name, step]) => name === "Sex" && step === "Accepted")!;
    expect(row[2]).toContain(`${number.format(unknown)} of ${number.format(all)}`);
  });
});

describe("what next", () => {
  test("the questions are those of the gap's step, and each gap has its own page", async () => {
    const next = await document("/next");
    const first = next.querySelector(".answer__sentence a")!;
    expect(first.getAttribute("href")).toMatch(/^\/found\//);
    const address = first.getAttribute("href")!.replace("/found/", "/next/");
    expect(words((await document(address)).querySelector("h1 + p")?.textContent)).toBe(
      words(first.textContent),
    );
    expect((await workbench.see("/next/no-such")).status).toBe(404);
  });

  test("the thread keeps the group through pages that are about nobody", async () => {
    const first = (await document("/found")).querySelector(".answer__sentence a")!;
    const linkOf = (page: Document, text: string) =>
      [...page.querySelectorAll(".thread a")]
        .find((link) => link.textContent === text)!
        .getAttribute("href")!;
    const finding = await document(first.getAttribute("href")!);
    const why = linkOf(finding, "Why?");
    expect(why).toContain("group=");
    let page = finding;
    for (const question of ["Where is it?", "How sure are we?"]) {
      page = await document(linkOf(page, question));
      expect(linkOf(page, "Why?")).toBe(why);
    }
    // Choosing another part of the service on the way does not lose it either.
    const kept = [...page.querySelectorAll('form input[type="hidden"][name="about"]')];
    expect(kept.length).toBeGreaterThan(0);
  });

  test("the thread leads through every question and keeps the part of the service", async () => {
    const page = await document("/found?in.urgency=Routine");
    const links = [...page.querySelectorAll(".thread a")].map((link) => link.getAttribute("href")!);
    expect(links).toHaveLength(6);
    for (const link of links) {
      expect(link).toContain("in.urgency=Routine");
      expect((await workbench.see(link)).status).toBe(200);
    }
  });
});
