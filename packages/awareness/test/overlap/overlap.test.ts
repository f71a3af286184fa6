import { overlap } from "@taproot/awareness";
import {
  integratedMaihda,
  isAbsent,
  outstandingCombinations,
  outstandingStrata,
} from "@taproot/statistics";
import { describe, expect, test } from "vitest";
import { crossedCube, crossings } from "../crossed-cube.ts";
import { smallCube } from "../small-cube.ts";
import { chance, cubeOf, madeUpReferrals, type Referral, some } from "./referrals.ts";

const GROUPS = {
  deprivation: ["1 (most deprived)", "2", "3", "4", "5 (least deprived)"],
  ethnicity: [
    "Asian or Asian British",
    "Black, African or Caribbean",
    "Mixed or multiple",
    "White",
    "Other ethnic group",
  ],
  disability: ["Yes", "No"],
};
const NAMES = Object.keys(GROUPS);
type Groups = Readonly<Record<string, string>>;

const additive = (one: Groups) =>
  1.2 -
  (one.deprivation === "1 (most deprived)" ? 0.7 : 0) -
  (one.disability === "Yes" ? 0.4 : 0) -
  (one.ethnicity === "Black, African or Caribbean" ? 0.5 : 0);
const needle = (one: Groups) =>
  one.deprivation === "2" && one.ethnicity === "White" && one.disability === "Yes";

describe("planted", () => {
  test("what only adds up is said to add up, and nobody is named", () => {
    const cube = crossedCube(
      GROUPS,
      () => 300,
      (one) => chance(additive(one)),
    );
    const report = some(overlap(cube, { characteristics: NAMES, step: "accepted" }));
    const share = some(report.additive);
    expect(share.lower).toBeGreaterThan(0.9);
    expect(share.value).toBeGreaterThan(0.98);
    expect(share.upper).toBeLessThan(1);
    expect(report.standOut).toEqual([]);
    expect(report.sentence).toMatch(
      /^Most of the difference between these 50 groups in how many were accepted \(more than 99 %, likely between 9\d % and more than 99 %\)/,
    );
    expect(report.standOutSentence).toMatch(
      /None of these 50 groups stands out .* in a group of the usual size \(300 people\) one of 1\d(\.\d)? points/,
    );
  });

  test("a crossing that is more than its parts is named, alone, with how far and how many people", () => {
    const cube = crossedCube(
      GROUPS,
      () => 300,
      (one) => chance(additive(one) - (needle(one) ? 1.3 : 0)),
    );
    const report = some(overlap(cube, { characteristics: NAMES, step: "accepted" }));
    expect(report.standOut.map(({ cut }) => cut)).toEqual([
      { deprivation: "2", ethnicity: "White", disability: "Yes" },
    ]);
    const [found] = report.standOut;
    const expected = chance(1.2 - 0.4);
    const reached = Math.round(300 * chance(1.2 - 0.4 - 1.3));
    expect(found!.expected).toBeCloseTo(expected, 1);
    expect(found!.reached).toBe(reached);
    expect(found!.excessPeople.lower).toBeLessThan(reached - 300 * expected);
    expect(found!.excessPeople.upper).toBeGreaterThan(reached - 300 * expected);
    // It is shown at its own share, because the others say little of it.
    expect(found!.share.value).toBe(reached / 300);
    expect(report.standOutSentence).toContain(
      `White people who are also disabled people from the second most deprived fifth of areas stand out: 38 % of 300 were accepted`,
    );
  });

  test("a pair that is more than its parts is named over all groups of the third, and its groups are not named again", () => {
    const pair = (one: Groups) => one.deprivation === "3" && one.disability === "Yes";
    const cube = crossedCube(
      GROUPS,
      () => 300,
      (one) => chance(additive(one) - (pair(one) ? 1 : 0)),
    );
    const report = some(overlap(cube, { characteristics: NAMES, step: "accepted" }));
    expect(report.combinations.map(({ cut }) => cut)).toEqual([
      { deprivation: "3", disability: "Yes" },
    ]);
    const [found] = report.combinations;
    const share = (logOdds: (one: Groups) => number) =>
      GROUPS.ethnicity.reduce(
        (sum, ethnicity) =>
          sum + chance(logOdds({ deprivation: "3", disability: "Yes", ethnicity })) / 5,
        0,
      );
    expect(found!.denominator).toBe(1500);
    expect(found!.expected).toBeCloseTo(share(additive), 1);
    const missing = 1500 * (share((one) => additive(one) - 1) - share(additive));
    expect(found!.excessPeople.lower).toBeLessThan(missing);
    expect(found!.excessPeople.upper).toBeGreaterThan(missing);
    expect(report.standOut).toEqual([]);
    expect(report.standOutSentence).toMatch(
      /^Disabled people from the middle fifth of areas by deprivation stand out whatever else is crossed: 4\d % of 1,500 were accepted where their parts add up to 6\d %/,
    );
  });

  test("groups that differ by no more than chance are not split", () => {
    const cube = crossedCube(
      GROUPS,
      () => 80,
      () => 0.7,
    );
    const report = some(overlap(cube, { characteristics: NAMES, step: "accepted" }));
    expect(isAbsent(report.additive) && report.additive.absent).toBe("notIdentified");
    expect(report.sentence).toContain("nothing to split");
  });

  test("the least deprived faring worse is told as it is", () => {
    const cube = crossedCube(
      GROUPS,
      () => 300,
      (one) => chance(1 - (one.deprivation === "5 (least deprived)" ? 0.9 : 0)),
    );
    const report = some(overlap(cube, { characteristics: NAMES, step: "accepted" }));
    for (const one of report.strata.slice(0, 10))
      expect(one.cut.deprivation).toBe("5 (least deprived)");
    expect(report.strata[0]!.missed.lower).toBeGreaterThan(0);
  });
});

