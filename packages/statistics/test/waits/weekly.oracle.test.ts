import { expect, test } from "vitest";
import {
  chanceOfBeingSeenBy,
  differenceInChanceOfBeingSeen,
  isAbsent,
  restrictedMeanWaitFromWeeks,
  weeklyCumulativeIncidence,
} from "../../src/index.ts";

// 40 simulated people; expected values from R 4.2.2, survival::survfit(Surv(week + 1, kind) ~ 1).
const pad = (counts: number[]) => [...counts, ...Array(26 - counts.length).fill(0)];
const exits = {
  seen: [3, 1, 1, 1, 1, 2, 4, 1, 1, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1],
  removed: pad([2, 0, 2, 2, 1, 1]),
  stillWaiting: [1, 2, 1, 1, 1, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
};
const few = { minimumFollowed: 1 };

test("chance of being seen and its standard error are survfit's", () => {
  const expected = [
    [4, 0.1565412186, 0.05890329629, 27],
    [8, 0.4040813006, 0.08413490708, 13],
    [12, 0.5374861352, 0.09285354961, 5],
    [18, 0.5855118756, 0.09286912204, 3],
  ];
  const results = chanceOfBeingSeenBy(exits, [4, 8, 12, 18], few);
  results.forEach((result, i) => {
    if (isAbsent(result)) throw new Error(result.message);
    const [weeks, value, error, atRisk] = expected[i]!;
    expect(result.weeks).toBe(weeks);
    expect(result.value).toBeCloseTo(value!, 10);
    expect(result.standardError).toBeCloseTo(error!, 10);
    expect(result.atRisk).toBe(atRisk);
  });
});

test("the share removed and the share still waiting are survfit's", () => {
  const curve = weeklyCumulativeIncidence(exits, few);
  if (isAbsent(curve)) throw new Error(curve.message);
  expect(curve.removed[7]).toBeCloseTo(0.2223851626, 10);
  expect(curve.waiting[7]).toBeCloseTo(0.3735335368, 10);
});

test("restricted mean wait is the horizon less survfit's restricted mean time seen", () => {
  const mean = restrictedMeanWaitFromWeeks(exits, 12, few);
  expect(mean).toMatchObject({ value: expect.closeTo(12 - 3.188478, 6) });
});

test("with nobody censored the difference is Newcombe's method 10 (Newcombe 1998, 56/70 against 48/80)", () => {
  const difference = differenceInChanceOfBeingSeen(
    { seen: [0, 56], stillWaiting: [0, 14] },
    { seen: [0, 48], stillWaiting: [0, 32] },
    2,
  );
  expect(difference).toMatchObject({
    value: expect.closeTo(0.2, 12),
    lower: expect.closeTo(0.0524, 4),
    upper: expect.closeTo(0.3339, 4),
  });
});

test("what too few people, an open last week or nobody support is a typed reason", () => {
  expect(chanceOfBeingSeenBy(exits, 52)).toMatchObject({ absent: "tooFew" });
  expect(chanceOfBeingSeenBy({ ...exits, openEnded: true }, 26)).toMatchObject({
    absent: "notIdentified",
  });
  expect(chanceOfBeingSeenBy({ seen: [0] }, 1)).toMatchObject({ absent: "zeroDenominator" });
  expect(weeklyCumulativeIncidence({ seen: [3] })).toMatchObject({ absent: "tooFew" });
  expect(restrictedMeanWaitFromWeeks({ seen: [9] }, 1)).toMatchObject({ absent: "tooFew" });
});

test("a group that is wholly seen before the horizon is supported there", () => {
  expect(chanceOfBeingSeenBy({ seen: [10, 20] }, 18)).toMatchObject({ value: 1, atRisk: 0 });
});

test("calls that no data could make right are refused", () => {
  expect(() => chanceOfBeingSeenBy(exits, 1.5)).toThrow(/not a whole number of at least 1: 1.5/);
  expect(() => chanceOfBeingSeenBy({ seen: [1, -1] }, 1)).toThrow(/invalid seen\[1\]/);
  expect(() => chanceOfBeingSeenBy({ seen: [1], removed: [1, 2] }, 1)).toThrow(/invalid removed/);
  expect(() => chanceOfBeingSeenBy({ seen: [1], entering: [2] }, 1)).toThrow(/2 people enter/);
});
