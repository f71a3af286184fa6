import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isAbsent, type Result } from "../../src/foundation/estimate.ts";
import {
  integratedMaihda,
  linearStrataModel,
  logisticStrataModel,
  maihda,
  mainEffects,
  type StrataModel,
  variancePartitionCoefficient,
} from "../../src/intersections/index.ts";

function some<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result as T;
}
const close = (actual: number, expected: number, relative: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(
    relative * Math.max(Math.abs(expected), 1e-3),
  );

// Crowder (1978), the Seeds example of the BUGS manual, vol. 1. Published maximum likelihood (EGRET):
// −0.548, 0.097, 1.337, −0.811, σ 0.236.
const seeds = {
  r: [10, 23, 23, 26, 17, 5, 53, 55, 32, 46, 10, 8, 10, 8, 23, 0, 3, 22, 15, 32, 3],
  n: [39, 62, 81, 51, 39, 6, 74, 72, 51, 79, 13, 16, 30, 28, 45, 4, 12, 41, 30, 51, 7],
  x1: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  x2: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1],
};
function fitSeeds(points: number): StrataModel {
  const values = Float64Array.from(
    seeds.r.flatMap((_, i) => {
      const [a, b] = [seeds.x1[i] as number, seeds.x2[i] as number];
      return [1, a, b, a * b];
    }),
  );
  const design = { columns: 4, values, names: ["intercept", "seed", "extract", "both"] };
  return some(logisticStrataModel({ events: seeds.r, denominators: seeds.n, design }, { points }));
}

test("Seeds: the published maximum likelihood, to its printed digits", () => {
  const model = fitSeeds(25);
  const published = [-0.548, 0.097, 1.337, -0.811];
  published.forEach((value, j) => {
    expect(Math.abs((model.coefficients[j] as number) - value)).toBeLessThan(0.0006);
  });
  expect(model.standardDeviation).toBeCloseTo(0.236, 3);
});

const file = join(import.meta.dirname, "../../../../../shared/cases/methods/B_maihda.json");
const shared = existsSync(file);
// biome-ignore lint/suspicious/noExplicitAny: the case file has no schema of its own.
const cases: any = shared ? JSON.parse(readFileSync(file, "utf8")) : {};
const needs = "(needs ../shared)";

type Stratum = Record<string, number | string>;
const dimensions: Record<string, string[]> = {
  nhanes3000: ["Gender", "Race", "Education"],
  sparse: ["gender", "ethnicity", "education", "age_group"],
};
const orderR: Record<string, string[]> = {
  Gender: ["female", "male"],
  Race: ["Black", "Hispanic", "Mexican", "White", "Other"],
  Education: ["8th Grade", "9 - 11th Grade", "High School", "Some College", "College Grad"],
  gender: ["Women", "Men"],
  ethnicity: ["White", "Black", "Asian"],
  education: ["Low", "High"],
  age_group: ["Young", "Mid", "Older"],
};