/** Strata straight from the list of referrals: those of whom all is recorded, largest groups first. */
function slowStrata(
  referrals: readonly Referral[],
  reached: (one: Referral) => number,
  weight: (one: Referral) => number,
) {
  const settled = referrals.filter((one) => weight(one) > 0);
  const known = settled.filter((one) => NAMES.every((name) => name in one.in));
  const rank = NAMES.map((name) => {
    const sizes = new Map<string, number>();
    for (const one of settled)
      if (name in one.in) sizes.set(one.in[name]!, (sizes.get(one.in[name]!) ?? 0) + 1);
    return [...sizes].sort((a, b) => b[1] - a[1]).map(([group]) => group);
  });
  const keyOf = (one: Referral) => NAMES.map((name, i) => rank[i]!.indexOf(one.in[name]!));
  const strata = new Map<string, { key: number[]; members: Referral[] }>();
  for (const one of known) {
    const key = keyOf(one);
    const stratum = strata.get(key.join()) ?? { key, members: [] };
    stratum.members.push(one);
    strata.set(key.join(), stratum);
  }
  const list = [...strata.values()].sort(
    (a, b) => a.key[0]! - b.key[0]! || a.key[1]! - b.key[1]! || a.key[2]! - b.key[2]!,
  );
  const sum = (members: readonly Referral[], of: (one: Referral) => number) =>
    members.reduce((total, one) => total + of(one), 0);
  const rows = list.map(({ key, members }) => {
    const w = sum(members, weight);
    const worth = Math.round(w ** 2 / sum(members, (one) => weight(one) ** 2));
    const share = sum(members, (one) => weight(one) * reached(one)) / w;
    return { key, members, worth, share, events: Math.round(share * worth) };
  });
  return {
    left: settled.length - known.length,
    settled: settled.length,
    names: rows.map(({ members }) => members[0]!.in),
    rows,
    counts: {
      events: rows.map((row) => row.events),
      denominators: rows.map((row) => row.worth),
      characteristics: Object.fromEntries(
        NAMES.map((name, i) => [name, rows.map(({ key }) => key[i]!)]),
      ),
    },
  };
}

