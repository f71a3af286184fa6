import fc from "fast-check";
import { expect, test } from "vitest";
import { designVariance, isAbsent, slopeIndexFromCounts } from "../../src/index.ts";

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const sum = (values: Iterable<number>) => Array.from(values).reduce((a, b) => a + b, 0);

const quantiles = fc
  .array(fc.tuple(fc.integer({ min: 30, max: 900 }), real(0.05, 0.95)), {
    minLength: 3,
    maxLength: 20,
  })
  .map((rows) => ({
    population: rows.map(([n]) => n),
    count: rows.map(([n, p]) => Math.max(1, Math.min(n - 1, Math.round(n * p)))),
  }));

function slope(population: readonly number[], count: readonly number[], z = 1.96) {
  const out = new Float64Array(8);
  slopeIndexFromCounts(population, count, population.length, z, out, 2);
  expect([out[0], out[1]]).toEqual([0, 0]);
  return {
    value: out[2]!,
    lower: out[3]!,
    upper: out[4]!,
    error: out[5]!,
    most: out[6]!,
    least: out[7]!,
  };
}

test("the slope from counts is weighted least squares, sum by sum, and its error each share's through it", () => {
  fc.assert(
    fc.property(quantiles, real(0.5, 3), ({ population, count }, z) => {
      const total = sum(population);
      const a = population.map((n) => n / total);
      const b = a.map((share, i) => sum(a.slice(0, i)) + share / 2);
      const y = count.map((c, i) => c / population[i]!);
      const [meanB, meanY] = [sum(a.map((w, i) => w * b[i]!)), sum(a.map((w, i) => w * y[i]!))];
      const spread = sum(a.map((w, i) => w * (b[i]! - meanB) ** 2));
      const value = sum(a.map((w, i) => w * (b[i]! - meanB) * (y[i]! - meanY))) / spread;
      const variance = sum(
        a.map(
          (w, i) =>
            ((w * (b[i]! - meanB)) / spread) ** 2 * ((y[i]! * (1 - y[i]!)) / (population[i]! - 1)),
        ),
      );
      const found = slope(population, count, z);
      expect(found.value).toBeCloseTo(value, 10);
      expect(found.error).toBeCloseTo(Math.sqrt(variance), 10);
      expect(found.upper - found.value).toBeCloseTo(z * Math.sqrt(variance), 9);
      expect(found.value - found.lower).toBeCloseTo(z * Math.sqrt(variance), 9);
      expect(found.most).toBeCloseTo(meanY - value * meanB, 10);
      expect(found.least - found.most).toBeCloseTo(value, 12);
    }),
  );
});

test("the slope from counts: nil for one share, turned with the order or with those not reached", () => {
  fc.assert(
    fc.property(quantiles, ({ population, count }) => {
      const found = slope(population, count);
      const turned = slope(population.toReversed(), count.toReversed());
      expect(turned.value).toBeCloseTo(-found.value, 10);
      expect(turned.most).toBeCloseTo(found.least, 10);
      const missed = slope(
        population,
        count.map((c, i) => population[i]! - c),
      );
      expect(missed.value).toBeCloseTo(-found.value, 10);
      expect(missed.error).toBeCloseTo(found.error, 10);
      const level = slope(
        population,
        population.map((n) => n / 2),
      );
      expect(level.value).toBeCloseTo(0, 10);
    }),
  );
});

const drawn = fc.array(
  fc.record({
    contribution: real(-5, 5),
    stratum: fc.constantFrom("north", "south"),
    cluster: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 2, maxLength: 40 },
);

test("a design's variance: cluster totals within strata, by hand; persons alone are a sample of persons", () => {
  fc.assert(
    fc.property(drawn, real(-3, 3), (list, times) => {
      const contribution = list.map((one) => one.contribution);
      const design = {
        stratum: list.map((one) => one.stratum),
        cluster: list.map((one) => one.cluster),
      };
      const found = designVariance(contribution, design);
      let variance = 0;
      let single = false;
      for (const stratum of new Set(design.stratum)) {
        const own = list.filter((one) => one.stratum === stratum);
        const totals = [...new Set(own.map((one) => one.cluster))].map((cluster) =>
          sum(own.filter((one) => one.cluster === cluster).map((one) => one.contribution)),
        );
        const n = totals.length;
        if (n < 2) single = true;
        const mean = sum(totals) / n;
        variance += (n * sum(totals.map((total) => (total - mean) ** 2))) / Math.max(1, n - 1);
      }
      if (single) expect(isAbsent(found)).toBe(true);
      else {
        expect(found).toBeCloseTo(variance, 8);
        const scaled = designVariance(
          contribution.map((value) => value * times),
          design,
        );
        expect(scaled).toBeCloseTo(variance * times * times, 6);
      }
      const n = list.length;
      const mean = sum(contribution) / n;
      expect(designVariance(contribution, {})).toBeCloseTo(
        (n / (n - 1)) * sum(contribution.map((value) => (value - mean) ** 2)),
        8,
      );
      // What all have in common is no variance.
      expect(
        designVariance(
          contribution.map((value) => value + 7),
          {},
        ),
      ).toBeCloseTo(designVariance(contribution, {}) as number, 6);
    }),
  );
});
