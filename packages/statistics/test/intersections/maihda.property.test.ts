import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAbsent, type Result } from "../../src/foundation/estimate.ts";
import {
  additiveExcess,
  areaUnderCurve,
  integratedMaihda,
  linearStrataModel,
  logisticStrataModel,
  maihda,
  mainEffects,
  medianOddsRatio,
  outstandingStrata,
  poissonStrataModel,
  poissonVpc,
  probabilityVpc,
  proportionalChangeInVariance,
  stepwisePcv,
  variancePartitionCoefficient,
} from "../../src/intersections/index.ts";

function some<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result as T;
}
const characteristics = {
  sex: Array.from({ length: 30 }, (_, i) => i % 2),
  age: Array.from({ length: 30 }, (_, i) => (i >> 1) % 3),
  area: Array.from({ length: 30 }, (_, i) => Math.floor(i / 6)),
};
const strata = fc
  .array(
    fc.tuple(fc.integer({ min: 4, max: 60 }), fc.double({ min: 0.15, max: 0.85, noNaN: true })),
    {
      minLength: 30,
      maxLength: 30,
    },
  )
  .map((rows) => ({
    events: rows.map(([n, p]) => Math.round(n * p)),
    denominators: rows.map(([n]) => n),
    characteristics,
  }));
const fast = { numRuns: 20 };

describe("models of counts", () => {
  test("the order of strata and the naming of levels change nothing", () => {
    fc.assert(
      fc.property(strata, (s) => {
        const one = some(maihda(s, { varianceInterval: false }));
        const turn = <T>(values: ArrayLike<T>) => Array.from(values).reverse();
        const two = some(
          maihda(
            {
              events: turn(s.events),
              denominators: turn(s.denominators),
              characteristics: {
                sex: turn(characteristics.sex),
                age: turn(characteristics.age),
                area: turn(characteristics.area),
              },
            },
            { varianceInterval: false },
          ),
        );
        expect(two.null.model.variance).toBeCloseTo(one.null.model.variance, 7);
        expect(two.main.model.variance).toBeCloseTo(one.main.model.variance, 6);
        expect(two.main.auc).toBeCloseTo(one.main.auc as number, 6);
        expect(two.main.model.fitted[0]).toBeCloseTo(one.main.model.fitted[29] as number, 6);
      }),
      fast,
    );
  });

  test("counting the other outcome mirrors the model", () => {
    fc.assert(
      fc.property(strata, (s) => {
        const one = some(logisticStrataModel(s));
        const two = some(
          logisticStrataModel({
            ...s,
            events: s.events.map((y, i) => (s.denominators[i] as number) - y),
          }),
        );
        expect(two.variance).toBeCloseTo(one.variance, 7);
        expect(two.coefficients[0]).toBeCloseTo(-(one.coefficients[0] as number), 7);
        expect(two.varianceInterval?.upper).toBeCloseTo(one.varianceInterval?.upper as number, 3);
        expect(one.varianceInterval?.lower).toBeLessThanOrEqual(one.variance + 1e-12);
        expect(one.varianceInterval?.upper).toBeGreaterThan(one.variance);
      }),
      fast,
    );
  });

  test("no other σ and intercept have a higher likelihood, integrated slowly", () => {
    const slow = (s: { events: number[]; denominators: number[] }, beta: number, sigma: number) =>
      s.events.reduce((sum, y, k) => {
        const n = s.denominators[k] as number;
        let [mass, top] = [0, Number.NEGATIVE_INFINITY];
        const logs: number[] = [];
        for (let t = -9; t <= 9; t += 0.02) {
          const eta = beta + sigma * t;
          const g = y * eta - n * Math.log1p(Math.exp(eta)) - (t * t) / 2;
          logs.push(g);
          top = Math.max(top, g);
        }
        for (const g of logs) mass += Math.exp(g - top);
        return sum + top + Math.log((mass * 0.02) / Math.sqrt(2 * Math.PI));
      }, 0);
    fc.assert(
      fc.property(strata, (s) => {
        const model = some(logisticStrataModel(s, { varianceInterval: false }));
        const [beta, sigma] = [model.coefficients[0] as number, model.standardDeviation];
        const best = slow(s, beta, sigma);
        expect(best).toBeCloseTo(model.logLikelihood, 6);
        for (const [db, ds] of [
          [0.02, 0],
          [-0.02, 0],
          [0, 0.02],
          [0, -0.02],
        ] as const)
          expect(slow(s, beta + db, Math.abs(sigma + ds))).toBeLessThan(best + 1e-9);
      }),
      { numRuns: 8 },
    );
  });

  test("the Poisson form with long exposures: rates scale, and the logistic model of rare events agrees", () => {
    fc.assert(
      fc.property(strata, (s) => {
        const one = some(poissonStrataModel(s, { varianceInterval: false }));
        const per = some(
          poissonStrataModel(
            { ...s, denominators: s.denominators.map((n) => n * 10) },
            { varianceInterval: false },
          ),
        );
        expect(per.variance).toBeCloseTo(one.variance, 7);
        expect(per.coefficients[0]).toBeCloseTo((one.coefficients[0] as number) - Math.log(10), 7);
        const rare = s.denominators.map((n) => n * 1e6);
        const a = some(
          poissonStrataModel({ ...s, denominators: rare }, { varianceInterval: false }),
        );
        const b = some(
          logisticStrataModel({ ...s, denominators: rare }, { varianceInterval: false }),
        );
        expect(b.variance).toBeCloseTo(a.variance, 4);
      }),
      fast,
    );
  });

  test("the linear model: shifting and scaling the score, and splitting a stratum into rows", () => {
    const scores = fc.array(
      fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 3, maxLength: 9 }),
      { minLength: 6, maxLength: 12 },
    );
    const sumsOf = (rows: number[][]) => ({
      denominators: rows.map((r) => r.length),
      sums: rows.map((r) => r.reduce((a, b) => a + b, 0)),
      sumsOfSquares: rows.map((r) => r.reduce((a, b) => a + b * b, 0)),
    });
    fc.assert(
      fc.property(scores, (rows) => {
        const one = linearStrataModel(sumsOf(rows));
        if (isAbsent(one)) return;
        const moved = some(linearStrataModel(sumsOf(rows.map((r) => r.map((y) => 3 * y + 7)))));
        expect(moved.variance).toBeCloseTo(9 * one.variance, 4);
        expect(moved.residualVariance).toBeCloseTo(9 * one.residualVariance, 4);
        expect(moved.coefficients[0]).toBeCloseTo(3 * (one.coefficients[0] as number) + 7, 5);
        const split = some(
          linearStrataModel({
            ...sumsOf(rows.flatMap((r) => [r.slice(0, 1), r.slice(1)])),
            stratum: rows.flatMap((_, k) => [k, k]),
          }),
        );
        expect(split.variance).toBeCloseTo(one.variance, 5);
        expect(split.criterion).toBeCloseTo(one.criterion, 6);
      }),
      fast,
    );
  });
});

