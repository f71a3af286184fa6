import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  designVariance,
  fractionalRank,
  isAbsent,
  modelledGradient,
  relativeIndexOfInequality,
  slopeIndexFromCounts,
  slopeIndexOfInequality,
  surveyGradient,
} from "../../src/index.ts";

/** Quantiles with at least one event and one non-event each. */
const quantiles = fc
  .array(
    fc
      .tuple(fc.integer({ min: 30, max: 900 }), fc.double({ min: 0.1, max: 0.9, noNaN: true }))
      .map(([n, p]) => ({
        population: n,
        count: Math.min(n - 1, Math.max(1, Math.round(n * p))),
      })),
    { minLength: 5, maxLength: 12 },
  )
  .map((rows) => ({
    population: rows.map((r) => r.population),
    count: rows.map((r) => r.count),
  }));

const close = (a: number, b: number, digits = 9) =>
  expect(a / (Math.abs(b) + 1e-9)).toBeCloseTo(b / (Math.abs(b) + 1e-9), digits);

const sii = (...of: Parameters<typeof slopeIndexOfInequality>) => {
  const result = slopeIndexOfInequality(...of);
  if (isAbsent(result)) throw new Error(result.message);
  return result;
};

describe("slope index of inequality", () => {
  test("the same share everywhere is no gradient", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 5, maxLength: 10 }),
        (k) => {
          const result = sii({ population: k.map((n) => 4 * n), count: k });
          expect(result.value).toBeCloseTo(0, 12);
          expect(result.lower).toBeLessThanOrEqual(0);
          expect(result.upper).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  test("reversing the quantiles turns the sign; the order of rows with a rank does not matter", () => {
    fc.assert(
      fc.property(quantiles, (q) => {
        const forward = sii(q);
        const reversed = {
          population: [...q.population].reverse(),
          count: [...q.count].reverse(),
        };
        expect(sii(reversed).value).toBeCloseTo(-forward.value, 10);
        const ranked = { ...reversed, rank: q.population.map((_, i) => q.population.length - i) };
        expect(sii(ranked).value).toBeCloseTo(forward.value, 10);
        expect(sii(ranked).standardError).toBeCloseTo(forward.standardError, 10);
      }),
    );
  });

  test("moves with the value's scale and not with its zero; the ratio the other way round", () => {
    fc.assert(
      fc.property(
        quantiles,
        fc.double({ min: 0.5, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (q, factor, shift) => {
          const value = q.count.map((c, i) => 1 + c / (q.population[i] as number));
          const standardError = value.map(() => 0.05);
          const base = { population: q.population, value, standardError };
          const moved = {
            population: q.population,
            value: value.map((y) => factor * y + shift),
            standardError: standardError.map((s) => factor * s),
          };
          const scaled = {
            ...moved,
            value: value.map((y) => factor * y),
          };
          expect(sii(moved).value).toBeCloseTo(factor * sii(base).value, 8);
          expect(sii(moved).standardError).toBeCloseTo(factor * sii(base).standardError, 8);
          const [a, b] = [relativeIndexOfInequality(base), relativeIndexOfInequality(scaled)];
          if (isAbsent(a) || isAbsent(b)) expect(isAbsent(a)).toBe(isAbsent(b));
          else {
            close(b.value, a.value);
            close(b.upper, a.upper);
          }
        },
      ),
    );
  });

  test("the inner function agrees, and the lower limit is below, the upper above", () => {
    const out = new Float64Array(6);
    fc.assert(
      fc.property(quantiles, fc.double({ min: 0.5, max: 0.999, noNaN: true }), (q, confidence) => {
        const result = sii(q, { confidence });
        expect(result.lower).toBeLessThan(result.value);
        expect(result.upper).toBeGreaterThan(result.value);
        const z = (result.upper - result.value) / result.standardError;
        slopeIndexFromCounts(q.population, q.count, q.population.length, z, out);
        expect(out[0]).toBeCloseTo(result.value, 12);
        expect(out[2]).toBeCloseTo(result.upper, 10);
      }),
    );
  });
});

describe("relative index of inequality", () => {
  test("lies inside its limits, and is 1 inside them exactly when 0 is inside the slope's", () => {
    fc.assert(
      fc.property(quantiles, (q) => {
        const rii = relativeIndexOfInequality(q);
        if (isAbsent(rii)) return;
        expect(rii.lower).toBeLessThanOrEqual(rii.value);
        expect(rii.upper).toBeGreaterThanOrEqual(rii.value);
        const slope = sii(q);
        expect(rii.lower <= 1 && 1 <= rii.upper).toBe(slope.lower <= 0 && 0 <= slope.upper);
      }),
    );
  });

  test("on a fitted logarithm it is exp of the slope of the logarithms", () => {
    fc.assert(
      fc.property(quantiles, (q) => {
        const value = q.count.map((c, i) => c / (q.population[i] as number));
        const se = value.map(() => 0.1);
        const rii = relativeIndexOfInequality(
          { population: q.population, value, standardError: se },
          { scale: "rate", transform: true },
        );
        const log = sii({
          population: q.population,
          value: value.map(Math.log),
          standardError: se,
        });
        if (isAbsent(rii)) throw new Error(rii.message);
        close(rii.value, Math.exp(log.value));
        close(rii.lower, Math.exp(log.lower));
      }),
    );
  });
});

describe("fractional rank", () => {
  test("its weighted mean is one half whatever the ties, and equal ranks are equal", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 9 })), {
          minLength: 1,
          maxLength: 30,
        }),
        (rows) => {
          const rank = rows.map((r) => r[0]);
          const weight = rows.map((r) => r[1]);
          const result = fractionalRank(rank, weight);
          const total = weight.reduce((a, b) => a + b, 0);
          const mean = weight.reduce((s, w, i) => s + (w / total) * (result[i] as number), 0);
          expect(mean).toBeCloseTo(0.5, 12);
          rank.forEach((r, i) => {
            expect(result[i]).toBe(result[rank.indexOf(r)]);
            rank.forEach((s, j) => {
              if (r < s) expect(result[i]).toBeLessThan(result[j] as number);
            });
          });
        },
      ),
    );
  });

  test("is a whole copy of each weight", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 4 })), {
          minLength: 1,
          maxLength: 12,
        }),
        (rows) => {
          const weighted = fractionalRank(
            rows.map((r) => r[0]),
            rows.map((r) => r[1]),
          );
          const copies = rows.flatMap(([r, n]) => Array.from({ length: n }, () => r));
          const long = fractionalRank(copies);
          rows.forEach(([r], i) => {
            expect(weighted[i]).toBeCloseTo(long[copies.indexOf(r)] as number, 12);
          });
        },
      ),
    );
  });
});

