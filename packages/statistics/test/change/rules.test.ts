import { describe, expect, test } from "vitest";
import {
  type RuleSet,
  ruleSets,
  type SignalRule,
  StatisticsError,
  uChart,
  xmrChart,
} from "../../src/index.ts";

/** A steady baseline of mean 0 and sigma 1 under a rule set, a point on the centre, then the values. */
function after(values: readonly number[], rules: RuleSet) {
  const range = 3 / rules.movingRangeMultiplier;
  const steady = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? range / 2 : -range / 2));
  const chart = xmrChart([...steady, 0, ...values], { rules, baseline: 20 });
  expect(chart.points[20]?.limits).toMatchObject({
    lower: expect.closeTo(-3, 10),
    upperWarning: expect.closeTo(2, 10),
  });
  return chart.points.slice(21);
}
const marks = (values: readonly number[], rules: RuleSet, rule: SignalRule): string =>
  after(values, rules)
    .map(({ signals }) => {
      const found = signals.find((signal) => signal.rule === rule);
      return found === undefined ? "." : found.side.charAt(0);
    })
    .join("");

const { makingDataCount5, nelson, plotTheDots, westernElectric } = ruleSets;

describe("each rule marks the points that make it, and no fewer points do", () => {
  test.each([
    ["outside", nelson, "outsideLimits", [3.1, -3.1, 2.9, 0], "hl.."],
    ["shift of 6", makingDataCount5, "shift", [1, 1, 1, 1, 1, 1, -1], "hhhhhh."],
    ["5 are not 6", makingDataCount5, "shift", [1, 1, 1, 1, 1, -1], "......"],
    ["a point on the mean ends it", makingDataCount5, "shift", [1, 1, 1, 0, 1, 1, 1], "......."],
    ["shift of 7", plotTheDots, "shift", [-1, -1, -1, -1, -1, -1, -1], "lllllll"],
    ["6 are not 7", plotTheDots, "shift", [-1, -1, -1, -1, -1, -1], "......"],
    ["shift of 8", westernElectric, "shift", [1, 1, 1, 1, 1, 1, 1, 1], "hhhhhhhh"],
    ["shift of 9", nelson, "shift", [1, 1, 1, 1, 1, 1, 1, 1], "........"],
    ["trend of 6", makingDataCount5, "trend", [-2, -1, 0.5, 1, 2, 2.5, 2], "hhhhhh."],
    ["a pause ends it", makingDataCount5, "trend", [-2, -1, 0.5, 0.5, 1, 2, 2.5], "......."],
    [
      "a turn belongs to both",
      makingDataCount5,
      "trend",
      [-1, 0, 1, 2, 2.2, 2.4, 2, 1, 0.5, -1, -2],
      "hhhhhhlllll",
    ],
    ["two of three", makingDataCount5, "twoOfThree", [2.5, 0.5, 2.5, -1], "h.h."],
    ["the third must be on the side", makingDataCount5, "twoOfThree", [2.5, -0.5, 2.5], "..."],
    ["classic: wherever the third is", westernElectric, "twoOfThree", [2.5, -0.5, 2.5], "h.h"],
    ["beyond three sigma does not count", makingDataCount5, "twoOfThree", [2.5, 1, 3.5], "..."],
    ["classic: it does", westernElectric, "twoOfThree", [2.5, 1, 3.5], "h.h"],
    ["four of five", westernElectric, "fourOfFive", [1.5, 1.5, 0, 1.5, 1.5], "hh.hh"],
    ["three of five", westernElectric, "fourOfFive", [1.5, 1.5, 0, 0, 1.5], "....."],
    [
      "stratification",
      nelson,
      "stratification",
      Array.from({ length: 15 }, (_, i) => (i % 2 ? 0.5 : -0.5)),
      "n".repeat(15),
    ],
    ["mixture", nelson, "mixture", [2, -2, 2, -2, -2, 2, -2, 2], "nnnnnnnn"],
    [
      "alternating",
      nelson,
      "alternating",
      Array.from({ length: 14 }, (_, i) => (i % 2 ? 1.5 : 0.2)),
      "n".repeat(14),
    ],
  ] as const)("%s", (_, rules, rule, values, expected) => {
    // The steady points before may lie in a run that has no direction: give the values room.
    const lead = rule === "stratification" || rule === "alternating" ? [2, 2.5] : [];
    expect(marks([...lead, ...values], rules, rule).slice(lead.length)).toBe(expected);
  });
});

test("where rules conflict, improvement wins or the first rule does", () => {
  // A rising trend whose first points lie below the centre as a shift of eight.
  const values = [-2.4, -2.2, -1.5, -1.2, -0.9, -0.7, -0.5, -0.2];
  const strict = { ...makingDataCount5, conflict: "precedence" } as const;
  expect(after(values, makingDataCount5).map(({ colour }) => colour)).toEqual(
    Array(8).fill("blue"),
  );
  expect(after(values, strict)[0]?.signals.map(({ rule }) => rule)).toContain("shift");
  expect(after(values, strict)[0]?.variation).toBe("improvement");
  const falling = values.map((value) => -value);
  expect(after(falling, makingDataCount5)[0]?.variation).toBe("improvement");
  expect(after(falling, strict)[0]?.variation).toBe("concern");
});

test("a period without a value breaks moving ranges and runs, and is typed", () => {
  const values = [5, 6, null, 7, 8, 6, 5, 7, 9, 6, 7, 5, 6, 8, 7];
  const chart = xmrChart(values);
  expect(chart.points[2]?.value).toMatchObject({ absent: "notRecorded" });
  expect(chart.points[0]?.limits).toMatchObject({
    upper: expect.closeTo(92 / 14 + (2.66 * 19) / 12, 10),
  });
  expect(
    uChart({ numerators: [1, 0, 2], denominators: [10, 0, 10] }).points[1]?.value,
  ).toMatchObject({ absent: "notRecorded" });
});

test("an excluded point is shown but counts for nothing", () => {
  const values = [5, 6, 90, 7, 8, 6, 5, 7, 9, 6, 7, 5, 6, 8, 7];
  const chart = xmrChart(values, { exclude: [2] });
  const without = xmrChart(values.filter((value) => value !== 90));
  expect(chart.points[2]).toMatchObject({ value: 90, excluded: true, signals: [] });
  expect(chart.points[0]?.limits).toEqual(without.points[0]?.limits);
});

test.each([
  ["a rebase without a reason", { rebase: [{ from: 5, reason: " " }] }],
  ["a rebase by date without labels", { rebase: [{ from: "2024-01-01", reason: "x" }] }],
  ["a rebase at the start", { rebase: [{ from: 0, reason: "x" }] }],
  ["a rebase beyond the end", { rebase: [{ from: 99, reason: "x" }] }],
  ["a baseline of one", { baseline: 1 }],
  ["an excluded point that is not there", { exclude: [99] }],
  ["too few labels", { labels: ["a"] }],
])("%s is an error", (_, options) => {
  expect(() => xmrChart([1, 2, 3, 4, 5, 6, 7], options)).toThrow(StatisticsError);
});

test("a series that never varies has a centre and no limits", () => {
  const chart = xmrChart(Array(15).fill(5));
  expect(chart.points[0]).toMatchObject({ centre: 5, limits: { absent: "allEqual" } });
  expect(chart.variation).toMatchObject({ absent: "allEqual" });
});

test("no points and no values are absences, not numbers", () => {
  expect(xmrChart([]).variation).toMatchObject({ absent: "notRecorded" });
  expect(xmrChart([null, null]).points[0]).toMatchObject({ centre: { absent: "notRecorded" } });
});
