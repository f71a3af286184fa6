import fc from "fast-check";
import { expect, test } from "vitest";
import {
  byarLimits,
  concentrationIndex,
  expectedNeed,
  horizontalInequity,
  hoursAfterTravel,
  isAbsent,
  missingReferrals,
  needGini,
  needUseRatio,
  normalQuantile,
  type Result,
} from "../../src/index.ts";

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const whole = (min: number, max: number) => fc.integer({ min, max });
const confidence = real(0.5, 0.999);

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

test("expected need: kind by kind, its error squared and added, limits even on the logarithm", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(whole(0, 900), real(0.01, 0.5), real(0, 0.1)), {
        minLength: 1,
        maxLength: 6,
      }),
      confidence,
      (kinds, c) => {
        fc.pre(kinds.some(([n]) => n > 0));
        const need = (list: typeof kinds) =>
          expectedNeed(
            {
              populations: [list.map(([n]) => n)],
              prevalence: list.map(([, share]) => share),
              prevalenceErrors: list.map(([, , error]) => error),
            },
            { confidence: c },
          )[0]!;
        const found = need(kinds);
        let [value, variance, people] = [0, 0, 0];
        for (const [n, share, error] of kinds) {
          value += n * share;
          variance += n * n * error * error;
          people += n;
        }
        expect(found.value).toBeCloseTo(value, 8);
        expect(found.population).toBe(people);
        expect(found.standardError).toBeCloseTo(Math.sqrt(variance), 8);
        const reach = (normalQuantile((1 + c) / 2) * Math.sqrt(variance)) / value;
        expect(Math.log(found.upper / value)).toBeCloseTo(reach, 8);
        expect(Math.log(value / found.lower)).toBeCloseTo(reach, 8);
        expect(need(kinds.toReversed()).upper).toBeCloseTo(found.upper, 6);
        expect(need([...kinds, [0, 0.3, 0.1]])).toMatchObject({ value: found.value });
      },
    ),
  );
});

const rows = fc.array(
  fc.record({
    people: whole(50, 900),
    used: whole(1, 300),
    needed: whole(1, 300),
    error: real(0, 9),
  }),
  { minLength: 2, maxLength: 8 },
);

test("inequity is the difference of two concentration indices, its error that of a small change in each count", () => {
  fc.assert(
    fc.property(rows, (list) => {
      const populations = list.map((row) => row.people);
      const of = (used: readonly number[], needed: readonly number[]) =>
        there(horizontalInequity({ populations, used, needed }));
      const used = list.map((row) => row.used);
      const needed = list.map((row) => row.needed);
      const found = there(
        horizontalInequity({
          populations,
          used,
          needed,
          neededErrors: list.map((row) => row.error),
        }),
      );
      const index = (counts: readonly number[]) =>
        there(
          concentrationIndex({
            rank: list.map((_, i) => i),
            population: populations,
            value: counts.map((count, i) => count / populations[i]!),
            standardError: counts.map(() => 0),
          }),
        ).value;
      expect(found.useIndex).toBeCloseTo(index(used), 9);
      expect(found.needIndex).toBeCloseTo(index(needed), 9);
      expect(found.value).toBeCloseTo(index(used) - index(needed), 9);
      let variance = 0;
      list.forEach((row, i) => {
        const step = 1e-4;
        const bump = (counts: readonly number[], by: number) =>
          counts.map((count, j) => (i === j ? count + by : count));
        const slope =
          (of(bump(used, step), needed).value - of(bump(used, -step), needed).value) / (2 * step);
        const needSlope =
          (of(used, bump(needed, step)).value - of(used, bump(needed, -step)).value) / (2 * step);
        variance += slope ** 2 * row.used + (needSlope * row.error) ** 2;
      });
      expect(found.standardError / Math.sqrt(variance)).toBeCloseTo(1, 5);
      const overall = used.reduce((a, b) => a + b, 0) / needed.reduce((a, b) => a + b, 0);
      found.ratios.forEach((ratio, i) => {
        expect(ratio * overall).toBeCloseTo(used[i]! / needed[i]!, 9);
      });
    }),
  );
});

