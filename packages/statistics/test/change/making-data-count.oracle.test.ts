import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isAbsent, xmrChart } from "../../src/index.ts";

const file = join(
  import.meta.dirname,
  "../../../../../shared/cases/methods/G_spc_making_data_count.json",
);
const sharedIsThere = existsSync(file);

interface Case {
  readonly metric: string;
  readonly values: readonly number[];
  readonly expected_colour: readonly string[];
  readonly mean?: number;
  readonly lpl?: number;
  readonly upl?: number;
  readonly segments?: readonly (readonly number[])[];
}
const cases: readonly Case[] = sharedIsThere
  ? (JSON.parse(readFileSync(file, "utf8")) as { readonly cases: readonly Case[] }).cases
  : [];

/** The sheet names the direction in the metric where it is not high is good. */
const improvementOf = (metric: string) =>
  /low is good/i.test(metric) ? "decrease" : /neither/i.test(metric) ? "neither" : "increase";

/** Its re-based series are re-based, or given their baseline, at the sixteenth of thirty points. */
const optionsOf = ({ metric, segments }: Case) => ({
  improvement: improvementOf(metric) as "increase" | "decrease" | "neither",
  ...(segments === undefined
    ? {}
    : metric.startsWith("Baselines")
      ? { baseline: 15 }
      : { rebase: [{ from: 15, reason: "as in the check list" }] }),
});

/**
 * The one point of 764 that does not follow. The check list's own text says that p8 to p14 are the rising
 * trend; the value of p15 falls (27 after 36), so p15 meets no rule. The sheet colours it blue in "High is
 * good" and, rightly, grey in the same series under "Low is good".
 */
const oddOne = { metric: "Special cause conflict - High is good", index: 14 };

test.skipIf(!sharedIsThere)(
  "Making Data Count 5.0: 763 of 764 points have the check list's colour (needs ../shared)",
  () => {
    let points = 0;
    let strays = 0;
    const differing: { metric: string; index: number; ours: string; theirs: string }[] = [];
    for (const one of cases) {
      const chart = xmrChart(one.values, optionsOf(one));
      one.expected_colour.forEach((theirs, index) => {
        if (one.mean === undefined) strays++;
        else points++;
        const ours = chart.points[index]?.colour as string;
        if (ours !== theirs) differing.push({ metric: one.metric, index, ours, theirs });
      });
    }
    expect(cases).toHaveLength(36);
    expect(points).toBe(764);
    // "High is good2": the last point of "High is good 2", filed under a mistyped name.
    expect(strays).toBe(1);
    expect(differing).toEqual([{ ...oddOne, ours: "grey", theirs: "blue" }]);
    const mirror = cases.find(({ metric }) => metric === "Special cause conflict - Low is good");
    expect(mirror?.expected_colour[oddOne.index]).toBe("grey");
  },
);

test.skipIf(!sharedIsThere)(
  "Making Data Count 5.0: mean and limits of each segment (needs ../shared)",
  () => {
    let compared = 0;
    for (const one of cases) {
      if (one.mean === undefined) {
        expect(one.values).toHaveLength(1);
        continue;
      }
      const expected = one.segments ?? [[one.mean, one.lpl as number, one.upl as number]];
      const chart = xmrChart(one.values, optionsOf(one));
      const shown = one.metric.startsWith("Baselines -") ? expected.slice(0, 1) : expected;
      expect(chart.segments).toHaveLength(shown.length);
      shown.forEach(([mean, lower, upper], k) => {
        const from = chart.segments[k]?.from as number;
        const point = chart.points[from];
        expect(point?.centre).toBeCloseTo(mean as number, 10);
        if (one.values.length < 13) {
          // Twelve points or fewer: the check list shows the mean and no limits.
          expect(point?.limits).toMatchObject({ absent: "tooFew" });
          return;
        }
        expect(point?.limits).toMatchObject({
          lower: expect.closeTo(lower as number, 10),
          upper: expect.closeTo(upper as number, 10),
        });
        compared++;
      });
    }
    expect(compared).toBe(36);
  },
);

const recalculated = [
  16, 24, 22, 19, 19, 18, 24, 25, 18, 17, 16, 25, 15, 23, 19, 35, 32, 35, 31, 27, 33, 28, 38, 35,
  30, 28, 29, 27, 24, 23,
];

// Check list, "Summary icons - assurance": limits 13.3 to 37.0; targets 40, 30, 10 and none.
test.each([
  ["increase", 40, "fail"],
  ["increase", 30, "hitOrMiss"],
  ["increase", 10, "pass"],
  ["decrease", 40, "pass"],
  ["decrease", 30, "hitOrMiss"],
  ["decrease", 10, "fail"],
] as const)("assurance when %s is good and the target is %d: %s", (improvement, target, icon) => {
  expect(xmrChart(recalculated, { improvement, target }).assurance).toBe(icon);
});

test("assurance is absent without a target, with no better direction, and with too few points", () => {
  expect(xmrChart(recalculated).assurance).toMatchObject({ absent: "notRecorded" });
  expect(xmrChart(recalculated, { improvement: "neither", target: 40 }).assurance).toMatchObject({
    absent: "notIdentified",
  });
  expect(xmrChart(recalculated.slice(0, 10), { target: 40 }).assurance).toMatchObject({
    absent: "tooFew",
  });
});

test("assurance uses the latest limits after a re-basing", () => {
  const rebase = [{ from: "2024-04-01", reason: "New triage desk" }];
  const labels = recalculated.map(
    (_, i) => `${2023 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}-01`,
  );
  const chart = xmrChart(recalculated, { rebase, labels, target: 15 });
  expect(chart.segments.map(({ from }) => from)).toEqual([0, 15]);
  expect(chart.segments[1]?.reason).toBe("New triage desk");
  expect(chart.assurance).toBe("pass");
  expect(xmrChart(recalculated, { target: 15 }).assurance).toBe("hitOrMiss");
});

// Check list, "Summary icons - variation": the last point decides.
const summary = [16, 20, 22, 18, 21, 18, 26, 28, 24, 26, 19, 18, 25, 32, 43, 28, 22];
test.each([
  [45, "increase", "improvementHigh"],
  [45, "decrease", "concernHigh"],
  [25, "increase", "common"],
  [5, "increase", "concernLow"],
  [5, "decrease", "improvementLow"],
  [45, "neither", "neitherHigh"],
  [5, "neither", "neitherLow"],
] as const)("a last point of %d when %s is good gives %s", (last, improvement, icon) => {
  expect(xmrChart([...summary, last], { improvement }).variation).toBe(icon);
});

// Published in the check list: 15 points 37.64 / 23.20 / 8.76; 10 points show the mean 22.10 alone.
test("process limits of the check list", () => {
  const weeks = [20, 24, 20, 26, 22, 16, 18, 16, 31, 28, 34, 26, 30, 19, 18];
  const point = xmrChart(weeks).points[0];
  expect(point?.centre).toBeCloseTo(23.2, 10);
  expect(point?.limits).toMatchObject({
    lower: expect.closeTo(8.76, 10),
    upper: expect.closeTo(37.64, 10),
  });
  const short = xmrChart(weeks.slice(0, 10));
  expect(short.points[0]?.centre).toBeCloseTo(22.1, 10);
  expect(short.points.every(({ limits }) => isAbsent(limits))).toBe(true);
  expect(short.variation).toMatchObject({ absent: "tooFew" });
});
