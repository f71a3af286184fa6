import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AversionKind,
  aversionWherePoliciesCross,
  discountFactor,
  equallyDistributedEquivalent,
  gainsAtAversions,
  implicitWeights,
  isAbsent,
  netHealthBenefit,
  presentValue,
  qualityAdjustedLifeExpectancy,
  type Result,
} from "../../src/index.ts";

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}
const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const groups = fc.array(fc.record({ level: positive(1, 90), people: positive(0.1, 50) }), {
  minLength: 1,
  maxLength: 8,
});
const levelsOf = (list: { level: number }[]) => list.map(({ level }) => level);
const peopleOf = (list: { people: number }[]) => list.map(({ people }) => people);
const aversions: Record<AversionKind, fc.Arbitrary<number>> = {
  atkinson: fc.oneof(fc.constantFrom(0, 1), positive(0, 20)),
  kolm: fc.oneof(fc.constant(0), positive(0.001, 0.5)),
  extendedGini: positive(1, 8),
};

describe.each(["atkinson", "kolm", "extendedGini"] as const)("%s equivalent", (kind) => {
  const of = (levels: number[], people: number[], aversion: number) =>
    there(equallyDistributedEquivalent(levels, people, { kind, aversion }));

  test("lies between the lowest level and the mean, and falls as aversion rises", () => {
    fc.assert(
      fc.property(groups, aversions[kind], (list, aversion) => {
        const found = of(levelsOf(list), peopleOf(list), aversion);
        expect(found.value).toBeLessThanOrEqual(found.mean + 1e-9);
        expect(found.value).toBeGreaterThanOrEqual(Math.min(...levelsOf(list)) - 1e-9);
        const more = of(levelsOf(list), peopleOf(list), aversion + 0.5);
        expect(more.value).toBeLessThanOrEqual(found.value + 1e-9);
      }),
    );
  });

  test("is the level itself where all are equal; order and the unit of people do not matter", () => {
    fc.assert(
      fc.property(groups, aversions[kind], positive(2, 9), (list, aversion, times) => {
        const level = list[0]!.level;
        const equal = of(
          list.map(() => level),
          peopleOf(list),
          aversion,
        );
        expect(equal.value).toBeCloseTo(level, 8);
        expect(equal.index).toBeCloseTo(0, 8);
        const found = of(levelsOf(list), peopleOf(list), aversion);
        const turned = [...list].reverse();
        const scaled = peopleOf(turned).map((people) => people * times);
        expect(of(levelsOf(turned), scaled, aversion).value).toBeCloseTo(found.value, 7);
      }),
    );
  });

  test("a transfer from better to worse off never lowers it", () => {
    fc.assert(
      fc.property(positive(1, 40), positive(1, 40), aversions[kind], (low, gap, aversion) => {
        const before = of([low, low + gap], [1, 1], aversion).value;
        const after = of([low + gap / 4, low + (3 * gap) / 4], [1, 1], aversion).value;
        expect(after).toBeGreaterThanOrEqual(before - 1e-9);
      }),
    );
  });

  test("scales with the levels, or shifts with them", () => {
    fc.assert(
      fc.property(groups, aversions[kind], positive(1, 5), (list, aversion, by) => {
        const found = of(levelsOf(list), peopleOf(list), aversion).value;
        if (kind !== "kolm") {
          const scaled = of(
            levelsOf(list).map((level) => level * by),
            peopleOf(list),
            aversion,
          );
          expect(scaled.value / by).toBeCloseTo(found, 7);
        }
        if (kind !== "atkinson") {
          const shifted = of(
            levelsOf(list).map((level) => level + by),
            peopleOf(list),
            aversion,
          );
          expect(shifted.value - by).toBeCloseTo(found, 7);
        }
      }),
    );
  });
});

