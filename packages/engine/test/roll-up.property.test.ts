import { EXITS, FATE_COUNT } from "@taproot/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Cube,
  cross,
  groupsOfStratum,
  rollUp,
  rollUpFates,
  rollUpWaits,
  selectedCells,
  weeksOfWaits,
} from "../src/index.ts";
import { anyCube } from "./any-cube.ts";

const cutAndCells = fc.record({
  cube: anyCube,
  order: fc.shuffledSubarray([0, 1, 2, 3, 4]),
  some: fc.option(fc.array(fc.nat(29)), { nil: undefined }),
});

function given({ cube, order, some }: { cube: Cube; order: number[]; some: number[] | undefined }) {
  const cut = order.filter((index) => index < cube.characteristics.length);
  const cells =
    some && Uint32Array.from([...new Set(some)].filter((cell) => cell < cube.cells).sort());
  const looked = cells ? [...cells] : [...Array(cube.cells).keys()];
  return { cube, cut, cells, looked };
}

const codesOf = (cube: Cube, cut: readonly number[], cell: number) =>
  cut.map((index) => cube.groups[index]![cell]!);

const bytesOf = ({ buffer }: Float64Array) => new Uint8Array(buffer);

describe("rolling up", () => {
  test("fates are those of the cells in each stratum, and strata name their groups", () => {
    fc.assert(
      fc.property(cutAndCells, (input) => {
        const { cube, cut, cells, looked } = given(input);
        const crossing = cross(cube, cut, cells);
        expect(crossing.strata).toBe(
          cut.reduce((product, index) => product * cube.characteristics[index]!.groups.length, 1),
        );
        const fates = rollUpFates(cube, crossing);
        for (let stratum = 0; stratum < crossing.strata; stratum++) {
          const codes = groupsOfStratum(cube, crossing, stratum);
          const inside = looked.filter(
            (cell) => String(codesOf(cube, cut, cell)) === String(codes),
          );
          for (let fate = 0; fate < FATE_COUNT; fate++)
            expect(fates[stratum * FATE_COUNT + fate]).toBe(
              inside.reduce((sum, cell) => sum + cube.fates[cell * FATE_COUNT + fate]!, 0),
            );
        }
      }),
    );
  });

  test("any table of a cell keeps its total", () => {
    fc.assert(
      fc.property(cutAndCells, (input) => {
        const { cube, cut, cells, looked } = given(input);
        const sums = rollUp(cross(cube, cut, cells), cube.outcomeSums, 1);
        expect(sums.reduce((sum, value) => sum + value, 0)).toBe(
          looked.reduce((sum, cell) => sum + cube.outcomeSums[cell]!, 0),
        );
      }),
    );
  });

  test("waits are counted by week and exit, the longest together", () => {
    fc.assert(
      fc.property(cutAndCells, fc.integer({ min: 1, max: 530 }), (input, weeks) => {
        const { cube, cut, cells, looked } = given(input);
        const crossing = cross(cube, cut, cells);
        const table = rollUpWaits(cube, crossing, weeks);
        expect(table.weeks).toBe(weeks);
        const slow = new Float64Array(crossing.strata * weeks * EXITS.length);
        for (const cell of looked) {
          const stratum = codesOf(cube, cut, cell).reduce(
            (sum, code, position) =>
              sum * cube.characteristics[cut[position]!]!.groups.length + code,
            0,
          );
          for (let entry = cube.waitStarts[cell]!; entry < cube.waitStarts[cell + 1]!; entry++) {
            const week = Math.min(cube.waitWeeks[entry]!, weeks - 1);
            const at = (stratum * weeks + week) * EXITS.length + cube.waitExits[entry]!;
            slow[at] = slow[at]! + cube.waitCounts[entry]!;
          }
        }
        // Compared as bytes: a table of zeros is long.
        expect(Buffer.compare(bytesOf(table.counts), bytesOf(slow))).toBe(0);
      }),
    );
  });

  test("the weeks of the waits show every wait", () => {
    fc.assert(
      fc.property(anyCube, (cube) => {
        expect(weeksOfWaits(cube)).toBe(Math.max(-1, ...cube.waitWeeks) + 1);
      }),
    );
  });
});

describe("selecting", () => {
  test("keeps the cells that are in one of the groups of every characteristic named", () => {
    fc.assert(
      fc.property(
        anyCube,
        fc.array(fc.tuple(fc.nat(4), fc.array(fc.nat(4))), { minLength: 1, maxLength: 3 }),
        (cube, wanted) => {
          const selection: Record<string, string[]> = {};
          for (const [index, codes] of wanted) {
            const one = cube.characteristics[index % cube.characteristics.length]!;
            selection[one.name] = codes.map((code) => one.groups[code % one.groups.length]!.name);
          }
          const slow = [...Array(cube.cells).keys()].filter((cell) =>
            cube.characteristics.every(
              ({ name, groups }, index) =>
                selection[name]?.includes(groups[cube.groups[index]![cell]!]!.name) ?? true,
            ),
          );
          expect([...(selectedCells(cube, selection) ?? [])]).toEqual(slow);
        },
      ),
    );
  });

  const [cube] = fc.sample(
    anyCube.filter(({ characteristics }) => characteristics[0]!.groups.length === 3),
    { numRuns: 1, seed: 3 },
  );

  test("nothing asked for is every cell", () => {
    expect(selectedCells(cube!)).toBeUndefined();
    expect(selectedCells(cube!, {})).toBeUndefined();
    expect(selectedCells(cube!, { c0: [] })).toHaveLength(0);
  });

  test("what there is not is said, with what there is", () => {
    expect(() => selectedCells(cube!, { shoe: ["c0 1"] })).toThrow(
      expect.objectContaining({
        code: "unknownCharacteristic",
        message: expect.stringContaining("“shoe”. They have: c0"),
      }),
    );
    expect(() => selectedCells(cube!, { c0: ["blue"] })).toThrow(
      expect.objectContaining({
        code: "unknownGroup",
        message: "“c0” has no group “blue”. It has: Not recorded, c0 1, c0 2.",
      }),
    );
  });
});
