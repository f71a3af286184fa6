import { CLOCK_ENDS, CLOCK_STARTS, EXITS, FATES } from "@taproot/model";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  clockIsRecorded,
  countableCharacteristics,
  countRecords,
  type Engine,
  type OpenEngine,
  spreadOfReferrals,
} from "../src/index.ts";
import { anyEvents, anyReferral, asRecorded, dayAfter } from "./any-referral.ts";
import { described, type Referral, store } from "./referral.ts";
import { slowClock } from "./slow-clock.ts";
import { slowFate } from "./slow-count.ts";

const data = { records: 0, quarantined: 0, duplicates: 0 };

/** Counting for one question: part of the contract, because the SQL runs on the engine. */
export function describeCountingOnDemand(name: string, open: OpenEngine): void {
  describe(`counting on demand on ${name}`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await open({});
    });
    afterAll(() => engine.close());

    test("waits by any clock agree with working each out", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyReferral, { minLength: 1, maxLength: 60 }),
          anyEvents,
          fc.constantFrom(...CLOCK_STARTS),
          fc.constantFrom(...CLOCK_ENDS),
          async (all, events, from, to) => {
            const clock = { name: "own", label: "Own clock", from, to, limitWeeks: 6 };
            const referrals = all.map((referral) => asRecorded(referral, events));
            const description = described({ events, asOf: dayAfter(600) });
            await store(engine, referrals);
            const counting = countRecords(engine, description, data, {
              characteristics: [],
              clock,
            });
            if (!clockIsRecorded(description, clock)) {
              await expect(counting).rejects.toMatchObject({ code: "clockNotRecorded" });
              return;
            }
            const cube = await counting;
            const ordinary = from === "referred" && to === "seen";
            const expected: Record<string, number> = {};
            for (const referral of referrals) {
              const wait = ordinary
                ? slowFate(referral, description)
                : slowClock(referral, description, clock);
              if (!wait) continue;
              const key = `${wait.exit} in week ${wait.week}`;
              expected[key] = (expected[key] ?? 0) + 1;
            }
            const counted: Record<string, number> = {};
            for (let entry = 0; entry < cube.waitStarts[cube.cells]!; entry++)
              counted[`${EXITS[cube.waitExits[entry]!]} in week ${cube.waitWeeks[entry]}`] =
                cube.waitCounts[entry]!;
            expect(counted).toEqual(expected);
            expect(cube.fates.reduce((sum, count) => sum + count, 0)).toBe(referrals.length);
            expect(cube.clock).toEqual(clock);
          },
        ),
        { numRuns: 80 },
      );
    });

    test("only the wanted characteristics, and only the wanted days", async () => {
      const referrals: Referral[] = [
        { referred: "2026-01-04", team: "North", decline_reason: "Out of area" },
        { referred: "2026-01-05", team: "North" },
        { referred: "2026-02-11", team: "South", deprivation_decile: 10, area: "E01000001" },
        { referred: "2026-02-12", team: "South", deprivation_decile: 1, area: "E01000002" },
      ];
      await store(engine, referrals);
      const description = described({
        present: ["referred", "team", "deprivation_decile", "area", "decline_reason"],
      });
      const by = async (...characteristics: string[]) => {
        const cube = await countRecords(engine, description, data, { characteristics });
        return Object.fromEntries(
          Array.from({ length: cube.cells }, (_, cell) => [
            cube.groups
              .map((codes, at) => cube.characteristics[at]!.groups[codes[cell]!]!.name)
              .join(", "),
            cube.fates
              .subarray(cell * FATES.length, (cell + 1) * FATES.length)
              .reduce((a, b) => a + b, 0),
          ]),
        );
      };
      expect(await by("referredWeek", "team")).toEqual({
        "29 December 2025, North": 1,
        "5 January 2026, North": 1,
        "9 February 2026, South": 2,
      });
      expect(await by("referredMonth")).toEqual({ "January 2026": 2, "February 2026": 2 });
      expect(await by("area", "deprivationDecile")).toEqual({
        "Not recorded, Not recorded": 2,
        "E01000001, 10 (least deprived)": 1,
        "E01000002, 1 (most deprived)": 1,
      });
      expect(await by("declineReason")).toEqual({ "Out of area": 1, "Not recorded": 3 });
      expect(countableCharacteristics(description)).toEqual([
        "team",
        "period",
        "area",
        "deprivationDecile",
        "referredWeek",
        "referredMonth",
        "declineReason",
      ]);
      await expect(by("removalReason")).rejects.toMatchObject({ code: "unknownCharacteristic" });
      const between = await countRecords(engine, description, data, {
        referred: { from: "2026-01-05", to: "2026-02-11" },
      });
      expect(between.data).toMatchObject({ from: "2026-01-05", to: "2026-02-11", records: 2 });
      await expect(
        countRecords(engine, description, data, { referred: { from: "1 May", to: "2026-01-01" } }),
      ).rejects.toMatchObject({ code: "notADay" });
      const none = await countRecords(engine, description, data, {
        characteristics: ["team"],
        referred: { from: "2024-01-05", to: "2024-02-11" },
      });
      expect([none.cells, none.data.records]).toEqual([0, 0]);
    });

    test("how much referrals vary because some people come again", async () => {
      const person = (key: number | null, referred = "2026-01-05") => ({
        referred,
        person_key: key,
      });
      await store(engine, [person(7), person(7), person(7), person(8), person(null), person(null)]);
      // One person three times, three people once: (9 + 1 + 1 + 1) ÷ 6.
      expect(await spreadOfReferrals(engine)).toBe(2);
      await store(engine, [person(7), person(7, "2026-03-01"), person(8)]);
      const january = { from: "2026-01-01", to: "2026-01-31" };
      expect(await spreadOfReferrals(engine, january)).toBe(1);
      expect(await spreadOfReferrals(engine)).toBeCloseTo(5 / 3, 12);
      expect(await spreadOfReferrals(engine, { from: "2020-01-01", to: "2020-01-02" })).toBe(1);
    });
  });
}
