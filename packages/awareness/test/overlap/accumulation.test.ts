import { accumulation, usualDisadvantages } from "@taproot/awareness";
import { isAbsent } from "@taproot/statistics";
import { describe, expect, test } from "vitest";
import { crossedCube } from "../crossed-cube.ts";
import { smallCube } from "../small-cube.ts";
import { cubeOf, madeUpReferrals, type Referral, some } from "./referrals.ts";

const GROUPS = {
  deprivation: ["1 (most deprived)", "2", "3"],
  ethnicity: ["Asian or Asian British", "White"],
  disability: ["Yes", "No"],
  language: ["English", "Polish", "Urdu"],
  carer: ["Yes", "No"],
};
const USUAL = {
  deprivation: ["1 (most deprived)"],
  ethnicity: ["Asian or Asian British"],
  disability: ["Yes"],
  language: ["Polish", "Urdu"],
  carer: ["Yes"],
};
const number = (one: Readonly<Record<string, string>>) =>
  Object.entries(USUAL).filter(([name, groups]) => groups.includes(one[name] ?? "")).length;

describe("what counts unless somebody chooses", () => {
  const cubeWith = (groups: Readonly<Record<string, readonly string[]>>) =>
    smallCube([{ in: {}, fates: { waiting: 1 } }], { groups });

  test("is what policy names, of what the data hold", () => {
    expect(usualDisadvantages(cubeWith(GROUPS))).toEqual(USUAL);
    expect(
      usualDisadvantages(
        cubeWith({
          inclusion: ["None of these", "Homelessness", "Asylum seeker or refugee"],
          digital: ["Uses the internet", "Needs help to get online", "No internet access"],
          age: ["18 to 39", "40 to 64"],
        }),
      ),
    ).toEqual({
      inclusion: ["Homelessness", "Asylum seeker or refugee"],
      digital: ["Needs help to get online", "No internet access"],
    });
  });

  test("is not what says nothing: a bare yes or no of digital access, one language for everybody", () => {
    expect(
      usualDisadvantages(cubeWith({ digital: ["Yes", "No"], language: ["Welsh", "Polish"] })),
    ).toEqual({});
  });
});

describe("adding up", () => {
  const referrals = madeUpReferrals({
    groups: GROUPS,
    referrals: 12_000,
    seed: 9,
    unknown: 0.1,
    accepted: (one) => 0.9 - 0.06 * number(one),
  });
  const cube = cubeOf(referrals, GROUPS);
  const result = accumulation(cube, { disadvantages: USUAL })!;
  const complete = (one: Referral) => Object.keys(USUAL).every((name) => name in one.in);

  test("each row is the referrals counted one by one", () => {
    for (const [rows, all] of [
      [result.rows, true],
      [result.atLeast, false],
    ] as const)
      for (const row of rows) {
        const members = referrals.filter(
          (one) =>
            complete(one) === all &&
            (row.orMore
              ? number(one.in) >= row.disadvantages
              : number(one.in) === row.disadvantages),
        );
        const accepted = members.filter((one) => one.fate !== "declined");
        const step = row.steps.find((one) => one.step === "accepted")!;
        expect(row.referred).toBe(members.length);
        expect(step.denominator).toBe(members.length);
        expect(step.reached).toBe(accepted.length);
        if (members.length >= 10)
          expect(some(step.share).value).toBeCloseTo(accepted.length / members.length, 12);
        const seen = row.steps.find((one) => one.step === "seen")!;
        expect(seen.denominator).toBe(
          members.filter((one) => ["inTreatment", "leftBeforeSeen"].includes(one.fate)).length,
        );
      }
    expect(result.rows.map((row) => [row.disadvantages, row.orMore])).toEqual([
      [0, false],
      [1, false],
      [2, false],
      [3, false],
      [4, true],
    ]);
    expect(result.unknown).toBe(referrals.filter((one) => !complete(one)).length);
  });

  test("the planted slope lies in its interval, and the sentence says it", () => {
    const trend = result.trends.find((one) => one.step === "accepted")!;
    const slope = some(trend.slope);
    expect(slope.lower).toBeLessThan(-6);
    expect(slope.upper).toBeGreaterThan(-6);
    expect(slope.upper - slope.lower).toBeLessThan(3);
    expect(trend.bent).toBe(false);
    expect(result.sentence).toMatch(
      /^Each further disadvantage goes with [56](\.\d)? fewer in 100 who were accepted \(likely .*\): [89]\d(\.\d)? % of people with none were accepted, and 6\d % of people with 4 or more\.$/,
    );
  });

  test("with nothing unknown a disadvantage, or all of it, the slope is another", () => {
    const trend = result.trends.find((one) => one.step === "accepted")!;
    expect(some(trend.unknownAsNone).value).not.toBe(some(trend.slope).value);
    expect(some(trend.unknownAsAll).value).not.toBe(some(trend.unknownAsNone).value);
    // Unknowns mix people of different numbers, so that taking them for one flattens the slope.
    expect(some(trend.unknownAsNone).value).toBeGreaterThan(-6.5);
    expect(some(trend.unknownAsAll).value).toBeGreaterThan(-6.5);
  });

  test("one part of the service", () => {
    const part = accumulation(cube, {
      disadvantages: { deprivation: ["1 (most deprived)"] },
      selection: { carer: ["Yes"] },
    })!;
    expect(part.referred).toBe(referrals.filter((one) => one.in.carer === "Yes").length);
    expect(part.rows.map((row) => [row.disadvantages, row.orMore])).toEqual([
      [0, false],
      [1, false],
    ]);
  });
});

