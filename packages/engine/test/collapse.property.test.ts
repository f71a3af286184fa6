import { FATE_COUNT } from "@taproot/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Cube, collapse, peopleCube } from "../src/index.ts";
import { anyCube, characteristic } from "./any-cube.ts";
import { type Tally, tallyOfCube } from "./tally.ts";

/** Indices of the characteristics whose bit is set. */
const chosen = (cube: Cube, bits: number) =>
  [...cube.characteristics.keys()].filter((index) => bits & (1 << index));

/** A tally over some of the characteristics, added up from that over all of them. */
function marginalTally(cube: Cube, kept: readonly number[]): Tally {
  const sums: Record<string, number> = {};
  for (const [key, count] of Object.entries(tallyOfCube(cube))) {
    const colon = key.indexOf(": ");
    const names = key.slice(0, colon).split(" · ");
    const short = `${kept.map((index) => names[index]).join(" · ")}${key.slice(colon)}`;
    sums[short] = (sums[short] ?? 0) + count;
  }
  return sums;
}

/** The cube of some cells alone, built the slow way: everything else is counted as nothing. */
function without(cube: Cube, cells: Uint32Array): Cube {
  const stays = new Set(cells);
  const kept = <T extends Float64Array>(table: T, width = 1) =>
    table.map((value, index) => (stays.has(Math.floor(index / width)) ? value : 0)) as T;
  const waitCounts = cube.waitCounts.slice();
  for (let cell = 0; cell < cube.cells; cell++)
    if (!stays.has(cell)) waitCounts.fill(0, cube.waitStarts[cell]!, cube.waitStarts[cell + 1]!);
  return {
    ...cube,
    fates: kept(cube.fates, FATE_COUNT),
    waitCounts,
    outcomeCounts: kept(cube.outcomeCounts),
    outcomeSums: kept(cube.outcomeSums),
    outcomeSquares: kept(cube.outcomeSquares),
    ...(cube.population ? { population: kept(cube.population) } : {}),
    ...(cube.waitBands
      ? { waitBands: { ...cube.waitBands, counts: kept(cube.waitBands.counts, 2) } }
      : {}),
  };
}

describe("collapsing", () => {
  test("leaves every marginal total as it was, and no crossing twice", () => {
    fc.assert(
      fc.property(anyCube, fc.nat(31), (cube, bits) => {
        const kept = chosen(cube, bits);
        const small = collapse(cube, kept);
        expect(small.characteristics).toEqual(kept.map((index) => cube.characteristics[index]));
        expect(tallyOfCube(small)).toEqual(marginalTally(cube, kept));
        const crossings = Array.from({ length: small.cells }, (_, cell) =>
          small.groups.map((codes) => codes[cell]).join(),
        );
        expect(new Set(crossings).size).toBe(small.cells);
      }),
    );
  });

  test("of a selection of cells counts those alone", () => {
    fc.assert(
      fc.property(anyCube, fc.nat(31), fc.array(fc.nat(29)), (cube, bits, some) => {
        const cells = Uint32Array.from(
          [...new Set(some)].filter((cell) => cell < cube.cells).sort((a, b) => a - b),
        );
        const kept = chosen(cube, bits);
        expect(tallyOfCube(collapse(cube, kept, cells))).toEqual(
          marginalTally(without(cube, cells), kept),
        );
      }),
    );
  });

  test("does not depend on how many groups there could be", () => {
    // The same cells, said to lie among so many groups that there is no place for each possible crossing, and then so
    // many that one number cannot hold the crossings.
    fc.assert(
      fc.property(anyCube, fc.nat(31), fc.constantFrom(300, 65_000), (cube, bits, size) => {
        const kept = chosen(cube, bits);
        const wide = {
          ...cube,
          characteristics: cube.characteristics.map(({ name, about }, index) => ({
            ...characteristic(name, cube.characteristics[index]!.groups.length, about),
            groups: Object.assign(new Array(size), cube.characteristics[index]!.groups),
          })),
        };
        expect(tallyOfCube(collapse(wide, kept))).toEqual(tallyOfCube(collapse(cube, kept)));
      }),
    );
  });

  test("keeps crossings apart that differ in one group of many characteristics", () => {
    // 1001^7 is past what a double counts exactly: the last characteristic alone tells these cells apart.
    const sizes = Array.from({ length: 7 }, () => 1001);
    const cells = 4;
    const cube: Cube = {
      kind: "records",
      characteristics: sizes.map((size, index) => characteristic(`c${index}`, size, "person")),
      cells,
      groups: sizes.map((_, index) =>
        Uint16Array.from({ length: cells }, (_, cell) => (index === 6 ? 990 + cell : 1000)),
      ),
      fates: new Float64Array(cells * FATE_COUNT).fill(1),
      waitStarts: new Uint32Array(cells + 1),
      waitWeeks: new Uint16Array(0),
      waitExits: new Uint8Array(0),
      waitCounts: new Uint32Array(0),
      outcomeCounts: new Float64Array(cells),
      outcomeSums: new Float64Array(cells),
      outcomeSquares: new Float64Array(cells),
      steps: ["referred"],
      openCountsAsLost: [],
      data: { records: 36, quarantined: 0, duplicates: 0 },
    };
    const same = collapse(cube, [0, 1, 2, 3, 4, 5, 6]);
    expect(same.cells).toBe(4);
    expect([...same.groups[6]!]).toEqual([990, 991, 992, 993]);
    expect(collapse(cube, [0, 1, 2, 3, 4, 5]).cells).toBe(1);
  });
});

test("the cube of people and places keeps those with two known groups, and the sampled units", () => {
  fc.assert(
    fc.property(anyCube, (cube) => {
      const kept = [...cube.characteristics.keys()].filter((index) => {
        const { about, groups, name } = cube.characteristics[index]!;
        const known = groups.filter(({ unknown }) => !unknown).length;
        return name === cube.units || (["person", "place"].includes(about) && known >= 2);
      });
      const people = peopleCube(cube);
      expect(people.characteristics.map(({ name }) => name)).toEqual(
        kept.map((index) => cube.characteristics[index]!.name),
      );
      expect(tallyOfCube(people)).toEqual(marginalTally(cube, kept));
    }),
  );
});
