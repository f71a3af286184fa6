import fc from "fast-check";
import { expect, test } from "vitest";
import {
  byarLimits,
  clopperPearson,
  compareProportionsInto,
  countLimits,
  countRate,
  differenceInMeans,
  estimateArrays,
  exactPoissonLimits,
  isAbsent,
  katzInto,
  meanFromSums,
  newcombeInto,
  normalProbability,
  normalQuantile,
  proportion,
  proportionDifference,
  proportionRatio,
  quantileGroups,
  type Result,
  rateRatio,
  repeatedEventRate,
  sampleMean,
  sampleQuantile,
  studentQuantile,
  wilsonInto,
} from "../../src/index.ts";

// Each against the slow and plain way: sums term by term, sorting, search by halving.

const whole = (min: number, max: number) => fc.integer({ min, max });
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const share = whole(1, 300).chain((denominator) =>
  whole(0, denominator).map((numerator) => ({ numerator, denominator })),
);
const confidence = real(0.5, 0.999);

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

/** Where a rising function passes a height, by halving. */
function where(rising: (x: number) => number, height: number, low: number, high: number): number {
  let [from, to] = [low, high];
  for (let i = 0; i < 200; i++) {
    const middle = (from + to) / 2;
    if (rising(middle) < height) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

/** P(X ≤ k) of a Poisson count, term by term on the logarithm. */
function atMost(k: number, mean: number): number {
  let log = -mean;
  let sum = Math.exp(log);
  for (let i = 1; i <= k; i++) {
    log += Math.log(mean / i);
    sum += Math.exp(log);
  }
  return sum;
}

test("Clopper and Pearson hold Wilson's value, widen with confidence, narrow with people, and mirror", () => {
  fc.assert(
    fc.property(share, confidence, ({ numerator, denominator }, c) => {
      const p = there(clopperPearson(numerator, denominator, { confidence: c }));
      const rest = there(clopperPearson(denominator - numerator, denominator, { confidence: c }));
      expect(p.lower).toBeCloseTo(1 - rest.upper, 9);
      expect(p.value).toBe(there(proportion(numerator, denominator)).value);
      const surer = there(clopperPearson(numerator, denominator, { confidence: (1 + c) / 2 }));
      expect(surer.upper - surer.lower).toBeGreaterThan(p.upper - p.lower);
      const more = there(clopperPearson(numerator * 9, denominator * 9, { confidence: c }));
      expect(more.upper - more.lower).toBeLessThan(p.upper - p.lower);
      // With none reached, the upper end is the share at which none is that rare.
      const none = there(clopperPearson(0, denominator, { confidence: c }));
      expect(none.upper).toBeCloseTo(1 - ((1 - c) / 2) ** (1 / denominator), 9);
    }),
  );
});

test("limits of a count are the means under which so many or so few are that rare", () => {
  fc.assert(
    fc.property(whole(0, 120), confidence, (x, c) => {
      const tail = (1 - c) / 2;
      const lower = x === 0 ? 0 : where((mean) => 1 - atMost(x - 1, mean), tail, 0, 400);
      const upper = where((mean) => -atMost(x, mean), -tail, 0, 400);
      const exact = exactPoissonLimits(x, { confidence: c });
      expect(exact.lower).toBeCloseTo(lower, 7);
      expect(exact.upper).toBeCloseTo(upper, 7);
      const rule = countLimits(x, { confidence: c });
      expect(rule.method).toBe(x < 10 ? "exact" : "byar");
      expect(Math.abs(rule.upper / upper - 1)).toBeLessThan(0.01);
      expect(rule.lower).toBeLessThanOrEqual(x);
    }),
  );
});

test("Byar's limits are normal on the cube root: turned back they give the z, and they rise with the count", () => {
  fc.assert(
    fc.property(whole(1, 5000), confidence, (x, c) => {
      const { lower, upper } = byarLimits(x, { confidence: c });
      const z = normalQuantile((1 + c) / 2);
      // Wilson and Hilferty: (mean/x)^⅓ is normal with mean 1 − 1/9x and deviation 1/3√x.
      const turned = (limit: number, count: number) =>
        (Math.cbrt(limit / count) - (1 - 1 / (9 * count))) * 3 * Math.sqrt(count);
      if (lower > 0) expect(turned(lower, x)).toBeCloseTo(-z, 6);
      expect(turned(upper, x + 1)).toBeCloseTo(z, 6);
      const next = byarLimits(x + 1, { confidence: c });
      expect(next.lower).toBeGreaterThanOrEqual(lower);
      expect(next.upper).toBeGreaterThan(upper);
    }),
  );
});

const pairs = fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 12 });

