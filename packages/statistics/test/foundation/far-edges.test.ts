import { describe, expect, test } from "vitest";
import {
  betaProbability,
  betaQuantile,
  binomialProbability,
  binomialQuantile,
  concentrationIndex,
  fProbability,
  fQuantile,
  gammaQuantile,
  poissonMass,
  poissonQuantile,
  proportion,
  StatisticsError,
  sampleMean,
  shapleyEffects,
  studentProbability,
  studentQuantile,
  studentUpperTail,
  worstCaseBounds,
  xmrChart,
} from "../../src/index.ts";

// Where numbers end: an answer that a number can hold is given, one that none can hold is a typed error.

describe("far in a tail", () => {
  test("Student's t with one degree of freedom, −cot(πp), and its tail back", () => {
    const far = studentQuantile(1e-300, 1);
    expect(far * 1e-299).toBeCloseTo(-1 / Math.PI / 0.1, 12);
    expect(studentProbability(far, 1) / 1e-300).toBeCloseTo(1, 12);
    expect(studentUpperTail(1e200, 1) / (1 / Math.PI / 1e200)).toBeCloseTo(1, 12);
    // Two degrees of freedom: 1/√(2p).
    expect(studentQuantile(1e-300, 2, { upper: true }) * Math.sqrt(2e-300)).toBeCloseTo(1, 12);
  });

  test("a power's quantile: the leaps reach any number, and 0 is nearer to 0 than any", () => {
    expect(betaQuantile(0.05, 0.005, 1) / 0.05 ** 200).toBeCloseTo(1, 9);
    expect(betaQuantile(0.05, 0.001, 1)).toBeLessThan(1e-307);
    expect(gammaQuantile(0.5, 1e-12)).toBe(0);
    const far = fQuantile(0.975, 1, 0.02);
    expect(far).toBeGreaterThan(1e157);
    expect(fProbability(far, 1, 0.02)).toBeCloseTo(0.975, 12);
    expect(fProbability(1e300, 1e13, 3)).toBe(1);
  });

  test.each([
    ["t", () => studentQuantile(1e-300, 0.5)],
    ["F", () => fQuantile(0.975, 1, 0.01)],
  ])("%s: beyond the largest number", (_, call) => {
    expect(call).toThrow(StatisticsError);
    expect(call).toThrow(/beyond the largest number/);
  });
});

describe("too large to be data", () => {
  test.each<[string, RegExp, () => unknown]>([
    ["a value", /value at 1; beyond 1e\+60/, () => sampleMean([1, 1e300])],
    ["a count", /denominator; beyond 1e\+60/, () => proportion(1, 1e300)],
    ["a period", /values\[1\]; beyond 1e\+60/, () => xmrChart([1, -1e300, 2])],
    [
      "a rank",
      /rank; beyond 1e\+60/,
      () => concentrationIndex({ rank: [1, 1e301], population: [3, 4], count: [1, 2] }),
    ],
    ["a worth", /worth of subset 1; not a number/, () => shapleyEffects(1, (set) => set * 1e308)],
    ["a number of people", /n; beyond 10000000000000/, () => binomialQuantile(0.5, 1e60, 0.5)],
    ["a mean", /mean; beyond 10000000000000/, () => poissonQuantile(0.5, 1e60)],
  ])("%s", (_, message, call) => {
    expect(call).toThrow(StatisticsError);
    expect(call).toThrow(message);
  });

  test("the largest that is taken gives numbers", () => {
    expect(sampleMean([1e60, -1e60])).toMatchObject({
      value: 0,
      standardDeviation: expect.closeTo(Math.SQRT2 * 1e60, -46),
    });
    expect(proportion(1e60, 1e60)).toMatchObject({ value: 1, upper: 1 });
  });

  test("one known beside very many unknown is not lost", () => {
    const bounds = worstCaseBounds({
      group: { reached: 1, denominator: 1 },
      others: { reached: 1, denominator: 2 },
      unknown: { reached: 1e60, denominator: 1e60 },
    });
    expect(bounds).toMatchObject({ group: { lower: 1, upper: 1 }, others: { lower: 0.5 } });
  });
});

test("NaN is refused wherever a distribution is asked", () => {
  for (const call of [
    () => betaProbability(Number.NaN, 1, 1),
    () => poissonMass(Number.NaN, 1),
    () => binomialProbability(Number.NaN, 3, 0.5),
    () => fProbability(Number.NaN, 1, 1),
    () => studentProbability(Number.NaN, 1),
  ])
    expect(call).toThrow(StatisticsError);
});
