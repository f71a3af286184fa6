import fc from "fast-check";
import { expect, test } from "vitest";
import {
  binomialProbability,
  binomialUpperTail,
  byarLimits,
  clopperPearson,
  compareProportions,
  compareProportionsInto,
  countLimits,
  countRate,
  type Estimate,
  estimateArrays,
  exactPoissonLimits,
  isAbsent,
  katzInto,
  meanFromSums,
  newcombeInto,
  poissonProbability,
  poissonUpperTail,
  proportion,
  proportionDifference,
  proportionRatio,
  quantileGroups,
  type Result,
  rateRatio,
  repeatedEventRate,
  sampleMean,
  sampleQuantile,
  wilsonInto,
} from "../../src/index.ts";

const share = fc
  .integer({ min: 1, max: 3000 })
  .chain((denominator) =>
    fc.integer({ min: 0, max: denominator }).map((numerator) => ({ numerator, denominator })),
  );
const confidence = fc.double({ min: 0.5, max: 0.999, noNaN: true });
const count = fc.integer({ min: 0, max: 5000 });
const positive = fc.integer({ min: 1, max: 5000 });

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}
const holds = ({ value, lower, upper }: Estimate) => {
  expect(lower).toBeLessThanOrEqual(value + 1e-12);
  expect(upper).toBeGreaterThanOrEqual(value - 1e-12);
};
const turned = ({ numerator, denominator }: { numerator: number; denominator: number }) => ({
  numerator: denominator - numerator,
  denominator,
});

test("Wilson: within 0 to 1, around the share, mirrored for those not reached", () => {
  fc.assert(
    fc.property(share, confidence, ({ numerator, denominator }, c) => {
      const p = there(proportion(numerator, denominator, { confidence: c }));
      const q = there(proportion(denominator - numerator, denominator, { confidence: c }));
      holds(p);
      expect(p.lower).toBeGreaterThanOrEqual(0);
      expect(p.upper).toBeLessThanOrEqual(1);
      expect(p.lower).toBeCloseTo(1 - q.upper, 12);
    }),
  );
});

test("Wilson: its ends are the shares whose score test just rejects", () => {
  fc.assert(
    fc.property(share, ({ numerator, denominator }) => {
      const { value, lower, upper } = there(proportion(numerator, denominator));
      for (const end of [lower, upper].filter((p) => p > 0 && p < 1)) {
        const z = (value - end) / Math.sqrt((end * (1 - end)) / denominator);
        expect(Math.abs(z)).toBeCloseTo(1.959963984540054, 6);
      }
    }),
  );
});

test("Clopper and Pearson: holds Wilson's centre, and its ends have the tail asked for", () => {
  fc.assert(
    fc.property(share, confidence, ({ numerator, denominator }, c) => {
      const { value, lower, upper } = there(
        clopperPearson(numerator, denominator, { confidence: c }),
      );
      holds({ value, lower, upper });
      if (numerator > 0)
        expect(binomialUpperTail(numerator - 1, denominator, lower)).toBeCloseTo((1 - c) / 2, 8);
      if (numerator < denominator)
        expect(binomialProbability(numerator, denominator, upper)).toBeCloseTo((1 - c) / 2, 8);
    }),
  );
});

test("Newcombe: turned over when the groups are exchanged or the unreached are counted", () => {
  fc.assert(
    fc.property(share, share, confidence, (a, b, c) => {
      const gap = there(proportionDifference(a, b, { confidence: c }));
      const back = there(proportionDifference(b, a, { confidence: c }));
      const others = there(proportionDifference(turned(a), turned(b), { confidence: c }));
      holds(gap);
      expect(gap.lower).toBeGreaterThanOrEqual(-1 - 1e-12);
      expect(gap.lower).toBeCloseTo(-back.upper, 12);
      expect(gap.lower).toBeCloseTo(-others.upper, 12);
      expect(there(proportionDifference(a, a)).value).toBe(0);
    }),
  );
});

test("the arrays hold what the single functions give", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 20 }), (pairs) => {
      const as = pairs.map(([a]) => a);
      const bs = pairs.map(([, b]) => b);
      const single = estimateArrays(pairs.length);
      const both = estimateArrays(pairs.length);
      const ratios = estimateArrays(pairs.length);
      const ns = as.map((a) => a.denominator);
      wilsonInto(
        as.map((a) => a.numerator),
        ns,
        single,
      );
      const counts = {
        numeratorsA: as.map((a) => a.numerator),
        denominatorsA: ns,
        numeratorsB: bs.map((b) => b.numerator),
        denominatorsB: bs.map((b) => b.denominator),
      };
      newcombeInto(counts, both);
      katzInto(counts, ratios);
      const pValues = new Float64Array(counts.numeratorsA.length);
      compareProportionsInto(counts, pValues);
      pairs.forEach(([a, b], i) => {
        const share = there(proportion(a.numerator, a.denominator));
        const d = there(proportionDifference(a, b));
        expect([single.values[i], single.lowers[i], single.uppers[i]]).toEqual([
          share.value,
          share.lower,
          share.upper,
        ]);
        expect([both.values[i], both.lowers[i], both.uppers[i]]).toEqual([
          d.value,
          d.lower,
          d.upper,
        ]);
        expect([single.present[i], both.present[i]]).toEqual([1, 1]);
        expect(pValues[i]).toBe(there(compareProportions(a, b)).p);
        const ratio = proportionRatio(a, b);
        expect(ratios.present[i]).toBe(isAbsent(ratio) ? 0 : 1);
        if (!isAbsent(ratio))
          expect([ratios.values[i], ratios.lowers[i], ratios.uppers[i]]).toEqual([
            ratio.value,
            ratio.lower,
            ratio.upper,
          ]);
      });
    }),
  );
});

