import { expect, test } from "vitest";
import {
  gapTrend,
  isAbsent,
  type Levelling,
  levelling,
  regressionToTheMean,
  vlad,
} from "../../src/index.ts";

// Computed for this project with lm(weights = 1/se²) in R 4.2.2; the error is the known-variance one, because
// the residual variance (0.238) is below 1.
test("the trend of a gap is R's weighted line", () => {
  const trend = gapTrend({
    gaps: [10, 9.5, 9, 8, 8.2, 6],
    standardErrors: [1, 1.2, 0.8, 1, 0.9, 1.5],
  });
  expect(trend).toMatchObject({
    value: expect.closeTo(-0.620968809466, 10),
    intercept: expect.closeTo(10.129950980099, 10),
    dispersion: expect.closeTo(0.238424579842, 10),
    standardError: expect.closeTo(0.268374454404, 10),
  });
});

// The same with gaps that scatter: confint(lm()) with its residual variance and t of 4 degrees of freedom.
test("gaps that scatter more than their errors widen the interval of the trend", () => {
  const trend = gapTrend({
    gaps: [10, 4, 9, 3, 8, 1],
    standardErrors: [1, 1.2, 0.8, 1, 0.9, 1.5],
  });
  expect(trend).toMatchObject({
    lower: expect.closeTo(-3.3567493564653, 9),
    upper: expect.closeTo(1.4907656933115, 9),
    pValue: expect.closeTo(0.345387932164596, 9),
  });
});

// Computed for this project in R 4.2.2: Paule and Mandel's variance by uniroot(), then Morris's formulas.
test("regression to the mean with unequal errors", () => {
  const errors = [4, 3, 2, 5, 4, 4, 3, 2];
  const areas = [10, 12, 14, 11, 13, 30, 9, 18].map((value, i) => ({
    value,
    standardError: errors[i] as number,
  }));
  const guard = regressionToTheMean(areas, 5, { value: 20, standardError: 4 });
  expect(guard).toMatchObject({
    betweenVariance: expect.closeTo(31.489388643474, 7),
    mean: expect.closeTo(14.634150464485, 8),
    reliability: expect.closeTo(0.75934473458121, 8),
    expectedChange: expect.closeTo(-3.69787259835458, 7),
    beyond: {
      value: expect.closeTo(-6.30212740164542, 7),
      standardError: expect.closeTo(5.79379871626387, 7),
      upper: expect.closeTo(5.05350941590616, 7),
    },
  });
});

const measured = (...values: number[]) => values.map((value) => ({ value, standardError: 1 }));
const split = (before: number[], after: number[]): Levelling => {
  const result = levelling({
    before: measured(...before),
    after: measured(...after),
    contrast: [1, -1],
    improvement: "decrease",
  });
  if (isAbsent(result)) throw new Error(result.message);
  return result;
};

// Weeks waited: first group worse off. Worked by hand.
test.each([
  ["the worse off wait less", [20, 8], [14, 8], 6, 6, 0, "levelledUp", false],
  ["both wait less, the worse off by more", [20, 8], [12, 6], 6, 6, 0, "levelledUp", false],
  ["the better off wait more", [20, 8], [20, 14], 6, 0, 6, "levelledDown", true],
  ["each moves to the other", [20, 8], [17, 11], 6, 3, 3, "partlyLevelledDown", true],
  ["both wait more, the better off by more", [20, 8], [22, 14], 4, 0, 4, "levelledDown", true],
  ["both wait less, the better off by more", [20, 8], [19, 5], -2, -2, 0, "notClosed", false],
  ["the gap turns round", [20, 15], [10, 12], 3, 3, 0, "levelledUp", false],
] as const)("%s", (_, before, after, fall, up, down, verdict, flagged) => {
  const result = split([...before], [...after]);
  expect(result.fall.value).toBeCloseTo(fall, 10);
  expect(result.levellingUp).toBeCloseTo(up, 10);
  expect(result.levellingDown).toBeCloseTo(down, 10);
  expect(result.verdict).toBe(verdict);
  expect(result.flagged).toBe(flagged);
});

test("a gap of none cannot close", () => {
  expect(
    levelling({
      before: measured(5, 5),
      after: measured(4, 5),
      contrast: [1, -1],
      improvement: "decrease",
    }),
  ).toMatchObject({ absent: "zeroDenominator" });
});

test("VLAD adds expected less observed", () => {
  const last = vlad({ outcomes: [0, 1, 0, 0], risks: [0.2, 0.5, 0.1, 0.4] }).at(-1);
  expect(last).toMatchObject({ value: expect.closeTo(0.2, 12), observed: 1 });
});
