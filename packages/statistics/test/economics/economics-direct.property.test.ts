import fc from "fast-check";
import { expect, test } from "vitest";
import {
  aversionWherePoliciesCross,
  discountFactor,
  equallyDistributedEquivalent,
  gainsAtAversions,
  implicitWeights,
  isAbsent,
  presentValue,
  type Result,
} from "../../src/index.ts";

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

test("a discount factor: year after year, and two spells are one after the other", () => {
  fc.assert(
    fc.property(real(0, 0.3), fc.integer({ min: 0, max: 60 }), real(0, 40), (rate, years, more) => {
      let worth = 1;
      for (let year = 0; year < years; year++) worth /= 1 + rate;
      expect(discountFactor(years, rate)).toBeCloseTo(worth, 12);
      expect(discountFactor(years + more, rate)).toBeCloseTo(
        worth * discountFactor(more, rate),
        12,
      );
      expect(discountFactor(years)).toBeCloseTo(1.035 ** -years, 12);
      expect(discountFactor(years + 1, rate + 0.01)).toBeLessThan(discountFactor(years + 1, rate));
    }),
  );
});

const amounts = fc.array(real(-1000, 1000), { minLength: 1, maxLength: 40 });

test("a present value: what would have to be put by today, and a flow put off a year is worth a year less", () => {
  fc.assert(
    fc.property(amounts, real(0, 0.2), real(-5, 5), (flow, rate, times) => {
      const worth = presentValue(flow, rate);
      // Put by with interest, it pays out each amount and ends at nothing.
      let left = worth;
      for (const amount of flow) left = (left - amount) * (1 + rate);
      expect(left / (1 + rate) ** flow.length).toBeCloseTo(0, 6);
      expect(presentValue([0, ...flow], rate)).toBeCloseTo(worth / (1 + rate), 6);
      expect(
        presentValue(
          flow.map((amount) => amount * times),
          rate,
        ),
      ).toBeCloseTo(worth * times, 6);
    }),
  );
});

const levels = fc.array(real(40, 80), { minLength: 2, maxLength: 6 });

test("implicit weights: 1 for the reference, rising for the worse off, squared by twice the aversion", () => {
  fc.assert(
    fc.property(
      levels,
      real(0.05, 5),
      fc.constantFrom("atkinson", "kolm"),
      fc.nat(),
      (list, size, kind, seed) => {
        const aversion = kind === "kolm" ? size / 30 : size;
        const reference = seed % list.length;
        const weights = there(implicitWeights(list, { kind, aversion, reference }));
        expect(weights[reference]).toBe(1);
        const twice = there(implicitWeights(list, { kind, aversion: 2 * aversion, reference }));
        const none = there(implicitWeights(list, { kind, aversion: 0, reference }));
        list.forEach((level, i) => {
          const apart =
            kind === "kolm" ? list[reference]! - level : Math.log(list[reference]! / level);
          expect(Math.log(weights[i]!)).toBeCloseTo(aversion * apart, 9);
          expect(twice[i]! / weights[i]! ** 2).toBeCloseTo(1, 9);
          expect(none[i]).toBe(1);
          list.forEach((other, j) => {
            if (level < other - 1e-6) expect(weights[i]).toBeGreaterThan(weights[j]!);
          });
        });
      },
    ),
  );
});

const people = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 6, maxLength: 6 });

test("a gain: none for no change, the mean's at no aversion, nearly the worst off's at a great one", () => {
  fc.assert(
    fc.property(
      levels,
      people,
      fc.array(real(0, 2), { minLength: 6, maxLength: 6 }),
      (list, all, lifts) => {
        const population = all.slice(0, list.length);
        const policy = list.map((level, i) => level + lifts[i]!);
        const everyone = population.reduce((a, b) => a + b, 0);
        const gains = there(gainsAtAversions(list, policy, population, [0, 1, 600]));
        expect(gains.map((gain) => gain.aversion)).toEqual([0, 1, 600]);
        for (const gain of gains) expect(gain.value).toBeCloseTo(gain.perPerson * everyone, 6);
        const health = lifts.slice(0, list.length).map((lift, i) => lift * population[i]!);
        expect(gains[0]!.value).toBeCloseTo(
          health.reduce((a, b) => a + b, 0),
          5,
        );
        // Of aversion 1: the geometric mean, by products of logarithms.
        const geometric = (values: readonly number[]) =>
          Math.exp(
            values.reduce((sum, value, i) => sum + population[i]! * Math.log(value), 0) / everyone,
          );
        expect(gains[1]!.perPerson).toBeCloseTo(geometric(policy) - geometric(list), 8);
        expect(
          Math.abs(gains[2]!.perPerson - (Math.min(...policy) - Math.min(...list))),
        ).toBeLessThan(1.5);
        for (const gain of there(gainsAtAversions(list, list, population, [0, 3, 10])))
          expect(gain.value).toBeCloseTo(0, 9);
        const forth = there(gainsAtAversions(list, policy, population, [2]))[0]!;
        const back = there(gainsAtAversions(policy, list, population, [2]))[0]!;
        expect(back.value).toBeCloseTo(-forth.value, 6);
      },
    ),
  );
});

test("the crossing: the same from either side and for any number of people, preference turns there", () => {
  fc.assert(
    fc.property(
      real(50, 60),
      real(5, 20),
      real(0.2, 1),
      real(0.1, 0.9),
      (low, apart, lift, part) => {
        // The first gives all to the better off, the second less of it to the worse off.
        const first = [low, low + apart + lift];
        const second = [low + lift * part, low + apart];
        const crossing = aversionWherePoliciesCross(first, second, [1, 1]);
        const worth = (levels: readonly number[], aversion: number) =>
          there(equallyDistributedEquivalent(levels, [1, 1], { aversion })).value;
        if (isAbsent(crossing)) {
          for (const aversion of [0, 5, 15, 29])
            expect(worth(first, aversion)).toBeGreaterThan(worth(second, aversion));
          return;
        }
        expect(worth(first, crossing - 0.01)).toBeGreaterThan(worth(second, crossing - 0.01));
        expect(worth(first, crossing + 0.01)).toBeLessThan(worth(second, crossing + 0.01));
        expect(there(aversionWherePoliciesCross(second, first, [1, 1]))).toBeCloseTo(crossing, 6);
        expect(there(aversionWherePoliciesCross(first, second, [700, 700]))).toBeCloseTo(
          crossing,
          6,
        );
        const tenfold = (levels: readonly number[]) => levels.map((level) => 10 * level);
        expect(
          there(aversionWherePoliciesCross(tenfold(first), tenfold(second), [1, 1])),
        ).toBeCloseTo(crossing, 5);
      },
    ),
  );
});
