import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MadeUpRow, madeUpFile, madeUpRows } from "../../../awareness/test/made-up-rows.ts";
import { type ListedWorkbench, textOf, workbenchWithList } from "../listed-workbench.ts";

const PAIN = "Pain (0 to 10)";
const rows = madeUpRows(1200);
const outcome = {
  higherIsBetter: true,
  smallestChange: 0,
  instruments: [
    { instrument: PAIN, higherIsBetter: false, smallestChange: 1, source: "Our own audit of 2025" },
  ],
};
let workbench: ListedWorkbench;

beforeAll(async () => {
  workbench = await workbenchWithList(madeUpFile(rows), (mapping) => ({ ...mapping, outcome }));
});
afterAll(() => workbench.close());

const address = (path: string, measure?: string) =>
  `${path}?by=sex${measure ? `&measure=${encodeURIComponent(measure)}` : ""}`;

async function cell(path: string, row: string, column: string): Promise<string> {
  const [header, ...lines] = await workbench.file(path);
  const index = header!.indexOf(column);
  expect(index).toBeGreaterThan(0);
  return lines.find(([name]) => name === row)![index]!;
}

const women = (measure: string) =>
  rows.filter((row) => row.sex === "Female" && row.measure === measure);
const gained = (row: MadeUpRow) =>
  ((Math.round(10 * Number(row.after)) - Math.round(10 * Number(row.before))) *
    (row.measure === PAIN ? -1 : 1)) /
  10;

describe("the page about outcomes", () => {
  test("answers first: who gains less, by which reading, and of how many nothing is known", async () => {
    const page = await workbench.page(address("/outcomes", PAIN));
    expect(page.querySelectorAll("h1")).toHaveLength(1);
    const answer = textOf(page.querySelector(".answer"));
    expect(answer).toContain("Women and girls gained");
    expect(answer).toContain("on Pain (0 to 10) than everyone else");
    expect(answer).toMatch(/have no score before and after/);
    expect(answer).toContain(
      "A lower score is better. The smallest change that matters is 1 point (source: Our own audit of 2025).",
    );
  });

  test.each([PAIN, "Goal score"])("on %s the numbers are those of the rows", async (measure) => {
    const own = women(measure);
    const scored = own.filter(({ before, after }) => before && after);
    const finished = own.filter(({ completed }) => completed);
    const unmeasured = finished.filter(({ after }) => !after);
    const path = address("/outcomes.csv", measure);
    const mean = scored.reduce((sum, row) => sum + gained(row), 0) / scored.length;
    expect(Number(await cell(path, "Female", "mean change"))).toBeCloseTo(mean, 9);
    expect(await cell(path, "Female", "finished")).toBe(String(finished.length));
    expect(await cell(path, "Female", "finished without both scores")).toBe(
      String(unmeasured.length),
    );
    const smallest = measure === PAIN ? 1 : 0;
    const improved = finished.filter(
      (row) => row.after && gained(row) > 0 && gained(row) >= smallest,
    );
    expect(await cell(path, "Female", "improved")).toBe(String(improved.length));
    const page = await workbench.page(address("/outcomes", measure));
    const missing = textOf(page.querySelector("#missing-table"));
    expect(missing).toContain(`Female${finished.length}${unmeasured.length}`.replace(/\s/g, ""));
    expect(page.querySelector("select[name=measure] option[selected]")?.getAttribute("value")).toBe(
      measure,
    );
  });

  test("the measure that most people have is shown first, and a measure that is not there changes nothing", async () => {
    for (const path of ["/outcomes", "/outcomes?measure=Nothing"])
      expect(textOf((await workbench.page(path)).querySelector(".answer__heading"))).toBe(
        "Scores before and after: Goal score",
      );
  });

  test("measures are never mixed, and people with none are said to be in no table", async () => {
    const page = await workbench.page(address("/outcomes"));
    expect(textOf(page.querySelector("main"))).toContain("their changes are never added up");
  });
});

describe("data that cannot support a part of the page", () => {
  const short = (columns: (row: MadeUpRow) => string, header: string, of = rows) =>
    workbenchWithList(`${[header, ...of.map(columns)].join("\n")}\n`);

  test("no scores: said plainly, with what to do", async () => {
    const list = await short(
      (row) => `${row.id},${row.sex},${row.referred},${row.seen},${row.completed}`,
      "Referral ID,Sex,Date referred,Date first contact,Date completed",
      rows.slice(0, 100),
    );
    const page = await list.page("/outcomes");
    expect(textOf(page.querySelector(".nhsuk-inset-text"))).toContain(
      "These data hold no scores from before and after.",
    );
    expect(page.querySelector(".figure")).toBeNull();
    await list.close();
  });

  test("scores without a measure: nothing is asked", async () => {
    const list = await short(
      (row) =>
        `${row.id},${row.sex},${row.referred},${row.seen},${row.completed},${row.before},${row.after}`,
      "Referral ID,Sex,Date referred,Date first contact,Date completed,Score before,Score after",
    );
    const page = await list.page("/outcomes?by=sex");
    expect(page.querySelector("select[name=measure]")).toBeNull();
    expect(textOf(page.querySelector(".answer"))).toContain(
      "The smallest change that matters is not set: any improvement counts.",
    );
    await list.close();
  });

  test("every second score missing: the bounds are everything, and no change is told", async () => {
    const list = await short(
      (row) =>
        `${row.id},${row.sex},${row.referred},${row.seen},${row.completed},Goal score,${row.before},${row.id === "R1" ? "3" : ""}`,
      "Referral ID,Sex,Date referred,Date first contact,Date completed,Outcome measure,Score before,Score after",
    );
    const page = await list.page("/outcomes?by=sex");
    expect(textOf(page.querySelector(".answer__sentence"))).toContain(
      "Too few people have a score",
    );
    expect(textOf(page.querySelector("#improved-table"))).toContain("0% to 100%");
    expect(textOf(page.querySelector("#missing figcaption"))).toContain("(100%)");
    await list.close();
  });

  test("a table of counts has no scores", async () => {
    const header = "Board,Referred,Accepted,Seen";
    const list = await workbenchWithList(
      `${[header, "North,100,80,70", "South,90,80,60", "West,80,70,40", "East,70,60,50"].join("\n")}\n`,
    );
    expect(textOf((await list.page("/outcomes")).querySelector(".nhsuk-inset-text"))).toContain(
      "This is a table of counts.",
    );
    await list.close();
  });
});
