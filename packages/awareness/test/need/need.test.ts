import { isAbsent } from "@taproot/statistics";
import { describe, expect, test } from "vitest";
import {
  ageBandsOf,
  areasInNeed,
  fewestThatGive,
  fifthsInNeed,
  groupsOfCounts,
  inequityOfUse,
  needChoices,
  needInWords,
  needTable,
  peopleInNeed,
  referralsByArea,
  referralsByDistrict,
  referralsInNeed,
  useByArea,
} from "../../src/index.ts";
import { smallCube } from "../small-cube.ts";
import { smallPlace } from "./small-place.ts";

const areas = [
  { area: "A", quintile: 1, district: "North" },
  { area: "B", quintile: 3, district: "North" },
  { area: "C", quintile: 5, district: "South" },
];
const ages = ["18 to 64", "65 and over"];
const everyone = { kind: "everyone" } as const;
const place = smallPlace(areas, [
  { groups: {}, people: [[1000], [1000], [1000]] },
  {
    groups: { age: ages },
    people: [
      [800, 200],
      [800, 200],
      [800, 200],
    ],
  },
  {
    groups: { disability: ["Yes", "No"] },
    people: [
      [300, 700],
      [200, 800],
      [100, 900],
    ],
  },
  {
    name: "own-register",
    own: true,
    groups: { stage: ["Early", "Late"] },
    people: [
      [5, 1],
      [4, 2],
      [3, 3],
    ],
  },
]);
const cubeOf = (counts: Readonly<Record<string, number>>) =>
  smallCube(
    Object.entries(counts).map(([area, waiting]) => ({
      in: area === "none" ? { age: ages[0]! } : { area, age: ages[0]! },
      fates: { waiting },
    })),
    { groups: { area: ["A", "B", "C", "Z"], age: ages } },
  );
const use = (counts: Readonly<Record<string, number>>) => {
  const people = peopleInNeed(place, { need: everyone, recorded: ["age"] });
  if (isAbsent(people)) throw new Error(people.message);
  const laid = referralsInNeed(cubeOf(counts), place, people, { need: everyone });
  return { people, laid, fifths: fifthsInNeed(place, people, laid) };
};

describe("the need that can be chosen", () => {
  test("everyone, groups that a table counts, and one’s own tables, whole and by group", () => {
    const choices = needChoices(place);
    expect(choices.map(({ key }) => key)).toEqual([
      "everyone",
      "disability",
      "own-register",
      "own-register:Early",
      "own-register:Late",
    ]);
    expect(ageBandsOf(place)).toEqual(ages);
    expect(needInWords({ kind: "age", from: ages[1]!, to: ages[1]! }, choices)).toBe(
      "people aged 65 and over",
    );
    expect(needInWords(choices[3]!.need, choices)).toBe("people counted in “own-register: Early”");
  });

  test("counts the people of each, with ages where they are counted by age", () => {
    const count = (need: Parameters<typeof peopleInNeed>[1]["need"]) => {
      const people = peopleInNeed(place, { need, recorded: ["age", "sex"] });
      return isAbsent(people) ? people.message : [people.kindsBy, [...people.people]];
    };
    expect(count(everyone)).toEqual([["age"], [800, 200, 800, 200, 800, 200]]);
    expect(count({ kind: "group", characteristic: "disability", group: "Yes" })).toEqual([
      [],
      [300, 200, 100],
    ]);
    expect(count({ kind: "own", table: "own-register", group: "Late" })).toEqual([[], [1, 2, 3]]);
    expect(count({ kind: "own", table: "own-gone" })).toBe(
      "The populations that were added do not count this need.",
    );
  });

  test("what no table crosses is said with what is missing", () => {
    const by = peopleInNeed(place, {
      need: { kind: "age", from: ages[1]!, to: ages[1]! },
      recorded: ["age"],
      by: "disability",
    });
    expect(by).toMatchObject({
      absent: "notRecorded",
      message:
        "The populations that were added are not counted by age and disability together, so nothing can be expected of each group. Choose another need, or other groups.",
    });
    expect(
      peopleInNeed(place, { need: { kind: "age", from: ages[0]!, to: ages[0]! }, recorded: [] }),
    ).toMatchObject({ absent: "notRecorded" });
    expect(peopleInNeed(smallPlace(areas, []), { need: everyone, recorded: [] })).toMatchObject({
      message: "No population of these areas has been added.",
    });
  });
});

describe("where referrals come from", () => {
  test("by area and by district, most first, and those without an area", () => {
    const byArea = referralsByArea(cubeOf({ A: 10, C: 30, none: 5, Z: 2 }));
    expect(byArea).toEqual({
      areas: [
        { area: "C", referrals: 30 },
        { area: "A", referrals: 10 },
        { area: "Z", referrals: 2 },
      ],
      notRecorded: 5,
      all: 47,
    });
    const districts = referralsByDistrict(byArea, place);
    expect(districts).toEqual([
      { name: "South", referrals: 30 },
      { name: "North", referrals: 10 },
    ]);
    expect(fewestThatGive(districts, 0.75)).toEqual([{ name: "South", referrals: 30 }]);
    expect(fewestThatGive(districts)).toHaveLength(2);
    expect(fewestThatGive([])).toEqual([]);
  });
});

