import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  atkinsonIndexOfPersons,
  changeInIndex,
  concentrationCurve,
  concentrationIndexOfPersons,
  type DistributionIndex,
  decomposeAtkinson,
  decomposeChangeInInequality,
  decomposeGeneralisedEntropy,
  decomposeGini,
  generalisedEntropyIndex,
  giniIndex,
  hooverIndex,
  isAbsent,
  lorenzCurve,
  type PersonValues,
  type Result,
  StatisticsError,
} from "../../src/index.ts";

const given = <T>(result: T) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result as Exclude<T, { absent: unknown }>;
};

const indices: readonly (readonly [string, (d: PersonValues) => Result<DistributionIndex>])[] = [
  ["Gini", giniIndex],
  ["S-Gini 1.5", (d) => giniIndex(d, { aversion: 1.5 })],
  ["S-Gini 4", (d) => giniIndex(d, { aversion: 4 })],
  ["generalised entropy −1", (d) => generalisedEntropyIndex(d, { sensitivity: -1 })],
  ["mean log deviation", (d) => generalisedEntropyIndex(d, { sensitivity: 0 })],
  ["Theil", (d) => generalisedEntropyIndex(d, { sensitivity: 1 })],
  ["generalised entropy 2", (d) => generalisedEntropyIndex(d, { sensitivity: 2 })],
  ["Atkinson 0.5", (d) => atkinsonIndexOfPersons(d, { aversion: 0.5 })],
  ["Atkinson 1", (d) => atkinsonIndexOfPersons(d, { aversion: 1 })],
  ["Atkinson 3", (d) => atkinsonIndexOfPersons(d, { aversion: 3 })],
  ["Hoover", hooverIndex],
];

const values = fc.array(fc.double({ min: 0.2, max: 50, noNaN: true }), {
  minLength: 3,
  maxLength: 30,
});

describe.each(indices)("%s", (_, index) => {
  test("standard error is the jackknife's, to first order", () => {
    const value = Array.from(
      { length: 300 },
      (__, i) => 1 + ((i * 7919) % 311) / 60 + (i % 7) ** 2 / 9,
    );
    const whole = given(index({ value }));
    const without = value.map(
      (__, k) => given(index({ value: value.filter((___, i) => i !== k) })).value,
    );
    const mean = without.reduce((a, b) => a + b, 0) / 300;
    const jackknife = Math.sqrt((299 / 300) * without.reduce((s, v) => s + (v - mean) ** 2, 0));
    expect(whole.standardError / jackknife).toBeGreaterThan(0.98);
    expect(whole.standardError / jackknife).toBeLessThan(1.02);
  });

  test("0 when all are equal, not below 0, no unit, no order of rows", () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0.1, max: 20, noNaN: true }), (value, k) => {
        const some = given(index({ value }));
        expect(some.value).toBeGreaterThanOrEqual(-1e-12);
        expect(given(index({ value: value.map(() => k) })).value).toBeCloseTo(0, 10);
        const scaled = given(index({ value: value.map((y) => k * y).reverse() }));
        expect(scaled.value).toBeCloseTo(some.value, 9);
        expect(scaled.standardError).toBeCloseTo(some.standardError, 9);
      }),
      { numRuns: 50 },
    );
  });

  test("a weight is copies, and taking from the rich for the poor lowers it", () => {
    fc.assert(
      fc.property(values, (value) => {
        const weight = value.map((__, i) => 1 + (i % 3));
        const copies = value.flatMap((y, i) =>
          Array.from({ length: weight[i] as number }, () => y),
        );
        expect(given(index({ value, weight })).value).toBeCloseTo(
          given(index({ value: copies })).value,
          9,
        );
        const sorted = [...value].sort((a, b) => a - b);
        const [low, high] = [sorted[0] as number, sorted.at(-1) as number];
        const moved = [...sorted];
        moved[0] = low + (high - low) / 4;
        moved[moved.length - 1] = high - (high - low) / 4;
        expect(given(index({ value: moved })).value).toBeLessThanOrEqual(
          given(index({ value })).value + 1e-9,
        );
      }),
      { numRuns: 50 },
    );
  });
});

