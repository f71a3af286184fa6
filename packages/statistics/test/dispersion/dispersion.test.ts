import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  atkinsonIndex,
  betweenGroupStandardDeviation,
  betweenGroupVariance,
  coefficientOfVariation,
  type Dispersion,
  indexOfDisparity,
  isAbsent,
  kolmIndex,
  meanDifference,
  meanLogDeviation,
  populationAttributableFraction,
  populationAttributableRisk,
  type Result,
  StatisticsError,
  theilIndex,
  type UnorderedGroups,
} from "../../src/index.ts";

const given = (result: Result<Dispersion>): Dispersion => {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
};

const indices: readonly (readonly [string, (d: UnorderedGroups) => Result<Dispersion>, boolean])[] =
  [
    ["between-group variance", betweenGroupVariance, false],
    ["between-group standard deviation", betweenGroupStandardDeviation, false],
    ["coefficient of variation", coefficientOfVariation, true],
    ["Theil", theilIndex, true],
    ["mean log deviation", meanLogDeviation, true],
    ["Atkinson 0.5", (d) => atkinsonIndex(d, { aversion: 0.5 }), true],
    ["Atkinson 1", (d) => atkinsonIndex(d, { aversion: 1 }), true],
    ["Atkinson 4", (d) => atkinsonIndex(d, { aversion: 4 }), true],
    ["Kolm", (d) => kolmIndex(d, { aversion: 0.7 }), false],
    ["index of disparity", indexOfDisparity, true],
    [
      "index of disparity, each group once",
      (d) => indexOfDisparity(d, { weighting: "groups" }),
      true,
    ],
    ["mean difference from the mean", meanDifference, false],
    ["mean difference from the best", (d) => meanDifference(d, { from: "best" }), false],
    [
      "mean difference from the lowest",
      (d) => meanDifference(d, { from: "best", best: "lowest" }),
      false,
    ],
    ["mean difference from a group", (d) => meanDifference(d, { from: 1 }), false],
    ["attributable risk", populationAttributableRisk, false],
    ["attributable fraction", populationAttributableFraction, true],
  ];

/** Their errors also count the second order, so as not to vanish when all groups are equal. */
const secondOrder = (name: string) => /between-group|variation/.test(name);

const three = { population: [100, 250, 150], value: [5, 4, 3.2], standardError: [0.2, 0.1, 0.15] };

describe.each(indices)("%s", (name, index, relative) => {
  test("standard error, found by moving each value", () => {
    let variance = 0;
    three.value.forEach((y, i) => {
      const at = (step: number) =>
        given(index({ ...three, value: three.value.with(i, y + step) })).value;
      variance += (((at(1e-5) - at(-1e-5)) / 2e-5) * (three.standardError[i] as number)) ** 2;
    });
    const error = given(index(three)).standardError;
    if (secondOrder(name)) {
      expect(error).toBeGreaterThan(Math.sqrt(variance));
      expect(error).toBeLessThan(1.2 * Math.sqrt(variance));
    } else expect(error).toBeCloseTo(Math.sqrt(variance), 8);
  });

  test("is 0 when all are equal, never below, and does not depend on the order of rows", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.integer({ min: 1, max: 900 }), fc.double({ min: 0.5, max: 9, noNaN: true })),
          { minLength: 3, maxLength: 12 },
        ),
        (rows) => {
          const of = (r: typeof rows) =>
            given(
              index({
                population: r.map((v) => v[0]),
                value: r.map((v) => v[1]),
                standardError: r.map(() => 0.1),
              }),
            );
          const some = of(rows);
          expect(some.value).toBeGreaterThanOrEqual(-1e-12);
          expect(some.lower).toBeLessThanOrEqual(some.value + 1e-12);
          expect(some.noise).toBeGreaterThanOrEqual(0);
          expect(of(rows.map((v) => [v[0], 4] as [number, number])).value).toBeCloseTo(0, 6);
          if (!name.includes("a group")) {
            const turned = of([...rows].reverse());
            expect(turned.value).toBeCloseTo(some.value, 9);
            expect(turned.standardError).toBeCloseTo(some.standardError, 8);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test(relative ? "has no unit" : "does not feel a shift of all values", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.3, max: 30, noNaN: true }), (k) => {
        const moved = {
          population: three.population,
          value: three.value.map((y) => (relative ? k * y : k + y)),
          standardError: three.standardError.map((s) => (relative ? k * s : s)),
        };
        const [a, b] = [given(index(three)), given(index(moved))];
        expect(b.value).toBeCloseTo(a.value, 9);
        expect(b.standardError).toBeCloseTo(a.standardError, 9);
        expect(b.noise).toBeCloseTo(a.noise, 9);
      }),
    );
  });
});