describe("peculiar data", () => {
  const two = { deprivation: ["1 (most deprived)", "2"], disability: ["Yes", "No"] };
  const both = { deprivation: ["1 (most deprived)"], disability: ["Yes"] };

  test("nothing chosen gives nothing", () => {
    const cube = crossedCube(
      two,
      () => 100,
      () => 0.5,
    );
    expect(accumulation(cube, { disadvantages: {} })).toBeUndefined();
    expect(accumulation(cube, { disadvantages: { disability: [] } })).toBeUndefined();
  });

  test("people with more disadvantages faring better is said as such", () => {
    const cube = crossedCube(
      two,
      () => 400,
      (one) => 0.5 + 0.15 * number(one),
    );
    const { sentence } = accumulation(cube, { disadvantages: both })!;
    expect(sentence).toMatch(
      /^Each further disadvantage goes with 15 more in 100 who were accepted/,
    );
  });

  test("shares that rise and fall are called uneven, not given one slope in words", () => {
    const cube = crossedCube(
      two,
      () => 400,
      (one) => (number(one) === 1 ? 0.3 : 0.8),
    );
    const { trends, sentence } = accumulation(cube, { disadvantages: both })!;
    expect(trends[0]!.bent).toBe(true);
    expect(trends[0]!.sentence).toContain("does not change evenly");
    expect(sentence).toMatch(/^No step can be seen/);
  });

  test("everybody alike, and three people: too few to say", () => {
    const alike = smallCube(
      [{ in: { deprivation: "2", disability: "No" }, fates: { waiting: 80, declined: 20 } }],
      { groups: two, steps: ["referred", "accepted"] },
    );
    const [trend] = accumulation(alike, { disadvantages: both })!.trends;
    expect(isAbsent(trend!.slope) && trend!.slope.absent).toBe("tooFew");
    const three = crossedCube(
      two,
      (one) => (number(one) === 2 ? 3 : 200),
      () => 0.6,
    );
    const rows = accumulation(three, { disadvantages: both })!.rows;
    expect(rows[2]!.referred).toBe(3);
    expect(rows[2]!.steps[0]!.share).toMatchObject({ absent: "tooFew" });
  });
});
