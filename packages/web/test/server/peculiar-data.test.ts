import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "@taproot/engine-duckdb";
import { inspectFiles, openFiles } from "@taproot/ingest";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { openWorkbench } from "../open-workbench.ts";

// Files as strange as real ones can be, opened as a person opens them: every page must answer in words.

type Row = Readonly<Record<string, string | number>>;

const day = (offset: number) =>
  new Date(Date.UTC(2025, 0, 6) + offset * 86_400_000).toISOString().slice(0, 10);

/** A small linear congruential stream: the same rows on every machine. */
function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Plan {
  readonly rows: number;
  /** What a row holds besides, or instead of, the usual. */
  readonly row?: (i: number, random: () => number) => Row;
}

function rowsOf({ rows, row = () => ({}) }: Plan): Row[] {
  const random = stream(11);
  return Array.from({ length: rows }, (_, i) => {
    const referred = Math.floor(random() * 400);
    const accepted = random() < 0.8;
    const seen = accepted && random() < 0.8;
    const completed = seen && random() < 0.7;
    return {
      "Referral ID": `R${i}`,
      "Date referred": day(referred),
      "Date accepted": accepted ? day(referred + 5) : "",
      "Date declined": accepted ? "" : day(referred + 6),
      "Decline reason": accepted ? "" : "Does not meet the criteria",
      "Date of first contact": seen ? day(referred + 20 + Math.floor(random() * 150)) : "",
      "Date completed": completed ? day(referred + 300) : "",
      "Date removed": accepted && !seen && random() < 0.6 ? day(referred + 90) : "",
      "Outcome measure": completed ? "Scale A" : "",
      "Score before": completed ? 10 : "",
      "Score after": completed ? 10 + Math.floor(random() * 5) - 1 : "",
      Sex: random() < 0.5 ? "Female" : "Male",
      "Deprivation quintile": 1 + Math.floor(random() * 5),
      "Ethnic category": "AAAABHMPZ"[Math.floor(random() * 9)]!,
      Service: random() < 0.5 ? "North" : "South",
      ...row(i, random),
    };
  });
}

const PAGES = [
  "/found",
  "/overlap",
  "/compare",
  "/need",
  "/reach",
  "/waits",
  "/waits?clock=adaptations",
  "/outcomes",
  "/over-time",
  "/why",
  "/sure",
  "/next",
  "/settings/housing",
  "/quality",
] as const;

/** Opens rows and answers with the words of every page. */
async function wordsOfPages(plan: Plan): Promise<ReadonlyMap<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), "taproot-peculiar-"));
  try {
    const rows = rowsOf(plan);
    const path = join(folder, "referrals.csv");
    const columns = Object.keys(rows[0]!);
    const lines = rows.map((row) => columns.map((column) => row[column]).join(","));
    await writeFile(path, `${[columns.join(","), ...lines].join("\n")}\n`);
    const workspace = join(folder, "workspace");
    const files = [{ path }];
    const { mapping } = await inspectFiles(files, { folder, openEngine: openDuckDb });
    await openFiles({ files, mapping, workspace, openEngine: openDuckDb });
    const workbench = await openWorkbench(workspace);
    const pages = new Map<string, string>();
    for (const page of PAGES) {
      const { status, body } = await workbench.see(page);
      expect([page, status]).toEqual([page, 200]);
      const main = parseHTML(body).document.querySelector("main")!;
      pages.set(page, (main.textContent ?? "").replaceAll(/\s+/g, " "));
      expect(main.outerHTML, page).not.toMatch(/NaN|Infinity|undefined|\[object/);
    }
    expect(workbench.logged).toEqual([]);
    await workbench.server.close();
    return pages;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const BLANK = { "Date of first contact": "", "Date completed": "", "Date removed": "" };
const NO_SCORES = { "Outcome measure": "", "Score before": "", "Score after": "" };

describe("every page answers in words when", () => {
  test("all people are in one group", async () => {
    const pages = await wordsOfPages({
      rows: 400,
      row: () => ({ Sex: "Female", "Deprivation quintile": 3, "Ethnic category": "A" }),
    });
    expect(pages.get("/found")).toContain("Nothing could be compared");
    expect(pages.get("/next")).toContain("No gap stood out here");
  });

  test("one group is of three people", async () => {
    const pages = await wordsOfPages({
      rows: 400,
      row: (i) => ({ "Deprivation quintile": i < 3 ? 1 : 2 + (i % 4) }),
    });
    expect(pages.get("/reach")).toMatch(/too few to say/);
    expect(pages.get("/compare")).toContain("too few people to compare at any step");
  });

  test("everyone is still waiting", async () => {
    const pages = await wordsOfPages({
      rows: 400,
      row: () => ({
        ...BLANK,
        ...NO_SCORES,
        "Date accepted": "2026-02-01",
        "Date declined": "",
        "Decline reason": "",
        "Date referred": "2025-06-01",
      }),
    });
    expect(pages.get("/waits")).toContain("400");
    expect(pages.get("/found")).not.toContain("fewer than expected");
  });

  test("a step is never recorded", async () => {
    const pages = await wordsOfPages({
      rows: 400,
      row: () => ({ "Date accepted": "", "Date declined": "", "Decline reason": "" }),
    });
    expect(pages.get("/reach")).not.toContain("Accepted, of those");
    expect(pages.get("/settings/housing")).toContain("its dates are not recorded");
  });

  test("every outcome is missing", async () => {
    const pages = await wordsOfPages({ rows: 400, row: () => NO_SCORES });
    expect(pages.get("/outcomes")).toMatch(/score/);
    expect(pages.get("/settings/housing")).toContain("no score before and after");
  });

  test("there are 40 services", async () => {
    const pages = await wordsOfPages({
      rows: 2000,
      row: (i) => ({ Service: `Service ${(i % 40) + 1}` }),
    });
    expect(pages.get("/why")).toContain("Service");
  });

  test("a characteristic has 500 values", async () => {
    await wordsOfPages({ rows: 2500, row: (i) => ({ "Main language": `Language ${i % 500}` }) });
  });

  test("the least deprived are worse off", async () => {
    const pages = await wordsOfPages({
      rows: 3000,
      row: (i, random) => {
        const fifth = 1 + (i % 5);
        const accepted = random() < (fifth === 5 ? 0.5 : 0.9);
        return {
          "Deprivation quintile": fifth,
          "Date referred": "2025-03-03",
          "Date accepted": accepted ? "2025-03-10" : "",
          "Date declined": accepted ? "" : "2025-03-10",
          "Decline reason": accepted ? "" : "Out of area",
          ...BLANK,
          "Date of first contact": accepted ? "2025-04-01" : "",
          ...NO_SCORES,
        };
      },
    });
    expect(pages.get("/found")).toContain(
      "People from the least deprived fifth of areas are lost at acceptance",
    );
    expect(pages.get("/next")).toContain("least deprived fifth");
  });
});
