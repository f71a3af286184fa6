import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type CodedReferrals,
  type Cube,
  codeReferrals,
  collapse,
  countRecords,
  countReferrals,
  type Engine,
  type OpenEngine,
  partOfReferrals,
  type Selection,
  selectedCells,
} from "../src/index.ts";
import { anyEvents, anyInstruments, anyReferral, asRecorded, dayAfter } from "./any-referral.ts";
import { described, store } from "./referral.ts";
import { tallyOfCube } from "./tally.ts";

const data = { records: 0, quarantined: 0, duplicates: 0, from: "2025-01-02", to: "2026-02-06" };

const anyFile = fc.record({
  all: fc.array(anyReferral, { minLength: 1, maxLength: 60 }),
  events: anyEvents,
  instruments: anyInstruments,
});

/** Some of a cube's characteristics, and of some of them some groups. */
const anyQuestion = fc.record({
  wanted: fc.uniqueArray(fc.nat(20), { maxLength: 5 }),
  conditions: fc.array(fc.tuple(fc.nat(20), fc.array(fc.nat(20), { maxLength: 3 })), {
    maxLength: 3,
  }),
  referred: fc.option(fc.tuple(fc.integer({ min: -5, max: 410 }), fc.nat(200)), {
    nil: undefined,
  }),
});

function names(cube: Cube, numbers: readonly number[]): string[] {
  const { length } = cube.characteristics;
  return [...new Set(numbers.map((number) => cube.characteristics[number % length]!.name))];
}

function selectionOf(
  cube: Cube,
  conditions: readonly (readonly [number, readonly number[]])[],
): Selection {
  return Object.fromEntries(
    conditions.map(([which, groups]) => {
      const { name, groups: all } = cube.characteristics[which % cube.characteristics.length]!;
      return [name, [...new Set(groups.map((group) => all[group % all.length]!.name))]];
    }),
  );
}

