import { isAbsent } from "@taproot/statistics";
import { describe, expect, test } from "vitest";
import {
  areaLevels,
  areasInNeed,
  catchmentAreas,
  type GroupsInNeed,
  peopleInNeed,
  referralsInNeed,
  smallestGap,
  useByArea,
  usualLevel,
} from "../../src/index.ts";
import { smallCube } from "../small-cube.ts";
import { type SmallArea, smallPlace } from "./small-place.ts";

const everyone = { kind: "everyone" } as const;

/** A catchment of areas with so many people and referrals each. */
function catchment(areas: readonly (SmallArea & { people: number; referrals: number })[]) {
  const place = smallPlace(areas, [{ groups: {}, people: areas.map(({ people }) => [people]) }]);
  const cube = smallCube(
    areas.map(({ area, referrals }) => ({ in: { area }, fates: { waiting: referrals } })),
    { groups: { area: areas.map(({ area }) => area) } },
  );
  const people = peopleInNeed(place, { need: everyone, recorded: [] });
  if (isAbsent(people)) throw new Error(people.message);
  const laid = referralsInNeed(cube, place, people, { need: everyone });
  return { place, covers: people.table.covers, groups: areasInNeed(place, people, laid) };
}

const twelve = (referrals: (i: number) => number, people = 1000) =>
  catchment(
    Array.from({ length: 12 }, (_, i) => ({
      area: `A${String(i).padStart(2, "0")}`,
      neighbourhood: `N${i >> 1}`,
      district: i < 6 ? "North" : "South",
      people,
      referrals: referrals(i),
    })),
  );
const sentence = (referrals: (i: number) => number) => {
  const { place, covers, groups } = twelve(referrals);
  return useByArea(place, groups, covers).sentence;
};

describe("levels", () => {
  test("are offered where something tells areas apart differently", () => {
    const { place, covers } = twelve(() => 20);
    expect(areaLevels(place, covers)).toEqual(["smallArea", "neighbourhood", "district"]);
    const nothing = smallPlace([{ area: "A" }, { area: "B" }], []);
    expect(areaLevels(nothing, new Uint8Array([1, 1]))).toEqual(["smallArea"]);
    const one = smallPlace(
      [
        { area: "A", district: "North", neighbourhood: "N" },
        { area: "B", district: "North", neighbourhood: "M" },
      ],
      [],
    );
    expect(areaLevels(one, new Uint8Array([1, 1]))).toEqual(["smallArea"]);
  });

  test("leave out what no population counts, and let stand alone what nothing tells of", () => {
    const place = smallPlace(
      [
        { area: "A", neighbourhood: "N", district: "North" },
        { area: "B", neighbourhood: "N", district: "South" },
        { area: "C", neighbourhood: "M", district: "South" },
        { area: "D", district: "South" },
        { area: "E", neighbourhood: "N", district: "South" },
      ],
      [],
    );
    const areas = catchmentAreas(place, new Uint8Array([1, 1, 1, 1, 0]), "neighbourhood");
    expect(areas).toEqual([
      { area: "N", name: "N", rows: [0, 1], known: true },
      { area: "M", name: "M", district: "South", rows: [2], known: true },
      { area: "D", name: "Area D", district: "South", rows: [3], known: false },
    ]);
  });

  test("the usual one shows a quarter in a small area, or half in a neighbourhood, whatever came", () => {
    const level = (referrals: (i: number) => number, upTo = 3) => {
      const { place, covers, groups } = twelve(referrals);
      const levels = areaLevels(place, covers)
        .slice(0, upTo)
        .map((each) => useByArea(place, groups, covers, each));
      return usualLevel(levels)?.level;
    };
    expect([smallestGap(90)! > 0.25, smallestGap(100)! < 0.25]).toEqual([true, true]);
    expect([smallestGap(14)! > 0.5, smallestGap(18)! < 0.5]).toEqual([true, true]);
    expect(level(() => 100)).toBe("smallArea");
    expect(level(() => 90)).toBe("neighbourhood");
    expect(level((i) => (i === 3 ? 0 : i === 4 ? 180 : 90))).toBe("neighbourhood");
    expect(level(() => 9)).toBe("neighbourhood");
    expect(level(() => 7)).toBe("district");
    expect(level(() => 7, 2)).toBe("neighbourhood");
    expect(level(() => 7, 1)).toBe("smallArea");
    expect(usualLevel([])).toBeUndefined();
  });
});

