import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAbsent, type Result, waitQuantile, weeklyWaitQuantile } from "../../src/index.ts";

const few = { minimumFollowed: 1e-6 };

interface Person {
  readonly time: number;
  readonly kind: number;
}

const people = fc.array(
  fc.record({ time: fc.integer({ min: 1, max: 12 }), kind: fc.integer({ min: 0, max: 2 }) }),
  { minLength: 1, maxLength: 60 },
);

const weekly = (list: readonly Person[]) => {
  const count = (wanted: number) =>
    Array.from(
      { length: 12 },
      (_, w) => list.filter(({ time, kind }) => time === w + 1 && kind === wanted).length,
    );
  return { seen: count(1), removed: count(2), stillWaiting: count(0) };
};

const there = <T>(result: Result<T>): T => {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
};

describe("quantiles of waits from weekly counts", () => {
  test("are those of single people, with waits rounded up to whole weeks", () => {
    fc.assert(
      fc.property(people, fc.constantFrom(0.25, 0.5, 0.75), (list, share) => {
        const waits = { time: list.map(({ time }) => time), kind: list.map(({ kind }) => kind) };
        const each = waitQuantile(waits, share, { interval: "wilson" });
        const weeks = weeklyWaitQuantile(weekly(list), share, few);
        expect(isAbsent(weeks)).toBe(isAbsent(each));
        if (isAbsent(each) || isAbsent(weeks)) return;
        expect(weeks.value).toBeCloseTo(each.value, 9);
        expect(weeks.upperIsOpen).toBe(each.upperIsOpen);
        if (!each.upperIsOpen) expect(weeks.upper).toBeCloseTo(each.upper, 9);
        // So few people may have been seen earlier than in the first week that any was: only the weekly curve has a limit there.
        expect(weeks.lower).toBeLessThanOrEqual(each.lower);
        if (list.length > 15) expect(weeks.lower).toBeCloseTo(each.lower, 9);
      }),
    );
  });

  test("a larger share is never reached sooner", () => {
    fc.assert(
      fc.property(people, (list) => {
        const at = [0.25, 0.5, 0.75].map((share) => weeklyWaitQuantile(weekly(list), share, few));
        at.forEach((later, i) => {
          if (i === 0 || isAbsent(later)) return;
          expect(there(at[i - 1]!).value).toBeLessThanOrEqual(later.value);
          expect(later.lower).toBeLessThanOrEqual(later.value);
          expect(later.upper).toBeGreaterThanOrEqual(later.value);
        });
      }),
    );
  });

  test("people who left are never counted as seen, and those still waiting hold it back", () => {
    const seen = [0, 30, 20, 0];
    expect(weeklyWaitQuantile({ seen }, 0.5)).toMatchObject({ value: 2 });
    expect(weeklyWaitQuantile({ seen, removed: [30, 0, 0, 0] }, 0.5)).toMatchObject({ value: 3 });
    expect(weeklyWaitQuantile({ seen, removed: [60, 0, 0, 0] }, 0.5)).toMatchObject({
      absent: "notReached",
    });
    expect(weeklyWaitQuantile({ seen, stillWaiting: [0, 0, 0, 60] }, 0.5)).toMatchObject({
      absent: "notReached",
    });
  });

  test("nobody, too few and a share outside 0 to 1", () => {
    expect(weeklyWaitQuantile({ seen: [0] }, 0.5)).toMatchObject({ absent: "zeroDenominator" });
    expect(weeklyWaitQuantile({ seen: [9] }, 0.5)).toMatchObject({ absent: "tooFew" });
    expect(() => weeklyWaitQuantile({ seen: [20] }, 1)).toThrow(/not in \(0, 1\): 1/);
  });
});
