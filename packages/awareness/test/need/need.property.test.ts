import type { AreaProfiles } from "@taproot/place";
import { isAbsent } from "@taproot/statistics";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  areasInNeed,
  fifthsInNeed,
  needTable,
  peopleByGroup,
  peopleInNeed,
  referralsInNeed,
  useByArea,
} from "../../src/index.ts";
import { smallCube } from "../small-cube.ts";
import { smallPlace } from "./small-place.ts";

const areaNames = ["A", "B", "C", "D", "E", "F"];
const ages = ["18 to 64", "65 and over"];
const sexes = ["Female", "Male"];
const ethnicities = ["Asian or Asian British", "White"];

interface Referred {
  readonly area: string | undefined;
  readonly age: string | undefined;
  readonly sex: string | undefined;
  readonly ethnicity: string | undefined;
}

const maybe = <T>(values: readonly T[]) =>
  fc.option(fc.constantFrom(...values), { nil: undefined, freq: 8 });
const referred: fc.Arbitrary<Referred> = fc.record({
  area: maybe([...areaNames, "Elsewhere"]),
  age: maybe(ages),
  sex: maybe([...sexes, "Indeterminate"]),
  ethnicity: maybe(ethnicities),
});
const service = fc.record({
  referrals: fc.array(referred, { minLength: 80, maxLength: 250 }),
  people: fc.array(fc.array(fc.integer({ min: 40, max: 200 }), { minLength: 8, maxLength: 8 }), {
    minLength: 6,
    maxLength: 6,
  }),
});
type Service = typeof service extends fc.Arbitrary<infer T> ? T : never;

const place = ({ people }: Service): AreaProfiles =>
  smallPlace(
    areaNames.map((area, i) => ({ area, quintile: 1 + (i % 5) })),
    [
      { groups: { age: ages, sex: sexes, ethnicity: ethnicities }, people },
      { groups: { ethnicity: ethnicities }, people: people.map((row) => [row[0]!, row[1]!]) },
    ],
  );
const cubeOf = ({ referrals }: Service) =>
  smallCube(
    referrals.map((one) => ({
      in: Object.fromEntries(
        Object.entries(one).filter(([, group]) => group !== undefined),
      ) as Record<string, string>,
      fates: { improved: 1 },
    })),
    {
      groups: {
        area: [...areaNames, "Elsewhere"],
        age: ages,
        sex: [...sexes, "Indeterminate"],
        ethnicity: ethnicities,
      },
    },
  );

function some<T>(result: T): Exclude<T, { readonly absent: string }> {
  if (isAbsent(result)) throw new Error(result.message);
  return result as Exclude<T, { readonly absent: string }>;
}

const need = { kind: "everyone" } as const;
const recorded = ["age", "sex"];

/** Groups by fifth, area and ethnic group, as the page makes them. */
function laidOut(one: Service) {
  const profiles = place(one);
  const cube = cubeOf(one);
  const people = some(peopleInNeed(profiles, { need, recorded }));
  const referrals = referralsInNeed(cube, profiles, people, { need });
  const byEthnicity = some(peopleInNeed(profiles, { need, recorded, by: "ethnicity" }));
  const ofEthnicity = referralsInNeed(cube, profiles, byEthnicity, { need, by: "ethnicity" });
  return {
    profiles,
    tally: referrals.tally,
    people,
    groups: [
      fifthsInNeed(profiles, people, referrals),
      areasInNeed(profiles, people, referrals),
      peopleByGroup(cube, "ethnicity", byEthnicity, ofEthnicity),
    ],
  };
}

