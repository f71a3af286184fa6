import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAbsent, type Result } from "../../src/foundation/estimate.ts";
import {
  areaUnderCurve,
  integratedMaihda,
  linearStrataModel,
  logisticStrataModel,
  maihda,
  mainEffects,
  outstandingStrata,
  poissonStrataModel,
  stepwisePcv,
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
