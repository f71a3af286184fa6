import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startChromium } from "./chromium.ts";
import {
  type LoadedWorkbench,
  signedIn,
  startWorkbench,
  writeReferralList,
} from "./loaded-workbench.ts";

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

let axe: string;
let browser: Browser;
let workbench: LoadedWorkbench;

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  [browser, workbench] = await Promise.all([startChromium(), startWorkbench()]);
});
afterAll(async () => {
  await browser.close();
  await workbench.close();
});

/** What axe finds against WCAG 2.2 AA and good practice, as one line each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const result = (await page.evaluate(
    `axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })`,
  )) as AxeResult;
  return result.violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(" | ")}`,
  );
}

const PAGES = [
  "/start",
  "/found",
  "/found?show=all&by=ethnicity",
  "/overlap",
  "/overlap?step=wait&cross=age&cross=sex&exactly=yes&counts=own&counts.age=85+and+over",
  "/reach",
  "/reach?by=age",
  "/waits",
  "/waits?by=ethnicity&of=accepted",
  "/waits?clock=own&clockFrom=seen&clockTo=completed&clockLimit=12&each=week",
  "/waits?clock=nonsense",
  "/outcomes",
  "/outcomes?by=ethnicity",
  "/sure",
  "/compare",
  "/over-time",
  "/next",
  "/pins",
  "/settings",
  "/settings/housing",
  "/why",
  "/why?by=ethnicity&group=White&step=wait&fair=nothing",
  "/need",
  "/need?level=small-areas",
  "/need?level=neighbourhoods",
  "/need?by=ethnicity&standard=others&catchment=chosen&place=D01000001",
  "/quality",
  "/methods",
  "/methods/worst-case-bounds",
  "/accessibility",
  "/nowhere",
  "/found/nothing",
];

describe.each([1280, 320])("axe finds nothing at a width of %i", (width) => {
  test.each([...PAGES, "a finding"])("on %s", async (path) => {
    const { page, context, problems } = await signedIn(browser, workbench, {
      viewport: { width, height: 800 },
      bypassCSP: true,
    });
    await page.goto(workbench.origin + (path.startsWith("/") ? path : "/found"));
    if (path === "a finding") await page.click(".answer__sentence a");
    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe("axe finds nothing", () => {
  test("where columns are checked, with and without a problem", async () => {
    const { page, context } = await signedIn(browser, workbench, { bypassCSP: true });
    await page.goto(`${workbench.origin}/start`);
    await page.setInputFiles("#file", await writeReferralList(workbench.folder));
    await page.click("text=Check the columns");
    await page.waitForURL(/\/columns\//);
    expect(await violations(page)).toEqual([]);
    await page.getByLabel("Holds (column Date of referral)").selectOption("ignored");
    await page.click("text=These are right");
    expect(await page.title()).toMatch(/^Error: /);
    expect(await violations(page)).toEqual([]);
    await context.close();
  });

  test("on the page for those without the link", async () => {
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${workbench.origin}/found`);
    expect(await violations(page)).toEqual([]);
    await context.close();
  });
});

describe("at 320 pixels, as at 400 %", () => {
  test("no page scrolls sideways", async () => {
    const { page, context } = await signedIn(browser, workbench, {
      viewport: { width: 320, height: 700 },
    });
    for (const path of PAGES) {
      await page.goto(workbench.origin + path);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect({ path, width }).toEqual({ path, width: 320 });
    }
    await context.close();
  });
});

describe("at 200 %", () => {
  test("no page scrolls sideways", async () => {
    const { page, context } = await signedIn(browser, workbench, {
      viewport: { width: 640, height: 450 },
      deviceScaleFactor: 2,
    });
    for (const path of PAGES) {
      await page.goto(workbench.origin + path);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect({ path, width }).toEqual({ path, width: 640 });
    }
    await context.close();
  });
});