test("room for estimates is as long as asked, zero, and its own", () => {
  fc.assert(
    fc.property(whole(0, 50), (length) => {
      const [one, other] = [estimateArrays(length), estimateArrays(length)];
      for (const part of [one.values, one.lowers, one.uppers, one.present]) {
        expect(part).toHaveLength(length);
        expect(part.every((value) => value === 0)).toBe(true);
        part.fill(1);
      }
      for (const part of [other.values, other.lowers, other.uppers, other.present])
        expect(part.every((value) => value === 0)).toBe(true);
    }),
  );
});

test("many at once: each place depends on its own counts alone, and empty ones are not present", () => {
  fc.assert(
    fc.property(pairs, confidence, fc.nat(), (list, c, seed) => {
      const empty = seed % list.length;
      const a = list.map(([one]) => one);
      const b = list.map(([, one], i) => (i === empty ? { numerator: 0, denominator: 0 } : one));
      const fill = (order: readonly number[]) => {
        const [single, both] = [estimateArrays(list.length), estimateArrays(list.length)];
        const numeratorsB = order.map((i) => b[i]!.numerator);
        const denominatorsB = order.map((i) => b[i]!.denominator);
        const pairs = {
          numeratorsA: order.map((i) => a[i]!.numerator),
          denominatorsA: order.map((i) => a[i]!.denominator),
          numeratorsB,
          denominatorsB,
        };
        const p = new Float64Array(list.length);
        wilsonInto(numeratorsB, denominatorsB, single, { confidence: c });
        newcombeInto(pairs, both, { confidence: c });
        compareProportionsInto(pairs, p);
        return { single, both, p };
      };
      const order = list.map((_, i) => i);
      const forth = fill(order);
      const back = fill(order.toReversed());
      for (const kind of ["single", "both"] as const)
        for (const part of ["values", "lowers", "uppers", "present"] as const) {
          expect(Array.from(back[kind][part]).reverse()).toEqual(Array.from(forth[kind][part]));
          expect(forth[kind].present[empty]).toBe(0);
        }
      expect(Array.from(back.p).reverse()).toEqual(Array.from(forth.p));
      expect(forth.p[empty]).toBe(1);
      order.forEach((i) => {
        if (i === empty) return;
        const options = { confidence: c };
        const alone = there(proportion(b[i]!.numerator, b[i]!.denominator, options));
        expect(forth.single.uppers[i]).toBe(alone.upper);
        expect(forth.both.lowers[i]).toBe(there(proportionDifference(a[i]!, b[i]!, options)).lower);
      });
    }),
  );
});

test("Katz's interval is the ratio times and over one factor, and none in a group has 0 below", () => {
  fc.assert(
    fc.property(share, share, confidence, (a, b, c) => {
      fc.pre(b.numerator > 0);
      const ratio = there(proportionRatio(a, b, { confidence: c }));
      if (a.numerator === 0) {
        expect(ratio).toMatchObject({ value: 0, lower: 0 });
        expect(ratio.upper).toBeGreaterThan(0);
        return;
      }
      const missed = (s: typeof a) => (s.denominator - s.numerator) / s.denominator / s.numerator;
      const error = Math.sqrt(missed(a) + missed(b));
      const factor = Math.exp(normalQuantile((1 + c) / 2) * error);
      expect(ratio.standardErrorOfLog).toBeCloseTo(error, 9);
      expect(ratio.upper / (ratio.value * factor)).toBeCloseTo(1, 9);
      expect((ratio.lower * factor) / ratio.value).toBeCloseTo(1, 9);
      expect(ratio.value * there(proportionRatio(b, a)).value).toBeCloseTo(1, 9);
    }),
  );
});

