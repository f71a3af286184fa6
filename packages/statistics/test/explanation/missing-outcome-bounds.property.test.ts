import fc from "fast-check";
import { expect, test } from "vitest";
import { isAbsent, missingOutcomeBounds } from "../../src/index.ts";

const part = fc
  .record({
    reached: fc.integer({ min: 0, max: 6 }),
    lost: fc.integer({ min: 0, max: 6 }),
    missing: fc.integer({ min: 0, max: 6 }),
  })
  .map(({ reached, lost, missing }) => ({ reached, denominator: reached + lost, missing }));

test("the bounds are the extremes over every outcome that the missing may have", () => {
  fc.assert(
    fc.property(part, part, (group, others) => {
      const bounds = missingOutcomeBounds(group, others);
      if (isAbsent(bounds)) {
        expect(Math.min(group.denominator, others.denominator)).toBe(0);
        return;
      }
      const gaps: number[] = [];
      for (let a = 0; a <= group.missing; a++)
        for (let b = 0; b <= others.missing; b++)
          gaps.push(
            (group.reached + a) / (group.denominator + group.missing) -
              (others.reached + b) / (others.denominator + others.missing),
          );
      expect(bounds.lower).toBeCloseTo(Math.min(...gaps), 12);
      expect(bounds.upper).toBeCloseTo(Math.max(...gaps), 12);
      const sign = Math.sign(bounds.value);
      expect(bounds.signIdentified).toBe(
        sign !== 0 && gaps.every((gap) => Math.sign(gap) === sign),
      );
    }),
  );
});

test("with nobody missing the bounds are the gap", () => {
  const known = { reached: 3, denominator: 4, missing: 0 };
  const others = { reached: 1, denominator: 2, missing: 0 };
  expect(missingOutcomeBounds(known, others)).toMatchObject({
    value: 0.25,
    lower: 0.25,
    upper: 0.25,
  });
});

test("more reached than known is refused", () => {
  expect(() =>
    missingOutcomeBounds(
      { reached: 3, denominator: 2, missing: 0 },
      { reached: 1, denominator: 2, missing: 0 },
    ),
  ).toThrow(/3 reached of 2/);
});
