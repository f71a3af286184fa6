import { expect, test } from "vitest";
import {
  chanceOfBeingSeenBy,
  DIFFERENCE_IN_CHANCE,
  differenceBetweenChances,
  differenceBetweenMeanWaits,
  differenceInChanceInto,
  differenceInRestrictedMeanWaitFromWeeks,
  isAbsent,
  restrictedMeanWaitFromWeeks,
  WEEKLY_WAITS,
  weeklyWaitQuantile,
  weeklyWaitsInto,
} from "../../src/index.ts";

const there = <T>(result: T) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result as Exclude<T, { absent: unknown }>;
};
const pad = (length: number, counts: readonly number[]) => [
  ...counts,
  ...Array(length - counts.length).fill(0),
];
// Two groups without removals.
const one = {
  seen: [3, 1, 1, 1, 1, 2, 4, 1, 1, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1],
  stillWaiting: pad(26, [1, 2, 1, 1, 1, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0, 1]).with(25, 1),
};
const other = {
  seen: [1, 0, 2, 1, 0, 1, 1, 2, 1, 0, 2, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1],
  stillWaiting: [0, 1, 0, 2, 0, 0, 1, 0, 0, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3],
};
const few = { minimumFollowed: 1 };

// R 4.2.2, survival: km <- survfit(Surv(week + 1, kind) ~ 1); 1 - summary(km, times = c(8, 12))$surv and its std.err^2;
// the area under km to each horizon and its variance, sum(area beyond^2 * d / (n * (n - d))).
test("the inner loop gives Kaplan and Meier's chance and area with Greenwood's variances", () => {
  const out = new Float64Array(2 * WEEKLY_WAITS.width);
  weeklyWaitsInto(one.seen, Array(26).fill(0), one.stillWaiting, 0, 26, [8, 12], out, 0);
  const expected = [
    [0.517321253444169, 0.00961763583406464, 6.39245413125204, 0.180788929261997],
    [0.689706520071252, 0.0105462667703304, 7.93013070956562, 0.486518559119895],
  ];
  expected.forEach((numbers, h) => {
    const from = h * WEEKLY_WAITS.width;
    expect(out[from + WEEKLY_WAITS.chance]).toBeCloseTo(numbers[0] as number, 13);
    expect(out[from + WEEKLY_WAITS.varianceOfChance]).toBeCloseTo(numbers[1] as number, 13);
    expect(out[from + WEEKLY_WAITS.meanWait]).toBeCloseTo(numbers[2] as number, 12);
    expect(out[from + WEEKLY_WAITS.varianceOfMeanWait]).toBeCloseTo(numbers[3] as number, 12);
  });
});

// R 4.2.2: d <- a1 - a2; se <- sqrt(v1 + v2); d + c(-1, 1) * qnorm(0.975) * se, of the same areas.
test("a difference of two mean waits", () => {
  const options = { ...few, interval: "plain" } as const;
  const found = there(differenceInRestrictedMeanWaitFromWeeks(one, other, 12, options));
  expect(found.first.value).toBeCloseTo(7.93013070956562, 12);
  expect(found.second.value).toBeCloseTo(9.72250637041926, 12);
  expect(found.value).toBeCloseTo(-1.79237566085364, 12);
  expect(found.standardError).toBeCloseTo(0.947220000431964, 12);
  expect(found.lower).toBeCloseTo(-3.6488927471363, 11);
  expect(found.upper).toBeCloseTo(0.064141425429025, 11);
  const means = [one, other].map((exits) => there(restrictedMeanWaitFromWeeks(exits, 12, options)));
  expect(differenceBetweenMeanWaits(means[0] as never, means[1] as never)).toEqual(found);
});

// R 4.2.2: summary(km, times = 12) of each group.
test("a difference of two chances that are at hand", () => {
  const [a, b] = [
    there(chanceOfBeingSeenBy(one, 12, few)),
    there(chanceOfBeingSeenBy(other, 12, few)),
  ];
  const found = differenceBetweenChances(a, b);
  expect(found.value).toBeCloseTo(0.215325688158659, 13);
  expect(found.standardError).toBeCloseTo(0.144056771771972, 13);
  expect([a.atRisk, b.atRisk]).toEqual([5, 13]);
});

// Newcombe (1998) Stat Med 17:873: 56/70 - 48/80, method 10. R 4.2.2: prop.test(c(56, 48), c(70, 80), correct = FALSE)$p.value.
test("with nobody censored it is Newcombe's interval and the pooled test", () => {
  const chance = (seen: number, people: number) =>
    there(chanceOfBeingSeenBy({ seen: [seen], stillWaiting: [people - seen] }, 1));
  const found = differenceBetweenChances(chance(56, 70), chance(48, 80));
  expect(found.lower).toBeCloseTo(0.0524314724023649, 12);
  expect(found.upper).toBeCloseTo(0.333872654036906, 12);
  expect(found.pValue).toBeCloseTo(0.00804508136819656, 13);
});

// The same source.
test("and so from rows of the inner loop", () => {
  const rows = new Float64Array(2 * WEEKLY_WAITS.width);
  weeklyWaitsInto([56], [0], [14], 0, 1, [1], rows, 0);
  weeklyWaitsInto([48], [0], [32], 0, 1, [1], rows, WEEKLY_WAITS.width);
  const out = new Float64Array(DIFFERENCE_IN_CHANCE.width);
  differenceInChanceInto(rows, 0, rows, WEEKLY_WAITS.width, out, 0);
  expect(out[DIFFERENCE_IN_CHANCE.lower]).toBeCloseTo(0.0524314724023649, 12);
  expect(out[DIFFERENCE_IN_CHANCE.upper]).toBeCloseTo(0.333872654036906, 12);
  expect(out[DIFFERENCE_IN_CHANCE.pValue]).toBeCloseTo(0.00804508136819656, 13);
});

// R 4.2.2, survival: quantile(survfit(Surv(week + 1, kind) ~ 1, conf.type = ...), c(0.25, 0.5, 0.75)).
test.each([
  ["log", [6, 3, 8], [8, 7, 26], [13, 10, undefined]],
  ["logLog", [6, 1, 7], [8, 6, 13], [13, 9, undefined]],
] as const)("weeks by which shares are seen, limits by %s", (interval, ...expected) => {
  [0.25, 0.5, 0.75].forEach((share, i) => {
    const [value, lower, upper] = expected[i] ?? [];
    const found = there(weeklyWaitQuantile(one, share, { ...few, interval }));
    expect([found.value, found.lower]).toEqual([value, lower]);
    expect(found.upperIsOpen ? undefined : found.upper).toBe(upper);
  });
});
