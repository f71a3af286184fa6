import { EXITS, type Exit, FATES, type Fate } from "@taproot/model";
import { slopeIndexOfInequality } from "@taproot/statistics";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cellColumns } from "../src/cell-columns.ts";
import { compareAll } from "../src/compare.ts";
import type { Comparison } from "../src/comparison.ts";
import { gradientOf } from "../src/gradient.ts";
import { unknownBounds } from "../src/unknown-bounds.ts";
import { type SmallCubeOptions, type SmallRow, smallCube } from "./small-cube.ts";

// Every comparison is held against the slow way: exploded to one record a person and counted one by one.

const groups = {
  deprivation: ["1 (most deprived)", "2", "5 (least deprived)"],
  sex: ["Female", "Male"],
  carer: ["Yes", "No"],
} as const;
type Name = keyof typeof groups;
const names = Object.keys(groups) as Name[];

interface Individual {
  readonly in: Partial<Record<Name, string>>;
  readonly fate: Fate;
  readonly weeks: number;
  readonly exit: Exit;
}

const individual: fc.Arbitrary<Individual> = fc.record({
  in: fc.record(
    {
      deprivation: fc.constantFrom(...groups.deprivation),
      sex: fc.constantFrom(...groups.sex),
      carer: fc.constantFrom(...groups.carer),
    },
    { requiredKeys: [] },
  ),
  fate: fc.constantFrom(...FATES),
  weeks: fc.integer({ min: 0, max: 60 }),
  exit: fc.constantFrom(...EXITS),
});
const people = fc.array(individual, { minLength: 60, maxLength: 260 });

const cubeOf = (list: readonly Individual[], more: Partial<SmallCubeOptions> = {}) =>
  smallCube(
    list.map(
      (one): SmallRow => ({
        in: one.in as Record<string, string>,
        fates: { [one.fate]: 1 },
        waits: [[one.weeks, one.exit, 1]],
      }),
    ),
    { groups, ...more },
  );

const cuts = [[0], [1], [2], [0, 1], [0, 2], [1, 2]];

type Place = "in" | "out" | "unknown";

/** Where somebody stands to a group: certainly in it, certainly not, or not known. */
function placeOf(one: Individual, comparison: Comparison): Place {
  const answers = comparison.characteristics.map((index, i) => {
    const name = names[index]!;
    const value = one.in[name];
    return value === undefined
      ? "unknown"
      : value === groups[name][comparison.codes[i]! - 1]
        ? "in"
        : "out";
  });
  if (answers.includes("out")) return "out";
  return answers.includes("unknown") ? "unknown" : "in";
}

// Written out here once more, by the words, so that the table of fates is checked too.
const stages: Readonly<Record<Fate, readonly [reached: number, closed: boolean]>> = {
  declined: [0, true],
  awaitingDecision: [0, false],
  leftBeforeSeen: [1, true],
  waiting: [1, false],
  leftAfterSeen: [2, true],
  inTreatment: [2, false],
  completedUnmeasured: [3, false],
  completedNotImproved: [3, true],
  improved: [4, true],
};
const stepNumber = { accepted: 1, seen: 2, completed: 3, improved: 4 } as const;

function settledAt(fate: Fate, step: keyof typeof stepNumber, openIsLost: boolean) {
  const [reached, closed] = stages[fate];
  if (reached >= stepNumber[step]) return { reached: 1, settled: 1 };
  if (reached < stepNumber[step] - 1) return { reached: 0, settled: 0 };
  return { reached: 0, settled: closed || openIsLost ? 1 : 0 };
}

const z = 1.959963984540054;
function wilson(y: number, n: number): readonly [number, number] {
  const p = y / n;
  const middle = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [(middle - half) / scale, (middle + half) / scale];
}

/** Chance of being seen within some weeks, week by week over the people one by one; who is last watched in it is half there. */
function aalenJohansen(list: readonly { weeks: number; exit: Exit }[], horizon: number): number {
  let staying = 1;
  let seen = 0;
  for (let week = 0; week < horizon; week++) {
    const atRisk = list.filter((one) => one.weeks >= week);
    const now = atRisk.filter((one) => one.weeks === week);
    const came = now.filter(({ exit }) => exit === "seen").length;
    const went = now.filter(({ exit }) => exit === "removed").length;
    const watched = atRisk.length - now.filter(({ exit }) => exit === "waiting").length / 2;
    if (watched === 0) break;
    seen += (staying * came) / watched;
    staying *= 1 - (came + went) / watched;
  }
  return seen;
}