describe("agreement with a slow path from the referrals", () => {
  const referrals = madeUpReferrals({
    groups: GROUPS,
    referrals: 9000,
    seed: 5,
    unknown: 0.08,
    accepted: (one) => chance(additive(one) - (needle(one) ? 1.5 : 0)),
    weeks: (one) => (one.disability === "Yes" ? 16 : 9),
  });
  const cube = cubeOf(referrals, GROUPS);

  test("at a step", () => {
    const slow = slowStrata(
      referrals,
      (one) => (one.fate === "declined" ? 0 : 1),
      () => 1,
    );
    expectAgreement(slow, "accepted");
  });

  test("for the wait, with the lately referred made up for by those followed", () => {
    const accepted = referrals.filter((one) => one.exit !== "declined");
    // Of those who could still be cut short, the share who were not: half of a week's before its exits, half after them.
    const followed: number[] = [];
    let share = 1;
    for (let week = 0; week < 18; week++) {
      const there = accepted.filter((one) => one.weeks >= week);
      const now = there.filter((one) => one.weeks === week);
      const half = now.filter((one) => one.exit === "waiting").length / 2;
      const leaving = now.filter((one) => one.exit !== "waiting").length;
      share *= 1 - half / there.length;
      followed.push(share);
      share *= 1 - half / (there.length - half - leaving);
    }
    followed.push(share);
    const weight = (one: Referral) =>
      one.exit === "declined" || (one.exit === "waiting" && one.weeks < 18)
        ? 0
        : 1 / followed[Math.min(one.weeks, 18)]!;
    const slow = slowStrata(
      referrals,
      (one) => (one.exit === "seen" && one.weeks < 18 ? 1 : 0),
      weight,
    );
    expectAgreement(slow, "wait");
    expect(slow.rows.some(({ worth, members }) => worth < members.length)).toBe(true);
  });

  function expectAgreement(slow: ReturnType<typeof slowStrata>, step: "accepted" | "wait") {
    const report = some(overlap(cube, { characteristics: NAMES, step }));
    const model = some(integratedMaihda(slow.counts));
    const outstanding = some(outstandingStrata(slow.counts));
    expect(some(outstandingCombinations(slow.counts)).combinations).toEqual([]);
    expect(report.combinations).toEqual([]);
    expect(report.leftOut.unknown).toBe(slow.left);
    expect(report.leftOut.of).toBe(slow.settled);
    const share = some(report.additive);
    expect(share.value).toBeCloseTo(model.additiveShare.value, 9);
    expect(share.lower).toBeCloseTo(model.additiveShare.lower, 9);
    expect(report.standOut).toHaveLength(outstanding.outstanding.length);
    let compared = 0;
    slow.names.forEach((cut, k) => {
      const row = slow.rows[k]!;
      const one = report.strata.find((stratum) =>
        NAMES.every((name) => stratum.cut[name] === cut[name]),
      );
      if (row.members.length < 10) {
        expect(one).toBeUndefined();
        return;
      }
      compared++;
      expect(one!.denominator).toBe(row.members.length);
      expect(one!.raw.value).toBeCloseTo(row.share, 9);
      expect(one!.shrunken.value).toBeCloseTo(model.estimates.value[k]!, 9);
      expect(one!.shrunken.lower).toBeCloseTo(model.estimates.lower[k]!, 9);
      expect(one!.shrunken.upper).toBeCloseTo(model.estimates.upper[k]!, 9);
      expect(one!.q).toBeCloseTo(outstanding.adjusted[k]!, 9);
      const missed = row.members.length * (report.share - one!.share.value);
      expect(one!.missed.value).toBeCloseTo(missed, 9);
    });
    expect(compared).toBe(report.strata.length);
    expect(compared).toBeGreaterThan(30);
  }

  test("only the selected are compared", () => {
    const report = some(
      overlap(cube, {
        characteristics: ["deprivation", "ethnicity"],
        step: "accepted",
        selection: { disability: ["Yes"] },
      }),
    );
    const disabled = referrals.filter((one) => one.in.disability === "Yes");
    expect(report.leftOut.of).toBe(disabled.length);
  });
});

