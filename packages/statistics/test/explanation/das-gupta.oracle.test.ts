import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dasGupta, type Factors, kitagawa, pathwayLeak } from "../../src/explanation/index.ts";
import { isAbsent, type Result } from "../../src/foundation/estimate.ts";

function some<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result as T;
}
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
const vector = (factors: Factors, name: string) => factors[name] as number[];

/** The published examples that are not plain products. */
const rates: Record<string, (factors: Factors) => number> = {
  "sum(ABC)/(sum(ABC)+sum(A(1-B)D))": (f) => {
    const [A, B, C, D] = ["A", "B", "C", "D"].map((name) => vector(f, name)) as [
      number[],
      number[],
      number[],
      number[],
    ];
    const single = sum(A.map((a, k) => a * (B[k] as number) * (C[k] as number)));
    const married = sum(A.map((a, k) => a * (1 - (B[k] as number)) * (D[k] as number)));
    return single / (single + married);
  },
  "sum(size/sum(size)*rate)": (f) => {
    const size = vector(f, "size");
    return sum(size.map((n, k) => n * (vector(f, "rate")[k] as number))) / sum(size);
  },
};

interface Case {
  name: string;
  rate_function: string;
  pop1: Factors;
  pop2: Factors;
  expected_effect_pop2_minus_pop1: Record<string, number>;
  crude: [number, number];
  tolerance: number;
}

// Das Gupta (1993), Standardization and decomposition of rates, examples 2.1 to 2.4, 4.3 and 5.1.
const published: Case[] = [
  {
    name: "2.1",
    rate_function: "a*b",
    pop1: { avg_earnings: 10930, earner_prop: 0.717892 },
    pop2: { avg_earnings: 16591, earner_prop: 0.825974 },
    expected_effect_pop2_minus_pop1: { avg_earnings: 4369.913, earner_prop: 1487.262 },
    crude: [7846.55956, 13703.734634],
    tolerance: 0.01,
  },
  {
    name: "2.2",
    rate_function: "a*b*c",
    pop1: { a: 51.78746, b: 0.45919, c: 0.52638 },
    pop2: { a: 84.90502, b: 0.75756, c: 0.51065 },
    expected_effect_pop2_minus_pop1: { a: 10.4340333, b: 10.5608476, c: -0.6670084 },
    crude: [12.51746576, 32.84533837],
    tolerance: 1e-5,
  },
  {
    name: "2.3",
    rate_function: "a*b*c*d",
    pop1: { a: 25.3, b: 0.214, c: 0.279, d: 0.949 },
    pop2: { a: 32.7, b: 0.29, c: 0.473, d: 0.986 },
    expected_effect_pop2_minus_pop1: { a: 0.6889411, b: 0.8125381, c: 1.3829055, d: 0.1047547 },
    crude: [1.4335231482, 4.422662574],
    tolerance: 1e-6,
  },
  {
    name: "2.4",
    rate_function: "a*b*c*d*e",
    pop1: { m: 0.58, noncontr: 0.76, abort: 0.84, lact: 0.66, fecund: 16.573 },
    pop2: { m: 0.72, noncontr: 0.97, abort: 0.97, lact: 0.56, fecund: 16.158 },
    expected_effect_pop2_minus_pop1: {
      m: 1.0909785,
      noncontr: 1.2298438,
      abort: 0.7278399,
      lact: -0.8398707,
      fecund: -0.1290187,
    },
    crude: [4.05010178, 6.12987468],
    tolerance: 1e-6,
  },
  {
    name: "5.1 (Kitagawa)",
    rate_function: "sum(size/sum(size)*rate)",
    pop1: {
      size: [12.9, 10.9, 9.5, 8.0, 7.8, 8.4, 8.6, 7.8, 7.0, 5.9, 4.7, 3.6, 4.9],
      rate: [1.9, 25.8, 45.7, 49.6, 51.2, 51.6, 51.8, 54.9, 58.7, 60.4, 62.8, 66.6, 66.8],
    },
    pop2: {
      size: [10.1, 11.2, 11.6, 10.9, 9.4, 7.7, 6.3, 6.0, 6.3, 5.9, 5.1, 4.0, 5.5],
      rate: [2.2, 24.3, 45.8, 52.5, 56.1, 55.6, 56.0, 57.4, 57.2, 61.2, 63.9, 68.6, 72.2],
    },
    expected_effect_pop2_minus_pop1: { size: 1.2269, rate: 1.7403 },
    crude: [44.7268, 47.694],
    tolerance: 1e-4,
  },
];

