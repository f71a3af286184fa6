import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CensoringInWeek,
  chanceOfBeingSeenBy,
  differenceInChanceOfBeingSeen,
  differenceInRestrictedMeanWaitFromWeeks,
  inverseCensoringWeights,
  isAbsent,
  type Result,
  restrictedMeanWaitFromWeeks,
  WEEKLY_WAITS,
  type WeeklyExits,
  weeklyCumulativeIncidence,
  weeklyWaitQuantile,
  weeklyWaitsInto,
} from "../../src/index.ts";

const few = { minimumFollowed: 1e-6 };
const weeks = 12;
const both = ["endOfWeek", "throughoutWeek"] as const;

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

interface Counts {
  readonly seen: readonly number[];
  readonly removed: readonly number[];
  readonly stillWaiting: readonly number[];
}
const byWeek = (most: number) =>
  fc.array(fc.integer({ min: 0, max: most }), { minLength: weeks, maxLength: weeks });
const none = Array(weeks).fill(0) as number[];
/** At least one is seen, so that nobody is never the answer. */
const counts = (removed = 4, waiting = 6): fc.Arbitrary<Counts> =>
  fc
    .record({ seen: byWeek(6), removed: byWeek(removed), stillWaiting: byWeek(waiting) })
    .map((list) => ({ ...list, seen: list.seen.map((n, w) => (w === 0 ? n + 1 : n)) }));
const horizons = fc.integer({ min: 1, max: weeks });
const placed = (list: Counts, censoring: CensoringInWeek): WeeklyExits => ({ ...list, censoring });
const peopleIn = ({ seen, removed, stillWaiting }: Counts) =>
  [...seen, ...removed, ...stillWaiting].reduce((sum, n) => sum + n, 0);

/** Share seen, share waiting and mean wait where a part of those last watched in a week is not at risk in it. */
function slowly(list: Counts, horizon: number, unwatched: number) {
  let waiting = 1;
  let share = 0;
  let mean = 0;
  for (let w = 0; w < horizon; w++) {
    mean += 1 - share;
    const later = (n: number, v: number) => (v >= w ? n : 0);
    const atRisk = [list.seen, list.removed, list.stillWaiting]
      .map((column) => column.map(later).reduce((sum, n) => sum + n, 0))
      .reduce((sum, n) => sum + n, 0);
    const exposed = atRisk - unwatched * list.stillWaiting[w]!;
    if (exposed <= 0) continue;
    share += (waiting * list.seen[w]!) / exposed;
    waiting *= 1 - (list.seen[w]! + list.removed[w]!) / exposed;
  }
  return { share, waiting, mean };
}

/** Half-weeks: half of those last watched in a week go before its exits, half after them. */
function halfWeeks(list: Counts): WeeklyExits {
  const second = (column: readonly number[]) => column.flatMap((n) => [0, n]);
  return {
    seen: second(list.seen),
    removed: second(list.removed),
    stillWaiting: list.stillWaiting.flatMap((n) => [n / 2, n / 2]),
  };
}

