import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cube, characteristicIndex } from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { EXITS, FATE_COUNT, FATES, STEP_FATES } from "@taproot/model";
import { workspaceIntake } from "@taproot/web";
import { parseHTML } from "linkedom";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { madeUpCube, madeUpWorkspace } from "../made-up-service.ts";
import { type OpenWorkbench, openWorkbench } from "../open-workbench.ts";

let workspace: string;
let workbench: OpenWorkbench;
const cube = madeUpCube();

beforeAll(async () => {
  workspace = await madeUpWorkspace();
  workbench = await openWorkbench(workspace);
});
afterAll(async () => {
  await workbench.server.close();
  await rm(workspace, { recursive: true, force: true });
});

const textOf = (element: Element | null | undefined) =>
  (element?.textContent ?? "").replace(/\s+/g, " ").trim();

async function documentOf(path: string): Promise<Document> {
  const { body, status } = await workbench.see(path);
  expect(status).toBe(200);
  return parseHTML(body).document;
}

/** A file's lines as objects by heading; no field of these holds a comma. */
async function linesOf(path: string): Promise<readonly Record<string, string>[]> {
  const { body } = await workbench.see(path);
  const [header, ...lines] = body
    .replace(/^\uFEFF/, "")
    .trim()
    .split("\r\n");
  const cells = (line: string) =>
    (line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? []).map((cell) =>
      cell.replace(/,$/, "").replaceAll('"', ""),
    );
  const names = cells(header!);
  return lines.map((line) => {
    const values = cells(line);
    return Object.fromEntries(names.map((name, i) => [name, values[i] ?? ""]));
  });
}

/** The groups of a cell, by characteristic. */
function groupsOf(of: Cube, cell: number): Record<string, string> {
  return Object.fromEntries(
    of.characteristics.map(({ name, groups }, i) => [name, groups[of.groups[i]![cell]!]!.name]),
  );
}

/** Reached and settled at a step, of the cells that a condition keeps, added up cell by cell. */
function slowReach(
  step: "accepted" | "completed",
  keeps: (groups: Record<string, string>) => boolean,
) {
  let [reached, settled] = [0, 0];
  for (let cell = 0; cell < cube.cells; cell++) {
    if (!keeps(groupsOf(cube, cell))) continue;
    FATES.forEach((fate, column) => {
      const people = cube.fates[cell * FATE_COUNT + column]!;
      if (STEP_FATES[step].reached.includes(fate)) reached += people;
      if ([...STEP_FATES[step].reached, ...STEP_FATES[step].lost].includes(fate)) settled += people;
    });
  }
  return { reached, settled };
}

const CROSSED = ["deprivation", "ethnicity", "sex"];
const QUERY = `/overlap?${CROSSED.map((name) => `cross=${name}`).join("&")}&step=completed`;
const known = (groups: Record<string, string>, names = CROSSED) =>
  names.every((name) => groups[name] !== "Not recorded");

