import { isAbsent } from "@taproot/statistics";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  AREA_LEVELS,
  type GroupsInNeed,
  needTable,
  type UseByArea,
  useByArea,
} from "../../src/index.ts";
import { smallPlace } from "./small-place.ts";

/** A stream of uniform, normal and Poisson numbers that is the same on every machine. */
function stream(seed: number) {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let v = Math.imul(state ^ (state >>> 15), 1 | state);
    v = (v + Math.imul(v ^ (v >>> 7), 61 | v)) ^ v;
    return ((v ^ (v >>> 14)) >>> 0) / 4294967296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const poisson = (mean: number) => {
    let [count, product] = [-1, 1];
    do {
      count++;
      product *= uniform();
    } while (product > Math.exp(-mean));
    return count;
  };
  return { uniform, normal, poisson };
}

const AREAS = 200;
const profiles = smallPlace(
  Array.from({ length: AREAS }, (_, i) => ({
    area: `E${String(i).padStart(8, "0")}`,
    quintile: 1 + (i % 5),
  })),
  [],
);
const covers = new Uint8Array(AREAS).fill(1);

/** One made-up catchment: the true ratio of each area is as told times its own. */
function made(seed: number, ratioOf: (area: number) => number, spread = 0) {
  const { uniform, normal, poisson } = stream(seed);
  const people = Float64Array.from({ length: AREAS }, () => 900 + Math.floor(1200 * uniform()));
  const truth = Array.from({ length: AREAS }, (_, i) => ratioOf(i) * Math.exp(spread * normal()));
  const referrals = people.map((n, i) => poisson(n * 0.02 * truth[i]!));
  const groups: GroupsInNeed = {
    by: "area",
    groups: profiles.areas.map((name) => ({ name, people: `people living in ${name}` })),
    kindsBy: [],
    kinds: 1,
    people,
    referrals,
    unknown: new Float64Array(1),
    spread: 1,
  };
  // Everyone's rate is that of this catchment: the truth is relative to its own mean.
  const mean =
    truth.reduce((sum, ratio, i) => sum + ratio * people[i]!, 0) /
    people.reduce((sum, n) => sum + n, 0);
  return { groups, truth: truth.map((ratio) => ratio / mean) };
}

/** A catchment whose areas differ by their fifth and by themselves, and what is said of it. */
function catchment(seed: number, ofFifth: readonly number[], spread: number) {
  const { groups, truth } = made(seed, (i) => ofFifth[i % 5]!, spread);
  return { use: useByArea(profiles, groups, covers), truth };
}

const services = Array.from({ length: 20 }, (_, i) => 100 + i);

test.each([
  ["areas that differ by themselves", [1, 1, 1, 1, 1], 0.25],
  ["fifths and areas that differ", [0.7, 0.85, 1, 1.1, 1.2], 0.2],
] as const)("%s: limits hold the true ratio of 93 to 98 in 100 areas", (_, ofFifth, spread) => {
  let [held, all] = [0, 0];
  for (const seed of services) {
    const { use, truth } = catchment(seed, ofFifth, spread);
    for (const [i, { ratio }] of use.areas.entries()) {
      if (!ratio) continue;
      all++;
      held += Number(ratio.lower <= truth[i]! && truth[i]! <= ratio.upper);
    }
  }
  expect(all).toBeGreaterThan(0.9 * AREAS * services.length);
  expect(held / all).toBeGreaterThan(0.93);
  expect(held / all).toBeLessThan(0.98);
});

test("where nothing differs but by chance, hardly an area is called fewer or more", () => {
  let called = 0;
  for (const seed of services) {
    const { use } = catchment(seed, [1, 1, 1, 1, 1], 0);
    called += use.fewer + use.more;
  }
  expect(called / (AREAS * services.length)).toBeLessThan(0.01);
});

test("a gradient is not drawn away: areas of a fifth that is referred less are called so", () => {
  const { use } = catchment(7, [0.6, 1, 1.05, 1.1, 1.15], 0.1);
  expect(use.towardsFifth).toBe(true);
  const first = use.areas.filter(({ fifths }) => fifths[0] === 1);
  const mean = first.reduce((sum, { ratio }) => sum + ratio!.value, 0) / first.length;
  expect(mean).toBeGreaterThan(0.55);
  expect(mean).toBeLessThan(0.72);
  expect(first.filter(({ standing }) => standing === "fewer").length).toBeGreaterThan(30);
});

