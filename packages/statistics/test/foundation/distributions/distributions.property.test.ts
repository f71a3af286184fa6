import fc from "fast-check";
import { expect, test } from "vitest";
import {
  betaProbability,
  betaQuantile,
  binomialMass,
  binomialProbability,
  binomialQuantile,
  binomialUpperTail,
  chiSquareProbability,
  chiSquareQuantile,
  chiSquareUpperTail,
  fProbability,
  fQuantile,
  fUpperTail,
  gammaProbability,
  gammaQuantile,
  gammaUpperTail,
  poissonMass,
  poissonProbability,
  poissonQuantile,
  poissonUpperTail,
  studentProbability,
  studentQuantile,
  studentUpperTail,
} from "../../../src/index.ts";

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const p = real(1e-12, 1 - 1e-5);
const shape = real(0.1, 5000);

const continuous = {
  gamma: {
    probability: gammaProbability as (...a: number[]) => number,
    upper: gammaUpperTail as (...a: number[]) => number,
    quantile: (q: number, a: number) => gammaQuantile(q, a),
  },
  beta: {
    probability: betaProbability as (...a: number[]) => number,
    upper: (x: number, a: number, b: number) => 1 - betaProbability(x, a, b),
    quantile: (q: number, a: number, b: number) => betaQuantile(q, a, b),
  },
  chiSquare: {
    probability: chiSquareProbability as (...a: number[]) => number,
    upper: chiSquareUpperTail as (...a: number[]) => number,
    quantile: (q: number, a: number) => chiSquareQuantile(q, a),
  },
  student: {
    probability: studentProbability as (...a: number[]) => number,
    upper: studentUpperTail as (...a: number[]) => number,
    quantile: (q: number, a: number) => studentQuantile(q, a),
  },
  f: {
    probability: fProbability as (...a: number[]) => number,
    upper: fUpperTail as (...a: number[]) => number,
    quantile: (q: number, a: number, b: number) => fQuantile(q, a, b),
  },
};

test.each(Object.entries(continuous))(
  "%s: the probability below its quantile is the one asked for, and both tails make 1",
  (_name, { probability, upper, quantile }) => {
    fc.assert(
      fc.property(p, real(0.5, 2000), real(0.5, 2000), (q, a, b) => {
        const x = quantile(q, a, b);
        // A beta quantile next to 1 has few digits left below it.
        expect(probability(x, a, b)).toBeCloseTo(q, 7);
        expect(probability(x, a, b) + upper(x, a, b)).toBeCloseTo(1, 12);
      }),
    );
  },
);

test.each(Object.entries(continuous))(
  "%s: a higher probability has a higher quantile",
  (_name, { quantile }) => {
    fc.assert(
      fc.property(p, p, real(0.5, 500), real(0.5, 500), (q, r, a, b) => {
        fc.pre(r - q > 1e-6);
        expect(quantile(q, a, b)).toBeLessThan(quantile(r, a, b));
      }),
    );
  },
);

test("student is symmetric and F is a ratio that can be turned over", () => {
  fc.assert(
    fc.property(real(-30, 30), real(0.01, 100), shape, shape, (t, f, a, b) => {
      expect(studentProbability(t, a)).toBeCloseTo(studentUpperTail(-t, a), 14);
      expect(fProbability(f, a, b)).toBeCloseTo(fUpperTail(1 / f, b, a), 10);
      expect(fProbability(t * t, 1, a)).toBeCloseTo(1 - 2 * studentUpperTail(Math.abs(t), a), 10);
    }),
  );
});

test("a count's masses add up to its probability, and its quantile is the smallest that reaches p", () => {
  fc.assert(
    fc.property(real(0.01, 60), p, (mean, q) => {
      const k = poissonQuantile(q, mean);
      let sum = 0;
      for (let i = 0; i <= k; i++) sum += poissonMass(i, mean);
      expect(sum).toBeCloseTo(poissonProbability(k, mean), 11);
      expect(poissonProbability(k, mean) + poissonUpperTail(k, mean)).toBeCloseTo(1, 12);
      expect(poissonProbability(k, mean)).toBeGreaterThanOrEqual(q * (1 - 1e-12));
      if (k > 0) expect(poissonProbability(k - 1, mean)).toBeLessThan(q);
      expect(poissonQuantile(q, mean, { upper: true })).toBe(
        smallest((j) => poissonUpperTail(j, mean) <= q * (1 + 1e-13)),
      );
    }),
  );
});

test("the same for the binomial", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 80 }), real(0, 1), p, (n, share, q) => {
      const k = binomialQuantile(q, n, share);
      let sum = 0;
      for (let i = 0; i <= k; i++) sum += binomialMass(i, n, share);
      expect(sum).toBeCloseTo(binomialProbability(k, n, share), 11);
      expect(binomialProbability(k, n, share) + binomialUpperTail(k, n, share)).toBeCloseTo(1, 12);
      expect(k).toBe(smallest((j) => binomialProbability(j, n, share) >= q * (1 - 1e-13)));
    }),
  );
});

function smallest(holds: (k: number) => boolean): number {
  for (let k = 0; ; k++) if (holds(k)) return k;
}

test("impossible calls throw", () => {
  expect(() => gammaQuantile(2, 1)).toThrow(/not in \[0, 1\]/);
  expect(() => gammaProbability(1, 0)).toThrow(/not above 0/);
  expect(() => betaQuantile(0.5, 1, -1)).toThrow(/not a count/);
  expect(() => binomialMass(1, 2, 1.5)).toThrow(/not in \[0, 1\]/);
  expect(() => studentProbability(Number.NaN, 3)).toThrow(/not a finite number/);
});