describe("crossing", () => {
  test("every line of the file is what its cells add up to", async () => {
    const lines = await linesOf(QUERY.replace("/overlap?", "/overlap.csv?"));
    expect(lines.length).toBeGreaterThan(40);
    for (const line of lines) {
      const { reached, settled } = slowReach("completed", (groups) =>
        CROSSED.every((name) => groups[name] === line[name]),
      );
      expect(Number(line.people)).toBe(settled);
      expect(Number(line.reached)).toBe(reached);
      expect(Number(line["share as counted"])).toBeCloseTo(reached / settled, 12);
      expect(Number(line["borrowed lower"])).toBeLessThan(Number(line["borrowed upper"]));
      expect(line["data taken on"]).toBe("2025-09-30");
    }
    const missed = lines.map((line) => Number(line.missed));
    expect(missed).toEqual([...missed].sort((a, b) => b - a));
  });

  test("the page says first how much is the sum of the parts, and how many are left out", async () => {
    const page = await documentOf(QUERY);
    expect(textOf(page.querySelector("h1"))).toBe("Where disadvantages overlap");
    expect(page.querySelectorAll("h1")).toHaveLength(1);
    const answer = page.querySelector(".answer");
    expect(textOf(answer?.querySelector(".answer__sentence"))).toMatch(
      /difference between these \d+ groups in how many completed .*\d+%|nothing to split/,
    );
    const all = slowReach("completed", () => true).settled;
    const left = all - slowReach("completed", (groups) => known(groups)).settled;
    const format = (value: number) => value.toLocaleString("en-GB");
    expect(textOf(answer)).toContain(
      `${format(left)} of ${format(all)} people (${Math.round((100 * left) / all)}%) are left out because their area deprivation, ethnic group or sex is not recorded.`,
    );
    const lines = await linesOf(QUERY.replace("/overlap?", "/overlap.csv?"));
    expect(page.querySelectorAll("#strata-table tbody tr")).toHaveLength(20);
    const every = await documentOf(`${QUERY}&show=all`);
    expect(every.querySelectorAll("#strata-table tbody tr")).toHaveLength(lines.length);
    expect(textOf(page.querySelector("#strata-table tbody tr"))).toContain(
      Number(lines[0]!.people).toLocaleString("en-GB"),
    );
  });

  test("the wait is of those followed, and people still waiting lately stand for nobody", async () => {
    const lines = await linesOf(
      "/overlap.csv?step=wait&cross=deprivation&cross=ethnicity&cross=age",
    );
    const index = CROSSED.slice(0, 2).map((name) => characteristicIndex(cube, name));
    expect(index).not.toContain(-1);
    let followed = 0;
    for (let cell = 0; cell < cube.cells; cell++) {
      const groups = groupsOf(cube, cell);
      const [first] = lines;
      if (!["deprivation", "ethnicity", "age"].every((name) => groups[name] === first![name]))
        continue;
      for (let entry = cube.waitStarts[cell]!; entry < cube.waitStarts[cell + 1]!; entry++) {
        const exit = EXITS[cube.waitExits[entry]!];
        if (exit === "declined" || exit === "undecided") continue;
        if (exit === "waiting" && cube.waitWeeks[entry]! < 18) continue;
        followed += cube.waitCounts[entry]!;
      }
    }
    expect(Number(lines[0]!.people)).toBe(followed);
  });

  test("without a choice it crosses what policy names, at the first step, and the choice shows", async () => {
    const page = await documentOf("/overlap");
    const chosen = (id: string) =>
      [...(page.querySelectorAll(`#${id} option`) ?? [])].find((one) =>
        one.hasAttribute("selected"),
      )?.textContent;
    expect(chosen("choose-step")).toBe("Accepted");
    expect(chosen("cross-1")).toBe("Deprivation");
    expect(chosen("cross-2")).toBe("Ethnic group");
  });

  test("a part of the service narrows it and stays in every link", async () => {
    const page = await documentOf(`${QUERY}&in.team=Hilltop`);
    const all = slowReach("completed", (groups) => groups.team === "Hilltop").settled;
    expect(textOf(page.querySelector(".answer"))).toContain(
      `of ${all.toLocaleString("en-GB")} people`,
    );
    for (const link of page.querySelectorAll(
      ".figure__csv a, main a[href^='/why'], main a[href^='/reach'], main a[href^='/found']",
    ))
      expect(link.getAttribute("href")).toContain("in.team=Hilltop");
    expect(page.querySelector("main a[href^='/why']")).not.toBeNull();
  });

  test("too few groups are said plainly, with what to add; an address with nonsense still opens", async () => {
    const page = await documentOf("/overlap?exactly=yes&cross=sex&cross=team");
    const said = textOf(page.querySelector(".nhsuk-inset-text"));
    expect(said).toContain("Only 4 groups have people in them; at least 20 are needed");
    const add = page.querySelector(".nhsuk-inset-text a")?.getAttribute("href") ?? "";
    expect(add).toMatch(/cross=sex&cross=team&cross=deprivation/);
    const fewer = await linesOf("/overlap.csv?exactly=yes&cross=sex&cross=team");
    expect(fewer).toMatchObject([{ reason: "tooFewGroups" }]);
    const one = await documentOf("/overlap?exactly=yes&cross=sex&cross=&cross=");
    expect(textOf(one.querySelector(".nhsuk-inset-text"))).toContain(
      "at least two characteristics",
    );
    await documentOf("/overlap?cross=nothing&step=nowhere&counts=own&counts.age=nobody");
  });
});

