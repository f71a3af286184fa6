import { COMMUNITY_CLOCK } from "@taproot/model";
import { isAbsent, type Result } from "@taproot/statistics";
import { describe, expect, test } from "vitest";
import { meanWaitsBy, overLimitBy, waitsBy, waitsByReferral } from "../../src/index.ts";
import { smallCube } from "../small-cube.ts";

const there = <T>(result: Result<T>): T => {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
};

describe("data that cannot say much", () => {
  test("a list without waits says so, and not 0 of 0", () => {
    const cube = smallCube([{ in: { sex: "Female" }, fates: { declined: 30, inTreatment: 30 } }], {
      groups: { sex: ["Female", "Male"] },
    });
    const sentence = "These data do not say how long anybody waited.";
    expect(waitsBy(cube, { characteristic: "sex" }).sentence).toBe(sentence);
    expect(waitsBy(cube).sentence).toBe(sentence);
    expect(meanWaitsBy(cube, { characteristic: "sex" })).toMatchObject({
      horizonWeeks: { absent: "notRecorded" },
      sentence,
    });
    expect(overLimitBy(cube, { characteristic: "sex" }).sentence).toBe(sentence);
  });

  test("a part of the service with nobody in it says so", () => {
    const cube = smallCube([{ in: { sex: "Female" }, waits: [[2, "seen", 40]] }], {
      groups: { sex: ["Female", "Male"] },
    });
    expect(waitsBy(cube, { selection: { sex: ["Male"] } }).sentence).toBe(
      "Nobody is in this part of the service.",
    );
  });

  test("where everyone is still waiting nobody is said to have been seen, and all over the limit are counted", () => {
    const cube = smallCube(
      [
        { in: { sex: "Female" }, waits: [[30, "waiting", 50]] },
        { in: { sex: "Male" }, waits: [[30, "waiting", 60]] },
      ],
      { groups: { sex: ["Female", "Male"] } },
    );
    const table = waitsBy(cube, { characteristic: "sex" });
    for (const row of table.groups) {
      expect(row.seenBy.find(({ weeks }) => weeks === 18)!.chance).toMatchObject({ value: 0 });
      for (const { weeks } of row.quantiles) expect(weeks).toMatchObject({ absent: "notReached" });
    }
    const mean = meanWaitsBy(cube, { characteristic: "sex" });
    expect(mean.horizonWeeks).toBe(31);
    expect(mean.groups.map((row) => there(row.mean).value)).toEqual([31, 31]);
    expect(there(mean.groups[0]!.difference)).toMatchObject({ value: 0 });
    expect(there(mean.groups[0]!.difference).lower).toBeLessThan(0);
    expect(overLimitBy(cube).everyone).toMatchObject({ waiting: 110, over: 110, soon: 0 });
  });

  test("where nobody is waiting the breaches are none, and that is said in words", () => {
    const cube = smallCube([{ in: { sex: "Female" }, waits: [[2, "seen", 40]] }], {
      groups: { sex: ["Female", "Male"] },
    });
    const table = overLimitBy(cube, { characteristic: "sex" });
    expect(table.everyone).toMatchObject({ waiting: 0, over: 0, share: { absent: "tooFew" } });
    expect(table.sentence).toBe("Nobody is still waiting on the day the data were taken.");
    // All were seen by the third week: the year's mean is known all the same.
    expect(meanWaitsBy(cube)).toMatchObject({ horizonWeeks: 52, everyone: { mean: { value: 3 } } });
  });

  test("one group has nobody to be compared with; a group of three is too few", () => {
    const one = smallCube([{ in: { sex: "Female" }, waits: [[2, "seen", 40]] }], {
      groups: { sex: ["Female"] },
    });
    expect(isAbsent(meanWaitsBy(one, { characteristic: "sex" }).groups[0]!.difference)).toBe(true);
    const three = smallCube(
      [
        {
          in: { sex: "Female" },
          waits: [
            [2, "seen", 400],
            [6, "waiting", 40],
          ],
        },
        {
          in: { sex: "Male" },
          waits: [
            [2, "seen", 400],
            [30, "waiting", 40],
          ],
        },
        {
          in: { sex: "Indeterminate" },
          waits: [
            [4, "seen", 2],
            [19, "waiting", 1],
          ],
        },
      ],
      { groups: { sex: ["Female", "Male", "Indeterminate"] } },
    );
    const means = meanWaitsBy(three, { characteristic: "sex" });
    // Too small to be told anything of, too small to shorten everyone's horizon.
    expect(means.horizonWeeks).toBe(7);
    const small = means.groups[2]!;
    expect(small).toMatchObject({ mean: { absent: "tooFew" }, difference: { absent: "tooFew" } });
    const over = overLimitBy(three, { characteristic: "sex" }).groups[2]!;
    expect(over).toMatchObject({ waiting: 1, over: 1, share: { absent: "tooFew" } });
  });
});

