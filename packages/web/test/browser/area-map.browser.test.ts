import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChromium } from "./chromium.ts";
import { type LoadedWorkbench, signedIn, startWorkbench } from "./loaded-workbench.ts";

let browser: Browser;
let workbench: LoadedWorkbench;

beforeAll(async () => {
  [browser, workbench] = await Promise.all([startChromium(), startWorkbench()]);
});
afterAll(async () => {
  await browser.close();
  await workbench.close();
});

/** How much of the map each drawn colour takes: changes when the map moves. */
const picture = (page: Page) =>
  page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const canvas = document.querySelector<HTMLCanvasElement>("#area-map-canvas")!;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    let drawn = 0;
    let mixed = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] === 0) continue;
      drawn++;
      mixed = (mixed * 31 + data[i]! * 7 + data[i + 1]! * 3 + data[i + 2]! + i) % 1_000_003;
    }
    return { drawn: drawn / (data.length / 4), mixed };
  });

const said = (page: Page) => page.textContent("#area-map-area");

async function openMap(level = "small-areas", width = 1280) {
  const opened = await signedIn(browser, workbench, { viewport: { width, height: 900 } });
  await opened.page.goto(`${workbench.origin}/need?level=${level}`);
  await opened.page.waitForSelector("#area-map:not([hidden])");
  return opened;
}

test("the map is drawn, and moves by keyboard", async () => {
  const { page, context, problems } = await openMap();
  const whole = await picture(page);
  expect(whole.drawn).toBeGreaterThan(0.2);
  await page.focus("#area-map-canvas");
  const seen = new Set([whole.mixed]);
  for (const key of ["+", "ArrowLeft", "ArrowUp", "-"]) {
    await page.keyboard.press(key);
    seen.add((await picture(page)).mixed);
  }
  expect(seen.size).toBe(5);
  await page.keyboard.press("0");
  expect(await picture(page)).toEqual(whole);
  expect(problems).toEqual([]);
  await context.close();
});

test("from area to area by keyboard, by the list's buttons and by the table: the numbers are the table's", async () => {
  const { page, context, problems } = await openMap();
  const first = await page.textContent("#need-areas-table tbody tr:first-child .area-map__row");
  const cells = await page.locator("#need-areas-table tbody tr:first-child td").allInnerTexts();
  await page.focus("#area-map-canvas");
  await page.keyboard.press("PageDown");
  const sentence = (await said(page)) ?? "";
  expect(sentence).toContain(first);
  // Referrals, expected, and the number for every 100 expected.
  expect(sentence).toContain(`${cells[2]} referrals, ${cells[3]} expected.`);
  expect(sentence).toContain(`${/^\d+/.exec(cells[5] ?? "")?.[0]} for every 100 expected`);
  await page.getByRole("button", { name: "Next area" }).click();
  const next = await said(page);
  expect(next).not.toBe(sentence);
  await page.getByRole("button", { name: "Previous area" }).click();
  expect(await said(page)).toBe(sentence);
  const third = page.locator("#need-areas-table tbody tr:nth-child(3) .area-map__row");
  await third.click();
  expect(await said(page)).toContain(await third.textContent());
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("area-map-canvas");
  expect(problems).toEqual([]);
  await context.close();
});

test("neighbourhoods are drawn and walked as one each, with the table's numbers", async () => {
  const { page, context, problems } = await openMap("neighbourhoods");
  const rows = page.locator("#need-areas-table tbody tr");
  const number = await rows.count();
  const first = await rows.first().locator(".area-map__row").textContent();
  const cells = await rows.first().locator("td").allInnerTexts();
  await page.focus("#area-map-canvas");
  await page.keyboard.press("PageDown");
  const sentence = (await said(page)) ?? "";
  expect(sentence).toContain(first);
  expect(sentence).toContain(`${cells[2]} referrals, ${cells[3]} expected.`);
  const seen = new Set<string | null>();
  for (let step = 0; step < number; step++) {
    seen.add(await said(page));
    await page.getByRole("button", { name: "Next neighbourhood" }).click();
  }
  expect(seen.size).toBe(number);
  expect(await said(page)).toBe(sentence);
  await page.click(".need-levels a:has-text('small areas')");
  await page.waitForURL(/level=small-areas/);
  await page.waitForSelector("#area-map:not([hidden])");
  expect(await rows.count()).toBeGreaterThan(number);
  expect(problems).toEqual([]);
  await context.close();
});

test("a pointer over an area says its numbers, and a tap marks it", async () => {
  const { page, context } = await openMap();
  const canvas = page.locator("#area-map-canvas");
  await canvas.scrollIntoViewIfNeeded();
  const box = (await canvas.boundingBox())!;
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  const heard = new Set<string | null>();
  for (const place of [at(0.4, 0.4), at(0.5, 0.5), at(0.6, 0.6)]) {
    await page.mouse.move(...place);
    heard.add(await said(page));
  }
  expect(heard.size).toBe(3);
  for (const words of heard) expect(words).toMatch(/people who could need the service/);
  const before = await picture(page);
  await page.mouse.click(...at(0.6, 0.6));
  expect(await picture(page)).not.toEqual(before);
  await context.close();
});

test("without scripts there is no map, and its table is there, sorted by a link", async () => {
  const { page, context } = await signedIn(browser, workbench, { javaScriptEnabled: false });
  await page.goto(`${workbench.origin}/need?level=small-areas`);
  expect(await page.locator("#area-map").isVisible()).toBe(false);
  expect(await page.locator("#need-areas-table tbody tr").count()).toBe(50);
  await page.click("#need-areas-table thead a:has-text('People')");
  await page.waitForURL(/sort=people/);
  const people = await page.locator("#need-areas-table tbody tr td:nth-child(3)").allTextContents();
  const numbers = people.map((text) => Number(text.replaceAll(",", "")));
  expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
  await page.click("text=Next 50 areas");
  await page.waitForURL(/areas-page=2/);
  expect(await page.locator("#need-areas-table tbody tr").count()).toBe(50);
  await context.close();
});
