import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  choleskyFactor,
  choleskyInverse,
  choleskySolve,
  quadraticForm,
} from "../../src/foundation/linear-algebra.ts";
import {
  isAbsent,
  type LinearRegressionFit,
  linearRegression,
  type Result,
  StatisticsError,
} from "../../src/index.ts";

const fitted = (result: Result<LinearRegressionFit>) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
};

// Longley (1967), the certified regression of the US National Institute of Standards and Technology (StRD): the
// classic test of a least-squares solver, with a condition number near 5e9.
const longley = {
  outcome: [
    60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761, 66019, 67857, 68169, 66513, 68655,
    69564, 69331, 70551,
  ],
  predictors: [
    [
      83.0, 88.5, 88.2, 89.5, 96.2, 98.1, 99.0, 100.0, 101.2, 104.6, 108.4, 110.8, 112.6, 114.2,
      115.7, 116.9,
    ],
    [
      234289, 259426, 258054, 284599, 328975, 346999, 365385, 363112, 397469, 419180, 442769,
      444546, 482704, 502601, 518173, 554894,
    ],
    [
      2356, 2325, 3682, 3351, 2099, 1932, 1870, 3578, 2904, 2822, 2936, 4681, 3813, 3931, 4806,
      4007,
    ],
    [
      1590, 1456, 1616, 1650, 3099, 3594, 3547, 3350, 3048, 2857, 2798, 2637, 2552, 2514, 2572,
      2827,
    ],
    [
      107608, 108632, 109773, 110929, 112075, 113270, 115094, 116219, 117388, 118734, 120445,
      121950, 123366, 125368, 127852, 130081,
    ],
    [
      1947, 1948, 1949, 1950, 1951, 1952, 1953, 1954, 1955, 1956, 1957, 1958, 1959, 1960, 1961,
      1962,
    ],
  ],
};
const certified = [
  [-3482258.63459582, 890420.383607373],
  [15.0618722713733, 84.9149257747669],
  [-0.35819179292591e-1, 0.334910077722432e-1],
  [-2.02022980381683, 0.488399681651699],
  [-1.03322686717359, 0.214274163161675],
  [-0.511041056535807e-1, 0.22607320006937],
  [1829.15146461355, 455.478499142212],
] as const;

