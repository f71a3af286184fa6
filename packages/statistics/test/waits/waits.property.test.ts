import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  chanceBoundsFromWaitBands,
  chanceOfBeingSeenBy,
  compareRestrictedMeans,
  cumulativeIncidence,
  differenceInChanceOfBeingSeen,
  differenceInRestrictedMeanWaitFromWeeks,
  grayTest,
  incidenceAt,
  isAbsent,
  kaplanMeier,
  logRankTest,
  meanWaitBoundsFromWaitBands,
  type Result,
  restrictedMeanWait,
  restrictedMeanWaitFromWeeks,
  restrictedTimeLost,
  restrictedTimeOnList,
  type Waits,
  WEEKLY_WAITS,
  waitQuantile,
  weeklyCumulativeIncidence,
  weeklyWaitsInto,
} from "../../src/index.ts";

const few = { minimumFollowed: 1e-6 };

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

interface Person {
  readonly time: number;
  readonly kind: number;
  readonly group: number;
}
const people = (least = 6) =>
  fc.array(
    fc.record({
      time: fc.integer({ min: 1, max: 12 }),
      kind: fc.integer({ min: 0, max: 2 }),
      group: fc.integer({ min: 0, max: 1 }),
    }),
    { minLength: least, maxLength: 60 },
  );