/** The areas in fours, in three districts; now and then one is in no neighbourhood. */
const inLarger = smallPlace(
  profiles.areas.map((area, i) => ({
    area,
    quintile: 1 + (i % 5),
    district: `District ${i % 3}`,
    ...(i % 23 === 0 ? {} : { neighbourhood: `N${i >> 2}` }),
  })),
  [],
);

test("neighbourhoods and districts are the sums of their small areas, whatever came", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(400), fc.nat(400), fc.nat(9), fc.nat(9)), {
        minLength: AREAS,
        maxLength: AREAS,
      }),
      fc.double({ min: 1, max: 5, noNaN: true }),
      (areas, spread) => {
        const groups: GroupsInNeed = {
          by: "area",
          groups: profiles.areas.map((name) => ({ name, people: name })),
          kindsBy: ["sex"],
          kinds: 2,
          people: Float64Array.from(areas.flatMap(([a, b]) => [a + 1, b + 1])),
          referrals: Float64Array.from(areas.flatMap(([, , a, b]) => [a + 1, b + 1])),
          unknown: new Float64Array(2),
          spread,
        };
        // Expected the slow way: each kind's referrals, as the people of that kind live.
        const total = [0, 1].map((kind) => ({
          people: areas.reduce((sum, one) => sum + one[kind]! + 1, 0),
          referrals: areas.reduce((sum, one) => sum + one[kind + 2]! + 1, 0),
        }));
        const expectedOf = (i: number) =>
          [0, 1].reduce(
            (sum, kind) =>
              sum + ((areas[i]![kind]! + 1) * total[kind]!.referrals) / total[kind]!.people,
            0,
          );
        for (const level of AREA_LEVELS) {
          const use = useByArea(inLarger, groups, covers, level);
          expect(use.areas.flatMap(({ smallAreas }) => smallAreas).sort()).toEqual(profiles.areas);
          expect(use.alone).toBe(level === "neighbourhood" ? Math.ceil(AREAS / 23) : 0);
          for (const { smallAreas, expected, observed, missing, people, standing } of use.areas) {
            const rows = smallAreas.map((area) => inLarger.rowOf.get(area)!);
            const sum = (of: (row: number) => number) =>
              rows.reduce((all, row) => all + of(row), 0);
            expect(people).toBe(sum((row) => areas[row]![0] + areas[row]![1] + 2));
            const slow = sum(expectedOf);
            expect(standing === "tooFew").toBe(expected === undefined);
            if (expected === undefined) expect(slow).toBeLessThan(10 + 1e-9);
            else {
              expect(expected).toBeCloseTo(slow, 8);
              expect(observed).toBe(sum((row) => areas[row]![2] + areas[row]![3] + 2));
              expect(missing!.value).toBeCloseTo(slow - observed!, 8);
            }
          }
        }
      },
    ),
    { numRuns: 15 },
  );
});

test("a neighbourhood that is low as a whole is seen where none of its small areas can be", () => {
  let [seenSmall, seenLarger, others] = [0, 0, 0];
  for (const seed of services) {
    const { groups } = made(seed, (i) => (i >> 2 === 7 ? 0.45 : 1));
    const small = useByArea(inLarger, groups, covers);
    const larger = useByArea(inLarger, groups, covers, "neighbourhood");
    const low = (use: UseByArea, code: string) =>
      use.areas.find(({ area }) => area === code)?.standing === "fewer";
    seenSmall += profiles.areas.slice(28, 32).filter((area) => low(small, area)).length / 4;
    seenLarger += Number(low(larger, "N7"));
    others += larger.fewer + larger.more - Number(low(larger, "N7"));
  }
  expect(seenLarger / services.length).toBeGreaterThan(0.8);
  expect(seenSmall / services.length).toBeLessThan(0.4);
  expect(others / services.length).toBeLessThan(0.5);
});

