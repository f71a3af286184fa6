import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  concentrationIndex,
  concentrationIndexOfPersons,
  decomposeConcentrationIndex,
  isAbsent,
} from "../../src/index.ts";

const given = <T>(result: T) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result as Exclude<T, { absent: unknown }>;
};

const groups = fc
  .array(
    fc.tuple(fc.integer({ min: 20, max: 500 }), fc.double({ min: 0.1, max: 0.9, noNaN: true })),
    { minLength: 2, maxLength: 10 },
  )
  .map((rows) => ({
    population: rows.map((r) => r[0]),
    count: rows.map((r) => Math.max(1, Math.min(r[0] - 1, Math.round(r[0] * r[1])))),
  }));

const persons = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.double({ min: 0.1, max: 9, noNaN: true })), {
    minLength: 4,
    maxLength: 30,
  })
  .map((rows) => ({ rank: rows.map((r) => r[0]), value: rows.map((r) => r[1]) }));

describe("concentration index", () => {
  test("is between −1 and 1, inside its limits, and 0 when all are equal, at any aversion", () => {
    fc.assert(
      fc.property(groups, fc.double({ min: 1.2, max: 6, noNaN: true }), (data, aversion) => {
        const c = given(concentrationIndex(data, { aversion }));
        expect(c.value).toBeGreaterThanOrEqual(1 - aversion);
        expect(c.value).toBeLessThanOrEqual(1);
        expect(c.lower).toBeLessThanOrEqual(c.value);
        expect(c.upper).toBeGreaterThanOrEqual(c.value);
        const even = {
          population: data.population,
          value: data.population.map(() => 3),
          standardError: data.population.map(() => 0.1),
        };
        expect(given(concentrationIndex(even, { aversion })).value).toBeCloseTo(0, 12);
      }),
    );
  });

  test("Erreygers and Wagstaff see having and lacking as mirror images; the bare index does not", () => {
    fc.assert(
      fc.property(groups, (data) => {
        const lack = {
          population: data.population,
          count: data.count.map((c, i) => (data.population[i] as number) - c),
        };
        for (const form of ["erreygers", "wagstaff"] as const) {
          const [have, not] = [
            concentrationIndex(data, { form }),
            concentrationIndex(lack, { form }),
          ];
          expect(given(have).value).toBeCloseTo(-given(not).value, 10);
          expect(given(have).standardError).toBeCloseTo(given(not).standardError, 10);
        }
      }),
    );
  });

  test("scale: standard unchanged, generalised in proportion; shift: generalised and Erreygers unchanged", () => {
    fc.assert(
      fc.property(persons, fc.double({ min: 0.2, max: 9, noNaN: true }), (data, k) => {
        const of = (value: number[], form: "standard" | "generalised") =>
          given(concentrationIndexOfPersons({ rank: data.rank, value }, { form })).value;
        expect(
          of(
            data.value.map((y) => k * y),
            "standard",
          ),
        ).toBeCloseTo(of(data.value, "standard"), 10);
        expect(
          of(
            data.value.map((y) => k * y),
            "generalised",
          ),
        ).toBeCloseTo(k * of(data.value, "generalised"), 8);
        expect(
          of(
            data.value.map((y) => k + y),
            "generalised",
          ),
        ).toBeCloseTo(of(data.value, "generalised"), 9);
      }),
    );
  });

  test("the order of rows never matters, whatever the ties", () => {
    fc.assert(
      fc.property(persons, (data) => {
        const order = data.rank
          .map((_, i) => i)
          .sort((a, b) => ((a * 7919) % 31) - ((b * 7919) % 31));
        const shuffled = {
          rank: order.map((i) => data.rank[i] as number),
          value: order.map((i) => data.value[i] as number),
        };
        const [a, b] = [
          concentrationIndexOfPersons(data),
          concentrationIndexOfPersons(shuffled),
        ].map(given);
        expect(b?.value).toBeCloseTo(a?.value as number, 12);
        expect(b?.standardError).toBeCloseTo(a?.standardError as number, 10);
      }),
    );
  });

  test("a weight is copies; strata and clusters of single people change nothing", () => {
    fc.assert(
      fc.property(persons, (data) => {
        const weight = data.rank.map((_, i) => 1 + (i % 3));
        const weighted = given(concentrationIndexOfPersons({ ...data, weight }));
        const copies = given(
          concentrationIndexOfPersons({
            rank: data.rank.flatMap((r, i) => Array.from({ length: weight[i] as number }, () => r)),
            value: data.value.flatMap((y, i) =>
              Array.from({ length: weight[i] as number }, () => y),
            ),
            cluster: data.rank.flatMap((_, i) =>
              Array.from({ length: weight[i] as number }, () => i),
            ),
          }),
        );
        expect(copies.value).toBeCloseTo(weighted.value, 10);
        expect(copies.standardError).toBeCloseTo(weighted.standardError, 9);
      }),
    );
  });

  test("agrees with the covariance of value and rank, 2 cov(y, R)/μ", () => {
    fc.assert(
      fc.property(persons, (data) => {
        const n = data.rank.length;
        const rank = data.rank.map(
          (r) =>
            (data.rank.filter((s) => s < r).length + data.rank.filter((s) => s === r).length / 2) /
            n,
        );
        const mean = data.value.reduce((a, b) => a + b, 0) / n;
        const covariance =
          data.value.reduce((s, y, i) => s + (y - mean) * ((rank[i] as number) - 0.5), 0) / n;
        expect(given(concentrationIndexOfPersons(data)).value).toBeCloseTo(
          (2 * covariance) / mean,
          10,
        );
      }),
    );
  });
});

describe("decomposition", () => {
  test("parts and residual add up; an outcome made of its factors leaves nothing", () => {
    fc.assert(
      fc.property(persons, (data) => {
        const a = data.value.map((_, i) => ((i * 31) % 11) + 1);
        const b = data.rank.map((r, i) => r + ((i * 17) % 5));
        const outcome = a.map((x, i) => 2 + 3 * x + (b[i] as number));
        const parts = decomposeConcentrationIndex({ rank: data.rank, outcome, factors: { a, b } });
        if (isAbsent(parts)) return;
        const sum = parts.contributions.reduce((s, c) => s + c.value, 0);
        expect(sum + parts.residual).toBeCloseTo(parts.index, 10);
        expect(parts.residual).toBeCloseTo(0, 8);
        expect(parts.contributions[0]?.effect).toBeCloseTo(3, 8);
      }),
    );
  });

  test("given effects stand in for the regression", () => {
    fc.assert(
      fc.property(persons, fc.double({ min: -2, max: 2, noNaN: true }), (data, effect) => {
        const a = data.value.map((_, i) => ((i * 31) % 11) + 1);
        const parts = decomposeConcentrationIndex(
          { rank: data.rank, outcome: data.value, factors: { a } },
          { effects: { a: effect } },
        );
        if (isAbsent(parts)) return;
        const spread = given(
          concentrationIndexOfPersons({ rank: data.rank, value: a }, { form: "generalised" }),
        ).value;
        expect(parts.contributions[0]?.value).toBeCloseTo((effect * spread) / parts.mean, 10);
      }),
    );
  });
});
