import type { Exit } from "@taproot/model";
import { isAbsent } from "@taproot/statistics";
import fc from "fast-check";
import { expect, test } from "vitest";
import { meanWaitsBy, outcomesBy, overLimitBy, waitsByReferral } from "../src/index.ts";
import { type SmallRow, smallCube } from "./small-cube.ts";

const groups = ["Female", "Male", ""] as const;
const months = ["January 2025", "February 2025"] as const;

const wait = fc.tuple(
  fc.integer({ min: 0, max: 60 }),
  fc.constantFrom<Exit>("seen", "removed", "declined", "waiting", "undecided"),
  fc.integer({ min: 1, max: 40 }),
);

const anyRows = fc.array(
  fc.record({
    sex: fc.constantFrom(...groups),
    period: fc.constantFrom(...months),
    waits: fc.array(wait, { maxLength: 6 }),
    improved: fc.integer({ min: 0, max: 30 }),
    completedNotImproved: fc.integer({ min: 0, max: 30 }),
    completedUnmeasured: fc.integer({ min: 0, max: 30 }),
    changes: fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 30 }),
  }),
  { minLength: 1, maxLength: 8 },
);

const cubeOf = (rows: typeof anyRows extends fc.Arbitrary<infer T> ? T : never) =>
  smallCube(
    rows.map(
      ({ sex, period, waits, changes, ...fates }): SmallRow => ({
        in: { ...(sex ? { sex } : {}), period },
        waits,
        changes,
        fates,
      }),
    ),
    { groups: { sex: ["Female", "Male"], period: months } },
  );

test("who waits, who is over the limit and who soon will be add up over groups", () => {
  fc.assert(
    fc.property(anyRows, fc.constantFrom("referred", "accepted"), (rows, of) => {
      const table = overLimitBy(cubeOf(rows), { characteristic: "sex", of });
      const { everyone } = table;
      for (const count of ["waiting", "over", "soon"] as const)
        expect(table.groups.reduce((sum, row) => sum + row[count], 0)).toBe(everyone[count]);
      expect(everyone.over + everyone.soon).toBeLessThanOrEqual(everyone.waiting);
      for (const { share, gap } of table.groups) {
        if (!isAbsent(share))
          expect(share.lower <= share.value && share.value <= share.upper).toBe(true);
        if (!isAbsent(gap)) expect(gap.q).toBeLessThanOrEqual(1);
      }
      expect(table.sentence).not.toMatch(/NaN|undefined|Infinity/);
    }),
  );
});

test("of two groups one waits as much longer as the other waits less, and every mean is within its horizon", () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const table = meanWaitsBy(cubeOf(rows), { characteristic: "sex" });
      if (isAbsent(table.horizonWeeks)) return;
      const [first, second] = table.groups.filter(({ group }) => !group.unknown);
      for (const { mean } of table.groups)
        if (!isAbsent(mean)) {
          expect(mean.lower).toBeGreaterThanOrEqual(0);
          expect(mean.upper).toBeLessThanOrEqual(table.horizonWeeks + 1e-9);
          expect(mean.lower <= mean.value + 1e-9 && mean.value <= mean.upper + 1e-9).toBe(true);
        }
      if (!first || !second) return;
      expect(isAbsent(first.difference)).toBe(isAbsent(second.difference));
      if (isAbsent(first.difference) || isAbsent(second.difference)) return;
      expect(first.difference.value).toBeCloseTo(-second.difference.value, 9);
      expect(first.difference.lower).toBeCloseTo(-second.difference.upper, 9);
      expect(table.sentence).not.toMatch(/NaN|undefined|Infinity/);
    }),
  );
});

test("a month is judged when, and only when, nobody in it is still waiting short of the limit", () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const { cohorts } = waitsByReferral(cubeOf(rows), { characteristic: "period" });
      for (const { group, people, withinLimit } of cohorts) {
        const waits = rows.flatMap((row) => (row.period === group.name ? row.waits : []));
        const count = (which: (week: number, exit: Exit) => boolean) =>
          waits.reduce((sum, [week, exit, some]) => sum + (which(week, exit) ? some : 0), 0);
        expect(people).toBe(count(() => true));
        const short = count(
          (week, exit) => week < 18 && (exit === "waiting" || exit === "undecided"),
        );
        expect(isAbsent(withinLimit)).toBe(people < 10 || short > 0);
        // Nobody is cut short, so that the chance is the plain share.
        if (!isAbsent(withinLimit))
          expect(withinLimit.value).toBeCloseTo(
            count((week, exit) => week < 18 && exit === "seen") / people,
            9,
          );
      }
    }),
  );
});

test("the share improved lies in the bounds that people without a second score allow", () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const table = outcomesBy(cubeOf(rows), { characteristic: "sex" });
      for (const count of ["finished", "unmeasured", "measured"] as const)
        expect(table.groups.reduce((sum, row) => sum + row[count], 0)).toBe(table.everyone[count]);
      for (const { improved, improvedBounds, improvedGap, gapBounds } of table.groups) {
        if (isAbsent(improved) || isAbsent(improvedBounds)) continue;
        expect(improvedBounds.lower).toBeLessThanOrEqual(improved.value + 1e-12);
        expect(improvedBounds.upper).toBeGreaterThanOrEqual(improved.value - 1e-12);
        if (isAbsent(improvedGap) || isAbsent(gapBounds)) continue;
        expect(gapBounds.lower).toBeLessThanOrEqual(improvedGap.value + 1e-9);
        expect(gapBounds.upper).toBeGreaterThanOrEqual(improvedGap.value - 1e-9);
      }
      const [first, second] = table.groups.filter(({ group }) => !group.unknown);
      if (
        first &&
        second &&
        !isAbsent(first.changeDifference) &&
        !isAbsent(second.changeDifference)
      )
        expect(first.changeDifference.value).toBeCloseTo(-second.changeDifference.value, 9);
      expect(table.sentence).not.toMatch(/NaN|undefined|Infinity/);
    }),
  );
});