describe("waiting people placed throughout their last week", () => {
  test("nobody still waiting: both conventions are the same", () => {
    fc.assert(
      fc.property(counts(4, 0), counts(4, 0), horizons, (list, other, horizon) => {
        const [end, half] = both.map((censoring) => {
          const exits = placed(list, censoring);
          const second = placed(other, censoring);
          return [
            chanceOfBeingSeenBy(exits, horizon, few),
            restrictedMeanWaitFromWeeks(exits, horizon, few),
            weeklyCumulativeIncidence(exits, few),
            weeklyWaitQuantile(exits, 0.5, few),
            differenceInChanceOfBeingSeen(exits, second, horizon, few),
            differenceInRestrictedMeanWaitFromWeeks(exits, second, horizon, few),
            inverseCensoringWeights(exits, horizon),
          ];
        });
        expect(half).toEqual(end);
        const weights = half![6] as { byWeek: Float64Array; atHorizon: number };
        expect([...weights.byWeek, weights.atHorizon].every((n) => n === 1)).toBe(true);
      }),
    );
  });

  test("chance, mean and share waiting are the life table's, worked out slowly", () => {
    fc.assert(
      fc.property(counts(), horizons, (list, horizon) => {
        const exits = placed(list, "throughoutWeek");
        const wanted = slowly(list, horizon, 0.5);
        const out = new Float64Array(WEEKLY_WAITS.width);
        const { seen, removed, stillWaiting } = list;
        const width = weeks;
        weeklyWaitsInto(
          seen,
          removed,
          stillWaiting,
          0,
          width,
          [horizon],
          out,
          0,
          null,
          "throughoutWeek",
        );
        expect(out[WEEKLY_WAITS.chance]).toBeCloseTo(wanted.share, 10);
        expect(out[WEEKLY_WAITS.waiting]).toBeCloseTo(wanted.waiting, 10);
        expect(out[WEEKLY_WAITS.meanWait]).toBeCloseTo(wanted.mean, 10);
        const chance = chanceOfBeingSeenBy(exits, horizon, few);
        if (isAbsent(chance)) return;
        expect(chance.value).toBe(out[WEEKLY_WAITS.chance]);
        expect(there(restrictedMeanWaitFromWeeks(exits, horizon, few)).value).toBe(
          out[WEEKLY_WAITS.meanWait],
        );
      }),
    );
  });

  test("are as if half of them went before the exits of their week and half after, variances included", () => {
    fc.assert(
      fc.property(counts(), horizons, (list, horizon) => {
        const exits = placed(list, "throughoutWeek");
        const chance = chanceOfBeingSeenBy(exits, horizon, few);
        const split = chanceOfBeingSeenBy(halfWeeks(list), 2 * horizon, few);
        expect(isAbsent(chance)).toBe(isAbsent(split));
        if (isAbsent(chance) || isAbsent(split)) return;
        for (const key of ["value", "lower", "upper", "standardError", "followed"] as const)
          expect(chance[key]).toBeCloseTo(split[key], 9);
        const mean = there(restrictedMeanWaitFromWeeks(exits, horizon, few));
        const twice = there(restrictedMeanWaitFromWeeks(halfWeeks(list), 2 * horizon, few));
        expect(2 * mean.value).toBeCloseTo(twice.value, 9);
        expect(2 * mean.standardError).toBeCloseTo(twice.standardError, 8);
      }),
    );
  });

  test("lie between being at risk for all of the week and for none of it, and are never seen later", () => {
    fc.assert(
      fc.property(counts(0), horizons, (list, horizon) => {
        const [all, half] = both.map((censoring) =>
          chanceOfBeingSeenBy(placed(list, censoring), horizon, few),
        ) as [Result<{ value: number }>, Result<{ value: number }>];
        if (isAbsent(all) || isAbsent(half)) return;
        const noRisk = slowly(list, horizon, 1);
        expect(half.value).toBeGreaterThanOrEqual(all.value - 1e-12);
        expect(half.value).toBeLessThanOrEqual(noRisk.share + 1e-12);
        const [longest, mean] = both.map(
          (censoring) =>
            there(restrictedMeanWaitFromWeeks(placed(list, censoring), horizon, few)).value,
        ) as [number, number];
        expect(mean).toBeLessThanOrEqual(longest + 1e-12);
        expect(mean).toBeGreaterThanOrEqual(noRisk.mean - 1e-12);
        const [late, early] = both.map((censoring) =>
          weeklyWaitQuantile(placed(list, censoring), 0.4, few),
        ) as [Result<{ value: number }>, Result<{ value: number }>];
        if (!isAbsent(late) && !isAbsent(early))
          expect(early.value).toBeLessThanOrEqual(late.value);
      }),
    );
  });

  test("counting days instead of weeks brings both together, near to what half a week gave", () => {
    fc.assert(
      fc.property(counts(0), horizons, (list, horizon) => {
        // As many again are followed beyond, as where data reach further than the question.
        const beyond = 7 * peopleIn(list);
        const times = (column: readonly number[], last: number) => [
          ...column.map((n) => 7 * n),
          last,
        ];
        const coarse = {
          seen: times(list.seen, 0),
          stillWaiting: times(list.stillWaiting, beyond),
        };
        const days = (column: readonly number[], last: number) => [
          ...column.flatMap((n) => Array<number>(7).fill(n)),
          last,
        ];
        const fine = { seen: days(list.seen, 0), stillWaiting: days(list.stillWaiting, beyond) };
        const at = (exits: WeeklyExits, censoring: CensoringInWeek, by: number) =>
          there(chanceOfBeingSeenBy({ ...exits, censoring }, by, few)).value;
        const [end, half] = both.map((censoring) => at(coarse, censoring, horizon)) as [
          number,
          number,
        ];
        const [endOfDay, halfDay] = both.map((censoring) => at(fine, censoring, 7 * horizon)) as [
          number,
          number,
        ];
        expect(halfDay - endOfDay).toBeLessThanOrEqual((half - end) / 5 + 1e-12);
        expect(Math.abs(half - halfDay)).toBeLessThanOrEqual(Math.abs(end - halfDay) / 5 + 1e-12);
      }),
    );
  });

  test("many copies of the people change no estimate and divide the variance", () => {
    fc.assert(
      fc.property(counts(), horizons, fc.integer({ min: 2, max: 9 }), (list, horizon, copies) => {
        const often = {
          seen: list.seen.map((n) => n * copies),
          removed: list.removed.map((n) => n * copies),
          stillWaiting: list.stillWaiting.map((n) => n * copies),
        };
        const one = chanceOfBeingSeenBy(placed(list, "throughoutWeek"), horizon, few);
        const many = chanceOfBeingSeenBy(placed(often, "throughoutWeek"), horizon, few);
        if (isAbsent(one) || isAbsent(many)) return;
        expect(many.value).toBeCloseTo(one.value, 10);
        expect(many.followed).toBeCloseTo(one.followed * copies, 7);
        expect(many.standardError * Math.sqrt(copies)).toBeCloseTo(one.standardError, 10);
      }),
    );
  });
});