describe("adding up", () => {
  const usual = {
    deprivation: ["1 (most deprived)"],
    ethnicity: (group: string) => group !== "White",
  };

  test("each line of the file is what the cells add up to", async () => {
    const lines = await linesOf("/overlap/adding-up.csv");
    const of = (groups: Record<string, string>) =>
      Number(groups.deprivation === usual.deprivation[0]) +
      Number(groups.ethnicity !== "Not recorded" && usual.ethnicity(groups.ethnicity!));
    const complete = (groups: Record<string, string>) =>
      known(groups, ["deprivation", "ethnicity"]);
    const accepted = lines.filter((line) => line.step === "accepted" && line.referred !== "");
    expect(accepted).toHaveLength(3 + 2);
    for (const line of accepted) {
      const { reached, settled } = slowReach(
        "accepted",
        (groups) =>
          of(groups) === Number(line.disadvantages) &&
          complete(groups) === (line["all recorded"] === "yes"),
      );
      expect(Number(line.people)).toBe(settled);
      expect(Number(line.reached)).toBe(reached);
    }
    expect(lines.filter((line) => line.disadvantages === "each further one")).toHaveLength(5);
  });

  test("boxes say what counts, and a choice of one's own is kept in the address and obeyed", async () => {
    const page = await documentOf("/overlap");
    const ticked = [...page.querySelectorAll(".overlap-boxes input[checked]")].map(
      (box) => `${box.getAttribute("name")}=${box.getAttribute("value")}`,
    );
    expect(ticked).toEqual([
      "counts.deprivation=1 (most deprived)",
      "counts.ethnicity=Asian or Asian British",
      "counts.ethnicity=Black, African or Caribbean",
      "counts.ethnicity=Mixed or multiple",
      "counts.ethnicity=Other ethnic group",
    ]);
    const own = await documentOf("/overlap?counts=own&counts.age=85+and+over&step=completed");
    expect(textOf(own.querySelector("#accumulation-table"))).not.toContain("At least");
    const row = [...own.querySelectorAll("#accumulation-table tbody tr")][1];
    const old = slowReach("completed", (groups) => groups.age === "85 and over");
    expect(textOf(row)).toContain(
      `${old.reached.toLocaleString("en-GB")} of ${old.settled.toLocaleString("en-GB")}`,
    );
    const hidden = own.querySelector("form[action='/overlap'] input[name='counts.age']");
    expect(hidden?.getAttribute("value")).toBe("85 and over");
    for (const link of own.querySelectorAll(".figure__csv a"))
      expect(link.getAttribute("href")).toContain("counts.age=85+and+over");
  });

  test("nothing chosen is said, not shown as an empty picture", async () => {
    const page = await documentOf("/overlap?counts=own");
    expect(textOf(page.querySelector("main"))).toContain("Nothing is counted as a disadvantage");
    expect(page.querySelector("#accumulation")).toBeNull();
  });
});

test("from a gap the page leads to where its characteristics cross, at its step", async () => {
  const found = await documentOf("/found?step=accepted");
  const gap = await documentOf(
    found.querySelector(".answer__sentence a")?.getAttribute("href") ?? "",
  );
  const link = gap.querySelector("main a[href^='/overlap']")?.getAttribute("href") ?? "";
  expect(link).toMatch(/cross=deprivation.*step=accepted/);
  const page = await documentOf(link);
  expect(page.querySelector(".answer")).not.toBeNull();
  expect(textOf(page.querySelector("main"))).toMatch(
    /Ethnic group was added to make enough groups/,
  );
  const why = page.querySelector("#strata-table a")?.getAttribute("href") ?? "";
  expect(why).toMatch(/^\/why\?by=.*group=.*step=accepted/);
  expect((await workbench.see(why)).status).toBe(200);
});

test("a table of counts that holds one characteristic, or no step, is told what it lacks", async () => {
  const folder = await mkdtemp(join(tmpdir(), "taproot-overlap-"));
  const file = { path: join(folder, "counts.csv"), name: "counts.csv" };
  await writeFile(
    file.path,
    "Deprivation quintile,Population,Referrals,Accepted\n1,30000,900,600\n2,30000,700,560\n3,30000,600,490\n",
  );
  const intake = workspaceIntake({
    workspace: join(folder, "workspace"),
    openEngine: openDuckDb,
    taprootHome: join(folder, "home"),
  });
  const { mapping } = await intake.inspect([file]);
  await intake.load([file], mapping, () => {}, new AbortController().signal);
  const counts = await openWorkbench(join(folder, "workspace"), { intake });
  const { body, status } = await counts.see("/overlap");
  expect(status).toBe(200);
  expect(body).toContain("These data hold fewer than two characteristics of people");
  expect((await counts.see("/overlap.csv")).body).toContain("tooFewGroups");
  await counts.server.close();
  await rm(folder, { recursive: true, force: true });
});
