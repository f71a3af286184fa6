import { describe, expect, test } from "vitest";
import {
  concentrationIndex,
  concentrationIndexOfPersons,
  decomposeConcentrationIndex,
  isAbsent,
  linearRegression,
  StatisticsError,
} from "../../src/index.ts";

const given = <T>(result: T) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result as Exclude<T, { absent: unknown }>;
};

const counts = { population: [120, 90, 150, 80, 110], count: [60, 40, 52, 25, 28] };

describe("interval of the grouped index", () => {
  test("Fieller: at each limit, Σ f(2R − 1 − C) y is just z errors from 0", () => {
    const c = given(concentrationIndex(counts));
    const total = 550;
    let below = 0;
    const rows = counts.population.map((n, i) => {
      const rank = (below + n / 2) / total;
      below += n;
      const p = (counts.count[i] as number) / n;
      return { f: n / total, rank, p, v: (p * (1 - p)) / (n - 1) };
    });
    for (const limit of [c.lower, c.upper]) {
      let sum = 0;
      let variance = 0;
      for (const { f, rank, p, v } of rows) {
        sum += f * (2 * rank - 1 - limit) * p;
        variance += (f * (2 * rank - 1 - limit)) ** 2 * v;
      }
      expect(Math.abs(sum) / Math.sqrt(variance)).toBeCloseTo(1.959964, 6);
    }
  });

  test.each(["standard", "generalised", "erreygers", "wagstaff"] as const)(
    "standard error of the %s form, found by moving each value",
    (form) => {
      const value = counts.count.map((c, i) => c / (counts.population[i] as number));
      const standardError = [0.04, 0.05, 0.03, 0.06, 0.05];
      const index = (y: readonly number[]) =>
        given(
          concentrationIndex(
            { population: counts.population, value: y, standardError },
            { form, bounds: [0, 1] },
          ),
        );
      let variance = 0;
      value.forEach((_, i) => {
        const up = value.with(i, (value[i] as number) + 1e-5);
        const down = value.with(i, (value[i] as number) - 1e-5);
        variance +=
          (((index(up).value - index(down).value) / 2e-5) * (standardError[i] as number)) ** 2;
      });
      expect(index(value).standardError).toBeCloseTo(Math.sqrt(variance), 8);
    },
  );

  test("extended index: the integral weights at ν = 3 on two halves", () => {
    // Weights 1 − (1/2)³ = 7/8 and 1/8: C = 1 − (7/8 × 2 + 1/8 × 4)/3.
    const data = { population: [5, 5], value: [2, 4], standardError: [0.1, 0.1] };
    expect(given(concentrationIndex(data, { aversion: 3 })).value).toBeCloseTo(1 - 2.25 / 3, 12);
    expect(given(concentrationIndex(data, { aversion: 3 })).achievement.value).toBeCloseTo(
      2.25,
      12,
    );
  });
});