/** Coding referrals and counting the codes: part of the contract, because the SQL runs on the engine. */
export function describeCoding(name: string, open: OpenEngine): void {
  describe(`coding referrals on ${name}`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await open({});
    });
    afterAll(() => engine.close());

    async function coded({
      all,
      events,
      instruments,
    }: typeof anyFile extends fc.Arbitrary<infer File> ? File : never) {
      const referrals = all.map((referral) => asRecorded(referral, events));
      const description = described({
        events,
        present: ["referred", "sex", "team", "deprivation_quintile"],
        further: [{ column: "further_0", characteristic: "Housing tenure" }],
        outcome: {
          higherIsBetter: true,
          smallestChange: 1,
          ...(instruments ? { instruments } : {}),
        },
        asOf: dayAfter(600),
      });
      await store(engine, referrals, 1);
      const codes = await codeReferrals(engine, description, data);
      return { codes, description, whole: await countRecords(engine, description, data) };
    }

    test("counts of the codes are the counts of the records", async () => {
      await fc.assert(
        fc.asyncProperty(anyFile, async (file) => {
          const { codes, description, whole } = await coded(file);
          const characteristics = whole.characteristics.map(({ name }) => name);
          expectSame(countReferrals(codes, { characteristics }), whole);
          const months = { characteristics: ["referredMonth"] };
          expectSame(
            countReferrals(codes, months),
            await countRecords(engine, description, data, months),
          );
        }),
        { numRuns: 60 },
      );
    });

    test("any part, over any characteristics, agrees with picking its cells out of all", async () => {
      await fc.assert(
        fc.asyncProperty(anyFile, fc.array(anyQuestion, { minLength: 5 }), async (file, asked) => {
          const { codes, whole } = await coded(file);
          for (const { wanted, conditions } of asked) {
            const characteristics = names(whole, wanted);
            const selection = selectionOf(whole, conditions);
            const picked = (kept: readonly number[]) =>
              tallyOfCube(collapse(whole, kept, selectedCells(whole, selection)));
            const cube = countReferrals(codes, { characteristics, selection });
            expect(tallyOfCube(cube)).toEqual(picked(indices(whole, characteristics)));
            expect(tallyOfCube(partOfReferrals(codes, selection))).toEqual(picked(codes.crossed));
            expectNobodyTwice(cube);
          }
        }),
        { numRuns: 25 },
      );
    });

    test("any run of days agrees with counting its records", async () => {
      await fc.assert(
        fc.asyncProperty(anyFile, anyQuestion, async (file, { wanted, referred }) => {
          const { codes, description, whole } = await coded(file);
          const characteristics = names(whole, wanted);
          const [first, days] = referred ?? [0, 90];
          const between = { from: dayAfter(first), to: dayAfter(first + days) };
          const counted = await countRecords(engine, description, data, {
            characteristics,
            referred: between,
          });
          const cube = countReferrals(codes, { characteristics, referred: between });
          // Whether not yet can be told from never is a matter of the whole file, not of some of its days.
          expectSame(cube, { ...counted, openCountsAsLost: whole.openCountsAsLost });
          expect(
            partOfReferrals(codes, {}, between).fates.reduce((sum, one) => sum + one, 0),
          ).toEqual(counted.data.records);
        }),
        { numRuns: 60 },
      );
    });

    test("crossings of more groups than one number holds", async () => {
      const many = Array.from({ length: 1500 }, (_, i) => ({
        referred: dayAfter(i % 90),
        sex: i % 2 === 0 ? "Female" : "Male",
        further_0: `a ${(i * 7) % 900}`,
        further_1: `b ${(i * 11) % 900}`,
        further_2: `c ${(i * 13) % 900}`,
        further_3: `d ${(i * 17) % 900}`,
        further_4: `e ${(i * 19) % 900}`,
        further_5: `f ${(i * 23) % 900}`,
      }));
      const description = described({
        present: ["referred", "sex"],
        further: [0, 1, 2, 3, 4, 5].map((index) => ({
          column: `further_${index}`,
          characteristic: `Further ${index}`,
        })),
      });
      await store(engine, many, 6);
      const codes = await codeReferrals(engine, description, data);
      const characteristics = ["Further 5", "Further 0", "sex", "period"];
      expectSame(
        countReferrals(codes, { characteristics }),
        await countRecords(engine, description, data, { characteristics }),
      );
      expect(tallyOfCube(partOfReferrals(codes))).toEqual(
        tallyOfCube(
          await countRecords(engine, description, data, {
            characteristics: codes.crossed.map((index) => codes.characteristics[index]!.name),
          }),
        ),
      );
    });

    test("an unknown group, an unknown characteristic and a day that is none are refused", async () => {
      await store(engine, [{ referred: "2026-01-04", team: "North" }]);
      const codes = await codeReferrals(engine, described({ present: ["referred", "team"] }), data);
      const refused = (ask: (codes: CodedReferrals) => unknown) => () => ask(codes);
      expect(refused((of) => partOfReferrals(of, { team: ["West"] }))).toThrow("no group “West”");
      expect(refused((of) => partOfReferrals(of, { colour: [] }))).toThrow("no characteristic");
      expect(refused((of) => countReferrals(of, { characteristics: ["colour"] }))).toThrow(
        "no characteristic “colour”",
      );
      expect(
        refused((of) => countReferrals(of, { referred: { from: "1 May", to: "2026-01-01" } })),
      ).toThrow("is not a day");
    });
  });
}

function indices(cube: Cube, characteristics: readonly string[]): number[] {
  return characteristics.map((name) => cube.characteristics.findIndex((one) => one.name === name));
}

/** The same counts of the same people; cells may come in another order. */
function expectSame(one: Cube, other: Cube): void {
  const { kind, characteristics, steps, openCountsAsLost, data: of, cells } = other;
  expect(one).toMatchObject({ kind, characteristics, steps, openCountsAsLost, data: of, cells });
  expect(tallyOfCube(one)).toEqual(tallyOfCube(other));
}

/** Each crossing that occurs is one cell. */
function expectNobodyTwice({ cells, groups }: Cube): void {
  const keys = Array.from({ length: cells }, (_, cell) =>
    groups.map((codes) => codes[cell]).join(),
  );
  expect(new Set(keys).size).toBe(cells);
}
