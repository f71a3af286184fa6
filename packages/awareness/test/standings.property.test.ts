import { type Cube, type Half, NO_STANDING, type Standings } from "@taproot/engine";
import { EXITS, FATE_COUNT } from "@taproot/model";
import { chanceOfBeingSeenBy, inverseCensoringWeights, isAbsent } from "@taproot/statistics";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { measuredCells } from "../src/cell-columns.ts";
import { CellNumbers, cellNumbers } from "../src/cell-numbers.ts";
import { waitHorizon } from "../src/compare-waits.ts";
import { canBeAtHand } from "../src/estimates/blocks-at-hand.ts";
import { countCells } from "../src/estimates/count-cells.ts";
import { type StrataColumns, strataColumns } from "../src/estimates/strata-table.ts";
import {
  estimates,
  findings,
  findingsOf,
  GapSearch,
  RoomForSearch,
  surprisingAmong,
} from "../src/index.ts";
import { settledCells } from "../src/settled-cells.ts";
import { reachSteps, settle } from "../src/settled-step.ts";
import type { SettledView } from "../src/settled-view.ts";
import { SettledViews } from "../src/settled-views.ts";
import { AT_A_TIME } from "../src/sums-of-cells.ts";
import { exitsOf, partOfTable, waitingPopulation, weeklyOfEveryone } from "../src/weekly-table.ts";
import { countedReferrals, jointCube } from "./counted-referrals.ts";
import { anyReferrals } from "./estimates/any-referrals.ts";

// Cubes are read by how referrals stand. Here everything that is read so is held against cell by cell, one way and the other.

const someReferrals = fc
  .record({
    referrals: fc.integer({ min: 1, max: 3000 }),
    groups: fc.array(fc.integer({ min: 2, max: 6 }), { minLength: 1, maxLength: 5 }),
    seed: fc.integer(),
    longestWeek: fc.constantFrom(3, 30, 200),
    undated: fc.constantFrom(false, false, false, true),
    openCountsAsLost: fc.constantFrom([], ["seen"] as const),
    steps: fc.constantFrom(undefined, ["referred", "seen"] as const),
  })
  .map(({ steps, ...rest }) => anyReferrals({ ...rest, ...(steps ? { steps } : {}) }));

const bothWays = someReferrals.map((referrals) => {
  const cube = countedReferrals(referrals);
  return { cube, joint: jointCube(referrals, cube) };
});

/** One stratum's columns, from every cell that is in it. */
function slowRows(cube: Cube, crossing: readonly number[], columns: StrataColumns) {
  const strata = crossing.reduce((all, i) => all * cube.characteristics[i]!.groups.length, 1);
  const rows = new Float64Array(strata * columns.width);
  for (let cell = 0; cell < cube.cells; cell++) {
    const stratum = crossing.reduce(
      (sum, i) => sum * cube.characteristics[i]!.groups.length + cube.groups[i]![cell]!,
      0,
    );
    const add = (column: number, people: number) => {
      rows[stratum * columns.width + column]! += people;
    };
    for (let fate = 0; fate < FATE_COUNT; fate++) add(fate, cube.fates[cell * FATE_COUNT + fate]!);
    if (columns.weeks === 0) continue;
    for (let entry = cube.waitStarts[cell]!; entry < cube.waitStarts[cell + 1]!; entry++) {
      const part = partOfTable(EXITS[cube.waitExits[entry]!]!, columns.population);
      const week = Math.min(cube.waitWeeks[entry]!, columns.weeks - 1);
      if (part) add(columns[part] + week, cube.waitCounts[entry]!);
    }
  }
  return rows;
}

/** One half of what standings tell. */
function halfOf(joint: Cube, half: Half): Cube {
  const { fates, weeks, exits, ...rest } = joint.standings!;
  const standings: Standings =
    half === "fates"
      ? { ...rest, fates, weeks: weeks.map(() => NO_STANDING), exits: exits.map(() => NO_STANDING) }
      : { ...rest, weeks, exits, fates: fates.map(() => NO_STANDING) };
  return Object.defineProperties({} as Cube, {
    ...Object.getOwnPropertyDescriptors(joint),
    standings: { value: standings },
  });
}

/** How many places of two tables differ. */
function different(made: Float64Array, slow: Float64Array): number {
  let count = Math.abs(made.length - slow.length);
  for (let i = 0; i < slow.length; i++) if (made[i] !== slow[i]) count++;
  return count;
}

