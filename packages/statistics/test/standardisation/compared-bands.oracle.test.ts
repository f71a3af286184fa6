import { expect, test } from "vitest";
import {
  comparativeMortalityFigure,
  directlyStandardisedRate,
  isAbsent,
  missingStandardBands,
  standardisedRateRatio,
  standardPopulationOf,
} from "../../src/index.ts";

const there = <T>(result: T) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result as Exclude<T, { absent: unknown }>;
};

// R 4.2.2: 100 * sum(rp * counts / populations) / sum(rc); limits by Dobson's formula, O = sum(counts), Byar's limits of O,
// V = sum((rp / sum(rp) / populations)^2 * counts): m * (rate + sqrt(V / O) * (limit - O)), m = 100 * sum(rp) / sum(rc).
test("a comparative mortality figure", () => {
  const figure = comparativeMortalityFigure({
    counts: [20, 60, 35],
    populations: [2000, 1000, 400],
    referenceCounts: [80, 200, 150],
    referencePopulations: [7000, 3000, 1500],
  });
  expect(figure).toMatchObject({
    value: expect.closeTo(88.6627906976744, 11),
    standardError: expect.closeTo(8.31110700987441, 11),
    lower: expect.closeTo(73.1179773931985, 10),
    upper: expect.closeTo(106.52004036976, 10),
  });
});

// R 4.2.2: a / b and a / b * exp(c(-1, 1) * qnorm(0.975) * sqrt(va / a^2 + vb / b^2)) for
// a <- sum(st / sum(st) * counts / populations), va <- sum((st / sum(st) / populations)^2 * counts).
test("a ratio of two standardised rates", () => {
  const standard = [7, 3];
  const populations = [2000, 1000];
  const north = there(directlyStandardisedRate({ counts: [20, 60], populations, standard }));
  const south = there(directlyStandardisedRate({ counts: [40, 50], populations, standard }));
  expect(standardisedRateRatio(north, south)).toMatchObject({
    value: expect.closeTo(0.862068965517241, 12),
    lower: expect.closeTo(0.637380070329431, 12),
    upper: expect.closeTo(1.16596507469062, 12),
  });
});

// Eurostat (2013), Revision of the European Standard Population: 21 bands, 100,000 people.
const published = {
  "0": 1000,
  "1-4": 4000,
  "5-9": 5500,
  "10-14": 5500,
  "15-19": 5500,
  "20-24": 6000,
  "25-29": 6000,
  "30-34": 6500,
  "35-39": 7000,
  "40-44": 7000,
  "45-49": 7000,
  "50-54": 7000,
  "55-59": 6500,
  "60-64": 6000,
  "65-69": 5500,
  "70-74": 5000,
  "75-79": 4000,
  "80-84": 2500,
  "85-89": 1500,
  "90-94": 800,
  "95+": 200,
};

test("the European standard population of 2013, in any order and joined", () => {
  // An object's whole-number keys come first, so "0" stays in front.
  const labels = Object.keys(published);
  expect(standardPopulationOf(labels)).toEqual(Object.values(published));
  expect(standardPopulationOf([...labels].reverse())).toEqual(Object.values(published).reverse());
  expect(standardPopulationOf(["90 and over", "0-4"])).toEqual([1000, 5000]);
  expect(Object.values(published).reduce((a, b) => a + b)).toBe(100_000);
});

test("the bands of it that a table lacks", () => {
  const labels = Object.keys(published);
  expect(missingStandardBands(labels)).toEqual([]);
  expect(missingStandardBands(labels.slice(0, -2))).toEqual(["90-94", "95+"]);
});
