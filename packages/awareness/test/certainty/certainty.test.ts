import { absent, isAbsent, minimumDetectableGap, weeksUntilDetectable } from "@taproot/statistics";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tippingOf } from "../../src/certainty/tipping-point.ts";
import { findings, monthsOfData, monthsToShow, unknownCosts } from "../../src/index.ts";
import { ALL_STEPS, smallCube } from "../small-cube.ts";

describe("months until a gap that matters would be seen", () => {
  test("as the formula for two shares gives it", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.integer({ min: 20, max: 5000 }),
        fc.integer({ min: 20, max: 5000 }),
        fc.double({ min: 1, max: 30, noNaN: true }),
        (share, a, b, points) => {
          const variance = share * (1 - share);
          const smallest = 100 * minimumDetectableGap(variance / a, variance / b);
          // Everything above was collected in one year, in weeks of a year's 52nd part.
          const weeks = weeksUntilDetectable(points / 100, share, a / 52, b / 52);
          if (isAbsent(weeks)) throw new Error("both groups have people");
          expect(monthsToShow(smallest, 12, points)).toBeCloseTo((weeks / 52) * 12, 6);
        },
      ),
    );
  });

  test("the smaller the gap, the longer; half the gap takes four times as long", () => {
    expect(monthsToShow(8, 6, 4)).toBe(24);
    expect(monthsToShow(8, 6, 2)).toBe(96);
  });

  test("without dates, or too few to say anything, there is no number of months", () => {
    expect(isAbsent(monthsToShow(8, monthsOfData({}), 5))).toBe(true);
    expect(isAbsent(monthsToShow(absent("tooFew", "Too few."), 12, 5))).toBe(true);
    expect(isAbsent(monthsToShow(8, 12, 0))).toBe(true);
    expect(monthsOfData({ from: "2025-01-01", to: "2025-12-31" })).toBeCloseTo(12, 1);
  });
});

describe("when the unknown turn a gap round", () => {
  const comparison = {
    characteristics: [0],
    codes: [1],
    step: "accepted",
    measure: "reach",
    gap: { value: 0.15, lower: 0, upper: 0 },
    standardError: 0.05,
    p: 0.01,
  } as const;

  test("the constructed case of the methods: 15 points, 19 % unknown", () => {
    const tipping = tippingOf({
      ...comparison,
      group: { reached: 280, denominator: 400 },
      others: { reached: 55, denominator: 100 },
      unknown: { reached: 72, denominator: 120 },
    });
    expect(tipping).toMatchObject({ inGroup: "notReached", people: 48 });
    expect(tipping!.atLeast.share).toBeCloseTo(0.553, 3);
    expect(tipping!.sentence).toBe(
      "The direction turns only if at least 55 % of the 48 people of unknown group who were not accepted belong to this group. Among people whose group is known it is 73 %.",
    );
  });

  test("nothing to say where no unknown could turn it", () => {
    expect(
      tippingOf({
        ...comparison,
        group: { reached: 280, denominator: 400 },
        others: { reached: 55, denominator: 100 },
        unknown: { reached: 1, denominator: 2 },
      }),
    ).toBeUndefined();
  });
});

describe("what unknowns cost", () => {
  const cubeOf = (unknownOfSex: number) =>
    smallCube(
      [
        { in: { sex: "Female", carer: "Yes" }, fates: { declined: 40, improved: 60 } },
        { in: { sex: "Male", carer: "No" }, fates: { declined: 30, improved: 70 } },
        { in: { carer: "No" }, fates: { declined: unknownOfSex, improved: unknownOfSex } },
      ],
      { groups: { sex: ["Female", "Male"], carer: ["Yes", "No"] }, steps: ALL_STEPS },
    );

  test("half the distance between the bounds, by hand", () => {
    const { rows, sentence } = unknownCosts(cubeOf(10));
    const row = rows.find(
      ({ characteristic, step }) => characteristic === "sex" && step === "accepted",
    )!;
    expect(row).toMatchObject({ unknown: 20, of: 220 });
    // Both groups by their bounds: (70/110 − 70/110) … and the other way round; both are 100 people.
    const width = (y: number, x: number) => (y + 10) / 110 - x / 110 - (y / 110 - (x + 10) / 110);
    expect(row.points).toBeCloseTo((100 * (width(60, 70) + width(70, 60))) / 2 / 2, 10);
    expect(sentence).toContain("Sex costs the most: it is not recorded for 20 of 220 people");
  });

  test("nobody unknown costs nothing; more unknown never cost less", () => {
    expect(unknownCosts(cubeOf(0)).sentence).toContain("unknowns cost nothing");
    const cost = (unknown: number) =>
      unknownCosts(cubeOf(unknown)).rows.find(({ characteristic }) => characteristic === "sex")!
        .points;
    expect(cost(40)).toBeGreaterThan(cost(10));
  });
});

test("a finding that the unknown could turn carries its tipping point", () => {
  const report = findings(
    smallCube(
      [
        { in: { sex: "Female" }, fates: { declined: 400, improved: 600 } },
        { in: { sex: "Male" }, fates: { declined: 300, improved: 700 } },
        { in: {}, fates: { declined: 300, improved: 300 } },
      ],
      { groups: { sex: ["Female", "Male"] }, steps: ALL_STEPS },
    ),
  );
  const [first] = report.findings;
  expect(first!.signKnown).toBe(false);
  expect(first!.tipping!.sentence).toContain("who were accepted belong to this group");
});
