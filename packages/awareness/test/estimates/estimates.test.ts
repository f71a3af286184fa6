import type { Cube } from "@taproot/engine";
import { chanceOfBeingSeenBy, isAbsent, proportion, proportionRatio } from "@taproot/statistics";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareAll } from "../../src/compare.ts";
import { partsOfTables } from "../../src/compare-waits.ts";
import type { Comparison } from "../../src/comparison.ts";
import {
  codesOfEstimate,
  type Estimates,
  estimates,
  estimatesOfReferrals,
  reachBy,
  waitsBy,
} from "../../src/index.ts";
import type { WeeklyTable } from "../../src/weekly-table.ts";
import { crossedCube } from "../crossed-cube.ts";
import { type AnyReferrals, anyReferrals, cubeOfReferrals } from "./any-referrals.ts";

const keyOf = (step: string, characteristics: readonly number[], codes: readonly number[]) =>
  `${step} ${characteristics.join()} ${codes.join()}`;

function placeOf(made: Estimates): Map<string, number> {
  const places = new Map<string, number>();
  for (let at = 0; at < made.length; at++) {
    const codes = codesOfEstimate(made, at);
    const cut = made.cuts[made.cut[at]!]!;
    const key = keyOf(
      made.measures[made.measure[at]!]!.step,
      cut,
      cut.map((index) => codes.get(index)!),
    );
    expect(places.has(key)).toBe(false);
    places.set(key, at);
  }
  return places;
}

function near(actual: number | undefined, expected: number, what: string) {
  if (!(Math.abs((actual ?? Number.NaN) - expected) <= 1e-9 * Math.max(1, Math.abs(expected))))
    expect.fail(`${what}: ${actual} where ${expected} was expected`);
}

/** Compares every estimate with what the comparisons behind findings say, cut by cut. */
function agreesWithComparisons(made: Estimates, cube: Cube, horizon: number | undefined) {
  const places = placeOf(made);
  const slow = compareAll(cube, made.cuts, horizon);
  expect(slow.made.length + slow.tooSmall.length).toBe(made.length);
  for (const one of slow.tooSmall)
    expect(made.said[places.get(keyOf(one.step, one.characteristics, one.codes))!]).toBe(0);
  for (const one of slow.made) {
    const key = keyOf(one.step, one.characteristics, one.codes);
    const at = places.get(key)!;
    expect(made.said[at], key).toBe(1);
    near(made.reached[at], one.group.reached, `${key} reached`);
    near(made.denominator[at], one.group.denominator, `${key} denominator`);
    near(made.restReached[at], one.others.reached, `${key} rest reached`);
    near(made.restDenominator[at], one.others.denominator, `${key} rest`);
    near(made.unknown[at], one.unknown.denominator, `${key} unknown`);
    near(made.difference.values[at], one.gap.value, `${key} difference`);
    near(made.difference.lowers[at], one.gap.lower, `${key} difference's lower`);
    near(made.difference.uppers[at], one.gap.upper, `${key} difference's upper`);
    for (const [arrays, side] of [
      [made.share, "group"],
      [made.restShare, "others"],
    ] as const) {
      const share = one.measure === "seenBy" ? chanceOf(cube, one, side) : shareOf(one[side]);
      near(arrays.values[at], share.value, `${key} share of ${side}`);
      near(arrays.lowers[at], share.lower, `${key} lower of ${side}`);
      near(arrays.uppers[at], share.upper, `${key} upper of ${side}`);
    }
    const ratio = proportionRatio(...effective(cube, one));
    expect(made.ratio.present[at]).toBe(isAbsent(ratio) ? 0 : 1);
    if (isAbsent(ratio)) continue;
    near(made.ratio.values[at], ratio.value, `${key} ratio`);
    near(made.ratio.lowers[at], ratio.lower, `${key} ratio's lower`);
    near(made.ratio.uppers[at], ratio.upper, `${key} ratio's upper`);
  }
}

function shareOf({ reached, denominator }: Comparison["group"]) {
  const share = proportion(reached, denominator);
  if (isAbsent(share)) throw new Error(share.message);
  return share;
}

function chanceOf(cube: Cube, one: Comparison, side: "group" | "others") {
  const parts = partsOfTables(cube, one, one.horizonWeeks!);
  const { seen, left, waiting }: WeeklyTable = parts[side];
  const counts = { seen, removed: left, stillWaiting: waiting };
  const exits = { ...counts, openEnded: true, censoring: "throughoutWeek" } as const;
  const chance = chanceOfBeingSeenBy(exits, one.horizonWeeks!);
  if (isAbsent(chance)) throw new Error(chance.message);
  return chance;
}

