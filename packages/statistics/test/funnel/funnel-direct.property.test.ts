import fc from "fast-check";
import { expect, test } from "vitest";
import { funnel, funnelLimits, funnelScores, isAbsent, overdispersion } from "../../src/index.ts";

const units = fc.array(
  fc.record({
    size: fc.integer({ min: 30, max: 3000 }),
    level: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  }),
  { minLength: 3, maxLength: 25 },
);
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

test("overdispersion: mean square and DerSimonian and Laird's variance, sum by sum", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(real(-6, 6), real(0.01, 3)), { minLength: 2, maxLength: 30 }),
      real(0, 0.45),
      (list, share) => {
        const scores = list.map(([z]) => z);
        const errors = list.map(([, s]) => s);
        const n = list.length;
        const sorted = scores.toSorted((a, b) => a - b);
        const quantile = (p: number) => {
          const at = (n - 1) * p;
          const from = Math.min(n - 1, Math.floor(at + 1e-12));
          const part = Math.max(0, at - from);
          return sorted[from]! + part * (sorted[Math.min(n - 1, from + 1)]! - sorted[from]!);
        };
        const drawn = scores.map((z) =>
          z < quantile(share) ? quantile(share) : z > quantile(1 - share) ? quantile(1 - share) : z,
        );
        const found = overdispersion(scores, errors, { share });
        if (isAbsent(found)) throw new Error(found.message);
        const sum = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0);
        const phi = sum(drawn.map((z) => z * z)) / n;
        const w = errors.map((s) => 1 / s ** 2);
        const room = sum(w) - sum(w.map((x) => x * x)) / sum(w);
        expect(found.ratio).toBeCloseTo(phi, 9);
        expect(found.betweenVariance).toBeCloseTo(Math.max(0, n * phi - (n - 1)) / room, 6);
        // Only the scale of the deviations enters the variance.
        const wide = overdispersion(
          scores,
          errors.map((s) => 10 * s),
          { share },
        );
        if (isAbsent(wide)) throw new Error(wide.message);
        expect(wide.ratio).toBeCloseTo(found.ratio, 12);
        expect(wide.betweenVariance / 100).toBeCloseTo(found.betweenVariance, 6);
      },
    ),
  );
});

test("a funnel is its parts: the scores, their spread and the limits, unit by unit in any order", () => {
  fc.assert(
    fc.property(units, real(0.5, 0.95), (list, level) => {
      const n = list.map(({ size }) => size);
      const y = list.map(({ size, level: share }) => Math.round(size * share));
      const options = { levels: [level, 0.998] };
      const table = funnel("proportion", y, n, options);
      if (isAbsent(table)) throw new Error(table.message);
      const sum = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0);
      expect(table.target).toBeCloseTo(sum(y) / sum(n), 12);
      const { scores, deviations } = funnelScores("proportion", y, n);
      const spread = overdispersion(scores, deviations);
      if (isAbsent(spread)) throw new Error(spread.message);
      const between = spread.ratio > 1 ? spread.betweenVariance : 0;
      expect(table.betweenVariance).toBe(between);
      const limits = funnelLimits("proportion", table.target, n, {
        confidence: level,
        betweenVariance: between,
      });
      table.units.forEach((unit, i) => {
        expect(unit.value).toBe(y[i]! / n[i]!);
        expect(unit.limits[0]).toEqual({
          confidence: level,
          lower: limits.lowers[i],
          upper: limits.uppers[i],
        });
        expect(unit.score).toBeCloseTo(
          (scores[i]! * deviations[i]!) / Math.sqrt(deviations[i]! ** 2 + between),
          9,
        );
        expect(Math.sign(unit.score)).toBe(Math.sign(scores[i]!));
      });
      const back = funnel("proportion", y.toReversed(), n.toReversed(), options);
      if (isAbsent(back)) throw new Error(back.message);
      back.units.toReversed().forEach((unit, i) => {
        expect(unit.outside).toBe(table.units[i]!.outside);
        expect(unit.score).toBeCloseTo(table.units[i]!.score, 9);
      });
    }),
  );
});