describe("measures of variance", () => {
  const variance = fc.double({ min: 0, max: 6, noNaN: true });
  test("shares are between 0 and 1 and rise with the variance; the outcome scale is below the latent one", () => {
    fc.assert(
      fc.property(
        variance,
        fc.double({ min: 0.01, max: 2, noNaN: true }),
        fc.double({ min: -4, max: 4, noNaN: true }),
        (v, more, at) => {
          for (const share of [
            variancePartitionCoefficient,
            (x: number) => probabilityVpc(x, at),
            (x: number) => poissonVpc(x, at),
          ]) {
            expect(share(v)).toBeGreaterThanOrEqual(0);
            expect(share(v + more)).toBeGreaterThan(share(v));
            expect(share(v + more)).toBeLessThan(1);
          }
          expect(probabilityVpc(v, at)).toBeLessThanOrEqual(
            variancePartitionCoefficient(v) * 1.25 + 1e-12,
          );
          expect(probabilityVpc(v, at)).toBeCloseTo(probabilityVpc(v, -at), 9);
          expect(medianOddsRatio(v + more)).toBeGreaterThan(medianOddsRatio(v));
        },
      ),
    );
    expect(medianOddsRatio(0)).toBe(1);
  });

  test("change in variance is 0 for no change, 1 for none left, negative for more, absent for none to begin with", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 6, noNaN: true }), (v) => {
        expect(proportionalChangeInVariance(v, v)).toBe(0);
        expect(proportionalChangeInVariance(v, 0)).toBe(1);
        expect(some(proportionalChangeInVariance(v, 2 * v))).toBeCloseTo(-1, 12);
        expect(proportionalChangeInVariance(0, v)).toMatchObject({ absent: "zeroDenominator" });
      }),
    );
  });

  test("the area is the share of pairs in the right order, and turns with the score", () => {
    const rows = fc.array(
      fc.record({ score: fc.integer({ min: 0, max: 5 }), y: fc.nat(6), rest: fc.nat(6) }),
      { minLength: 2, maxLength: 8 },
    );
    fc.assert(
      fc.property(rows, (all) => {
        const area = (sign: number) =>
          areaUnderCurve(
            all.map((r) => sign * r.score),
            all.map((r) => r.y),
            all.map((r) => r.y + r.rest),
          );
        const one = area(1);
        if (isAbsent(one)) return;
        let [wins, pairs] = [0, 0];
        for (const a of all)
          for (const b of all) {
            pairs += a.y * b.rest;
            wins += a.y * b.rest * (a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0);
          }
        expect(one).toBeCloseTo(wins / pairs, 12);
        expect(some(area(-1))).toBeCloseTo(1 - one, 12);
      }),
    );
  });
});