describe("use beside need", () => {
  test("every referral goes to one place, counted one by one", () => {
    fc.assert(
      fc.property(service, (one) => {
        const { tally } = laidOut(one);
        const count = (is: (referral: Referred) => boolean) => one.referrals.filter(is).length;
        const known = ({ age, sex }: Referred) => age !== undefined && sexes.includes(sex ?? "");
        const inside = ({ area }: Referred) => areaNames.includes(area ?? "");
        expect(tally).toEqual({
          all: one.referrals.length,
          compared: count((referral) => inside(referral) && known(referral)),
          notInNeed: 0,
          kindNotRecorded: count((referral) => inside(referral) && !known(referral)),
          outside: count(({ area }) => area === "Elsewhere"),
          areaNotRecorded: count(({ area }) => area === undefined),
        });
      }),
    );
  });

  test("at everyone’s rates what is missing adds up to nothing over the groups of a whole", () => {
    fc.assert(
      fc.property(service, (one) => {
        for (const groups of laidOut(one).groups) {
          const table = needTable(groups);
          // Groups with too few referrals keep their numbers to themselves: only whole tables add up.
          if (table.rows.some(({ use }) => isAbsent(use))) continue;
          const missing = table.rows.reduce(
            (sum, { use }) => sum + (isAbsent(use) ? 0 : use.value),
            0,
          );
          expect(missing).toBeCloseTo(0, 8);
        }
      }),
    );
  });

  test("a service twice as large, or a population counted in other units, has the same ratios", () => {
    fc.assert(
      fc.property(service, fc.integer({ min: 2, max: 5 }), (one, factor) => {
        const ratios = (given: Service) =>
          laidOut(given).groups.map((groups) =>
            needTable(groups).rows.map(({ use }) =>
              isAbsent(use) || isAbsent(use.ratio) ? undefined : use.ratio.value,
            ),
          );
        const larger = ratios({
          ...one,
          people: one.people.map((row) => row.map((people) => people * factor)),
        });
        for (const [i, row] of ratios(one).entries())
          for (const [j, ratio] of row.entries()) {
            if (ratio === undefined) expect(larger[i]![j]).toBeUndefined();
            else expect(larger[i]![j]).toBeCloseTo(ratio, 9);
          }
      }),
    );
  });

  test("the bounds hold what any allocation of the referrals of unknown group gives", () => {
    fc.assert(
      fc.property(
        service,
        fc.array(fc.nat({ max: 1 }), { minLength: 250, maxLength: 250 }),
        fc.constantFrom("everyone" as const, "others" as const),
        (one, draws, standard) => {
          const observed = needTable(laidOut(one).groups[2]!, { standard });
          const truth = {
            ...one,
            referrals: one.referrals.map((referral, i) => ({
              ...referral,
              ethnicity: referral.ethnicity ?? ethnicities[draws[i]!],
            })),
          };
          const full = needTable(laidOut(truth).groups[2]!, { standard });
          for (const [row, { use, bounds }] of full.rows.entries()) {
            if (isAbsent(use) || isAbsent(observed.rows[row]!.use)) continue;
            expect(use.value).toBeGreaterThanOrEqual(observed.rows[row]!.bounds.lower - 1e-9);
            expect(use.value).toBeLessThanOrEqual(observed.rows[row]!.bounds.upper + 1e-9);
            expect(bounds.lower).toBeCloseTo(use.value, 9);
            expect(bounds.upper).toBeCloseTo(use.value, 9);
          }
        },
      ),
    );
  });

  test("expected referrals of a group are those of a slow count, person by person", () => {
    fc.assert(
      fc.property(service, (one) => {
        const { groups } = laidOut(one);
        const table = needTable(groups[0]!);
        // People by fifth, age and sex; ethnic group runs fastest in the population.
        const people = (row: readonly number[], kind: number) =>
          row[2 * kind]! + row[2 * kind + 1]!;
        const kinds = ages.flatMap((age) => sexes.map((sex) => ({ age, sex })));
        table.rows.forEach(({ use, group, referrals }) => {
          if (isAbsent(use)) return;
          const fifth = Number.parseInt(group.name, 10);
          const inFifth = (area: string) => 1 + (areaNames.indexOf(area) % 5) === fifth;
          let expected = 0;
          kinds.forEach(({ age, sex }, kind) => {
            const came = one.referrals.filter(
              (r) => areaNames.includes(r.area ?? "") && r.age === age && r.sex === sex,
            ).length;
            const all = one.people.reduce((sum, row) => sum + people(row, kind), 0);
            areaNames.forEach((area, i) => {
              if (inFifth(area)) expected += (people(one.people[i]!, kind) * came) / all;
            });
          });
          expect(use.expected).toBeCloseTo(expected, 9);
          expect(use.observed).toBe(referrals);
        });
      }),
    );
  });

  test("areas where fewer than ten are expected give nothing away; the others have limits around their number", () => {
    fc.assert(
      fc.property(service, (one) => {
        const { profiles, people, groups } = laidOut(one);
        const use = useByArea(profiles, groups[1]!, people.table.covers);
        expect(use.areas.map(({ area }) => area)).toEqual(areaNames);
        for (const { standing, observed, expected, missing, ratio } of use.areas) {
          if (standing === "tooFew") {
            expect([observed, expected, missing, ratio]).toEqual(Array(4).fill(undefined));
            continue;
          }
          expect(expected).toBeGreaterThanOrEqual(10);
          expect(missing!.value).toBeCloseTo(expected! - observed!, 8);
          if (!ratio) continue;
          expect(use.areasDiffer || use.towardsFifth || !use.drawn).toBe(true);
          expect(ratio.lower).toBeLessThanOrEqual(ratio.value);
          if (use.drawn || observed! > 0) expect(ratio.lower).toBeLessThan(ratio.value);
          expect(ratio.upper).toBeGreaterThan(ratio.value);
        }
      }),
    );
  });
});
