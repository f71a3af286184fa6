import { expect, test } from "vitest";
import { fractionalRank, StatisticsError } from "../../src/index.ts";

test("ties share the middle of their stretch", () => {
  const rank = fractionalRank([1, 1, 2, 3, 3, 3], [1, 1, 1, 1, 1, 1]);
  const expected = [1 / 6, 1 / 6, 5 / 12, 0.75, 0.75, 0.75];
  expected.forEach((r, i) => {
    expect(rank[i]).toBeCloseTo(r, 15);
  });
});

test("rows in any order", () => {
  expect(Array.from(fractionalRank([3, 1, 2, 2, 5], [1, 2, 1, 3, 0.5]))).toEqual([
    6.5 / 7.5,
    1 / 7.5,
    4 / 7.5,
    4 / 7.5,
    7.25 / 7.5,
  ]);
});

test("no people is no error; a negative weight is", () => {
  expect(Array.from(fractionalRank([1, 2], [0, 0]))).toEqual([0, 0]);
  expect(() => fractionalRank([1], [-1])).toThrow(StatisticsError);
  expect(() => fractionalRank([Number.NaN])).toThrow(StatisticsError);
  expect(() => fractionalRank([1, 2], [1])).toThrow(StatisticsError);
});
