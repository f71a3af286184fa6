import { expect, test } from "vitest";
import { internallyStandardised, isAbsent, standardisedInequity } from "../../src/index.ts";

const there = <T>(result: T) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result as Exclude<T, { absent: unknown }>;
};

const group = {
  populations: [1000, 500, 200],
  counts: [12, 30, 25],
  othersPopulations: [3000, 1500, 300],
  othersCounts: [60, 150, 40],
};

// R 4.2.2: E <- sum((x + y) * n / (n + m)); the error of E - sum(x) by numDeriv::grad() over every count, each Poisson;
// the test is anova(glm(cbind(x, y) ~ 0 + offset(log(n / m)), binomial), the same with an intercept, test = "Rao").
test("expected at everyone's rates, with the score test of a binomial model", () => {
  const missing = there(internallyStandardised(group));
  expect(missing.observed).toBe(67);
  expect(missing.expected).toBeCloseTo(89, 12);
  expect(missing.value).toBeCloseTo(22, 12);
  expect(missing.standardError).toBeCloseTo(7.22149569, 8);
  expect(missing.p).toBeCloseTo(0.00551940596179504, 11);
});

// R 4.2.2: Dobson's limits of sum(w * y) and of sum((1 - w) * x), w = n / (n + m), squared and added.
test("with limits by square and add", () => {
  const missing = there(internallyStandardised(group));
  expect(missing.lower).toBeCloseTo(6.8416164781068, 11);
  expect(missing.upper).toBeCloseTo(35.9892937208096, 11);
});

// R 4.2.2: sum(y * n / m) - sum(x), its error by numDeriv::grad().
test("expected at the others' rates", () => {
  const missing = there(internallyStandardised(group, { standard: "others" }));
  expect(missing.expected).toBeCloseTo(96.6666666666667, 11);
  expect(missing.value).toBeCloseTo(29.6666666666667, 11);
  expect(missing.standardError).toBeCloseTo(10.3976493070657, 9);
});

// R 4.2.2: b <- (cumsum(res) - res / 2) / sum(res); ci <- function(o) 2 * sum(o * b) / sum(o) - 1, of use and of
// P %*% (colSums(C) / colSums(P)); coef(lm(use / expected ~ b, weights = res))[2]; errors by numDeriv::grad() over C.
test("inequity of use beyond the kinds of people", () => {
  const inequity = there(
    standardisedInequity({
      populations: [
        [900, 100],
        [850, 150],
        [800, 200],
        [750, 250],
        [700, 300],
      ],
      counts: [
        [9, 8],
        [10, 14],
        [11, 22],
        [11, 30],
        [12, 40],
      ],
    }),
  );
  expect(inequity.useIndex).toBeCloseTo(0.208383233532934, 13);
  expect(inequity.needIndex).toBeCloseTo(0.120658682634731, 13);
  expect(inequity.value).toBeCloseTo(0.0877245508982036, 13);
  expect(inequity.standardError).toBeCloseTo(0.0403680472245178, 10);
  expect(inequity.slope.value).toBeCloseTo(0.577497440491763, 12);
  const z = 1.959963984540054;
  expect((inequity.slope.upper - inequity.slope.lower) / (2 * z)).toBeCloseTo(0.261181562573542, 9);
  const ratios = [0.728831725616291, 0.846187747906567, 0.988023952095808, 1.06666666666667];
  ratios.forEach((ratio, i) => {
    expect(inequity.ratios[i]).toBeCloseTo(ratio, 12);
  });
});