describe("in words", () => {
  test("a shortfall, a surplus and no sure difference", () => {
    const table = needTable(use({ A: 40, B: 100, C: 160 }).fifths);
    expect(table.rows.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(
        /^There were 60 fewer referrals of people from the most deprived fifth/,
      ),
      expect.stringMatching(/^There was no sure difference for people from the middle fifth/),
      expect.stringMatching(
        /^There were 60 more referrals of people from the least deprived fifth/,
      ),
    ]);
    expect(table.sentence).toBe(table.rows[0]!.sentence);
    expect(table.sentence).toContain("as often as everyone of their age");
  });

  test("referrals without an area that could turn it round are named", () => {
    const table = needTable(use({ A: 70, B: 100, C: 130, none: 200 }).fifths);
    expect(table.rows[0]!.bounds).toMatchObject({ signKnown: false, unknown: 200 });
    expect(table.sentence).toMatch(
      /The 200 referrals whose group is not recorded could turn this round\.$/,
    );
  });

  test("a null says what it could have seen", () => {
    const table = needTable(use({ A: 100, B: 100, C: 100 }).fifths);
    const [smallest] = table.rows.map((row) => row.smallestSeen!).sort((a, b) => a - b);
    expect(table.sentence).toContain(
      `A shortfall smaller than about ${Math.round(smallest!)} referrals could not have been seen`,
    );
  });

  test("too few referrals are said so, group by group and area by area", () => {
    const { people, laid, fifths } = use({ A: 1, B: 2, C: 1 });
    const table = needTable(fifths);
    expect(table.comparisons).toBe(0);
    expect(table.rows.every(({ use: one }) => isAbsent(one) && one.absent === "tooFew")).toBe(true);
    expect(table.rows[0]!.sentence).toContain("Too few referrals of people from the most deprived");
    const byArea = useByArea(place, areasInNeed(place, people, laid), people.table.covers);
    expect(byArea.tooFew).toBe(3);
    expect(byArea.sentence).toMatch(/^In none of the 3 areas are as many as 10 referrals expected/);
  });

  test("nobody at all, and one group", () => {
    const none = use({});
    expect(needTable(none.fifths).sentence).toMatch(/^There are too few referrals/);
    expect(inequityOfUse(none.fifths)!.sentence).toMatch(/cannot be said/);
    const one = smallPlace([areas[0]!], [{ groups: {}, people: [[1000]] }]);
    const people = peopleInNeed(one, { need: everyone, recorded: [] });
    if (isAbsent(people)) throw new Error(people.message);
    const laid = referralsInNeed(cubeOf({ A: 50 }), one, people, { need: everyone });
    const byArea = useByArea(one, areasInNeed(one, people, laid), people.table.covers);
    expect(byArea.sentence).toBe("There is only one area, so no other to compare it with.");
    expect(needTable(fifthsInNeed(one, people, laid)).rows[0]!.use).toMatchObject({
      absent: "tooFewGroups",
    });
  });

  test("a reversed gradient is said as such", () => {
    const { sentence } = inequityOfUse(use({ A: 300, B: 200, C: 100 }).fifths)!;
    expect(sentence).toMatch(
      /^Once age is allowed for, use leans towards the more deprived: .* fall by \d+ \(likely \d+ to \d+\)\.$/,
    );
  });
});

test("a table of counts without a population, or without referrals, is a reason", () => {
  const cube = smallCube([{ in: { sex: "Female" }, fates: { waiting: 5 } }], {
    groups: { sex: ["Female", "Male"] },
  });
  expect(groupsOfCounts(cube, "sex")).toMatchObject({ absent: "notRecorded" });
  const counted = smallCube([{ in: { sex: "Female" }, fates: { waiting: 5 }, population: 10 }], {
    groups: { sex: ["Female", "Male"] },
    steps: ["seen"],
  });
  expect(groupsOfCounts(counted, "sex")).toMatchObject({ absent: "notRecorded" });
});

test("ages of a table of counts are allowed for, those without a group set apart", () => {
  const cube = smallCube(
    [
      { in: { sex: "Female", age: ages[0]! }, fates: { waiting: 10 }, population: 100 },
      { in: { sex: "Male", age: ages[0]! }, fates: { waiting: 30 }, population: 100 },
      { in: { sex: "Female", age: ages[1]! }, fates: { waiting: 60 }, population: 300 },
      { in: { sex: "Male", age: ages[1]! }, fates: { waiting: 20 }, population: 100 },
      { in: { age: ages[1]! }, fates: { waiting: 7 } },
    ],
    { groups: { sex: ["Female", "Male"], age: ages } },
  );
  const groups = groupsOfCounts(cube, "sex");
  if (isAbsent(groups)) throw new Error(groups.message);
  const table = needTable(groups);
  // Of 40 at the younger age half, of 80 at the older three quarters.
  expect(table.rows[0]!.use).toMatchObject({ expected: 20 + 60, observed: 70 });
  expect(table.kindsBy).toEqual(["age"]);
  expect(table.unknown).toBe(7);
});
