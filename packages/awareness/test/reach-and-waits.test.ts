import { isAbsent } from "@taproot/statistics";
import { expect, test } from "vitest";
import { findings, reachBy, waitsBy } from "../src/index.ts";
import { crossedCube } from "./crossed-cube.ts";
import { smallCube } from "./small-cube.ts";

const fifths = ["1 (most deprived)", "2", "3", "4", "5 (least deprived)"];

test("the gap beside a group in the table of reach is the gap of its finding", () => {
  const cube = crossedCube(
    { deprivation: [...fifths, ""], disability: ["Yes", "No", ""] },
    (one) => (one.deprivation ? 300 : 150),
    (one) => (one.deprivation === fifths[0] ? 0.62 : one.deprivation ? 0.8 : 0.7),
  );
  const [finding] = findings(cube).findings;
  expect(finding!.unknown).toBeGreaterThan(0);
  const table = reachBy(cube, { characteristic: "deprivation" });
  const step = table.groups.find(({ group }) => group.name === fifths[0])!.steps[0]!;
  expect(step.gap).toEqual(finding!.points);
  expect(step.share).toEqual(finding!.group);
  expect(table.sentence).toMatchInlineSnapshot(
    `"Area deprivation makes the widest difference at the step “Accepted”: 62 % of 900 people from the most deprived fifth of areas reached it, and 80 % of 900 people from the least deprived fifth of areas."`,
  );
});

test("every step's people are reached, lost or open, and go on to the next", () => {
  const cube = smallCube(
    [
      {
        in: { sex: "Female" },
        fates: {
          declined: 20,
          awaitingDecision: 5,
          leftBeforeSeen: 9,
          waiting: 30,
          leftAfterSeen: 4,
        },
      },
      {
        in: { sex: "Male" },
        fates: { inTreatment: 11, completedUnmeasured: 6, completedNotImproved: 12, improved: 18 },
      },
    ],
    { groups: { sex: ["Female", "Male"] } },
  );
  const { everyone } = reachBy(cube);
  expect(everyone.referred).toBe(115);
  expect(
    everyone.steps.map(({ step, entered, reached, lost, open }) => [
      step,
      entered,
      reached,
      lost,
      open,
    ]),
  ).toEqual([
    ["accepted", 115, 90, 20, 5],
    ["seen", 90, 51, 9, 30],
    ["completed", 51, 36, 4, 11],
    ["improved", 36, 18, 12, 6],
  ]);
});

test("people still waiting are in the curve: they hold it down", () => {
  const cube = smallCube(
    [
      {
        in: { sex: "Female" },
        fates: { waiting: 60, inTreatment: 40 },
        waits: [
          [2, "seen", 40],
          [20, "waiting", 60],
        ],
      },
      {
        in: { sex: "Male" },
        fates: { waiting: 20, inTreatment: 60, declined: 20 },
        waits: [
          [2, "seen", 60],
          [1, "declined", 20],
          [53, "undecided", 20],
        ],
      },
    ],
    { groups: { sex: ["Female", "Male"] } },
  );
  const table = waitsBy(cube, { characteristic: "sex" });
  const [female, male] = table.groups;
  const by = (weeks: number, of: typeof female) =>
    of!.seenBy.find((one) => one.weeks === weeks)!.chance;
  // Two in five were seen; of the completed waits alone, everybody was.
  expect(by(18, female)).toMatchObject({ value: expect.closeTo(0.4, 12) });
  expect(female!.medianWeeks).toMatchObject({ absent: expect.any(String) });
  expect(by(18, male)).toMatchObject({ value: expect.closeTo(0.6, 12) });
  expect(male).toMatchObject({ people: 100, seen: 60, left: 20, stillWaiting: 20, medianWeeks: 3 });
  expect(male!.waitingOver52).toBe(20);
  const accepted = waitsBy(cube, { characteristic: "sex", of: "accepted" }).groups[1]!;
  expect(accepted).toMatchObject({ people: 60, seen: 60, left: 0 });
  // Nobody was watched for 52 weeks among the women: nothing is said of that horizon.
  expect(isAbsent(by(52, female))).toBe(true);
});

test("people still waiting at several dates are those of the latest date", () => {
  const bands = [{ fromWeeks: 0, toWeeks: 18 }, { fromWeeks: 18 }];
  const rows = ["March 2025", "April 2025"].flatMap((period, month) =>
    ["Female", "Male"].map((sex) => ({
      in: { period, sex },
      bands: [100 + 10 * month, 50 + month],
      fates: { waiting: 150 + 11 * month },
    })),
  );
  const cube = smallCube(rows, {
    groups: { period: ["March 2025", "April 2025"], sex: ["Female", "Male"] },
    bands,
    steps: [],
  });
  const both = findings(cube);
  expect(both.data.waitingAt).toBe("April 2025");
  expect(reachBy(cube).everyone.referred).toBe(2 * 161);
  const earlier = { selection: { period: ["March 2025"] } };
  expect(reachBy(cube, earlier).everyone.referred).toBe(2 * 150);
  expect(findings(cube, earlier).data.waitingAt).toBeUndefined();
});
