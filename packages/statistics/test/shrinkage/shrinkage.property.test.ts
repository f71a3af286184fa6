import fc from "fast-check";
import { expect, test } from "vitest";
import { betaBinomial, gammaPoisson, isAbsent, marshallShrinkage } from "../../src/index.ts";

const places = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 40 })), {
    minLength: 4,
    maxLength: 40,
  })
  .filter((rows) => rows.some(([o]) => o > 0))
  .map((rows) => ({ observed: rows.map(([o]) => o), expected: rows.map(([, e]) => e) }));

test("Marshall: each ratio is drawn from its own towards the mean, the smaller place further", () => {
  fc.assert(
    fc.property(places, ({ observed, expected }) => {
      const shrunk = marshallShrinkage(observed, expected);
      if (isAbsent(shrunk)) throw new Error(shrunk.message);
      const { ratios, mean, variance } = shrunk;
      ratios.forEach((ratio, i) => {
        const raw = (observed[i] as number) / (expected[i] as number);
        expect(ratio).toBeGreaterThanOrEqual(Math.min(raw, mean) - 1e-9);
        expect(ratio).toBeLessThanOrEqual(Math.max(raw, mean) + 1e-9);
      });
      const scaled = marshallShrinkage(
        observed,
        expected.map((e) => 2 * e),
      );
      if (isAbsent(scaled)) throw new Error(scaled.message);
      expect(scaled.mean).toBeCloseTo(mean / 2, 9);
      expect(scaled.variance).toBeCloseTo(variance / 4, 9);
    }),
  );
});

test("gamma–Poisson: drawn between raw and mean, the scale and order of places do not matter", () => {
  fc.assert(
    fc.property(places, ({ observed, expected }) => {
      const shrunk = gammaPoisson(observed, expected);
      if (isAbsent(shrunk)) {
        expect(["notIdentified", "allEqual"]).toContain(shrunk.absent);
        return;
      }
      shrunk.ratios.forEach(({ value, lower, upper }, i) => {
        const raw = (observed[i] as number) / (expected[i] as number);
        expect(value).toBeGreaterThanOrEqual(Math.min(raw, shrunk.mean) - 1e-9);
        expect(value).toBeLessThanOrEqual(Math.max(raw, shrunk.mean) + 1e-9);
        expect(lower).toBeLessThan(value);
        expect(upper).toBeGreaterThan(value);
      });
      const turned = gammaPoisson(observed.toReversed(), expected.map((e) => 3 * e).toReversed());
      if (isAbsent(turned)) return;
      expect((3 * turned.mean) / shrunk.mean).toBeCloseTo(1, 5);
      expect(turned.shape / shrunk.shape).toBeCloseTo(1, 4);
    }),
  );
});

test("beta–binomial: drawn between raw and mean, mirrored for those not reached", () => {
  const groups = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 80 }), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 4,
      maxLength: 30,
    })
    .map((rows) => ({ ns: rows.map(([n]) => n), ys: rows.map(([n, p]) => Math.round(n * p)) }));
  fc.assert(
    fc.property(groups, ({ ns, ys }) => {
      const shrunk = betaBinomial(ys, ns);
      const mirrored = betaBinomial(
        ys.map((y, i) => (ns[i] as number) - y),
        ns,
      );
      if (isAbsent(shrunk) || isAbsent(mirrored)) return;
      expect(mirrored.mean).toBeCloseTo(1 - shrunk.mean, 5);
      shrunk.shares.forEach(({ value, lower, upper }, i) => {
        const raw = (ys[i] as number) / (ns[i] as number);
        expect(value).toBeGreaterThanOrEqual(Math.min(raw, shrunk.mean) - 1e-9);
        expect(value).toBeLessThanOrEqual(Math.max(raw, shrunk.mean) + 1e-9);
        expect(lower).toBeLessThanOrEqual(value + 1e-9);
        expect(upper).toBeGreaterThanOrEqual(value - 1e-9);
        expect(mirrored.shares[i]?.value).toBeCloseTo(1 - value, 5);
      });
    }),
  );
});
