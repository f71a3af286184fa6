import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  byarLimits,
  clopperPearson,
  compareProportions,
  countRate,
  isAbsent,
  meanFromSums,
  proportion,
  proportionDifference,
  proportionRatio,
  rateRatio,
  sampleMean,
  sampleQuantile,
} from "../../src/index.ts";

const folder = join(import.meta.dirname, "../../../../../shared/cases/methods");
const there = existsSync(folder);
const load = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));

test.skipIf(!there)("every limit of A_byar_wilson to 1e-9 (needs ../shared)", () => {
  const { cases } = load("A_byar_wilson");
  for (const { x, n, lowercl, uppercl, confidence, method } of cases) {
    const options = { confidence: Number.parseFloat(confidence) / 100 };
    const limits = method === "Wilson" ? proportion(x, n, options) : byarLimits(x, options);
    if (isAbsent(limits)) throw new Error(limits.message);
    expect(limits.lower).toBeCloseTo(lowercl, 9);
    expect(limits.upper).toBeCloseTo(uppercl, 9);
  }
  expect(cases).toHaveLength(12);
});

test.skipIf(!there)("every rate of A_rates (needs ../shared)", () => {
  const { cases } = load("A_rates");
  let numbers = 0;
  for (const rate of cases) {
    // A count or a population that is not there is the caller's typed absence, not a number here.
    if (rate.Numerator === null || rate.Denominator === null) {
      expect(rate.value).toBeNull();
      continue;
    }
    for (const [confidence, level] of [
      [0.95, "95_0"],
      [0.998, "99_8"],
    ] as const) {
      const result = countRate(rate.Numerator, rate.Denominator, {
        confidence,
        per: rate.multiplier,
      });
      if (isAbsent(result)) throw new Error(result.message);
      expect(result.method).toBe(rate.method === "Exact" ? "exact" : "byar");
      expect(result.value / rate.value).toBeCloseTo(1, 12);
      expect(result.lower / rate[`lower${level}cl`]).toBeCloseTo(1, 12);
      expect(result.upper / rate[`upper${level}cl`]).toBeCloseTo(1, 12);
      numbers++;
    }
  }
  expect(cases).toHaveLength(20);
  expect(numbers).toBe(34);
});

test("Newcombe 1998 (Statistics in Medicine 17:873), table II (a), method 10", () => {
  const gap = proportionDifference(
    { numerator: 56, denominator: 70 },
    { numerator: 48, denominator: 80 },
  );
  if (isAbsent(gap)) throw new Error(gap.message);
  expect(gap.value).toBeCloseTo(0.2, 12);
  expect(gap.lower).toBeCloseTo(0.052431472402, 12);
  expect(gap.upper).toBeCloseTo(0.33387265404, 11);
});

test.skipIf(!there)("newcombe of A_smallarea_fdr_power (needs ../shared)", () => {
  const { newcombe } = load("A_smallarea_fdr_power");
  const [a, b] = [0, 1].map((i) => ({ numerator: newcombe.x[i], denominator: newcombe.n[i] }));
  if (a === undefined || b === undefined) throw new Error("two groups are wanted");
  const gap = proportionDifference(a, b);
  if (isAbsent(gap)) throw new Error(gap.message);
  expect(gap.value).toBeCloseTo(newcombe.diff, 12);
  expect(gap.lower).toBeCloseTo(newcombe.ci[0], 12);
  expect(gap.upper).toBeCloseTo(newcombe.ci[1], 11);
});

// Newcombe 1998, Statistics in Medicine 17:873, table II, method 10: printed to four decimals.
test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [6, 7, 2, 7, 0.0582, 0.8062],
  [5, 56, 0, 29, -0.0381, 0.1926],
  [0, 10, 0, 20, -0.1611, 0.2775],
  [0, 10, 0, 10, -0.2775, 0.2775],
  [10, 10, 0, 20, 0.6791, 1],
  [10, 10, 0, 10, 0.6075, 1],
])("Newcombe 1998, table II: %i/%i against %i/%i", (ya, na, yb, nb, lower, upper) => {
  const gap = proportionDifference(
    { numerator: ya, denominator: na },
    { numerator: yb, denominator: nb },
  );
  if (isAbsent(gap)) throw new Error(gap.message);
  expect(gap.lower).toBeCloseTo(lower, 4);
  expect(gap.upper).toBeCloseTo(upper, 4);
});

test("Clopper and Pearson as binom.test() of R 4.2.2", () => {
  expect(clopperPearson(7, 20)).toMatchObject({
    lower: expect.closeTo(0.15390920478454, 12),
    upper: expect.closeTo(0.59218853453283, 12),
  });
});

test("Koopman 1984 (Biometrics 40:513): 36/40 over 16/80 is 2.94 to 7.15 by the score", () => {
  const options = { interval: "score" } as const;
  const ratio = proportionRatio(
    { numerator: 36, denominator: 40 },
    { numerator: 16, denominator: 80 },
    options,
  );
  expect(ratio).toMatchObject({
    value: 4.5,
    lower: expect.closeTo(2.94, 2),
    upper: expect.closeTo(7.15, 2),
  });
});

test("a ratio of rates as poisson.test() of R 4.2.2 on its own example", () => {
  expect(
    rateRatio({ numerator: 41, denominator: 28010 }, { numerator: 15, denominator: 19017 }),
  ).toMatchObject({ lower: expect.closeTo(1.0056841, 7), upper: expect.closeTo(3.6093003, 7) });
});

test("a mean as t.test() of R 4.2.2, from values and from sums", () => {
  const expected = { lower: expect.closeTo(2.6431446, 7), upper: expect.closeTo(13.3568554, 7) };
  expect(sampleMean([4, 7, 9, 12])).toMatchObject(expected);
  expect(meanFromSums(4, 32, 290)).toMatchObject(expected);
});

test("the median of 100 values has ranks 40 and 61, as Conover's tables", () => {
  expect(
    sampleQuantile(
      Float64Array.from({ length: 100 }, (_, i) => i + 1),
      0.5,
    ),
  ).toEqual({
    value: 50.5,
    lower: 40,
    upper: 61,
  });
});

// R 4.2.2: prop.test(…, correct = FALSE); and dhyper() for the mid-p.
test.each([
  [56, 70, 48, 80, 0.008045081, "score"],
  [3, 20, 1, 80, 0.01286460226, "midP"],
])("comparing %i/%i with %i/%i", (ya, na, yb, nb, p, method) => {
  const test = compareProportions(
    { numerator: ya, denominator: na },
    { numerator: yb, denominator: nb },
  );
  expect(test).toMatchObject({ p: expect.closeTo(p, 9), method });
});

test("Wilson, exact Poisson and Byar limits computed with R 4.2.2", () => {
  // prop.test(37, 112, correct = FALSE)
  expect(proportion(37, 112)).toMatchObject({
    lower: expect.closeTo(0.2501477498939, 12),
    upper: expect.closeTo(0.42181770714667, 12),
  });
  // poisson.test(7)
  expect(countRate(7, 1)).toMatchObject({
    lower: expect.closeTo(2.8143630515199, 11),
    upper: expect.closeTo(14.4226753617024, 11),
    method: "exact",
  });
  // Byar's formula for 37, typed into R.
  expect(byarLimits(37)).toMatchObject({
    lower: expect.closeTo(26.047964514407, 10),
    upper: expect.closeTo(51.001096593265, 10),
  });
});