describe("curves", () => {
  test("twice the area between the Lorenz curve and the diagonal is the Gini; Hoover is its greatest height", () => {
    fc.assert(
      fc.property(values, (value) => {
        const { population, share } = given(lorenzCurve({ value }));
        let under = 0;
        let height = 0;
        for (let i = 1; i < population.length; i++) {
          const step = (population[i] as number) - (population[i - 1] as number);
          under += (step * ((share[i] as number) + (share[i - 1] as number))) / 2;
          height = Math.max(height, (population[i] as number) - (share[i] as number));
          expect(share[i]).toBeLessThanOrEqual((population[i] as number) + 1e-12);
        }
        expect(1 - 2 * under).toBeCloseTo(given(giniIndex({ value })).value, 10);
        expect(height).toBeCloseTo(given(hooverIndex({ value })).value, 10);
      }),
    );
  });

  test("the concentration curve has the concentration index, and the order of value gives the Gini", () => {
    fc.assert(
      fc.property(values, (value) => {
        const rank = value.map((_, i) => (i * 7919) % 5);
        const { population, share } = given(concentrationCurve({ value, rank }));
        let under = 0;
        for (let i = 1; i < population.length; i++)
          under +=
            (((population[i] as number) - (population[i - 1] as number)) *
              ((share[i] as number) + (share[i - 1] as number))) /
            2;
        expect(1 - 2 * under).toBeCloseTo(
          given(concentrationIndexOfPersons({ rank, value })).value,
          10,
        );
        expect(given(concentrationIndexOfPersons({ rank: value, value })).value).toBeCloseTo(
          given(giniIndex({ value })).value,
          10,
        );
      }),
    );
  });
});

describe("decomposition by subgroup", () => {
  const grouped = values.map((value) => ({
    value,
    group: value.map((_, i) => "abc"[(i * 31) % 3] as string),
  }));

  test("entropy: within and between add up; one group is all within, groups of equals all between", () => {
    fc.assert(
      fc.property(grouped, fc.constantFrom(-1, 0, 0.5, 1, 2, 3), (data, sensitivity) => {
        const parts = given(decomposeGeneralisedEntropy(data, { sensitivity }));
        expect(parts.within + parts.between).toBeCloseTo(parts.total, 8);
        const one = given(
          decomposeGeneralisedEntropy({ ...data, group: data.group.map(() => 1) }, { sensitivity }),
        );
        expect(one.between).toBeCloseTo(0, 10);
        const equals = given(
          decomposeGeneralisedEntropy({ ...data, group: data.value }, { sensitivity }),
        );
        expect(equals.within).toBeCloseTo(0, 9);
      }),
    );
  });

  test("Atkinson: what is left multiplies", () => {
    fc.assert(
      fc.property(grouped, fc.constantFrom(0.5, 1, 2), (data, aversion) => {
        const parts = given(decomposeAtkinson(data, { aversion }));
        expect((1 - parts.within) * (1 - parts.between)).toBeCloseTo(1 - parts.total, 9);
        expect(parts.total).toBeCloseTo(
          given(atkinsonIndexOfPersons(data, { aversion })).value,
          10,
        );
        expect(parts.within).toBeGreaterThanOrEqual(-1e-12);
        expect(parts.between).toBeGreaterThanOrEqual(-1e-12);
      }),
    );
  });

  test("Gini: three parts add up, overlap is not negative, and within is Σ f s G at ν = 2", () => {
    fc.assert(
      fc.property(grouped, fc.constantFrom(1.5, 2, 3), (data, aversion) => {
        const parts = given(decomposeGini(data, { aversion }));
        expect(parts.within + parts.between + parts.overlap).toBeCloseTo(parts.total, 10);
        expect(parts.overlap).toBeGreaterThanOrEqual(-1e-10);
        expect(parts.groups.reduce((s, g) => s + g.contribution, 0)).toBeCloseTo(parts.within, 9);
        if (aversion === 2)
          for (const g of parts.groups)
            expect(g.contribution).toBeCloseTo(g.populationShare * g.valueShare * g.index, 9);
      }),
    );
  });

  test("groups that do not overlap have no overlap", () => {
    const parts = given(decomposeGini({ value: [1, 2, 3, 10, 11, 15], group: [1, 1, 1, 2, 2, 2] }));
    expect(parts.overlap).toBeCloseTo(0, 12);
  });
});