const columns = (list: readonly Person[]): Waits => ({
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

/** The share seen by each time, straight from the definition, one person's hazard at a time. */
function slowIncidence(list: readonly Person[], by: number): number {
  let waiting = 1;
  let share = 0;
  for (let t = 1; t <= by; t++) {
    const atRisk = list.filter(({ time }) => time >= t).length;
    if (atRisk === 0) break;
    const seen = list.filter(({ time, kind }) => time === t && kind === 1).length;
    const left = list.filter(({ time, kind }) => time === t && kind === 2).length;
    share += (waiting * seen) / atRisk;
    waiting *= 1 - (seen + left) / atRisk;
  }
  return share;
}

/** The variance of a functional of the curve by the jackknife's limit: each person's weight moved a little. */
function slowVariance(list: readonly Person[], functional: (weights: number[]) => number): number {
  const step = 1e-5;
  const weights = list.map(() => 1);
  return list.reduce((sum, _, i) => {
    const more = weights.map((weight, j) => (i === j ? weight + step : weight));
    const less = weights.map((weight, j) => (i === j ? weight - step : weight));
    return sum + ((functional(more) - functional(less)) / (2 * step)) ** 2;
  }, 0);
}
function weightedCurve(list: readonly Person[], weights: number[], horizon: number) {
  let waiting = 1;
  let share = 0;
  let area = 0;
  const total = (chosen: (person: Person) => boolean) =>
    list.reduce((sum, person, i) => (chosen(person) ? sum + weights[i]! : sum), 0);
  for (let t = 1; t <= horizon; t++) {
    area += share;
    const atRisk = total(({ time }) => time >= t);
    if (atRisk < 0.5) continue;
    const seen = total(({ time, kind }) => time === t && kind === 1);
    const left = total(({ time, kind }) => time === t && kind === 2);
    share += (waiting * seen) / atRisk;
    waiting *= 1 - (seen + left) / atRisk;
  }
  return { share, mean: horizon - area };
}

describe("weekly counts", () => {
  test("agree with single people whose waits are rounded up to weeks", () => {
    fc.assert(
      fc.property(people(), fc.integer({ min: 1, max: 11 }), (list, horizon) => {
        const counts = weekly(list);
        const chance = chanceOfBeingSeenBy(counts, horizon, { ...few, interval: "logLog" });
        const mean = restrictedMeanWaitFromWeeks(counts, horizon, few);
        const alone = restrictedMeanWait(columns(list), horizon, few);
        expect(isAbsent(mean)).toBe(isAbsent(alone));
        if (isAbsent(chance) || isAbsent(mean) || isAbsent(alone)) return;
        const at = there(incidenceAt(there(cumulativeIncidence(columns(list))), horizon));
        expect(chance.value).toBeCloseTo(at.value, 10);
        expect(chance.standardError).toBeCloseTo(at.standardError, 10);
        expect(chance.atRisk).toBe(at.atRisk);
        for (const key of ["value", "lower", "upper", "standardError", "followed"] as const)
          expect(mean[key]).toBeCloseTo(alone[key], 8);
      }),
    );
  });

  test("agree with the definition and with the infinitesimal jackknife", () => {
    fc.assert(
      fc.property(people(), fc.integer({ min: 1, max: 12 }), (list, horizon) => {
        const chance = chanceOfBeingSeenBy(weekly(list), horizon, few);
        const mean = restrictedMeanWaitFromWeeks(weekly(list), horizon, few);
        if (isAbsent(chance) || isAbsent(mean)) return;
        expect(chance.value).toBeCloseTo(slowIncidence(list, horizon), 10);
        const variance = (which: "share" | "mean") =>
          slowVariance(list, (weights) => weightedCurve(list, weights, horizon)[which]);
        // Where all at risk leave at once the share that stays is stuck at 0: its derivative is one-sided.
        const emptied = there(weeklyCumulativeIncidence(weekly(list), few)).waiting.includes(0);
        if (emptied) return;
        expect(chance.standardError ** 2).toBeCloseTo(variance("share"), 6);
        expect(mean.standardError ** 2 / 100).toBeCloseTo(variance("mean") / 100, 6);
      }),
      { numRuns: 60 },
    );
  });

  test("with nobody censored are Wilson's and Newcombe's; intervals hold the value and stay in range", () => {
    fc.assert(
      fc.property(people(20), fc.integer({ min: 1, max: 12 }), (list, horizon) => {
        const complete = list.map((person) => ({ ...person, kind: Math.max(1, person.kind) }));
        const found = there(chanceOfBeingSeenBy(weekly(complete), horizon, few));
        const n = list.length;
        const p = complete.filter(({ time, kind }) => time <= horizon && kind === 1).length / n;
        expect(found.value).toBeCloseTo(p, 12);
        expect(found.effectiveNumber).toBeCloseTo(n, 6);
        const z = 1.959963984540054;
        const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
        expect((found.lower + found.upper) / 2).toBeCloseTo(centre, 9);
        for (const interval of ["wilson", "logLog", "log", "plain"] as const) {
          const one = chanceOfBeingSeenBy(weekly(list), horizon, { ...few, interval });
          if (isAbsent(one)) continue;
          expect(one.lower).toBeGreaterThanOrEqual(0);
          expect(one.lower).toBeLessThanOrEqual(one.value + 1e-12);
          expect(one.upper).toBeGreaterThanOrEqual(one.value - 1e-12);
          expect(one.upper).toBeLessThanOrEqual(1);
        }
        const mean = restrictedMeanWaitFromWeeks(weekly(list), horizon, few);
        if (isAbsent(mean)) return;
        expect(mean.lower).toBeGreaterThanOrEqual(0);
        expect(mean.lower).toBeLessThanOrEqual(mean.value);
        expect(mean.upper).toBeGreaterThanOrEqual(mean.value);
        expect(mean.upper).toBeLessThanOrEqual(horizon);
      }),
    );
  });

  test("many copies of the people change no estimate and divide the variance", () => {
    fc.assert(
      fc.property(people(), fc.integer({ min: 2, max: 9 }), (list, copies) => {
        const once = weekly(list);
        const often = {
          seen: once.seen.map((n) => n * copies),
          removed: once.removed.map((n) => n * copies),
          stillWaiting: once.stillWaiting.map((n) => n * copies),
        };
        const one = restrictedMeanWaitFromWeeks(once, 8, few);
        const many = restrictedMeanWaitFromWeeks(often, 8, few);
        if (isAbsent(one) || isAbsent(many)) return;
        expect(many.value).toBeCloseTo(one.value, 9);
        expect(many.standardError * Math.sqrt(copies)).toBeCloseTo(one.standardError, 9);
      }),
    );
  });

  test("differences are antisymmetric and nothing against itself", () => {
    fc.assert(
      fc.property(people(), people(), (list, others) => {
        const [a, b] = [weekly(list), weekly(others)];
        for (const difference of [
          differenceInChanceOfBeingSeen,
          differenceInRestrictedMeanWaitFromWeeks,
        ]) {
          const forth = difference(a, b, 6, few);
          const back = difference(b, a, 6, few);
          const self = difference(a, a, 6, few);
          if (isAbsent(forth) || isAbsent(back) || isAbsent(self)) continue;
          expect(forth.value).toBeCloseTo(-back.value, 12);
          expect(forth.lower).toBeCloseTo(-back.upper, 12);
          expect(forth.pValue).toBeCloseTo(back.pValue, 12);
          expect(self.value).toBe(0);
          expect(self.pValue).toBe(1);
          expect(self.lower).toBeCloseTo(-self.upper, 12);
        }
      }),
    );
  });

  test("the inner loop reads its own row only and gives every horizon at once", () => {
    fc.assert(
      fc.property(people(), people(), (list, others) => {
        const rows = [weekly(list), weekly(others)];
        const flat = (key: "seen" | "removed" | "stillWaiting") =>
          Float64Array.from(rows.flatMap((row) => row[key]));
        const out = new Float64Array(3 * WEEKLY_WAITS.width);
        const [seen, left, still] = [flat("seen"), flat("removed"), flat("stillWaiting")];
        weeklyWaitsInto(seen, left, still, 12, 12, [2, 5, 9], out, 0);
        [2, 5, 9].forEach((horizon, i) => {
          const found = chanceOfBeingSeenBy(rows[1]!, horizon, few);
          if (isAbsent(found)) return;
          const row = out.subarray(i * WEEKLY_WAITS.width);
          expect(row[WEEKLY_WAITS.chance]).toBe(found.value);
          expect(Math.sqrt(row[WEEKLY_WAITS.varianceOfChance]!)).toBe(found.standardError);
          expect(row[WEEKLY_WAITS.atRisk]).toBe(found.atRisk);
        });
      }),
    );
  });

  test("entering at 0 changes nothing; the curve rises and its shares add up to 1", () => {
    fc.assert(
      fc.property(people(), (list) => {
        const counts = weekly(list);
        const entering = [list.length, ...Array(11).fill(0)];
        const plain = weeklyCumulativeIncidence(counts, few);
        const entered = weeklyCumulativeIncidence({ ...counts, entering }, few);
        expect(entered).toEqual(plain);
        if (isAbsent(plain)) return;
        plain.chance.forEach((share, w) => {
          expect(share).toBeGreaterThanOrEqual(w > 0 ? plain.chance[w - 1]! : 0);
          expect(share + plain.removed[w]! + plain.waiting[w]!).toBeCloseTo(1, 9);
        });
      }),
    );
  });
});

describe("single people", () => {
  test("order does not matter and units only scale", () => {
    fc.assert(
      fc.property(people(), fc.integer({ min: 2, max: 30 }), (list, unit) => {
        const turned = columns([...list].reverse());
        expect(cumulativeIncidence(turned)).toEqual(cumulativeIncidence(columns(list)));
        const scaled = { ...columns(list), time: list.map(({ time }) => time * unit) };
        const plain = restrictedMeanWait(columns(list), 7, few);
        const long = restrictedMeanWait(scaled, 7 * unit, few);
        if (isAbsent(plain) || isAbsent(long)) return;
        expect(long.value / unit).toBeCloseTo(plain.value, 9);
        expect(long.standardError / unit).toBeCloseTo(plain.standardError, 9);
        expect(long.lower / unit).toBeCloseTo(plain.lower, 8);
      }),
    );
  });

  test("one kind alone is one less Kaplan–Meier, and entering at 0 or before the first exit changes nothing", () => {
    fc.assert(
      fc.property(people(), (list) => {
        const waits = { ...columns(list), kind: list.map(({ kind }) => (kind === 0 ? 0 : 1)) };
        const curve = there(kaplanMeier(waits));
        const share = there(cumulativeIncidence(waits));
        share.share.forEach((value, k) => {
          expect(value).toBeCloseTo(1 - curve.waiting[k]!, 12);
          expect(share.standardError[k]).toBeCloseTo(curve.standardError[k]!, 9);
        });
        const entered = there(kaplanMeier({ ...waits, entry: list.map(() => 0.5) }));
        expect(entered.waiting).toEqual(curve.waiting);
        expect(entered.standardError).toEqual(curve.standardError);
      }),
    );
  });

  test("people who came late are at risk only from then on", () => {
    fc.assert(
      fc.property(people(), (list) => {
        const entry = list.map(({ time }, i) => (i % 2 === 0 ? 0 : Math.max(0, time - 3)));
        const curve = there(cumulativeIncidence({ ...columns(list), entry }));
        curve.time.forEach((time, k) => {
          const atRisk = list.filter((each, i) => each.time >= time && entry[i]! < time).length;
          expect(curve.atRisk[k]).toBe(atRisk);
        });
      }),
    );
  });

  test("time on the list and time lost to every kind add up to the horizon", () => {
    fc.assert(
      fc.property(people(), fc.double({ min: 0.5, max: 11, noNaN: true }), (list, horizon) => {
        const waits = columns(list);
        const parts = [
          restrictedTimeOnList(waits, horizon, few),
          restrictedTimeLost(waits, horizon, few),
          restrictedTimeLost(waits, horizon, { ...few, kind: 2 }),
        ];
        if (parts.some(isAbsent)) return;
        const sum = parts.reduce((all, part) => all + there(part).value, 0);
        expect(sum).toBeCloseTo(horizon, 9);
        const wait = there(restrictedMeanWait(waits, horizon, few));
        expect(wait.value).toBeCloseTo(horizon - there(parts[1]!).value, 9);
        const same = compareRestrictedMeans(wait, wait);
        expect(same.difference.value).toBe(0);
        if (!isAbsent(same.ratio)) expect(same.ratio.value).toBeCloseTo(1, 12);
      }),
    );
  });

  test("a quantile is where the curve first reaches the share, and lies in its interval", () => {
    fc.assert(
      fc.property(people(10), fc.double({ min: 0.05, max: 0.95, noNaN: true }), (list, share) => {
        const waits = columns(list);
        const curve = there(cumulativeIncidence(waits));
        const found = waitQuantile(waits, share);
        const reached = curve.share[curve.share.length - 1]! >= share - 1e-9;
        expect(isAbsent(found)).toBe(!reached);
        if (isAbsent(found)) return;
        expect(there(incidenceAt(curve, found.value)).value).toBeGreaterThanOrEqual(share - 1e-9);
        const before = incidenceAt(curve, found.value - 1);
        if (!isAbsent(before)) expect(before.value).toBeLessThanOrEqual(share + 1e-9);
        expect(found.lower).toBeLessThanOrEqual(found.value);
        expect(found.upper).toBeGreaterThanOrEqual(found.value);
      }),
    );
  });
});

describe("tests between groups", () => {
  test("do not depend on labels, order or, for ranks, on the time scale", () => {
    fc.assert(
      fc.property(people(12), fc.constantFrom(0, 1), (list, rho) => {
        const group = list.map((person) => person.group);
        const swapped = group.map((label) => (label === 0 ? "b" : "a"));
        const later = { ...columns(list), time: list.map(({ time }) => time ** 2 + 3) };
        for (const test of [logRankTest, grayTest]) {
          const plain = test(columns(list), group, { rho });
          const other = test(later, swapped, { rho });
          if (isAbsent(plain) || isAbsent(other)) {
            expect(isAbsent(plain)).toBe(isAbsent(other));
            continue;
          }
          expect(other.statistic).toBeCloseTo(plain.statistic, 8);
          expect(plain.statistic).toBeGreaterThanOrEqual(-1e-12);
          expect(plain.pValue).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test("groups that are copies of each other do not differ; one stratum is no strata", () => {
    fc.assert(
      fc.property(people(), (list) => {
        const twice = columns([...list, ...list]);
        const group = [...list.map(() => "a"), ...list.map(() => "b")];
        for (const test of [logRankTest, grayTest]) {
          const found = test(twice, group);
          if (isAbsent(found)) continue;
          expect(found.statistic).toBeCloseTo(0, 9);
          expect(found.pValue).toBeCloseTo(1, 4);
        }
        const strata = twice.time;
        const one = logRankTest(twice, group, { strata: Array.from(strata, () => 1) });
        expect(one).toEqual(logRankTest(twice, group));
      }),
    );
  });

  test("observed and expected add up to the same number", () => {
    fc.assert(
      fc.property(people(12), (list) => {
        const group = list.map((person) => person.group);
        const found = logRankTest(columns(list), group);
        if (isAbsent(found)) return;
        const sum = (key: "observed" | "expected") =>
          found.groups.reduce((all, each) => all + each[key], 0);
        expect(sum("observed")).toBeCloseTo(sum("expected"), 9);
      }),
    );
  });
});

describe("wait bands", () => {
  const from = [0, 1, 2, 4, 8];
  const banded = (list: readonly Person[], shift: number) => {
    const band = (time: number) => from.findLastIndex((start) => start <= time - shift);
    const count = (wanted: number) =>
      from.map(
        (_, b) => list.filter(({ time, kind }) => kind === wanted && band(time) === b).length,
      );
    return { from, seen: count(1), removed: count(2), stillWaiting: count(0) };
  };
  const exact = (list: readonly Person[]): Waits => ({
    // Inside the week, so that no wait falls on the edge of a band.
    time: list.map(({ time }) => time - 0.5),
    kind: list.map(({ kind }) => kind),
  });

  test("hold what the exact waits give", () => {
    fc.assert(
      fc.property(people(), fc.constantFrom(1, 2, 3, 4, 6, 8), (list, horizon) => {
        const bands = banded(list, 0.5);
        const chance = there(chanceBoundsFromWaitBands(bands, horizon));
        const mean = there(meanWaitBoundsFromWaitBands(bands, horizon));
        const share = incidenceAt(there(cumulativeIncidence(exact(list))), horizon);
        const wait = restrictedMeanWait(exact(list), horizon, few);
        if (!isAbsent(share)) {
          expect(share.value).toBeGreaterThanOrEqual(chance.lowest - 1e-9);
          expect(share.value).toBeLessThanOrEqual(chance.highest + 1e-9);
        }
        if (isAbsent(wait)) return;
        expect(wait.value).toBeGreaterThanOrEqual(mean.lowest - 1e-9);
        expect(wait.value).toBeLessThanOrEqual(mean.highest + 1e-9);
      }),
      { numRuns: 300 },
    );
  });

  test("are exact for a chance at the edge of a band when nobody is still waiting", () => {
    fc.assert(
      fc.property(people(), fc.constantFrom(1, 2, 4, 8), (list, horizon) => {
        const complete = list.map((person) => ({ ...person, kind: Math.max(1, person.kind) }));
        const found = there(chanceBoundsFromWaitBands(banded(complete, 0.5), horizon));
        expect(found.highest).toBeCloseTo(found.lowest, 12);
        expect(found.lower).toBeLessThanOrEqual(found.lowest);
        expect(found.upper).toBeGreaterThanOrEqual(found.highest);
      }),
    );
  });

  test("refuse a horizon in the open band", () => {
    expect(() => chanceBoundsFromWaitBands({ from, seen: [1, 1, 1, 1, 1] }, 9)).toThrow(
      /open band/,
    );
    expect(() => meanWaitBoundsFromWaitBands({ from: [1], seen: [1] }, 1)).toThrow(/start at 0/);
    expect(chanceBoundsFromWaitBands({ from, seen: [0, 0, 0, 0, 0] }, 4)).toMatchObject({
      absent: "zeroDenominator",
    });
  });
});