test("implicit weights are the slopes of the equivalent against the reference group's", () => {
  fc.assert(
    fc.property(
      groups,
      fc.constantFrom("atkinson", "kolm"),
      positive(0.05, 3),
      (list, kind, size) => {
        const aversion = kind === "kolm" ? size / 30 : size;
        const levels = levelsOf(list);
        const people = levels.map(() => 1);
        const weights = there(implicitWeights(levels, { kind, aversion }));
        const slope = (i: number) => {
          const step = 1e-4;
          const moved = (by: number) =>
            there(
              equallyDistributedEquivalent(
                levels.map((level, j) => (i === j ? level + by : level)),
                people,
                { kind, aversion },
              ),
            ).value;
          return (moved(step) - moved(-step)) / (2 * step);
        };
        const last = slope(levels.length - 1);
        weights.forEach((weight, i) => {
          expect(slope(i) / last / weight).toBeCloseTo(1, 3);
        });
        // And the interval's standard error is made of the same slopes.
        const standardErrors = levels.map((_, i) => i + 1);
        const found = there(
          equallyDistributedEquivalent(levels, people, { kind, aversion, standardErrors }),
        );
        const variance = standardErrors.reduce((sum, error, i) => sum + (slope(i) * error) ** 2, 0);
        expect(found.standardError! / Math.sqrt(variance)).toBeCloseTo(1, 3);
      },
    ),
  );
});

describe("quality-adjusted life expectancy", () => {
  const table = fc
    .array(
      fc.record({
        years: positive(1, 10),
        mortality: positive(0.0001, 0.3),
        quality: positive(0.1, 1),
        deaths: fc.integer({ min: 1, max: 500 }),
      }),
      { minLength: 1, maxLength: 20 },
    )
    .map((bands) => ({
      years: bands.map(({ years }) => years),
      mortality: bands.map(({ mortality }) => mortality),
      quality: bands.map(({ quality }) => quality),
      deaths: bands.map(({ deaths }) => deaths),
    }));

  test("full quality is life expectancy; quality scales it; more deaths shorten it", () => {
    fc.assert(
      fc.property(table, positive(0.1, 1), (bands, share) => {
        const found = there(qualityAdjustedLifeExpectancy(bands));
        const full = there(
          qualityAdjustedLifeExpectancy({ ...bands, quality: bands.quality.map(() => 1) }),
        );
        expect(full.value).toBeCloseTo(full.lifeExpectancy, 9);
        expect(found.value).toBeLessThanOrEqual(full.value + 1e-9);
        const less = { ...bands, quality: bands.quality.map((quality) => quality * share) };
        expect(there(qualityAdjustedLifeExpectancy(less)).value / share).toBeCloseTo(
          found.value,
          7,
        );
        const deadlier = { ...bands, mortality: bands.mortality.map((rate) => rate * 1.5) };
        const shorter = there(qualityAdjustedLifeExpectancy(deadlier));
        expect(shorter.lifeExpectancy).toBeLessThanOrEqual(found.lifeExpectancy + 1e-12);
      }),
    );
  });

  test("the interval is made of the slopes in the chances of dying", () => {
    fc.assert(
      fc.property(table, (bands) => {
        const chance = (x: number) => {
          const nm = bands.years[x]! * bands.mortality[x]!;
          return nm / (1 + nm / 2);
        };
        // A table is set by its chances of dying; turn a moved chance back into a rate.
        const withChance = (x: number, q: number) => ({
          ...bands,
          mortality: bands.mortality.map((rate, y) =>
            y === x ? q / (bands.years[x]! * (1 - q / 2)) : rate,
          ),
        });
        const found = there(qualityAdjustedLifeExpectancy(bands));
        let variance = 0;
        for (let x = 0; x < bands.years.length - 1; x++) {
          const q = chance(x);
          if (q > 0.99) return;
          const at = (value: number) =>
            there(qualityAdjustedLifeExpectancy(withChance(x, value))).value;
          const slope = (at(q + 1e-5) - at(q - 1e-5)) / 2e-5;
          variance += (slope * slope * q * q * (1 - q)) / bands.deaths[x]!;
        }
        expect(found.standardError! ** 2).toBeCloseTo(variance, 4);
      }),
    );
  });
});

