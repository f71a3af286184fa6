import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXITS, FATE_COUNT, TaprootError } from "@taproot/model";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type CodedReferrals,
  countReferrals,
  countShare,
  entriesFor,
  halfOfPart,
  joinShares,
  NO_STANDING,
  PartRoom,
  type PartTurn,
  partOfReferrals,
  partOfShares,
  readReferrals,
  writeReferrals,
} from "../src/index.ts";
import { characteristic } from "./any-cube.ts";
import { tallyOfCube } from "./tally.ts";

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "taproot-referrals-"));
  path = join(folder, "referrals.bin");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Any small list of coded referrals: two cells, one filter, a wait for some. */
const anyReferrals: fc.Arbitrary<CodedReferrals> = fc
  .array(
    fc.record({
      fate: fc.nat(FATE_COUNT - 1),
      wait: fc.option(fc.record({ week: fc.nat(2), exit: fc.nat(EXITS.length - 1) })),
      cell: fc.nat(1),
      team: fc.nat(2),
      day: fc.nat(900),
      change: fc.option(fc.integer({ min: -9, max: 9 }), { nil: undefined }),
    }),
    { maxLength: 40 },
  )
  .map((unordered): CodedReferrals => {
    const standing = ({ fate, wait }: (typeof unordered)[number]) =>
      100 * fate + (wait ? 10 * (1 + wait.week) + wait.exit : 0);
    const all = unordered.toSorted((a, b) => standing(a) - standing(b) || a.cell - b.cell);
    const isFirst = (at: number, of: (one: (typeof all)[number]) => number) =>
      at === 0 || of(all[at]!) !== of(all[at - 1]!);
    const entries = [...all.keys()].filter((at) =>
      isFirst(at, (one) => 2 * standing(one) + one.cell),
    );
    const standings = entries.flatMap((at, entry) =>
      isFirst(at, standing) ? [{ entry, fate: all[at]!.fate, wait: all[at]!.wait }] : [],
    );
    const measured = [...all.keys()].filter((at) => all[at]!.change !== undefined);
    return {
      kind: "records",
      characteristics: [characteristic("sex", 3, "person"), characteristic("team", 3, "service")],
      steps: ["referred", "accepted"],
      openCountsAsLost: [],
      data: { records: all.length, quarantined: 0, duplicates: 0 },
      crossed: [0],
      cells: 2,
      groups: [Uint16Array.of(1, 2)],
      fates: Int8Array.from(standings, ({ fate }) => fate),
      weeks: Int16Array.from(standings, ({ wait }) => wait?.week ?? NO_STANDING),
      exits: Int8Array.from(standings, ({ wait }) => wait?.exit ?? NO_STANDING),
      starts: Uint32Array.from([...standings.map(({ entry }) => entry), entries.length]),
      entryCells: Uint32Array.from(entries, (at) => all[at]!.cell),
      entryStarts: Uint32Array.from([...entries, all.length]),
      codes: [Uint8Array.from(all, ({ team }) => team)],
      days: Uint16Array.from(all, ({ day }) => day),
      firstDay: "2024-01-01",
      measured: Uint32Array.from(measured),
      changes: Float64Array.from(measured, (at) => all[at]!.change!),
    };
  });

test("any referrals come back as they were written", async () => {
  await fc.assert(
    fc.asyncProperty(anyReferrals, async (coded) => {
      await writeReferrals(path, coded);
      const read = await readReferrals(path);
      expect(read).toEqual(coded);
      // Another thread can be given them without a copy.
      expect(read.days.buffer).toBeInstanceOf(SharedArrayBuffer);
    }),
  );
});

test("the file is readable by its owner alone", async () => {
  const [coded] = fc.sample(anyReferrals, { numRuns: 1, seed: 1 });
  const fresh = join(folder, "fresh.bin");
  await writeReferrals(fresh, coded!);
  expect((await stat(fresh)).mode & 0o777).toBe(0o600);
});

test("a file that is cut short, changed or of another kind is refused with a sentence", async () => {
  await fc.assert(
    fc.asyncProperty(
      anyReferrals,
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.integer({ min: 0, max: 255 }),
      async (coded, where, change) => {
        await writeReferrals(path, coded);
        const bytes = await readFile(path);
        const at = Math.floor(where * bytes.length);
        if (change > 0) bytes[at] = bytes[at]! ^ change;
        await writeFile(path, change > 0 ? bytes : bytes.subarray(0, at));
        const error = await readReferrals(path).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(TaprootError);
        expect(error).toMatchObject({ code: "damagedReferrals" });
      },
    ),
    { numRuns: 200 },
  );
});