describe("the mean wait", () => {
  const cube = smallCube(
    [
      {
        in: { sex: "Female" },
        waits: [
          [5, "seen", 100],
          [9, "seen", 100],
          [11, "waiting", 60],
        ],
      },
      {
        in: { sex: "Male" },
        waits: [
          [1, "seen", 150],
          [3, "seen", 100],
          [11, "waiting", 20],
        ],
      },
      { in: {}, waits: [[40, "seen", 500]] },
    ],
    { groups: { sex: ["Female", "Male"] } },
  );

  test("is worked out by hand, and compared with those whose group is recorded", () => {
    const { groups, horizonWeeks, sentence } = meanWaitsBy(cube, { characteristic: "sex" });
    expect(horizonWeeks).toBe(12);
    const named = (name: string) => groups.find(({ group }) => group.name === name)!;
    // Week 5 ends at 6. Women: 100 × 6, 100 × 10 and 60 not seen by 12.
    const women = (100 * 6 + 100 * 10 + 60 * 12) / 260;
    const men = (150 * 2 + 100 * 4 + 20 * 12) / 270;
    expect(there(named("Female").mean).value).toBeCloseTo(women, 10);
    expect(there(named("Male").mean).value).toBeCloseTo(men, 10);
    expect(there(named("Female").difference).value).toBeCloseTo(women - men, 10);
    expect(sentence).toMatch(
      /^Women and girls wait \d\.\d weeks longer than everyone else \(likely between \d\.\d and \d\.\d\), counting each wait up to 12 weeks\.$/,
    );
  });

  test("a horizon that a person chose is used, and refused where it is not supported", () => {
    const chosen = meanWaitsBy(cube, { characteristic: "sex", horizonWeeks: 6 });
    expect(chosen.groups.map((row) => isAbsent(row.mean))).toEqual([false, false, false]);
    const far = meanWaitsBy(cube, { characteristic: "sex", horizonWeeks: 52 });
    expect(far.groups.find(({ group }) => group.name === "Male")!.mean).toMatchObject({
      absent: "tooFew",
    });
  });

  test("where groups are alike, chance is not called a difference", () => {
    const alike = smallCube(
      ["Female", "Male"].map((sex) => ({
        in: { sex },
        waits: [
          [3, "seen", 50],
          [8, "waiting", 50],
        ] as const,
      })),
      { groups: { sex: ["Female", "Male"] } },
    );
    expect(meanWaitsBy(alike, { characteristic: "sex" }).sentence).toContain(
      "No group’s wait differs from everyone else’s by more than chance would make it.",
    );
  });
});

describe("over the limit", () => {
  // Week 17 holds days 120 to 126, week 18 days 127 to 133.
  const cube = smallCube(
    [
      {
        in: { sex: "Female" },
        waits: [
          [17, "waiting", 30],
          [18, "waiting", 25],
          [13, "waiting", 5],
          [14, "undecided", 7],
        ],
      },
      {
        in: { sex: "Male" },
        waits: [
          [17, "waiting", 30],
          [18, "waiting", 5],
          [13, "waiting", 40],
          [40, "seen", 99],
        ],
      },
    ],
    { groups: { sex: ["Female", "Male"] } },
  );

  test("exactly at the limit is not over it; four weeks from it is soon", () => {
    const table = overLimitBy(cube, { characteristic: "sex" });
    expect(table.groups).toMatchObject([
      { waiting: 67, over: 25, soon: 37, share: { value: 25 / 67, reached: 25, denominator: 67 } },
      { waiting: 75, over: 5, soon: 30 },
    ]);
    expect(table.everyone).toMatchObject({ waiting: 142, over: 30, soon: 67 });
    expect(there(table.groups[0]!.gap).value).toBeCloseTo(100 * (25 / 67 - 5 / 75), 10);
    expect(table.sentence).toMatchInlineSnapshot(
      `"30 of 142 people still waiting (21 %) have waited over 18 weeks. 67 more will have within 4 weeks unless they are seen. Among women and girls it is 37 %, 30.6 points more than among everyone else (likely between 17.4 and 43.2)."`,
    );
  });

  test("of those accepted, who awaits a decision is not waiting", () => {
    expect(overLimitBy(cube, { of: "accepted" }).everyone).toMatchObject({
      waiting: 135,
      soon: 60,
    });
  });

  test("the limit is the clock's", () => {
    const clock = { ...COMMUNITY_CLOCK, name: "own", limitWeeks: 14 };
    expect(overLimitBy({ ...cube, clock }).everyone).toMatchObject({
      waiting: 142,
      over: 97,
      soon: 45,
    });
  });

  test("a limit under four weeks looks no further back than the clock's start", () => {
    const clock = { ...COMMUNITY_CLOCK, name: "own", limitWeeks: 2 };
    expect(overLimitBy({ ...cube, clock }).everyone).toMatchObject({ over: 142, soon: 0 });
  });
});

