import fc from "fast-check";
import { expect, test } from "vitest";
import {
  detectableShare,
  equivalence,
  isAbsent,
  minimumDetectableGap,
  normalProbability,
  normalQuantile,
  peopleNeeded,
  powerOfProportions,
  type Result,
  twoLevelFamilies,
  weeksUntilDetectable,
} from "../../src/index.ts";

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const share = real(0.05, 0.95);
const people = fc.integer({ min: 20, max: 5000 });
const level = real(0.5, 0.999);
const power = real(0.55, 0.98);

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

test("a gap of the detectable size passes the test with the power asked for", () => {
  fc.assert(
    fc.property(real(0, 9), real(1e-4, 9), level, power, (a, b, confidence, sureness) => {
      const gap = minimumDetectableGap(a, b, { confidence, power: sureness });
      const z = normalQuantile((1 + confidence) / 2);
      expect(normalProbability(gap / Math.sqrt(a + b) - z)).toBeCloseTo(sureness, 10);
      expect(minimumDetectableGap(b, a, { confidence, power: sureness })).toBeCloseTo(gap, 12);
      expect(minimumDetectableGap(9 * a, 9 * b, { confidence, power: sureness })).toBeCloseTo(
        3 * gap,
        9,
      );
    }),
  );
});

test("power: the same from either side and for those not reached; of no difference it is half the level", () => {
  fc.assert(
    fc.property(share, share, people, people, level, (a, b, n, m, confidence) => {
      const options = { confidence };
      const seen = there(powerOfProportions(a, b, n, m, options));
      expect(there(powerOfProportions(b, a, m, n, options))).toBeCloseTo(seen, 12);
      expect(there(powerOfProportions(1 - a, 1 - b, n, m, options))).toBeCloseTo(seen, 9);
      expect(there(powerOfProportions(a, a, n, m, options))).toBeCloseTo((1 - confidence) / 2, 9);
      // The pooled test, written out.
      const both = (a * n + b * m) / (n + m);
      const edge =
        normalQuantile((1 + confidence) / 2) * Math.sqrt(both * (1 - both) * (1 / n + 1 / m));
      const spread = Math.sqrt((a * (1 - a)) / n + (b * (1 - b)) / m);
      expect(seen).toBeCloseTo(1 - normalProbability((edge - Math.abs(a - b)) / spread), 9);
    }),
  );
});

test("people needed: the same for those not reached, fewer for a wider gap, more to be surer", () => {
  fc.assert(
    fc.property(share, share, level, power, (a, b, confidence, sureness) => {
      fc.pre(Math.abs(a - b) > 0.01);
      const options = { confidence, power: sureness };
      const n = there(peopleNeeded(a, b, options));
      expect(there(peopleNeeded(1 - a, 1 - b, options)) / n).toBeCloseTo(1, 9);
      const surer = { confidence, power: (1 + sureness) / 2 };
      expect(there(peopleNeeded(a, b, surer))).toBeGreaterThan(n);
      // From a half either way, a wider gap always needs fewer.
      const half = Math.abs(a - b) / 2;
      const apart = (by: number) => there(peopleNeeded(0.5 - by, 0.5 + by, options));
      expect(apart(half + 0.01)).toBeLessThan(apart(half));
      const one = there(powerOfProportions(a, b, n * 0.9, n * 0.9, { confidence }));
      expect(one).toBeLessThan(sureness);
    }),
  );
});

test("the detectable share: just enough people for it, nearer with more people, further to be surer", () => {
  fc.assert(
    fc.property(real(0.05, 0.6), fc.integer({ min: 60, max: 5000 }), power, (a, n, sureness) => {
      const found = there(detectableShare(a, n, { power: sureness }));
      expect(found).toBeGreaterThan(a);
      expect(there(peopleNeeded(a, found, { power: sureness })) / n).toBeCloseTo(1, 6);
      expect(there(detectableShare(a, 2 * n, { power: sureness }))).toBeLessThan(found);
      expect(there(detectableShare(a, n, { power: sureness - 0.05 }))).toBeLessThan(found);
    }),
  );
});

test("weeks: a quarter for twice the gap, whatever its sign, either group's name, and the share not reached", () => {
  fc.assert(
    fc.property(share, share, people, people, power, (gap, s, a, b, sureness) => {
      const options = { power: sureness };
      const weeks = there(weeksUntilDetectable(gap, s, a, b, options));
      for (const [same, times] of [
        [weeksUntilDetectable(-gap, s, a, b, options), 1],
        [weeksUntilDetectable(gap, 1 - s, a, b, options), 1],
        [weeksUntilDetectable(gap, s, b, a, options), 1],
        [weeksUntilDetectable(2 * gap, s, a, b, options), 4],
      ] as const)
        expect((there(same) * times) / weeks).toBeCloseTo(1, 9);
      // By then the gap over its error is z of the level plus z of the power.
      const error = Math.sqrt((s * (1 - s)) / (a * weeks) + (s * (1 - s)) / (b * weeks));
      expect(gap / error).toBeCloseTo(1.959963984540054 + normalQuantile(sureness), 9);
    }),
  );
});

test("equivalence is the worse of the two one-sided tests, and no unit of measurement matters", () => {
  fc.assert(
    fc.property(
      real(-2, 2),
      real(0.01, 2),
      real(0.01, 2),
      real(0.01, 0.4),
      real(0.1, 9),
      (gap, error, margin, alpha, unit) => {
        const { p, equivalent } = there(equivalence(gap, error, margin, { level: alpha }));
        const notAbove = 1 - normalProbability((margin - gap) / error);
        const notBelow = 1 - normalProbability((gap + margin) / error);
        expect(p).toBeCloseTo(Math.max(notAbove, notBelow), 12);
        expect(equivalent).toBe(p <= alpha);
        expect(there(equivalence(gap * unit, error * unit, margin * unit)).p).toBeCloseTo(p, 9);
      },
    ),
  );
});

const families = fc.array(fc.array(real(0, 1), { minLength: 1, maxLength: 6 }), {
  minLength: 1,
  maxLength: 7,
});

test("families: Simes and both steps as they are defined, in whatever order they come", () => {
  fc.assert(
    fc.property(families, real(0.01, 0.6), (list, q) => {
      /** How many of these the step-up rule calls real at a level. */
      const called = (ps: readonly number[], at: number) => {
        const sorted = ps.toSorted((a, b) => a - b);
        let most = 0;
        sorted.forEach((p, i) => {
          if (p <= (at * (i + 1)) / ps.length) most = i + 1;
        });
        return ps.map((p) => most > 0 && p <= sorted[most - 1]!);
      };
      const simes = list.map((ps) =>
        Math.min(...ps.toSorted((a, b) => a - b).map((p, i) => (p * ps.length) / (i + 1))),
      );
      const selected = called(simes, q);
      const chosen = selected.filter(Boolean).length;
      const found = twoLevelFamilies(list, { q });
      found.familyPValues.forEach((p, i) => {
        expect(p).toBeCloseTo(simes[i]!, 12);
      });
      expect(found.selected).toEqual(selected);
      expect(found.rejected).toEqual(
        list.map((ps, i) =>
          selected[i] ? called(ps, (q * chosen) / list.length) : ps.map(() => false),
        ),
      );
      const back = twoLevelFamilies(list.toReversed(), { q });
      expect(back.rejected.toReversed()).toEqual(found.rejected);
    }),
  );
});