describe("error of a sample of people", () => {
  test("is the jackknife's, to first order, for every form and aversion", () => {
    const rank = Array.from({ length: 240 }, (_, i) => Math.floor((i * 7919) % 61));
    const value = rank.map((r, i) => 0.02 * r + ((i * 104729) % 17) / 34);
    for (const options of [
      {},
      { form: "generalised" },
      { form: "erreygers", bounds: [0, 2] },
      { form: "wagstaff", bounds: [0, 2] },
      { aversion: 3 },
      { aversion: 1.5, form: "generalised" },
    ] as const) {
      const whole = given(concentrationIndexOfPersons({ rank, value }, options));
      const without = rank.map(
        (_, k) =>
          given(
            concentrationIndexOfPersons(
              { rank: rank.filter((_, i) => i !== k), value: value.filter((_, i) => i !== k) },
              options,
            ),
          ).value,
      );
      const mean = without.reduce((a, b) => a + b, 0) / 240;
      const jackknife = Math.sqrt((239 / 240) * without.reduce((s, v) => s + (v - mean) ** 2, 0));
      expect(whole.standardError / jackknife).toBeGreaterThan(0.97);
      expect(whole.standardError / jackknife).toBeLessThan(1.03);
    }
  });

  test("Newey–West on distinct ranks is that of the regression in rank order", () => {
    const rank = [5, 2, 8, 1, 9, 4, 7];
    const value = [3, 6, 2, 5, 1, 4, 4];
    const order = [3, 1, 5, 0, 6, 2, 4];
    const n = rank.length;
    const places = order.map((_, k) => (k + 0.5) / n);
    const spread = places.reduce((s, r) => s + (r - 0.5) ** 2 / n, 0);
    const mean = value.reduce((a, b) => a + b, 0) / n;
    const fit = given(
      linearRegression(
        {
          outcome: order.map((i) => (2 * spread * (value[i] as number)) / mean),
          predictors: [places],
        },
        { covariance: { neweyWest: 1 } },
      ),
    );
    const c = given(
      concentrationIndexOfPersons({ rank, value }, { errors: "convenientRegression" }),
    );
    expect(c.value).toBeCloseTo(fit.coefficients[1] as number, 12);
    expect(c.standardError).toBeCloseTo(fit.standardErrors[1] as number, 12);
  });

  test("Newey–West does not depend on the order of rows inside a tie", () => {
    const rank = [1, 1, 1, 2, 2, 2, 3, 3, 3];
    const value = [1, 0, 1, 0, 0, 1, 0, 0, 0];
    const other = [0, 1, 1, 1, 0, 0, 0, 0, 0];
    const [a, b] = [value, other].map((y) =>
      given(concentrationIndexOfPersons({ rank, value: y }, { errors: "delta" })),
    );
    expect(b?.standardError).toBeCloseTo(a?.standardError as number, 14);
  });

  test("of the decomposition is the jackknife's too", () => {
    const n = 80;
    const rank = Array.from({ length: n }, (_, i) => (i * 37) % n);
    const age = rank.map((r, i) => 30 + ((i * 7919) % 41) + r / 8);
    const alone = rank.map((r, i) => ((i * 104729) % 13 < 5 + r / 40 ? 1 : 0));
    const outcome = rank.map(
      (_, i) => 5 + 0.1 * (age[i] as number) + 2 * (alone[i] as number) + ((i * 31) % 7),
    );
    const split = (keep: (i: number) => boolean) => {
      const of = (v: readonly number[]) => v.filter((_, i) => keep(i));
      return given(
        decomposeConcentrationIndex({
          rank: of(rank),
          outcome: of(outcome),
          factors: { age: of(age), alone: of(alone) },
        }),
      );
    };
    const whole = split(() => true);
    for (const k of [0, 1]) {
      const without = rank.map((_, i) => split((j) => j !== i).contributions[k]?.value as number);
      const mean = without.reduce((a, b) => a + b, 0) / n;
      const jackknife = Math.sqrt(((n - 1) / n) * without.reduce((s, v) => s + (v - mean) ** 2, 0));
      const error = whole.contributions[k]?.standardError as number;
      expect(error / jackknife).toBeGreaterThan(0.93);
      expect(error / jackknife).toBeLessThan(1.07);
    }
  });
});

describe("what the data or the call cannot support", () => {
  test("typed reasons", () => {
    const zero = { population: [5, 5], value: [-1, 1], standardError: [0.1, 0.1] };
    expect(concentrationIndex(zero)).toMatchObject({ absent: "notPositive" });
    expect(given(concentrationIndex(zero, { form: "generalised" })).value).toBeCloseTo(0.5, 12);
    expect(concentrationIndexOfPersons({ rank: [1, 2], value: [1, 2] })).toMatchObject({
      absent: "tooFew",
    });
    expect(
      concentrationIndexOfPersons(
        { rank: [1, 2, 3], value: [1, 1, 1] },
        { form: "wagstaff", bounds: [0, 1] },
      ),
    ).toMatchObject({ absent: "notPositive" });
    expect(
      concentrationIndexOfPersons({ rank: [1, 2, 3], value: [1, 2, 3], weight: [0, 0, 0] }),
    ).toMatchObject({ absent: "zeroDenominator" });
    expect(concentrationIndex({ population: [5], count: [2] })).toMatchObject({
      absent: "tooFewGroups",
    });
  });

  test("impossible calls throw", () => {
    const data = { population: [5, 5], value: [2, 4], standardError: [0.1, 0.1] };
    expect(() => concentrationIndex(data, { form: "erreygers" })).toThrow(/needs them/);
    expect(() => concentrationIndex(data, { form: "erreygers", bounds: [0, 3] })).toThrow(
      /outside/,
    );
    expect(() => concentrationIndex(data, { form: "erreygers", bounds: [3, 0] })).toThrow(
      StatisticsError,
    );
    expect(() => concentrationIndex(data, { aversion: 1 })).toThrow(StatisticsError);
    expect(() =>
      concentrationIndex(data, { aversion: 3, form: "wagstaff", bounds: [0, 9] }),
    ).toThrow(StatisticsError);
    expect(() => decomposeConcentrationIndex({ rank: [1], outcome: [1], factors: {} })).toThrow(
      StatisticsError,
    );
    expect(() =>
      decomposeConcentrationIndex(
        { rank: [1, 2, 3, 4], outcome: [1, 2, 3, 5], factors: { a: [1, 0, 1, 0] } },
        { effects: { b: 1 } },
      ),
    ).toThrow(/factor a/);
  });
});
