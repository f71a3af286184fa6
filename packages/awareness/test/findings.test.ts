import type { Cube } from "@taproot/engine";
import { isAbsent } from "@taproot/statistics";
import { describe, expect, test } from "vitest";
import { compareAll } from "../src/compare.ts";
import { findingId, findings, reachBy, waitsBy } from "../src/index.ts";
import { type Crossed, crossedCube, crossings } from "./crossed-cube.ts";
import { ALL_STEPS, type SmallRow, smallCube } from "./small-cube.ts";

const fifths = ["1 (most deprived)", "2", "3", "4", "5 (least deprived)"];
const groups = {
  deprivation: fifths,
  ethnicity: ["Asian or Asian British", "Black, African or Caribbean", "White"],
  disability: ["Yes", "No"],
};

/** A service with a gap at each step, each in a group of its own. */
function service(): Cube {
  const rows = crossings(groups).flatMap((one): SmallRow[] => {
    const deprived = one.deprivation === fifths[0];
    const black = one.ethnicity === "Black, African or Caribbean";
    const asian = one.ethnicity === "Asian or Asian British";
    const disabled = one.disability === "Yes";
    const referred = 400;
    const accepted = Math.round(referred * (deprived ? 0.66 : 0.82));
    const seen = Math.round(accepted * (black ? 0.76 : 0.9));
    const completed = Math.round(seen * (disabled && deprived ? 0.6 : 0.86));
    const improved = Math.round(completed * (asian ? 0.5 : 0.66));
    const quick = Math.round(seen * (disabled ? 0.55 : 0.7));
    return [
      {
        in: one,
        fates: {
          declined: referred - accepted,
          leftBeforeSeen: accepted - seen,
          leftAfterSeen: seen - completed,
          completedNotImproved: completed - improved,
          improved,
        },
        waits: [
          [3, "declined", referred - accepted],
          [8, "removed", accepted - seen],
          [6, "seen", quick],
          [16, "seen", seen - quick],
        ],
      },
    ];
  });
  return smallCube(rows, { groups });
}

const report = findings(service());

