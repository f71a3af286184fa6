import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cusum, cusumAverageRunLength } from "../../src/index.ts";

const file = join(import.meta.dirname, "../../../../../shared/cases/methods/G_its_cusum.json");
const sharedIsThere = existsSync(file);
interface Shared {
  readonly cusum_arl: {
    readonly rows: readonly (readonly [number, number, number, number])[];
    readonly two_sided_h5: number;
    readonly two_sided_h4: number;
  };
  readonly "cusum_montgomery_9.1": {
    readonly x: readonly number[];
    readonly Cplus: readonly number[];
    readonly Cminus: readonly number[];
    readonly first_signal: number;
  };
}

test.skipIf(!sharedIsThere)("run lengths and Montgomery's table 9.2 (needs ../shared)", () => {
  const shared = JSON.parse(readFileSync(file, "utf8")) as Shared;
  expect(shared.cusum_arl.rows).toHaveLength(4);
  for (const [allowance, decisionInterval, shift, length] of shared.cusum_arl.rows)
    expect(cusumAverageRunLength({ allowance, decisionInterval, shift, sides: 1 })).toBeCloseTo(
      length,
      8,
    );
  expect(cusumAverageRunLength()).toBeCloseTo(shared.cusum_arl.two_sided_h5, 8);
  expect(cusumAverageRunLength({ decisionInterval: 4 })).toBeCloseTo(
    shared.cusum_arl.two_sided_h4,
    8,
  );
  const table = shared["cusum_montgomery_9.1"];
  const sums = cusum(table.x, { target: 10, standardDeviation: 1 });
  expect(sums.points).toHaveLength(30);
  sums.points.forEach(({ high, low }, i) => {
    expect(high).toBeCloseTo(table.Cplus[i] as number, 10);
    expect(low).toBeCloseTo(table.Cminus[i] as number, 10);
  });
  expect(sums.firstSignal).toBe(table.first_signal - 1);
});

// Montgomery, Introduction to Statistical Quality Control, table 9.2: C+ passes 5 at sample 29 with 5.28, N+ = 7;
// the new level is 10 + 0.5 + 5.28/7 = 11.25 and the change came between samples 22 and 23.
test("Montgomery's example 9.1 and 9.2", () => {
  const x = [
    9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.2, 10.34, 9.03, 11.47, 10.51, 9.4, 10.08,
    9.37, 10.62, 10.31, 8.52, 10.84, 10.9, 9.33, 12.29, 11.5, 10.6, 11.08, 10.38, 11.62, 11.31,
    10.52,
  ];
  const sums = cusum(x, { target: 10, standardDeviation: 1 });
  expect(sums.firstSignal).toBe(28);
  expect(sums.points[28]).toMatchObject({ high: expect.closeTo(5.28, 10), highCount: 7 });
  expect(sums.levelAtSignal).toBeCloseTo(11.25, 2);
  expect(sums.changeAfter).toBe(21);
});

// Computed for this project (one-sided, k = 0.5, and two-sided at no shift).
test.each([
  [5, 0, 1, 930.8870120642],
  [5, 1, 1, 10.3759753002],
  [4, 0, 1, 335.3675776272],
  [4, 1, 1, 8.3832021297],
  [5, 0, 2, 465.4435060321],
  [4, 0, 2, 167.6837888136],
] as const)(
  "run length: limit %d, shift %d, %d sides",
  (decisionInterval, shift, sides, length) => {
    expect(cusumAverageRunLength({ decisionInterval, shift, sides })).toBeCloseTo(length, 8);
  },
);

// Computed for this project with R 4.2.2 from the definition of Brook and Evans's chain, 100 and 50 states.
test.each([
  [0, 5, 100, 930.3196743988],
  [1, 5, 100, 10.3763158523],
  [0.5, 4, 50, 26.6780042083],
])("Brook and Evans: shift %d, limit %d, %d states", (shift, decisionInterval, states, length) => {
  expect(
    cusumAverageRunLength({ shift, decisionInterval, states, sides: 1, method: "brookEvans" }),
  ).toBeCloseTo(length, 8);
});

// Montgomery's table 9.3 (h = 5, k = 1/2, two sides): 465, 139, 38.0, 17.0, 10.4, 5.75, 4.01, 3.11, 2.57, 2.01.
test.each([
  [0, 465, 0],
  [0.25, 139, 0],
  [0.5, 38, 0],
  [0.75, 17, 0],
  [1, 10.4, 1],
  [1.5, 5.75, 2],
  [2, 4.01, 2],
  [2.5, 3.11, 2],
  [3, 2.57, 2],
  [4, 2.01, 2],
])("Montgomery's table 9.3 at a shift of %d", (shift, length, digits) => {
  expect(cusumAverageRunLength({ shift })).toBeCloseTo(length, digits);
});
