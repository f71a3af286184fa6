import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAbsent, type Result } from "../../src/foundation/estimate.ts";
import {
  additiveExcess,
  areaUnderCurve,
  integratedMaihda,
  maihda,
  medianOddsRatio,
  outstandingStrata,
  poissonVpc,
  probabilityVpc,
  proportionalChangeInVariance,
  strataRanks,
  variancePartitionCoefficient,
} from "../../src/intersections/index.ts";

function some<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result as T;
}
const characteristics = {
  sex: Array.from({ length: 30 }, (_, i) => i % 2),
  age: Array.from({ length: 30 }, (_, i) => (i >> 1) % 3),
  area: Array.from({ length: 30 }, (_, i) => Math.floor(i / 6)),
};
const strata = fc
  .array(
    fc.tuple(fc.integer({ min: 4, max: 60 }), fc.double({ min: 0.15, max: 0.85, noNaN: true })),
    {
      minLength: 30,
      maxLength: 30,
    },
  )
  .map((rows) => ({
    events: rows.map(([n, p]) => Math.round(n * p)),
    denominators: rows.map(([n]) => n),
    characteristics,
  }));

describe("measures of variance", () => {
  const variance = fc.double({ min: 0, max: 6, noNaN: true });
  test("shares are between 0 and 1 and rise with the variance; the outcome scale is below the latent one", () => {
    fc.assert(
      fc.property(
        variance,
        fc.double({ min: 0.01, max: 2, noNaN: true }),
        fc.double({ min: -4, max: 4, noNaN: true }),
        (v, more, at) => {
          for (const share of [
            variancePartitionCoefficient,
            (x: number) => probabilityVpc(x, at),
            (x: number) => poissonVpc(x, at),
          ]) {
            expect(share(v)).toBeGreaterThanOrEqual(0);
            expect(share(v + more)).toBeGreaterThan(share(v));
            expect(share(v + more)).toBeLessThan(1);
          }
          expect(probabilityVpc(v, at)).toBeLessThanOrEqual(
            variancePartitionCoefficient(v) * 1.25 + 1e-12,
          );
          expect(probabilityVpc(v, at)).toBeCloseTo(probabilityVpc(v, -at), 9);
          expect(medianOddsRatio(v + more)).toBeGreaterThan(medianOddsRatio(v));
        },
      ),
    );
    expect(medianOddsRatio(0)).toBe(1);
  });

  test("change in variance is 0 for no change, 1 for none left, negative for more, absent for none to begin with", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 6, noNaN: true }), (v) => {
        expect(proportionalChangeInVariance(v, v)).toBe(0);
        expect(proportionalChangeInVariance(v, 0)).toBe(1);
        expect(some(proportionalChangeInVariance(v, 2 * v))).toBeCloseTo(-1, 12);
        expect(proportionalChangeInVariance(0, v)).toMatchObject({ absent: "zeroDenominator" });
      }),
    );
  });

  test("the area is the share of pairs in the right order, and turns with the score", () => {
    const rows = fc.array(
      fc.record({ score: fc.integer({ min: 0, max: 5 }), y: fc.nat(6), rest: fc.nat(6) }),
      { minLength: 2, maxLength: 8 },
    );
    fc.assert(
      fc.property(rows, (all) => {
        const area = (sign: number) =>
          areaUnderCurve(
            all.map((r) => sign * r.score),
            all.map((r) => r.y),
            all.map((r) => r.y + r.rest),
          );
        const one = area(1);
        if (isAbsent(one)) return;
        let [wins, pairs] = [0, 0];
        for (const a of all)
          for (const b of all) {
            pairs += a.y * b.rest;
            wins += a.y * b.rest * (a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0);
          }
        expect(one).toBeCloseTo(wins / pairs, 12);
        expect(some(area(-1))).toBeCloseTo(1 - one, 12);
      }),
    );
  });
});

