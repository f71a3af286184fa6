import { describe, expect, test } from "vitest";
import {
  DEFAULT_NEED_GAPS,
  type DemoPopulation,
  demoAreas,
  demoPopulations,
  type PlantedNeedGap,
} from "../src/index.ts";
import { areaShares, People } from "../src/people.ts";

const areas = demoAreas();
const sum = (values: ArrayLike<number>) =>
  Array.from(values).reduce((total, each) => total + each, 0);

/** People by area, in the groups of one characteristic of a table. */
function byGroup(table: DemoPopulation, characteristic: string): number[][] {
  const at = table.characteristics.indexOf(characteristic);
  const width = table.groups.reduce((product, each) => product * each.length, 1);
  const stride = table.groups.slice(at + 1).reduce((product, each) => product * each.length, 1);
  const size = table.groups[at]!.length;
  return areas.map((_, area) => {
    const people = new Array<number>(size).fill(0);
    for (let cell = 0; cell < width; cell++)
      people[Math.floor(cell / stride) % size]! += table.counts[area * width + cell]!;
    return people;
  });
}

describe("demoPopulations", () => {
  const tables = demoPopulations();

  test("are whole people, the same in every table of an area, and each time", () => {
    for (const { counts } of tables)
      for (const people of counts) expect(Number.isInteger(people) && people >= 0).toBe(true);
    for (let area = 0; area < areas.length; area++) {
      const totals = tables.map(({ counts }) => {
        const width = counts.length / areas.length;
        return sum(counts.subarray(area * width, (area + 1) * width));
      });
      expect(new Set(totals).size).toBe(1);
      expect(totals[0]).toBeGreaterThan(800);
      expect(totals[0]).toBeLessThan(3600);
    }
    expect(demoPopulations()).toEqual(tables);
  });

  test("have a plausible make-up: children, few very old people, a minority disabled", () => {
    const [ethnicity, disability] = tables;
    const all = sum(ethnicity!.counts);
    const borough = (table: DemoPopulation, name: string) =>
      byGroup(table, name).reduce((total, area) => total.map((each, at) => each + area[at]!));
    const ages = borough(ethnicity!, "age").map((each) => each / all);
    expect(ages[0]).toBeGreaterThan(0.17);
    expect(ages[5]).toBeLessThan(0.04);
    expect(borough(ethnicity!, "sex")[0]! / all).toBeCloseTo(0.51, 1);
    expect(borough(disability!, "disability")[0]! / all).toBeGreaterThan(0.1);
    expect(borough(disability!, "disability")[0]! / all).toBeLessThan(0.25);
  });

  test("are referred as their age and sex let expect, in every area and ethnic group, where nothing is planted", () => {
    const [table] = demoPopulations({ needGaps: [] });
    // Referrals follow the areas' shares; residents by age times what their age lets expect must too.
    const people = new People(areas, 5);
    const person = people.blank();
    const drawn = { area: new Float64Array(areas.length), age: new Float64Array(6) };
    const ethnic = new Float64Array(5);
    const PEOPLE = 60_000;
    for (let number = 1; number <= PEOPLE; number++) {
      people.fill(person, number);
      drawn.area[person.area]!++;
      drawn.age[person.groups[2]! - 1]!++;
      ethnic[person.groups[1]! - 1]!++;
    }
    const width = 60;
    const residents = new Float64Array(12);
    table!.counts.forEach((each, at) => {
      residents[at % 12]! += each;
    });
    // How often each age and sex is referred, by what the generator says of it: older people more, women a little more.
    const rate = Array.from(residents, (_, cell) =>
      cell < 2 ? 0 : [1, 2, 4, 7.5, 12][(cell >> 1) - 1]! * (cell % 2 === 0 ? 1.27 : 1),
    );
    const expected = areas.map((_, area) => {
      let of = 0;
      for (let cell = 0; cell < width; cell++)
        of += table!.counts[area * width + cell]! * rate[cell % 12]!;
      return of;
    });
    const shares = areaShares(areas);
    expected.forEach((of, area) => {
      // Residents are whole numbers, so that a few very old people more or less move an area by some percent.
      expect(of / sum(expected) / shares[area]!).toBeGreaterThan(0.92);
      expect(of / sum(expected) / shares[area]!).toBeLessThan(1.08);
    });
    const ofGroup = Array.from(ethnic, (_, group) => {
      let of = 0;
      for (let area = 0; area < areas.length; area++)
        for (let cell = 0; cell < 12; cell++)
          of += table!.counts[area * width + group * 12 + cell]! * rate[cell]!;
      return of;
    });
    ofGroup.forEach((of, group) => {
      const share = ethnic[group]! / PEOPLE;
      const deviation = Math.sqrt((share * (1 - share)) / PEOPLE);
      expect(Math.abs(of / sum(ofGroup) - share)).toBeLessThan(4.5 * deviation + 0.002);
    });
  });

  test("live in greater number where missing referrals are planted, and nowhere else", () => {
    const [without] = demoPopulations({ needGaps: [] });
    const [planted] = tables;
    const width = without!.counts.length / areas.length;
    const people = ({ counts }: DemoPopulation, area: number) =>
      sum(counts.subarray(area * width, (area + 1) * width));
    const { areas: codes } = DEFAULT_NEED_GAPS[0]!;
    const scale = sum(
      areas.map(({ area }, at) => (codes!.includes(area) ? 0 : people(planted!, at))),
    );
    const before = sum(
      areas.map(({ area }, at) => (codes!.includes(area) ? 0 : people(without!, at))),
    );
    areas.forEach(({ area }, at) => {
      const ratio = people(planted!, at) / people(without!, at) / (scale / before);
      expect(ratio).toBeGreaterThan(codes!.includes(area) ? 1.38 : 0.95);
      expect(ratio).toBeLessThan(codes!.includes(area) ? 1.48 : 1.05);
    });
  });

  test("can be planted by group", () => {
    const gap: PlantedNeedGap = { step: "referred", cut: { carer: "Yes" }, percent: -50 };
    const carers = (needGaps: readonly PlantedNeedGap[]) => {
      const table = demoPopulations({ needGaps })[2]!;
      const [yes, no] = byGroup(table, "carer").reduce((total, area) =>
        total.map((each, at) => each + area[at]!),
      );
      return yes! / no!;
    };
    expect(carers([gap]) / carers([])).toBeCloseTo(2, 1);
  });

  test.each<[Partial<PlantedNeedGap>, string]>([
    [{ cut: { language: "Urdu" } }, "not known by “language”"],
    [{ cut: { sex: "Left" } }, "no group “Left”"],
    [{ cut: {} }, "needs a cut or areas"],
    [{ cut: {}, areas: ["E01000001"] }, "has no area “E01000001”"],
    [{ cut: { sex: "Male" }, percent: -100 }, "a percent from -90 to 200"],
  ])("refuse %o", (gap, message) => {
    const needGaps = [{ step: "referred", percent: -10, cut: {}, ...gap } as PlantedNeedGap];
    expect(() => demoPopulations({ needGaps })).toThrow(message);
  });
});