describe("every comparison against individual records", () => {
  test.each([[false], [true]])("reach, with open counted as lost: %s", (openIsLost) => {
    fc.assert(
      fc.property(people, (list) => {
        const cube = cubeOf(
          list,
          openIsLost ? { openCountsAsLost: ["accepted", "seen", "completed", "improved"] } : {},
        );
        const { made, tooSmall } = compareAll(cube, cuts);
        const reach = made.filter(({ measure }) => measure === "reach");
        for (const comparison of reach) {
          const step = comparison.step as keyof typeof stepNumber;
          const sums = { in: [0, 0], out: [0, 0], unknown: [0, 0] };
          for (const one of list) {
            const { reached, settled } = settledAt(one.fate, step, openIsLost);
            const sum = sums[placeOf(one, comparison)];
            sum[0]! += reached;
            sum[1]! += settled;
          }
          expect([comparison.group.reached, comparison.group.denominator]).toEqual(sums.in);
          expect([comparison.others.reached, comparison.others.denominator]).toEqual(sums.out);
          expect([comparison.unknown.reached, comparison.unknown.denominator]).toEqual(
            sums.unknown,
          );
          const [y1, n1] = sums.in as [number, number];
          const [y2, n2] = sums.out as [number, number];
          const [l1, u1] = wilson(y1, n1);
          const [l2, u2] = wilson(y2, n2);
          const gap = y1 / n1 - y2 / n2;
          expect(comparison.gap.value).toBeCloseTo(gap, 12);
          expect(comparison.gap.lower).toBeCloseTo(gap - Math.hypot(y1 / n1 - l1, u2 - y2 / n2), 9);
          expect(comparison.gap.upper).toBeCloseTo(gap + Math.hypot(u1 - y1 / n1, y2 / n2 - l2), 9);
        }
        // Everybody who is in a group is compared or named as too few.
        const named = new Set(
          [...reach, ...tooSmall].map((one) => `${one.step} ${one.characteristics} ${one.codes}`),
        );
        for (const one of list)
          for (const step of ["accepted", "seen", "completed", "improved"] as const)
            if (one.in.sex && settledAt(one.fate, step, openIsLost).settled)
              expect(named).toContain(`${step} 1 ${groups.sex.indexOf(one.in.sex as "Male") + 1}`);
      }),
      { numRuns: 40 },
    );
  });

  test("waits: the chance of having been seen, by Aalen and Johansen", () => {
    let compared = 0;
    fc.assert(
      fc.property(people, (list) => {
        const { made } = compareAll(cubeOf(list), cuts);
        for (const comparison of made.filter(({ measure }) => measure === "seenBy")) {
          compared++;
          const on = (place: Place) =>
            list.filter(
              (one) =>
                placeOf(one, comparison) === place &&
                one.exit !== "declined" &&
                one.exit !== "undecided",
            );
          const weeks = comparison.horizonWeeks!;
          expect(comparison.group.denominator).toBe(on("in").length);
          expect(comparison.others.denominator).toBe(on("out").length);
          expect(comparison.unknown.denominator).toBe(on("unknown").length);
          expect(comparison.gap.value).toBeCloseTo(
            aalenJohansen(on("in"), weeks) - aalenJohansen(on("out"), weeks),
            10,
          );
          expect(comparison.group.reached).toBeCloseTo(
            aalenJohansen(on("in"), weeks) * on("in").length,
            8,
          );
        }
      }),
      { numRuns: 25 },
    );
    expect(compared).toBeGreaterThan(50);
  });

  test("waits cell by cell, those followed standing for the others, add up to everyone's chance", () => {
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 52 }), (list, horizonWeeks) => {
        const asked = { step: "wait", measure: "seenBy", horizonWeeks } as const;
        const { reached, settled } = cellColumns(cubeOf(list), asked);
        const on = list.filter(({ exit }) => exit !== "declined" && exit !== "undecided");
        if (!on.some(({ weeks }) => weeks >= horizonWeeks)) return;
        const sum = (column: Float64Array) => column.reduce((all, one) => all + one, 0);
        expect(sum(settled)).toBe(on.length);
        expect(sum(reached)).toBeCloseTo(aalenJohansen(on, horizonWeeks) * on.length, 8);
      }),
      { numRuns: 60 },
    );
  });

  test("the slope is the slope index over the groups' own counts", () => {
    fc.assert(
      fc.property(people, (list) => {
        const cube = cubeOf(list);
        const known = groups.deprivation.map((group) => {
          const settled = list
            .filter((one) => one.in.deprivation === group)
            .map(({ fate }) => settledAt(fate, "accepted", false));
          return {
            count: settled.reduce((sum, { reached }) => sum + reached, 0),
            population: settled.reduce((sum, one) => sum + one.settled, 0),
          };
        });
        fc.pre(known.every(({ population }) => population > 0));
        const gradient = gradientOf(cube, {
          characteristics: [0],
          step: "accepted",
          measure: "reach",
        });
        const direct = slopeIndexOfInequality(
          {
            population: known.map(({ population }) => population),
            count: known.map(({ count }) => count),
          },
          { per: 100, minimumGroups: 3 },
        );
        if ("value" in direct) {
          const { value, lower, upper } = direct;
          expect(gradient?.slope).toEqual({ value, lower, upper });
        } else expect(gradient?.slope).toEqual(direct);
      }),
      { numRuns: 40 },
    );
  });

  test("cells in another order give the same comparisons", () => {
    fc.assert(
      fc.property(people, fc.integer(), (list, seed) => {
        const shuffled = [...list]
          .map((one, i) => ({ one, key: Math.sin(seed + i * 7919) }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(compareAll(cubeOf(shuffled), cuts)).toEqual(compareAll(cubeOf(list), cuts));
      }),
      { numRuns: 10 },
    );
  });
});

