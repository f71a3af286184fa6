import { expect, test } from "vitest";
import { clusteredContrast, isAbsent } from "../../src/index.ts";

// Computed independently with R 4.2.2: weighted least squares of the units' shares on a group indicator (weights n), fitted
// anew with lm() without each unit in turn; the standard error is the root of the summed squared changes, the degrees of
// freedom Satterthwaite's from each group's own, the p-value from pt().
const units = [
  { group: 0, y: 8, n: 10 },
  { group: 0, y: 12, n: 25 },
  { group: 0, y: 30, n: 40 },
  { group: 0, y: 7, n: 12 },
  { group: 0, y: 20, n: 33 },
  { group: 1, y: 5, n: 10 },
  { group: 1, y: 14, n: 30 },
  { group: 1, y: 9, n: 22 },
  { group: 1, y: 21, n: 45 },
];

function counts(rows: typeof units) {
  return {
    reached: rows.flatMap(({ group, y }) => (group === 0 ? [y, 0] : [0, y])),
    denominator: rows.flatMap(({ group, n }) => (group === 0 ? [n, 0] : [0, n])),
    groups: 2,
  };
}

test("agrees with leaving out each unit in turn", () => {
  const gap = clusteredContrast(counts(units), [1, -1]);
  if (isAbsent(gap)) throw new Error(gap.message);
  expect(gap.value).toBeCloseTo(0.18372274143302181, 14);
  expect(gap.standardError).toBeCloseTo(0.07352493585311425, 14);
  expect(gap.p).toBeCloseTo(0.11753078144619915, 12);
  expect(gap.degreesOfFreedom).toBeCloseTo(2.2167513546653526, 12);
  expect((gap.upper - gap.value) / gap.standardError).toBeCloseTo(3.92360363858955941, 8);
});
