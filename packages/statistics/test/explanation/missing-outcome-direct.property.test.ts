import fc from "fast-check";
import { expect, test } from "vitest";
import { isAbsent, missingOutcomeBounds, proportionDifference } from "../../src/index.ts";

const part = fc
  .record({
    reached: fc.integer({ min: 0, max: 40 }),
    lost: fc.integer({ min: 0, max: 40 }),
    missing: fc.integer({ min: 0, max: 40 }),
  })
  .map(({ reached, lost, missing }) => ({ reached, denominator: reached + lost, missing }));

test("bounds of missing outcomes: mirrored for the others, wider with more missing, the gap with none", () => {
  fc.assert(
    fc.property(part, part, fc.integer({ min: 1, max: 20 }), (group, others, more) => {
      const bounds = missingOutcomeBounds(group, others);
      if (isAbsent(bounds)) return;
      const back = missingOutcomeBounds(others, group);
      if (isAbsent(back)) throw new Error(back.message);
      expect(back.value).toBeCloseTo(-bounds.value, 14);
      expect(back.lower).toBeCloseTo(-bounds.upper, 14);
      expect(back.signIdentified).toBe(bounds.signIdentified);
      const wider = missingOutcomeBounds({ ...group, missing: group.missing + more }, others);
      if (isAbsent(wider)) throw new Error(wider.message);
      expect(wider.upper - wider.lower).toBeGreaterThan(bounds.upper - bounds.lower);
      expect(wider.lower).toBeLessThanOrEqual(bounds.lower);
      expect(wider.upper).toBeGreaterThanOrEqual(bounds.upper);
      const known = missingOutcomeBounds({ ...group, missing: 0 }, { ...others, missing: 0 });
      const gap = proportionDifference(
        { numerator: group.reached, denominator: group.denominator },
        { numerator: others.reached, denominator: others.denominator },
      );
      if (isAbsent(known) || isAbsent(gap)) throw new Error("absent");
      expect([known.lower, known.upper]).toEqual([gap.value, gap.value]);
      expect(bounds.value).toBe(gap.value);
    }),
  );
});
