import { expect, test } from "vitest";
import { minimumDetectableProportionGap, weeksUntilDetectable } from "../../src/index.ts";

// R 4.2.2: (qnorm(0.975) + qnorm(0.8)) * sqrt(0.3 * 0.7 * (1 / 200 + 1 / 800)).
test("the smallest gap between two shares that would have been seen", () => {
  const pooled = { numerator: 300, denominator: 1000 };
  expect(minimumDetectableProportionGap(pooled, 200, 800)).toBeCloseTo(0.101497067205576, 13);
  // (qnorm(0.995) + qnorm(0.9)) in its place.
  const sure = { confidence: 0.99, power: 0.9 };
  expect(minimumDetectableProportionGap(pooled, 200, 800, sure)).toBeCloseTo(0.139746898568944, 13);
});

// R 4.2.2: uniroot(function(w) zp * sqrt(0.3 * 0.7 * (1 / (6 * w) + 1 / (30 * w))) - 0.1, c(1, 1000), tol = 1e-12)$root.
test("weeks until a gap would be seen", () => {
  expect(weeksUntilDetectable(0.1, 0.3, 6, 30)).toBeCloseTo(32.9652948842662, 10);
});
