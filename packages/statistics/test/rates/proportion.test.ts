import { expect, test } from "vitest";
import {
  compareProportions,
  countRate,
  estimateArrays,
  isAbsent,
  newcombeInto,
  proportion,
  proportionDifference,
  StatisticsError,
  wilsonInto,
} from "../../src/index.ts";

test("a denominator of 0 is a typed absence, for every function", () => {
  expect(proportion(0, 0)).toMatchObject({ absent: "zeroDenominator" });
  expect(countRate(3, 0)).toMatchObject({ absent: "zeroDenominator" });
  const none = { numerator: 0, denominator: 0 };
  const some = { numerator: 1, denominator: 2 };
  expect(proportionDifference(none, some)).toMatchObject({ absent: "zeroDenominator" });
  expect(compareProportions(some, none)).toMatchObject({ absent: "zeroDenominator" });
});

test("counts below the stated minimum are withheld", () => {
  expect(proportion(4, 9, { minimumDenominator: 10 })).toMatchObject({ absent: "tooFew" });
  expect(proportion(4, 10, { minimumNumerator: 5 })).toMatchObject({ absent: "tooFew" });
  expect(isAbsent(proportion(5, 10, { minimumNumerator: 5, minimumDenominator: 10 }))).toBe(false);
});

test("impossible calls throw", () => {
  expect(() => proportion(3, 2)).toThrow(StatisticsError);
  expect(() => proportion(-1, 2)).toThrow(/not a count/);
  expect(() => proportion(1, 2, { confidence: 95 })).toThrow(/confidence/);
  expect(() => wilsonInto([1], [1, 2], estimateArrays(1))).toThrow(/denominators/);
  expect(() => wilsonInto([2], [1], estimateArrays(1))).toThrow(/at 0/);
});

test("nobody and everybody end at 0 and at 1 exactly", () => {
  expect(proportion(0, 7)).toMatchObject({ value: 0, lower: 0 });
  expect(proportion(7, 7)).toMatchObject({ value: 1, upper: 1 });
});

test("a table with small expected counts takes the mid-p of the exact test", () => {
  // R 4.2.2: d <- dhyper(0:4, 4, 96, 20); less than dhyper(3, …) in full and equal ones half.
  const test = compareProportions(
    { numerator: 3, denominator: 20 },
    { numerator: 1, denominator: 80 },
  );
  expect(test).toMatchObject({ method: "midP" });
  if (!isAbsent(test)) expect(test.p).toBeCloseTo(0.01286460226, 10);
});

test("far out a skewed table gets the mid-p of its hypergeometric distribution", () => {
  // Worked out with exact fractions; the score test would say 2.5e-7.
  const test = compareProportions(
    { numerator: 20, denominator: 60 },
    { numerator: 700, denominator: 6000 },
  );
  expect(test).toMatchObject({ method: "midP" });
  if (!isAbsent(test)) expect(test.p / 6.130421382806722e-6).toBeCloseTo(1, 9);
});

test("the arrays hold what the single functions give", () => {
  const [a, n, b, m] = [
    [3, 0, 5],
    [9, 0, 10],
    [1, 2, 2],
    [8, 4, 2],
  ];
  const single = estimateArrays(3);
  const pairs = estimateArrays(3);
  wilsonInto(a as number[], n as number[], single);
  newcombeInto(
    {
      numeratorsA: a as number[],
      denominatorsA: n as number[],
      numeratorsB: b as number[],
      denominatorsB: m as number[],
    },
    pairs,
  );
  expect([...single.present]).toEqual([1, 0, 1]);
  expect([...pairs.present]).toEqual([1, 0, 1]);
  expect(proportion(3, 9)).toMatchObject({ lower: single.lowers[0], upper: single.uppers[0] });
  expect(
    proportionDifference({ numerator: 3, denominator: 9 }, { numerator: 1, denominator: 8 }),
  ).toMatchObject({ value: pairs.values[0], lower: pairs.lowers[0], upper: pairs.uppers[0] });
});
