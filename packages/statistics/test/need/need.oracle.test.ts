import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isAbsent, type Result } from "../../src/foundation/estimate.ts";
import { floatingCatchment, horizontalInequity } from "../../src/need/index.ts";

function some<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result as T;
}

// Computed: O'Donnell and others (2008), ch. 15: HI = C(use) − C(need).
const inequity = {
  use_per_1000: [40, 55, 60, 72, 80],
  need_per_1000: [90, 80, 75, 70, 65],
  pop: [1000, 1000, 1000, 1000, 1000],
  C_use: 0.12638436482084714,
  C_need: -0.06315789473684208,
  HI: 0.18954225955768922,
  use_need_ratio: [
    0.5501266739051756, 0.8509771986970686, 0.9902280130293161, 1.2731503024662636,
    1.5234277123527937,
  ],
};
// Computed with the formula of the floating catchment. Places and sites are the same three; nothing is over 61 minutes
// but the way between the first two. In the second scenario the way to site 3 takes 20, in the third the way back.
const catchment: Record<string, { access: number[]; ratio: number[]; minutes: number[][] }> = {
  "0": {
    access: [0.3314441169802766, 0.5798281320669381, 7.286418169862544],
    ratio: [0.14962593516209477, 0.39800995024875624, 7.2727272727272725],
    minutes: [
      [0, 90, 40],
      [90, 0, 40],
      [40, 40, 0],
    ],
  },
  "1": {
    access: [0.4353402208763805, 0.683724235963042, 5.727976611420986],
    ratio: [0.14962593516209477, 0.39800995024875624, 5.714285714285714],
    minutes: [
      [0, 90, 20],
      [90, 0, 20],
      [40, 40, 0],
    ],
  },
  "2": {
    access: [0.3310719131614654, 0.5778577857785778, 7.299991939492457],
    ratio: [0.14925373134328357, 0.39603960396039606, 7.2727272727272725],
    minutes: [
      [0, 90, 40],
      [90, 0, 40],
      [20, 20, 0],
    ],
  },
};

function agreesInequity(c: typeof inequity) {
  const used = c.use_per_1000.map((u, i) => (u * (c.pop[i] as number)) / 1000);
  const needed = c.need_per_1000.map((u, i) => (u * (c.pop[i] as number)) / 1000);
  const result = some(horizontalInequity({ populations: c.pop, used, needed }));
  expect(result.useIndex).toBeCloseTo(c.C_use, 14);
  expect(result.needIndex).toBeCloseTo(c.C_need, 14);
  expect(result.value).toBeCloseTo(c.HI, 14);
  c.use_need_ratio.forEach((ratio, i) => {
    expect(result.ratios[i]).toBeCloseTo(ratio, 14);
  });
}

function agreesCatchment(key: string, access: number[], ratio: number[]) {
  const minutes = catchment[key]?.minutes as number[][];
  const [populations, supply] = [
    [100, 50, 10],
    [15, 20, 100],
  ];
  const result = floatingCatchment({ populations, supply, minutes }, { power: -1, within: 61 });
  access.forEach((value, i) => {
    expect(result.access[i]).toBeCloseTo(value, 13);
  });
  ratio.forEach((value, j) => {
    expect(result.ratios[j]).toBeCloseTo(value, 13);
  });
  const mass = populations.reduce((sum, p, i) => sum + p * (result.access[i] as number), 0);
  expect(mass).toBeCloseTo(135, 10);
}

test("horizontal inequity", () => agreesInequity(inequity));
test.each(Object.entries(catchment))("floating catchment, scenario %s", (key, { access, ratio }) =>
  agreesCatchment(key, access, ratio),
);

const file = join(
  import.meta.dirname,
  "../../../../../shared/cases/methods/D_need_access_missing.json",
);
test.skipIf(!existsSync(file))("the same from the shared cases (needs ../shared)", () => {
  const cases = JSON.parse(readFileSync(file, "utf8"));
  agreesInequity(cases.horizontal_inequity);
  const expected = Object.entries(cases["2sfca_hospital"].expected) as [
    string,
    { access: Record<string, number>; ratio: Record<string, number> },
  ][];
  expect(expected).toHaveLength(3);
  for (const [key, { access, ratio }] of expected)
    agreesCatchment(key, Object.values(access), Object.values(ratio));
});
