// Takes the pictures of docs/images from the real pages on the demonstration service:
//   node --conditions=taproot-source --import tsx scripts/screenshots.ts
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { indexedPng } from "./indexed-png.ts";

const root = join(import.meta.dirname, "..");
const images = join(root, "docs/images");

/** Each picture: where it is taken and how tall it may be, in CSS pixels. */
const PICTURES: readonly {
  readonly name: string;
  readonly path: string;
  readonly tallest: number;
}[] = [
  { name: "start", path: "/start", tallest: 1300 },
  { name: "found", path: "/found", tallest: 1500 },
  { name: "reach", path: "/reach?by=deprivation", tallest: 1700 },
  { name: "waits", path: "/waits?by=ethnicity", tallest: 1700 },
  { name: "need", path: "/need", tallest: 2600 },
  { name: "overlap", path: "/overlap", tallest: 1500 },
  { name: "why", path: "/why", tallest: 1700 },
  { name: "sure", path: "/sure", tallest: 1500 },
  { name: "quality", path: "/quality", tallest: 1800 },
];

/** Starts the workbench as a person would, and reads the link that it prints. */
async function startServer(home: string): Promise<{ server: ChildProcess; link: string }> {
  const server = spawn(
    process.execPath,
    ["--conditions=taproot-source", join(root, "packages/cli/bin/taproot.mjs"), "serve"],
    { env: { ...process.env, TAPROOT_HOME: home }, stdio: ["ignore", "pipe", "inherit"] },
  );
  const link = await new Promise<string>((resolve, reject) => {
    let text = "";
    server.stdout?.on("data", (part: Buffer) => {
      text += part.toString("utf8");
      const found = /http:\/\/127\.0\.0\.1:\d+\/open\?link=\S+/.exec(text)?.[0];
      if (found) resolve(found);
    });
    server.once("exit", () => reject(new Error("The workbench did not start.")));
  });
  return { server, link };
}

async function take(page: Page, name: string, tallest: number): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const png = await page.screenshot({
    fullPage: true,
    clip: { x: 0, y: 0, width: 1280, height: Math.min(height, tallest) },
  });
  const small = indexedPng(png);
  await writeFile(join(images, `${name}.png`), small);
  console.log(`docs/images/${name}.png ${Math.round(small.length / 1000)} kB`);
}

const browserPath = [process.env.TAPROOT_CHROMIUM, "/usr/bin/chromium"].find(
  (path) => path && existsSync(path),
);
const home = await mkdtemp(join(tmpdir(), "taproot-screenshots-"));
const browser = await chromium.launch({
  ...(browserPath ? { executablePath: browserPath } : {}),
  args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-gpu", "--no-first-run"],
});
const { server, link } = await startServer(home);
try {
  await mkdir(images, { recursive: true });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(link);
  const { origin } = new URL(link);
  for (const { name, path, tallest } of PICTURES) {
    await page.goto(origin + path);
    await take(page, name, tallest);
  }
  await page.goto(`${origin}/found`);
  await page.click(".answer__sentence a");
  await take(page, "finding", 1700);
  const list = join(home, "Referrals March.csv");
  await writeFile(list, referralList());
  await page.goto(`${origin}/start`);
  await page.setInputFiles("#file", list);
  await page.click("text=Check the columns");
  await page.waitForURL(/\/columns\//);
  await take(page, "columns", 1400);
} finally {
  await browser.close();
  server.kill("SIGINT");
  await rm(home, { recursive: true, force: true });
}

/** A few made-up referrals with the columns that real lists have. */
function referralList(): string {
  const day = (offset: number) =>
    new Date(Date.UTC(2026, 0, 13 + offset)).toLocaleDateString("en-GB");
  const rows = Array.from({ length: 120 }, (_, i) =>
    [
      "Ann Other",
      `R${1000 + i}`,
      day(i),
      i % 5 === 0 ? "" : day(i + 2),
      i % 3 === 0 ? "" : day(i + 20),
      "ABHMZ"[i % 5],
      i % 2 === 0 ? "F" : "M",
      ["Owned", "Social rent", "Private rent"][i % 3],
    ].join(","),
  );
  const header =
    "Patient name,Ref no,Date of referral,Date accepted,First contact,Ethnic category,Gender,Housing tenure";
  return [header, ...rows, ""].join("\r\n");
}