test("the ends of a ratio of rates make the first count, given the sum, that rare", () => {
  fc.assert(
    fc.property(
      whole(0, 40),
      whole(1, 40),
      real(1, 900),
      real(1, 900),
      confidence,
      (x, y, n, m, c) => {
        const ratio = there(
          rateRatio(
            { numerator: x, denominator: n },
            { numerator: y, denominator: m },
            { confidence: c },
          ),
        );
        const total = x + y;
        /** P(X ≤ k) of X binomial among the total, when the rates are so many times apart. */
        const below = (k: number, times: number) => {
          const p = (times * n) / (times * n + m);
          let term = (1 - p) ** total;
          let sum = k >= 0 ? term : 0;
          for (let i = 1; i <= k; i++) {
            term *= (((total - i + 1) / i) * p) / (1 - p);
            sum += term;
          }
          return sum;
        };
        expect(below(x, ratio.upper)).toBeCloseTo((1 - c) / 2, 7);
        if (x > 0) expect(1 - below(x - 1, ratio.lower)).toBeCloseTo((1 - c) / 2, 7);
        expect(ratio.value).toBeCloseTo(x / n / (y / m), 9);
      },
    ),
  );
});

test("many ratios at once: each place is its own pair's, the order does not matter, no reference is not present", () => {
  fc.assert(
    fc.property(pairs, confidence, (list, c) => {
      const fill = (rows: typeof list) => {
        const out = estimateArrays(rows.length);
        katzInto(
          {
            numeratorsA: rows.map(([a]) => a.numerator),
            denominatorsA: rows.map(([a]) => a.denominator),
            numeratorsB: rows.map(([, b]) => b.numerator),
            denominatorsB: rows.map(([, b]) => b.denominator),
          },
          out,
          { confidence: c },
        );
        return out;
      };
      const out = fill(list);
      const back = fill(list.toReversed());
      for (const part of ["values", "lowers", "uppers", "present"] as const)
        expect(Array.from(back[part]).reverse()).toEqual(Array.from(out[part]));
      const z = normalQuantile((1 + c) / 2);
      list.forEach(([a, b], i) => {
        expect(out.present[i]).toBe(b.numerator > 0 ? 1 : 0);
        if (b.numerator === 0 || a.numerator === 0) return;
        const ratio = a.numerator / a.denominator / (b.numerator / b.denominator);
        const missed = (s: typeof a) => 1 / s.numerator - 1 / s.denominator;
        const reach = z * Math.sqrt(missed(a) + missed(b));
        expect(out.values[i]! / ratio).toBeCloseTo(1, 12);
        expect(Math.log(out.uppers[i]! / ratio)).toBeCloseTo(reach, 8);
        expect(Math.log(ratio / out.lowers[i]!)).toBeCloseTo(reach, 8);
      });
    }),
  );
});