describe("change over time", () => {
  const period = fc
    .array(fc.tuple(fc.double({ min: 0.5, max: 20, noNaN: true }), fc.constantFrom("a", "b")), {
      minLength: 4,
      maxLength: 20,
    })
    .map((rows) => ({
      value: [...rows.map((r) => r[0]), 3, 4],
      group: [...rows.map((r) => r[1]), "a", "b"],
    }));

  test("the four parts add up, and turn their signs when time does", () => {
    fc.assert(
      fc.property(period, period, (before, after) => {
        const change = given(decomposeChangeInInequality(before, after));
        const sum =
          change.withinGroups + change.sharesWithin + change.sharesBetween + change.groupMeans;
        expect(sum).toBeCloseTo(change.total, 9);
        const back = given(decomposeChangeInInequality(after, before));
        expect(back.groupMeans).toBeCloseTo(-change.groupMeans, 9);
        expect(back.withinGroups).toBeCloseTo(-change.withinGroups, 9);
      }),
    );
  });

  test("nothing changed is no change; growth for all alike changes nothing", () => {
    fc.assert(
      fc.property(period, (data) => {
        const grown = { ...data, value: data.value.map((y) => 1.5 * y) };
        const change = given(decomposeChangeInInequality(data, grown));
        for (const part of Object.values(change)) expect(part).toBeCloseTo(0, 9);
      }),
    );
    expect(
      decomposeChangeInInequality(
        { value: [1, 2], group: [1, 2] },
        { value: [1, 2], group: [1, 1] },
      ),
    ).toMatchObject({ absent: "notIdentified" });
  });

  test("of an index: turns with time, and its interval widens with either error", () => {
    const index = fc.record({
      value: fc.double({ min: -5, max: 5, noNaN: true }),
      standardError: fc.double({ min: 0.01, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(index, index, (before, after) => {
        const change = changeInIndex(before, after);
        const back = changeInIndex(after, before);
        expect(back.value).toBeCloseTo(-change.value, 12);
        expect(back.upper).toBeCloseTo(-change.lower, 12);
        expect(back.probability).toBeCloseTo(change.probability, 12);
        const wider = changeInIndex(before, { ...after, standardError: after.standardError + 1 });
        expect(wider.upper - wider.lower).toBeGreaterThan(change.upper - change.lower);
        expect(change.probability < 0.05).toBe(change.lower > 0 || change.upper < 0);
      }),
    );
  });

  test("of an index: errors add in square", () => {
    const change = changeInIndex(
      { value: 0.3, standardError: 0.03 },
      { value: 0.2, standardError: 0.04 },
    );
    expect(change.value).toBeCloseTo(-0.1, 12);
    expect(change.standardError).toBeCloseTo(0.05, 12);
    expect(change.probability).toBeCloseTo(0.0455002638, 9);
    expect(
      changeInIndex({ value: 1, standardError: 0 }, { value: 1, standardError: 0 }).probability,
    ).toBe(1);
  });
});

test("typed reasons and impossible calls", () => {
  expect(giniIndex({ value: [1] })).toMatchObject({ absent: "tooFew" });
  expect(giniIndex({ value: [-1, 2] })).toMatchObject({ absent: "notPositive" });
  expect(giniIndex({ value: [0, 0] })).toMatchObject({ absent: "notPositive" });
  expect(given(giniIndex({ value: [0, 2] })).value).toBeCloseTo(0.5, 12);
  expect(giniIndex({ value: [1, 2], weight: [0, 0] })).toMatchObject({ absent: "zeroDenominator" });
  expect(generalisedEntropyIndex({ value: [0, 2] }, { sensitivity: 0 })).toMatchObject({
    absent: "notPositive",
  });
  expect(given(generalisedEntropyIndex({ value: [0, 2] }, { sensitivity: 1 })).value).toBeCloseTo(
    Math.LN2,
    12,
  );
  expect(giniIndex({ value: [1, 2, 3], stratum: [1, 1, 2] })).toMatchObject({ absent: "tooFew" });
  expect(() => giniIndex({ value: [1, 2], weight: [1] })).toThrow(StatisticsError);
  expect(() => giniIndex({ value: [1, 2] }, { aversion: 1 })).toThrow(StatisticsError);
  expect(() => generalisedEntropyIndex({ value: [1, 2] }, { sensitivity: Number.NaN })).toThrow(
    StatisticsError,
  );
  expect(() => atkinsonIndexOfPersons({ value: [1, 2] }, { aversion: 0 })).toThrow(StatisticsError);
  expect(() => decomposeGini({ value: [1, 2], group: [1] })).toThrow(StatisticsError);
});