function agrees(c: Case) {
  const own = rates[c.rate_function];
  const split = dasGupta({ first: c.pop1, second: c.pop2, ...(own ? { rate: own } : {}) });
  const tolerance = Math.max(c.tolerance, 1e-4 * 0.6 * Number(c.tolerance >= 1e-4));
  expect(Math.abs(split.first - c.crude[0])).toBeLessThan(tolerance);
  expect(Math.abs(split.second - c.crude[1])).toBeLessThan(tolerance);
  const expected = Object.entries(c.expected_effect_pop2_minus_pop1);
  expect(split.effects).toHaveLength(expected.length);
  for (const [factor, value] of expected) {
    const effect = split.effects.find((e) => e.factor === factor);
    expect(Math.abs((effect?.value ?? Number.NaN) - value)).toBeLessThan(tolerance);
  }
  expect(sum(split.effects.map((e) => e.value))).toBeCloseTo(split.difference, 9);
}

test.each(published)("Das Gupta example $name", agrees);

test("Kitagawa's own form gives example 5.1 too", () => {
  const { pop1, pop2 } = published[4] as Case;
  const split = some(
    kitagawa(
      { sizes: vector(pop1, "size"), rates: vector(pop1, "rate") },
      { sizes: vector(pop2, "size"), rates: vector(pop2, "rate") },
    ),
  );
  expect(split.composition.value).toBeCloseTo(1.2269, 4);
  expect(split.rate.value).toBeCloseTo(1.7403, 4);
  expect(split.difference.value).toBeCloseTo(2.9672, 4);
});

test("a pathway of four steps is example 2.3 scaled to shares", () => {
  const to = (reaches: number[]) => {
    let count = 1e6;
    const counts = [count];
    for (const reach of reaches) {
      count *= reach;
      counts.push(count);
    }
    return counts;
  };
  const leak = some(pathwayLeak(to([0.327, 0.29, 0.473, 0.986]), to([0.253, 0.214, 0.279, 0.949])));
  expect(leak.steps.map((step) => step.value * 100)).toEqual([
    expect.closeTo(0.6889411, 6),
    expect.closeTo(0.8125381, 6),
    expect.closeTo(1.3829055, 6),
    expect.closeTo(0.1047547, 6),
  ]);
});

const file = join(
  import.meta.dirname,
  "../../../../../shared/cases/methods/C_dasgupta_kitagawa.json",
);
const shared = existsSync(file);
const cases = shared
  ? JSON.parse(readFileSync(file, "utf8"))
  : { cases: [], "cross_classified_5.3": {} };

test.skipIf(!shared)("all seven shared examples (needs ../shared)", () => {
  expect(cases.cases).toHaveLength(7);
  cases.cases.forEach(agrees);
});

test.skipIf(!shared)("cross-classified example 5.3 (needs ../shared)", () => {
  const c = cases["cross_classified_5.3"];
  const split = some(
    kitagawa(
      { sizes: c.size1970, rates: c.rate1970 },
      { sizes: c.size1985, rates: c.rate1985 },
      { characteristics: { age: c.age, race: c.race } },
    ),
  );
  expect(split.characteristics.age?.value).toBeCloseTo(c.expected.age_struct, 6);
  expect(split.characteristics.race?.value).toBeCloseTo(c.expected.race_struct, 6);
  expect(split.rate.value).toBeCloseTo(c.expected.rate, 6);
  expect([split.first, split.second]).toEqual([
    expect.closeTo(c.expected.crude[0], 5),
    expect.closeTo(c.expected.crude[1], 5),
  ]);
});
