import fc from "fast-check";
import { expect, test } from "vitest";
import { differenceInMeans, isAbsent, type Result, sampleMean } from "../../src/index.ts";

const there = <T>(result: Result<T>): T => {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
};
const mean = (values: readonly number[]) => there(sampleMean(values));

// Student's sleep data (1908) and R 4.2.2, t.test(x, y).
const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

test("the interval, degrees of freedom and p-value are R's t.test", () => {
  const difference = there(differenceInMeans(mean(first), mean(second)));
  expect(difference.value).toBeCloseTo(-1.58, 12);
  expect(difference.lower).toBeCloseTo(-3.3654832307117, 10);
  expect(difference.upper).toBeCloseTo(0.2054832307117, 10);
  expect(difference.degreesOfFreedom).toBeCloseTo(17.7764735161785, 10);
  expect(difference.standardError).toBeCloseTo(0.8490910171874, 8);
  expect(difference.pValue).toBeCloseTo(0.0793941401874, 10);
  const narrower = there(differenceInMeans(mean(first), mean(second), { confidence: 0.9 }));
  expect(narrower.lower).toBeCloseTo(-3.053381497332, 10);
});

test("the other way round is the same with the other sign, and a shift of both changes nothing", () => {
  const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(values, values, fc.integer({ min: -9, max: 9 }), (a, b, shift) => {
      const there = differenceInMeans(mean(a), mean(b));
      const back = differenceInMeans(mean(b), mean(a));
      const moved = differenceInMeans(mean(a.map((x) => x + shift)), mean(b.map((x) => x + shift)));
      if (isAbsent(there) || isAbsent(back) || isAbsent(moved)) {
        expect([there, back, moved].every(isAbsent)).toBe(true);
        return;
      }
      expect(back.value).toBeCloseTo(-there.value, 10);
      expect(back.upper).toBeCloseTo(-there.lower, 6);
      expect(back.pValue).toBeCloseTo(there.pValue, 9);
      expect(moved.lower).toBeCloseTo(there.lower, 6);
      expect(there.lower).toBeLessThanOrEqual(there.value);
    }),
  );
});

test("two groups of which nobody differs give no interval", () => {
  expect(differenceInMeans(mean([2, 2, 2]), mean([3, 3]))).toMatchObject({ absent: "allEqual" });
});
