import fc from "fast-check";
import { expect, test } from "vitest";
import {
  betaBinomial,
  betaProbability,
  gammaPoisson,
  gammaProbability,
  isAbsent,
  marshallShrinkage,
} from "../../src/index.ts";

const rows = fc.array(
  fc.record({
    size: fc.integer({ min: 1, max: 40 }),
    level: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { minLength: 4, maxLength: 20 },
);

/** ln of x (x + 1) … (x + n − 1), factor by factor. */
function logRising(x: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(x + i);
  return sum;
}

/** Both parameters a little up and down. */
const near = [-0.02, 0, 0.02].flatMap((a) => [-0.05, 0, 0.05].map((b) => [a, b] as const));

test("beta–binomial: no mean and weight nearby make the counts likelier, and each share is its beta's", () => {
  fc.assert(
    fc.property(rows, (list) => {
      const ns = list.map(({ size }) => size);
      const ys = list.map(({ size, level }) => Math.round(size * level));
      const found = betaBinomial(ys, ns, { confidence: 0.9 });
      fc.pre(!isAbsent(found) && found.weight < 1e5 && found.weight > 0.02);
      if (isAbsent(found)) return;
      const likelihood = (logit: number, weight: number) => {
        const mean = 1 / (1 + Math.exp(-logit));
        return ys.reduce(
          (sum, y, i) =>
            sum +
            logRising(weight * mean, y) +
            logRising(weight * (1 - mean), ns[i]! - y) -
            logRising(weight, ns[i]!),
          0,
        );
      };
      const logit = Math.log(found.mean / (1 - found.mean));
      const best = likelihood(logit, found.weight);
      for (const [a, b] of near)
        expect(likelihood(logit + a, found.weight * Math.exp(b))).toBeLessThanOrEqual(best + 1e-7);
      found.shares.forEach(({ value, lower, upper }, i) => {
        const yes = ys[i]! + found.weight * found.mean;
        const all = ns[i]! + found.weight;
        expect(value).toBeCloseTo(yes / all, 10);
        // A limit next to 1 has few digits left below it.
        for (const [limit, below] of [
          [lower, 0.05],
          [upper, 0.95],
        ] as const)
          if (limit < 1 - 1e-6 && limit > 0)
            expect(betaProbability(limit, yes, all - yes)).toBeCloseTo(below, 7);
      });
    }),
    { numRuns: 30 },
  );
});

test("gamma–Poisson: no mean and shape nearby make the counts likelier, and each ratio is its gamma's", () => {
  fc.assert(
    fc.property(rows, (list) => {
      const es = list.map(({ size }) => size);
      const ys = list.map(({ size, level }) => Math.round(3 * size * level));
      const found = gammaPoisson(ys, es, { confidence: 0.9 });
      fc.pre(!isAbsent(found) && found.shape < 1e4 && found.shape > 0.02);
      if (isAbsent(found)) return;
      // Negative binomial: rising factorial of the shape, and two powers.
      const likelihood = (mean: number, shape: number) =>
        ys.reduce((sum, y, i) => {
          const rate = shape / mean;
          return (
            sum +
            logRising(shape, y) +
            shape * Math.log(rate / (rate + es[i]!)) +
            y * Math.log(es[i]! / (rate + es[i]!))
          );
        }, 0);
      const best = likelihood(found.mean, found.shape);
      for (const [a, b] of near)
        expect(likelihood(found.mean * Math.exp(a), found.shape * Math.exp(b))).toBeLessThanOrEqual(
          best + 1e-7,
        );
      found.ratios.forEach(({ value, lower, upper }, i) => {
        const shape = found.shape + ys[i]!;
        const rate = found.shape / found.mean + es[i]!;
        expect(value).toBeCloseTo(shape / rate, 9);
        expect(gammaProbability(lower * rate, shape)).toBeCloseTo(0.05, 7);
        expect(gammaProbability(upper * rate, shape)).toBeCloseTo(0.95, 7);
      });
    }),
    { numRuns: 30 },
  );
});

test("Marshall: all alike stay, order does not matter, and very large places stay where they are", () => {
  fc.assert(
    fc.property(rows, (list) => {
      const es = list.map(({ size }) => size);
      const ys = list.map(({ size, level }) => Math.round(3 * size * level));
      fc.pre(ys.some((y) => y > 0));
      const found = marshallShrinkage(ys, es);
      const back = marshallShrinkage(ys.toReversed(), es.toReversed());
      const same = marshallShrinkage(es, es);
      const large = marshallShrinkage(
        ys.map((y) => y * 1e9),
        es.map((e) => e * 1e9),
      );
      if (isAbsent(found) || isAbsent(back) || isAbsent(same) || isAbsent(large))
        throw new Error("absent");
      back.ratios.toReversed().forEach((ratio, i) => {
        expect(ratio).toBeCloseTo(found.ratios[i]!, 10);
      });
      expect(Array.from(same.ratios)).toEqual(es.map(() => 1));
      large.ratios.forEach((ratio, i) => {
        expect(ratio).toBeCloseTo(ys[i]! / es[i]!, 4);
      });
      // The moments, in one line each.
      const sum = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0);
      const mean = sum(ys) / sum(es);
      const spread = sum(es.map((e, i) => e * (ys[i]! / e - mean) ** 2)) / sum(es);
      const variance = Math.max(0, spread - (mean * es.length) / sum(es));
      expect(found.mean).toBeCloseTo(mean, 12);
      expect(found.variance).toBeCloseTo(variance, 9);
      found.ratios.forEach((ratio, i) => {
        const drawn = (ys[i]! / es[i]! - mean) * (variance / (variance + mean / es[i]!));
        expect(ratio).toBeCloseTo(mean + drawn, 9);
      });
    }),
  );
});