describe("findings of a service with a gap at each step", () => {
  test("are each one sentence that says who, where, how big and how sure", () => {
    expect(report.findings.map(({ sentence }) => sentence)).toMatchInlineSnapshot(`
      [
        "Disabled people wait longer: 47 % of the 4,728 on the list had been seen within 12 weeks, against 60 % of everyone else. That is 610 fewer than expected (515 to 704).",
        "Black, African or Caribbean people are lost before being seen: 76 % of the 3,152 accepted were seen, against 90 % of everyone else. That is 442 fewer than expected (390 to 495).",
        "People from the most deprived fifth of areas are lost at acceptance: 66 % of the 2,400 referred were accepted, against 82 % of everyone else. That is 384 fewer than expected (335 to 434).",
        "Asian or Asian British people improve less often: 50 % of the 2,380 measured twice improved, against 66 % of everyone else. That is 380 fewer than expected (321 to 438).",
        "Disabled people from the most deprived fifth of areas are lost before they complete: 60 % of the 677 seen completed, against 86 % of everyone else. That is 176 fewer than expected (151 to 201).",
      ]
    `);
  });

  test("are ranked by the people whom they surely affect", () => {
    const sure = report.findings.map(({ people }) => -people.upper);
    expect(sure).toEqual([...sure].sort((a, b) => b - a));
    expect(Math.min(...sure)).toBeGreaterThan(0);
  });

  test("have an id of their own that is safe in a link and the same next month", () => {
    const ids = report.findings.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(encodeURIComponent(id)).toBe(id);
    expect(ids).toContain("accepted~deprivation.1-most-deprived");
    const cube = service();
    const more = {
      ...cube,
      fates: cube.fates.map((people) => 2 * people),
      waitCounts: cube.waitCounts.map((people) => 2 * people),
    };
    expect(findings(more).findings.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  });

  test("tell points, people, p and q that belong together", () => {
    for (const finding of report.findings) {
      const { points, people, group, others, denominator, p, q, bounds } = finding;
      expect(points.value).toBeCloseTo(100 * (group.value - others.value), 9);
      expect(people.value).toBeCloseTo((points.value / 100) * denominator, 9);
      expect(people.lower).toBeCloseTo((points.lower / 100) * denominator, 9);
      expect(q).toBeGreaterThanOrEqual(p);
      expect(q).toBeLessThanOrEqual(0.05);
      // Nobody is unknown here, so the worst case is the gap itself.
      expect(bounds.lower).toBeCloseTo(points.value, 9);
      expect(bounds.upper).toBeCloseTo(points.value, 9);
      expect(finding.signKnown).toBe(true);
    }
  });

  test("of one step are those of all steps at that step", () => {
    const one = findings(service(), { step: "accepted" });
    expect(one.findings).toEqual(report.findings.filter(({ step }) => step === "accepted"));
    expect(one.quiet.every(({ step }) => step === "accepted")).toBe(true);
  });

  test("are as many as asked for, from the top", () => {
    expect(findings(service(), { top: 2 }).findings).toEqual(report.findings.slice(0, 2));
  });

  test("are of the named characteristics only", () => {
    const { findings: found, quiet } = findings(service(), { by: ["ethnicity"] });
    for (const { cut } of found) expect(Object.keys(cut)).toEqual(["ethnicity"]);
    for (const { characteristic } of quiet) expect(characteristic).toBe("ethnicity");
    expect(() => findings(service(), { by: ["postcode"] })).toThrow(
      "These data have no characteristic “postcode”.",
    );
  });

  test("of a selection are those of a file with just these people", () => {
    const cube = service();
    const selected = findings(cube, { selection: { disability: ["Yes"] } });
    const alone = crossings(groups).filter(({ disability }) => disability === "Yes");
    expect(selected.data).toEqual(cube.data);
    const few = reachBy(cube, { selection: { disability: ["Yes"] } });
    expect(few.everyone.referred).toBe(400 * alone.length);
    // Within disabled people the crossing at completion is a gap of the most deprived.
    expect(selected.findings.map(({ step, cut }) => ({ step, cut }))).toContainEqual({
      step: "completed",
      cut: { deprivation: fifths[0] },
    });
  });
});

describe("people who leave unseen more often", () => {
  /** Per fifth: those who leave and those who are seen early and late, week by week. */
  const cubeOf = (waits: (worst: boolean) => SmallRow["waits"] & object) =>
    smallCube(
      fifths.map((deprivation): SmallRow => {
        const list = waits(deprivation === fifths[0]);
        const left = list
          .filter(([, exit]) => exit === "removed")
          .reduce((sum, [, , people]) => sum + people, 0);
        return {
          in: { deprivation },
          fates: { leftBeforeSeen: left, inTreatment: 1000 - left },
          waits: list,
        };
      }),
      { groups: { deprivation: fifths }, steps: ["referred", "accepted", "seen"] },
    );
  const ids = (cube: Cube) => findings(cube).findings.map(({ id }) => id);
  const seen = "seen~deprivation.1-most-deprived";
  const wait = "wait~deprivation.1-most-deprived";

  test("when their turn comes are not told a second time as a longer wait", () => {
    const cube = cubeOf((worst) => {
      const left = worst ? 400 : 150;
      return [5, 9].flatMap((week) => [
        [week, "removed", left / 2] as const,
        [week, "seen", (1000 - left) / 2] as const,
      ]);
    });
    const made = compareAll(cube, [[0]]).made.find(
      ({ step, codes }) => step === "wait" && codes[0] === 1,
    )!;
    expect(made.gap.upper).toBeLessThan(0);
    expect(ids(cube)).toEqual([seen]);
  });

  test("before their turn comes are not told a second time either", () => {
    // The same share of those still there is seen in each of the weeks 5 and 9; in the weeks before, more leave.
    const cube = cubeOf((worst) => {
      const left = worst ? 200 : 50;
      const early = Math.round((1000 - left) / 2);
      const stay = 1000 - left - early;
      return [
        [2, "removed", left],
        [5, "seen", early],
        [7, "removed", worst ? 100 : 20],
        [9, "seen", stay - (worst ? 100 : 20)],
      ];
    });
    expect(ids(cube)).toEqual([seen]);
  });

  test("are not told a second time where the loss is of some of those who wait", () => {
    const online = ["Uses the internet", "No internet access"];
    const names = { carer: ["Yes", "No"], digital: online };
    const cube = (early: number) =>
      smallCube(
        crossings(names).map((one): SmallRow => {
          const offline = one.digital === online[1];
          const people = offline ? 150 : 300;
          const left = Math.round(people * (offline && one.carer === "No" ? 0.35 : 0.1));
          const share = offline && one.carer === "Yes" ? early : 0.7;
          const soon = [Math.round(left * share), Math.round((people - left) * share)] as const;
          return {
            in: one,
            fates: { leftBeforeSeen: left, inTreatment: people - left },
            waits: [
              [6, "removed", soon[0]],
              [6, "seen", soon[1]],
              [16, "removed", left - soon[0]],
              [16, "seen", people - left - soon[1]],
            ],
          };
        }),
        { groups: names, steps: ["referred", "accepted", "seen"] },
      );
    const loss = "seen~carer.no~digital.no-internet-access";
    const longer = "wait~digital.no-internet-access";
    const made = compareAll(cube(0.6), [[1]]).made.find(
      ({ step, codes }) => step === "wait" && codes[0] === 2,
    )!;
    expect(made.p).toBeLessThan(0.001);
    expect(ids(cube(0.6))).toEqual([loss]);
    expect(ids(cube(0.5))).toEqual(expect.arrayContaining([loss, longer]));
  });

  test("and wait longer besides are told both", () => {
    const cube = cubeOf((worst) => {
      const left = worst ? 300 : 150;
      const early = worst ? 0.2 : 0.6;
      return [[5, early] as const, [15, 1 - early] as const].flatMap(([week, share]) => [
        [week, "removed", left * share] as const,
        [week, "seen", (1000 - left) * share] as const,
      ]);
    });
    expect(ids(cube)).toEqual(expect.arrayContaining([seen, wait]));
  });
});

describe("what was not found", () => {
  const cube = crossedCube(
    groups,
    () => 100,
    (one: Crossed) => (one.disability === "Yes" ? 0.6 : 0.8),
  );

  test("is every characteristic at every step without a finding, with the smallest gap to be seen", () => {
    const { quiet } = findings(cube);
    expect(quiet.map(({ step, characteristic }) => `${step} ${characteristic}`)).toEqual([
      "accepted deprivation",
      "accepted ethnicity",
    ]);
    const [deprivation, ethnicity] = quiet;
    // (1.96 + 0.84) standard errors of the best seen group: all of these have the same counts.
    const one = compareAll(cube, [[1]]).made[0]!;
    const by = (share: number, n: number) => (share * (1 - share)) / n;
    const error = Math.sqrt(by(0.7, 1000) + by(0.7, 2000));
    expect(one.standardError).toBeCloseTo(error, 9);
    expect(ethnicity!.smallestDetectable).toBeCloseTo(100 * (1.959964 + 0.841621) * error, 4);
    expect([deprivation!.sentence, ethnicity!.sentence]).toMatchInlineSnapshot(`
      [
        "Area deprivation: no gap was found at acceptance. The smallest that would probably have been seen is 5.9 points, for people from the most deprived fifth of areas. No gradient can be seen either: one of 8.3 points from the most to the least deprived end probably would have been.",
        "Ethnic group: no gap was found at acceptance. The smallest that would probably have been seen is 5 points, for Asian or Asian British people.",
      ]
    `);
  });
});

describe("peculiar data", () => {
  const found = (cube: Cube) => findings(cube).findings;

  test("everyone in one group: nobody to compare with, and nothing is said", () => {
    const cube = smallCube(
      [{ in: { ethnicity: "White" }, fates: { declined: 50, waiting: 100 } }],
      { groups: { ethnicity: groups.ethnicity } },
    );
    expect(found(cube)).toEqual([]);
    expect(findings(cube).tooFew).toContainEqual({ step: "accepted", cut: { ethnicity: "White" } });
    for (const { smallestDetectable } of findings(cube).quiet)
      expect(isAbsent(smallestDetectable as never)).toBe(true);
    expect(reachBy(cube, { characteristic: "ethnicity" }).groups).toHaveLength(1);
  });

  test("a group of three is named as too few, and is neither equal nor unequal", () => {
    const cube = smallCube(
      [
        { in: { ethnicity: "White" }, fates: { declined: 50, waiting: 200 } },
        { in: { ethnicity: "Asian or Asian British" }, fates: { declined: 60, waiting: 220 } },
        { in: { ethnicity: "Black, African or Caribbean" }, fates: { declined: 3 } },
      ],
      { groups: { ethnicity: groups.ethnicity }, steps: ["referred", "accepted"] },
    );
    const { tooFew, quiet } = findings(cube);
    expect(tooFew).toEqual([
      { step: "accepted", cut: { ethnicity: "Black, African or Caribbean" } },
    ]);
    expect(quiet[0]!.sentence).not.toContain("Black");
    const reach = reachBy(cube, { characteristic: "ethnicity" }).groups;
    const black = reach.find(({ group }) => group.name === "Black, African or Caribbean")!;
    expect(black.steps[0]!.share).toMatchObject({ absent: "tooFew" });
  });

  test("everyone still waiting: no share seen, and the waits so far are shown", () => {
    const cube = smallCube(
      fifths.map((deprivation) => ({
        in: { deprivation },
        fates: { waiting: 100 },
        waits: [
          [5, "waiting", 40],
          [30, "waiting", 60],
        ],
      })),
      { groups: { deprivation: fifths } },
    );
    expect(found(cube)).toEqual([]);
    const waits = waitsBy(cube, { characteristic: "deprivation" });
    expect(waits.everyone).toMatchObject({ seen: 0, stillWaiting: 500, waitingOver18: 300 });
    expect(waits.everyone.medianWeeks).toMatchObject({ absent: expect.any(String) });
    expect(reachBy(cube).everyone.steps.find(({ step }) => step === "seen")).toMatchObject({
      open: 500,
      share: { absent: "tooFew" },
    });
  });

  test("a step that is never recorded is not compared", () => {
    const cube = crossedCube(
      groups,
      () => 100,
      () => 0.7,
    );
    expect(cube.steps).toEqual(["referred", "accepted"]);
    const { quiet } = findings(cube);
    expect(new Set(quiet.map(({ step }) => step))).toEqual(new Set(["accepted"]));
    expect(reachBy(cube).everyone.steps.map(({ step }) => step)).toEqual(["accepted"]);
  });

  test("every outcome missing: the last step says nothing", () => {
    const cube = smallCube(
      fifths.map((deprivation) => ({ in: { deprivation }, fates: { completedUnmeasured: 200 } })),
      { groups: { deprivation: fifths }, steps: ALL_STEPS },
    );
    expect(found(cube)).toEqual([]);
    const improved = reachBy(cube).everyone.steps.find(({ step }) => step === "improved")!;
    expect(improved).toMatchObject({ entered: 1000, open: 1000, share: { absent: "tooFew" } });
  });

  test("forty services: filters, not findings, unless they are asked for", () => {
    const services = Array.from({ length: 40 }, (_, i) => `Service ${i + 1}`);
    const cube = crossedCube(
      { service: services, disability: ["Yes", "No"] },
      () => 200,
      (one) => (one.service === "Service 7" ? 0.4 : 0.8),
    );
    expect(found(cube)).toEqual([]);
    const [first] = findings(cube, { by: ["service"] }).findings;
    expect(first!.cut).toEqual({ service: "Service 7" });
  });

  test("five hundred languages of a few people each hide no gap in another characteristic", () => {
    const languages = Array.from({ length: 500 }, (_, i) => `Language ${i + 1}`);
    const cube = crossedCube(
      { language: languages, disability: ["Yes", "No"] },
      () => 12,
      (one) => (one.disability === "Yes" ? 0.7 : 0.8),
    );
    expect(found(cube).map(({ cut }) => cut)).toEqual([{ disability: "Yes" }]);
  });

  test("a reversed gradient is told as it is: the least deprived are worse off", () => {
    const cube = crossedCube(
      groups,
      () => 200,
      (one) => 0.9 - 0.05 * fifths.indexOf(one.deprivation!),
    );
    const [first] = found(cube);
    expect(first!.cut).toEqual({ deprivation: "5 (least deprived)" });
    expect(first!.sentence).toMatch(/^People from the least deprived fifth of areas are lost/);
    const slope = first!.gradient!.slope;
    if (isAbsent(slope)) throw new Error("the slope is absent");
    expect(slope.upper).toBeLessThan(0);
  });

  test("nobody at all", () => {
    const cube = smallCube([], { groups });
    expect(findings(cube)).toMatchObject({ findings: [], comparisons: 0 });
    expect(reachBy(cube).everyone.referred).toBe(0);
  });
});

test("an id needs no escaping whatever the group is called", () => {
  const cube = smallCube(
    [{ in: { "Ward / team": "Ålesund & Süd (“B”)" }, fates: { waiting: 1 } }],
    {
      groups: { "Ward / team": ["Ålesund & Süd (“B”)", "C"] },
    },
  );
  const id = findingId(cube, { step: "seen", characteristics: [0], codes: [1] });
  expect(decodeURIComponent(encodeURI(id))).toBe(id);
  expect(id).not.toMatch(/[\s/&"'()<>?#%]/);
});
