import { expect, test } from "vitest";
import { designVariance, isAbsent, surveyGradient } from "../../src/index.ts";

test("with no design the error of the slope is the HC1-like robust one", () => {
  const rank = [1, 2, 3, 4, 5, 6];
  const value = [9, 7, 8, 4, 5, 2];
  const g = surveyGradient({ rank, value });
  if (isAbsent(g)) throw new Error(g.message);
  // By hand on ranks (i − ½)/6.
  const x = rank.map((r) => (r - 0.5) / 6 - 0.5);
  const spread = x.reduce((s, v) => s + v * v, 0);
  const slope = x.reduce((s, v, i) => s + v * (value[i] as number), 0) / spread;
  const mean = value.reduce((a, b) => a + b, 0) / 6;
  const meat = x.reduce((s, v, i) => s + (v * ((value[i] as number) - mean - slope * v)) ** 2, 0);
  expect(g.slope.value).toBeCloseTo(slope, 12);
  expect(g.slope.standardError).toBeCloseTo(Math.sqrt(((6 / 5) * meat) / spread ** 2), 12);
});

test("the variance of clusters in strata, by hand", () => {
  const contribution = [1, 2, 3, 4, 10, 12];
  const design = { stratum: [1, 1, 1, 1, 2, 2], cluster: ["a", "a", "b", "b", "c", "d"] };
  // Stratum 1: sums 3 and 7, mean 5: 2 × (4 + 4) = 16. Stratum 2: 10 and 12: 2 × (1 + 1) = 4.
  expect(designVariance(contribution, design)).toBeCloseTo(20, 12);
});

test("a line that reaches 0 has a slope and no ratio; one rank has neither", () => {
  const steep = surveyGradient({ rank: [1, 2, 3, 4], value: [3, 1, 0, 0] });
  if (isAbsent(steep)) throw new Error(steep.message);
  expect(steep.slope.value).toBeLessThan(0);
  expect(steep.relative).toMatchObject({ absent: "notPositive" });
  expect(surveyGradient({ rank: [1, 1, 1], value: [1, 2, 3] })).toMatchObject({
    absent: "allEqual",
  });
  expect(surveyGradient({ rank: [1, 2], value: [1, 2] })).toMatchObject({ absent: "tooFew" });
  expect(surveyGradient({ rank: [1, 2, 3], value: [1, 2, 3], weight: [0, 0, 0] })).toMatchObject({
    absent: "zeroDenominator",
  });
});
