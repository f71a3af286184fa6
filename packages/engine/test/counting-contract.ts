import { EXITS, FATES, LONGEST_WAIT_WEEKS } from "@taproot/model";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Cube,
  countRecords,
  type Engine,
  type OpenEngine,
  type RecordedEvents,
  type RecordsDescription,
} from "../src/index.ts";
import { anyEvents, anyInstruments, anyReferral, asRecorded, dayAfter } from "./any-referral.ts";
import { described, type Referral, store } from "./referral.ts";
import { quarterOf, slowFate } from "./slow-count.ts";
import { tallyOfCube, tallyOfReferrals } from "./tally.ts";

const data = { records: 0, quarantined: 0, duplicates: 0 };
const yesNo = [true, false] as const;

/** Every way in which dates can be there or not: 2 × 3 × 2 × 2 × 2 × 3 referrals. */
function everyReferral(): Referral[] {
  const all: Referral[] = [];
  for (const accepted of [dayAfter(3), null])
    for (const declined of ["dated", "undated", null])
      for (const first_contact of [dayAfter(40), null])
        for (const completed of [dayAfter(90), null])
          for (const removed of [dayAfter(60), null])
            for (const score_after of [8, 2, null])
              all.push({
                referred: dayAfter(0),
                accepted,
                declined: declined === "dated" ? dayAfter(20) : null,
                decline_reason: declined === null ? null : "Does not meet the criteria",
                first_contact,
                completed,
                removed,
                score_before: 4,
                score_after,
              });
  return all;
}

const everyFile: RecordedEvents[] = yesNo.flatMap((accepted) =>
  yesNo.flatMap((declined) =>
    yesNo.flatMap((firstContact) =>
      yesNo.flatMap((completed) =>
        yesNo.map((removed) => ({
          accepted,
          declined,
          firstContact,
          completed,
          removed,
          scores: true,
        })),
      ),
    ),
  ),
);

const named = (events: RecordedEvents) =>
  Object.entries(events)
    .filter(([, recorded]) => recorded)
    .map(([event]) => event)
    .join(", ");

const fifths = ["Not recorded", "1 (most deprived)", "2", "3", "4", "5 (least deprived)"];

/** The one referral's fate, exit and week as the cube has them. */
function only(cube: Cube) {
  expect(cube.cells).toBe(1);
  expect(cube.fates.reduce((sum, count) => sum + count, 0)).toBe(1);
  return {
    fate: FATES[cube.fates.indexOf(1)],
    exit: EXITS[cube.waitExits[0] ?? -1],
    week: cube.waitWeeks[0],
  };
}