test("a gap as large as is said to be the least that shows, shows 4 times in 5", () => {
  // One area in ten lacks a share of its referrals; the others differ so that a prior is known.
  let [said, seen, all] = [0, 0, 0];
  for (let seed = 0; seed < 60; seed++) {
    const known = made(500 + seed, () => 1, 0.15);
    const { usual } = useByArea(profiles, known.groups, covers);
    const gap = usual!.smallestGap;
    if (gap === undefined) continue;
    said++;
    // The same catchment in which areas of usual size, otherwise as expected, lack that much.
    const { poisson } = stream(90_000 + seed);
    const size = usual!.expected;
    const referrals = Float64Array.from(known.groups.referrals);
    const people = Float64Array.from(known.groups.people);
    const rate = referrals.reduce((a, b) => a + b, 0) / people.reduce((a, b) => a + b, 0);
    for (let i = 0; i < AREAS; i += 40) {
      people[i] = size / rate;
      referrals[i] = poisson(size * (1 - gap));
    }
    const use = useByArea(profiles, { ...known.groups, people, referrals }, covers);
    for (let i = 0; i < AREAS; i += 40) {
      all++;
      seen += Number(use.areas[i]!.standing === "fewer");
    }
  }
  expect(said).toBeGreaterThan(50);
  expect(seen / all).toBeGreaterThan(0.7);
  expect(seen / all).toBeLessThan(0.9);
});

test("too few areas to show how far they differ stand for themselves, and seldom one is called by chance", () => {
  const few = 6;
  const chosen = Uint8Array.from(covers, (_, i) => Number(i < few));
  let called = 0;
  for (let seed = 0; seed < 200; seed++) {
    const { groups } = made(3000 + seed, () => 1);
    const use = useByArea(
      profiles,
      {
        ...groups,
        groups: groups.groups.slice(0, few),
        people: groups.people.slice(0, few),
        referrals: groups.referrals.slice(0, few),
      },
      chosen,
    );
    expect(use.drawn).toBe(false);
    expect(use.areas.every(({ ratio }) => ratio !== undefined)).toBe(true);
    called += Number(use.areasDiffer);
  }
  expect(called / 200).toBeLessThan(0.07);
});

// Seven in ten people are referred once, two twice, one five times: Σf² ÷ Σf = (0.7 + 0.8 + 2.5) ÷ (0.7 + 0.4 + 0.5).
const REPEATED = 4 / 1.6;

/** Two groups alike in need, whose people come once or more often; the share of tables that hold the truth. */
function tablesThatHold(spread: number): number {
  let held = 0;
  const tables = 400;
  for (let seed = 0; seed < tables; seed++) {
    const { uniform, poisson } = stream(7000 + seed);
    const referred = (mean: number) => {
      let sum = 0;
      for (let person = poisson(mean); person > 0; person--) {
        const draw = uniform();
        sum += draw < 0.7 ? 1 : draw < 0.9 ? 2 : 5;
      }
      return sum;
    };
    const { rows } = needTable(
      {
        by: "sex",
        groups: ["Female", "Male"].map((name) => ({ name, people: name })),
        kindsBy: [],
        kinds: 1,
        people: new Float64Array([4000, 6000]),
        referrals: new Float64Array([referred(80), referred(120)]),
        unknown: new Float64Array(1),
        spread,
      },
      { standard: "others" },
    );
    const { use } = rows[0]!;
    // In truth nobody is missing.
    if (!isAbsent(use) && use.lower <= 0 && use.upper >= 0) held++;
  }
  return held / tables;
}

test("limits allow for people who are referred more than once", () => {
  expect(tablesThatHold(REPEATED)).toBeGreaterThan(0.93);
  expect(tablesThatHold(REPEATED)).toBeLessThan(0.98);
  // As if each referral were another person they would be too narrow.
  expect(tablesThatHold(1)).toBeLessThan(0.85);
});

test("how often people come changes no size, only how sure it is", () => {
  const groups: GroupsInNeed = {
    by: "sex",
    groups: ["Female", "Male"].map((name) => ({ name, people: name })),
    kindsBy: [],
    kinds: 1,
    people: new Float64Array([4000, 6000]),
    referrals: new Float64Array([150, 300]),
    unknown: new Float64Array(1),
    spread: 1,
  };
  const [once] = needTable(groups).rows;
  const [often] = needTable({ ...groups, spread: 4 }).rows;
  if (isAbsent(once!.use) || isAbsent(often!.use)) throw new Error("both have people");
  for (const name of ["value", "observed", "expected"] as const)
    expect(often!.use[name]).toBeCloseTo(once!.use[name], 9);
  const width = ({ lower, upper }: { lower: number; upper: number }) => upper - lower;
  expect(width(often!.use) / width(once!.use)).toBeCloseTo(2, 1);
  expect(often!.use.p).toBeGreaterThan(once!.use.p);
});