describe("how referrals stand", () => {
  test("gives the same findings as fates and waits apart", () => {
    let told = 0;
    fc.assert(
      fc.property(bothWays, ({ cube, joint }) => {
        const apart = findings(cube);
        told += apart.findings.length;
        expect(findings(joint)).toEqual(apart);
      }),
      { seed: 1, numRuns: 60 },
    );
    expect(told).toBeGreaterThan(9);
  });

  test("gives the same findings searched in two halves that are handed over as plain data", () => {
    let told = 0;
    let waits = 0;
    fc.assert(
      fc.property(bothWays, ({ joint }) => {
        const whole = findings(joint);
        told += whole.findings.length;
        waits += whole.findings.filter(({ step }) => step === "wait").length;
        const [fates, others] = [halfOf(joint, "fates"), halfOf(joint, "waits")].map(
          (half) => new GapSearch(half, { room: new RoomForSearch() }),
        ) as [GapSearch, GapSearch];
        const tested = structuredClone(others.tested);
        const [surprising, elsewhere] = surprisingAmong([fates.tested, tested]);
        const found = [fates.find(surprising!), structuredClone(others.find(elsewhere!))];
        expect(findingsOf(fates, found)).toEqual(whole);
        for (const options of [{ step: "wait", top: 1 }, { step: "seen" }] as const)
          expect(findingsOf(fates, found, options)).toEqual(findings(joint, options));
      }),
      { seed: 1, numRuns: 60 },
    );
    expect(told).toBeGreaterThan(9);
    expect(waits).toBeGreaterThan(0);
  });

  test("refuses to look into cells once others were read into their room", () => {
    const referrals = anyReferrals({ referrals: 3000, groups: [4, 3], seed: 2 });
    const cube = countedReferrals(referrals);
    const [first, second] = [new GapSearch(cube), new GapSearch(cube)];
    const everything = new Uint8Array(first.tested.p.length).fill(1);
    const found = first.find(everything);
    const [gap] = found.worse;
    expect(() => first.withoutGap(found.worse, gap!, [found])).not.toThrow();
    second.find(everything);
    expect(() => first.withoutGap(found.worse, gap!, [found])).toThrow("read into their room");
  });

  test("gives the same findings of a part and by fewer characteristics", () => {
    fc.assert(
      fc.property(bothWays, ({ cube, joint }) => {
        const { standings } = joint;
        const both: Cube = { ...cube, ...(standings ? { standings } : {}) };
        const [{ name, groups }] = cube.characteristics as [Cube["characteristics"][number]];
        const selection = { [name]: groups.slice(1).map((group) => group.name) };
        for (const options of [{ by: [name] }, { selection }])
          expect(findings(both, options)).toEqual(findings(cube, options));
        expect(estimates(both, { selection })).toEqual(estimates(cube, { selection }));
      }),
      { numRuns: 30 },
    );
  });

  test("counts into the strata that cells fall into, whatever the crossings and the weeks", () => {
    fc.assert(
      fc.property(
        bothWays,
        fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
        fc.constantFrom("referred", "accepted"),
        fc.array(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 12 }),
        ({ cube, joint }, horizon, population, wanted) => {
          const columns = strataColumns(horizon, population);
          const all = [...cube.characteristics.keys()];
          const crossings = wanted
            .map((bits) => all.filter((index) => bits & (1 << index)))
            .filter(({ length }) => length > 0);
          for (const one of [cube, joint])
            for (const [i, table] of countCells(one, crossings, columns).entries())
              expect(different(table.counts, slowRows(cube, crossings[i]!, columns))).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
  });

  test.each([
    ["more groups than two numbers tell apart", [60, 70, 45, 30, 80, 9]],
    ["few enough groups for two numbers", [9, 8, 9, 8, 9, 8, 7]],
  ])("counts into more crossings than are counted at once: %s", (_, groups) => {
    const wide = anyReferrals({ referrals: 4000, groups, seed: 5 });
    const cube = countedReferrals(wide);
    const columns = strataColumns(8, "accepted");
    const all = [...cube.characteristics.keys()];
    const pairs = all.flatMap((a) => all.filter((b) => b > a).map((b) => [a, b]));
    const isAtHand = canBeAtHand(cellNumbers(cube), cube.cells);
    expect(isAtHand).toBe(groups.length === 7);
    for (const one of [cube, jointCube(wide, cube)])
      for (const [i, table] of countCells(one, pairs, columns).entries())
        expect(different(table.counts, slowRows(cube, pairs[i]!, columns))).toBe(0);
  });

  test("settles the cells that their fates settle", () => {
    fc.assert(
      fc.property(bothWays, ({ cube, joint }) => {
        const steps = reachSteps(cube);
        const measures = steps.map(({ step }) => ({ step, measure: "reach" }) as const);
        for (const one of [cube, joint])
          for (const [i, { cells, reached, settled }] of measuredCells(one, measures).entries()) {
            const slow = settle(cube.fates, steps[i]!);
            const anybody = [...slow.settled.keys()].filter((cell) => slow.settled[cell]! > 0);
            expect([...cells]).toEqual(anybody);
            expect([...reached]).toEqual(anybody.map((cell) => slow.reached[cell]));
            expect([...settled]).toEqual(anybody.map((cell) => slow.settled[cell]));
          }
      }),
    );
  });

  test("weights those seen in time so that everyone's chance comes out", () => {
    fc.assert(
      fc.property(bothWays, fc.integer({ min: 1, max: 20 }), ({ cube, joint }, horizonWeeks) => {
        const everyone = weeklyOfEveryone(cube, horizonWeeks, waitingPopulation(cube));
        const exits = { ...exitsOf(everyone), openEnded: true };
        const chance = chanceOfBeingSeenBy(exits, horizonWeeks);
        // Where nobody is followed so far nobody is compared either.
        if (isAbsent(chance) || isAbsent(inverseCensoringWeights(exits, horizonWeeks))) return;
        for (const one of [cube, joint]) {
          const [waits] = measuredCells(one, [{ step: "wait", measure: "seenBy", horizonWeeks }]);
          const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
          expect(sum(waits!.settled)).toBeCloseTo(chance.people, 9);
          expect(sum(waits!.reached)).toBeCloseTo(chance.value * chance.people, 9);
        }
        expect(waitHorizon(joint)).toBe(waitHorizon(cube));
      }),
    );
  });
});

test("more cells than are settled at a time", () => {
  const referrals = anyReferrals({ referrals: 30_000, groups: [40, 60, 50, 3, 20], seed: 3 });
  const cube = countedReferrals(referrals);
  expect(cube.cells).toBeGreaterThan(3 * AT_A_TIME);
  const horizonWeeks = 4;
  const steps = reachSteps(cube);
  const waits = { step: "wait", measure: "seenBy", horizonWeeks } as const;
  const everyone = weeklyOfEveryone(cube, horizonWeeks, waitingPopulation(cube));
  const chance = chanceOfBeingSeenBy({ ...exitsOf(everyone), openEnded: true }, horizonWeeks);
  if (isAbsent(chance)) throw new Error(chance.message);
  for (const one of [cube, jointCube(referrals, cube)]) {
    const measured = measuredCells(one, [
      ...steps.map(({ step }) => ({ step, measure: "reach" }) as const),
      waits,
    ]);
    steps.forEach((step, i) => {
      const slow = settle(cube.fates, step);
      const { cells, reached, settled } = measured[i]!;
      const which = Array.from(slow.settled.keys()).filter((cell) => slow.settled[cell]! > 0);
      expect(Array.from(cells)).toEqual(which);
      expect(Array.from(reached)).toEqual(which.map((cell) => slow.reached[cell]));
      expect(Array.from(settled)).toEqual(which.map((cell) => slow.settled[cell]));
    });
    const { reached, settled } = measured.at(-1)!;
    const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
    expect(sum(settled)).toBe(chance.people);
    expect(sum(reached)).toBeCloseTo(chance.value * chance.people, 6);
  }
});

/** The code of each of a view's cells, told by a few bits a characteristic. */
function codesOfView(view: SettledView, sizes: readonly number[], over: readonly number[]) {
  const few = Math.floor(32 / over.length);
  const bits: Uint32Array[] = [];
  for (const [i, index] of over.entries())
    bits[index] = Uint32Array.from({ length: sizes[index]! }, (_, code) => code << (few * i));
  const said = new Uint32Array(view.cells);
  view.say(bits, said);
  return (index: number, cell: number) =>
    (said[cell]! >>> (few * over.indexOf(index))) & (2 ** few - 1);
}

test("views add settled cells up, however many possible cells they are over", () => {
  const wide = countedReferrals(
    anyReferrals({ referrals: 6000, groups: [40, 60, 50, 3, 20], seed: 9 }),
  );
  const [cells] = measuredCells(wide, [{ step: "accepted", measure: "reach" }]);
  const views = new SettledViews(cellNumbers(wide), cells!);
  const asked = [
    [3],
    [4, 0],
    [0, 3],
    [0, 1],
    [0, 1, 2],
    [0, 1, 2, 4],
    [1, 3, 4],
    [2],
    [0, 2, 3, 4],
  ];
  const keyOf = (codeOf: (index: number) => number, over: readonly number[]) =>
    over.map(codeOf).join();
  for (const over of asked) {
    const slow = new Map<string, readonly [number, number]>();
    for (const [i, cell] of cells!.cells.entries()) {
      const key = keyOf((index) => wide.groups[index]![cell]!, over);
      const [reached, settled] = slow.get(key) ?? [0, 0];
      slow.set(key, [reached + cells!.reached[i]!, settled + cells!.settled[i]!]);
    }
    const view = views.over(over);
    const codeOf = codesOfView(view, cellNumbers(wide).sizes, over);
    const made = new Map<string, readonly [number, number]>();
    for (let at = 0; at < view.cells; at++) {
      const key = keyOf((index) => codeOf(index, at), over);
      const [reached, settled] = made.get(key) ?? [0, 0];
      if (view.counts[2 * at + 1]! > 0)
        made.set(key, [reached + view.counts[2 * at]!, settled + view.counts[2 * at + 1]!]);
    }
    expect(new Map([...made].sort())).toEqual(new Map([...slow].sort()));
  }
});

test("where only some groups are asked for the others come together, and nobody is lost", () => {
  const sizes = [6, 7, 6, 5, 4, 9];
  const random = (seed: number) => (Math.imul(seed + 1, 2654435761) >>> 8) / 2 ** 24;
  const cells = 4000;
  const groups = sizes.map((size, index) =>
    Uint16Array.from({ length: cells }, (_, cell) => Math.floor(random(cell * 31 + index) * size)),
  );
  const settled = Float64Array.from({ length: cells }, (_, cell) => 1 + (cell % 7));
  const reached = settled.map((people, cell) => Math.floor(people * random(cell * 17)));
  const unknown = { name: "Not recorded", people: "people", unknown: true };
  const characteristics = sizes.map((size, index) => ({
    name: `c${index}`,
    label: `C ${index}`,
    about: "person" as const,
    ordered: false,
    groups: Array.from({ length: size }, () => unknown),
  }));
  const numbers = new CellNumbers({ characteristics, groups });
  const all = { cells: Uint32Array.from({ length: cells }, (_, cell) => cell), reached, settled };
  const views = new SettledViews(numbers, all);
  const tally = (
    over: readonly number[],
    named: ReadonlyMap<number, readonly number[]>,
    length: number,
    codeOf: (index: number, at: number) => number,
    of: (at: number) => readonly [number, number],
  ) => {
    const asked = (index: number, code: number) =>
      code === 0 || !named.has(index) || named.get(index)!.includes(code) ? code : "another";
    const sums = new Map<string, readonly [number, number]>();
    for (let at = 0; at < length; at++) {
      const [more, people] = of(at);
      if (people === 0) continue;
      const key = over.map((index) => asked(index, codeOf(index, at))).join();
      const [sum, sumOfPeople] = sums.get(key) ?? [0, 0];
      sums.set(key, [sum + more, sumOfPeople + people]);
    }
    return new Map([...sums].sort());
  };
  const whole = [0, 1, 2, 3, 4, 5];
  const first = new Map([
    [0, [1]],
    [1, [2, 5]],
    [2, [3]],
    [5, [8]],
  ]);
  const fewer = new Map(first).set(1, [5]);
  const others = new Map(first).set(2, [4]);
  const sizesAsked: number[] = [];
  for (const [over, named] of [
    [whole, first],
    [whole, fewer],
    [whole, others],
    [[0, 1, 2, 4, 5], fewer],
  ] as const) {
    const view = views.over(over, named);
    sizesAsked.push(view.cells);
    const codeOf = codesOfView(view, numbers.sizes, over);
    expect(
      tally(over, named, view.cells, codeOf, (at) => [
        view.counts[2 * at]!,
        view.counts[2 * at + 1]!,
      ]),
    ).toEqual(
      tally(
        over,
        named,
        cells,
        (index, at) => groups[index]![at]!,
        (at) => [reached[at]!, settled[at]!],
      ),
    );
  }
  // What a larger view tells is not added up again; the last has few enough places for all groups.
  const most = 3 * 4 * 3 * 5 * 4 * 3;
  expect(sizesAsked).toEqual([most, most, most, 6 * 7 * 6 * 4 * 9]);
});

test("cells that are searched after others were read into their room throw", () => {
  const [cube] = fc.sample(bothWays, { numRuns: 1, seed: 4 }).map((both) => both.cube);
  const step = reachSteps(cube!)[0]!;
  const [cells] = settledCells(cube!, [step]);
  const views = new SettledViews(cellNumbers(cube!), cells!);
  expect(views.over([0]).cells).toBeGreaterThan(0);
  settledCells(cube!, [step]);
  expect(() => views.over([0])).toThrow("read into their room");
});
