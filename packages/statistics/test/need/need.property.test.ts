import fc from "fast-check";
import { expect, test } from "vitest";
import { isAbsent, type Result } from "../../src/foundation/estimate.ts";
import {
  expectedNeed,
  floatingCatchment,
  horizontalInequity,
  hoursAfterTravel,
  missingReferrals,
  needGini,
  needUseRatio,
} from "../../src/need/index.ts";

function some<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result as T;
}
const counts = (least: number) =>
  fc.array(
    fc.record({
      people: fc.integer({ min: 50, max: 900 }),
      used: fc.integer({ min: least, max: 300 }),
      needed: fc.integer({ min: 1, max: 300 }),
    }),
    { minLength: 2, maxLength: 8 },
  );
const columns = (rows: { people: number; used: number; needed: number }[]) => ({
  populations: rows.map((r) => r.people),
  used: rows.map((r) => r.used),
  needed: rows.map((r) => r.needed),
});

test("inequity is nil when use follows need, mirrored when groups are turned round, blind to the unit of need", () => {
  fc.assert(
    fc.property(counts(1), fc.integer({ min: 2, max: 9 }), (rows, factor) => {
      const c = columns(rows);
      const one = some(horizontalInequity(c));
      const same = some(horizontalInequity({ ...c, used: c.needed }));
      expect(Math.abs(same.value)).toBeLessThan(1e-12);
      const turned = some(horizontalInequity(columns([...rows].reverse())));
      expect(turned.value).toBeCloseTo(-one.value, 10);
      expect(turned.standardError).toBeCloseTo(one.standardError, 10);
      const scaled = some(horizontalInequity({ ...c, needed: c.needed.map((n) => n * factor) }));
      expect(scaled.value).toBeCloseTo(one.value, 10);
    }),
  );
});

test("need-Gini: 0 when use follows need, no order, and the mean difference of all pairs", () => {
  fc.assert(
    fc.property(counts(1), (rows) => {
      const { used, needed } = columns(rows);
      const gini = some(needGini(used, needed));
      const [use, need] = [used, needed].map((v) => v.reduce((a, b) => a + b, 0)) as [
        number,
        number,
      ];
      let pairs = 0;
      used.forEach((u, i) => {
        used.forEach((v, j) => {
          const [n, m] = [needed[i] as number, needed[j] as number];
          pairs += ((n * m) / need / need) * Math.abs(u / n - v / m);
        });
      });
      expect(gini.value).toBeCloseTo(pairs / 2 / (use / need), 10);
      expect(some(needGini([...used].reverse(), [...needed].reverse())).value).toBeCloseTo(
        gini.value,
        10,
      );
      expect(some(needGini(needed, needed)).value).toBeCloseTo(0, 12);
      expect(gini.underChance).toBeGreaterThan(0);
    }),
  );
});

const access = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }))
  .chain(([places, sites]) =>
    fc.record({
      populations: fc.array(fc.integer({ min: 0, max: 500 }), {
        minLength: places,
        maxLength: places,
      }),
      supply: fc.array(fc.integer({ min: 0, max: 90 }), { minLength: sites, maxLength: sites }),
      minutes: fc.array(
        fc.array(fc.integer({ min: 0, max: 90 }), { minLength: sites, maxLength: sites }),
        { minLength: places, maxLength: places },
      ),
    }),
  );

test("no supply is lost or made: Σ population × access + unreached = supply, whatever the decay", () => {
  const decays = [
    { within: 30 },
    {
      zones: [
        { within: 10, weight: 1 },
        { within: 30, weight: 0.42 },
        { within: 60, weight: 0.09 },
      ],
    },
    { power: -1, within: 60 },
    { spread: 20, within: 60 },
  ];
  fc.assert(
    fc.property(access, fc.constantFrom(...decays), (input, decay) => {
      const result = floatingCatchment(input, decay);
      const given = input.supply.reduce((a, b) => a + b, 0);
      const shared = input.populations.reduce(
        (sum, p, i) => sum + p * (result.access[i] as number),
        0,
      );
      expect(shared + result.unreachedSupply).toBeCloseTo(given, 8);
      const more = floatingCatchment({ ...input, supply: input.supply.map((s) => s * 3) }, decay);
      expect(more.access[0]).toBeCloseTo(3 * (result.access[0] as number), 8);
    }),
  );
});

