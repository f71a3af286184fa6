import { join } from "node:path";
import { isAbsent, type Result } from "@taproot/statistics";
import { beforeAll, describe, expect, test } from "vitest";
import {
  fifthsInNeed,
  groupsOfCounts,
  inequityOfUse,
  needTable,
  peopleInNeed,
  referralsInNeed,
} from "../../src/index.ts";
import { type Opened, openAsAPerson, sharedData, sharedIsThere } from "../open-as-a-person.ts";
import { smallCube } from "../small-cube.ts";
import { smallPlace } from "./small-place.ts";

function some<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

const fifths = ["1 (most deprived)", "2", "3", "4", "5 (least deprived)"];
const areas = ["A", "B", "C", "D", "E"];

describe("the case of horizontal inequity: a need that is counted in a table of one's own", () => {
  // O'Donnell and others (2008), ch. 15; computed: use and need per 1,000 of five groups of 1,000.
  const use = [40, 55, 60, 72, 80];
  const register = [90, 80, 75, 70, 65];
  const place = smallPlace(
    areas.map((area, i) => ({ area, quintile: i + 1 })),
    [
      { groups: {}, people: areas.map(() => [1000]) },
      { name: "own-register", own: true, groups: {}, people: register.map((people) => [people]) },
    ],
  );
  const need = { kind: "own", table: "own-register" } as const;
  const cube = smallCube(
    areas.map((area, i) => ({ in: { area }, fates: { improved: use[i]! } })),
    { groups: { area: areas } },
  );
  const people = some(peopleInNeed(place, { need, recorded: [] }));
  const groups = fifthsInNeed(place, people, referralsInNeed(cube, place, people, { need }));

  test("use leans from need by 0.18954", () => {
    const { result, sentence } = inequityOfUse(groups, [1000, 1000, 1000, 1000, 1000])!;
    const inequity = some(result);
    expect(inequity.value).toBeCloseTo(0.18954225955768922, 12);
    expect(inequity.useIndex).toBeCloseTo(0.12638436482084714, 12);
    expect(inequity.needIndex).toBeCloseTo(-0.06315789473684208, 12);
    const ratios = [
      0.5501266739051756, 0.8509771986970686, 0.9902280130293161, 1.2731503024662636,
      1.5234277123527937,
    ];
    for (const [i, ratio] of ratios.entries()) expect(inequity.ratios[i]).toBeCloseTo(ratio, 12);
    expect(sentence).toBe(
      "Use leans towards the less deprived: from the most to the least deprived end, referrals for every 100 expected rise by 118 (likely 79 to 158).",
    );
  });

  test("the most deprived fifth has 307 × 90 / 380 expected, 40 observed", () => {
    const [first] = needTable(groups).rows;
    const one = some(first!.use);
    expect(one.expected).toBeCloseTo((307 * 90) / 380, 10);
    expect(one.value).toBeCloseTo((307 * 90) / 380 - 40, 10);
    expect(first!.people).toBe(90);
  });
});

