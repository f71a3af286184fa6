import fc from "fast-check";
import { expect, test } from "vitest";
import { clusteredContrast, isAbsent, type UnitCounts } from "../../src/index.ts";

const unit = fc
  .record({
    n: fc.integer({ min: 1, max: 60 }),
    share: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
  })
  .map(({ n, share }) => ({ n, y: Math.round(n * share) }));
const service = fc.tuple(
  fc.array(unit, { minLength: 4, maxLength: 12 }),
  fc.array(unit, { minLength: 4, maxLength: 12 }),
);
type Units = { n: number; y: number }[];
const counts = (
  [a, b]: [Units, Units],
  order: (rows: number[][]) => number[][] = (r) => r,
): UnitCounts => {
  const rows = order([...a.map(({ y, n }) => [y, n, 0, 0]), ...b.map(({ y, n }) => [0, 0, y, n])]);
  return {
    reached: rows.flatMap(([ya, , yb]) => [ya!, yb!]),
    denominator: rows.flatMap(([, na, , nb]) => [na!, nb!]),
    groups: 2,
  };
};

test("the order of units does not matter", () => {
  fc.assert(
    fc.property(service, (units) => {
      const one = clusteredContrast(counts(units), [1, -1]);
      const other = clusteredContrast(
        counts(units, (rows) => [...rows].reverse()),
        [1, -1],
      );
      if (isAbsent(one) || isAbsent(other)) return expect(one).toEqual(other);
      expect(other.value).toBeCloseTo(one.value, 12);
      expect(other.standardError).toBeCloseTo(one.standardError, 12);
    }),
  );
});

test("exchanging the groups turns the sign and nothing else", () => {
  fc.assert(
    fc.property(service, (units) => {
      const one = clusteredContrast(counts(units), [1, -1]);
      const other = clusteredContrast(counts(units), [-1, 1]);
      if (isAbsent(one) || isAbsent(other)) return expect(one).toEqual(other);
      expect(other.value).toBeCloseTo(-one.value, 12);
      expect(other.p).toBeCloseTo(one.p, 12);
    }),
  );
});

test("ten times the people in the same units does not make it ten times surer", () => {
  fc.assert(
    fc.property(service, ([a, b]) => {
      const more = (units: Units) => units.map(({ y, n }) => ({ y: 10 * y, n: 10 * n }));
      const one = clusteredContrast(counts([a, b]), [1, -1]);
      const ten = clusteredContrast(counts([more(a), more(b)]), [1, -1]);
      if (isAbsent(one) || isAbsent(ten)) return expect(one).toEqual(ten);
      expect(ten.standardError).toBeCloseTo(one.standardError, 10);
      expect(ten.designEffect).toBeCloseTo(10 * one.designEffect, 6);
    }),
  );
});

test("says so when there are too few units or nobody", () => {
  expect(
    clusteredContrast({ reached: [1, 2], denominator: [2, 4], groups: 2 }, [1, -1]),
  ).toMatchObject({ absent: "tooFew" });
  expect(
    clusteredContrast({ reached: [1, 0], denominator: [2, 0], groups: 2 }, [0, 1]),
  ).toMatchObject({ absent: "zeroDenominator" });
  expect(() => clusteredContrast({ reached: [3], denominator: [2], groups: 1 }, [1])).toThrow(
    "above its denominator",
  );
});