test("comparing: the same both ways, 1 for equal shares, smaller for a larger gap", () => {
  fc.assert(
    fc.property(share, share, (a, b) => {
      const { p, difference } = there(compareProportions(a, b));
      const back = there(compareProportions(b, a));
      expect(p).toBeCloseTo(back.p, 9);
      expect(difference).toBeCloseTo(-back.difference, 12);
      expect(p).toBeGreaterThanOrEqual(0);
      expect(p).toBeLessThanOrEqual(1);
      const double = { numerator: 2 * a.numerator, denominator: 2 * a.denominator };
      const same = there(compareProportions(a, double));
      // The mid-p of the likeliest table is at most half its own chance below 1.
      expect(same.p).toBeGreaterThan(0.4);
    }),
  );
});

test("comparing: the mid-p is never above Fisher's, worked out term by term", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 30 }),
      fc.nat(12),
      fc.nat(4),
      (na, nb, x, y) => {
        fc.pre(x <= na && y <= nb);
        const result = there(
          compareProportions({ numerator: x, denominator: na }, { numerator: y, denominator: nb }),
        );
        fc.pre(result.method === "midP" && x + y > 0 && x + y < na + nb);
        const choose = (n: number, k: number): number =>
          k < 0 || k > n ? 0 : k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k;
        const mass = (i: number) =>
          (choose(na, i) * choose(nb, x + y - i)) / choose(na + nb, x + y);
        let fisher = 0;
        let equal = 0;
        for (let i = 0; i <= na; i++) {
          if (mass(i) <= mass(x) * (1 + 1e-7)) fisher += mass(i);
          if (mass(i) > 0 && Math.abs(mass(i) / mass(x) - 1) <= 1e-7) equal += mass(i);
        }
        expect(result.p).toBeCloseTo(fisher - equal / 2, 9);
      },
    ),
  );
});

test("counts: exact limits have the tails asked for, Byar's are near, and each widens with confidence", () => {
  fc.assert(
    fc.property(count, confidence, (x, c) => {
      const { lower, upper } = exactPoissonLimits(x, { confidence: c });
      if (x > 0) expect(poissonUpperTail(x - 1, lower)).toBeCloseTo((1 - c) / 2, 9);
      expect(poissonProbability(x, upper)).toBeCloseTo((1 - c) / 2, 9);
      const byar = byarLimits(x, { confidence: c });
      if (x >= 10) {
        expect(Math.abs(byar.lower / lower - 1)).toBeLessThan(0.02);
        expect(Math.abs(byar.upper / upper - 1)).toBeLessThan(0.02);
      }
      expect(countLimits(x, { confidence: c })).toEqual(
        x < 10 ? exactPoissonLimits(x, { confidence: c }) : byar,
      );
      expect(byarLimits(x, { confidence: 0.9995 }).upper).toBeGreaterThan(byar.upper);
    }),
  );
});

test("a rate scales with `per` and against the denominator", () => {
  fc.assert(
    fc.property(count, positive, positive, (x, n, per) => {
      const one = there(countRate(x, n));
      holds(one);
      expect(there(countRate(x, n, { per })).upper).toBeCloseTo(one.upper * per, 6);
      expect(there(countRate(x, 2 * n)).lower).toBeCloseTo(one.lower / 2, 12);
    }),
  );
});

test("a ratio of shares: turned over when exchanged, holds its value, and the score agrees with Katz for many", () => {
  fc.assert(
    fc.property(share, share, (a, b) => {
      fc.pre(a.numerator > 0 && b.numerator > 0);
      const katz = there(proportionRatio(a, b));
      holds(katz);
      expect(katz.lower).toBeCloseTo(1 / there(proportionRatio(b, a)).upper, 9);
      const score = there(proportionRatio(a, b, { interval: "score" }));
      holds(score);
      const back = there(proportionRatio(b, a, { interval: "score" }));
      expect(score.lower * back.upper).toBeCloseTo(1, 6);
      const many = (s: typeof a) => ({
        numerator: s.numerator * 1e6,
        denominator: s.denominator * 1e6,
      });
      fc.pre(a.numerator < a.denominator && b.numerator < b.denominator);
      const big = there(proportionRatio(many(a), many(b), { interval: "score" }));
      expect(big.upper / there(proportionRatio(many(a), many(b))).upper).toBeCloseTo(1, 3);
    }),
  );
});

