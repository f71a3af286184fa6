import { expect, test } from "vitest";
import { discountFactor, presentValue } from "../../src/index.ts";

// HM Treasury, The Green Book, table of discount factors at 3.5 %: 0.9662, 0.8420, 0.7089, 0.5026, 0.3563 after 1, 5, 10, 20
// and 30 years. More digits from R 4.2.2: 1 / 1.035^c(1, 5, 10, 20, 30).
test("discount factors at 3.5 %", () => {
  const expected = [
    [1, 0.966183574879227],
    [5, 0.841973166858524],
    [10, 0.708918813709772],
    [20, 0.502565884431671],
    [30, 0.356278410602302],
  ] as const;
  for (const [years, factor] of expected) expect(discountFactor(years)).toBeCloseTo(factor, 14);
});

// R 4.2.2: 1 / 1.015^10.
test("and at the 1.5 % of health effects", () => {
  expect(discountFactor(10, 0.015)).toBeCloseTo(0.861667231722184, 14);
});

// R 4.2.2: sum(c(100, 100, 100) / 1.035^(0:2)) and sum(1 / 1.035^(0:29)).
test("present value of a yearly flow", () => {
  expect(presentValue([100, 100, 100])).toBeCloseTo(289.969427524563, 11);
  expect(presentValue(Array(30).fill(1))).toBeCloseTo(19.0357670007605, 11);
});
