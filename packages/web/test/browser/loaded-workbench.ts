import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "@taproot/engine-duckdb";
import { createServer, type RunningServer, workspaceIntake } from "@taproot/web";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

/** A workbench on the real way in, with the demonstration service open. */
export interface LoadedWorkbench {
  readonly server: RunningServer;
  readonly folder: string;
  readonly origin: string;
  close(): Promise<void>;
}

/** Starts a workbench; with the demo unless it is to be empty. */
export async function startWorkbench({ empty = false } = {}): Promise<LoadedWorkbench> {
  const folder = await mkdtemp(join(tmpdir(), "taproot-browser-"));
  const workspace = join(folder, "workspace");
  const placesHome = join(folder, "home");
  const intake = workspaceIntake({
    workspace,
    openEngine: openDuckDb,
    taprootHome: placesHome,
    demoReferrals: 6000,
  });
  if (!empty) await intake.loadDemo(() => {}, new AbortController().signal);
  const server = await createServer({ workspace, intake, openEngine: openDuckDb, placesHome });
  return {
    server,
    folder,
    origin: `http://127.0.0.1:${server.port}`,
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A window in which the workbench's link has been opened. Requests to anywhere else fail the test. */
export async function signedIn(
  browser: Browser,
  { server, origin }: LoadedWorkbench,
  options: BrowserContextOptions = {},
): Promise<{ context: BrowserContext; page: Page; problems: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of (400|401|404)/.test(message.text()))
      problems.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:"))
      problems.push(`elsewhere: ${request.url()}`);
  });
  await page.goto(server.newLink());
  return { context, page, problems };
}

/** A small referral list with what real ones have: a name to leave out, a contact before its referral. */
export async function writeReferralList(folder: string, rows = 400): Promise<string> {
  const path = join(folder, "Referrals March.csv");
  const lines = [
    "Patient name,Ref no,Date of referral,Date accepted,First contact,Ethnic category",
  ];
  for (let i = 0; i < rows; i++) {
    const day = (offset: number) =>
      new Date(Date.UTC(2025, 0, 13 + (i % 90) + offset)).toLocaleDateString("en-GB", {
        timeZone: "UTC",
      });
    const accepted = i % 5 === 0 ? "" : day(2);
    const seen = accepted === "" || i % 3 === 0 ? "" : day(i === 7 ? -9 : 20 + (i % 30));
    lines.push(`Ann Other,R${i},${day(0)},${accepted},${seen},${"ABHMZ"[i % 5]}`);
  }
  await writeFile(path, `${lines.join("\r\n")}\r\n`);
  return path;
}