describe("the unknowns' bounds", () => {
  const part = fc.record({ reached: fc.nat(6), lost: fc.nat(6) });

  test("hold every way of sorting the unknown into the group and the others, and are reached by one", () => {
    fc.assert(
      fc.property(part, part, part, (group, others, unknown) => {
        fc.pre(group.reached + group.lost > 0 && others.reached + others.lost > 0);
        const counts = ({ reached, lost }: { reached: number; lost: number }) => ({
          reached,
          denominator: reached + lost,
        });
        const share = (reached: number, lost: number) => reached / (reached + lost);
        const gap = share(group.reached, group.lost) - share(others.reached, others.lost);
        const { lower, upper, signKnown } = unknownBounds({
          characteristics: [0],
          codes: [1],
          step: "accepted",
          measure: "reach",
          group: counts(group),
          others: counts(others),
          unknown: counts(unknown),
          gap: { value: gap, lower: gap, upper: gap },
          standardError: 1,
          p: 1,
        });
        let least = Number.POSITIVE_INFINITY;
        let most = Number.NEGATIVE_INFINITY;
        for (let reached = 0; reached <= unknown.reached; reached++)
          for (let lost = 0; lost <= unknown.lost; lost++) {
            const possible =
              share(group.reached + reached, group.lost + lost) -
              share(others.reached + unknown.reached - reached, others.lost + unknown.lost - lost);
            least = Math.min(least, possible);
            most = Math.max(most, possible);
          }
        expect(lower).toBeCloseTo(least, 12);
        expect(upper).toBeCloseTo(most, 12);
        expect(signKnown).toBe(gap > 0 ? least > 1e-15 : gap < 0 && most < -1e-15);
      }),
      { numRuns: 300 },
    );
  });

  test("hold every way of sorting referrals of unknown group, whose people are counted already", () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), fc.nat(6), (group, others, unknown) => {
        const gap = group / 50 - others / 80;
        const { lower, upper } = unknownBounds({
          characteristics: [0],
          codes: [1],
          step: "referred",
          measure: "rate",
          group: { reached: group, denominator: 50 },
          others: { reached: others, denominator: 80 },
          unknown: { reached: unknown, denominator: 0 },
          gap: { value: gap, lower: gap, upper: gap },
          standardError: 1,
          p: 1,
        });
        for (let inside = 0; inside <= unknown; inside++) {
          const possible = (group + inside) / 50 - (others + unknown - inside) / 80;
          expect(possible).toBeGreaterThanOrEqual(lower - 1e-12);
          expect(possible).toBeLessThanOrEqual(upper + 1e-12);
        }
      }),
    );
  });
});