describe("net health benefit", () => {
  const change = fc
    .array(fc.record({ people: positive(0, 5000), share: positive(0.01, 1) }), {
      minLength: 1,
      maxLength: 6,
    })
    .map((list) => {
      const sum = list.reduce((all, { share }) => all + share, 0);
      return {
        recipients: list.map(({ people }) => people),
        shares: list.map(({ share }) => share / sum),
      };
    });

  test("groups add up to the total, whoever bears the cost", () => {
    fc.assert(
      fc.property(
        change,
        positive(0, 1),
        positive(0, 900),
        positive(5000, 30_000),
        (who, gain, cost, threshold) => {
          const money = { benefitPerPerson: gain, costPerPerson: cost, threshold };
          const found = netHealthBenefit({ ...who, ...money });
          const flat = netHealthBenefit({ recipients: who.recipients, ...money });
          const sum = found.groups.reduce((all, { value }) => all + value, 0);
          expect(sum).toBeCloseTo(found.total.value, 6);
          expect(flat.total.value).toBeCloseTo(found.total.value, 6);
          // Worth it exactly when a QALY costs less than the threshold.
          if (gain > 0.001 && who.recipients.some((people) => people > 1)) {
            const margin = cost / gain - threshold;
            if (Math.abs(margin) > 1) expect(found.total.value > 0).toBe(margin < 0);
          }
        },
      ),
    );
  });

  test("one number for all is the same as the number for each; errors shrink to nothing without any", () => {
    fc.assert(
      fc.property(change, positive(0, 1), positive(0, 900), (who, gain, cost) => {
        const each = (value: number) => who.recipients.map(() => value);
        const common = { ...who, benefitPerPerson: gain, costPerPerson: cost, threshold: 15_000 };
        const found = netHealthBenefit({
          ...common,
          standardErrorOfBenefit: 0,
          standardErrorOfCost: 0,
        });
        const apart = netHealthBenefit({
          ...common,
          benefitPerPerson: each(gain),
          costPerPerson: each(cost),
        });
        found.groups.forEach((group, g) => {
          expect(group.value).toBeCloseTo(apart.groups[g]!.value, 9);
          expect(group.lower).toBe(group.value);
        });
        // An error that is common to all groups does not average out; one of each group does.
        const shared = netHealthBenefit({ ...common, standardErrorOfBenefit: 0.1 }).total;
        const own = netHealthBenefit({ ...common, standardErrorOfBenefit: each(0.1) }).total;
        expect(own.standardError!).toBeLessThanOrEqual(shared.standardError! + 1e-9);
      }),
    );
  });
});

test("discounting: a constant flow is a geometric sum, and no rate is a plain sum", () => {
  fc.assert(
    fc.property(positive(0.001, 0.2), fc.integer({ min: 1, max: 60 }), (rate, years) => {
      const flow = Array.from({ length: years }, () => 100);
      const factor = discountFactor(1, rate);
      expect(presentValue(flow, rate)).toBeCloseTo((100 * (1 - factor ** years)) / (1 - factor), 6);
      expect(presentValue(flow, 0)).toBe(100 * years);
      expect(discountFactor(years, rate) * discountFactor(-years, rate)).toBeCloseTo(1, 9);
    }),
  );
});

test("policies: the gain at no aversion is the sum of health, and at the crossing the two are worth the same", () => {
  fc.assert(
    fc.property(groups, positive(0.1, 1), (list, lift) => {
      const levels = levelsOf(list).map((level) => level + 20);
      const people = peopleOf(list);
      const better = levels.map((level) => level + lift);
      const gain = there(gainsAtAversions(levels, better, people, [0]))[0]!;
      const everyone = people.reduce((sum, count) => sum + count, 0);
      expect(gain.value).toBeCloseTo(lift * everyone, 6);
      expect(gain.perPerson).toBeCloseTo(lift, 9);
      // A policy that gives less in all, but all of it to the worst off.
      const worst = levels.indexOf(Math.min(...levels));
      const targeted = levels.map((level, i) =>
        i === worst ? level + (0.9 * lift * everyone) / people[i]! : level,
      );
      const crossing = aversionWherePoliciesCross(better, targeted, people);
      if (isAbsent(crossing)) return;
      const [first, second] = [better, targeted].map((policy) =>
        there(equallyDistributedEquivalent(policy, people, { aversion: crossing })),
      );
      expect(first!.value).toBeCloseTo(second!.value, 6);
    }),
  );
});
