import { describe, expect, test } from "vitest";
import { type GrayTest, grayTest, isAbsent, logRankTest, type Result } from "../../src/index.ts";

// The published answer for Gray's test, survival::mgus2 by sex (1.1945078 for plasma cell malignancy, 11.6512590 for
// death), needs people's sex, which ../shared does not hold; this implementation gave both to ten digits from R's own
// data. Here: a small list with a pinned answer, and the test against what permuting the groups does.
const waits = {
  time: [1, 2, 2, 3, 4, 5, 6, 6, 7, 9, 10, 12, 1, 3, 3, 4, 5, 5, 7, 8, 8, 9, 11, 14],
  kind: [1, 1, 2, 1, 1, 0, 1, 2, 1, 1, 2, 0, 2, 1, 2, 2, 0, 1, 1, 2, 1, 0, 1, 1],
};
const group = [...Array(12).fill("a"), ...Array(12).fill("b")];

function there(result: Result<GrayTest>): GrayTest {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

/** A seeded uniform generator (mulberry32). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const out = [...values];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
}

test("a small list", () => {
  const found = there(grayTest(waits, group));
  expect(found.groups.map((each) => each.events)).toEqual([7, 6]);
  expect(found.groups[0]!.score + found.groups[1]!.score).toBeCloseTo(0, 12);
  expect(found.statistic).toBeCloseTo(0.9875046, 6);
});

describe("over permutations of the groups", () => {
  const random = uniform(20260101);
  const people = 240;
  const time = Array.from({ length: people }, () => Math.ceil(-Math.log(random()) * 12));
  const kind = time.map(() => (random() < 0.5 ? 1 : random() < 0.7 ? 2 : 0));

  test.each([2, 3])("the statistic of %i groups is chi-square on average", (groups) => {
    const labels = time.map((_, i) => i % groups);
    const runs = 400;
    let sum = 0;
    let small = 0;
    for (let run = 0; run < runs; run++) {
      const found = there(grayTest({ time, kind }, shuffled(labels, random)));
      sum += found.statistic;
      if (found.pValue < 0.05) small++;
    }
    // Four standard errors of the mean of a chi-square, and of a share of 5 %.
    const degrees = groups - 1;
    expect(Math.abs(sum / runs - degrees)).toBeLessThan(4 * Math.sqrt((2 * degrees) / runs));
    expect(Math.abs(small / runs - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / runs));
  });

  test("it finds a difference in chances that the rates among those waiting hide", () => {
    // Same rate of being seen, but one group is removed far more: fewer of it are ever seen.
    const labels = time.map((_, i) => i % 2);
    const seen = time.map(() => -Math.log(random()) * 10);
    const removed = labels.map((label) => -Math.log(random()) * (label === 1 ? 4 : 40));
    const both = {
      time: seen.map((at, i) => Math.min(at, removed[i]!)),
      kind: seen.map((at, i) => (at < removed[i]! ? 1 : 2)),
    };
    const rates = logRankTest(both, labels, { kind: 1 });
    expect(there(grayTest(both, labels)).pValue).toBeLessThan(1e-4);
    expect(isAbsent(rates) ? 0 : rates.pValue).toBeGreaterThan(0.01);
  });
});

test("what cannot be tested is a typed reason", () => {
  expect(grayTest(waits, Array(24).fill("one"))).toMatchObject({ absent: "tooFewGroups" });
  expect(grayTest(waits, group, { kind: 3 })).toMatchObject({ absent: "zeroDenominator" });
  expect(() => grayTest({ ...waits, entry: waits.time.map(() => 0) }, group)).toThrow(/truncation/);
});
