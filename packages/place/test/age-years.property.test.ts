import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ageShares, ageYears } from "../src/index.ts";

describe("ageYears", () => {
  test.each([
    ["Aged 4 years and under", 0, 4],
    ["Aged 15 to 19 years", 15, 19],
    ["Aged 85 years and over", 85, Infinity],
    ["5 - 9", 5, 9],
    ["15.0", 15, 15],
    ["16 – 17", 16, 17],
    ["85 and over", 85, Infinity],
    ["65+", 65, Infinity],
    ["Under 18", 0, 17],
    ["0 to 17", 0, 17],
    ["Aged 30 years", 30, 30],
  ])("reads “%s”", (name, from, to) => {
    expect(ageYears(name)).toEqual({ from, to });
  });

  test.each(["Total", "White", ""])("reads no years in “%s”", (name) => {
    expect(ageYears(name)).toBeUndefined();
  });
});

describe("ageShares", () => {
  const ages = fc.uniqueArray(fc.integer({ min: 1, max: 98 }), { maxLength: 8 });

  test("of bands that leave no year out sum to one", () => {
    fc.assert(
      fc.property(
        ages,
        fc.integer({ min: 0, max: 95 }),
        fc.integer({ min: 0, max: 20 }),
        fc.boolean(),
        (bounds, from, width, open) => {
          const starts = [0, ...bounds.sort((a, b) => a - b)];
          const bands = starts.map((start, at) => ({
            from: start,
            to: at + 1 < starts.length ? starts[at + 1]! - 1 : Infinity,
          }));
          const shares = ageShares({ from, to: open ? Infinity : from + width }, bands);
          expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
        },
      ),
    );
  });

  test("split the band that straddles evenly by year, and an open one up to 99", () => {
    const adults = [
      { from: 0, to: 17 },
      { from: 18, to: 39 },
    ];
    expect(ageShares({ from: 15, to: 19 }, adults)).toEqual([0.6, 0.4]);
    expect(ageShares({ from: 85, to: Infinity }, [{ from: 90, to: Infinity }])).toEqual([10 / 15]);
    expect(ageShares({ from: 20, to: 24 }, [{ from: 0, to: 17 }])).toEqual([0]);
  });
});
