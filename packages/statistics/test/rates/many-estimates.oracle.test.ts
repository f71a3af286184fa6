import { expect, test } from "vitest";
import {
  compareProportionsInto,
  countLimits,
  estimateArrays,
  isAbsent,
  newcombeInto,
  quantileGroups,
  repeatedEventRate,
  wilsonInto,
  zOfConfidence,
} from "../../src/index.ts";

// R 4.2.2: qnorm(1 - (1 - confidence) / 2).
test("z of a confidence is R's quantile", () => {
  const expected = [
    [0.5, 0.674489750196082],
    [0.9, 1.644853626951472],
    [0.95, 1.959963984540054],
    [0.99, 2.5758293035489],
    [0.999, 3.290526731491926],
  ] as const;
  for (const [confidence, z] of expected) expect(zOfConfidence(confidence)).toBeCloseTo(z, 13);
});

// R 4.2.2: prop.test(65, 100, correct = FALSE)$conf.int, prop.test(0, 12, correct = FALSE)$conf.int.
test("Wilson's limits of many shares are prop.test's", () => {
  const out = estimateArrays(3);
  wilsonInto([65, 0, 0], [100, 12, 0], out);
  expect(out.lowers[0]).toBeCloseTo(0.55254443296888, 13);
  expect(out.uppers[0]).toBeCloseTo(0.736357517569025, 13);
  expect(out.lowers[1]).toBe(0);
  expect(out.uppers[1]).toBeCloseTo(0.242494006655241, 13);
  expect(Array.from(out.present)).toEqual([1, 1, 0]);
});

// R 4.2.2: prop.test(3, 12, correct = FALSE, conf.level = 0.99)$conf.int.
test("at another confidence too", () => {
  const out = estimateArrays(1);
  wilsonInto([3], [12], out, { confidence: 0.99 });
  expect(out.lowers[0]).toBeCloseTo(0.0657318720232436, 13);
  expect(out.uppers[0]).toBeCloseTo(0.612291562801117, 13);
});

// Newcombe (1998) Stat Med 17:873, table II, method 10: 56/70 - 48/80 is 0.0524 to 0.3339, 9/10 - 3/10 is 0.1705 to 0.8090.
// More digits from R 4.2.2: squares of the distances to prop.test's limits, added.
test("Newcombe's differences of many shares", () => {
  const out = estimateArrays(2);
  newcombeInto(
    {
      numeratorsA: [56, 9],
      denominatorsA: [70, 10],
      numeratorsB: [48, 3],
      denominatorsB: [80, 10],
    },
    out,
  );
  expect(out.values[0]).toBeCloseTo(0.2, 13);
  expect(out.lowers[0]).toBeCloseTo(0.0524314724023649, 12);
  expect(out.uppers[0]).toBeCloseTo(0.333872654036906, 12);
  expect(out.lowers[1]).toBeCloseTo(0.170522723934503, 12);
  expect(out.uppers[1]).toBeCloseTo(0.809017973535488, 12);
});

// R 4.2.2: prop.test(c(56, 48), c(70, 80), correct = FALSE)$p.value. 2 of 9 against 0 of 20 is the rarest of its tables, so
// half its chance: choose(9, 2) / choose(29, 2) / 2.
test("p-values of many pairs are prop.test's, and exact where few are expected", () => {
  const out = new Float64Array(3);
  compareProportionsInto(
    {
      numeratorsA: [56, 2, 3],
      denominatorsA: [70, 9, 5],
      numeratorsB: [48, 0, 0],
      denominatorsB: [80, 20, 0],
    },
    out,
  );
  expect(out[0]).toBeCloseTo(0.00804508136819656, 13);
  expect(out[1]).toBeCloseTo(36 / 406 / 2, 12);
  expect(out[2]).toBe(1);
});

// R 4.2.2: poisson.test(5)$conf.int; Byar's limits of 65 are those that OHID's tool prints (50.163 to 82.849).
test("limits of a count are exact below ten and Byar's from there", () => {
  expect(countLimits(5)).toMatchObject({
    lower: expect.closeTo(1.62348639011842, 11),
    upper: expect.closeTo(11.6683320793227, 11),
    method: "exact",
  });
  expect(countLimits(65)).toMatchObject({
    lower: expect.closeTo(50.1631877104595, 11),
    upper: expect.closeTo(82.8491385459398, 11),
    method: "byar",
  });
});

// R 4.2.2: k <- 1:4; f <- c(75, 16, 4, 2); x <- sum(k * f); v <- sum(k^2 * f);
// 100 / 636 * (x + sqrt(v / x) * (limit - x)) with Byar's limits of x = 127 events.
test("a rate of repeated events has the variance of a compound Poisson count", () => {
  const rate = repeatedEventRate([75, 16, 4, 2], 636, { per: 100 });
  if (isAbsent(rate)) throw new Error(rate.message);
  expect(rate.value).toBeCloseTo(19.9685534591195, 11);
  expect(rate.standardError).toBeCloseTo(2.26218468080789, 12);
  expect(rate.lower).toBeCloseTo(15.7275023651858, 11);
  expect(rate.upper).toBeCloseTo(24.8076983308222, 11);
  expect(rate.widening).toBeCloseTo(1.27668369608236, 12);
});

// R 4.2.2: the same with poisson.test(7)$conf.int for seven events of four people.
test("few repeated events stretch the exact limits", () => {
  expect(repeatedEventRate([2, 1, 1], 50)).toMatchObject({
    value: expect.closeTo(0.14, 14),
    lower: expect.closeTo(0.0174570978992649, 11),
    upper: expect.closeTo(0.357313682808759, 11),
  });
});

// R 4.2.2: cut(rank(x), 5, labels = FALSE).
test("fifths of ten values", () => {
  const fifths = quantileGroups([3, 9, 4, 1, 7, 6, 2, 8, 5, 10], 5);
  expect(Array.from(fifths)).toEqual([2, 5, 2, 1, 4, 3, 1, 4, 3, 5]);
});
