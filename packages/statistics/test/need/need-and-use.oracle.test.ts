import { expect, test } from "vitest";
import {
  expectedNeed,
  hoursAfterTravel,
  isAbsent,
  missingReferrals,
  needGini,
  needUseRatio,
} from "../../src/index.ts";

// R 4.2.2: E <- P %*% prev; S <- sqrt(P^2 %*% se^2); E * exp(-z * S / E); E * exp(z * S / E).
test("expected need and its error", () => {
  const areas = expectedNeed({
    populations: [
      [1000, 200, 50],
      [600, 500, 120],
    ],
    prevalence: [0.05, 0.3, 0.6],
    prevalenceErrors: [0.005, 0.02, 0.05],
  });
  const expected = [
    [140, 6.87386354243376, 127.155417909674, 154.142075282415],
    [252, 12.0415945787923, 229.470380863639, 276.741598462491],
  ];
  expected.forEach(([value, error, lower, upper], i) => {
    expect(areas[i]?.value).toBeCloseTo(value as number, 11);
    expect(areas[i]?.standardError).toBeCloseTo(error as number, 11);
    expect(areas[i]?.lower).toBeCloseTo(lower as number, 10);
    expect(areas[i]?.upper).toBeCloseTo(upper as number, 10);
  });
});

// R 4.2.2: c(100, 80) - colSums(visits * 2 * minutes) / 60.
test("hours after travel", () => {
  const visits = [
    [30, 0],
    [10, 20],
  ];
  const minutes = [
    [20, 50],
    [45, 15],
  ];
  expect(Array.from(hoursAfterTravel([100, 80], visits, minutes))).toEqual([65, 70]);
});

const area = { used: 90, needed: 150, neededError: 12 };

// R 4.2.2: with Byar's limits l, u of 90: 0.6 * exp(-sqrt(log(90 / l)^2 + (z * 12 / 150)^2)), upwards likewise;
// 0.6 * sqrt(1 / 90 + (12 / 150)^2).
test("use over need", () => {
  expect(needUseRatio(area)).toMatchObject({
    value: 0.6,
    lower: expect.closeTo(0.458686926032142, 12),
    upper: expect.closeTo(0.777507093344899, 12),
    standardError: expect.closeTo(0.0793977329651168, 14),
  });
});

// R 4.2.2: v <- 150 * 0.8 - 90; v - sqrt((z * 12 * 0.8)^2 + (u - 90)^2); v + sqrt((z * 12 * 0.8)^2 + (90 - l)^2).
test("missing referrals", () => {
  expect(missingReferrals(area, 0.8)).toMatchObject({
    value: expect.closeTo(30, 12),
    lower: expect.closeTo(2.08083398027961, 11),
    upper: expect.closeTo(55.7855458721517, 11),
  });
});

// R 4.2.2: r <- u / nd; f <- nd / sum(nd); sum(outer(f, f) * abs(outer(r, r, "-"))) / (2 * sum(f * r)); error by
// numDeriv::grad() and Poisson variances u; under chance the same with E|r_i - r_j| by integrate() of a normal density.
test("a need-Gini as the mean difference of use per need", () => {
  const gini = needGini([40, 55, 60, 72, 80], [90, 80, 75, 70, 65]);
  if (isAbsent(gini)) throw new Error(gini.message);
  expect(gini.value).toBeCloseTo(0.189096519801131, 13);
  expect(gini.standardError).toBeCloseTo(0.0308054541324405, 10);
  expect(gini.lower).toBeCloseTo(0.128718939174148, 9);
  expect(gini.underChance).toBeCloseTo(0.0574756471160021, 12);
});
