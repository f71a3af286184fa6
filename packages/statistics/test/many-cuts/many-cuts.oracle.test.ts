import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  benjaminiHochberg,
  benjaminiYekutieli,
  detectableShare,
  equivalence,
  holm,
  minimumDetectableGap,
  peopleNeeded,
  powerOfProportions,
  twoLevelFamilies,
} from "../../src/index.ts";

// Benjamini and Hochberg 1995, JRSS B 57:289, section 3.2: fifteen p-values of a trial of thrombolysis.
const p = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
  0.6528, 0.759, 1,
];

test("Benjamini and Hochberg reject four where Bonferroni rejects three", () => {
  expect([...benjaminiHochberg(p)].filter((q) => q <= 0.05)).toHaveLength(4);
  expect(p.filter((value) => value * p.length <= 0.05)).toHaveLength(3);
  expect([...holm(p)].filter((value) => value <= 0.05)).toHaveLength(3);
});

// Computed with p.adjust() of R 4.2.2.
const adjustedByR = {
  BH: [
    0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.063857142857, 0.063857142857, 0.0645, 0.0765, 0.486,
    0.58118181818, 0.714875, 0.75323076923, 0.81321428571, 1,
  ],
  BY: [
    0.0049773434898, 0.0099546869797, 0.031523175436, 0.11821190788, 0.20008920829, 0.21189262285,
    0.21189262285, 0.21402577006, 0.25384451798, 1, 1, 1, 1, 1, 1,
  ],
  holm: [0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213, 1, 1, 1, 1, 1, 1],
};

test.each([
  ["BH", benjaminiHochberg],
  ["BY", benjaminiYekutieli],
  ["holm", holm],
] as const)("%s as p.adjust() of R", (name, adjust) => {
  [...adjust(p)].forEach((value, i) => {
    expect(value).toBeCloseTo(adjustedByR[name][i] as number, 11);
  });
});

const folder = join(import.meta.dirname, "../../../../../shared/cases/methods");
test.skipIf(!existsSync(folder))(
  "adjusted p-values and power of A_smallarea_fdr_power (needs ../shared)",
  () => {
    const cases = JSON.parse(readFileSync(join(folder, "A_smallarea_fdr_power.json"), "utf8"));
    const { bh, by, holm: byHolm } = cases.bh1995;
    const adjusted = [
      [benjaminiHochberg(cases.bh1995.p), bh],
      [benjaminiYekutieli(cases.bh1995.p), by],
      [holm(cases.bh1995.p), byHolm],
    ];
    for (const [actual, expected] of adjusted) {
      expect(expected).toHaveLength(15);
      expected.forEach((value: number, i: number) => {
        expect(actual[i]).toBeCloseTo(value, 11);
      });
    }
    // R searches both with a tolerance of 1.2e-4; the solved values are in the next test.
    expect(peopleNeeded(0.5, 0.75, { power: 0.9 })).toBeCloseTo(cases.power.n, 4);
    expect(detectableShare(0.5, 50, { power: 0.9 })).toBeCloseTo(cases.power.p2_n50, 4);
  },
);

test("power.prop.test() of R 4.2.2 with tol = 1e-13", () => {
  expect(peopleNeeded(0.5, 0.75, { power: 0.9 })).toBeCloseTo(76.70692845178, 8);
  expect(detectableShare(0.5, 50, { power: 0.9 })).toBeCloseTo(0.8026305817039, 12);
  expect(powerOfProportions(0.5, 0.75, 50, 50)).toBeCloseTo(0.7401659, 7);
});

test("Lehr's rule: sixteen times the variance over the squared gap", () => {
  const variance = 0.25 / 400;
  expect(minimumDetectableGap(variance, variance) ** 2 / (0.25 / 400)).toBeCloseTo(15.7, 1);
});

test("a family without any sign is not looked into, and the level falls with those left out", () => {
  const found = twoLevelFamilies([
    [0.001, 0.02, 0.03],
    [0.6, 0.9],
    [0.8, 0.3],
    [0.0002, 0.024],
  ]);
  expect(found.selected).toEqual([true, false, false, true]);
  // Level 0.05 × 2/4 = 0.025 within a family: adjusted 0.003, 0.03, 0.03 and 0.0004, 0.024.
  expect(found.rejected).toEqual([
    [true, false, false],
    [false, false],
    [false, false],
    [true, true],
  ]);
});

test("equivalence needs the whole 90 % interval within the margin", () => {
  expect(equivalence(0.01, 0.02, 0.05)).toMatchObject({ equivalent: true });
  expect(equivalence(0.02, 0.02, 0.05)).toMatchObject({ equivalent: false });
});