describe("worked by hand", () => {
  // Fifth 1: 1,000 people under 65 and 500 over, 12 and 30 referred; fifth 5: 3,000 and 1,500, 60 and 150.
  const ages = ["18 to 64", "65 and over"];
  const place = smallPlace(
    [
      { area: "A", quintile: 1 },
      { area: "E", quintile: 5 },
    ],
    [
      {
        groups: { age: ages },
        people: [
          [1000, 500],
          [3000, 1500],
        ],
      },
    ],
  );
  const referred = [
    ["A", "18 to 64", 12],
    ["A", "65 and over", 30],
    ["E", "18 to 64", 60],
    ["E", "65 and over", 150],
  ] as const;
  const cube = smallCube(
    referred.map(([area, age, people]) => ({ in: { area, age }, fates: { waiting: people } })),
    { groups: { area: ["A", "E"], age: ages } },
  );
  const need = { kind: "everyone" } as const;
  const people = some(peopleInNeed(place, { need, recorded: ["age"] }));
  const groups = fifthsInNeed(place, people, referralsInNeed(cube, place, people, { need }));
  const period = { from: "2025-04-01", to: "2026-03-31" };

  test("at everyone’s rates 63 are expected and 21 missing; the others have them", () => {
    const table = needTable(groups, { period });
    const [first, last] = table.rows.map(({ use }) => some(use));
    expect(first!.expected).toBeCloseTo(63, 12);
    expect(first!.value).toBeCloseTo(21, 12);
    expect(last!.value).toBeCloseTo(-21, 12);
    expect(table.sentence).toBe(
      "Between 1 April 2025 and 31 March 2026 there were 21 fewer referrals of people from the most deprived fifth of areas than if they were referred as often as everyone of their age (likely 8 to 33): 42 came, 63 were expected.",
    );
    // 42 referrals of 1,500 people in 365 days.
    const rate = some(table.rows[0]!.rate);
    expect(rate.value).toBeCloseTo((1000 * 42) / 1500 / (365 / 365.25), 10);
  });

  test("at the others’ rates 70 are expected and 28 missing", () => {
    const table = needTable(groups, { standard: "others", period });
    expect(some(table.rows[0]!.use).value).toBeCloseTo(28, 12);
    expect(table.rows[0]!.sentence).toContain("as often as everyone else of their age");
  });

  test("people aged 65 and over alone: 45 are expected of the first fifth, 30 came", () => {
    const old = { kind: "age", from: "65 and over", to: "65 and over" } as const;
    const inNeed = some(peopleInNeed(place, { need: old, recorded: ["age"] }));
    const laid = referralsInNeed(cube, place, inNeed, { need: old });
    expect(laid.tally).toMatchObject({ compared: 180, notInNeed: 72, kindNotRecorded: 0 });
    const [first] = needTable(fifthsInNeed(place, inNeed, laid)).rows;
    expect(some(first!.use).expected).toBeCloseTo(45, 12);
    expect(first!.referrals).toBe(30);
  });
});

// Referrals to child and adolescent mental health services in Grampian by fifth of deprivation and year, with populations
// (NHS Grampian, Health Foundation Networked Data Lab): a table of counts that brings its own population.
describe("Grampian", () => {
  let opened: Opened;
  beforeAll(async () => {
    if (!sharedIsThere) return;
    opened = await openAsAPerson(
      join(sharedData, "service/grampian-camhs/referrals-by-simd-year.csv"),
    );
  });
  const given = test.skipIf(!sharedIsThere);

  given("what is expected follows from the file's own sums (needs ../shared)", async () => {
    const { readFileSync } = await import("node:fs");
    const text = readFileSync(
      join(sharedData, "service/grampian-camhs/referrals-by-simd-year.csv"),
      "utf8",
    );
    const rows = text
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.replaceAll('"', "").split(",").map(Number));
    const sum = (column: number, fifth?: number) =>
      rows.reduce(
        (total, row) => total + (fifth === undefined || row[1] === fifth ? row[column]! : 0),
        0,
      );
    const groups = some(groupsOfCounts(opened.whole, "deprivation"));
    const table = needTable(groups, { years: 1 });
    expect(table.rows.map(({ group }) => group.name)).toEqual(fifths);
    table.rows.forEach(({ use, people, referrals }, i) => {
      expect(people).toBe(sum(3, i + 1));
      expect(referrals).toBe(sum(2, i + 1));
      const expected = (sum(3, i + 1) * sum(2)) / sum(3);
      expect(some(use).expected).toBeCloseTo(expected, 6);
      expect(some(use).value).toBeCloseTo(expected - referrals, 6);
    });
    expect(some(inequityOfUse(groups)!.result).slope.upper).toBeLessThan(0);
  });

  given("one year alone (needs ../shared)", () => {
    const groups = some(groupsOfCounts(opened.whole, "deprivation", { period: ["2015"] }));
    const [first] = needTable(groups).rows;
    expect(first).toMatchObject({ people: 10720, referrals: 290 });
  });
});