describe("the integrated form", () => {
  test("intervals hold their value, shrink towards the sum of effects, and never say that σ is 0", () => {
    fc.assert(
      fc.property(strata, (s) => {
        const result = some(integratedMaihda(s));
        expect(result.standardDeviation.upper).toBeGreaterThan(0);
        expect(result.standardDeviation.value).toBeGreaterThan(0);
        for (let k = 0; k < 30; k++) {
          const [value, raw, additive] = [
            result.estimates.value[k] as number,
            (s.events[k] as number) / (s.denominators[k] as number),
            result.additive[k] as number,
          ];
          expect(result.estimates.lower[k]).toBeLessThan(value);
          expect(result.estimates.upper[k]).toBeGreaterThan(value);
          expect(value).toBeGreaterThan(Math.min(raw, additive) - 0.06);
          expect(value).toBeLessThan(Math.max(raw, additive) + 0.06);
          expect(result.departures.lower[k]).toBeLessThan(result.departures.upper[k] as number);
          expect(Math.sign(result.outcomeDepartures.value[k] as number)).toBe(
            Math.sign(result.departures.value[k] as number),
          );
        }
      }),
      { numRuns: 10 },
    );
  });

  test("counting the other outcome mirrors it; an empty stratum is left out", () => {
    fc.assert(
      fc.property(strata, (s) => {
        const one = some(integratedMaihda(s));
        const two = some(
          integratedMaihda({
            ...s,
            events: s.events.map((y, i) => (s.denominators[i] as number) - y),
          }),
        );
        expect(two.standardDeviation.value).toBeCloseTo(one.standardDeviation.value, 5);
        expect(two.estimates.upper[4]).toBeCloseTo(1 - (one.estimates.lower[4] as number), 4);
        expect(two.chanceAbove[4]).toBeCloseTo(1 - (one.chanceAbove[4] as number), 3);
        const [events, denominators] = [Array.from(s.events), Array.from(s.denominators)];
        events[3] = denominators[3] = 0;
        const fewer = some(integratedMaihda({ ...s, events, denominators }));
        expect(fewer.strataRows).toHaveLength(29);
        expect(fewer.strataRows.includes(3)).toBe(false);
      }),
      { numRuns: 6 },
    );
  });

  test("one planted stratum is found, and its sign", () => {
    fc.assert(
      fc.property(fc.nat(29), fc.boolean(), fc.integer({ min: 0, max: 6 }), (at, high, shift) => {
        const events = characteristics.sex.map(
          (sex, i) =>
            80 + 20 * sex + 10 * (characteristics.age[i] as number) + ((i * 5 + shift) % 7),
        );
        events[at] = high ? 190 : 10;
        const s = { events, denominators: events.map(() => 200), characteristics };
        const result = some(outstandingStrata(s));
        expect(result.outstanding[0]).toBe(at);
        expect(Math.sign(result.excess.value[at] as number)).toBe(high ? 1 : -1);
        expect(
          (result.excess.lower[at] as number) > 0 || (result.excess.upper[at] as number) < 0,
        ).toBe(true);
        expect(result.excessEvents[at]).toBeCloseTo(200 * (result.excess.value[at] as number), 8);
        const departures = some(integratedMaihda(s)).departures;
        expect((departures.lower[at] as number) > 0 || (departures.upper[at] as number) < 0).toBe(
          true,
        );
      }),
      { numRuns: 10 },
    );
  });
});

