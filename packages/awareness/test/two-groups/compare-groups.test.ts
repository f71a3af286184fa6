import { isAbsent, proportionDifference } from "@taproot/statistics";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compareGroups } from "../../src/index.ts";
import { ALL_STEPS, type SmallRow, smallCube } from "../small-cube.ts";

const groups = {
  deprivation: ["1 (most deprived)", "5 (least deprived)"],
  age: ["65 to 74", "75 to 84"],
  team: ["North", "South"],
};
const most = { deprivation: "1 (most deprived)" };
const least = { deprivation: "5 (least deprived)" };
const older = { age: "75 to 84" };

const cubeOf = (rows: readonly SmallRow[]) => smallCube(rows, { groups, steps: ALL_STEPS });

const rows: readonly SmallRow[] = [
  { in: { ...most, ...older, team: "North" }, fates: { declined: 30, waiting: 10, improved: 60 } },
  { in: { ...most, age: "65 to 74" }, fates: { declined: 20, leftBeforeSeen: 10, improved: 70 } },
  { in: { ...least, ...older }, fates: { declined: 10, awaitingDecision: 5, improved: 85 } },
  { in: { ...least, age: "65 to 74", team: "North" }, fates: { declined: 5, improved: 95 } },
  { in: { age: "65 to 74" }, fates: { declined: 40 } },
];

test("two groups of one characteristic, step by step", () => {
  const compared = compareGroups(cubeOf(rows), { first: most, second: least });
  expect([compared.first.referrals, compared.second.referrals, compared.inBoth]).toEqual([
    200, 200, 0,
  ]);
  const accepted = compared.steps.find(({ step }) => step === "accepted")!;
  const gap = proportionDifference(
    { numerator: 150, denominator: 200 },
    { numerator: 180, denominator: 195 },
  );
  if (isAbsent(gap)) throw new Error("both have people");
  expect(accepted.first).toMatchObject({ reached: 150, denominator: 200 });
  expect(accepted.second).toMatchObject({ reached: 180, denominator: 195 });
  expect(accepted.points).toEqual({
    value: 100 * gap.value,
    lower: 100 * gap.lower,
    upper: 100 * gap.upper,
  });
  expect(accepted.people).toMatchObject({ value: 200 * gap.value });
  expect(accepted.open).toEqual([0, 5]);
  expect(compared.sentence).toContain(
    "75 % of the 200 referred were accepted, against 92.3 % of 195",
  );
  expect(compared.sentence).toContain("35 fewer of the first group");
  expect(isAbsent(compared.wait)).toBe(true);
});

test("people who are in both groups are left out of both", () => {
  const compared = compareGroups(cubeOf(rows), { first: most, second: older });
  expect([compared.first.referrals, compared.second.referrals, compared.inBoth]).toEqual([
    100, 100, 100,
  ]);
});

test("only the chosen part of the service", () => {
  const compared = compareGroups(cubeOf(rows), {
    first: most,
    second: least,
    selection: { team: ["North"] },
  });
  expect([compared.first.referrals, compared.second.referrals]).toEqual([100, 100]);
});

test("a group that the data do not have, or no group, is refused with what to do", () => {
  const cube = cubeOf(rows);
  expect(() => compareGroups(cube, { first: most, second: { age: "12" } })).toThrow(
    "no group “12” of “age”",
  );
  expect(() => compareGroups(cube, { first: {}, second: least })).toThrow("at least one group");
});

test("groups of a few people say so at every step", () => {
  const few = cubeOf([
    { in: most, fates: { declined: 1, improved: 2 } },
    { in: least, fates: { declined: 10, improved: 20 } },
  ]);
  const { steps, sentence } = compareGroups(few, { first: most, second: least });
  expect(steps.every(({ points }) => isAbsent(points))).toBe(true);
  expect(sentence).toContain("too few people to compare at any step");
});

test("waits are compared in weeks, and referrals where a population is known", () => {
  const waiting = smallCube(
    [
      { in: most, fates: { improved: 60 }, waits: [[20, "seen", 60]], population: 1000 },
      { in: least, fates: { improved: 60 }, waits: [[5, "seen", 60]], population: 500 },
    ],
    { groups, steps: ALL_STEPS },
  );
  const { wait, steps, sentence } = compareGroups(waiting, { first: most, second: least });
  expect(wait).toMatchObject({ weeks: { value: 15 } });
  const referred = steps.find(({ step }) => step === "referred")!;
  expect(referred.points).toMatchObject({ value: 100 * (60 / 1000 - 60 / 500) });
  expect(steps.find(({ step }) => step === "wait")!.points).toMatchObject({ value: -100 });
  expect(sentence).toContain("0 % of the 60 on the list had been seen within 12 weeks");
});

test("which group comes first changes only the signs", () => {
  const number = fc.integer({ min: 0, max: 200 });
  fc.assert(
    fc.property(number, number, number, number, (a, b, c, d) => {
      const cube = cubeOf([
        { in: most, fates: { declined: a, improved: b } },
        { in: least, fates: { declined: c, improved: d } },
      ]);
      const there = compareGroups(cube, { first: most, second: least });
      const back = compareGroups(cube, { first: least, second: most });
      for (const [i, step] of there.steps.entries()) {
        const other = back.steps[i]!;
        expect(other.first).toEqual(step.second);
        if (isAbsent(step.points) || isAbsent(other.points)) {
          expect(isAbsent(step.points)).toBe(isAbsent(other.points));
          continue;
        }
        expect(other.points.value).toBeCloseTo(-step.points.value, 10);
        expect(other.points.lower).toBeCloseTo(-step.points.upper, 10);
      }
    }),
  );
});
