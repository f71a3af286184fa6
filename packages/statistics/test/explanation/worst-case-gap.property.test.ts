import fc from "fast-check";
import { expect, test } from "vitest";
import { isAbsent, worstCaseBounds, worstCaseGapInto } from "../../src/index.ts";

const part = (least: number) =>
  fc
    .tuple(fc.integer({ min: least, max: 14 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([denominator, share]) => ({ reached: Math.round(share * denominator), denominator }));
type Part = { reached: number; denominator: number };

function written(group: Part, others: Part, unknown: Part) {
  const out = new Float64Array(7).fill(-9);
  const parts = [group, others, unknown].flatMap((one) => [one.reached, one.denominator]);
  const there = worstCaseGapInto(
    out,
    2,
    ...(parts as [number, number, number, number, number, number]),
  );
  return { there, gap: out[2]!, lower: out[3]!, upper: out[4]!, around: [out[0], out[1], out[5]] };
}

test("into an array: the least and greatest gap over everyone's possible group, one after the other", () => {
  fc.assert(
    fc.property(part(1), part(1), part(0), (group, others, unknown) => {
      const found = written(group, others, unknown);
      const gaps: number[] = [];
      for (let s = 0; s <= unknown.reached; s++)
        for (let f = 0; f <= unknown.denominator - unknown.reached; f++)
          gaps.push(
            (group.reached + s) / (group.denominator + s + f) -
              (others.reached + unknown.reached - s) /
                (others.denominator + unknown.denominator - s - f),
          );
      expect(found.there).toBe(true);
      expect(found.lower).toBeCloseTo(Math.min(...gaps), 12);
      expect(found.upper).toBeCloseTo(Math.max(...gaps), 12);
      expect(found.around).toEqual([-9, -9, -9]);
    }),
  );
});

test("into an array: as the bounds with their reasons, mirrored for the others, nothing where nobody is known", () => {
  fc.assert(
    fc.property(part(0), part(0), part(0), (group, others, unknown) => {
      const found = written(group, others, unknown);
      const bounds = worstCaseBounds({ group, others, unknown });
      expect(found.there).toBe(!isAbsent(bounds));
      if (isAbsent(bounds)) {
        expect([found.gap, found.lower, found.upper]).toEqual([-9, -9, -9]);
        return;
      }
      expect([found.gap, found.lower, found.upper]).toEqual([
        bounds.value,
        bounds.lower,
        bounds.upper,
      ]);
      const back = written(others, group, unknown);
      expect(back.gap).toBeCloseTo(-found.gap, 14);
      expect(back.lower).toBeCloseTo(-found.upper, 14);
    }),
  );
});