describe("the integrated form", () => {
  test("intervals hold their value, shrink towards the sum of effects, and never say that σ is 0", () => {
    fc.assert(
      fc.property(strata, (s) => {
        const result = some(integratedMaihda(s));
        expect(result.standardDeviation.upper).toBeGreaterThan(0);
        expect(result.standardDeviation.value).toBeGreaterThan(0);
        for (let k = 0; k < 30; k++) {
          const [value, raw, additive] = [
            result.estimates.value[k] as number,
            (s.events[k] as number) / (s.denominators[k] as number),
            result.additive[k] as number,
          ];
          expect(result.estimates.lower[k]).toBeLessThan(value);
          expect(result.estimates.upper[k]).toBeGreaterThan(value);
          expect(value).toBeGreaterThan(Math.min(raw, additive) - 0.06);
          expect(value).toBeLessThan(Math.max(raw, additive) + 0.06);
          expect(result.departures.lower[k]).toBeLessThan(result.departures.upper[k] as number);
          expect(Math.sign(result.outcomeDepartures.value[k] as number)).toBe(
            Math.sign(result.departures.value[k] as number),
          );
        }
      }),
      { numRuns: 10 },
    );
  });

  test("counting the other outcome mirrors it; an empty stratum is left out", () => {
    fc.assert(
      fc.property(strata, (s) => {
        const one = some(integratedMaihda(s));
        const two = some(
          integratedMaihda({
            ...s,
            events: s.events.map((y, i) => (s.denominators[i] as number) - y),
          }),
        );
        expect(two.standardDeviation.value).toBeCloseTo(one.standardDeviation.value, 5);
        expect(two.estimates.upper[4]).toBeCloseTo(1 - (one.estimates.lower[4] as number), 4);
        expect(two.chanceAbove[4]).toBeCloseTo(1 - (one.chanceAbove[4] as number), 3);
        const [events, denominators] = [Array.from(s.events), Array.from(s.denominators)];
        events[3] = denominators[3] = 0;
        const fewer = some(integratedMaihda({ ...s, events, denominators }));
        expect(fewer.strataRows).toHaveLength(29);
        expect(fewer.strataRows.includes(3)).toBe(false);
      }),
      { numRuns: 6 },
    );
  });

  test("one planted stratum is found, and its sign", () => {
    fc.assert(
      fc.property(fc.nat(29), fc.boolean(), fc.integer({ min: 0, max: 6 }), (at, high, shift) => {
        const events = characteristics.sex.map(
          (sex, i) =>
            80 + 20 * sex + 10 * (characteristics.age[i] as number) + ((i * 5 + shift) % 7),
        );
        events[at] = high ? 190 : 10;
        const s = { events, denominators: events.map(() => 200), characteristics };
        const result = some(outstandingStrata(s));
        expect(result.outstanding[0]).toBe(at);
        expect(Math.sign(result.excess.value[at] as number)).toBe(high ? 1 : -1);
        expect(
          (result.excess.lower[at] as number) > 0 || (result.excess.upper[at] as number) < 0,
        ).toBe(true);
        expect(result.excessEvents[at]).toBeCloseTo(200 * (result.excess.value[at] as number), 8);
        const departures = some(integratedMaihda(s)).departures;
        expect((departures.lower[at] as number) > 0 || (departures.upper[at] as number) < 0).toBe(
          true,
        );
      }),
      { numRuns: 10 },
    );
  });
});

describe("additive excess", () => {
  test("is nil where risks add up, and blind to a shift of all", () => {
    const effects = fc.tuple(
      fc.double({ min: 0, max: 0.2, noNaN: true }),
      fc.double({ min: 0, max: 0.2, noNaN: true }),
      fc.double({ min: 0.05, max: 0.3, noNaN: true }),
    );
    fc.assert(
      fc.property(
        effects,
        fc.double({ min: 0, max: 0.2, noNaN: true }),
        ([sex, age, base], extra) => {
          const value = characteristics.sex.map(
            (s, i) =>
              base +
              sex * s +
              age * (characteristics.age[i] as number) +
              (s === 1 && characteristics.age[i] === 2 ? extra : 0),
          );
          const around = (by: number) => value.map((v) => v + by);
          const estimates = { value, lower: around(-0.02), upper: around(0.03) };
          const excess = additiveExcess(estimates, characteristics);
          for (let i = 0; i < 30; i++) {
            const own = excess[i] as (typeof excess)[number];
            if (isAbsent(own)) continue;
            const expected =
              characteristics.sex[i] === 1 && characteristics.age[i] === 2 ? extra : 0;
            expect(own.value).toBeCloseTo(expected, 10);
            expect(own.lower).toBeLessThan(own.value);
            expect(some(own.relativeExcess)).toBeCloseTo(expected / base, 8);
          }
          expect(excess[0]).toMatchObject({ absent: "notIdentified" });
        },
      ),
    );
  });
});

