import { describe, expect, test } from "vitest";
import {
  atkinsonIndex,
  betweenGroupVariance,
  type Dispersion,
  indexOfDisparity,
  isAbsent,
  kolmIndex,
  meanDifference,
  populationAttributableRisk,
  type Result,
} from "../../src/index.ts";

const groups = {
  population: [120, 200, 80, 150, 100],
  value: [0.45, 0.6, 0.375, 0.64, 0.4],
  standardError: [0.04, 0.03, 0.05, 0.035, 0.045],
};
const there = (result: Result<Dispersion>): Dispersion => {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
};

// R 4.2.2, f <- n / sum(n), m <- sum(f * q), errors sqrt(sum(numDeriv::grad(index, q)^2 * se^2)): 1 - exp(sum(f * log(q))) / m,
// 1 - 1 / sum(f / q) / m, log(sum(f * exp(3 * (m - q)))) / 3, sum(f * abs(q - m)) / m, sum(f * abs(q - m)),
// sum(f * abs(q - q[4])), q[4] - m.
test.each<readonly [string, Result<Dispersion>, number, number]>([
  ["Atkinson 1", atkinsonIndex(groups, { aversion: 1 }), 0.0210177408204839, 0.00735854972056433],
  ["Atkinson 2", atkinsonIndex(groups, { aversion: 2 }), 0.042429622354641, 0.0150050623161721],
  ["Kolm 3", kolmIndex(groups, { aversion: 3 }), 0.0166178066848629, 0.00545021260599083],
  ["index of disparity", indexOfDisparity(groups), 0.193665158371041, 0.0334745858543096],
  ["from the mean", meanDifference(groups), 0.101301775147929, 0.0170569620121097],
  [
    "from the best",
    meanDifference(groups, { from: "best" }),
    0.116923076923077,
    0.0308284046383635,
  ],
  ["attributable risk", populationAttributableRisk(groups), 0.116923076923077, 0.030828404638263],
])("%s", (_, result, value, error) => {
  const found = there(result);
  expect(found.value).toBeCloseTo(value, 13);
  expect(found.standardError).toBeCloseTo(error, 10);
});

describe("between-group variance", () => {
  const variance = there(betweenGroupVariance(groups));

  // R 4.2.2: sum(f * (q - m)^2); sqrt(4 * sum(f^2 * (q - m)^2 * v) + 2 * tr(M V M V)), M <- diag(f) - outer(f, f); less
  // sum(f * (1 - f) * v).
  test("its value, error and bias", () => {
    expect(variance.value).toBeCloseTo(0.0109905325443787, 14);
    expect(variance.standardError).toBeCloseTo(0.00369809536545858, 13);
    expect(variance.corrected).toBeCloseTo(0.00980707692307692, 14);
  });

  // R 4.2.2: Q <- sum((q - weighted.mean(q, 1 / v))^2 / v); pchisq(Q, 4, lower.tail = FALSE).
  test("Cochran's test of any difference", () => {
    expect(variance.heterogeneity).toMatchObject({
      chiSquared: expect.closeTo(37.2560944392354, 10),
      degreesOfFreedom: 4,
    });
    const { heterogeneity } = variance;
    if (isAbsent(heterogeneity)) throw new Error(heterogeneity.message);
    expect(heterogeneity.probability / 1.59521409376169e-7).toBeCloseTo(1, 10);
  });
});
