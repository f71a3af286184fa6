import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChromium } from "./chromium.ts";
import {
  type LoadedWorkbench,
  signedIn,
  startWorkbench,
  writeReferralList,
} from "./loaded-workbench.ts";

let browser: Browser;
let workbench: LoadedWorkbench;

beforeAll(async () => {
  [browser, workbench] = await Promise.all([startChromium(), startWorkbench()]);
});
afterAll(async () => {
  await browser.close();
  await workbench.close();
});

/** Presses Tab until the focus is on what the selector names. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`Tab never came to ${selector}.`);
}

test("by keyboard alone: from Start to a finding and how it was made", async () => {
  const { page, context, problems } = await signedIn(browser, workbench);
  await page.goto(`${workbench.origin}/start`);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe(
    "Skip to main content",
  );
  await page.keyboard.press("Enter");
  await tabTo(page, 'main a[href="/found"]');
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/found$/);
  await tabTo(page, ".answer__sentence a");
  const outline = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement as Element);
    return style.outlineStyle !== "none" || style.boxShadow !== "none";
  });
  expect(outline).toBe(true);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/found\/.+/);
  expect(await page.textContent("main")).toContain("How this was made");
  await tabTo(page, 'a[href^="/methods/"]');
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/methods\/.+/);
  expect(problems).toEqual([]);
  await context.close();
});

test("filters are in the address bar, and back works", async () => {
  const { page, context, problems } = await signedIn(browser, workbench);
  await page.goto(`${workbench.origin}/found`);
  const all = await page.locator(".findings__item").count();
  await page.getByLabel("Step", { exact: true }).selectOption("accepted");
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(/step=accepted/);
  const some = await page.locator(".findings__item").count();
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(all);
  await page.goBack();
  expect(await page.locator(".findings__item").count()).toBe(all);
  await page.getByText("Look at one part of the service").click();
  const team = page.getByLabel("Team", { exact: true });
  const name = (await team.locator("option").nth(2).textContent()) ?? "";
  await team.selectOption(name);
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(/in\.team=/);
  expect(await page.textContent(".filters__chosen")).toContain(name);
  expect(problems).toEqual([]);
  await context.close();
});

test.each([true, false])(
  "a file is opened, checked and loaded; scripts on: %s",
  async (scripts) => {
    const own = await startWorkbench({ empty: true });
    const { page, context, problems } = await signedIn(browser, own, {
      javaScriptEnabled: scripts,
    });
    expect(page.url()).toBe(`${own.origin}/start`);
    await page.setInputFiles("#file", await writeReferralList(own.folder));
    await page.click("text=Check the columns");
    await page.waitForURL(/\/columns\//);
    expect(await page.textContent("main")).toContain("Looks like a name");
    await page.click("text=These are right");
    await page.waitForURL(/\/found$/, { timeout: 30_000 });
    expect(await page.locator(".synthetic").count()).toBe(0);
    expect(await page.textContent(".data-strip")).toContain("Referrals March.csv");
    await page.goto(`${own.origin}/quality`);
    expect(await page.textContent("#rows figcaption")).toBe(
      "400 rows in: 399 records counted, 1 set aside and 0 duplicates.",
    );
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.click("text=Download the rows set aside (CSV)"),
    ]);
    expect(file.suggestedFilename()).toBe("rows-set-aside.csv");
    expect(problems).toEqual([]);
    await context.close();
    await own.close();
  },
);

test("without scripts every page shows its picture, its table and its file", async () => {
  const { page, context } = await signedIn(browser, workbench, { javaScriptEnabled: false });
  for (const path of ["/found", "/reach", "/waits", "/quality"]) {
    await page.goto(workbench.origin + path);
    expect(await page.locator("figure svg[role=img]:visible").count()).toBeGreaterThan(0);
    expect(await page.locator("figure table").count()).toBeGreaterThan(0);
    expect(await page.locator("a[download]").count()).toBeGreaterThan(0);
    expect(await page.locator("figcaption").first().textContent()).not.toBe("");
  }
  await context.close();
});

test("the demonstration service is labelled as made up on every page", async () => {
  const { page, context } = await signedIn(browser, workbench);
  for (const path of ["/start", "/found", "/reach", "/waits", "/quality", "/methods", "/x"]) {
    await page.goto(workbench.origin + path);
    expect(await page.textContent(".synthetic")).toContain("Made-up data");
  }
  await context.close();
});

test("in print tables are there, and menus and choices are not", async () => {
  const { page, context } = await signedIn(browser, workbench);
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.emulateMedia({ media: "print" });
  for (const path of ["/reach", "/waits", "/quality", "/found"]) {
    await page.goto(workbench.origin + path);
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect({ path, width }).toEqual({ path, width: 794 });
  }
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  expect(await page.locator(".filters").isVisible()).toBe(false);
  expect(await page.locator(".nhsuk-header__navigation").isVisible()).toBe(false);
  expect(await page.locator("#findings-table").isVisible()).toBe(true);
  expect(await page.locator(".chart--wide").first().isVisible()).toBe(true);
  expect(await page.locator(".data-strip").isVisible()).toBe(true);
  await context.close();
});

test("a second browser without the link sees nothing", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const answer = await page.goto(`${workbench.origin}/found`);
  expect(answer?.status()).toBe(401);
  expect(await page.textContent("main")).toContain("Go to the terminal");
  await context.close();
});
