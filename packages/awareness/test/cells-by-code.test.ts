import { expect, test } from "vitest";
import { CellsByCode, worthsOfPlaces } from "../src/cells-by-code.ts";

const random = (seed: number) => (Math.imul(seed + 1, 2654435761) >>> 8) / 2 ** 24;

/** Cells of which every third is left out. */
function someCells(sizes: readonly number[], cells: number) {
  const groups = sizes.map((size, index) =>
    Uint16Array.from({ length: cells }, (_, cell) => Math.floor(random(7 * cell + index) * size)),
  );
  const which = Uint32Array.from(
    { length: Math.ceil((2 * cells) / 3) },
    (_, i) => i + Math.floor(i / 2),
  );
  const settled = Float64Array.from(which, (cell) => 1 + (cell % 5));
  return { groups, all: { cells: which, settled, reached: settled.map((n, i) => n - (i % 2)) } };
}

function slowly(
  { groups, all }: ReturnType<typeof someCells>,
  characteristics: readonly number[],
  sizes: readonly number[],
): Float64Array {
  const counts = new Float64Array(2 * sizes.reduce((places, size) => places * size, 1));
  all.cells.forEach((cell, i) => {
    const place = characteristics.reduce(
      (above, index, at) => above * sizes[at]! + groups[index]![cell]!,
      0,
    );
    counts[2 * place]! += all.reached[i]!;
    counts[2 * place + 1]! += all.settled[i]!;
  });
  return counts;
}

test.each([
  ["few groups, numbered in one part", [3, 4, 5], 1000, [[0], [2, 0], [0, 1, 2]]],
  [
    "many groups, numbered in two parts",
    [6, 7, 6, 3, 3, 9, 3, 6, 3, 4],
    5000,
    [[5], [1], [0, 5], [1, 2, 3], [4, 6, 8, 9], [9, 0]],
  ],
  [
    "too many for two parts",
    [300, 290, 280, 4, 310],
    4000,
    [[0], [3, 1], [2, 4], [4], [0, 3], [3, 2, 1]],
  ],
  ["more cells than are at hand", [4, 3], 2 ** 20, [[0], [1], [1, 0]]],
] as const)("cells come to their places: %s", (_, sizes, cells, asked) => {
  const some = someCells(sizes, cells);
  const byCode = new CellsByCode(some.groups, sizes);
  for (const characteristics of asked) {
    const over = characteristics.map((index) => sizes[index]!);
    const worths = worthsOfPlaces(characteristics, over);
    const expected = slowly(some, characteristics, over);
    if (expected.length > 2 ** 20) throw new Error("so many places are never asked for");
    const counts = new Float64Array(expected.length);
    byCode.add(some.all, worths, counts);
    expect(counts).toEqual(expected);
  }
});

test("other cells of the same cube and the same cells again", () => {
  const sizes = [4, 3, 5];
  const some = someCells(sizes, 900);
  const byCode = new CellsByCode(some.groups, sizes);
  const half = some.all.cells.length / 2;
  const fewer = {
    cells: some.all.cells.slice(half),
    reached: some.all.reached.slice(half),
    settled: some.all.settled.slice(half),
  };
  for (const all of [some.all, fewer, some.all]) {
    const counts = new Float64Array(2 * 12);
    byCode.add(all, worthsOfPlaces([0, 1], [4, 3]), counts);
    expect(counts).toEqual(slowly({ ...some, all }, [0, 1], [4, 3]));
  }
});

test("classes of codes share a place", () => {
  const sizes = [5, 4];
  const some = someCells(sizes, 600);
  const classes = [
    [0, 1, 1, 2, 1],
    [0, 1, 0, 0],
  ];
  const counts = new Float64Array(2 * 3 * 2);
  const worths = worthsOfPlaces([0, 1], [3, 2], classes);
  new CellsByCode(some.groups, sizes).add(some.all, worths, counts);
  const taken = some.groups.map((codes, index) => codes.map((code) => classes[index]![code]!));
  expect(counts).toEqual(slowly({ ...some, groups: taken }, [0, 1], [3, 2]));
});
