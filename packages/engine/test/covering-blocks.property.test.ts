import { FATE_COUNT } from "@taproot/model";
import fc from "fast-check";
import { expect, test } from "vitest";
import { coveringBlocks, cross, marginal, rollUpFates } from "../src/index.ts";
import { anyCube } from "./any-cube.ts";

const wantedCuts = fc
  .array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 9 })
  .chain((sizes) =>
    fc.record({
      sizes: fc.constant(sizes),
      cuts: fc.array(fc.uniqueArray(fc.nat(sizes.length - 1), { minLength: 1, maxLength: 3 }), {
        maxLength: 40,
      }),
      mostStrata: fc.integer({ min: 1, max: 5000 }),
    }),
  );

const strataOf = (sizes: readonly number[], characteristics: readonly number[]) =>
  characteristics.reduce((product, index) => product * sizes[index]!, 1);

test("every wanted cut is taken from exactly one block that holds it, within the size allowed", () => {
  fc.assert(
    fc.property(wantedCuts, ({ sizes, cuts, mostStrata }) => {
      const blocks = coveringBlocks(sizes, cuts, mostStrata);
      const text = (some: readonly (readonly number[])[]) => some.map(String).sort();
      expect(text(blocks.flatMap((block) => block.cuts))).toEqual(text(cuts));
      for (const { characteristics, cuts: inside } of blocks) {
        expect(new Set(characteristics).size).toBe(characteristics.length);
        expect(inside.length).toBeGreaterThan(0);
        for (const cut of inside)
          expect(cut.every((index) => characteristics.includes(index))).toBe(true);
        const largestCut = Math.max(...inside.map((cut) => strataOf(sizes, cut)));
        expect(strataOf(sizes, characteristics)).toBeLessThanOrEqual(
          Math.max(mostStrata, largestCut),
        );
      }
    }),
  );
});

test("all pairs of ten characteristics lie in far fewer blocks than there are pairs", () => {
  const sizes = Array.from({ length: 10 }, () => 6);
  const pairs = sizes.flatMap((_, a) =>
    Array.from({ length: 9 - a }, (_, step) => [a, a + step + 1]),
  );
  expect(pairs).toHaveLength(45);
  expect(coveringBlocks(sizes, pairs, 6 ** 4).length).toBeLessThanOrEqual(12);
});

test("a marginal of a block is what rolling up directly gives, in any order", () => {
  fc.assert(
    fc.property(anyCube, fc.shuffledSubarray([0, 1, 2, 3, 4]), (cube, order) => {
      const all = [...cube.characteristics.keys()];
      const sizes = all.map((index) => cube.characteristics[index]!.groups.length);
      const kept = order.filter((index) => index < all.length);
      const block = rollUpFates(cube, cross(cube, all));
      expect(marginal(sizes, kept, block, FATE_COUNT)).toEqual(
        rollUpFates(cube, cross(cube, kept)),
      );
    }),
  );
});
