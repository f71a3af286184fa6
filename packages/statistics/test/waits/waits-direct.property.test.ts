import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  chanceOfBeingSeenBy,
  compareRestrictedMeans,
  cumulativeIncidence,
  DIFFERENCE_IN_CHANCE,
  differenceBetweenChances,
  differenceBetweenMeanWaits,
  differenceInChanceInto,
  differenceInChanceOfBeingSeen,
  differenceInRestrictedMeanWaitFromWeeks,
  isAbsent,
  kaplanMeier,
  meanWaitBoundsFromWaitBands,
  normalProbability,
  normalQuantile,
  proportionDifference,
  type Result,
  restrictedMeanWait,
  restrictedMeanWaitFromWeeks,
  restrictedTimeLost,
  restrictedTimeOnList,
  WEEKLY_WAITS,
  weeklyWaitsInto,
} from "../../src/index.ts";

const few = { minimumFollowed: 1e-6 };
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const sum = (values: Iterable<number>) => Array.from(values).reduce((a, b) => a + b, 0);

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

interface Person {
  readonly time: number;
  readonly kind: number;
}
const people = (kinds: readonly number[]) =>
  fc.array(fc.record({ time: fc.integer({ min: 1, max: 12 }), kind: fc.constantFrom(...kinds) }), {
    minLength: 6,
    maxLength: 60,
  });
const columns = (list: readonly Person[]) => ({
  time: list.map(({ time }) => time),
  kind: list.map(({ kind }) => kind),
});
const weekly = (list: readonly Person[]) => {
  const count = (wanted: number) =>
    Array.from(
      { length: 12 },
      (_, w) => list.filter(({ time, kind }) => time === w + 1 && kind === wanted).length,
    );
  return { seen: count(1), removed: count(2), stillWaiting: count(0) };
};

/** Newcombe's rule: distances of both limits, squared and added. */
const squareAndAdd = (
  a: { value: number; lower: number; upper: number },
  b: { value: number; lower: number; upper: number },
) => ({
  lower: a.value - b.value - Math.sqrt((a.value - a.lower) ** 2 + (b.upper - b.value) ** 2),
  upper: a.value - b.value + Math.sqrt((a.upper - a.value) ** 2 + (b.value - b.lower) ** 2),
});

