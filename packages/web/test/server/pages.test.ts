import { rm } from "node:fs/promises";
import { parseHTML } from "linkedom";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { madeUpWorkspace } from "../made-up-service.ts";
import { type OpenWorkbench, openWorkbench } from "../open-workbench.ts";

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

async function documentOf(path: string): Promise<Document> {
  const { body } = await workbench.see(path);
  return parseHTML(body).document;
}

const textOf = (element: Element | null) => (element?.textContent ?? "").replace(/\s+/g, " ");

test("every link on every page leads somewhere", async () => {
  const seen = new Set(["/"]);
  const queue = ["/"];
  const broken: string[] = [];
  while (queue.length > 0 && seen.size < 250) {
    const path = queue.shift()!;
    const answer = await workbench.see(path);
    if (answer.status === 303) {
      const next = String(answer.headers.location);
      if (!seen.has(next)) {
        seen.add(next);
        queue.push(next);
      }
      continue;
    }
    if (answer.status !== 200) broken.push(`${path}: ${answer.status}`);
    if (!String(answer.headers["content-type"]).startsWith("text/html")) continue;
    for (const link of parseHTML(answer.body).document.querySelectorAll("a[href]")) {
      const href = (link.getAttribute("href") ?? "").split("#")[0]!;
      if (href.startsWith("/") && !seen.has(href)) {
        seen.add(href);
        queue.push(href);
      }
    }
  }
  expect(broken).toEqual([]);
  expect(seen.size).toBeGreaterThan(40);
  expect([...seen].some((path) => path.startsWith("/methods/"))).toBe(true);
});

describe("what we found", () => {
  test("says the largest gap first, with people, points and how sure", async () => {
    const page = await documentOf("/found");
    expect(textOf(page.querySelector(".answer__sentence"))).toContain("most deprived fifth");
    const figures = textOf(page.querySelector(".answer .key-figures"));
    expect(figures).toMatch(/\d+ fewer likely \d+ to \d+, of [\d,]+/);
    expect(figures).toMatch(/[\d.]+ points lower likely [\d.]+ to [\d.]+/);
    expect(figures).toContain("Very unlikely to be chance");
  });

  test("what was not found says the smallest gap that could have been seen", async () => {
    const page = await documentOf("/found");
    expect(textOf(page.querySelector("#map-table"))).toMatch(/Sex\s*none seen \(under \d+\.\d\)/);
  });

  test("the file holds the same findings, with denominators, intervals and dates", async () => {
    const { body } = await workbench.see("/found.csv");
    const [header, ...rows] = body.trim().split("\r\n");
    expect(header).toContain("group of");
    expect(header).toContain("points lower");
    const page = await documentOf("/found");
    expect(rows).toHaveLength(page.querySelectorAll(".findings__item").length);
    for (const row of rows) expect(row).toContain("2024-10-01,2025-09-29,2025-09-30");
  });

  test("a step and a part of the service narrow it", async () => {
    const page = await documentOf("/found?step=accepted&in.team=Hilltop");
    expect(textOf(page.querySelector(".filters__chosen"))).toContain("Team: Hilltop");
    for (const item of page.querySelectorAll(".findings__sentence"))
      expect(textOf(item)).toContain("acceptance");
    const href = page.querySelector(".answer__sentence a")?.getAttribute("href") ?? "";
    expect(href).toContain("in.team=Hilltop");
  });
});

test("one finding shows its numbers, how they were made and the data's dates", async () => {
  const found = await documentOf("/found?step=accepted");
  const page = await documentOf(
    found.querySelector(".answer__sentence a")?.getAttribute("href") ?? "",
  );
  const made = textOf(page.querySelector("[aria-labelledby=how-made-heading]"));
  expect(made).toMatch(/[\d,]+ ÷ [\d,]+ = [\d.]+%/);
  expect(made).toContain("95% interval");
  expect(made).toMatch(/[\d,]+ comparisons were made/);
  expect(made).toContain("from 1 October 2024 to 29 September 2025; taken on 30 September 2025");
  expect(textOf(page.querySelector("#gradient-heading")?.parentElement ?? null)).toMatch(
    /percentage points/,
  );
});

test("the rows of the file are reconciled exactly", async () => {
  const page = await documentOf("/quality");
  expect(textOf(page.querySelector("#rows figcaption"))).toBe(
    "9,050 rows in: 9,000 records counted, 36 set aside and 14 duplicates.",
  );
  expect(textOf(page.querySelector("#issues-table"))).toContain("Set aside");
  expect(textOf(page.querySelector("#places-table"))).toContain("8,620 (96%)");
  expect(textOf(page.querySelector("#dates-table"))).toContain("day/month/year");
});

test.each(["/found", "/reach", "/waits", "/quality"])(
  "%s says whose data and of when, and that they are made up",
  async (path) => {
    const page = await documentOf(path);
    const strip = textOf(page.querySelector(".data-strip"));
    expect(strip).toContain("made-up-referrals.csv (made up)");
    expect(strip).toContain("9,000");
    expect(strip).toContain("30 September 2025");
    expect(textOf(page.querySelector(".synthetic"))).toContain("Made-up data");
  },
);

test("waits count people still waiting and give every horizon", async () => {
  const page = await documentOf("/waits?by=deprivation");
  const head = textOf(page.querySelector("#waits-table thead"));
  for (const weeks of [4, 12, 18, 52]) expect(head).toContain(`Seen by ${weeks} weeks`);
  expect(head).toContain("Still waiting");
  const everyone = [...page.querySelectorAll("#waits-table tbody tr")].at(-1) ?? null;
  expect(textOf(everyone)).toMatch(/^Everyone9,000/);
});
