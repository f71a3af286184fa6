import fc from "fast-check";
import { expect, test } from "vitest";
import {
  benjaminiHochberg,
  benjaminiYekutieli,
  detectableShare,
  equivalence,
  holm,
  isAbsent,
  minimumDetectableGap,
  minimumDetectableProportionGap,
  peopleNeeded,
  powerOfProportions,
  type Result,
  twoLevelFamilies,
  weeksUntilDetectable,
} from "../../src/index.ts";

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}
const p = fc.double({ min: 0, max: 1, noNaN: true });
const ps = fc.array(p, { minLength: 1, maxLength: 60 });

test("adjusted p-values keep the order, are never below the raw, and never above the stricter kind", () => {
  fc.assert(
    fc.property(ps, (raw) => {
      const [bh, by, strict] = [benjaminiHochberg(raw), benjaminiYekutieli(raw), holm(raw)];
      raw.forEach((value, i) => {
        expect(bh[i]).toBeGreaterThanOrEqual(value - 1e-15);
        expect(by[i]).toBeGreaterThanOrEqual((bh[i] as number) - 1e-15);
        expect(strict[i]).toBeGreaterThanOrEqual((bh[i] as number) - 1e-15);
        expect(Math.max(bh[i] as number, by[i] as number, strict[i] as number)).toBeLessThanOrEqual(
          1,
        );
        raw.forEach((other, j) => {
          if (value < other) expect(bh[i]).toBeLessThanOrEqual(bh[j] as number);
        });
      });
    }),
  );
});

test("adjusted p-values do not depend on the order given; equal p-values stay as they are under BH", () => {
  fc.assert(
    fc.property(ps, p, (raw, one) => {
      for (const adjust of [benjaminiHochberg, benjaminiYekutieli, holm])
        expect([...adjust(raw.toReversed())].reverse()).toEqual([...adjust(raw)]);
      expect([...benjaminiHochberg(raw.map(() => one))]).toEqual(
        raw.map(() => expect.closeTo(one, 12)),
      );
    }),
  );
});

test("Benjamini and Hochberg as the step-up rule itself, for any level", () => {
  fc.assert(
    fc.property(ps, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (raw, q) => {
      const sorted = raw.toSorted((a, b) => a - b);
      let most = 0;
      sorted.forEach((value, i) => {
        if (value <= ((i + 1) / raw.length) * q) most = i + 1;
      });
      const called = benjaminiHochberg(raw).filter((value) => value <= q).length;
      // A value exactly on the line may fall either way in the last digit.
      const near = sorted.some((value, i) => Math.abs(value - ((i + 1) / raw.length) * q) < 1e-12);
      if (!near) expect(called).toBe(most);
    }),
  );
});

test("one family alone is tested as Benjamini and Hochberg would; empty signs select nothing", () => {
  fc.assert(
    fc.property(ps, (raw) => {
      const { rejected, selected, familyPValues } = twoLevelFamilies([raw]);
      const plain = [...benjaminiHochberg(raw)].map((value) => value <= 0.05);
      expect(rejected[0]).toEqual(plain);
      expect(selected[0]).toBe(plain.includes(true));
      expect(familyPValues[0]).toBe(Math.min(...benjaminiHochberg(raw)));
      const none = twoLevelFamilies([raw.map(() => 0.9), raw.map(() => 0.6)]);
      expect(none.selected).toEqual([false, false]);
      expect(none.rejected.flat()).not.toContain(true);
    }),
  );
});

const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });
const people = fc.integer({ min: 20, max: 5000 });

test("the smallest detectable gap falls with √people, the same whichever group is named first", () => {
  fc.assert(
    fc.property(share, people, people, (s, a, b) => {
      const pooled = { numerator: 1000 * s, denominator: 1000 };
      const gap = there(minimumDetectableProportionGap(pooled, a, b));
      expect(there(minimumDetectableProportionGap(pooled, b, a))).toBeCloseTo(gap, 12);
      expect(there(minimumDetectableProportionGap(pooled, 4 * a, 4 * b))).toBeCloseTo(gap / 2, 12);
      const v = s * (1 - s);
      expect(minimumDetectableGap(v / a, v / b)).toBeCloseTo(gap, 12);
      expect(minimumDetectableGap(v / a, v / b, { power: 0.9 })).toBeGreaterThan(gap);
    }),
  );
});