/** Counting records: part of the contract, because the SQL runs on the engine. */
export function describeCounting(name: string, open: OpenEngine): void {
  describe(`counting records on ${name}`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await open({});
    });
    afterAll(() => engine.close());

    async function counted(
      referrals: readonly Referral[],
      description: RecordsDescription,
      furtherColumns = description.further.length,
    ) {
      await store(engine, referrals, furtherColumns);
      return countRecords(engine, description, data);
    }

    test.each(everyFile.map((events) => [named(events), events] as const))(
      "every combination of dates in a file that records %s",
      async (_, events) => {
        const description = described({
          events,
          outcome: { higherIsBetter: true, smallestChange: 2 },
        });
        const referrals = everyReferral().map((referral) => asRecorded(referral, events));
        const cube = await counted(referrals, description);
        expect(tallyOfCube(cube)).toEqual(
          tallyOfReferrals(
            referrals.map((referral) => ({
              who: quarterOf(referral.referred),
              outcome: slowFate(referral, description),
            })),
            events.firstContact,
          ),
        );
      },
    );

    test("any referrals, groups and events agree with counting one by one", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyReferral, { minLength: 1, maxLength: 60 }),
          anyEvents,
          fc.boolean(),
          fc.integer({ min: 0, max: 3 }),
          anyInstruments,
          async (all, events, higherIsBetter, smallestChange, instruments) => {
            const referrals = all.map((referral) => asRecorded(referral, events));
            const description = described({
              events,
              present: ["referred", "sex", "team", "deprivation_quintile"],
              further: [{ column: "further_0", characteristic: "Housing tenure" }],
              outcome: { higherIsBetter, smallestChange, ...(instruments ? { instruments } : {}) },
              asOf: dayAfter(600),
            });
            const cube = await counted(referrals, description);
            expect(cube.characteristics.map((one) => one.name)).toEqual([
              "deprivation",
              "sex",
              "team",
              "Housing tenure",
              "period",
            ]);
            const slow = referrals.map((referral) => ({
              who: [
                fifths[referral.deprivation_quintile ?? 0],
                referral.sex ?? "Not recorded",
                referral.team ?? "Not recorded",
                referral.further_0 ?? "Not recorded",
                quarterOf(referral.referred),
              ].join(" · "),
              outcome: slowFate(referral, description),
            }));
            expect(tallyOfCube(cube)).toEqual(tallyOfReferrals(slow, events.firstContact));
            // Each crossing that occurs is one cell, and no other is stored.
            expect(cube.cells).toBe(new Set(slow.map(({ who }) => who)).size);
          },
        ),
        { numRuns: 60 },
      );
    });

    const steps = (events: Partial<RecordedEvents>) =>
      counted([{ referred: dayAfter(0) }], described({ events })).then((cube) => [
        cube.steps.join(" "),
        cube.openCountsAsLost.join(" "),
      ]);

    test("which steps a file records, and where not yet counts as never", async () => {
      const none = {
        accepted: false,
        declined: false,
        firstContact: false,
        completed: false,
        removed: false,
        scores: false,
      };
      expect(await steps({})).toEqual(["referred accepted seen completed improved", ""]);
      expect(await steps(none)).toEqual(["referred", ""]);
      expect(await steps({ ...none, accepted: true })).toEqual(["referred accepted", "accepted"]);
      expect(await steps({ ...none, declined: true })).toEqual(["referred accepted", ""]);
      expect(await steps({ ...none, firstContact: true })).toEqual(["referred seen", "seen"]);
      expect(await steps({ ...none, firstContact: true, removed: true })).toEqual([
        "referred seen",
        "",
      ]);
      // Nobody is closed unseen either, so who is not seen yet cannot be told from who never will be.
      expect(await steps({ ...none, firstContact: true, completed: true })).toEqual([
        "referred seen completed",
        "seen completed",
      ]);
      const closedUnseen = await counted(
        [{ referred: dayAfter(0) }, { referred: dayAfter(0), completed: dayAfter(30) }],
        described({ events: { ...none, firstContact: true, completed: true } }),
      );
      expect(closedUnseen.openCountsAsLost).toEqual(["completed"]);
    });

    describe("one referral", () => {
      const referred = dayAfter(0);
      type Case = readonly [
        what: string,
        referral: Referral,
        events: Partial<RecordedEvents>,
        outcome: { readonly fate: string; readonly exit?: string; readonly week?: number },
      ];
      const cases: readonly Case[] = [
        [
          "nothing yet",
          { referred },
          {},
          { fate: "awaitingDecision", exit: "undecided", week: 25 },
        ],
        [
          "no acceptance column: nobody waits for a decision",
          { referred },
          { accepted: false, declined: false },
          { fate: "waiting", exit: "waiting", week: 25 },
        ],
        [
          "only declines: who is not declined is accepted",
          { referred },
          { accepted: false },
          { fate: "waiting", exit: "waiting", week: 25 },
        ],
        [
          "only declines: a decline",
          { referred, declined: dayAfter(21) },
          { accepted: false },
          { fate: "declined", exit: "declined", week: 2 },
        ],
        [
          "a decline without a date is put at the start",
          { referred, decline_reason: "Out of area" },
          {},
          { fate: "declined", exit: "declined", week: 0 },
        ],
        [
          "declined, then accepted and seen after all",
          { referred, declined: dayAfter(5), first_contact: dayAfter(30) },
          {},
          { fate: "inTreatment", exit: "seen", week: 4 },
        ],
        [
          "no contact column: accepted is in treatment",
          { referred, accepted: dayAfter(2) },
          { firstContact: false },
          { fate: "inTreatment" },
        ],
        [
          "completed without contact was never seen",
          { referred, accepted: dayAfter(2), completed: dayAfter(50) },
          {},
          { fate: "leftBeforeSeen", exit: "removed", week: 7 },
        ],
        [
          "completed where contacts are not recorded",
          { referred, completed: dayAfter(50) },
          { firstContact: false },
          { fate: "completedUnmeasured" },
        ],
        [
          "removed before a decision",
          { referred, removed: dayAfter(15) },
          {},
          { fate: "declined", exit: "declined", week: 2 },
        ],
        [
          "removed after being seen",
          { referred, first_contact: dayAfter(10), removed: dayAfter(70) },
          {},
          { fate: "leftAfterSeen", exit: "seen", week: 1 },
        ],
        [
          "no removal column: still in treatment",
          { referred, first_contact: dayAfter(10) },
          { removed: false },
          { fate: "inTreatment", exit: "seen", week: 1 },
        ],
        [
          "no completion column: seen is all there is to measure",
          { referred, first_contact: dayAfter(10), score_before: 3, score_after: 6 },
          { completed: false },
          { fate: "improved", exit: "seen", week: 1 },
        ],
        [
          "the same score is not better",
          {
            referred,
            first_contact: referred,
            completed: dayAfter(9),
            score_before: 3,
            score_after: 3,
          },
          {},
          { fate: "completedNotImproved", exit: "seen", week: 0 },
        ],
        [
          "seen on day 126 is within 18 weeks",
          { referred, first_contact: dayAfter(126) },
          {},
          { fate: "inTreatment", exit: "seen", week: 17 },
        ],
        [
          "seen on day 127 is not",
          { referred, first_contact: dayAfter(127) },
          {},
          { fate: "inTreatment", exit: "seen", week: 18 },
        ],
        [
          "a wait of twenty years is counted in the last week",
          { referred, first_contact: "2045-01-02" },
          {},
          { fate: "inTreatment", exit: "seen", week: LONGEST_WAIT_WEEKS },
        ],
        [
          "referred on the day the list was taken",
          { referred: "2025-06-30" },
          {},
          { fate: "awaitingDecision", exit: "undecided", week: 0 },
        ],
      ];
      test.each(cases)("%s", async (_, referral, events, outcome) => {
        const description = described({ events });
        const cube = await counted([referral], description);
        expect(only(cube)).toMatchObject(outcome);
        // The slow counting, which the other tests lean on, says the same.
        expect(slowFate(referral, description)).toMatchObject(outcome);
      });
    });

    test("sums of change, whichever way is better", async () => {
      const referrals: Referral[] = [
        [3, 8],
        [5, 4],
        [null, 9],
        [2.5, 4],
      ].map(([before, after]) => ({
        referred: dayAfter(0),
        first_contact: dayAfter(1),
        completed: dayAfter(2),
        score_before: before ?? null,
        score_after: after ?? null,
      }));
      const higher = await counted(referrals, described());
      expect(higher.outcomeCounts).toEqual(Float64Array.of(3));
      expect(higher.outcomeSums).toEqual(Float64Array.of(5 - 1 + 1.5));
      expect(higher.outcomeSquares).toEqual(Float64Array.of(25 + 1 + 2.25));
      const lower = await counted(
        referrals,
        described({ outcome: { higherIsBetter: false, smallestChange: 0 } }),
      );
      expect(lower.outcomeSums).toEqual(Float64Array.of(-5.5));
      expect(lower.fates[FATES.indexOf("improved")] as number).toBe(1);
      const atLeastTwo = await counted(
        referrals,
        described({ outcome: { higherIsBetter: true, smallestChange: 2 } }),
      );
      expect(atLeastTwo.fates[FATES.indexOf("improved")] as number).toBe(1);
    });

    test("each instrument is read by its own settings, and all others by the general ones", async () => {
      const referrals: Referral[] = [
        // [instrument, before, after]: a fall of 2 in pain is an improvement of 2.
        ["Pain", 7, 5],
        ["Pain", 5, 6],
        ["Ziele für’s Leben", 2.3, 3.3],
        ["Ziele für’s Leben", 3, 3.5],
        ["Another", 3, 3.5],
        [null, 3, 3.5],
      ].map(([outcome_measure, before, after]) => ({
        referred: dayAfter(0),
        first_contact: dayAfter(1),
        completed: dayAfter(2),
        outcome_measure: outcome_measure as string | null,
        score_before: before as number,
        score_after: after as number,
      }));
      await store(engine, referrals);
      const description = described({
        present: ["referred", "outcome_measure"],
        outcome: {
          higherIsBetter: true,
          smallestChange: 0,
          instruments: [
            {
              instrument: "Pain",
              higherIsBetter: false,
              smallestChange: 1.5,
              source: "Team, 2025",
            },
            { instrument: "Ziele für’s Leben", higherIsBetter: true, smallestChange: 1 },
          ],
        },
      });
      const cube = await countRecords(engine, description, data, {
        characteristics: ["instrument"],
      });
      const of = Object.fromEntries(
        Array.from({ length: cube.cells }, (_, cell) => [
          cube.characteristics[0]!.groups[cube.groups[0]![cell]!]!.name,
          {
            improved: cube.fates[cell * FATES.length + FATES.indexOf("improved")],
            change: cube.outcomeSums[cell],
          },
        ]),
      );
      expect(of).toEqual({
        Pain: { improved: 1, change: 1 },
        // 3.3 − 2.3 is a little under 1 in binary numbers, and 1 to everyone else.
        "Ziele für’s Leben": { improved: 1, change: expect.closeTo(1.5, 12) },
        Another: { improved: 1, change: 0.5 },
        "Not recorded": { improved: 1, change: 0.5 },
      });
    });

    test("quarters follow each other, the empty ones too", async () => {
      const cube = await counted(
        ["2023-12-31", "2024-01-01", "2024-09-30"].map((referred) => ({ referred })),
        described(),
      );
      expect(cube.characteristics[0]!.groups.map((group) => group.name)).toEqual([
        "Not recorded",
        "October to December 2023",
        "January to March 2024",
        "April to June 2024",
        "July to September 2024",
      ]);
      expect([...cube.groups[0]!].sort()).toEqual([1, 2, 4]);
    });

    test.each([
      ["children's", 25, ["0 to 4", "5 to 10", "11 to 15", "16 to 17", "18 to 25"], [4, 5, 17, 25]],
      [
        "adults'",
        26,
        ["0 to 17", "18 to 39", "40 to 64", "65 to 74", "75 to 84", "85 and over"],
        [17, 18, 39, 85, 120],
      ],
    ])("%s age bands where the oldest is %i or more", async (_, oldest, bands, ages) => {
      const cube = await counted(
        [...ages, oldest, null].map((age) => ({ referred: dayAfter(0), age })),
        described({ present: ["age", "referred"] }),
      );
      const [age] = cube.characteristics;
      expect(age!.groups.map((group) => group.name)).toEqual(["Not recorded", ...bands]);
      const counts: Record<string, number> = {};
      for (let cell = 0; cell < cube.cells; cell++) {
        const group = age!.groups[cube.groups[0]![cell]!]!.name;
        counts[group] = cube.fates[cell * FATES.length + FATES.indexOf("awaitingDecision")]!;
      }
      const expected: Record<string, number> = { "Not recorded": 1 };
      for (const years of [...ages, oldest]) {
        const band = bands.find((one) => {
          const [from, to = 200] = one.replace(" and over", "").split(" to ").map(Number);
          return years >= from! && years <= to;
        });
        expected[band!] = (expected[band!] ?? 0) + 1;
      }
      expect(counts).toEqual(expected);
    });

    test("ages given as bands are groups in the order of their numbers", async () => {
      const cube = await counted(
        ["100 and over", "5 to 9", "10 to 14", null].map((age_band) => ({
          referred: dayAfter(0),
          age_band,
        })),
        described({ present: ["age_band", "referred"] }),
      );
      expect(cube.characteristics[0]).toMatchObject({ name: "age", ordered: true });
      expect(cube.characteristics[0]!.groups.map((group) => group.name)).toEqual([
        "Not recorded",
        "5 to 9",
        "10 to 14",
        "100 and over",
      ]);
    });

    test("past a thousand groups the rarest are counted as all others", async () => {
      const referrals: Referral[] = [];
      for (let value = 0; value < 1203; value++)
        for (let times = value < 1000 ? 2 : 1; times > 0; times--)
          referrals.push({ referred: dayAfter(0), team: `Team ${value}` });
      referrals.push({ referred: dayAfter(0), team: null });
      const cube = await counted(referrals, described({ present: ["team", "referred"] }));
      const team = cube.characteristics[0]!;
      expect(team.groups).toHaveLength(1002);
      expect(team.groups.at(-1)).toEqual({
        name: "All others",
        people: "people in all other groups",
      });
      const tally = tallyOfCube(cube);
      const who = (group: string) => `${group} · January to March 2025: awaitingDecision`;
      expect(tally[who("All others")]).toBe(203);
      expect(tally[who("Not recorded")]).toBe(1);
      expect(tally[who("Team 999")]).toBe(2);
      expect(tally[who("Team 1000")]).toBeUndefined();
    });

    test("more crossings than one number can hold still make the right cells", async () => {
      // 21 values in each of 13 columns, with not recorded: 22^13 is far past 2^52.
      const columns = 13;
      const referrals = Array.from({ length: 300 }, (_, row) => ({
        referred: dayAfter(row % 50),
        ...Object.fromEntries(
          Array.from({ length: columns }, (_, column) => [
            `further_${column}`,
            (row * 7 + column * row) % 22 === 0 ? null : `v${(row * 7 + column * row) % 22}`,
          ]),
        ),
      })) as Referral[];
      const further = Array.from({ length: columns }, (_, column) => ({
        column: `further_${column}`,
        characteristic: `Further ${column}`,
      }));
      const description = described({ further });
      const cube = await counted(referrals, description);
      const slow = referrals.map((referral) => ({
        who: [
          ...further.map(({ column }) => referral[column as "further_0"] ?? "Not recorded"),
          quarterOf(referral.referred),
        ].join(" · "),
        outcome: slowFate(referral, description),
      }));
      expect(tallyOfCube(cube)).toEqual(tallyOfReferrals(slow, true));
    });

    test("a column that holds nothing has the one group of what is not recorded", async () => {
      const cube = await counted(
        [{ referred: dayAfter(0) }, { referred: dayAfter(1) }],
        described({
          present: ["sex", "referred"],
          further: [{ column: "further_0", characteristic: "Tenure" }],
        }),
      );
      expect(cube.characteristics.map(({ groups }) => groups.length)).toEqual([1, 1, 2]);
      expect(cube.cells).toBe(1);
    });

    test("nothing to count is a cube without cells", async () => {
      const cube = await counted([], described({ present: ["sex", "age", "referred"] }));
      expect(cube.cells).toBe(0);
      expect(cube.waitStarts).toEqual(Uint32Array.of(0));
    });

    test("counting leaves the records as they are and may be repeated", async () => {
      const description = described({ present: ["team", "referred"] });
      const first = await counted([{ referred: dayAfter(0), team: "East" }], description);
      expect(await countRecords(engine, description, data)).toEqual(first);
      expect(await engine.rows("select count(*)::integer as n from records")).toEqual([{ n: 1 }]);
    });
  });
}