test("a difference of means: Welch's error and Satterthwaite's freedom, from the values themselves", () => {
  const values = fc.array(whole(-40, 40), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(
      values,
      values,
      confidence,
      real(0.1, 20),
      whole(-50, 50),
      (a, b, c, unit, shift) => {
        const mean = (xs: readonly number[]) => xs.reduce((all, x) => all + x, 0) / xs.length;
        const part = (xs: readonly number[]) =>
          xs.reduce((all, x) => all + (x - mean(xs)) ** 2, 0) / (xs.length - 1) / xs.length;
        const of = (first: readonly number[], second: readonly number[]) =>
          differenceInMeans(there(sampleMean(first)), there(sampleMean(second)), { confidence: c });
        const found = of(a, b);
        if (isAbsent(found)) {
          expect(part(a) + part(b)).toBe(0);
          return;
        }
        const variance = part(a) + part(b);
        const freedom =
          variance ** 2 / (part(a) ** 2 / (a.length - 1) + part(b) ** 2 / (b.length - 1));
        expect(found.value).toBeCloseTo(mean(a) - mean(b), 10);
        expect(found.standardError).toBeCloseTo(Math.sqrt(variance), 9);
        expect(found.degreesOfFreedom).toBeCloseTo(freedom, 7);
        const t = studentQuantile((1 + c) / 2, freedom);
        expect(found.upper - found.value).toBeCloseTo(t * Math.sqrt(variance), 5);
        expect(found.value - found.lower).toBeCloseTo(t * Math.sqrt(variance), 5);
        // Significant at a level exactly where the interval of that confidence leaves out nothing at all.
        if (Math.abs(found.pValue - (1 - c)) > 1e-6)
          expect(found.pValue < 1 - c).toBe(found.lower > 0 || found.upper < 0);
        const moved = there(
          of(
            a.map((x) => x * unit + shift),
            b.map((x) => x * unit + shift),
          ),
        );
        expect(moved.value / unit).toBeCloseTo(found.value, 6);
        expect(moved.pValue).toBeCloseTo(found.pValue, 6);
        expect(there(of(b, a)).lower).toBeCloseTo(-found.upper, 9);
      },
    ),
  );
});

test("repeated events: the variance is that of adding up each person's, and `per` only changes the unit", () => {
  fc.assert(
    fc.property(
      fc.array(whole(0, 6), { minLength: 1, maxLength: 200 }),
      real(0.5, 5000),
      confidence,
      (perPerson, per, c) => {
        const most = Math.max(1, ...perPerson);
        const byEvents = Array.from(
          { length: most },
          (_, k) => perPerson.filter((events) => events === k + 1).length,
        );
        const options = { confidence: c, per };
        const rate = there(repeatedEventRate(byEvents, perPerson.length, options));
        const events = perPerson.reduce((a, b) => a + b, 0);
        const squares = perPerson.reduce((a, b) => a + b * b, 0);
        expect(rate.numerator).toBe(events);
        expect(rate.value).toBeCloseTo((events / perPerson.length) * per, 6);
        expect(rate.standardError).toBeCloseTo((Math.sqrt(squares) / perPerson.length) * per, 6);
        const plain = there(countRate(events, perPerson.length, options));
        const stretch = events === 0 ? 1 : Math.sqrt(squares / events);
        expect(rate.upper - rate.value).toBeCloseTo(stretch * (plain.upper - plain.value), 5);
        const unit = there(repeatedEventRate(byEvents, perPerson.length, { confidence: c }));
        expect(unit.upper * per).toBeCloseTo(rate.upper, 6);
      },
    ),
  );
});

test("a mean: the two-pass sums of squares, Student's t, and no matter of order", () => {
  fc.assert(
    fc.property(
      fc.array(whole(-500, 500), { minLength: 2, maxLength: 50 }),
      confidence,
      (values, c) => {
        const n = values.length;
        const sum = values.reduce((a, b) => a + b, 0);
        const squares = values.reduce((all, x) => all + (x - sum / n) ** 2, 0);
        const error = Math.sqrt(squares / (n - 1) / n);
        const reach = error * studentQuantile((1 + c) / 2, n - 1);
        const raw = values.reduce((all, x) => all + x * x, 0);
        for (const mean of [
          there(sampleMean(values, { confidence: c })),
          there(sampleMean(values.toReversed(), { confidence: c })),
          there(meanFromSums(n, sum, raw, { confidence: c })),
        ]) {
          expect(mean.value).toBeCloseTo(sum / n, 9);
          expect(mean.standardDeviation).toBeCloseTo(Math.sqrt(squares / (n - 1)), 6);
          expect(mean.standardError).toBeCloseTo(error, 6);
          expect(mean.upper - mean.value).toBeCloseTo(reach, 4);
          expect(mean.count).toBe(n);
        }
      },
    ),
  );
});

