import { accumulation, overlap, usualDisadvantages } from "@taproot/awareness";
import type { Cube } from "@taproot/engine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { chance, cubeOf, madeUpReferrals, type Referral, uniform } from "./referrals.ts";

const GROUPS = {
  deprivation: ["1 (most deprived)", "2", "3", "4", "5 (least deprived)"],
  age: ["18 to 39", "40 to 64", "65 to 74", "75 to 84", "85 and over"],
  disability: ["Yes", "No"],
};
const NAMES = Object.keys(GROUPS);

const someReferrals = (seed: number) =>
  madeUpReferrals({
    groups: GROUPS,
    referrals: 1500,
    seed,
    unknown: 0.1,
    accepted: (one) =>
      chance(
        1 -
          (one.deprivation === "1 (most deprived)" ? 0.8 : 0) -
          (one.disability === "Yes" && one.age === "40 to 64" ? 0.9 : 0),
      ),
  });

/** The same cube with the known groups of each characteristic in another order. */
function renumbered(cube: Cube, seed: number): Cube {
  const random = uniform(seed);
  const orders = cube.characteristics.map(({ groups }) => [
    0,
    ...groups
      .map((_, code) => ({ code, at: random() }))
      .slice(1)
      .sort((a, b) => a.at - b.at)
      .map(({ code }) => code),
  ]);
  return {
    ...cube,
    characteristics: cube.characteristics.map((one, i) => ({
      ...one,
      groups: orders[i]!.map((code) => one.groups[code]!),
    })),
    groups: cube.groups.map((codes, i) => codes.map((code) => orders[i]!.indexOf(code))),
  };
}

/** The same people, each cell's referrals spread over two. */
function split(referrals: readonly Referral[]): Cube {
  const halves = [referrals.filter((_, i) => i % 2 === 0), referrals.filter((_, i) => i % 2 === 1)];
  const [first, second] = halves.map((half) => cubeOf(half, GROUPS)) as [Cube, Cube];
  const join = (a: Float64Array, b: Float64Array) => Float64Array.from([...a, ...b]);
  const entries = first.waitCounts.length;
  return {
    ...first,
    cells: first.cells + second.cells,
    groups: first.groups.map((codes, i) => Uint16Array.from([...codes, ...second.groups[i]!])),
    fates: join(first.fates, second.fates),
    outcomeCounts: join(first.outcomeCounts, second.outcomeCounts),
    outcomeSums: join(first.outcomeSums, second.outcomeSums),
    outcomeSquares: join(first.outcomeSquares, second.outcomeSquares),
    waitStarts: Uint32Array.from([
      ...first.waitStarts,
      ...[...second.waitStarts].slice(1).map((start) => start + entries),
    ]),
    waitWeeks: Uint16Array.from([...first.waitWeeks, ...second.waitWeeks]),
    waitExits: Uint8Array.from([...first.waitExits, ...second.waitExits]),
    waitCounts: Uint32Array.from([...first.waitCounts, ...second.waitCounts]),
  };
}

/** The same to nine digits: sums in another order differ in the last. */
const same = (value: unknown) =>
  JSON.stringify(value, (_, one) => (typeof one === "number" ? Number(one.toPrecision(9)) : one));

const asked = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  step: fc.constantFrom("accepted" as const, "wait" as const),
});
const disadvantages = {
  deprivation: ["1 (most deprived)"],
  disability: ["Yes"],
  age: ["85 and over"],
};

test("the order in which groups are numbered changes nothing", () => {
  fc.assert(
    fc.property(asked, ({ seed, step }) => {
      const cube = cubeOf(someReferrals(seed), GROUPS);
      const other = renumbered(cube, seed);
      const options = { characteristics: NAMES, step };
      expect(same(overlap(other, options))).toBe(same(overlap(cube, options)));
      expect(same(accumulation(other, { disadvantages }))).toBe(
        same(accumulation(cube, { disadvantages })),
      );
    }),
    { numRuns: 12 },
  );
});

test("cells of the same groups count as one", () => {
  fc.assert(
    fc.property(asked, ({ seed, step }) => {
      const referrals = someReferrals(seed);
      const [whole, parts] = [cubeOf(referrals, GROUPS), split(referrals)];
      const options = { characteristics: NAMES, step };
      expect(parts.cells).toBeGreaterThan(whole.cells);
      expect(same(overlap(parts, options))).toBe(same(overlap(whole, options)));
      expect(same(accumulation(parts, { disadvantages }))).toBe(
        same(accumulation(whole, { disadvantages })),
      );
    }),
    { numRuns: 12 },
  );
});

test("people are counted once: rows of both kinds add up to everyone, and steps to all who are settled", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      const referrals = someReferrals(seed);
      const cube = cubeOf(referrals, GROUPS);
      const result = accumulation(cube, { disadvantages: usualDisadvantages(cube) })!;
      const rows = [...result.rows, ...result.atLeast];
      const sum = (of: (row: (typeof rows)[number]) => number) =>
        rows.reduce((total, row) => total + of(row), 0);
      expect(sum((row) => row.referred)).toBe(referrals.length);
      expect(sum((row) => row.steps[0]!.denominator)).toBe(referrals.length);
      expect(sum((row) => row.steps[0]!.reached)).toBe(
        referrals.filter((one) => one.fate !== "declined").length,
      );
    }),
    { numRuns: 12 },
  );
});
