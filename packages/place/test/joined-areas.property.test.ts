import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AreaChange, joinAreas } from "../src/index.ts";

// Older areas A0…A7 became newer areas N0…N7 in any way: kept, split, merged, or both at once.
const changes: fc.Arbitrary<readonly AreaChange[]> = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 })), {
    selector: String,
    maxLength: 16,
  })
  .map((pairs) => pairs.map(([a, b]) => ({ older: `A${a}`, newer: `N${b}` })));
const newest = Array.from({ length: 8 }, (_, index) => `N${index}`);
const told = fc.subarray(Array.from({ length: 8 }, (_, index) => `A${index}`));

describe("joinAreas", () => {
  test("keeps every resident and every referral, to the person", () => {
    fc.assert(
      fc.property(
        changes,
        told,
        fc.array(fc.nat(3000), { minLength: 8, maxLength: 8 }),
        fc.array(fc.nat(500), { minLength: 8, maxLength: 8 }),
        (pairs, codes, residents, referrals) => {
          const { areas, members, rowOf } = joinAreas(newest, codes, pairs);
          const row = areas.map((_, at) =>
            members[at]!.reduce((sum, code) => sum + residents[newest.indexOf(code)]!, 0),
          );
          expect(row.reduce((sum, each) => sum + each, 0)).toBe(
            residents.reduce((sum, each) => sum + each, 0),
          );
          const referred = new Array<number>(areas.length).fill(0);
          let lost = 0;
          codes.forEach((code, at) => {
            const to = rowOf.get(code);
            if (to === undefined) lost += referrals[at]!;
            else referred[to]! += referrals[at]!;
          });
          const sent = codes.reduce((sum, _, at) => sum + referrals[at]!, 0);
          expect(referred.reduce((sum, each) => sum + each, 0) + lost).toBe(sent);
          for (const code of codes)
            expect(rowOf.has(code)).toBe(pairs.some(({ older }) => older === code));
        },
      ),
    );
  });

  test("puts all that an older area became into its row, and joins nothing without need", () => {
    fc.assert(
      fc.property(changes, told, (pairs, codes) => {
        const { members, rowOf } = joinAreas(newest, codes, pairs);
        for (const { older, newer } of pairs)
          if (codes.includes(older)) expect(rowOf.get(newer)).toBe(rowOf.get(older));
        for (const parts of members) {
          const reached = new Set([parts[0]!]);
          for (let before = 0; before < reached.size; ) {
            before = reached.size;
            for (const code of codes) {
              const became = pairs.filter(({ older }) => older === code).map((pair) => pair.newer);
              if (became.some((area) => reached.has(area)))
                for (const area of became) reached.add(area);
            }
          }
          expect([...reached].sort()).toEqual(parts);
        }
      }),
    );
  });

  test("leaves areas alone when records hold the newest codes", () => {
    const pairs = [
      { older: "A", newer: "N1" },
      { older: "A", newer: "N2" },
    ];
    const joined = joinAreas(["N2", "N1"], ["N1"], pairs);
    expect(joined.areas).toEqual(["N1", "N2"]);
    expect(joined.rowOf.has("A")).toBe(false);
  });

  test("gives a merged area's referrals to the area that it went into", () => {
    const pairs = [
      { older: "A", newer: "N1" },
      { older: "B", newer: "N1" },
    ];
    const { areas, rowOf } = joinAreas(["N1"], ["A", "B"], pairs);
    expect(areas).toEqual(["N1"]);
    expect([rowOf.get("A"), rowOf.get("B"), rowOf.get("N1")]).toEqual([0, 0, 0]);
  });
});
