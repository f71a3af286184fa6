import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BitSet, bitsIn } from "../src/bit-set.ts";

const groups = fc.array(fc.nat(4), { maxLength: 200 });
const kept = fc.array(fc.boolean(), { minLength: 5, maxLength: 5 });

describe("a set of bits", () => {
  test("holds those whose group is kept, and counts those before any place", () => {
    fc.assert(
      fc.property(groups, kept, (codes, keeps) => {
        const set = BitSet.ofGroups(
          Uint8Array.from(codes),
          Uint8Array.from(keeps, (keep) => (keep ? 1 : 0)),
        );
        let before = 0;
        codes.forEach((code, at) => {
          expect(set.has(at)).toBe(keeps[code]);
          expect(set.before(at)).toBe(before);
          if (keeps[code]) before++;
        });
        expect(set.before(codes.length)).toBe(before);
      }),
    );
  });

  test("holds those between two numbers, and those that are in both of two", () => {
    fc.assert(
      fc.property(groups, fc.nat(4), fc.nat(4), fc.nat(4), (numbers, a, b, c) => {
        const list = Uint16Array.from(numbers);
        const both = BitSet.between(list, a, b).and(BitSet.between(list, 0, c));
        expect(numbers.map((_, at) => both.has(at))).toEqual(
          numbers.map((number) => number >= a && number <= b && number <= c),
        );
      }),
    );
  });

  test("looks at a range of them as it does at all, others being left out of what it counts", () => {
    fc.assert(
      fc.property(groups, kept, kept, fc.nat(200), fc.nat(200), (codes, keeps, also, a, b) => {
        const range = {
          from: Math.min(a, b, codes.length),
          to: Math.min(Math.max(a, b), codes.length),
        };
        const list = Uint8Array.from(codes);
        const [all, some] = [undefined, range].map((of) =>
          BitSet.ofGroups(list, Uint8Array.from(keeps, Number), of).and(
            BitSet.ofGroups(list, Uint8Array.from(also, Number), of),
          ),
        ) as [BitSet, BitSet];
        for (let at = range.from; at < range.to; at++) expect(some.has(at)).toBe(all.has(at));
        for (let at = range.from; at <= range.to; at++)
          expect(some.before(at) - some.before(range.from)).toBe(
            all.before(at) - all.before(range.from),
          );
      }),
    );
  });

  test("counts the bits of a word", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (word) => {
        expect(bitsIn(word)).toBe([...word.toString(2)].filter((bit) => bit === "1").length);
      }),
    );
  });
});