test("a ratio of rates: turned over when exchanged, and scaled by the denominators", () => {
  fc.assert(
    fc.property(positive, positive, positive, positive, (x, n, y, m) => {
      const ratio = there(
        rateRatio({ numerator: x, denominator: n }, { numerator: y, denominator: m }),
      );
      const back = there(
        rateRatio({ numerator: y, denominator: m }, { numerator: x, denominator: n }),
      );
      holds(ratio);
      expect(ratio.lower * back.upper).toBeCloseTo(1, 7);
      const half = there(
        rateRatio({ numerator: x, denominator: 2 * n }, { numerator: y, denominator: m }),
      );
      expect(half.upper / ratio.upper).toBeCloseTo(0.5, 9);
    }),
  );
});

test("repeated events: with one each it is the plain rate, with more the interval is wider", () => {
  fc.assert(
    fc.property(positive, fc.nat(50), positive, (once, thrice, n) => {
      const plain = there(countRate(once, n));
      expect(there(repeatedEventRate([once], n))).toMatchObject({
        lower: expect.closeTo(plain.lower, 10),
        upper: expect.closeTo(plain.upper, 9),
      });
      const rate = there(repeatedEventRate([once, 0, thrice], n));
      const independent = there(countRate(once + 3 * thrice, n));
      expect(rate.value).toBeCloseTo(independent.value, 12);
      expect(rate.upper).toBeGreaterThanOrEqual(independent.upper - 1e-12);
      expect(rate.lower).toBeGreaterThanOrEqual(0);
    }),
  );
});

const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), {
  minLength: 2,
  maxLength: 60,
});

test("a mean moves and stretches with its values, and sums give the same", () => {
  fc.assert(
    fc.property(values, fc.double({ min: -50, max: 50, noNaN: true }), (xs, by) => {
      const mean = there(sampleMean(xs));
      const moved = there(sampleMean(xs.map((x) => 3 * x + by)));
      expect(moved.lower).toBeCloseTo(3 * mean.lower + by, 6);
      expect(moved.upper).toBeCloseTo(3 * mean.upper + by, 6);
      const whole = xs.map(Math.round);
      const sums = there(
        meanFromSums(
          whole.length,
          whole.reduce((a, b) => a + b, 0),
          whole.reduce((a, b) => a + b * b, 0),
        ),
      );
      expect(sums.upper).toBeCloseTo(there(sampleMean(whole)).upper, 6);
    }),
  );
});

test("a quantile is an order statistic's neighbour, whatever the order, and holds its value", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 8, maxLength: 60 }),
      (xs) => {
        const median = there(sampleQuantile(xs, 0.5));
        holds(median);
        expect(there(sampleQuantile(xs.slice().reverse(), 0.5))).toEqual(median);
        const up = there(
          sampleQuantile(
            xs.map((x) => 2 * x + 1),
            0.5,
          ),
        );
        expect(up.lower).toBeCloseTo(2 * median.lower + 1, 9);
        expect(xs).toContain(median.lower);
      },
    ),
  );
});

test("quantile groups: equal values together, higher values never lower, sizes within one without ties", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(30), { minLength: 10, maxLength: 80 }),
      fc.integer({ min: 1, max: 10 }),
      (xs, groups) => {
        const found = quantileGroups(xs, groups);
        xs.forEach((x, i) => {
          xs.forEach((y, j) => {
            if (x === y) expect(found[i]).toBe(found[j]);
            if (x < y) expect(found[i]).toBeLessThanOrEqual(found[j] as number);
          });
        });
        const distinct = quantileGroups(
          xs.map((_, i) => i),
          groups,
        );
        const sizes = Array.from(
          { length: groups },
          (_, g) => distinct.filter((v) => v === g + 1).length,
        );
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test("what the data cannot give is a typed reason, what no data could give throws", () => {
  expect(sampleMean([3])).toMatchObject({ absent: "tooFew" });
  expect(meanFromSums(0, 0, 0)).toMatchObject({ absent: "tooFew" });
  expect(sampleQuantile([1, 2, 3], 0.5)).toMatchObject({ absent: "tooFew" });
  expect(repeatedEventRate([1], 0)).toMatchObject({ absent: "zeroDenominator" });
  const none = { numerator: 0, denominator: 5 };
  const some = { numerator: 2, denominator: 5 };
  expect(rateRatio(some, none)).toMatchObject({ absent: "zeroDenominator" });
  expect(proportionRatio(some, none)).toMatchObject({ absent: "zeroDenominator" });
  expect(proportionRatio(none, some)).toMatchObject({ value: 0, lower: 0 });
  expect(
    proportionRatio(some, { numerator: 1, denominator: 500 }, { minimumReference: 0.01 }),
  ).toMatchObject({
    absent: "tooFew",
  });
  expect(clopperPearson(0, 0)).toMatchObject({ absent: "zeroDenominator" });
  expect(() => quantileGroups([1, 2], 3)).toThrow(/number of groups/);
  expect(() => sampleMean([1, Number.NaN])).toThrow(/value at 1/);
  expect(() => repeatedEventRate([-1], 3)).toThrow(/people by events/);
});
