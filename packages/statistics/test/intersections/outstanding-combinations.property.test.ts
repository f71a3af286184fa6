import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAbsent, type Result } from "../../src/foundation/estimate.ts";
import { outstandingCombinations } from "../../src/intersections/index.ts";

function some<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result as T;
}

/** Uniform numbers from a seed, and normal ones from those. */
function numbers(seed: number) {
  let state = seed;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

type Row = Readonly<{ sex: string; age: number; area: number }>;
const rows: readonly Row[] = ["f", "m"].flatMap((sex) =>
  [0, 1, 2, 3, 4].flatMap((age) => [0, 1, 2, 3].map((area) => ({ sex, age, area }))),
);

/** Strata in which what is planted comes on top of main effects and of departures of ordinary strata. */
function strata(
  seed: number,
  {
    planted = (_: Row) => 0,
    background = 0,
    people = 150,
  }: {
    readonly planted?: (row: Row) => number;
    readonly background?: number;
    readonly people?: number;
  } = {},
) {
  const { uniform, normal } = numbers(seed);
  const ages = Array.from({ length: 5 }, () => 0.3 * normal());
  const areas = Array.from({ length: 4 }, () => 0.3 * normal());
  const events = rows.map((row) => {
    const logOdds =
      0.8 +
      (row.sex === "m" ? -0.3 : 0) +
      ages[row.age]! +
      areas[row.area]! +
      background * normal() +
      planted(row);
    const chance = 1 / (1 + Math.exp(-logOdds));
    return Array.from({ length: people }, uniform).filter((u) => u < chance).length;
  });
  return {
    events,
    denominators: rows.map(() => people),
    characteristics: {
      sex: rows.map((row) => row.sex),
      age: rows.map((row) => row.age),
      area: rows.map((row) => row.area),
    },
  };
}
const sets = (count: number, of: (seed: number) => ReturnType<typeof strata>) =>
  Array.from({ length: count }, (_, i) => some(outstandingCombinations(of(500 + i))).combinations);

describe("planted", () => {
  const poor = (row: Row) => (row.age === 4 && row.area === 2 ? -1.2 : 0);

  test("a combination is named over all levels of the others, with its size", () => {
    const found = sets(20, (seed) => strata(seed, { planted: poor, people: 400 }));
    const right = found.filter(
      ([first, ...others]) =>
        others.length === 0 && first?.levels.age === 4 && first.levels.area === 2,
    );
    expect(right.length).toBeGreaterThanOrEqual(18);
    const held = right.filter(
      ([first]) => first!.logOdds.lower < -1.2 && first!.logOdds.upper > -1.2,
    );
    expect(held.length).toBeGreaterThanOrEqual(right.length - 3);
    const [first] = right[0]!;
    expect(first!.strataRows).toHaveLength(2);
    expect(first!.denominator).toBe(800);
    // What is there is what the parts give and what is beyond them.
    expect(first!.excessEvents.value).toBeCloseTo(first!.events - first!.expected * 800, -1);
    expect(first!.excess.value).toBeCloseTo(first!.excessEvents.value / 800, 12);
  });

  test("nothing planted: at most few sets name anything, with and without departures of ordinary strata", () => {
    for (const background of [0, 0.3]) {
      const named = sets(40, (seed) => strata(seed, { background })).filter(
        (combinations) => combinations.length > 0,
      );
      expect(named.length).toBeLessThanOrEqual(4);
    }
  });

  test("one stratum alone is not taken for its combinations", () => {
    const alone = (row: Row) => (row.sex === "m" && row.age === 4 && row.area === 2 ? -1.5 : 0);
    const named = sets(20, (seed) => strata(seed, { planted: alone, people: 300 })).filter(
      (combinations) => combinations.length > 0,
    );
    expect(named.length).toBeLessThanOrEqual(2);
  });

  test("of mirror images, the one that falls short is named", () => {
    const found = sets(10, (seed) =>
      strata(seed, { planted: (row) => (row.sex === "f" && row.area === 1 ? 1 : 0), people: 600 }),
    ).flat();
    expect(found.length).toBeGreaterThan(5);
    for (const one of found) {
      expect(one.levels).toEqual({ sex: "m", area: 1 });
      expect(one.excess.upper).toBeLessThan(0);
    }
  });
});

describe("always", () => {
  const drawn = fc.record({
    seed: fc.integer({ min: 1, max: 1e6 }),
    size: fc.constantFrom(-1.5, 0, 1),
  });

  test("the order of strata changes nothing but the rows' numbers", () => {
    fc.assert(
      fc.property(drawn, ({ seed, size }) => {
        const given = strata(seed, {
          planted: (row) => (row.age === 1 && row.area === 0 ? size : 0),
        });
        const order = [0, ...rows.map((_, i) => rows.length - 1 - i).slice(0, -1)];
        const turn = <T>(values: readonly T[]) => order.map((k) => values[k]!);
        const turned = some(
          outstandingCombinations({
            events: turn(given.events),
            denominators: given.denominators,
            characteristics: {
              sex: turn(given.characteristics.sex),
              age: turn(given.characteristics.age),
              area: turn(given.characteristics.area),
            },
          }),
        );
        const plain = some(outstandingCombinations(given));
        expect(turned.combinations.map((one) => one.levels)).toEqual(
          plain.combinations.map((one) => one.levels),
        );
        plain.combinations.forEach((one, i) => {
          const other = turned.combinations[i]!;
          expect([...other.strataRows].map((row) => order[row]).sort()).toEqual(
            [...one.strataRows].sort(),
          );
          expect(other.excess.value).toBeCloseTo(one.excess.value, 6);
        });
      }),
      { numRuns: 15 },
    );
  });

  test("what is named has an interval that leaves 0 out, and counts that are those of its strata", () => {
    fc.assert(
      fc.property(drawn, ({ seed, size }) => {
        const given = strata(seed, {
          planted: (row) => (row.sex === "m" && row.age === 2 ? size : 0),
        });
        const { combinations, compared } = some(outstandingCombinations(given));
        expect(compared).toBe(10 + 8 + 20 + 40);
        for (const one of combinations) {
          const { lower, upper } = one.excess;
          expect(lower > 0 || upper < 0).toBe(true);
          expect(one.adjusted).toBeLessThanOrEqual(0.05);
          const sum = (values: readonly number[]) =>
            [...one.strataRows].reduce((total, row) => total + values[row]!, 0);
          expect(one.events).toBe(sum(given.events));
          expect(one.denominator).toBe(sum(given.denominators));
        }
      }),
      { numRuns: 15 },
    );
  });

  test("few strata are not looked at; two characteristics have no combination but their strata", () => {
    const few = {
      events: [1, 2, 3],
      denominators: [5, 5, 5],
      characteristics: { a: [0, 1, 0], b: [0, 0, 1] },
    };
    expect(outstandingCombinations(few)).toMatchObject({ absent: "tooFewGroups" });
    const two = strata(1, { planted: (row) => (row.age === 0 ? -2 : 0) });
    const { age, area } = two.characteristics;
    const kept = rows.map((row, k) => (row.sex === "m" ? k : -1)).filter((k) => k >= 0);
    const pick = <T>(values: readonly T[]) => kept.map((k) => values[k]!);
    const result = some(
      outstandingCombinations({
        events: pick(two.events),
        denominators: pick(two.denominators),
        characteristics: { age: pick(age), area: pick(area) },
      }),
    );
    expect(result.combinations).toEqual([]);
    expect(result.compared).toBe(20);
  });

  test("more events than people are refused", () => {
    const given = strata(1);
    expect(() =>
      outstandingCombinations({ ...given, events: given.denominators.map((n) => n + 1) }),
    ).toThrow("invalid events");
  });
});
