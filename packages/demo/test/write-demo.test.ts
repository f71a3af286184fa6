import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  DEMO_CHARACTERISTICS,
  DEMO_COLUMNS,
  type DemoTruth,
  demoAreas,
  writeDemo,
} from "../src/index.ts";

let folder: string;
let truth: DemoTruth;
let rows: Record<string, string>[];

function readRows(path: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(path, "utf8").trimEnd().split("\r\n");
  const names = header!.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    expect(cells).toHaveLength(names.length);
    return Object.fromEntries(names.map((name, index) => [name, cells[index]!]));
  });
}

const digest = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

function day(text: string): number {
  const [date, month, year] = text.split("/").map(Number);
  const parsed = new Date(Date.UTC(year!, month! - 1, date!));
  return parsed.getUTCDate() === date ? parsed.getTime() / 86_400_000 : Number.NaN;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "taproot-demo-"));
  truth = await writeDemo({
    referrals: 40_000,
    seed: 3,
    dirtyShare: 0.01,
    out: join(folder, "demo.csv"),
  });
  rows = readRows(join(folder, "demo.csv"));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("writeDemo", () => {
  test("writes the rows it was asked for, under the header of a record system", () => {
    expect(rows).toHaveLength(40_000);
    expect(Object.keys(rows[0]!)).toEqual([...DEMO_COLUMNS]);
  });

  test("leaves only the file and its truth", () => {
    expect(readdirSync(folder).filter((name) => name.startsWith("demo"))).toEqual([
      "demo.csv",
      "demo.csv.truth.json",
    ]);
    expect(JSON.parse(readFileSync(join(folder, "demo.csv.truth.json"), "utf8"))).toEqual(truth);
  });

  test("gives the same bytes for the same seed and others for another", async () => {
    const same = join(folder, "same.csv");
    const other = join(folder, "other.csv");
    await writeDemo({ referrals: 40_000, seed: 3, dirtyShare: 0.01, out: same });
    await writeDemo({ referrals: 40_000, seed: 4, dirtyShare: 0.01, out: other });
    expect(digest(same)).toBe(digest(join(folder, "demo.csv")));
    expect(digest(other)).not.toBe(digest(same));
  });

  test("knows how many rows break which rule", () => {
    const seen = new Set<string>();
    const found = { impossibleDate: 0, contactBeforeReferral: 0, completionBeforeContact: 0 };
    let [duplicates, ages, codes] = [0, 0, 0];
    for (const row of rows) {
      if (seen.has(row["Referral ID"]!)) {
        duplicates++;
        continue;
      }
      seen.add(row["Referral ID"]!);
      const referred = day(row["Date of referral"]!);
      const contact = row["Date of first contact"] ? day(row["Date of first contact"]) : Infinity;
      const completed = row["Date completed"] ? day(row["Date completed"]) : Infinity;
      if (Number.isNaN(referred)) found.impossibleDate++;
      else if (contact < referred) found.contactBeforeReferral++;
      else if (completed < contact) found.completionBeforeContact++;
      if (Number(row["Age at referral"]) > 120) ages++;
      if (row["Ethnic category"] === "X9") codes++;
    }
    const { duplicateReferral, ageOutOfRange, unknownCode, ...dates } = truth.dirty;
    expect({ ...found, duplicates, ages, codes }).toEqual({
      ...dates,
      duplicates: duplicateReferral,
      ages: ageOutOfRange,
      codes: unknownCode,
    });
    expect(truth.rows).toBe(truth.records + truth.quarantined + truth.duplicates);
    expect(truth.quarantined).toBe(
      Object.values(truth.dirty).reduce((sum, each) => sum + each, 0) - duplicateReferral,
    );
    expect(Math.min(...Object.values(truth.dirty))).toBeGreaterThan(5);
  });

  test("counts the acceptance gap as the file shows it", () => {
    const quintile = new Map(demoAreas().map((area) => [area.area, area.quintile]));
    const count = { group: [0, 0], elsewhere: [0, 0], unknown: [0, 0] };
    for (const row of clean(rows)) {
      if (!row["Date accepted"] && !row["Date declined"]) continue;
      const fifth = quintile.get(row.LSOA!);
      const side = fifth === undefined ? "unknown" : fifth === 1 ? "group" : "elsewhere";
      count[side][0]!++;
      if (row["Date accepted"]) count[side][1]!++;
    }
    const gap = truth.gaps[0]!;
    for (const side of ["group", "elsewhere", "unknown"] as const)
      expect([gap[side].eligible, gap[side].reached]).toEqual(count[side]);
  });

  test("counts the crossing's gap as the file shows it", () => {
    const group = [0, 0];
    for (const row of clean(rows)) {
      const ended = row["Date completed"] || (row["Date of first contact"] && row["Date removed"]);
      if (!ended || row.Disability !== "Yes" || row["Digital access"] !== "No internet access")
        continue;
      group[0]!++;
      if (row["Date completed"]) group[1]!++;
    }
    const gap = truth.gaps.find((each) => each.step === "completed")!;
    expect([gap.group.eligible, gap.group.reached]).toEqual(group);
  });

  test("says of missing referrals what the file shows, and changes nothing in it for them", async () => {
    const [need] = truth.need;
    const planted = new Set(need!.areas);
    const known = new Set(demoAreas().map(({ area }) => area));
    const records = clean(rows);
    expect(records.filter(({ LSOA }) => planted.has(LSOA!))).toHaveLength(need!.recorded);
    expect(records.filter(({ LSOA }) => !known.has(LSOA!))).toHaveLength(need!.unknown);
    expect(need!.referrals).toBeGreaterThan(need!.recorded);
    expect(need!.expectedReferrals).toBeCloseTo(need!.referrals / 0.7, 3);
    expect(need!.missingReferrals).toBeCloseTo(need!.expectedReferrals - need!.referrals, 3);
    const out = join(folder, "no-need.csv");
    const same = { referrals: 40_000, seed: 3, dirtyShare: 0.01, out };
    const without = await writeDemo({ ...same, needGaps: [] });
    expect(without.need).toEqual([]);
    expect(digest(out)).toBe(digest(join(folder, "demo.csv")));
    const byGroup = await writeDemo({
      ...same,
      needGaps: [{ step: "referred", cut: { sex: "Male" }, percent: -20 }],
    });
    const men = records.filter(({ Sex }) => Sex === "Male");
    expect(byGroup.need[0]!.recorded).toBe(men.length);
    expect(byGroup.unknown.sex).toBe(byGroup.need[0]!.unknown);
  });

  test("is byte for byte the demo of which the documents tell", async () => {
    const out = join(folder, "told.csv");
    await writeDemo({ referrals: 20_000, out });
    expect(digest(out)).toBe("70252f31fc5c7c7abd7d0ad2558d3154fe533368064e64bf026fe64d12ae741c");
  });

  test("holds people still waiting, in treatment and awaiting a decision, and nothing after the snapshot", () => {
    const asOf = Date.parse(truth.asOf) / 86_400_000;
    const states = { waiting: 0, inTreatment: 0, awaitingDecision: 0 };
    for (const row of clean(rows)) {
      for (const [name, cell] of Object.entries(row))
        if (name.includes("Date") && cell) expect(day(cell)).toBeLessThanOrEqual(asOf);
      if (row["Date removed"] || row["Date completed"] || row["Date declined"]) continue;
      if (row["Date of first contact"]) states.inTreatment++;
      else if (row["Date accepted"]) states.waiting++;
      else states.awaitingDecision++;
    }
    expect(states.waiting).toBeGreaterThan(2000);
    expect(states.inTreatment).toBeGreaterThan(1000);
    expect(states.awaitingDecision).toBeGreaterThan(50);
  });

  test("leaves each characteristic unrecorded about as often as asked, more often in some groups", async () => {
    const asked = { ethnicity: 0.3, disability: 0.05 };
    const out = join(folder, "unknown.csv");
    const { unknown, records } = await writeDemo({ referrals: 12_000, unknownShare: asked, out });
    expect(unknown.ethnicity! / records).toBeCloseTo(0.3, 1);
    expect(unknown.disability! / records).toBeCloseTo(0.05, 1);
    expect(unknown.carer).toBe(0);
    const white = (path: string) =>
      readRows(path).filter((row) => /^[ABC]$/.test(row["Ethnic category"]!)).length;
    const all = await writeDemo({ referrals: 12_000, unknownShare: {}, dirtyShare: 0, out });
    expect(all.unknown.ethnicity).toBe(0);
    const trueWhite = white(out) / 12_000;
    await writeDemo({ referrals: 12_000, unknownShare: asked, dirtyShare: 0, out });
    const recordedWhite = white(out) / (12_000 * 0.7);
    expect(recordedWhite).toBeGreaterThan(trueWhite + 0.03);
  });

  test("covers every characteristic's groups in the truth of all cuts, and pairs on request", async () => {
    const names = new Set(truth.cuts.flatMap(({ cut }) => Object.keys(cut)));
    expect([...names].sort()).toEqual(DEMO_CHARACTERISTICS.map(({ name }) => name).sort());
    const { cuts } = await writeDemo({ referrals: 3000, pairs: true, out: join(folder, "p.csv") });
    const crossing = cuts.find(
      ({ cut, step }) => cut.sex === "Female" && cut.carer === "No" && step === "accepted",
    )!;
    expect(crossing.count.eligible).toBeGreaterThan(500);
  });

  test("stops when told and leaves nothing behind", async () => {
    const out = join(folder, "stopped.csv");
    const abort = new AbortController();
    const written = writeDemo({
      referrals: 200_000,
      out,
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(written).rejects.toThrow("abort");
    expect(readdirSync(folder).filter((name) => name.startsWith("stopped"))).toEqual([]);
  });

  test.each([
    [{ referrals: 0 }, "referrals must be a whole number from 1"],
    [{ referrals: 10, asOf: "yesterday" }, "must be an ISO date"],
    [{ referrals: 10, unknownShare: 2 }, "unknown share is from 0 to 0.9"],
  ])("refuses %o", async (options, message) => {
    await expect(writeDemo({ ...options, out: join(folder, "bad.csv") })).rejects.toThrow(message);
  });
});

function clean(all: Record<string, string>[]): Record<string, string>[] {
  const seen = new Set<string>();
  return all.filter((row) => {
    if (seen.has(row["Referral ID"]!)) return false;
    seen.add(row["Referral ID"]!);
    const referred = day(row["Date of referral"]!);
    const contact = row["Date of first contact"] ? day(row["Date of first contact"]) : referred;
    const completed = row["Date completed"] ? day(row["Date completed"]) : contact;
    const age = Number(row["Age at referral"]);
    return (
      contact >= referred && completed >= contact && age <= 120 && row["Ethnic category"] !== "X9"
    );
  });
}
