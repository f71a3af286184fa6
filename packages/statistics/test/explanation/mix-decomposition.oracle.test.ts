import { expect, test } from "vitest";
import { isAbsent, missingOutcomeBounds, mixDecomposition } from "../../src/index.ts";

const there = <T>(result: T) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result as Exclude<T, { absent: unknown }>;
};

// R 4.2.2: comp(g) <- sum((N2 / sum(N2) - N1 / sum(N1)) * (y1 / N1 + y2 / N2) / 2) over the levels of g; Shapley of two:
// (comp(u) + comp(u:a) - comp(a)) / 2. Errors by numDeriv::grad() over the 24 counts of both populations, multinomial each.
test("a gap by the mix of two characteristics and the rest", () => {
  const split = there(
    mixDecomposition({
      first: { sizes: [200, 150, 250, 120, 180, 100], events: [110, 70, 90, 40, 45, 20] },
      second: { sizes: [90, 120, 90, 260, 240, 200], events: [55, 60, 40, 80, 66, 35] },
      characteristics: { urgency: [1, 1, 1, 2, 2, 2], age: [1, 2, 3, 1, 2, 3] },
    }),
  );
  const { urgency, age } = split.characteristics;
  const expected = [
    [split.difference, [-0.039, 0.0213887587294736]],
    [split.mix, [-0.0633448717948718, 0.00932344058729745]],
    [split.rest, [0.0243448717948718, 0.0220829651750391]],
    [urgency, [-0.068145601201959, 0.00834246121572384]],
    [age, [0.00480072940708716, 0.00338196523285369]],
  ] as const;
  for (const [part, [value, error]] of expected) {
    expect(part?.value).toBeCloseTo(value, 13);
    expect(part?.standardError).toBeCloseTo(error, 9);
  }
});

// Every outcome that the missing can have had, tried one by one.
test("bounds of a gap with missing outcomes, against every outcome", () => {
  const found = there(
    missingOutcomeBounds(
      { reached: 40, denominator: 80, missing: 20 },
      { reached: 120, denominator: 150, missing: 50 },
    ),
  );
  let [lowest, highest] = [1, -1];
  for (let own = 0; own <= 20; own++)
    for (let others = 0; others <= 50; others++) {
      const gap = (40 + own) / 100 - (120 + others) / 200;
      lowest = Math.min(lowest, gap);
      highest = Math.max(highest, gap);
    }
  expect(found.lower).toBeCloseTo(lowest, 14);
  expect(found.upper).toBeCloseTo(highest, 14);
  expect(found.signIdentified).toBe(false);
});