/** The counts that a ratio's interval rests on: for waits as many as would give the same error if all were followed. */
function effective(cube: Cube, one: Comparison) {
  return (["group", "others"] as const).map((side) => {
    if (one.measure !== "seenBy")
      return { numerator: one[side].reached, denominator: one[side].denominator };
    const { value, effectiveNumber } = chanceOf(cube, one, side);
    return { numerator: value * effectiveNumber, denominator: effectiveNumber };
  }) as [Parameters<typeof proportionRatio>[0], Parameters<typeof proportionRatio>[1]];
}

const service: AnyReferrals = { referrals: 12_000, groups: [5, 3, 2, 4], seed: 7 };

describe("estimates of every cut of one to three characteristics", () => {
  const referrals = anyReferrals(service);
  const cube = cubeOfReferrals(referrals);
  const made = estimatesOfReferrals(referrals);

  test("hold every known group of every cut at five steps", () => {
    const groups = 14 + (15 + 10 + 20 + 6 + 12 + 8) + (30 + 60 + 40 + 24);
    expect(made.cuts).toHaveLength(4 + 6 + 4);
    expect(made.measures.map(({ step }) => step)).toEqual([
      "accepted",
      "seen",
      "completed",
      "improved",
      "wait",
    ]);
    // A few small groups have nobody settled at a late step.
    expect(made.length).toBeLessThanOrEqual(5 * groups);
    expect(made.length).toBeGreaterThan(0.99 * 5 * groups);
    expect(made.leftOut).toEqual([]);
    const said = made.said.reduce((sum, one) => sum + one, 0);
    expect(said).toBeGreaterThan(0.5 * made.length);
    expect(said).toBeLessThan(made.length);
  });

  test("agree with the comparisons behind findings, one by one", () => {
    agreesWithComparisons(made, cube, 18);
  });

  test("are the same from a cube, to the last bit", () => {
    expect(estimates(cube)).toEqual(made);
  });

  test("of one characteristic are what reach and waits show", () => {
    const places = placeOf(made);
    for (const index of [0, 1, 2, 3]) {
      const { name } = referrals.characteristics[index]!;
      const waits = waitsBy(cube, { characteristic: name, of: "accepted" });
      for (const [code, { group, steps }] of reachBy(cube, {
        characteristic: name,
      }).groups.entries()) {
        if (group.unknown) continue;
        for (const { step, share, gap } of steps) {
          const at = places.get(keyOf(step, [index], [code]))!;
          if (isAbsent(share) || isAbsent(gap)) throw new Error("everybody is there");
          near(made.share.values[at], share.value, "share");
          near(made.share.lowers[at], share.lower, "lower");
          near(100 * made.difference.lowers[at]!, gap.lower, "gap");
          near(made.reached[at], share.reached, "reached");
        }
        const chance = waits.groups[code]!.seenBy.find(({ weeks }) => weeks === 18)!.chance;
        if (isAbsent(chance)) throw new Error(chance.message);
        const at = places.get(keyOf("wait", [index], [code]))!;
        near(made.share.values[at], chance.value, "chance");
        near(made.share.uppers[at], chance.upper, "upper");
      }
    }
  });

  test("of fewer characteristics, and of those named, are among them", () => {
    const all = placeOf(made);
    const pairs = estimatesOfReferrals(referrals, {
      by: ["characteristic2", "characteristic0"],
      upTo: 2,
    });
    expect(pairs.cuts).toEqual([[0], [2], [0, 2]]);
    for (const [key, at] of placeOf(pairs)) {
      const there = all.get(key)!;
      expect(pairs.difference.uppers[at]).toBe(made.difference.uppers[there]);
      expect(pairs.denominator[at]).toBe(made.denominator[there]);
    }
  });

  test("of a part of the service are those of its cells", () => {
    const [first] = cube.groups;
    const kept = Uint32Array.from(cube.groups[0]!.keys()).filter((cell) => first![cell] === 2);
    const part = (column: Uint8Array | Uint16Array) =>
      Uint8Array.from(kept, (cell) => column[cell]!);
    const inGroup = estimatesOfReferrals(
      {
        ...referrals,
        groups: referrals.groups.map(part),
        fates: part(referrals.fates),
        weeks: part(referrals.weeks!),
      },
      { by: ["characteristic1", "characteristic3"] },
    );
    const selected = estimates(cube, {
      selection: { characteristic0: ["group 2"] },
      by: ["characteristic1", "characteristic3"],
    });
    expect(selected).toEqual(inGroup);
  });
});