test("a part and its rest add up to the whole, for any groups and days", () => {
  fc.assert(
    fc.property(anyReferrals, fc.subarray([0, 1, 2]), fc.nat(900), (coded, chosen, day) => {
      const groups = coded.characteristics[1]!.groups.map(({ name }) => name);
      const named = (wanted: readonly number[]) => ({ team: wanted.map((code) => groups[code]!) });
      const rest = [0, 1, 2].filter((code) => !chosen.includes(code));
      const date = (days: number) =>
        new Date(Date.UTC(2024, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);
      const halves = [
        { from: date(0), to: date(day) },
        { from: date(day + 1), to: date(2000) },
      ];
      const parts = [chosen, rest].flatMap((team) =>
        halves.map((days) => partOfReferrals(coded, named(team), days)),
      );
      expect(addedUp(parts.map(tallyOfCube))).toEqual(tallyOfCube(partOfReferrals(coded)));
      const counted = [chosen, rest].flatMap((team) =>
        halves.map((referred) =>
          countReferrals(coded, { characteristics: ["sex"], selection: named(team), referred }),
        ),
      );
      expect(addedUp(counted.map(tallyOfCube))).toEqual(tallyOfCube(partOfReferrals(coded)));
    }),
  );
});

test("two threads that count a part together in one room count what one counts alone", () => {
  fc.assert(
    fc.property(anyReferrals, fc.subarray([0, 1, 2]), (coded, teams) => {
      const groups = coded.characteristics[1]!.groups.map(({ name }) => name);
      const selection = { team: teams.map((code) => groups[code]!) };
      const entries = entriesFor(coded.entryCells.length);
      const [here, there] = [new PartRoom(entries), new PartRoom(entries)].map((room) =>
        room.turn(coded.entryCells.length),
      ) as [PartTurn, PartTurn];
      const second = countShare(coded, selection, "second", there);
      const first = countShare(coded, selection, "first", here);
      const starts = joinShares(first, second, here);
      const alone = partOfReferrals(coded, selection);
      for (const turn of [here, there]) {
        const together = partOfShares(coded, selection, turn, starts);
        expect(together.standings).toEqual(alone.standings);
        expect(tallyOfCube(together)).toEqual(tallyOfCube(alone));
      }
    }),
  );
});

test("the two halves of a part tell what the whole of it tells, for any groups of people and teams", () => {
  fc.assert(
    fc.property(
      anyReferrals,
      fc.subarray([0, 1, 2], { minLength: 1 }),
      fc.option(fc.subarray([0, 1, 2], { minLength: 1 })),
      (coded, teams, sexes) => {
        const named = (index: number, codes: readonly number[]) =>
          codes.map((code) => coded.characteristics[index]!.groups[code]!.name);
        const selection = { team: named(1, teams), ...(sexes ? { sex: named(0, sexes) } : {}) };
        const whole = partOfReferrals(coded, selection);
        const room = new PartRoom();
        const counted = partOfReferrals(coded, selection, undefined, room);
        const fates = halfOfPart(counted, "fates", room);
        const waits = halfOfPart(counted, "waits", room);
        expect(fates.fates).toEqual(whole.fates);
        for (const part of ["waitStarts", "waitWeeks", "waitExits", "waitCounts"] as const)
          expect(waits[part]).toEqual(whole[part]);
        expect(fates.waitWeeks.length).toBe(0);
        expect(waits.fates.every((people) => people === 0)).toBe(true);
        // A fate is told once, each cell of it once.
        const { fates: told, starts, cells } = fates.standings;
        expect(new Set(told).size).toBe(told.length);
        for (let standing = 0; standing < told.length; standing++)
          for (let entry = starts[standing]! + 1; entry < starts[standing + 1]!; entry++)
            expect(cells[entry]!).toBeGreaterThan(cells[entry - 1]!);
      },
    ),
  );
});

test("a part that is read after the next was counted in its room throws", () => {
  const [coded] = fc.sample(anyReferrals, { numRuns: 1, seed: 3 });
  const room = new PartRoom();
  const first = partOfReferrals(coded!, { team: ["team 1"] }, undefined, room);
  expect(first.standings.fates.length).toBeGreaterThan(0);
  partOfReferrals(coded!, {}, undefined, room);
  expect(() => first.standings).toThrow("after the next one was counted");
  expect(() => first.fates).toThrow("after the next one was counted");
});

function addedUp(tallies: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const tally of tallies)
    for (const [key, count] of Object.entries(tally)) sums[key] = (sums[key] ?? 0) + count;
  return Object.fromEntries(Object.entries(sums).filter(([, count]) => count !== 0));
}