describe("noise", () => {
  // A small generator with a seed: the sum of twelve uniform numbers is close enough to normal.
  const generator = (seed: number) => {
    let state = seed;
    const uniform = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 4294967296;
    };
    return () => Array.from({ length: 12 }, uniform).reduce((a, b) => a + b, -6);
  };

  test.each(indices)("%s: the average over equal groups is what `noise` says", (name, index) => {
    const normal = generator(7);
    const population = [100, 300, 200, 50, 350];
    const standardError = [0.3, 0.15, 0.2, 0.4, 0.15];
    const runs = 4000;
    let sum = 0;
    let noise = 0;
    let squares = 0;
    for (let r = 0; r < runs; r++) {
      const value = standardError.map((s) => 20 + s * normal());
      const result = given(index({ population, value, standardError }));
      sum += result.value / runs;
      squares += result.value ** 2 / runs;
      noise += result.noise / runs;
    }
    const simulationError = Math.sqrt((squares - sum ** 2) / runs);
    // The square root of the mean square lies above the mean: 10 % allowed there.
    const slack = /standard deviation|variation/.test(name) ? 0.14 * noise : 0.01 * noise;
    expect(Math.abs(sum - noise)).toBeLessThan(4 * simulationError + slack);
  });

  test("the corrected index is unbiased where the truth is known", () => {
    const normal = generator(11);
    const population = [100, 300, 200, 50, 350];
    const truth = [22, 20, 19, 25, 18];
    const standardError = [0.9, 0.6, 0.8, 1.5, 0.6];
    const runs = 4000;
    for (const index of [betweenGroupVariance, theilIndex, meanLogDeviation]) {
      const exact = given(index({ population, value: truth, standardError })).value;
      let corrected = 0;
      let raw = 0;
      for (let r = 0; r < runs; r++) {
        const value = truth.map((y, i) => y + (standardError[i] as number) * normal());
        const result = given(index({ population, value, standardError }));
        corrected += (result.corrected as number) / runs;
        raw += result.value / runs;
      }
      expect(Math.abs(corrected - exact)).toBeLessThan(Math.abs(raw - exact) / 4);
    }
  });
});

describe("by hand", () => {
  const groups = { population: [100, 200, 100], count: [50, 80, 30] };

  test("three groups with 50, 40 and 30 %", () => {
    expect(given(betweenGroupVariance(groups)).value).toBeCloseTo(0.005, 12);
    expect(given(meanDifference(groups)).value).toBeCloseTo(0.05, 12);
    expect(given(meanDifference(groups, { weighting: "groups" })).value).toBeCloseTo(0.2 / 3, 12);
    expect(given(meanDifference(groups, { from: "best", best: "lowest" })).value).toBeCloseTo(
      0.1,
      12,
    );
    expect(given(indexOfDisparity(groups)).value).toBeCloseTo(0.125, 12);
    expect(given(populationAttributableRisk(groups, { best: "lowest" })).value).toBeCloseTo(
      0.1,
      12,
    );
    expect(given(populationAttributableRisk(groups, { reference: 2 })).value).toBeCloseTo(-0.1, 12);
    expect(given(populationAttributableFraction(groups)).value).toBeCloseTo(0.25, 12);
    expect(given(kolmIndex(groups, { aversion: 1 })).value).toBeCloseTo(
      Math.log(0.5 + 0.5 * Math.cosh(0.1)),
      12,
    );
  });

  test("heterogeneity is Cochran's Q", () => {
    const h = given(betweenGroupVariance(three)).heterogeneity;
    if (isAbsent(h)) throw new Error(h.message);
    const w = three.standardError.map((s) => 1 / s ** 2);
    const total = w.reduce((a, b) => a + b, 0);
    const mean = w.reduce((s, v, i) => s + (v * (three.value[i] as number)) / total, 0);
    const q = w.reduce((s, v, i) => s + v * ((three.value[i] as number) - mean) ** 2, 0);
    expect(h.chiSquared).toBeCloseTo(q, 9);
    expect(h.degreesOfFreedom).toBe(2);
    expect(h.probability).toBeCloseTo(Math.exp(-q / 2), 12);
  });

  test("Atkinson with a large aversion comes near the lowest group and does not overflow", () => {
    const far = given(atkinsonIndex(three, { aversion: 900 }));
    expect(far.value).toBeGreaterThan(1 - 3.25 / 3.96);
    expect(Number.isFinite(far.standardError)).toBe(true);
  });
});

test("typed reasons and impossible calls", () => {
  const flat = { population: [1, 1], value: [0, 1], standardError: [0.1, 0.1] };
  expect(theilIndex(flat)).toMatchObject({ absent: "notPositive" });
  expect(atkinsonIndex(flat, { aversion: 1 })).toMatchObject({ absent: "notPositive" });
  expect(coefficientOfVariation({ ...flat, value: [-1, 1] })).toMatchObject({
    absent: "notPositive",
  });
  expect(populationAttributableFraction({ ...flat, value: [-1, 1] })).toMatchObject({
    absent: "notPositive",
  });
  expect(theilIndex({ population: [5], count: [3] })).toMatchObject({ absent: "tooFewGroups" });
  expect(betweenGroupVariance({ population: [5, 0], count: [3, 0] })).toMatchObject({
    absent: "zeroDenominator",
  });
  expect(() => atkinsonIndex(flat, { aversion: 0 })).toThrow(StatisticsError);
  expect(() => kolmIndex(flat, { aversion: Number.NaN })).toThrow(StatisticsError);
  expect(() => meanDifference(flat, { from: 2 })).toThrow(/no group 2/);
  expect(() => populationAttributableRisk(flat, { reference: -1 })).toThrow(StatisticsError);
});
