import { expect, test } from "vitest";
import {
  betweenGroupStandardDeviation,
  coefficientOfVariation,
  isAbsent,
} from "../../src/index.ts";

const there = <T>(result: T) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result as Exclude<T, { absent: unknown }>;
};
const groups = { population: [120, 200, 80, 150], count: [30, 80, 12, 45] };

// R 4.2.2: f <- n / sum(n); q <- y / n; v <- q * (1 - q) / (n - 1); mu <- sum(f * q); b <- sum(f * (q - mu)^2);
// M <- diag(f) - outer(f, f); MV <- M %*% diag(v); vb <- 4 * sum(f^2 * (q - mu)^2 * v) + 2 * sum(diag(MV %*% MV)), the
// variance of a quadratic form of normal values; sqrt(b), sqrt(vb / 4 / b), sqrt(b - sum(f * (1 - f) * v)).
test("standard deviation between groups", () => {
  const sd = there(betweenGroupStandardDeviation(groups));
  expect(sd.value).toBeCloseTo(0.0862630993765561, 14);
  expect(sd.standardError).toBeCloseTo(0.0190003320580991, 13);
  expect(sd.corrected).toBeCloseTo(0.0800831812543729, 13);
});

// R 4.2.2: the same over mu, the first order of its variance by numDeriv::grad(cv, q).
test("coefficient of variation between groups", () => {
  const cv = there(coefficientOfVariation(groups));
  expect(cv.value).toBeCloseTo(0.284100027886861, 14);
  expect(cv.standardError).toBeCloseTo(0.0619210942177634, 11);
  expect(cv.corrected).toBeCloseTo(0.263747004131168, 13);
});