test("power, people and detectable share agree with each other", () => {
  fc.assert(
    fc.property(share, share, fc.double({ min: 0.55, max: 0.98, noNaN: true }), (a, b, power) => {
      fc.pre(Math.abs(a - b) > 0.02);
      const n = there(peopleNeeded(a, b, { power }));
      expect(there(peopleNeeded(b, a, { power }))).toBeCloseTo(n, 6);
      expect(there(powerOfProportions(a, b, n, n))).toBeCloseTo(power, 9);
      if (b > a) expect(there(detectableShare(a, n, { power }))).toBeCloseTo(b, 6);
      expect(there(powerOfProportions(a, b, 2 * n, 2 * n))).toBeGreaterThan(power);
    }),
  );
});

test("weeks: after that many the gap is the smallest detectable one; twice the arrivals, half the weeks", () => {
  fc.assert(
    fc.property(share, share, people, people, (gap, s, a, b) => {
      const weeks = there(weeksUntilDetectable(gap, s, a, b));
      const pooled = { numerator: 1000 * s, denominator: 1000 };
      expect(there(minimumDetectableProportionGap(pooled, a * weeks, b * weeks))).toBeCloseTo(
        gap,
        9,
      );
      expect(there(weeksUntilDetectable(gap, s, 2 * a, 2 * b))).toBeCloseTo(weeks / 2, 9);
    }),
  );
});

test("equivalence: the sign of the gap does not matter, a wider margin is easier, an ordinary test is no help", () => {
  fc.assert(
    fc.property(share, share, share, (gap, error, margin) => {
      const shown = there(equivalence(gap, error, margin));
      expect(there(equivalence(-gap, error, margin)).p).toBeCloseTo(shown.p, 14);
      expect(there(equivalence(gap, error, margin + 0.5)).p).toBeLessThanOrEqual(shown.p);
      expect(shown.equivalent).toBe(shown.p <= 0.05);
      if (gap >= margin) expect(shown.equivalent).toBe(false);
    }),
  );
});

test("what the data cannot give is a typed reason, what no data could give throws", () => {
  expect(minimumDetectableProportionGap({ numerator: 0, denominator: 5 }, 1, 1)).toMatchObject({
    absent: "allEqual",
  });
  expect(minimumDetectableProportionGap({ numerator: 1, denominator: 5 }, 0, 1)).toMatchObject({
    absent: "zeroDenominator",
  });
  expect(minimumDetectableProportionGap({ numerator: 0, denominator: 0 }, 1, 1)).toMatchObject({
    absent: "zeroDenominator",
  });
  expect(peopleNeeded(0.5, 0.5)).toMatchObject({ absent: "notIdentified" });
  expect(detectableShare(0.5, 3)).toMatchObject({ absent: "notReached" });
  expect(detectableShare(1, 300)).toMatchObject({ absent: "notReached" });
  expect(powerOfProportions(0.5, 0.6, 0, 3)).toMatchObject({ absent: "zeroDenominator" });
  expect(weeksUntilDetectable(0, 0.5, 1, 1)).toMatchObject({ absent: "notIdentified" });
  expect(weeksUntilDetectable(0.1, 0.5, 0, 1)).toMatchObject({ absent: "zeroDenominator" });
  expect(equivalence(0, 0, 0.1)).toMatchObject({ absent: "allEqual" });
  expect(() => benjaminiHochberg([1.2])).toThrow(/p-value at 0/);
  expect(() => minimumDetectableGap(1, 1, { power: 80 })).toThrow(/power/);
  expect(() => equivalence(0, 1, 0)).toThrow(/margin/);
  expect(() => twoLevelFamilies([[0.1]], { q: 0 })).toThrow(/invalid q/);
});
