import { expect, test } from "vitest";
import { normalProbability, normalQuantile } from "../../src/index.ts";

// R 4.2.2: qnorm() and pnorm(), printed with 17 significant digits.
test.each([
  [0.975, 1.9599639845400538],
  [0.9, 1.2815515655446008],
  [1e-10, -6.3613409024040557],
  [1e-300, -37.0471],
])("normalQuantile(%s) is R's", (p, z) => {
  expect(normalQuantile(p)).toBeCloseTo(z, p === 1e-300 ? 4 : 14);
});

test("normalProbability is R's in both tails", () => {
  expect(normalProbability(1.96)).toBeCloseTo(0.97500210485177963, 15);
  expect(normalProbability(-8) / 6.2209605742717841e-16).toBeCloseTo(1, 12);
});
