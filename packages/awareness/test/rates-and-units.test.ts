import { clusteredContrast, isAbsent } from "@taproot/statistics";
import { describe, expect, test } from "vitest";
import { compareAll } from "../src/compare.ts";
import { gradientOf } from "../src/gradient.ts";
import { findings } from "../src/index.ts";
import { type SmallRow, smallCube } from "./small-cube.ts";

const fifths = ["1 (most deprived)", "2", "3", "4", "5 (least deprived)"];

describe("referrals per person", () => {
  const cube = smallCube(
    [
      { in: { sex: "Female" }, fates: { awaitingDecision: 60 }, population: 1000 },
      { in: { sex: "Male" }, fates: { awaitingDecision: 120 }, population: 1200 },
      { in: {}, fates: { awaitingDecision: 9 } },
    ],
    { groups: { sex: ["Female", "Male"] }, steps: ["needed", "referred"] },
  );
  const female = compareAll(cube, [[0]]).made.find(({ codes }) => codes[0] === 1)!;

  test("are compared as rates, with Byar's limits squared and added", () => {
    const byar = (x: number) => {
      const z = 1.959963984540054;
      return [
        x * (1 - 1 / (9 * x) - z / (3 * Math.sqrt(x))) ** 3,
        (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * Math.sqrt(x + 1))) ** 3,
      ] as const;
    };
    const [l1, u1] = byar(60).map((x) => x / 1000) as [number, number];
    const [l2, u2] = byar(120).map((x) => x / 1200) as [number, number];
    expect(female.measure).toBe("rate");
    expect(female.gap.value).toBeCloseTo(0.06 - 0.1, 12);
    expect(female.gap.lower).toBeCloseTo(-0.04 - Math.hypot(0.06 - l1, u2 - 0.1), 9);
    expect(female.gap.upper).toBeCloseTo(-0.04 + Math.hypot(u1 - 0.06, 0.1 - l2), 9);
    expect(female.standardError).toBeCloseTo(Math.sqrt(60 / 1000 ** 2 + 120 / 1200 ** 2), 12);
  });

  test("leave nothing of people whose group is not recorded in either rate", () => {
    expect(female.group).toEqual({ reached: 60, denominator: 1000 });
    expect(female.others).toEqual({ reached: 120, denominator: 1200 });
    expect(female.unknown).toEqual({ reached: 9, denominator: 0 });
  });

  test("become a finding with the worst that the unknown allow", () => {
    const [finding] = findings(cube).findings;
    expect(finding).toMatchObject({
      step: "referred",
      cut: { sex: "Female" },
      signKnown: true,
      points: { value: expect.closeTo(-4, 9) },
      people: { value: expect.closeTo(-40, 9) },
    });
    expect(finding!.bounds.lower).toBeCloseTo(100 * (60 / 1000 - 129 / 1200), 9);
    expect(finding!.bounds.upper).toBeCloseTo(100 * (69 / 1000 - 120 / 1200), 9);
    expect(finding!.sentence).toBe(
      "Women and girls are referred less often: 6 referrals for every 100 of them who could need the service, against 10 for everyone else. That is 40 fewer than expected (16 to 64).",
    );
  });
});

describe("counts from organisations", () => {
  // Forty organisations, each in one fifth: how they differ among themselves is all that the data can show.
  const units = Array.from({ length: 40 }, (_, unit) => ({
    unit: `Board ${unit + 1}`,
    fifth: fifths[unit % 5]!,
    under: 300 + 37 * ((unit * 7) % 11),
    over: 200 + 23 * ((unit * 3) % 13),
  }));
  const bands = [{ fromWeeks: 0, toWeeks: 18 }, { fromWeeks: 18 }];
  const cube = smallCube(
    units.map(
      ({ unit, fifth, under, over }): SmallRow => ({
        in: { organisation: unit, deprivation: fifth },
        bands: [under, over],
        fates: { waiting: under + over },
      }),
    ),
    {
      groups: { deprivation: fifths, organisation: units.map(({ unit }) => unit) },
      about: { organisation: "service" },
      units: "organisation",
      bands,
      steps: [],
    },
  );

  test("are compared by how the organisations differ, not as so many people", () => {
    const most = compareAll(cube, [[0]]).made.find(({ codes }) => codes[0] === 1)!;
    const direct = clusteredContrast(
      {
        reached: units.flatMap((one) =>
          one.fifth === fifths[0] ? [one.under, 0] : [0, one.under],
        ),
        denominator: units.flatMap((one) =>
          one.fifth === fifths[0] ? [one.under + one.over, 0] : [0, one.under + one.over],
        ),
        groups: 2,
      },
      [1, -1],
    );
    if (isAbsent(direct)) throw new Error("the direct contrast is absent");
    expect(most.gap.value).toBeCloseTo(direct.value, 12);
    expect(most.standardError).toBeCloseTo(direct.standardError, 12);
    expect(most.p).toBeCloseTo(direct.p, 12);
    const alone = Math.sqrt(
      [most.group, most.others].reduce((sum, { reached, denominator }) => {
        const share = reached / denominator;
        return sum + (share * (1 - share)) / denominator;
      }, 0),
    );
    expect(most.standardError).toBeGreaterThan(2 * alone);
  });

  test("show no gap of their own noise, and how large a gradient would have had to be", () => {
    const report = findings(cube);
    expect(report.findings).toEqual([]);
    const [quiet] = report.quiet;
    expect(quiet).toMatchObject({ step: "wait", characteristic: "deprivation" });
    expect(quiet!.smallestDetectable).toBeGreaterThan(2);
  });

  test("give the slope an interval from the organisations", () => {
    const slope = gradientOf(cube, {
      characteristics: [0],
      step: "wait",
      measure: "waitingUnder",
      horizonWeeks: 18,
    })!.slope;
    if (isAbsent(slope)) throw new Error("the slope is absent");
    expect(slope.lower).toBeLessThan(0);
    expect(slope.upper).toBeGreaterThan(0);
  });
});