test("any referrals: the slow way and the quick way agree", () => {
  fc.assert(
    fc.property(
      fc.record({
        referrals: fc.integer({ min: 0, max: 700 }),
        groups: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 0, maxLength: 4 }),
        seed: fc.integer(),
        longestWeek: fc.constantFrom(3, 30, 200),
        shorts: fc.boolean(),
        undated: fc.boolean(),
        openCountsAsLost: fc.constantFrom([], ["seen"] as const),
        steps: fc.constantFrom(undefined, ["referred", "seen"] as const),
        horizonWeeks: fc.integer({ min: 1, max: 60 }),
      }),
      ({ horizonWeeks, steps, ...rest }) => {
        const referrals = anyReferrals({ ...rest, ...(steps ? { steps } : {}) });
        const cube = cubeOfReferrals(referrals);
        const made = estimatesOfReferrals(referrals, { horizonWeeks });
        const waits = referrals.weeks && referrals.fates.length > 0;
        agreesWithComparisons(made, cube, waits ? horizonWeeks : undefined);
        if (waits || !referrals.weeks) expect(estimates(cube, { horizonWeeks })).toEqual(made);
      },
    ),
    { numRuns: 60 },
  );
});

test("many characteristics, packed into several words, are counted like few", () => {
  const wide = anyReferrals({
    referrals: 3000,
    groups: [40, 300, 9, 70, 17, 33],
    seed: 3,
    shorts: true,
  });
  const by = ["characteristic0", "characteristic1", "characteristic5"];
  const all = estimatesOfReferrals(wide, { upTo: 2 });
  const few = estimatesOfReferrals(wide, { upTo: 2, by });
  const places = placeOf(all);
  expect(few.length).toBeGreaterThan(1000);
  for (const [key, at] of placeOf(few)) {
    expect(all.denominator[places.get(key)!]).toBe(few.denominator[at]);
    expect(all.share.values[places.get(key)!]).toBe(few.share.values[at]);
  }
});

test("crossings of too many groups are named, not counted", () => {
  const wide = anyReferrals({ referrals: 200, groups: [250, 250, 3], seed: 3 });
  const made = estimatesOfReferrals(wide, { upTo: 3 });
  expect(made.cuts).toEqual([[0], [1], [2], [0, 2], [1, 2]]);
  expect(made.leftOut).toEqual([
    [0, 1],
    [0, 1, 2],
  ]);
});

test("counts from units rest on the units, and have no ratio", () => {
  const groups = { age: ["Under 18", "18 to 64"], team: Array.from("ABCDEFGH") };
  const cube = crossedCube(
    groups,
    () => 200,
    (one) => (one.age === "Under 18" ? 0.5 : 0.7) + (one.team === "A" ? 0.1 : 0),
    { units: "team" },
  );
  const made = estimates(cube, { by: ["age"] });
  const [one] = compareAll(cube, [[0]]).made;
  expect(made.length).toBe(2);
  expect(made.difference.values[0]).toBeCloseTo(-0.2, 2);
  expect(made.difference.lowers[0]).toBe(one!.gap.lower);
  expect([...made.ratio.present]).toEqual([0, 0]);
});

test("codes that mean nothing and columns of different lengths are refused", () => {
  const referrals = anyReferrals({ referrals: 50, groups: [2, 2, 2, 2, 2], seed: 1 });
  const refusal = (change: object) => () => estimatesOfReferrals({ ...referrals, ...change });
  const last = referrals.groups.with(4, new Uint8Array(50).fill(3));
  const first = referrals.groups.with(0, new Uint8Array(50).fill(9));
  expect(refusal({ groups: last })).toThrow("The code 3 of “characteristic4” has no meaning");
  expect(refusal({ groups: first })).toThrow("The code 9 of “characteristic0” has no meaning");
  expect(refusal({ fates: new Uint8Array(50).fill(9) })).toThrow("The code 9 of a fate");
  expect(refusal({ weeks: new Uint8Array(49) })).toThrow("A column holds 49 referrals");
  expect(refusal({ groups: referrals.groups.slice(1) })).toThrow("come with 4 columns");
  expect(() => estimatesOfReferrals(referrals, { horizonWeeks: 0 })).toThrow(
    "1 to 520 whole weeks",
  );
  expect(() => estimatesOfReferrals(referrals, { by: ["colour"] })).toThrow(
    "no characteristic “colour”",
  );
});