/** Strata in an order that meets each reference level of the R fit first. */
function strataOf(set: string): Stratum[] {
  const names = dimensions[set] as string[];
  const rank = (s: Stratum) =>
    names
      .map((d) => String.fromCharCode(65 + (orderR[d] as string[]).indexOf(s[d] as string)))
      .join("");
  return [...(cases[set].strata as Stratum[])].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
function fitCase(set: string, which: string, points: number): StrataModel {
  const strata = strataOf(set);
  const counts = {
    events: strata.map((s) => s.events as number),
    denominators: strata.map((s) => s.n as number),
  };
  const characteristics = Object.fromEntries(
    (dimensions[set] as string[]).map((d) => [d, strata.map((s) => s[d] as string)]),
  );
  const design = mainEffects(characteristics);
  return some(logisticStrataModel(which === "main" ? { ...counts, design } : counts, { points }));
}

describe.each(["nhanes3000", "sparse"])("%s", (set) => {
  describe.each([1, 7, 25])("with %i points", (points) => {
    test.skipIf(!shared).each(["null", "main"])(
      `%s model: variance, coefficients, errors, effects, deviance ${needs}`,
      (which) => {
        const model = fitCase(set, which, points);
        const expected = cases[set][`logit_${which}_q${points}`];
        // lme4 stops at a relative tolerance of its own: its aggregated and row-level fits of one model differ
        // by 4e-6 in the intercept, and its Laplace maximum has a lower likelihood than ours.
        const tolerance = points === 1 ? 1e-4 : 3e-7;
        close(model.variance, expected.var, tolerance);
        close(variancePartitionCoefficient(model.variance), expected.vpc, tolerance);
        const fixed: [string, number][] = Object.entries(expected.fixef);
        expect(fixed).toHaveLength(model.coefficients.length);
        fixed.forEach(([name, value], j) => {
          const short = (model.names[j] as string)
            .replace("intercept", "(Intercept)")
            .replace(": ", "");
          expect(short).toBe(name);
          close(model.coefficients[j] as number, value, points === 1 ? 3e-4 : 3e-6);
        });
        // Its errors come from finite differences.
        [expected.se].flat().forEach((value: number, j: number) => {
          close(model.standardErrors[j] as number, value, points === 1 ? 2e-3 : 1e-5);
        });
        const strata = strataOf(set);
        const lme4Order = Object.keys(expected.blup);
        strata.forEach((s, k) => {
          expect(
            Math.abs((model.effects[k] as number) - expected.blup[s.stratum as string]),
          ).toBeLessThan(points === 1 ? 6e-5 : 1e-7);
          close(
            model.effectVariances[k] as number,
            expected.condVar[lme4Order.indexOf(s.stratum as string)],
            points === 1 ? 2e-4 : 1e-4,
          );
        });
        // lme4 keeps the binomial coefficients with one point, and counts from the saturated model otherwise.
        let constant = 0;
        for (const s of strata) {
          const [y, n] = [s.events as number, s.n as number];
          if (points === 1) for (let i = 1; i <= y; i++) constant += Math.log((n - y + i) / i);
          else if (y > 0 && y < n) constant -= y * Math.log(y / n) + (n - y) * Math.log(1 - y / n);
        }
        expect(-2 * (model.logLikelihood + constant)).toBeCloseTo(
          expected.deviance_minus2ll,
          points === 1 ? 4 : 6,
        );
        expect(-2 * (model.logLikelihood + constant)).toBeLessThanOrEqual(
          expected.deviance_minus2ll + 1e-9,
        );
      },
    );
  });

  test.skipIf(!shared)(`proportional change in variance ${needs}`, () => {
    for (const points of [1, 25]) {
      const strata = strataOf(set);
      const result = some(
        maihda(
          {
            events: strata.map((s) => s.events as number),
            denominators: strata.map((s) => s.n as number),
            characteristics: Object.fromEntries(
              (dimensions[set] as string[]).map((d) => [d, strata.map((s) => s[d] as string)]),
            ),
          },
          { points },
        ),
      );
      close(some(result.main.pcv), cases[set][`pcv_q${points}`], points === 1 ? 3e-5 : 1e-7);
      expect(result.cautions.length > 0).toBe(result.main.model.atBoundary);
      // The variance of 0 on the sparse data has an interval that reaches well over the true 0.60.
      if (set === "sparse") expect(result.main.model.varianceInterval?.upper).toBeGreaterThan(0.4);
    }
  });

  test.skipIf(!shared).each(["linear_null_REML", "linear_null_ML", "linear_main_REML"])(
    `%s ${needs}`,
    (name) => {
      const expected = cases[set][name];
      if (!expected) return expect(set).toBe("sparse");
      const strata = strataOf(set);
      const design = mainEffects(
        Object.fromEntries(
          (dimensions[set] as string[]).map((d) => [d, strata.map((s) => s[d] as string)]),
        ),
      );
      const model = some(
        linearStrataModel(
          {
            denominators: strata.map((s) => s.n as number),
            sums: strata.map((s) => s.sum as number),
            sumsOfSquares: strata.map((s) => s.sumsq as number),
            ...(name.includes("main") ? { design } : {}),
          },
          {
            method: name.endsWith("ML") && !name.endsWith("REML") ? "ml" : "reml",
            profileIntervals: true,
          },
        ),
      );
      close(model.variance, expected.var_stratum, 6e-7);
      close(model.residualVariance, expected.var_resid, 1e-7);
      const criterion = expected.reml_crit ?? expected.deviance;
      if (criterion) expect(model.criterion).toBeCloseTo(criterion, 8);
      const fixed: number[] = expected.fixef ? Object.values(expected.fixef) : [expected.intercept];
      fixed.forEach((value, j) => {
        close(model.coefficients[j] as number, value, 2e-6);
      });
      if (expected.se) close(model.standardErrors[0] as number, expected.se, 1e-7);
      if (expected.vpc) close(model.vpc, expected.vpc, 1e-6);
      if (expected.pcv) {
        const null_ = cases[set].linear_null_REML.var_stratum;
        close(1 - model.variance / null_, expected.pcv, 1e-6);
      }
      if (expected.blup)
        strata.forEach((s, k) => {
          expect(model.effects[k] as number).toBeCloseTo(expected.blup[s.stratum as string], 6);
          close(
            model.effectVariances[k] as number,
            expected.condVar[Object.keys(expected.blup).indexOf(s.stratum as string)],
            3e-6,
          );
        });
      const interval = expected.profile_ci_ML_sd;
      if (interval) {
        // lme4 reads its limits off a spline.
        const { profile } = model;
        const pairs: [number | undefined, number][] = [
          [profile?.standardDeviation.lower, interval.sd_stratum[0]],
          [profile?.standardDeviation.upper, interval.sd_stratum[1]],
          [profile?.residualStandardDeviation.lower, interval.sigma[0]],
          [profile?.residualStandardDeviation.upper, interval.sigma[1]],
          [profile?.coefficients[0]?.lower, interval.intercept[0]],
          [profile?.coefficients[0]?.upper, interval.intercept[1]],
        ];
        for (const [actual, value] of pairs) close(actual as number, value, 4e-6);
      }
    },
  );
});

test.skipIf(!shared)(`one row a person gives what counts give ${needs}`, () => {
  const strata = strataOf("nhanes3000");
  const [events, denominators, stratum]: number[][] = [[], [], []];
  strata.forEach((s, k) => {
    for (let i = 0; i < (s.n as number); i++) {
      events?.push(i < (s.events as number) ? 1 : 0);
      denominators?.push(1);
      stratum?.push(k);
    }
  });
  const model = some(
    logisticStrataModel(
      {
        events: events as number[],
        denominators: denominators as number[],
        stratum: stratum as number[],
      },
      { points: 1, varianceInterval: false },
    ),
  );
  close(model.variance, fitCase("nhanes3000", "null", 1).variance, 1e-8);
  close(model.variance, cases.nhanes3000.row_level_check.var, 1e-4);
  close(model.coefficients[0] as number, cases.nhanes3000.row_level_check.fixef, 1e-4);
});

test.skipIf(!shared)(`cbpp: several rows a stratum ${needs}`, () => {
  const data = cases.cbpp.data as {
    herd: string;
    incidence: number;
    size: number;
    period: string;
  }[];
  const counts = {
    events: data.map((d) => d.incidence),
    denominators: data.map((d) => d.size),
    stratum: data.map((d) => d.herd),
    design: mainEffects({ period: data.map((d) => d.period) }),
  };
  for (const [points, key, tolerance] of [
    [1, "laplace", 6e-4],
    [9, "agq9", 3e-5],
  ] as const) {
    const model = some(logisticStrataModel(counts, { points }));
    cases.cbpp[key].fixef.forEach((value: number, j: number) => {
      close(model.coefficients[j] as number, value, tolerance);
    });
    close(model.standardDeviation, cases.cbpp[key].sd, tolerance);
    // lme4's Laplace stops 0.0006 of deviance short of the maximum.
    let constant = 0;
    for (const { incidence: y, size: n } of data) {
      if (points === 1) for (let i = 1; i <= y; i++) constant += Math.log((n - y + i) / i);
      else if (y > 0 && y < n) constant -= y * Math.log(y / n) + (n - y) * Math.log(1 - y / n);
    }
    const theirs = points === 1 ? -2 * cases.cbpp.laplace.logLik : cases.cbpp.agq9.dev;
    expect(-2 * (model.logLikelihood + constant)).toBeCloseTo(theirs, points === 1 ? 2 : 5);
    expect(-2 * (model.logLikelihood + constant)).toBeLessThanOrEqual(theirs + 1e-9);
  }
});

test.skipIf(!shared)(`Seeds against lme4 ${needs}`, () => {
  for (const [points, key] of [
    [25, "agq25"],
    [1, "laplace"],
  ] as const) {
    const model = fitSeeds(points);
    const expected = cases.seeds[key];
    expected.fixef.forEach((value: number, j: number) => {
      expect(Math.abs((model.coefficients[j] as number) - value)).toBeLessThan(1e-4);
    });
    expect(Math.abs(model.standardDeviation - expected.sd)).toBeLessThan(3e-5);
    expected.se?.forEach((value: number, j: number) => {
      close(model.standardErrors[j] as number, value, 1e-4);
    });
  }
  // Penalised quasi-likelihood is known to shrink: its σ is below that of maximum likelihood.
  expect(cases.seeds.pql.sd).toBeLessThan(fitSeeds(25).standardDeviation);
});

test.skipIf(!shared)(`the integrated form on sparse strata holds the truth ${needs}`, () => {
  const strata = strataOf("sparse");
  const result = some(
    integratedMaihda({
      events: strata.map((s) => s.events as number),
      denominators: strata.map((s) => s.n as number),
      characteristics: Object.fromEntries(
        (dimensions.sparse as string[]).map((d) => [d, strata.map((s) => s[d] as string)]),
      ),
    }),
  );
  // Maximum likelihood says a variance of 0. A prototype of the nested Bayes gave a posterior mean of the variance of 0.28
  // and a standard deviation from 0.03 to 1.03.
  expect(Math.abs(result.variance - 0.28)).toBeLessThan(0.03);
  expect(Math.abs(result.standardDeviation.lower - 0.03)).toBeLessThan(0.01);
  expect(Math.abs(result.standardDeviation.upper - 1.03)).toBeLessThan(0.04);
  const truth = Math.sqrt(cases.sparse.truth.binary_latent.interaction_var);
  expect(truth).toBeGreaterThan(result.standardDeviation.lower);
  expect(truth).toBeLessThan(result.standardDeviation.upper);
  expect(result.pcv).toBeGreaterThan(0.3);
  expect(result.pcv).toBeLessThan(1);
});
