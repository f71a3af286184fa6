import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type GeneralisedLinearFit,
  generalisedLinearModel,
  isAbsent,
  type Result,
  StatisticsError,
} from "../../src/index.ts";

const fitted = (result: Result<GeneralisedLinearFit>) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
};

describe("generalised linear model", () => {
  test("one yes-or-no predictor gives back the cross-table", () => {
    const data = { events: [20, 35], denominator: [100, 120], predictors: [[0, 1]] };
    const odds = (p: number) => p / (1 - p);
    const logit = fitted(generalisedLinearModel(data, { family: "binomial" }));
    expect(logit.coefficients[1]).toBeCloseTo(Math.log(odds(35 / 120) / odds(0.2)), 10);
    expect(logit.standardErrors[1]).toBeCloseTo(Math.sqrt(1 / 20 + 1 / 80 + 1 / 35 + 1 / 85), 10);
    const log = fitted(generalisedLinearModel(data, { family: "binomial", link: "log" }));
    expect(log.coefficients[1]).toBeCloseTo(Math.log(35 / 120 / 0.2), 10);
    expect(log.standardErrors[1]).toBeCloseTo(Math.sqrt(1 / 20 - 1 / 100 + 1 / 35 - 1 / 120), 10);
    const identity = fitted(generalisedLinearModel(data, { family: "binomial", link: "identity" }));
    expect(identity.coefficients[1]).toBeCloseTo(35 / 120 - 0.2, 12);
    const rate = fitted(generalisedLinearModel(data, { family: "poisson" }));
    expect(rate.standardErrors[1]).toBeCloseTo(Math.sqrt(1 / 20 + 1 / 35), 10);
    expect(rate.deviance).toBeCloseTo(0, 9);
  });

  test("person-level robust errors turn Poisson's into those of the risk ratio", () => {
    const data = { events: [20, 35], denominator: [100, 120], predictors: [[0, 1]] };
    const fit = fitted(generalisedLinearModel(data, { family: "poisson", covariance: "persons" }));
    expect(fit.standardErrors[1]).toBeCloseTo(Math.sqrt(1 / 20 - 1 / 100 + 1 / 35 - 1 / 120), 10);
    const persons = data.events.flatMap((e, k) =>
      Array.from({ length: data.denominator[k] as number }, (_, i) => [k, i < e ? 1 : 0] as const),
    );
    const long = fitted(
      generalisedLinearModel(
        { events: persons.map((p) => p[1]), predictors: [persons.map((p) => p[0])] },
        { family: "poisson", covariance: "robust" },
      ),
    );
    expect(long.standardErrors[1]).toBeCloseTo(fit.standardErrors[1] as number, 9);
  });

  test("an offset is a known part of the line", () => {
    const exposure = [10, 20, 30, 15];
    const events = [3, 9, 11, 9];
    const x = [0, 1, 2, 3];
    const denominator = fitted(
      generalisedLinearModel(
        { events, denominator: exposure, predictors: [x] },
        { family: "poisson" },
      ),
    );
    const offset = fitted(
      generalisedLinearModel(
        { events, offset: exposure.map(Math.log), predictors: [x] },
        { family: "poisson" },
      ),
    );
    for (const k of [0, 1]) {
      expect(offset.coefficients[k]).toBeCloseTo(denominator.coefficients[k] as number, 9);
      expect(offset.standardErrors[k]).toBeCloseTo(denominator.standardErrors[k] as number, 9);
    }
  });

  test("quasi-likelihood multiplies by Pearson's χ²/df", () => {
    const data = {
      events: [3, 9, 11, 30],
      denominator: [10, 20, 30, 45],
      predictors: [[0, 1, 2, 3]],
    };
    const plain = fitted(generalisedLinearModel(data, { family: "poisson" }));
    const quasi = fitted(
      generalisedLinearModel(data, { family: "poisson", dispersion: "pearson" }),
    );
    expect(quasi.dispersion).toBeCloseTo(plain.pearsonChiSquared / 2, 12);
    expect(quasi.standardErrors[1]).toBeCloseTo(
      (plain.standardErrors[1] as number) * Math.sqrt(quasi.dispersion),
      12,
    );
  });

  test("separation, an edge maximum, no events and repeated columns are typed reasons", () => {
    const separated = { events: [0, 50], denominator: [100, 100], predictors: [[0, 1]] };
    expect(generalisedLinearModel(separated, { family: "binomial" })).toMatchObject({
      absent: "notConverged",
    });
    const edge = { events: [70, 99, 100], denominator: [100, 100, 100], predictors: [[0, 1, 2]] };
    expect(generalisedLinearModel(edge, { family: "binomial", link: "log" })).toMatchObject({
      absent: "notConverged",
    });
    expect(
      generalisedLinearModel({ ...edge, events: [0, 0, 0] }, { family: "poisson" }),
    ).toMatchObject({ absent: "allEqual" });
    expect(
      generalisedLinearModel(
        {
          ...edge,
          predictors: [
            [0, 1, 2],
            [0, 2, 4],
          ],
        },
        { family: "binomial" },
      ),
    ).toMatchObject({ absent: "notIdentified" });
    expect(
      generalisedLinearModel(
        { ...edge, denominator: [0, 0, 0], events: [0, 0, 0] },
        { family: "binomial" },
      ),
    ).toMatchObject({ absent: "zeroDenominator" });
    expect(
      generalisedLinearModel(
        { events: [1], denominator: [2], predictors: [[1]] },
        { family: "binomial" },
      ),
    ).toMatchObject({
      absent: "tooFew",
    });
  });

  test("impossible calls throw", () => {
    const data = { events: [3, 1], denominator: [2, 2], predictors: [[0, 1]] };
    expect(() => generalisedLinearModel(data, { family: "binomial" })).toThrow(StatisticsError);
    expect(() =>
      generalisedLinearModel(
        { events: [1, 1], predictors: [[0, 1]] },
        { family: "poisson", link: "logit" },
      ),
    ).toThrow(StatisticsError);
    expect(() =>
      generalisedLinearModel(
        { events: [3, 1, 2], denominator: [2, 2, 2], predictors: [[0, 1, 2]] },
        { family: "poisson", covariance: "persons" },
      ),
    ).toThrow(/at most one event/);
  });

  const table = fc.array(
    fc.tuple(fc.integer({ min: 5, max: 200 }), fc.double({ min: 0.15, max: 0.85, noNaN: true })),
    { minLength: 4, maxLength: 8 },
  );

  test("fitted events add up to the observed with a canonical link", () => {
    fc.assert(
      fc.property(table, (rows) => {
        const denominator = rows.map((r) => r[0]);
        const events = rows.map((r) => Math.max(1, Math.min(r[0] - 1, Math.round(r[0] * r[1]))));
        const x = rows.map((_, i) => i);
        for (const family of ["binomial", "poisson"] as const) {
          const fit = fitted(
            generalisedLinearModel({ events, denominator, predictors: [x] }, { family }),
          );
          const sum = fit.fitted.reduce((s, m, i) => s + m * (denominator[i] as number), 0);
          expect(sum).toBeCloseTo(
            events.reduce((a, b) => a + b, 0),
            6,
          );
        }
      }),
    );
  });

  test("a moved or stretched predictor moves the coefficients and not the fit", () => {
    fc.assert(
      fc.property(
        table,
        fc.double({ min: 0.1, max: 50, noNaN: true }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        (rows, a, b) => {
          const denominator = rows.map((r) => r[0]);
          const events = rows.map((r) => Math.max(1, Math.min(r[0] - 1, Math.round(r[0] * r[1]))));
          const x = rows.map((_, i) => i);
          const one = fitted(
            generalisedLinearModel(
              { events, denominator, predictors: [x] },
              { family: "binomial" },
            ),
          );
          const two = fitted(
            generalisedLinearModel(
              { events, denominator, predictors: [x.map((v) => a * v + b)] },
              { family: "binomial" },
            ),
          );
          expect(two.deviance).toBeCloseTo(one.deviance, 6);
          expect((two.coefficients[1] as number) * a).toBeCloseTo(one.coefficients[1] as number, 6);
        },
      ),
    );
  });
});