describe("differences from weekly counts", () => {
  test("with everybody followed, a difference of chances is a difference of proportions", () => {
    fc.assert(
      fc.property(
        people([1, 2]),
        people([1, 2]),
        fc.integer({ min: 1, max: 12 }),
        (a, b, weeks) => {
          const share = (list: readonly Person[]) => ({
            numerator: list.filter(({ time, kind }) => kind === 1 && time <= weeks).length,
            denominator: list.length,
          });
          const found = differenceInChanceOfBeingSeen(weekly(a), weekly(b), weeks, few);
          if (isAbsent(found)) return;
          const plain = there(proportionDifference(share(a), share(b)));
          expect(found.value).toBeCloseTo(plain.value, 10);
          expect(found.standardError).toBeCloseTo(plain.standardError, 9);
          for (const { value, effectiveNumber, people: n } of [found.first, found.second])
            if (value > 0 && value < 1) expect(effectiveNumber).toBeCloseTo(n, 6);
          const inner = [found.first, found.second].every(({ value }) => value > 0 && value < 1);
          if (!inner) return;
          expect(found.lower).toBeCloseTo(plain.lower, 8);
          expect(found.upper).toBeCloseTo(plain.upper, 8);
          // The score test with the chances pooled.
          const pooled = (share(a).numerator + share(b).numerator) / (a.length + b.length);
          const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.length + 1 / b.length));
          const p = 2 - 2 * normalProbability(Math.abs(plain.value) / error);
          expect(found.pValue).toBeCloseTo(p, 8);
        },
      ),
    );
  });

  test("chances at hand give the same difference as their counts, square-and-add of their limits", () => {
    fc.assert(
      fc.property(people([0, 1, 2]), people([0, 1, 2]), real(0.5, 0.99), (a, b, confidence) => {
        const options = { ...few, confidence };
        const first = chanceOfBeingSeenBy(weekly(a), 6, options);
        const second = chanceOfBeingSeenBy(weekly(b), 6, options);
        const found = differenceInChanceOfBeingSeen(weekly(a), weekly(b), 6, options);
        if (isAbsent(first) || isAbsent(second)) {
          expect(isAbsent(found)).toBe(true);
          return;
        }
        const hand = differenceBetweenChances(first, second);
        expect(hand).toEqual(found);
        const limits = squareAndAdd(first, second);
        expect(hand.lower).toBeCloseTo(limits.lower, 12);
        expect(hand.upper).toBeCloseTo(limits.upper, 12);
        expect(hand.standardError ** 2).toBeCloseTo(
          first.standardError ** 2 + second.standardError ** 2,
          12,
        );
      }),
    );
  });

  test("chances at hand: the sign turns, nothing against itself, surer with more people", () => {
    fc.assert(
      fc.property(people([0, 1, 2]), people([0, 1, 2]), (a, b) => {
        const chance = (list: readonly Person[]) => chanceOfBeingSeenBy(weekly(list), 6, few);
        const [first, second] = [chance(a), chance(b)];
        const [twice, again] = [chance([...a, ...a]), chance([...b, ...b])];
        if (isAbsent(first) || isAbsent(second) || isAbsent(twice) || isAbsent(again)) return;
        const forth = differenceBetweenChances(first, second);
        const back = differenceBetweenChances(second, first);
        expect(back.value).toBeCloseTo(-forth.value, 12);
        expect(back.upper).toBeCloseTo(-forth.lower, 12);
        expect(differenceBetweenChances(first, first)).toMatchObject({ value: 0, pValue: 1 });
        const surer = differenceBetweenChances(twice, again);
        expect(surer.value).toBeCloseTo(forth.value, 9);
        expect(surer.pValue).toBeLessThanOrEqual(forth.pValue + 1e-9);
        expect(surer.upper - surer.lower).toBeLessThan(forth.upper - forth.lower + 1e-12);
      }),
    );
  });

  test("with everybody followed, a difference of mean waits is of the plain means of waits cut at the horizon", () => {
    fc.assert(
      fc.property(people([1]), people([1]), fc.integer({ min: 1, max: 12 }), (a, b, weeks) => {
        const cut = (list: readonly Person[]) => list.map(({ time }) => Math.min(time, weeks));
        const mean = (values: readonly number[]) => sum(values) / values.length;
        const found = differenceInRestrictedMeanWaitFromWeeks(weekly(a), weekly(b), weeks, few);
        if (isAbsent(found)) return;
        expect(found.value).toBeCloseTo(mean(cut(a)) - mean(cut(b)), 9);
        const variance = (values: readonly number[]) =>
          sum(values.map((x) => (x - mean(values)) ** 2)) / values.length ** 2;
        expect(found.standardError ** 2).toBeCloseTo(variance(cut(a)) + variance(cut(b)), 9);
      }),
    );
  });

  test("means at hand give the same difference as their counts, and its chance is the normal's on n − 1", () => {
    fc.assert(
      fc.property(people([0, 1, 2]), people([0, 1, 2]), (a, b) => {
        const first = restrictedMeanWaitFromWeeks(weekly(a), 6, few);
        const second = restrictedMeanWaitFromWeeks(weekly(b), 6, few);
        if (isAbsent(first) || isAbsent(second)) return;
        const hand = differenceBetweenMeanWaits(first, second);
        expect(hand).toEqual(differenceInRestrictedMeanWaitFromWeeks(weekly(a), weekly(b), 6, few));
        const limits = squareAndAdd(first, second);
        expect(hand.lower).toBeCloseTo(limits.lower, 10);
        expect(hand.upper).toBeCloseTo(limits.upper, 10);
        const wide = ({ standardError, followed }: typeof first) =>
          (standardError ** 2 * followed) / Math.max(1, followed - 1);
        const error = Math.sqrt(wide(first) + wide(second));
        if (error > 0 && hand.value !== 0)
          expect(hand.pValue).toBeCloseTo(
            2 - 2 * normalProbability(Math.abs(hand.value) / error),
            9,
          );
      }),
    );
  });

  test("means at hand: the sign turns, and nothing against itself", () => {
    fc.assert(
      fc.property(people([0, 1, 2]), people([0, 1, 2]), (a, b) => {
        const first = restrictedMeanWaitFromWeeks(weekly(a), 6, few);
        const second = restrictedMeanWaitFromWeeks(weekly(b), 6, few);
        if (isAbsent(first) || isAbsent(second)) return;
        const forth = differenceBetweenMeanWaits(first, second);
        const back = differenceBetweenMeanWaits(second, first);
        expect(back.value).toBeCloseTo(-forth.value, 12);
        expect(back.lower).toBeCloseTo(-forth.upper, 12);
        expect(back.pValue).toBeCloseTo(forth.pValue, 12);
        expect(differenceBetweenMeanWaits(first, first)).toMatchObject({ value: 0, pValue: 1 });
      }),
    );
  });
});

