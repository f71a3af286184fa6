import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coxRegression, isAbsent, logRankTest, type Result } from "../../src/index.ts";

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

// R 4.2.2, survival::coxph(Surv(time, status) ~ x).
test("eight people, against R", () => {
  const waits = { time: [1, 3, 5, 7, 2, 4, 6, 8], kind: [1, 1, 1, 0, 1, 1, 1, 1] };
  const fit = there(coxRegression(waits, [[1, 1, 1, 1, 0, 0, 0, 0]]));
  expect(fit.ratios[0]).toMatchObject({
    coefficient: expect.closeTo(0.2301271383, 9),
    standardError: expect.closeTo(0.8233579171, 9),
    pValue: expect.closeTo(0.7798624423, 9),
  });
});

test("what the data cannot support is a typed reason", () => {
  const four = { time: [1, 2, 3, 4], kind: [1, 1, 1, 1] };
  expect(coxRegression(four, [[1, 1, 0, 0]])).toMatchObject({ absent: "notConverged" });
  expect(coxRegression(four, [[5, 5, 5, 5]])).toMatchObject({ absent: "notIdentified" });
  const twice = [
    [1, 2, 0, 0],
    [1, 2, 0, 0],
  ];
  expect(coxRegression(four, twice)).toMatchObject({ absent: "notIdentified" });
  expect(coxRegression({ ...four, kind: [0, 0, 2, 0] }, [[1, 2, 3, 4]])).toMatchObject({
    absent: "zeroDenominator",
  });
  expect(() => coxRegression(four, [])).toThrow(/none given/);
  expect(() => coxRegression(four, [[1, 2]])).toThrow(/covariates\[0\]/);
});

describe("on random lists", () => {
  const list = fc.array(
    fc.record({
      time: fc.integer({ min: 1, max: 15 }),
      kind: fc.integer({ min: 0, max: 1 }),
      group: fc.integer({ min: 0, max: 1 }),
      age: fc.integer({ min: 20, max: 90 }),
    }),
    { minLength: 20, maxLength: 60 },
  );
  type Person = { time: number; kind: number; group: number; age: number };
  const of = (people: readonly Person[], key: keyof Person) => people.map((each) => each[key]);
  const waits = (people: readonly Person[]) => ({
    time: of(people, "time"),
    kind: of(people, "kind"),
  });

  test("units scale the coefficient, shifts and order change nothing, the sign turns with the covariate", () => {
    fc.assert(
      fc.property(list, fc.integer({ min: 2, max: 50 }), (people, unit) => {
        const fit = coxRegression(waits(people), [of(people, "group"), of(people, "age")]);
        const turned = [...people].reverse();
        const other = coxRegression(waits(turned), [
          of(turned, "group").map((group) => 1 - group),
          of(turned, "age").map((age) => age * unit + 7),
        ]);
        if (isAbsent(fit) || isAbsent(other)) return;
        expect(other.ratios[0]!.coefficient).toBeCloseTo(-fit.ratios[0]!.coefficient, 6);
        expect(other.ratios[1]!.coefficient * unit).toBeCloseTo(fit.ratios[1]!.coefficient, 6);
        expect(other.logLikelihood).toBeCloseTo(fit.logLikelihood, 7);
      }),
    );
  });

  test("no other coefficient nearby is more likely", () => {
    fc.assert(
      fc.property(list, (people) => {
        const group = of(people, "group");
        const fit = coxRegression(waits(people), [group], { ties: "breslow" });
        if (isAbsent(fit)) return;
        // Breslow's likelihood, straight from its definition.
        const likelihood = (beta: number) =>
          people.reduce((sum, { time, kind, group: own }) => {
            if (kind === 0) return sum;
            const atRisk = people.filter((each) => each.time >= time);
            const total = atRisk.reduce((all, each) => all + Math.exp(beta * each.group), 0);
            return sum + beta * own - Math.log(total);
          }, 0);
        const best = fit.ratios[0]!.coefficient;
        expect(fit.logLikelihood).toBeCloseTo(likelihood(best), 7);
        for (const step of [-0.01, 0.01])
          expect(likelihood(best + step)).toBeLessThanOrEqual(fit.logLikelihood + 1e-9);
      }),
    );
  });

  test("without ties its score at no effect is the log-rank test's, and late entry from 0 changes nothing", () => {
    fc.assert(
      fc.property(list, (people) => {
        const apart = people.map((each, i) => ({ ...each, time: each.time + i / 100 }));
        const group = of(apart, "group");
        const fit = coxRegression(waits(apart), [group]);
        const entered = coxRegression({ ...waits(apart), entry: apart.map(() => 0) }, [group]);
        const test = logRankTest(waits(apart), group);
        if (isAbsent(fit) || isAbsent(entered) || isAbsent(test)) return;
        expect(entered.ratios[0]!.coefficient).toBeCloseTo(fit.ratios[0]!.coefficient, 7);
        const { observed, expected } = test.groups.find((each) => each.group === 1)!;
        // The sign of the ratio is that of observed less expected.
        if (Math.abs(observed - expected) > 1e-6)
          expect(Math.sign(fit.ratios[0]!.coefficient)).toBe(Math.sign(observed - expected));
        // Likelihood-ratio and score tests agree where the effect is small.
        if (fit.likelihoodRatio < 0.5) expect(fit.likelihoodRatio).toBeCloseTo(test.statistic, 1);
      }),
    );
  });
});