describe("how many people each one stands for", () => {
  const cut = (list: Counts, by: (week: number) => boolean): Counts => ({
    seen: list.seen.map((n, w) => (by(w) ? n : 0)),
    removed: list.removed.map((n, w) => (by(w) ? n : 0)),
    stillWaiting: list.stillWaiting.map((n, w) => (by(w) ? n : 0)),
  });

  test.each(both)("weighted sums over parts are the chance of all together, %s", (censoring) => {
    fc.assert(
      fc.property(counts(), horizons, (list, horizon) => {
        const exits = placed(list, censoring);
        const weights = inverseCensoringWeights(exits, horizon);
        if (isAbsent(weights)) return;
        const weighted = (part: Counts) =>
          weights.byWeek.reduce((sum, weight, w) => sum + weight * part.seen[w]!, 0);
        const parts = [cut(list, (w) => w % 3 === 0), cut(list, (w) => w % 3 !== 0)];
        const reached = parts.map(weighted).reduce((sum, n) => sum + n, 0);
        const out = new Float64Array(WEEKLY_WAITS.width);
        const { seen, removed, stillWaiting } = list;
        weeklyWaitsInto(seen, removed, stillWaiting, 0, weeks, [horizon], out, 0, null, censoring);
        expect(reached / peopleIn(list)).toBeCloseTo(out[WEEKLY_WAITS.chance]!, 10);
      }),
    );
  });

  test.each(both)("all whose end is known, weighted, are everyone, %s", (censoring) => {
    fc.assert(
      fc.property(counts(), horizons, (list, horizon) => {
        const weights = inverseCensoringWeights(placed(list, censoring), horizon);
        if (isAbsent(weights)) return;
        const gone = weights.byWeek.reduce(
          (sum, weight, w) => sum + weight * (list.seen[w]! + list.removed[w]!),
          0,
        );
        const rest = peopleIn(cut(list, (w) => w >= horizon));
        expect(gone + rest * weights.atHorizon).toBeCloseTo(peopleIn(list), 8);
        expect(weights.byWeek.every((weight, w) => weight >= (weights.byWeek[w - 1] ?? 1))).toBe(
          true,
        );
      }),
    );
  });

  test("nobody followed so long, nobody at all and an open last week are typed reasons", () => {
    const cutShort = { seen: [5, 0], stillWaiting: [5, 0] };
    for (const censoring of both) {
      expect(inverseCensoringWeights({ ...cutShort, censoring }, 2)).toMatchObject({
        absent: "tooFew",
      });
      expect(
        inverseCensoringWeights({ seen: [5, 5], openEnded: true, censoring }, 2),
      ).toMatchObject({ absent: "notIdentified" });
    }
    expect(inverseCensoringWeights({ seen: none }, 1)).toMatchObject({ absent: "zeroDenominator" });
    expect(() => inverseCensoringWeights({ seen: [5], entering: [5] }, 1)).toThrow(/entering/);
  });

  test("a placing that is not one of the two is refused", () => {
    const exits = { seen: [5], censoring: "middle" as CensoringInWeek };
    expect(() => chanceOfBeingSeenBy(exits, 1)).toThrow(
      /invalid censoring; not endOfWeek or throughoutWeek: middle/,
    );
  });
});