test("need-Gini: no unit of use or need matters, joining areas alike changes nothing, all in one is nearly 1", () => {
  fc.assert(
    fc.property(rows, whole(2, 9), (list, times) => {
      const used = list.map((row) => row.used);
      const needed = list.map((row) => row.needed);
      const gini = there(needGini(used, needed));
      const scaled = there(
        needGini(
          used,
          needed.map((n) => n * times),
        ),
      );
      expect(scaled.value).toBeCloseTo(gini.value, 10);
      expect(scaled.underChance).toBeCloseTo(gini.underChance, 10);
      // More use with the same pattern: the same value, surer by the root, and less of it by chance.
      const more = there(
        needGini(
          used.map((n) => n * times),
          needed,
        ),
      );
      expect(more.value).toBeCloseTo(gini.value, 10);
      expect(more.standardError * Math.sqrt(times)).toBeCloseTo(gini.standardError, 9);
      expect(more.underChance * Math.sqrt(times)).toBeCloseTo(gini.underChance, 9);
      const split = there(
        needGini(
          used.flatMap((n) => [n / 4, (3 * n) / 4]),
          needed.flatMap((n) => [n / 4, (3 * n) / 4]),
        ),
      );
      expect(split.value).toBeCloseTo(gini.value, 9);
      const need = needed.reduce((a, b) => a + b, 0);
      const one = there(
        needGini(
          used.map((n, i) => (i === 0 ? n : 0)),
          needed,
        ),
      );
      expect(one.value).toBeCloseTo(1 - needed[0]! / need, 9);
    }),
  );
});

test("the ratio's interval: the count's and the need's errors squared and added on the logarithm", () => {
  fc.assert(
    fc.property(whole(1, 400), whole(1, 400), real(0, 0.4), confidence, (used, needed, cv, c) => {
      const found = there(
        needUseRatio({ used, needed, neededError: cv * needed }, { confidence: c }),
      );
      const { lower, upper } = byarLimits(used, { confidence: c });
      const z = normalQuantile((1 + c) / 2);
      const square = (limit: number) => Math.log(limit / used) ** 2 + (z * cv) ** 2;
      expect(Math.log(found.upper / found.value) ** 2).toBeCloseTo(square(upper), 8);
      if (lower > 1e-6)
        expect(Math.log(found.value / found.lower) ** 2).toBeCloseTo(square(lower), 6);
      expect((found.standardError! / found.value) ** 2).toBeCloseTo(1 / used + cv * cv, 9);
      // The same share of a need ten times as large, known as well: only the unit of need has changed.
      const unit = there(
        needUseRatio(
          { used, needed: 10 * needed, neededError: 10 * cv * needed },
          { confidence: c },
        ),
      );
      expect(unit.upper * 10).toBeCloseTo(found.upper, 8);
    }),
  );
});

test("missing referrals: nothing at one's own ratio, one more wanted for each one needed, errors squared and added", () => {
  fc.assert(
    fc.property(
      whole(1, 400),
      whole(1, 400),
      real(0, 40),
      real(0.1, 2),
      (used, needed, error, target) => {
        const need = { used, needed, neededError: error };
        expect(missingReferrals(need, used / needed).value).toBeCloseTo(0, 9);
        const found = missingReferrals(need, target);
        expect(found.atTarget).toBeCloseTo(needed * target, 9);
        expect(found.value).toBeCloseTo(needed * target - used, 9);
        expect(missingReferrals({ ...need, needed: needed + 1 }, target).value).toBeCloseTo(
          found.value + target,
          9,
        );
        const { lower, upper } = byarLimits(used);
        const spread = (1.959963984540054 * error * target) ** 2;
        expect((found.upper - found.value) ** 2).toBeCloseTo((used - lower) ** 2 + spread, 4);
        expect((found.value - found.lower) ** 2).toBeCloseTo((upper - used) ** 2 + spread, 4);
      },
    ),
  );
});

test("hours after travel: visit by visit, sites apart, and places in any order", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(whole(0, 30), whole(0, 30), real(0, 90), real(0, 90)), {
        minLength: 1,
        maxLength: 5,
      }),
      real(0, 500),
      real(0, 500),
      (places, first, second) => {
        const after = (list: typeof places) =>
          hoursAfterTravel(
            [first, second],
            list.map(([a, b]) => [a, b]),
            list.map(([, , a, b]) => [a, b]),
          );
        const left = [first, second];
        for (const [a, b, toA, toB] of places) {
          for (let visit = 0; visit < a; visit++) left[0]! -= toA / 60 + toA / 60;
          for (let visit = 0; visit < b; visit++) left[1]! -= toB / 60 + toB / 60;
        }
        const found = after(places);
        expect(found[0]).toBeCloseTo(left[0]!, 6);
        expect(found[1]).toBeCloseTo(left[1]!, 6);
        expect(after(places.toReversed())[0]).toBeCloseTo(found[0]!, 8);
      },
    ),
  );
});
