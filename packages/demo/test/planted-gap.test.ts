import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  type PlantedGap,
  parseGaps,
  parseNeedGaps,
  randomGaps,
  resolveGaps,
  writeDemo,
} from "../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "taproot-gaps-"));
afterAll(() => rmSync(folder, { recursive: true }));

const plant = (gaps: readonly PlantedGap[], referrals = 60_000) =>
  writeDemo({ referrals, seed: 5, gaps, dirtyShare: 0, out: join(folder, "demo.csv") });

/** Half the width of a 99.9 % interval of a difference of shares, in points. */
function width(gap: { group: { eligible: number }; elsewhere: { eligible: number } }): number {
  return 100 * 3.29 * Math.sqrt(0.25 / gap.group.eligible + 0.25 / gap.elsewhere.eligible);
}

describe("planted gaps", () => {
  test.each<PlantedGap>([
    { step: "accepted", cut: { age: "85 and over" }, points: -12 },
    { step: "seen", cut: { sex: "Male" }, points: 6 },
    { step: "completed", cut: { ethnicity: "White", carer: "Yes" }, points: -10 },
    { step: "improved", cut: { rurality: "Rural" }, points: -15 },
    { step: "wait", cut: { disability: "Yes" }, points: -10 },
    { step: "wait", cut: { language: "Polish" }, points: 8, weeks: 26 },
  ])("come out as asked: $step, $points", async (planted) => {
    const [gap] = (await plant([planted])).gaps;
    expect(Math.abs(gap!.expectedPoints! - planted.points)).toBeLessThan(
      planted.step === "wait" ? 1 : 1e-6,
    );
    expect(Math.abs(gap!.realisedPoints! - gap!.expectedPoints!)).toBeLessThan(width(gap!));
  });

  test("are absent when none are planted: every cut is expected to fare alike", async () => {
    const { gaps, cuts } = await plant([], 5000);
    expect(gaps).toEqual([]);
    for (const step of ["accepted", "seen", "completed", "improved"]) {
      const expected = cuts
        .filter((cut) => cut.step === step)
        .map((cut) => cut.count.expectedPercent);
      expect(new Set(expected).size).toBe(1);
    }
  });

  test("hold for people who are recorded, unknown people left out", async () => {
    const gaps: PlantedGap[] = [{ step: "accepted", cut: { ethnicity: "White" }, points: -10 }];
    const { gaps: truths } = await plant(gaps);
    expect(truths[0]!.unknown.expectedPercent).toBeGreaterThan(72);
    expect(truths[0]!.unknown.expectedPercent).toBeLessThan(82);
  });

  test("at random are the same for a seed, valid, and one a step at most", () => {
    for (let seed = 0; seed < 200; seed++) {
      const gaps = randomGaps(seed, 3);
      expect(gaps).toEqual(randomGaps(seed, 3));
      expect(new Set(gaps.map((gap) => gap.step)).size).toBe(3);
      expect(() => resolveGaps(gaps)).not.toThrow();
    }
  });

  test("are read from JSON", () => {
    const gaps = [{ step: "wait", cut: { sex: "Female" }, points: -5, weeks: 12 }];
    expect(parseGaps(JSON.stringify(gaps))).toEqual(gaps);
  });

  test.each([
    ["{", "not JSON"],
    ["{}", "no array"],
    ['[{"step":"begun"}]', "needs a step"],
    ['[{"step":"seen","cut":{"sex":"Male"},"points":"x"}]', "needs points"],
    ['[{"step":"seen","cut":{"shoe":"Left"},"points":-5}]', "no characteristic “shoe”"],
    ['[{"step":"seen","cut":{"sex":"Left"},"points":-5}]', "no group “Left”"],
    ['[{"step":"seen","cut":{},"points":-5}]', "one to three characteristics"],
    ['[{"step":"wait","cut":{"sex":"Male"},"points":-5,"weeks":0}]', "from 1 to 104"],
  ])("in %s are refused", (text, message) => {
    expect(() => parseGaps(text)).toThrow(message);
  });

  test("at the step referred are read beside the others", () => {
    const need = { step: "referred", cut: { sex: "Male" }, percent: -20 };
    const there = { step: "referred", areas: ["D01000001"], percent: 10 };
    const gap = { step: "seen", cut: { sex: "Male" }, points: -5 };
    const text = JSON.stringify([need, gap, there]);
    expect(parseGaps(text)).toEqual([gap]);
    expect(parseNeedGaps(text)).toEqual([need, { ...there, cut: {} }]);
  });

  test.each([
    ['[{"step":"referred"}]', "needs a percent"],
    ['[{"step":"referred","cut":5,"percent":-5}]', "needs a percent, and a cut"],
    ['[{"step":"referred","areas":[5],"percent":-5}]', "areas (an array of codes)"],
    ["{}", "no array"],
  ])("at the step referred in %s are refused", (text, message) => {
    expect(() => parseNeedGaps(text)).toThrow(message);
  });

  test("that cannot be are refused", async () => {
    await expect(
      plant([{ step: "wait", cut: { sex: "Male" }, points: -60, weeks: 4 }], 10),
    ).rejects.toThrow("cannot be planted");
  });
});