describe("linear regression", () => {
  test("Longley's data to nine certified digits", () => {
    const fit = fitted(linearRegression(longley));
    certified.forEach(([coefficient, error], k) => {
      expect((fit.coefficients[k] as number) / coefficient).toBeCloseTo(1, 9);
      expect((fit.standardErrors[k] as number) / error).toBeCloseTo(1, 9);
    });
    expect(fit.residualVariance / 304.854073561965 ** 2).toBeCloseTo(1, 9);
    expect(fit.explained).toBeCloseTo(0.995479004577296, 10);
    expect(fit.degreesOfFreedom).toBe(9);
  });

  test("robust errors by hand: HC0, HC1 and Newey–West", () => {
    const data = { outcome: [1, 3, 2, 6, 4], predictors: [[0, 1, 2, 3, 4]] };
    const model = fitted(linearRegression(data));
    const e = model.residuals;
    const x = [-2, -1, 0, 1, 2];
    const s = x.map((v, i) => v * (e[i] as number));
    const hc0 = s.reduce((sum, v) => sum + v * v, 0) / 100;
    let lagged = 0;
    for (let i = 1; i < 5; i++) lagged += (s[i] as number) * (s[i - 1] as number);
    const slopeError = (covariance: Parameters<typeof linearRegression>[1]) =>
      fitted(linearRegression(data, covariance)).standardErrors[1] as number;
    expect(slopeError({ covariance: "robust" })).toBeCloseTo(Math.sqrt(hc0), 12);
    expect(slopeError({ covariance: "robustHC1" })).toBeCloseTo(Math.sqrt((hc0 * 5) / 3), 12);
    expect(slopeError({ covariance: { neweyWest: 1 } })).toBeCloseTo(
      Math.sqrt(hc0 + lagged / 100),
      12,
    );
    expect(slopeError({ covariance: { neweyWest: 0 } })).toBeCloseTo(Math.sqrt(hc0), 12);
  });

  test("through the origin", () => {
    const fit = fitted(
      linearRegression({ outcome: [2, 4, 7], predictors: [[1, 2, 3]] }, { intercept: false }),
    );
    expect(fit.coefficients).toHaveLength(1);
    expect(fit.coefficients[0]).toBeCloseTo(31 / 14, 12);
  });

  test("typed reasons and impossible calls", () => {
    expect(linearRegression({ outcome: [1, 2], predictors: [[1, 2]] })).toMatchObject({
      absent: "tooFew",
    });
    expect(
      linearRegression({
        outcome: [1, 2, 3, 4],
        predictors: [
          [1, 2, 3, 4],
          [2, 4, 6, 8],
        ],
      }),
    ).toMatchObject({ absent: "notIdentified" });
    expect(() => linearRegression({ outcome: [1, 2, 3], predictors: [[1, 2]] })).toThrow(
      StatisticsError,
    );
    expect(() =>
      linearRegression({ outcome: [1, 2, 3], predictors: [] }, { intercept: false }),
    ).toThrow(StatisticsError);
    expect(() =>
      linearRegression(
        { outcome: [1, 2, 3], predictors: [[1, 2, 4]] },
        { covariance: { neweyWest: -1 } },
      ),
    ).toThrow(StatisticsError);
  });

  const rows = fc.array(
    fc.tuple(
      fc.double({ min: -10, max: 10, noNaN: true }),
      fc.double({ min: -10, max: 10, noNaN: true }),
      fc.integer({ min: 1, max: 4 }),
    ),
    { minLength: 5, maxLength: 25 },
  );

  test("residuals are at right angles to every column, weights and all", () => {
    fc.assert(
      fc.property(rows, (r) => {
        const x = r.map((v, i) => v[0] + i / 7);
        const fit = linearRegression({
          outcome: r.map((v) => v[1]),
          predictors: [x],
          weights: r.map((v) => v[2]),
        });
        if (isAbsent(fit)) return;
        let [one, two] = [0, 0];
        r.forEach((v, i) => {
          one += v[2] * (fit.residuals[i] as number);
          two += v[2] * (x[i] as number) * (fit.residuals[i] as number);
        });
        expect(one).toBeCloseTo(0, 7);
        expect(two).toBeCloseTo(0, 6);
      }),
    );
  });

  test("a weight of n is n copies, for coefficients", () => {
    fc.assert(
      fc.property(rows, (r) => {
        const x = r.map((v, i) => v[0] + i / 7);
        const weighted = linearRegression({
          outcome: r.map((v) => v[1]),
          predictors: [x],
          weights: r.map((v) => v[2]),
        });
        const copies = r.flatMap((v, i) =>
          Array.from({ length: v[2] }, () => [x[i] as number, v[1]] as const),
        );
        const long = linearRegression({
          outcome: copies.map((c) => c[1]),
          predictors: [copies.map((c) => c[0])],
        });
        if (isAbsent(weighted) || isAbsent(long)) return;
        expect(weighted.coefficients[1]).toBeCloseTo(long.coefficients[1] as number, 7);
      }),
    );
  });
});

describe("Cholesky", () => {
  test("solves and inverts what it factors, and refuses what is not positive definite", () => {
    const a = [4, 2, 0.6, 2, 5, 1, 0.6, 1, 3];
    const factor = choleskyFactor(a, 3) as Float64Array;
    const x = choleskySolve(factor, 3, [1, 2, 3]);
    for (let i = 0; i < 3; i++)
      expect(x.reduce((s, v, j) => s + (a[i * 3 + j] as number) * v, 0)).toBeCloseTo(i + 1, 12);
    const inverse = choleskyInverse(factor, 3);
    expect(quadraticForm(inverse, [1, 2, 3], 3)).toBeCloseTo(
      x.reduce((s, v, i) => s + v * (i + 1), 0),
      12,
    );
    expect(choleskyFactor([1, 2, 2, 1], 2)).toBeUndefined();
  });
});