describe("peculiar data", () => {
  const why = (result: ReturnType<typeof overlap>) => (isAbsent(result) ? result.absent : "said");

  test("all in one group", () => {
    const cube = smallCube(
      [
        {
          in: { deprivation: "2", ethnicity: "White", disability: "No" },
          fates: { waiting: 700, declined: 300 },
        },
      ],
      { groups: GROUPS, steps: ["referred", "accepted"] },
    );
    const result = overlap(cube, { characteristics: NAMES, step: "accepted" });
    expect(result).toMatchObject({
      absent: "tooFewGroups",
      message: expect.stringMatching(/^Only 1 group has people .* Add another characteristic/),
    });
  });

  test("a group of three helps the sums, is counted, and is not shown", () => {
    const cube = crossedCube(
      GROUPS,
      (one) => (one.ethnicity === "Other ethnic group" && one.deprivation === "3" ? 3 : 200),
      (one) => chance(additive(one)),
    );
    const report = some(overlap(cube, { characteristics: NAMES, step: "accepted" }));
    expect(report.small).toEqual({ strata: 2, people: 6 });
    expect(report.strata).toHaveLength(48);
    expect(Math.min(...report.strata.map(({ denominator }) => denominator))).toBe(200);
  });

  test("a characteristic with 500 values: the largest are crossed, the rest counted as left out", () => {
    const languages = Array.from({ length: 500 }, (_, i) => `Language ${i}`);
    const groups = { language: languages, disability: ["Yes", "No"] };
    const cube = crossedCube(
      groups,
      (one) => (Number(one.language!.slice(9)) < 40 ? 100 : 10),
      (one) => (one.disability === "Yes" ? 0.6 : 0.8),
    );
    const report = some(
      overlap(cube, { characteristics: ["language", "disability"], step: "accepted" }),
    );
    expect(report.strata).toHaveLength(80);
    expect(report.leftOut.smallerGroups).toEqual([
      { characteristic: "language", groups: 460, people: 9200 },
    ]);
    expect(report.leftOutSentence).toContain(
      "9,200 of 17,200 people (53 %) are left out because they are in one of the 460 smallest groups of main language.",
    );
  });

  test("a crossing of millions of possible groups is that of the groups that occur", () => {
    const people = (one: Groups) =>
      20 + Number(one.language!.slice(9)) + Number(one.village!.slice(8));
    const share = (one: Groups) => 0.5 + 0.01 * Number(one.village!.slice(8));
    const names = (what: string, count: number) =>
      Array.from({ length: count }, (_, i) => `${what} ${i}`);
    const used = { language: names("Language", 12), village: names("Village", 12) };
    const few = crossedCube(used, people, share);
    const rows = crossings(used).map((one) => {
      const reached = Math.round(people(one) * share(one));
      return { in: one, fates: { waiting: reached, declined: people(one) - reached } };
    });
    const many = smallCube(rows, {
      groups: { language: names("Language", 1600), village: names("Village", 1600) },
      steps: ["referred", "accepted"],
    });
    const options = { characteristics: ["language", "village"], step: "accepted" as const };
    expect(some(overlap(many, options))).toEqual(some(overlap(few, options)));
  });

  test("40 services as a characteristic", () => {
    const services = Array.from({ length: 40 }, (_, i) => `Service ${i}`);
    const cube = crossedCube(
      { service: services, deprivation: GROUPS.deprivation },
      () => 60,
      (one) => chance(1 - (one.deprivation === "1 (most deprived)" ? 0.6 : 0)),
    );
    const report = some(
      overlap(cube, { characteristics: ["service", "deprivation"], step: "accepted" }),
    );
    expect(report.strata).toHaveLength(200);
    expect(report.leftOut.smallerGroups).toEqual([]);
  });

  test("a step that was never recorded, and waits that were not", () => {
    const cube = crossedCube(
      GROUPS,
      () => 100,
      () => 0.7,
    );
    expect(why(overlap(cube, { characteristics: NAMES, step: "completed" }))).toBe("notRecorded");
    expect(why(overlap(cube, { characteristics: NAMES, step: "wait" }))).toBe("notRecorded");
  });

  test("everybody accepted; nobody followed for 18 weeks; too few people", () => {
    const accepted = crossedCube(
      GROUPS,
      () => 100,
      () => 1,
    );
    expect(why(overlap(accepted, { characteristics: NAMES, step: "accepted" }))).toBe("allEqual");
    const waiting = smallCube(
      [
        {
          in: { deprivation: "2", ethnicity: "White", disability: "No" },
          fates: { waiting: 300 },
          waits: [[4, "waiting", 300]],
        },
      ],
      { groups: GROUPS },
    );
    expect(why(overlap(waiting, { characteristics: NAMES, step: "wait" }))).toBe("tooFew");
    const few = crossedCube(
      GROUPS,
      () => 3,
      (one) => chance(additive(one)),
    );
    expect(overlap(few, { characteristics: NAMES, step: "accepted" })).toMatchObject({
      absent: "tooFew",
      message: expect.stringContaining("Only 150 people can be compared; at least 200"),
    });
  });

  test("one, five or a repeated characteristic is a wrong question", () => {
    const cube = crossedCube(
      GROUPS,
      () => 100,
      () => 0.7,
    );
    expect(() => overlap(cube, { characteristics: ["deprivation"], step: "accepted" })).toThrow(
      "two to four",
    );
    expect(() =>
      overlap(cube, { characteristics: ["deprivation", "deprivation"], step: "accepted" }),
    ).toThrow("once");
  });
});