describe("modelled and survey gradients", () => {
  test("grouped and individual rows give the same model", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 5, maxLength: 5 }),
        (events) => {
          const population = events.map(() => 8);
          const grouped = modelledGradient({ rank: [1, 2, 3, 4, 5], count: events, population });
          const persons = events.flatMap((e, k) =>
            Array.from({ length: 8 }, (_, i) => ({ rank: k + 1, y: i < e ? 1 : 0 })),
          );
          const individual = modelledGradient({
            rank: persons.map((p) => p.rank),
            count: persons.map((p) => p.y),
          });
          for (const part of ["slope", "relative"] as const) {
            const [a, b] = [grouped[part], individual[part]];
            if (isAbsent(a) || isAbsent(b)) {
              expect(isAbsent(a)).toBe(isAbsent(b));
              continue;
            }
            expect(a.model).toBe(b.model);
            expect(a.value).toBeCloseTo(b.value, 6);
            expect(a.standardError).toBeCloseTo(b.standardError, 6);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test("having and lacking the event have opposite slopes", () => {
    fc.assert(
      fc.property(quantiles, (q) => {
        const rank = q.population.map((_, i) => i);
        const have = modelledGradient({ rank, ...q }).slope;
        const lack = modelledGradient({
          rank,
          population: q.population,
          count: q.count.map((c, i) => (q.population[i] as number) - c),
        }).slope;
        if (isAbsent(have) || isAbsent(lack)) return;
        if (have.model !== lack.model) return;
        expect(have.value).toBeCloseTo(-lack.value, 7);
      }),
      { numRuns: 60 },
    );
  });

  test("the survey slope is the grouped slope on the same people", () => {
    fc.assert(
      fc.property(quantiles, (q) => {
        const survey = surveyGradient({
          rank: q.population.flatMap((_, i) => [i, i]),
          value: q.population.flatMap(() => [1, 0]),
          weight: q.population.flatMap((n, i) => [
            q.count[i] as number,
            n - (q.count[i] as number),
          ]),
        });
        if (isAbsent(survey)) throw new Error(survey.message);
        expect(survey.slope.value).toBeCloseTo(sii(q).value, 9);
      }),
    );
  });

  test("scaling all weights changes nothing; copies in one cluster count once", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.integer({ min: 1, max: 5 }), fc.double({ min: 0, max: 10, noNaN: true })),
          {
            minLength: 6,
            maxLength: 30,
          },
        ),
        (rows) => {
          const rank = rows.map((r, i) => r[0] + i / 100);
          const value = rows.map((r) => r[1]);
          const plain = surveyGradient({ rank, value, weight: rows.map(() => 1) });
          const tenfold = surveyGradient({ rank, value, weight: rows.map(() => 10) });
          const copies = surveyGradient({
            rank: rank.flatMap((r) => [r, r]),
            value: value.flatMap((y) => [y, y]),
            cluster: rank.flatMap((_, i) => [i, i]),
          });
          if (isAbsent(plain) || isAbsent(tenfold) || isAbsent(copies)) throw new Error("absent");
          expect(tenfold.slope.standardError).toBeCloseTo(plain.slope.standardError, 9);
          expect(copies.slope.value).toBeCloseTo(plain.slope.value, 9);
          expect(copies.slope.standardError).toBeCloseTo(plain.slope.standardError, 9);
        },
      ),
    );
  });

  test("stratifying by what the influence follows never adds variance beyond n/(n − 1)", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 4, maxLength: 40 }),
        (values) => {
          const sorted = [...values].sort((a, b) => a - b);
          const whole = designVariance(sorted, {});
          const half = designVariance(sorted, {
            stratum: sorted.map((_, i) => (i < sorted.length / 2 ? "low" : "high")),
          });
          if (isAbsent(whole) || isAbsent(half)) throw new Error("absent");
          expect(half).toBeLessThanOrEqual(whole * 2 + 1e-9);
          expect(
            designVariance(sorted, { stratum: sorted.map((_, i) => (i === 0 ? "a" : "b")) }),
          ).toMatchObject({
            absent: "tooFew",
          });
        },
      ),
    );
  });
});