const rowsOf = (lists: readonly (readonly Person[])[], horizon: number) => {
  const rows = new Float64Array(lists.length * WEEKLY_WAITS.width);
  lists.forEach((list, i) => {
    const { seen, removed, stillWaiting } = weekly(list);
    const from = i * WEEKLY_WAITS.width;
    weeklyWaitsInto(seen, removed, stillWaiting, 0, 12, [horizon], rows, from);
  });
  return rows;
};

test("a difference from two rows is that of the chances, at any place and confidence", () => {
  fc.assert(
    fc.property(people([0, 1, 2]), people([0, 1, 2]), real(0.5, 0.99), (a, b, confidence) => {
      const options = { ...few, confidence };
      const found = differenceInChanceOfBeingSeen(weekly(a), weekly(b), 6, options);
      if (isAbsent(found)) return;
      const rows = rowsOf([b, a], 6);
      const out = new Float64Array(DIFFERENCE_IN_CHANCE.width + 1).fill(-9);
      differenceInChanceInto(rows, WEEKLY_WAITS.width, rows, 0, out, 1, { confidence });
      expect(out[0]).toBe(-9);
      expect(out[1 + DIFFERENCE_IN_CHANCE.value]).toBe(found.value);
      expect(out[1 + DIFFERENCE_IN_CHANCE.lower]).toBeCloseTo(found.lower, 13);
      expect(out[1 + DIFFERENCE_IN_CHANCE.upper]).toBeCloseTo(found.upper, 13);
      expect(out[1 + DIFFERENCE_IN_CHANCE.standardError]).toBeCloseTo(found.standardError, 13);
      expect(out[1 + DIFFERENCE_IN_CHANCE.pValue]).toBeCloseTo(found.pValue, 13);
    }),
  );
});

test("a difference from two rows turns with them, and is nothing against itself", () => {
  fc.assert(
    fc.property(people([0, 1, 2]), people([0, 1, 2]), (a, b) => {
      const rows = rowsOf([a, b], 6);
      if (!(rows[WEEKLY_WAITS.followed]! > 0)) return;
      if (!(rows[WEEKLY_WAITS.width + WEEKLY_WAITS.followed]! > 0)) return;
      const width = DIFFERENCE_IN_CHANCE.width;
      const out = new Float64Array(3 * width);
      differenceInChanceInto(rows, 0, rows, WEEKLY_WAITS.width, out, 0);
      differenceInChanceInto(rows, WEEKLY_WAITS.width, rows, 0, out, width);
      differenceInChanceInto(rows, 0, rows, 0, out, 2 * width);
      const [forth, back, same] = [0, 1, 2].map((i) => out.subarray(i * width));
      expect(back![DIFFERENCE_IN_CHANCE.lower]).toBeCloseTo(
        -forth![DIFFERENCE_IN_CHANCE.upper]!,
        13,
      );
      expect(back![DIFFERENCE_IN_CHANCE.pValue]).toBeCloseTo(
        forth![DIFFERENCE_IN_CHANCE.pValue]!,
        13,
      );
      expect(same![DIFFERENCE_IN_CHANCE.value]).toBe(0);
      expect(same![DIFFERENCE_IN_CHANCE.pValue]).toBe(1);
    }),
  );
});

