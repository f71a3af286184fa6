import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAbsent, type Result } from "../../src/foundation/estimate.ts";
import { integratedMaihda } from "../../src/intersections/index.ts";

function some<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result as T;
}

/** Uniform numbers from a seed, and normal ones from those. */
function numbers(seed: number) {
  let state = seed;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

const crossed = (a: number, b: number) =>
  Array.from({ length: a * b }, (_, i) => ({ first: i % a, second: Math.floor(i / a) }));

/** Strata whose main effects and departures are drawn, and the share of variance that the former truly make up. */
function drawn(seed: number, main: number, departure: number, people: number) {
  const { uniform, normal } = numbers(seed);
  const [a, b] = [6, 8];
  const rows = crossed(a, b);
  const first = Array.from({ length: a }, () => main * normal());
  const second = Array.from({ length: b }, () => main * normal());
  const fixed = rows.map((row) => first[row.first]! + second[row.second]!);
  const middle = fixed.reduce((sum, x) => sum + x, 0) / fixed.length;
  const variance = fixed.reduce((sum, x) => sum + (x - middle) ** 2, 0) / fixed.length;
  const events = fixed.map((x) => {
    const chance = 1 / (1 + Math.exp(-(0.8 + x + departure * normal())));
    return Array.from({ length: people }, uniform).filter((u) => u < chance).length;
  });
  return {
    truth: variance / (variance + departure ** 2),
    strata: {
      events,
      denominators: rows.map(() => people),
      characteristics: {
        first: rows.map((row) => row.first),
        second: rows.map((row) => row.second),
      },
    },
  };
}

describe("the additive share", () => {
  test.each([
    [0.35, 0.15],
    [0.2, 0.3],
    [0.35, 0.05],
  ])("holds the truth in nearly every set: main %d, departures %d", (main, departure) => {
    const sets = Array.from({ length: 40 }, (_, i) => drawn(100 + i, main, departure, 120));
    const held = sets.filter(({ strata, truth }) => {
      const { additiveShare: share } = some(integratedMaihda(strata));
      return share.lower <= truth && truth <= share.upper;
    });
    expect(held.length).toBeGreaterThanOrEqual(36);
  });

  test("is narrow and near the truth where strata are large", () => {
    const { strata, truth } = drawn(7, 0.3, 0.3, 4000);
    const { additiveShare: share } = some(integratedMaihda(strata));
    expect(Math.abs(share.value - truth)).toBeLessThan(0.12);
    expect(share.upper - share.lower).toBeLessThan(0.3);
  });

  test("is an interval inside 0 and 1 that never rests on a variance of exactly 0", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 19 }), { minLength: 24, maxLength: 24 }),
        (events) => {
          const rows = crossed(4, 6);
          const { additiveShare: share } = some(
            integratedMaihda({
              events,
              denominators: rows.map(() => 20),
              characteristics: {
                first: rows.map((row) => row.first),
                second: rows.map((row) => row.second),
              },
            }),
          );
          expect(share.lower).toBeGreaterThanOrEqual(0);
          expect(share.value).toBeGreaterThanOrEqual(share.lower);
          expect(share.upper).toBeGreaterThanOrEqual(share.value);
          expect(share.upper).toBeLessThan(1);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("does not depend on the order of the strata", () => {
    const { strata } = drawn(3, 0.3, 0.2, 60);
    const backwards = <T>(values: readonly T[]) => [...values].reverse();
    const share = some(integratedMaihda(strata)).additiveShare;
    const turned = some(
      integratedMaihda({
        events: backwards(strata.events),
        denominators: backwards(strata.denominators),
        characteristics: {
          first: backwards(strata.characteristics.first),
          second: backwards(strata.characteristics.second),
        },
      }),
    ).additiveShare;
    // The weak prior of the effects sees another reference level.
    expect(turned.value).toBeCloseTo(share.value, 2);
    expect(turned.lower).toBeCloseTo(share.lower, 1);
  });
});