describe("ranks", () => {
  const values = fc.array(
    fc.record({
      value: fc.double({ min: -2, max: 2, noNaN: true }),
      half: fc.double({ min: 0.05, max: 2, noNaN: true }),
    }),
    { minLength: 3, maxLength: 9 },
  );
  const of = (rows: { value: number; half: number }[]) => ({
    value: rows.map((r) => r.value),
    lower: rows.map((r) => r.value - r.half),
    upper: rows.map((r) => r.value + r.half),
  });
  test("expected ranks add up, and so do the chances of being among the highest", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 2 }), (rows, highest) => {
        const ranks = some(strataRanks(of(rows), { highest }));
        const k = rows.length;
        expect(ranks.expectedRank.reduce((a, b) => a + b, 0)).toBeCloseTo((k * (k + 1)) / 2, 9);
        // Quadrature of a step is rough where one spread is far smaller than another.
        expect(ranks.chanceAmongHighest.reduce((a, b) => a + b, 0)).toBeGreaterThan(highest - 0.4);
        expect(ranks.chanceAmongHighest.reduce((a, b) => a + b, 0)).toBeLessThan(highest + 0.4);
      }),
    );
  });
  test("alike strata have the same chance; a far one is certain; guards", () => {
    const alike = Array.from({ length: 10 }, () => ({ value: 1, half: 1 }));
    const ranks = some(strataRanks(of(alike)));
    expect(ranks.highest).toBe(2);
    for (const chance of ranks.chanceAmongHighest) expect(chance).toBeCloseTo(0.2, 3);
    const far = some(strataRanks(of([...alike, { value: 9, half: 1 }]), { highest: 1 }));
    expect(far.chanceAmongHighest[10]).toBeGreaterThan(0.999);
    expect(far.expectedRank[10]).toBeCloseTo(1, 6);
    expect(strataRanks(of(alike.slice(0, 1)))).toMatchObject({ absent: "tooFewGroups" });
    expect(() => strataRanks(of(alike), { highest: 10 })).toThrow("invalid highest");
  });
});

describe("the Poisson form", () => {
  test("exposures in another unit change rates and nothing else; a planted stratum is found", () => {
    fc.assert(
      fc.property(strata, fc.nat(29), (s, at) => {
        const one = some(integratedMaihda(s, { family: "poisson" }));
        const denominators = s.denominators.map((n) => n * 10);
        const ten = some(integratedMaihda({ ...s, denominators }, { family: "poisson" }));
        expect(ten.standardDeviation.value).toBeCloseTo(one.standardDeviation.value, 3);
        expect((ten.estimates.upper[at] as number) * 10).toBeCloseTo(
          one.estimates.upper[at] as number,
          2,
        );
        const model = some(maihda(s, { family: "poisson", varianceInterval: false }));
        expect(model.null.auc).toBeUndefined();
        expect(model.null.outcomeVpc).toBeGreaterThanOrEqual(0);
        expect(model.main.model.family).toBe("poisson");
        const events = characteristics.sex.map((sex, i) => 60 + 15 * sex + ((i * 5) % 7));
        events[at] = 180;
        const found = some(
          outstandingStrata(
            { events, denominators: events.map(() => 1000), characteristics },
            { family: "poisson" },
          ),
        );
        expect(found.outstanding[0]).toBe(at);
      }),
      { numRuns: 6 },
    );
  });
});