describe("the smallest gap that shows", () => {
  test("falls with what is expected and rises the more areas are drawn together", () => {
    for (const expected of [20, 80, 300]) {
      expect(smallestGap(2 * expected)!).toBeLessThan(smallestGap(expected)!);
      expect(smallestGap(expected, 50)!).toBeGreaterThan(smallestGap(expected)!);
    }
    expect(smallestGap(4, 200)).toBeUndefined();
    expect(smallestGap(0)).toBeUndefined();
  });

  test("by itself is where 2.8 standard errors of what is left part it from what is expected", () => {
    const gap = smallestGap(400)!;
    expect(400 * gap).toBeCloseTo((1.959964 + 0.841621) * Math.sqrt(400 * (1 - gap)), 4);
  });
});

describe("in words", () => {
  test("fewer in some, more in others", () => {
    expect(sentence((i) => (i === 2 ? 40 : i === 7 ? 220 : 120))).toMatch(
      /^In 1 of 12 areas fewer referrals come than expected, and in 1 more come, by more than chance\. Of the other 10 it cannot be told: in one of usual size a shortfall under about \d+ % would not show\. The lowest is Area A02: \d+ % of the referrals expected \(likely \d+ % to \d+ %\)\.$/,
    );
  });

  test("fewer in some, more in none", () => {
    const said = sentence((i) => (i === 2 ? 30 : 120));
    expect(said).toMatch(
      /^In 1 of 12 areas fewer referrals come than expected, by more than chance\. In no area do surely more come\. Of the other 11/,
    );
    expect(said).not.toMatch(/ 0[ .]/);
  });

  test("more in some, fewer in none", () => {
    expect(sentence((i) => (i === 2 ? 330 : 120))).toMatch(
      /^In 1 of 12 areas more referrals come than expected, by more than chance\. In no area do surely fewer come\. Of the other 11/,
    );
  });

  test("each of two: no other is left to tell of", () => {
    const { place, covers, groups } = twelve((i) => (i < 6 ? 60 : 140));
    expect(useByArea(place, groups, covers, "district").sentence).toMatch(
      /^In 1 of 2 districts fewer referrals come than expected, and in 1 more come, by more than chance\. The lowest is North: 60 % of/,
    );
  });

  test("neither: what could not have been seen", () => {
    const { place, covers, groups } = twelve(() => 120);
    const use = useByArea(place, groups, covers, "neighbourhood");
    const gap = Math.round(100 * smallestGap(240)!);
    expect(use.sentence).toBe(
      `The 6 neighbourhoods differ no more than chance would make them: of none can it be said that fewer referrals, or more, come than expected. In one neighbourhood of usual size (240 referrals expected), a shortfall of less than about ${gap} % could not have been seen.`,
    );
  });

  test("somewhat more than by chance, and of none can it be said", () => {
    expect(sentence((i) => 100 + (i % 2 ? 18 : -18))).toMatch(
      /^Areas differ somewhat more than chance would make them, but of no single area can it be said/,
    );
  });

  test("too few to say of some, of all, and only one", () => {
    const mixed = catchment(
      Array.from({ length: 12 }, (_, i) => ({
        area: `A${i}`,
        people: i === 0 ? 20 : 1000,
        referrals: i === 0 ? 2 : 100,
      })),
    );
    expect(useByArea(mixed.place, mixed.groups, mixed.covers).sentence).toMatch(
      /^The 11 areas differ no more .* In 1 area fewer than 10 referrals are expected: too few to say\.$/,
    );
    const { place, covers, groups } = twelve(() => 3);
    expect(useByArea(place, groups, covers, "neighbourhood").sentence).toMatch(
      /^In none of the 6 neighbourhoods are as many as 10 referrals expected/,
    );
  });
});

test("an area of two fifths is drawn to both, as heavy as what is expected in each", () => {
  // Fifths differ far; within them areas do not, so each neighbourhood has its fifths' number.
  const rate = [0, 60, 90, 100, 130, 160];
  const areas = Array.from({ length: 40 }, (_, i) => {
    const quintile = 1 + (i % 5);
    return {
      area: `A${String(i).padStart(2, "0")}`,
      neighbourhood: `N${i >> 2}`,
      quintile,
      people: 1000,
      referrals: rate[quintile]!,
    };
  });
  const { place, covers, groups } = catchment(areas);
  const use = useByArea(place, groups as GroupsInNeed, covers, "neighbourhood");
  expect(use.towardsFifth).toBe(true);
  expect(use.areasDiffer).toBe(false);
  const mean = 108;
  for (const { smallAreas, ratio, fifths } of use.areas) {
    const own = smallAreas.map((area) => areas.find((one) => one.area === area)!);
    const expected = own.reduce((sum, { quintile }) => sum + rate[quintile]! / mean / 4, 0);
    expect(ratio!.value).toBeCloseTo(expected, 8);
    expect(fifths).toEqual(own.map(({ quintile }) => quintile).sort());
  }
});
