import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "@taproot/engine-duckdb";
import { addPlaceFile, areaOutlines, areaProfiles, populationTable } from "@taproot/place";
import { demoPlaces } from "@taproot/web";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { demoCommand } from "../../src/commands/demo.ts";

let folder: string;
let stdout: string;
let stderr: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "taproot-demo-command-"));
  stdout = "";
  stderr = "";
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(argv: string[], isTTY = false, signal?: AbortSignal) {
  let time = 0;
  return demoCommand(argv, {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text), isTTY },
    ...(signal ? { signal } : {}),
    clock: () => {
      time += 500;
      return new Date(time);
    },
  });
}

describe("taproot demo", () => {
  test("writes the service and says what it planted", async () => {
    const out = join(folder, "d.csv");
    expect(await run(["--referrals", "500", "--out", out])).toBe(0);
    expect(readFileSync(out, "utf8").trimEnd().split("\r\n")).toHaveLength(501);
    expect(stdout).toContain("500 rows of a made-up service");
    expect(stdout).toContain("accepted: deprivation: 1 (most deprived), -9 points");
    expect(stderr).toBe("");
  });

  test("shows progress on a terminal", async () => {
    expect(await run(["--referrals", "60000", "--out", join(folder, "d.csv")], true)).toBe(0);
    expect(stderr).toMatch(/of 60,000 referrals written, \d+ s left/);
  });

  test("prints one JSON object, and plants nothing or what a file says", async () => {
    const out = join(folder, "d.csv");
    expect(await run(["--referrals", "50", "--gaps", "none", "--json", "--out", out])).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ file: out, rows: 50, gaps: [], synthetic: true });
    stdout = "";
    const gaps = join(folder, "gaps.json");
    writeFileSync(gaps, '[{"step":"seen","cut":{"sex":"Male"},"points":-5}]');
    expect(await run(["--referrals", "50", "--gaps", gaps, "--json", "--out", out])).toBe(0);
    expect(JSON.parse(stdout).gaps).toHaveLength(1);
  });

  test("writes who lives in its areas and their outlines as files that can be added", async () => {
    const places = join(folder, "places");
    expect(await run(["--places", places, "--json"])).toBe(0);
    const { files } = JSON.parse(stdout) as { files: string[] };
    expect(readdirSync(places).sort()).toEqual([...files].sort());
    const home = join(folder, "home");
    for (const file of files)
      await addPlaceFile(join(places, file), { home, openEngine: openDuckDb });
    const added = await areaProfiles(home, openDuckDb);
    const own = added.tables.find(({ characteristics }) => characteristics.length === 3)!;
    const further = demoPlaces().further;
    const madeUp = await areaProfiles(join(folder, "empty"), openDuckDb, { further });
    const same = populationTable(madeUp, own.characteristics)!;
    expect(added.areas).toEqual(madeUp.areas);
    expect(own.groups).toEqual(same.groups);
    expect(own.counts).toEqual(same.counts);
    expect(added.names).toEqual(madeUp.names);
    const drawn = await areaOutlines(home, openDuckDb, added.areas);
    const told = await areaOutlines(join(folder, "empty"), openDuckDb, added.areas, { further });
    expect(drawn.rings).toEqual(told.rings);
    expect(drawn.missing).toEqual([]);
  });

  test("plants missing referrals that a file tells of", async () => {
    const gaps = join(folder, "gaps.json");
    writeFileSync(gaps, '[{"step":"referred","cut":{"sex":"Male"},"percent":-40}]');
    const out = join(folder, "d.csv");
    const places = join(folder, "places");
    expect(await run(["--referrals", "50", "--gaps", gaps, "--out", out, "--places", places])).toBe(
      0,
    );
    expect(stdout).toContain("  referred: sex: Male, -40 %");
    expect(stdout).toContain("brackenford-outlines.geojson");
    const truth = JSON.parse(readFileSync(`${out}.truth.json`, "utf8"));
    expect(truth).toMatchObject({ gaps: [], need: [{ cut: { sex: "Male" }, percent: -40 }] });
  });

  test.each([
    [[], "needs a file to write"],
    [["--out", "x.csv", "--shoe"], "--shoe"],
    [["--out", "x.csv", "--referrals", "many"], "referrals must be a whole number"],
    [["--out", "x.csv", "--gaps", "nowhere.json"], "cannot be read"],
    [["--out", "x.csv", "--as-of", "soon"], "ISO date"],
    [["--out", "x.csv", "--as-of", "2025-02-31"], "ISO date"],
  ])("explains wrong usage: %j", async (argv, message) => {
    expect(await run(argv)).toBe(2);
    expect(stderr).toContain(message);
    expect(existsSync("x.csv")).toBe(false);
  });

  test("can be cancelled, and then leaves no file", async () => {
    const out = join(folder, "d.csv");
    const cancelled = run(["--referrals", "60000", "--out", out], false, AbortSignal.abort());
    await expect(cancelled).rejects.toThrow("abort");
    expect(existsSync(out)).toBe(false);
  });

  test("says when it cannot write there", async () => {
    expect(await run(["--out", join(folder, "no", "such", "d.csv")])).toBe(1);
    expect(stderr).toContain("could not be written (ENOENT)");
  });
});
