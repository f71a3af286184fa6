import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { betaBinomial, gammaPoisson, isAbsent, marshallShrinkage } from "../../src/index.ts";

const folder = join(import.meta.dirname, "../../../../../shared/cases/methods");
test.skipIf(!existsSync(folder))(
  "lip cancer in Scotland, all 56 districts of A_smallarea_fdr_power (needs ../shared)",
  () => {
    const { cases, expected_counts, nb, marshall } = JSON.parse(
      readFileSync(join(folder, "A_smallarea_fdr_power.json"), "utf8"),
    ).lip_cancer_scotland;
    const shrunk = gammaPoisson(cases, expected_counts);
    if (isAbsent(shrunk)) throw new Error(shrunk.message);
    // theta.ml() of R stops at 1e-4 of a step; its figures agree to about 1e-6.
    expect(shrunk.shape / nb.theta).toBeCloseTo(1, 6);
    expect(shrunk.mean / nb.mu).toBeCloseTo(1, 6);
    expect(nb.rr).toHaveLength(56);
    shrunk.ratios.forEach(({ value, lower, upper }, i) => {
      expect(value / nb.rr[i]).toBeCloseTo(1, 6);
      expect(lower / nb.lo95[i]).toBeCloseTo(1, 6);
      expect(upper / nb.hi95[i]).toBeCloseTo(1, 6);
    });
    const moments = marshallShrinkage(cases, expected_counts);
    if (isAbsent(moments)) throw new Error(moments.message);
    expect(moments.mean).toBeCloseTo(marshall.m, 10);
    expect(moments.variance).toBeCloseTo(marshall.A, 10);
    moments.ratios.forEach((ratio, i) => {
      expect(ratio).toBeCloseTo(marshall.eb[i], 9);
    });
  },
);

// Clayton and Kaldor 1987 (Biometrics 43:671), lip cancer in the 56 districts of Scotland, 1975 to 1980; the shrunk
// figures computed with R 4.2.2.
const cases = [
  9, 39, 11, 9, 15, 8, 26, 7, 6, 20, 13, 5, 3, 8, 17, 9, 2, 7, 9, 7, 16, 31, 11, 7, 19, 15, 7, 10,
  16, 11, 5, 3, 7, 8, 11, 9, 11, 8, 6, 4, 10, 8, 2, 6, 19, 3, 2, 3, 28, 6, 1, 1, 1, 1, 0, 0,
];
const expected = [
  1.4, 8.7, 3, 2.5, 4.3, 2.4, 8.1, 2.3, 2, 6.6, 4.4, 1.8, 1.1, 3.3, 7.8, 4.6, 1.1, 4.2, 5.5, 4.4,
  10.5, 22.7, 8.8, 5.6, 15.5, 12.5, 6, 9, 14.4, 10.2, 4.8, 2.9, 7, 8.5, 12.3, 10.1, 12.7, 9.4, 7.2,
  5.3, 18.8, 15.8, 4.3, 14.6, 50.7, 8.2, 5.6, 9.3, 88.7, 19.6, 3.4, 3.6, 5.7, 7, 4.2, 1.8,
];

test("lip cancer in Scotland: raw ratios of 0 to 6.43 become 0.33 to 4.08", () => {
  const shrunk = gammaPoisson(cases, expected);
  if (isAbsent(shrunk)) throw new Error(shrunk.message);
  expect(shrunk.shape).toBeCloseTo(1.87949, 5);
  const ratios = shrunk.ratios.map(({ value }) => value);
  expect(Math.min(...ratios)).toBeCloseTo(0.3319, 4);
  expect(Math.max(...ratios)).toBeCloseTo(4.0791, 4);
  const moments = marshallShrinkage(cases, expected);
  if (isAbsent(moments)) throw new Error(moments.message);
  expect(moments.variance).toBeCloseTo(0.8027001, 7);
});

// District (from 0), ratio with interval, Marshall's ratio.
test.each([
  [0, 3.9973624469, 1.9864856351, 6.6994957729, 3.8728112336],
  [1, 4.0791107356, 2.9256897855, 5.4212173448, 4.0466091758],
  [28, 1.1372515286, 0.67266520681, 1.721833683, 1.1022372449],
  [48, 0.33191442601, 0.22374613236, 0.46107425169, 0.32514045933],
  [54, 0.3403845125, 0.03727669538, 0.97091218567, 0.22861166716],
])("lip cancer in district %i", (district, ratio, lower, upper, moment) => {
  const shrunk = gammaPoisson(cases, expected);
  const moments = marshallShrinkage(cases, expected);
  if (isAbsent(shrunk) || isAbsent(moments)) throw new Error("absent");
  const found = shrunk.ratios[district];
  expect((found?.value as number) / ratio).toBeCloseTo(1, 6);
  expect((found?.lower as number) / lower).toBeCloseTo(1, 6);
  expect((found?.upper as number) / upper).toBeCloseTo(1, 6);
  expect(moments.ratios[district]).toBeCloseTo(moment, 9);
});

test("beta-binomial by optim() of R 4.2.2 on its log-likelihood", () => {
  const shrunk = betaBinomial([1, 12, 45, 3], [10, 20, 60, 30]);
  if (isAbsent(shrunk)) throw new Error(shrunk.message);
  expect(shrunk.mean).toBeCloseTo(0.392953, 6);
  expect(shrunk.weight).toBeCloseTo(2.678494, 5);
});

test("places that differ no more than by chance cannot be told apart", () => {
  expect(gammaPoisson([10, 10, 10, 10], [10, 10, 10, 10])).toMatchObject({
    absent: "notIdentified",
  });
  expect(betaBinomial([5, 5, 5], [10, 10, 10])).toMatchObject({ absent: "notIdentified" });
  expect(marshallShrinkage([10, 10, 11], [10, 10, 11])).toMatchObject({ variance: 0 });
});

test("guards are typed", () => {
  expect(gammaPoisson([1], [1])).toMatchObject({ absent: "tooFewGroups" });
  expect(gammaPoisson([0, 0], [1, 2])).toMatchObject({ absent: "allEqual" });
  expect(gammaPoisson([1, 2], [0, 2])).toMatchObject({ absent: "zeroDenominator" });
  expect(betaBinomial([10, 20], [10, 20])).toMatchObject({ absent: "allEqual" });
  expect(betaBinomial([0, 1, 0, 2], [1, 1, 1, 2])).toMatchObject({ absent: "notIdentified" });
  expect(marshallShrinkage([1, 2], [1, 0])).toMatchObject({ absent: "zeroDenominator" });
  expect(() => betaBinomial([3], [2])).toThrow(/above its denominator/);
});