describe("additive excess", () => {
  test("is nil where risks add up, and blind to a shift of all", () => {
    const effects = fc.tuple(
      fc.double({ min: 0, max: 0.2, noNaN: true }),
      fc.double({ min: 0, max: 0.2, noNaN: true }),
      fc.double({ min: 0.05, max: 0.3, noNaN: true }),
    );
    fc.assert(
      fc.property(
        effects,
        fc.double({ min: 0, max: 0.2, noNaN: true }),
        ([sex, age, base], extra) => {
          const value = characteristics.sex.map(
            (s, i) =>
              base +
              sex * s +
              age * (characteristics.age[i] as number) +
              (s === 1 && characteristics.age[i] === 2 ? extra : 0),
          );
          const around = (by: number) => value.map((v) => v + by);
          const estimates = { value, lower: around(-0.02), upper: around(0.03) };
          const excess = additiveExcess(estimates, characteristics);
          for (let i = 0; i < 30; i++) {
            const own = excess[i] as (typeof excess)[number];
            if (isAbsent(own)) continue;
            const expected =
              characteristics.sex[i] === 1 && characteristics.age[i] === 2 ? extra : 0;
            expect(own.value).toBeCloseTo(expected, 10);
            expect(own.lower).toBeLessThan(own.value);
            expect(some(own.relativeExcess)).toBeCloseTo(expected / base, 8);
          }
          expect(excess[0]).toMatchObject({ absent: "notIdentified" });
        },
      ),
    );
  });
});

describe("guards", () => {
  const few = { events: [1, 2], denominators: [5, 5], characteristics: { a: [0, 1], b: [0, 1] } };
  test("too few strata or levels, everybody in a level, impossible counts", () => {
    expect(maihda(few)).toMatchObject({ absent: "tooFewGroups" });
    expect(integratedMaihda(few)).toMatchObject({ absent: "tooFewGroups" });
    expect(outstandingStrata(few)).toMatchObject({ absent: "tooFewGroups" });
    const flat = Array.from({ length: 24 }, (_, i) => i % 2);
    const all = { events: flat.map((s) => s * 9), denominators: flat.map(() => 9) };
    expect(maihda({ ...all, characteristics: { sex: flat } })).toMatchObject({
      absent: "tooFewGroups",
    });
    const separated = logisticStrataModel({ ...all, design: mainEffects({ sex: flat }) });
    expect(separated).toMatchObject({ absent: "notConverged" });
    expect(() => logisticStrataModel({ events: [6, 1, 1], denominators: [5, 5, 5] })).toThrow(
      "invalid events",
    );
    expect(() => logisticStrataModel({ events: [1], denominators: [5] }, { points: 0 })).toThrow(
      "invalid points",
    );
    expect(
      linearStrataModel({ denominators: [1, 1, 1], sums: [1, 2, 3], sumsOfSquares: [1, 4, 9] }),
    ).toMatchObject({
      absent: "tooFew",
    });
    expect(
      linearStrataModel({ denominators: [2, 2, 2], sums: [2, 4, 6], sumsOfSquares: [2, 8, 18] }),
    ).toMatchObject({
      absent: "allEqual",
    });
    expect(areaUnderCurve([1, 2], [0, 0], [3, 3])).toMatchObject({ absent: "allEqual" });
    // A level in which everybody has the outcome stays finite in the integrated form.
    const dims = { sex: flat, area: flat.map((_, i) => i >> 2) };
    const result = some(integratedMaihda({ ...all, characteristics: dims }));
    expect(result.estimates.upper.every((u) => u <= 1)).toBe(true);
    expect(result.estimates.value[1]).toBeGreaterThan(0.9);
  });

  test("the cautions speak of a variance of 0 and of a negative change", () => {
    const codes = Array.from({ length: 24 }, (_, i) => i);
    const dims = { sex: codes.map((i) => i % 2), area: codes.map((i) => i >> 2) };
    const even = {
      events: codes.map(() => 12),
      denominators: codes.map(() => 30),
      characteristics: dims,
    };
    const flat = some(maihda(even));
    expect(flat.null.model.atBoundary).toBe(true);
    expect(flat.null.model.varianceInterval?.upper).toBeGreaterThan(0.01);
    expect(flat.cautions[0]).toContain("not proof of no difference");
    // A checkerboard in every area: no main effect explains anything.
    const board = { ...even, events: codes.map((i) => (i % 4 === 0 || i % 4 === 3 ? 20 : 10)) };
    const negative = some(maihda(board));
    expect(negative.main.pcv).toBeLessThan(0.01);
    expect(some(stepwisePcv(board)).map((step) => step.characteristics.length)).toEqual([0, 1, 2]);
  });
});