test("the inner loop is Aalen and Johansen's product and sum, week by week", () => {
  fc.assert(
    fc.property(people([0, 1, 2]), fc.integer({ min: 1, max: 12 }), (list, horizon) => {
      const { seen, removed, stillWaiting } = weekly(list);
      const out = new Float64Array(WEEKLY_WAITS.width + 1).fill(-1);
      weeklyWaitsInto(seen, removed, stillWaiting, 0, 12, [horizon], out, 1);
      let [atRisk, waiting, share, area, before] = [list.length, 1, 0, 0, list.length];
      for (let w = 0; w < horizon; w++) {
        area += 1 - share;
        before = atRisk;
        if (atRisk === 0) continue;
        share += (waiting * seen[w]!) / atRisk;
        waiting *= 1 - (seen[w]! + removed[w]!) / atRisk;
        atRisk -= seen[w]! + removed[w]! + stillWaiting[w]!;
      }
      expect(out[0]).toBe(-1);
      expect(out[1 + WEEKLY_WAITS.chance]).toBeCloseTo(share, 10);
      expect(out[1 + WEEKLY_WAITS.meanWait]).toBeCloseTo(area, 10);
      expect(out[1 + WEEKLY_WAITS.waiting]).toBeCloseTo(waiting, 10);
      expect(out[1 + WEEKLY_WAITS.atRisk]).toBe(before);
    }),
  );
});

test("Kaplan–Meier: the product of those who stay and Greenwood's sum, time by time", () => {
  fc.assert(
    fc.property(people([0, 1, 2]), real(0.5, 0.99), (list, confidence) => {
      const curve = there(kaplanMeier(columns(list), { confidence, interval: "plain" }));
      const z = normalQuantile((1 + confidence) / 2);
      let [waiting, greenwood] = [1, 0];
      const times = [...new Set(list.map(({ time }) => time))].sort((a, b) => a - b);
      expect(Array.from(curve.time)).toEqual(times);
      times.forEach((time, k) => {
        const atRisk = list.filter((one) => one.time >= time).length;
        const left = list.filter((one) => one.time === time && one.kind > 0).length;
        waiting *= 1 - left / atRisk;
        greenwood += left / atRisk / (atRisk - left);
        expect(curve.atRisk[k]).toBe(atRisk);
        expect(curve.events[k]).toBe(left);
        expect(curve.censored[k]).toBe(
          list.filter((one) => one.time === time && one.kind === 0).length,
        );
        expect(curve.waiting[k]).toBeCloseTo(waiting, 10);
        if (waiting === 0) return;
        const error = waiting * Math.sqrt(greenwood);
        expect(curve.standardError[k]).toBeCloseTo(error, 9);
        if (waiting < 1) expect(curve.lower[k]).toBeCloseTo(Math.max(0, waiting - z * error), 8);
      });
    }),
  );
});

test("time on the list and lost: with everybody followed, the plain means of single people's times", () => {
  fc.assert(
    fc.property(people([1, 2]), real(0.5, 12), (list, horizon) => {
      const mean = (of: (one: Person) => number) => sum(list.map(of)) / list.length;
      const onList = there(restrictedTimeOnList(columns(list), horizon, few));
      expect(onList.value).toBeCloseTo(
        mean(({ time }) => Math.min(time, horizon)),
        9,
      );
      for (const wanted of [1, 2]) {
        const lost = there(restrictedTimeLost(columns(list), horizon, { ...few, kind: wanted }));
        const own = ({ time, kind }: Person) => (kind === wanted ? Math.max(0, horizon - time) : 0);
        const value = mean(own);
        expect(lost.value).toBeCloseTo(value, 9);
        expect(lost.standardError ** 2).toBeCloseTo(
          mean((one) => (own(one) - value) ** 2) / list.length,
          9,
        );
      }
    }),
  );
});

test("time on the list and lost: the areas under the curves, step by step", () => {
  fc.assert(
    fc.property(people([0, 1, 2]), real(0.5, 11), (list, horizon) => {
      const waits = columns(list);
      const area = (time: ArrayLike<number>, height: ArrayLike<number>, start: number) => {
        let [now, level, total] = [0, start, 0];
        for (let k = 0; k < time.length && time[k]! < horizon; k++) {
          total += (time[k]! - now) * level;
          [now, level] = [time[k]!, height[k]!];
        }
        return total + (horizon - now) * level;
      };
      const curve = there(kaplanMeier(waits));
      const onList = restrictedTimeOnList(waits, horizon, few);
      const lost = restrictedTimeLost(waits, horizon, few);
      if (isAbsent(onList) || isAbsent(lost)) return;
      expect(onList.value).toBeCloseTo(area(curve.time, curve.waiting, 1), 9);
      const share = there(cumulativeIncidence(waits));
      expect(lost.value).toBeCloseTo(area(share.time, share.share, 0), 9);
    }),
  );
});

