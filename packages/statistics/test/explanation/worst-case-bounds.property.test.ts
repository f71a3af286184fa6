import fc from "fast-check";
import { expect, test } from "vitest";
import { worstCaseBounds } from "../../src/explanation/worst-case-bounds.ts";
import { isAbsent } from "../../src/foundation/estimate.ts";

const part = (least: number) =>
  fc
    .tuple(fc.integer({ min: least, max: 14 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([denominator, share]) => ({ reached: Math.round(share * denominator), denominator }));
const input = fc.record({ group: part(1), others: part(1), unknown: part(0) });

function some(i: Parameters<typeof worstCaseBounds>[0]) {
  const result = worstCaseBounds(i);
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

const gapAt = (i: Parameters<typeof worstCaseBounds>[0], s: number, f: number) =>
  (i.group.reached + s) / (i.group.denominator + s + f) -
  (i.others.reached + i.unknown.reached - s) /
    (i.others.denominator + i.unknown.denominator - s - f);

test("bounds, sign and both tipping shares are those of enumerating every allocation", () => {
  fc.assert(
    fc.property(input, (i) => {
      const result = some(i);
      const failed = i.unknown.denominator - i.unknown.reached;
      let [least, greatest, identified] = [Infinity, -Infinity, result.value !== 0];
      for (let s = 0; s <= i.unknown.reached; s++)
        for (let f = 0; f <= failed; f++) {
          const gap = gapAt(i, s, f);
          least = Math.min(least, gap);
          greatest = Math.max(greatest, gap);
          const turned = result.value > 0 ? gap <= 1e-13 : gap >= -1e-13;
          if (turned) identified = false;
          if (turned && result.tipping) {
            const { inGroup, atLeast, atMost } = result.tipping;
            const shareReached = i.unknown.reached === 0 ? 0 : s / i.unknown.reached;
            const shareFailed = failed === 0 ? 0 : f / failed;
            const [needed, other] =
              inGroup === "reached" ? [shareReached, shareFailed] : [shareFailed, shareReached];
            expect(needed).toBeGreaterThanOrEqual(atLeast.share - 1e-9);
            expect(other).toBeLessThanOrEqual(atMost.share + 1e-9);
          }
        }
      expect(result.lower).toBeCloseTo(least, 12);
      expect(result.upper).toBeCloseTo(greatest, 12);
      if (Math.abs(result.lower) > 1e-12 && Math.abs(result.upper) > 1e-12)
        expect(result.signIdentified).toBe(identified);
    }),
  );
});

test("the gap is nil at the tipping share itself, and no allocation short of it turns the sign", () => {
  fc.assert(
    fc.property(input, (i) => {
      const tipping = some(i).tipping;
      if (!tipping) return;
      const failed = i.unknown.denominator - i.unknown.reached;
      const { share } = tipping.atLeast;
      const at = (q: number) =>
        tipping.inGroup === "notReached"
          ? gapAt(i, 0, q * failed)
          : gapAt(i, q * i.unknown.reached, 0);
      if (share > 0) {
        expect(Math.abs(at(share))).toBeLessThan(1e-9);
        expect(Math.sign(at(share * 0.5))).toBe(Math.sign(some(i).value));
      } else expect(Math.sign(at(0)) * Math.sign(some(i).value)).toBeLessThanOrEqual(0);
    }),
  );
});

test("swapping the group and the others mirrors the bounds", () => {
  fc.assert(
    fc.property(input, (i) => {
      const [one, other] = [some(i), some({ ...i, group: i.others, others: i.group })];
      expect(other.value).toBeCloseTo(-one.value, 14);
      expect(other.lower).toBeCloseTo(-one.upper, 14);
      expect(other.signIdentified).toBe(one.signIdentified);
      if (one.tipping && other.tipping)
        expect(other.tipping.departure).toBeCloseTo(one.tipping.departure, 9);
    }),
  );
});

test("without unknown people the bounds are the gap", () => {
  fc.assert(
    fc.property(input, (i) => {
      const result = some({ ...i, unknown: { reached: 0, denominator: 0 } });
      expect([result.lower, result.upper]).toEqual([result.value, result.value]);
      expect(result.tipping).toBeUndefined();
    }),
  );
});

test("nobody known in the group is an absence, more reached than there were is an error", () => {
  const none = { reached: 0, denominator: 0 };
  const some = { reached: 1, denominator: 2 };
  expect(worstCaseBounds({ group: none, others: some, unknown: some })).toMatchObject({
    absent: "zeroDenominator",
  });
  expect(() =>
    worstCaseBounds({ group: { reached: 3, denominator: 2 }, others: some, unknown: none }),
  ).toThrow("invalid group; 3 reached of 2");
});