describe("by month of referral", () => {
  const months = ["January 2025", "February 2025", "March 2025", "April 2025"];
  const cube = smallCube(
    [
      {
        in: { period: months[0]! },
        waits: [
          [4, "seen", 80],
          [10, "removed", 10],
          [30, "waiting", 10],
        ],
      },
      {
        in: { period: months[1]! },
        waits: [
          [4, "seen", 40],
          [20, "seen", 30],
          [26, "waiting", 30],
        ],
      },
      {
        in: { period: months[2]! },
        waits: [
          [4, "seen", 20],
          [9, "waiting", 80],
        ],
      },
      { in: { period: months[3]! }, waits: [[4, "seen", 4]] },
    ],
    { groups: { period: months }, about: { period: "time" } },
  );

  test("each month by itself, those still waiting counted, the newest too early to say", () => {
    const { cohorts, sentence, tooEarly } = waitsByReferral(cube, { characteristic: "period" });
    expect(cohorts.map(({ people, stillWaiting }) => [people, stillWaiting])).toEqual([
      [100, 10],
      [100, 30],
      [100, 80],
      [4, 0],
    ]);
    expect(there(cohorts[0]!.withinLimit).value).toBeCloseTo(0.8, 12);
    expect(there(cohorts[1]!.withinLimit).value).toBeCloseTo(0.4, 12);
    expect(there(cohorts[1]!.median)).toMatchObject({ value: 21 });
    expect(cohorts[2]!.withinLimit).toMatchObject({ absent: "notReached", message: /Too early/ });
    expect(cohorts[2]!.median).toMatchObject({ absent: "notReached" });
    expect(cohorts[3]!.withinLimit).toMatchObject({ absent: "tooFew" });
    expect(tooEarly).toBe(2);
    expect(sentence).toMatchInlineSnapshot(
      `"Within 18 weeks 80 % of 100 people referred in January 2025 were seen, and 40 % of 100 people referred in February 2025: 40 points fewer (likely between 26.8 and 51.2)."`,
    );
  });

  test("what is no time is refused", () => {
    const bySex = smallCube([{ in: { sex: "Female" }, waits: [[2, "seen", 40]] }], {
      groups: { sex: ["Female"] },
    });
    expect(() => waitsByReferral(bySex, { characteristic: "sex" })).toThrow(/does not say when/);
  });
});

test("the weeks by which a quarter, half and three quarters are seen, each with its interval", () => {
  const cube = smallCube(
    [
      {
        in: { sex: "Female" },
        waits: [
          [1, "seen", 50],
          [5, "seen", 30],
          [7, "removed", 10],
          [9, "waiting", 60],
        ],
      },
    ],
    { groups: { sex: ["Female"] } },
  );
  const [quarter, half, threeQuarters] = waitsBy(cube).everyone.quantiles;
  expect(quarter).toMatchObject({ share: 0.25, weeks: { value: 2, upperIsOpen: false } });
  expect(half).toMatchObject({ share: 0.5, weeks: { value: 6, lower: 6, upperIsOpen: true } });
  expect(threeQuarters).toMatchObject({ share: 0.75, weeks: { absent: "notReached" } });
});

test("a clock's limit is among the weeks that are given", () => {
  const clock = { ...COMMUNITY_CLOCK, to: "decided", limitWeeks: 26, name: "adaptations" } as const;
  const cube = smallCube(
    [
      {
        in: { sex: "Female" },
        waits: [
          [20, "seen", 40],
          [30, "waiting", 10],
        ],
      },
    ],
    {
      groups: { sex: ["Female"] },
    },
  );
  const table = waitsBy({ ...cube, clock });
  expect(table.horizons).toEqual([4, 12, 18, 26, 52]);
  expect(table.sentence).toBe(
    "80 % have a decision within 26 weeks. 10 of 50 are waiting for a decision, 10 of them over 26 weeks.",
  );
});
