import { gapChange, isAbsent, proportionDifference } from "@taproot/statistics";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gapByPeriod, gapsOverTime } from "../../src/index.ts";
import { ALL_STEPS, type SmallRow, smallCube } from "../small-cube.ts";

const QUARTERS = ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6"];
const most = { deprivation: "1 (most deprived)" };
const least = { deprivation: "5 (least deprived)" };

const cubeOf = (rows: readonly SmallRow[]) =>
  smallCube(rows, {
    groups: { deprivation: ["1 (most deprived)", "5 (least deprived)"], period: QUARTERS },
    about: { period: "time" },
    steps: ALL_STEPS,
  });

/** Accepted of 1,000 in each group and period. */
const accepted = (of: typeof most, period: string, people: number): SmallRow => ({
  in: { ...of, period },
  fates: { declined: 1000 - people, improved: people },
});

const change = (
  before: readonly [number, number],
  after: readonly [number, number],
): ReturnType<typeof gapsOverTime> =>
  gapsOverTime(
    cubeOf([
      accepted(most, "Q1", before[0]),
      accepted(least, "Q1", before[1]),
      accepted(most, "Q2", after[0]),
      accepted(least, "Q2", after[1]),
    ]),
    { characteristic: "deprivation", before: { period: ["Q1"] }, after: { period: ["Q2"] } },
  );

const rowOf = ({ rows }: ReturnType<typeof gapsOverTime>) =>
  rows.find(({ step, group }) => step === "accepted" && group.name === most.deprivation)!;

describe("this period against that one", () => {
  test("the change of a gap, as two independent differences give it", () => {
    const row = rowOf(change([600, 800], [750, 800]));
    const gap = (y: number, x: number) => {
      const difference = proportionDifference(
        { numerator: y, denominator: 1000 },
        { numerator: x, denominator: 1000 },
      );
      if (isAbsent(difference)) throw new Error("both have people");
      return difference;
    };
    const expected = gapChange(gap(600, 800), gap(750, 800));
    if (isAbsent(expected) || isAbsent(row.change)) throw new Error("the change is there");
    expect(row.change.value).toBeCloseTo(15, 10);
    expect(row.change.lower).toBeCloseTo(100 * expected.lower, 10);
    expect(row.change.upper).toBeCloseTo(100 * expected.upper, 10);
  });

  test("a gap that closes because those behind caught up", () => {
    const table = change([600, 800], [750, 800]);
    expect(rowOf(table).closed).toBe("levelledUp");
    expect(table.sentence).toContain("20 points behind at the step “Accepted”");
    expect(table.sentence).toContain("now 5 points behind");
    expect(table.sentence).toContain("those behind caught up");
  });

  test("a gap that closes because those ahead fell back is no success", () => {
    const table = change([600, 800], [600, 650]);
    expect(rowOf(table).closed).toBe("levelledDown");
    expect(table.sentence).toContain("nobody is better off for it");
  });

  test("part up, part down; and a gap that widens", () => {
    expect(rowOf(change([600, 800], [700, 720])).closed).toBe("both");
    expect(rowOf(change([700, 720], [600, 800])).closed).toBe("widened");
  });

  test("a change that chance easily makes is not told", () => {
    const table = change([600, 620], [604, 621]);
    expect(rowOf(table).closed).toBeUndefined();
    expect(table.sentence).toContain("No gap changed between the two periods");
    expect(table.sentence).toContain("2,000 and 2,000 referrals");
  });

  test("a period with nobody in it says so", () => {
    const table = gapsOverTime(cubeOf([accepted(most, "Q1", 500), accepted(least, "Q1", 600)]), {
      characteristic: "deprivation",
      before: { period: ["Q1"] },
      after: { period: ["Q2"] },
    });
    expect(table.rows.every(({ change }) => isAbsent(change))).toBe(true);
    expect(table.sentence).toContain("Too few people are settled in one of the two periods");
  });

  test("swapping the periods turns every change round; the same period twice changes nothing", () => {
    const share = fc.integer({ min: 50, max: 950 });
    fc.assert(
      fc.property(share, share, share, share, (a, b, c, d) => {
        const there = rowOf(change([a, b], [c, d]));
        const back = rowOf(change([c, d], [a, b]));
        if (isAbsent(there.change) || isAbsent(back.change)) throw new Error("people are there");
        expect(back.change.value).toBeCloseTo(-there.change.value, 10);
        expect(back.change.lower).toBeCloseTo(-there.change.upper, 10);
        const same = rowOf(change([a, b], [a, b]));
        expect(same.change).toMatchObject({ value: 0 });
        expect(same.closed).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  test("referrals that are still open are counted beside the gap", () => {
    const cube = cubeOf([
      accepted(most, "Q1", 600),
      accepted(least, "Q1", 700),
      { in: { ...most, period: "Q2" }, fates: { declined: 10, improved: 20, awaitingDecision: 7 } },
      accepted(least, "Q2", 700),
    ]);
    const row = rowOf(
      gapsOverTime(cube, {
        characteristic: "deprivation",
        before: { period: ["Q1"] },
        after: { period: ["Q2"] },
      }),
    );
    expect(row.after).toMatchObject({ open: 7, group: { reached: 20, denominator: 30 } });
  });
});

describe("one gap, period by period", () => {
  const closing = (closesBy: number) =>
    cubeOf(
      QUARTERS.flatMap((period, i) => [
        accepted(most, period, 500 + closesBy * i),
        accepted(least, period, 800),
      ]),
    );
  const question = {
    characteristic: "deprivation",
    group: most.deprivation,
    step: "accepted",
  } as const;

  test("the gap of each period, and the points that it moves in a year", () => {
    const series = gapByPeriod(closing(20), question);
    if (isAbsent(series) || isAbsent(series.trendAYear)) throw new Error("six periods are there");
    const gaps = series.periods.map(({ gap }) => (isAbsent(gap) ? null : gap.points.value));
    [-30, -28, -26, -24, -22, -20].forEach((gap, i) => {
      expect(gaps[i]).toBeCloseTo(gap, 10);
    });
    expect(series.trendAYear.value).toBeCloseTo(8, 6);
    expect(series.sentence).toContain("8 points a year in the group’s favour");
  });

  test("a gap that stays says what change could be there", () => {
    const series = gapByPeriod(closing(0), question);
    if (isAbsent(series)) throw new Error("six periods are there");
    expect(series.sentence).toContain("no steady change can be seen");
  });

  test("only the chosen periods; one period is none to compare", () => {
    const two = gapByPeriod(closing(20), { ...question, selection: { period: ["Q2", "Q3"] } });
    if (isAbsent(two)) throw new Error("two periods are there");
    expect(two.periods.map(({ period }) => period)).toEqual(["Q2", "Q3"]);
    expect(isAbsent(two.trendAYear)).toBe(true);
    expect(gapByPeriod(closing(20), { ...question, selection: { period: ["Q2"] } })).toMatchObject({
      absent: "tooFew",
    });
  });

  test("a group that the data do not have is refused", () => {
    expect(() => gapByPeriod(closing(1), { ...question, group: "6" })).toThrow("has no group “6”");
  });
});