test("a quantile is R's type 7, and its two order statistics cover at least as often as they say", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(real(-100, 100), { minLength: 1, maxLength: 40 }),
      real(0.05, 0.95),
      confidence,
      (values, p, c) => {
        const sorted = values.toSorted((a, b) => a - b);
        const n = sorted.length;
        const found = sampleQuantile(values, p, { confidence: c });
        /** Chances of each number of values below the quantile. */
        const chance = (k: number) => {
          let log = k * Math.log(p) + (n - k) * Math.log1p(-p);
          for (let i = 1; i <= k; i++) log += Math.log((n - i + 1) / i);
          return Math.exp(log);
        };
        const below = (k: number) =>
          Array.from({ length: Math.max(0, k) }, (_, i) => chance(i)).reduce((a, b) => a + b, 0);
        const slack = 1e-9;
        if (isAbsent(found)) {
          // Even the smallest and the largest value leave too much outside on one side.
          expect(Math.max(below(1), 1 - below(n))).toBeGreaterThan((1 - c) / 2 - slack);
          return;
        }
        const at = (n - 1) * p;
        const [from, part] = [Math.floor(at), at - Math.floor(at)];
        const type7 = sorted[from]! * (1 - part) + sorted[Math.min(n - 1, from + 1)]! * part;
        expect(found.value).toBeCloseTo(type7, 9);
        const [low, high] = [sorted.indexOf(found.lower) + 1, sorted.indexOf(found.upper) + 1];
        // P(low-th value above the quantile) and P(high-th value below it), and the next ones inwards are too much.
        const tail = (1 - c) / 2;
        expect(below(low)).toBeLessThanOrEqual(tail + slack);
        expect(below(low + 1)).toBeGreaterThan(tail - slack);
        expect(1 - below(high)).toBeLessThanOrEqual(tail + slack);
        expect(1 - below(high - 1)).toBeGreaterThan(tail - slack);
      },
    ),
  );
});

test("quantile groups turn over with the values, keep to any rising scale, and split evenly what divides", () => {
  fc.assert(
    fc.property(
      fc.array(whole(0, 60), { minLength: 10, maxLength: 60 }),
      whole(1, 10),
      (values, groups) => {
        const found = Array.from(quantileGroups(values, groups));
        const opposite = values.map((x) => -x);
        expect(Array.from(quantileGroups(opposite, groups, { highestFirst: true }))).toEqual(found);
        expect(Array.from(quantileGroups(values.map(Math.exp), groups))).toEqual(found);
        // The group of the least rank among its equals, by counting those below.
        const size = values.length / groups;
        values.forEach((x, i) => {
          const least = values.filter((y) => y < x).length + 1;
          const fromTop = Math.ceil((values.length + 1 - least) / size - 1e-12);
          expect(found[i]).toBe(Math.max(1, groups + 1 - fromTop));
        });
        const even = quantileGroups(
          Array.from({ length: groups * 3 }, (_, i) => i),
          groups,
        );
        expect(Array.from(even)).toEqual(
          Array.from({ length: groups * 3 }, (_, i) => Math.floor(i / 3) + 1),
        );
      },
    ),
  );
});

test("for many people the exact and Wilson's intervals are the normal one", () => {
  fc.assert(
    fc.property(real(0.1, 0.9), confidence, (p, c) => {
      const n = 10_000_000;
      const x = Math.round(p * n);
      const reach = normalQuantile((1 + c) / 2) * Math.sqrt((p * (1 - p)) / n);
      for (const interval of [
        there(clopperPearson(x, n, { confidence: c })),
        there(proportion(x, n, { confidence: c })),
      ])
        expect((interval.upper - interval.lower) / (2 * reach)).toBeCloseTo(1, 2);
      expect(normalProbability(reach / Math.sqrt((p * (1 - p)) / n))).toBeCloseTo((1 + c) / 2, 9);
    }),
    { numRuns: 30 },
  );
});
