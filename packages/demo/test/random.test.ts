import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cumulated, drawn, mixed, RandomStream } from "../src/index.ts";

describe("RandomStream", () => {
  test("is even: sixteen bins of 160,000 numbers by chi-squared", () => {
    const random = new RandomStream(42);
    const bins = new Array<number>(16).fill(0);
    for (let turn = 0; turn < 160_000; turn++) bins[random.below(16)]!++;
    const chiSquared = bins.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquared).toBeLessThan(37.7);
  });

  test("of neighbouring seeds are unrelated", () => {
    let product = 0;
    for (let seed = 0; seed < 20_000; seed++)
      product +=
        (new RandomStream(seed).uniform() - 0.5) * (new RandomStream(seed + 1).uniform() - 0.5);
    expect(Math.abs(product / 20_000) * 12).toBeLessThan(0.03);
  });
});

describe("mixed", () => {
  test("spreads neighbouring indices over all bits", () => {
    const values = new Set(Array.from({ length: 50_000 }, (_, index) => mixed(1, index)));
    expect(values.size).toBeGreaterThan(49_990);
    const ones = [...values].reduce((sum, value) => sum + (value & 1), 0);
    expect(Math.abs(ones - 25_000)).toBeLessThan(500);
  });
});

describe("drawn", () => {
  test("picks each item in proportion to its weight", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 }),
        (weights) => {
          fc.pre(weights.some((weight) => weight > 0));
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          const cumulative = cumulated(weights);
          weights.forEach((weight, index) => {
            const before = weights.slice(0, index).reduce((sum, each) => sum + each, 0);
            if (weight > 0) expect(drawn(cumulative, (before + weight / 2) / total)).toBe(index);
          });
        },
      ),
    );
  });
});
