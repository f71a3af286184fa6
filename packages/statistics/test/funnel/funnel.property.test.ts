import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type FunnelKind,
  funnel,
  funnelLimits,
  funnelScores,
  isAbsent,
  overdispersion,
  poissonProbability,
} from "../../src/index.ts";

const kinds: FunnelKind[] = ["proportion", "standardisedRatio", "ratioOfCounts"];
const ways = ["exact", "quantile", "score", "transformed"] as const;
const size = fc.integer({ min: 20, max: 5000 });
const target = fc.double({ min: 0.1, max: 0.9, noNaN: true });

test("limits hold the target, narrow with size and widen with confidence and variance between units", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.constantFrom(...ways),
      target,
      size,
      (kind, limits, t, n) => {
        const at = (options: object) => {
          const { lowers, uppers } = funnelLimits(kind, t, [n, 4 * n], { limits, ...options });
          return [...lowers, ...uppers] as [number, number, number, number];
        };
        const [low, lowBig, high, highBig] = at({});
        expect(low).toBeLessThan(t);
        expect(high).toBeGreaterThan(t);
        expect(highBig - lowBig).toBeLessThan(high - low);
        const [lower, , higher] = at({ confidence: 0.998 });
        expect(lower).toBeLessThanOrEqual(low);
        expect(higher).toBeGreaterThanOrEqual(high);
        const spread = at({ betweenVariance: 0.01, limits: "transformed" });
        const plain = at({ limits: "transformed" });
        expect(spread[2]).toBeGreaterThan(plain[2]);
      },
    ),
  );
});

test("a proportion's limits mirror those of the unreached", () => {
  fc.assert(
    fc.property(fc.constantFrom("exact", "score", "transformed"), target, size, (limits, t, n) => {
      const here = funnelLimits("proportion", t, [n], { limits });
      const other = funnelLimits("proportion", 1 - t, [n], { limits });
      expect(here.lowers[0]).toBeCloseTo(1 - (other.uppers[0] as number), 9);
    }),
  );
});

test("quantile limits lie within one event of the count's own quantile", () => {
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 500 }), (expected) => {
      const { lowers } = funnelLimits("standardisedRatio", 1, [expected], { limits: "quantile" });
      const events = (lowers[0] as number) * expected;
      expect(poissonProbability(Math.ceil(events), expected)).toBeGreaterThanOrEqual(0.025 - 1e-12);
      expect(poissonProbability(Math.ceil(events) - 1, expected)).toBeLessThan(0.025);
    }),
  );
});

const units = fc
  .array(
    fc.tuple(fc.integer({ min: 30, max: 3000 }), fc.double({ min: 0.1, max: 0.9, noNaN: true })),
    {
      minLength: 4,
      maxLength: 30,
    },
  )
  .map((pairs) => ({
    denominators: pairs.map(([n]) => n),
    numerators: pairs.map(([n, p]) => Math.max(1, Math.round(n * p))),
  }));

test("scores are 0 at the target, and units in another order have the same", () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), units, (kind, { numerators, denominators }) => {
      const { scores, target: t } = funnelScores(kind, numerators, denominators);
      const back = funnelScores(kind, numerators.toReversed(), denominators.toReversed());
      expect(back.target).toBeCloseTo(t, 12);
      scores.forEach((score, i) => {
        expect(back.scores[scores.length - 1 - i]).toBeCloseTo(score, 9);
      });
      const first = [numerators[0] as number, denominators[0] as number] as const;
      if (kind !== "ratioOfCounts" && first[0] < first[1]) {
        const own = funnelScores(kind, [first[0]], [first[1]]);
        expect(own.scores[0]).toBeCloseTo(0, 9);
      }
    }),
  );
});

test("overdispersion: taming extremes never raises it, order does not matter, all alike have none", () => {
  fc.assert(
    fc.property(units, ({ numerators, denominators }) => {
      const { scores, deviations } = funnelScores("proportion", numerators, denominators);
      const kept = overdispersion(scores, deviations, { extremes: "keep" });
      const tamed = overdispersion(scores, deviations);
      const turned = overdispersion(scores.toReversed(), deviations.toReversed());
      if (isAbsent(kept) || isAbsent(tamed) || isAbsent(turned)) throw new Error("absent");
      expect(turned.ratio).toBeCloseTo(tamed.ratio, 9);
      expect(turned.betweenVariance).toBeCloseTo(tamed.betweenVariance, 12);
      expect(tamed.betweenVariance).toBeGreaterThanOrEqual(0);
      const none = overdispersion(
        scores.map(() => 0),
        deviations,
      );
      expect(none).toMatchObject({ ratio: 0, betweenVariance: 0 });
      const cut = overdispersion(scores, deviations, { extremes: "truncate", share: 0.25 });
      expect(!isAbsent(cut) && cut.scores.length).toBe(
        scores.length - 2 * Math.floor(scores.length / 4),
      );
    }),
  );
});

test("a funnel says outside exactly where its own limits do", () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), units, (kind, { numerators, denominators }) => {
      const table = funnel(kind, numerators, denominators);
      if (isAbsent(table)) return;
      for (const { value, limits, outside, outsideConfidence } of table.units) {
        const beyond = limits.filter(({ lower, upper }) => value < lower || value > upper);
        expect(outside === "within").toBe(beyond.length === 0);
        expect(outsideConfidence).toBe(beyond.at(-1)?.confidence ?? 0);
        if (outside === "above") expect(value).toBeGreaterThan(table.target);
      }
      const plain = funnel(kind, numerators, denominators, { allowOverdispersion: false });
      expect(!isAbsent(plain) && plain.betweenVariance).toBe(0);
    }),
  );
});