test("two restricted means: differences and ratios turn over, and no unit of time matters", () => {
  fc.assert(
    fc.property(people([0, 1, 2]), people([0, 1, 2]), real(0.1, 30), (a, b, unit) => {
      const of = (list: readonly Person[], per: number) =>
        restrictedMeanWait(
          { ...columns(list), time: list.map(({ time }) => time * per) },
          8 * per,
          few,
        );
      const [first, second] = [of(a, 1), of(b, 1)];
      const [long, other] = [of(a, unit), of(b, unit)];
      if (isAbsent(first) || isAbsent(second) || isAbsent(long) || isAbsent(other)) return;
      const found = compareRestrictedMeans(first, second);
      const back = compareRestrictedMeans(second, first);
      const scaled = compareRestrictedMeans(long, other);
      expect(found.difference.value).toBeCloseTo(first.value - second.value, 12);
      expect(back.difference.lower).toBeCloseTo(-found.difference.upper, 10);
      const limits = squareAndAdd(first, second);
      expect(found.difference.lower).toBeCloseTo(limits.lower, 10);
      expect(scaled.difference.value / unit).toBeCloseTo(found.difference.value, 6);
      for (const [forth, turned, same, top, bottom] of [
        [found.ratio, back.ratio, scaled.ratio, first.value, second.value],
        [
          found.ratioOfRest,
          back.ratioOfRest,
          scaled.ratioOfRest,
          8 - first.value,
          8 - second.value,
        ],
      ] as const) {
        if (isAbsent(forth) || isAbsent(turned) || isAbsent(same)) continue;
        if (Math.min(top, bottom) < 1e-9) continue;
        expect(forth.value).toBeCloseTo(top / bottom, 8);
        expect(forth.lower * turned.upper).toBeCloseTo(1, 6);
        expect(forth.pValue).toBeCloseTo(turned.pValue, 9);
        expect(same.value).toBeCloseTo(forth.value, 6);
        const error = Math.hypot(first.standardError / top, second.standardError / bottom);
        expect(Math.log(forth.upper)).toBeCloseTo(
          Math.log(top / bottom) + 1.959963984540054 * error,
          6,
        );
      }
    }),
  );
});

test("mean wait from bands: everyone at the start of their band, and everyone at its end", () => {
  const from = [0, 1, 2, 4, 8];
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 5, maxLength: 5 }),
      fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 5, maxLength: 5 }),
      real(0.1, 8),
      (seen, removed, horizon) => {
        const all = sum(seen) + sum(removed);
        fc.pre(all > 0);
        const found = there(meanWaitBoundsFromWaitBands({ from, seen, removed }, horizon));
        // Someone removed counts as unseen up to the horizon.
        const mean = (edge: (band: number) => number) =>
          (sum(seen.map((n, band) => n * Math.min(horizon, edge(band)))) + sum(removed) * horizon) /
          all;
        expect(found.lowest).toBeCloseTo(
          mean((band) => from[band]!),
          9,
        );
        expect(found.highest).toBeCloseTo(
          mean((band) => from[band + 1] ?? Number.POSITIVE_INFINITY),
          9,
        );
        expect(found.lower).toBeLessThanOrEqual(found.lowest);
        expect(found.upper).toBeGreaterThanOrEqual(found.highest);
        const many = there(
          meanWaitBoundsFromWaitBands(
            { from, seen: seen.map((n) => n * 100), removed: removed.map((n) => n * 100) },
            horizon,
          ),
        );
        expect(many.highest - many.lowest).toBeCloseTo(found.highest - found.lowest, 9);
        if (found.lower > 0)
          expect((many.lowest - many.lower) * 10).toBeCloseTo(found.lowest - found.lower, 8);
      },
    ),
  );
});
