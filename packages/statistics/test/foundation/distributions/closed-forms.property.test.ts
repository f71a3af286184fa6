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
  normalProbability,
  poissonMass,
  poissonProbability,
  poissonQuantile,
  poissonUpperTail,
  studentProbability,
  studentQuantile,
  studentUpperTail,
} from "../../../src/index.ts";

// Where a distribution has a closed form for some parameters, it is written out here.

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const whole = (min: number, max: number) => fc.integer({ min, max });

/** e^−x Σ x^k/k! for k from 0 to n, one term after the other. */
function poissonSum(n: number, x: number): number {
  let term = Math.exp(-x);
  let sum = term;
  for (let k = 1; k <= n; k++) {
    term *= x / k;
    sum += term;
  }
  return sum;
}

/** The chance of each number of successes, by adding one trial after another. */
function trials(n: number, p: number): number[] {
  let chances = [1];
  for (let i = 0; i < n; i++)
    chances = Array.from(
      { length: i + 2 },
      (_, k) => (chances[k] ?? 0) * (1 - p) + (chances[k - 1] ?? 0) * p,
    );
  return chances;
}
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

test("a gamma of whole shape is a wait for so many events: a sum of Poisson chances", () => {
  fc.assert(
    fc.property(whole(1, 60), real(0.01, 90), (shape, x) => {
      const above = poissonSum(shape - 1, x);
      expect(gammaUpperTail(x, shape)).toBeCloseTo(above, 12);
      expect(gammaProbability(x, shape)).toBeCloseTo(1 - above, 12);
      expect(chiSquareUpperTail(2 * x, 2 * shape)).toBeCloseTo(above, 12);
      expect(chiSquareProbability(2 * x, 2 * shape)).toBeCloseTo(1 - above, 12);
    }),
  );
});

test("one degree of freedom is a squared normal, two are exponential, and quantiles turn them round", () => {
  fc.assert(
    fc.property(real(1e-9, 6), real(1e-9, 1 - 1e-9), (z, p) => {
      expect(chiSquareUpperTail(z * z, 1)).toBeCloseTo(2 * normalProbability(-z), 13);
      expect(chiSquareProbability(z * z, 1)).toBeCloseTo(2 * normalProbability(z) - 1, 13);
      expect(chiSquareQuantile(p, 2)).toBeCloseTo(-2 * Math.log1p(-p), 9);
      expect(gammaQuantile(p, 1, { upper: true })).toBeCloseTo(-Math.log(p), 9);
    }),
  );
});

test("masses of counts are those of adding one trial, or one event, after another", () => {
  fc.assert(
    fc.property(whole(0, 60), real(0, 1), real(0.01, 50), (n, p, mean) => {
      const chances = trials(n, p);
      chances.forEach((chance, k) => {
        expect(binomialMass(k, n, p)).toBeCloseTo(chance, 12);
      });
      expect(binomialMass(n + 1, n, p)).toBe(0);
      const below = n > 0 ? poissonSum(n - 1, mean) : 0;
      expect(poissonMass(n, mean)).toBeCloseTo(poissonSum(n, mean) - below, 12);
    }),
  );
});

test("a beta of whole parameters is a sum of binomial chances", () => {
  fc.assert(
    fc.property(whole(1, 25), whole(1, 25), real(0, 1), (a, b, x) => {
      const reached = sum(trials(a + b - 1, x).slice(a));
      expect(betaProbability(x, a, b)).toBeCloseTo(reached, 12);
      expect(betaProbability(1 - x, b, a)).toBeCloseTo(1 - reached, 12);
    }),
  );
});

test("tails of counts are the sums of their masses, mirrored for those not reached", () => {
  fc.assert(
    fc.property(whole(0, 40), whole(0, 60), real(0.01, 0.99), real(0.1, 40), (k, n, p, mean) => {
      const chances = trials(n, p);
      expect(binomialProbability(k, n, p)).toBeCloseTo(sum(chances.slice(0, k + 1)), 12);
      expect(binomialUpperTail(k, n, p)).toBeCloseTo(sum(chances.slice(k + 1)), 12);
      expect(binomialProbability(k, n, p)).toBeCloseTo(binomialUpperTail(n - k - 1, n, 1 - p), 12);
      expect(poissonProbability(k, mean)).toBeCloseTo(poissonSum(k, mean), 12);
      expect(poissonUpperTail(k, mean)).toBeCloseTo(1 - poissonSum(k, mean), 12);
    }),
  );
});

test("a quantile of a count rises with its probability, and falls with what may lie above", () => {
  fc.assert(
    fc.property(
      whole(1, 400),
      real(0.01, 0.99),
      real(1e-6, 0.5),
      real(1, 1.9),
      (n, p, q, times) => {
        for (const quantile of [
          (at: number, upper: boolean) => binomialQuantile(at, n, p, { upper }),
          (at: number, upper: boolean) => poissonQuantile(at, n * p, { upper }),
        ]) {
          expect(quantile(q * times, false)).toBeGreaterThanOrEqual(quantile(q, false));
          expect(quantile(q * times, true)).toBeLessThanOrEqual(quantile(q, true));
        }
        const k = binomialQuantile(q, n, p, { upper: true });
        expect(binomialUpperTail(k, n, p)).toBeLessThanOrEqual(q * (1 + 1e-9));
        if (k > 0) expect(binomialUpperTail(k - 1, n, p)).toBeGreaterThan(q * (1 - 1e-9));
      },
    ),
  );
});

test("Student's t of one and two degrees of freedom has closed forms, and many are normal", () => {
  fc.assert(
    fc.property(real(-40, 40), real(1e-6, 1 - 1e-6), (t, p) => {
      expect(studentProbability(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 12);
      expect(studentUpperTail(t, 2)).toBeCloseTo(0.5 - t / 2 / Math.sqrt(2 + t * t), 12);
      expect(studentUpperTail(t / 10, 1e9)).toBeCloseTo(normalProbability(-t / 10), 8);
      const q = studentQuantile(p, 2);
      expect(q / ((2 * p - 1) / Math.sqrt(2 * p * (1 - p)) || 1)).toBeCloseTo(p === 0.5 ? 0 : 1, 7);
    }),
  );
});

test("F with two degrees of freedom above has a closed form, and its quantile can be turned over", () => {
  fc.assert(
    fc.property(real(0, 60), real(0.5, 200), real(0.5, 200), real(1e-4, 0.9999), (f, a, b, p) => {
      const above = (1 + (2 * f) / b) ** (-b / 2);
      expect(fUpperTail(f, 2, b)).toBeCloseTo(above, 11);
      expect(fProbability(f, 2, b)).toBeCloseTo(1 - above, 11);
      const product = fQuantile(p, a, b) * fQuantile(p, b, a, { upper: true });
      if (Number.isFinite(product) && product > 0) expect(product).toBeCloseTo(1, 7);
    }),
  );
});

test("a beta quantile with one parameter 1 is a power, and is mirrored when they are exchanged", () => {
  fc.assert(
    fc.property(real(1e-6, 1 - 1e-6), real(0.2, 60), real(0.2, 60), (p, a, b) => {
      expect(betaQuantile(p, a, 1)).toBeCloseTo(p ** (1 / a), 9);
      expect(betaQuantile(p, a, b)).toBeCloseTo(1 - betaQuantile(p, b, a, { upper: true }), 9);
    }),
  );
});