test("with one weight for all, zones are the plain catchment", () => {
  fc.assert(
    fc.property(access, (input) => {
      const plain = floatingCatchment(input, { within: 45 });
      const zoned = floatingCatchment(input, {
        zones: [
          { within: 20, weight: 1 },
          { within: 45, weight: 1 },
        ],
      });
      expect(Array.from(zoned.access)).toEqual(Array.from(plain.access));
    }),
  );
});

test("expected need adds up over areas and kinds, and its limits hold it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 })), {
        minLength: 1,
        maxLength: 5,
      }),
      fc.tuple(
        fc.double({ min: 0.01, max: 0.5, noNaN: true }),
        fc.double({ min: 0.01, max: 0.5, noNaN: true }),
      ),
      (populations, prevalence) => {
        const errors = prevalence.map((p) => p / 10);
        const areas = expectedNeed({ populations, prevalence, prevalenceErrors: errors });
        const whole = expectedNeed({
          populations: [
            [0, 1].map((k) => populations.reduce((s, row) => s + (row[k] as number), 0)),
          ],
          prevalence,
        });
        expect(areas.reduce((s, a) => s + a.value, 0)).toBeCloseTo(whole[0]?.value as number, 8);
        for (const area of areas) {
          expect(area.lower).toBeGreaterThan(0);
          expect(area.lower).toBeLessThan(area.value);
          expect(area.upper / area.value).toBeCloseTo(area.value / area.lower, 10);
        }
        expect(whole[0]?.standardError).toBe(0);
      },
    ),
  );
});

test("the ratio widens with the need's error and scales with the need; missing referrals mirror it", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 1, max: 400 }),
      fc.double({ min: 0.01, max: 0.4, noNaN: true }),
      (used, needed, cv) => {
        const known = some(needUseRatio({ used, needed }));
        const unsure = some(needUseRatio({ used, needed, neededError: cv * needed }));
        expect(unsure.value).toBe(known.value);
        expect(unsure.upper).toBeGreaterThan(known.upper);
        expect(unsure.lower).toBeLessThanOrEqual(known.lower);
        expect(some(needUseRatio({ used, needed: 2 * needed })).value).toBeCloseTo(
          known.value / 2,
          12,
        );
        // Referrals are certainly missing at target 1 exactly when the ratio is certainly under 1.
        const missing = missingReferrals({ used, needed }, 1);
        expect(missing.lower > 1e-9).toBe(known.upper < 1 - 1e-12);
        expect(missing.value).toBe(needed - used);
      },
    ),
  );
});

test("hours go down by two ways for each visit, and no further", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 0, max: 90 }),
      (visits, minutes) => {
        const [left] = hoursAfterTravel([100], [[visits]], [[minutes]]);
        expect(left).toBeCloseTo(100 - (visits * minutes) / 30, 10);
        expect(hoursAfterTravel([100], [[0]], [[Number.POSITIVE_INFINITY]])[0]).toBe(100);
      },
    ),
  );
});

test("absences and errors", () => {
  expect(needUseRatio({ used: 3, needed: 0 })).toMatchObject({ absent: "zeroDenominator" });
  expect(needGini([1], [2])).toMatchObject({ absent: "tooFewGroups" });
  expect(needGini([1, 0], [0, 1])).toMatchObject({ absent: "zeroDenominator" });
  expect(horizontalInequity({ populations: [1, 1], used: [0, 0], needed: [1, 1] })).toMatchObject({
    absent: "zeroDenominator",
  });
  const one = { populations: [1], supply: [1], minutes: [[-1]] };
  expect(() => floatingCatchment(one, { within: 30 })).toThrow("invalid minutes");
  expect(() => floatingCatchment(one, { power: 1, within: 30 })).toThrow("invalid power");
  expect(() =>
    floatingCatchment(one, {
      zones: [
        { within: 10, weight: 0.5 },
        { within: 20, weight: 0.9 },
      ],
    }),
  ).toThrow("invalid zones");
});
