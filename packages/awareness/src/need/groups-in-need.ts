import { type Cube, characteristicIndex, type Selection, selectedCells } from "@taproot/engine";
import { FATE_COUNT, type Group, standardCharacteristic } from "@taproot/model";
import type { AreaProfiles } from "@taproot/place";
import { absent, type Result } from "@taproot/statistics";
import { ALLOWED_FOR, type PeopleInNeed } from "./people-in-need.ts";
import type { ReferralsInNeed } from "./referrals-in-need.ts";

/** People who could need the service and those referred, by group and kind of person: all that need is worked out from. */
export interface GroupsInNeed {
  /** What the groups are by: a characteristic's name, or "area". */
  readonly by: string;
  readonly groups: readonly Group[];
  /** What is allowed for: age and sex, one of them, or nothing. */
  readonly kindsBy: readonly string[];
  readonly kinds: number;
  /** Groups × kinds. */
  readonly people: Float64Array;
  readonly referrals: Float64Array;
  /** By kind: referrals whose group is not recorded. */
  readonly unknown: Float64Array;
  /**
   * How many times as much as a Poisson count the number of referrals varies because some people are referred more than
   * once: Σf² ÷ Σf over people referred f times. 1 where nobody is, or where persons are not known.
   */
  readonly spread: number;
}

/** The areas of a catchment as groups. */
export function areasInNeed(
  profiles: AreaProfiles,
  inNeed: PeopleInNeed,
  { referrals, areaUnknown, spread }: ReferralsInNeed,
): GroupsInNeed {
  const rows = [...profiles.areas.keys()].filter((row) => inNeed.table.covers[row] === 1);
  const pick = (table: Float64Array) => gather(table, rows, inNeed.kinds);
  return {
    by: "area",
    groups: rows.map((row) => {
      const name = profiles.names[row] ?? profiles.areas[row]!;
      return { name, people: `people living in ${name}` };
    }),
    kindsBy: inNeed.kindsBy,
    kinds: inNeed.kinds,
    people: pick(inNeed.people),
    referrals: pick(referrals),
    unknown: areaUnknown,
    spread,
  };
}

/** Fifths of deprivation as groups, by where people live. Areas whose deprivation is not known count as not recorded. */
export function fifthsInNeed(
  profiles: AreaProfiles,
  inNeed: PeopleInNeed,
  { referrals, areaUnknown, spread }: ReferralsInNeed,
): GroupsInNeed {
  const { kinds } = inNeed;
  const { groups = [] } = standardCharacteristic("deprivation");
  const people = new Float64Array(groups.length * kinds);
  const referred = new Float64Array(groups.length * kinds);
  const unknown = Float64Array.from(areaUnknown);
  for (let row = 0; row < profiles.areas.length; row++) {
    const fifth = profiles.deprivationQuintile[row]!;
    for (let kind = 0; kind < kinds; kind++) {
      const from = row * kinds + kind;
      if (fifth === 0) unknown[kind]! += referrals[from]!;
      else {
        people[(fifth - 1) * kinds + kind]! += inNeed.people[from]!;
        referred[(fifth - 1) * kinds + kind]! += referrals[from]!;
      }
    }
  }
  return withPeople({
    by: "deprivation",
    groups,
    kindsBy: inNeed.kindsBy,
    kinds,
    people,
    referrals: referred,
    unknown,
    spread,
  });
}

/** The groups of a characteristic that both the population and the records hold, all areas together. */
export function peopleByGroup(
  cube: Cube,
  by: string,
  inNeed: PeopleInNeed,
  { referrals, groupUnknown, spread }: ReferralsInNeed,
): GroupsInNeed {
  const { kinds, groups } = inNeed;
  const width = groups.length * kinds;
  const sum = (table: Float64Array) => {
    const sums = new Float64Array(width);
    for (let at = 0; at < table.length; at++) sums[at % width]! += table[at]!;
    return sums;
  };
  // A group that nobody was referred from is not among the cube's.
  const standard = standardCharacteristic(by);
  const known = [
    ...(cube.characteristics[characteristicIndex(cube, by)]?.groups ?? []),
    ...(standard.groups ?? []),
  ];
  return withPeople({
    by,
    groups: groups.map(
      (name) =>
        known.find((group) => group.name === name) ?? { name, people: standard.people(name) },
    ),
    kindsBy: inNeed.kindsBy,
    kinds,
    people: sum(inNeed.people),
    referrals: sum(referrals),
    unknown: groupUnknown,
    spread,
  });
}

/**
 * The groups of a table of counts that holds its own population. Periods add up: people then are people times periods, as
 * referrals are of all of them.
 */
export function groupsOfCounts(
  cube: Cube,
  by: string,
  selection?: Selection,
): Result<GroupsInNeed> {
  const { population } = cube;
  if (!population || !cube.steps.includes("referred"))
    return absent(
      "notRecorded",
      "The table of counts that is open has no column of people who could need the service.",
    );
  const index = characteristicIndex(cube, by);
  const { groups } = cube.characteristics[index]!;
  const kindIndices = ALLOWED_FOR.map((name) => characteristicIndex(cube, name)).filter(
    (one) => one >= 0 && one !== index,
  );
  const sizes = kindIndices.map((one) => cube.characteristics[one]!.groups.length);
  const kinds = sizes.reduce((product, size) => product * size, 1);
  const known = groups.filter((group) => !group.unknown);
  const people = new Float64Array(known.length * kinds);
  const referrals = new Float64Array(known.length * kinds);
  const unknown = new Float64Array(kinds);
  const position = groups.map((group) => known.indexOf(group));
  const cells = selectedCells(cube, selection);
  const length = cells?.length ?? cube.cells;
  for (let i = 0; i < length; i++) {
    const cell = cells ? cells[i]! : i;
    let kind = 0;
    for (const [k, one] of kindIndices.entries())
      kind = kind * sizes[k]! + cube.groups[one]![cell]!;
    let referred = 0;
    for (let fate = 0; fate < FATE_COUNT; fate++) referred += cube.fates[cell * FATE_COUNT + fate]!;
    const group = position[cube.groups[index]![cell]!]!;
    if (group < 0) unknown[kind]! += referred;
    else {
      people[group * kinds + kind]! += population[cell]!;
      referrals[group * kinds + kind]! += referred;
    }
  }
  return withPeople({
    by,
    groups: known,
    kindsBy: kindIndices.map((one) => cube.characteristics[one]!.name),
    kinds,
    people,
    referrals,
    unknown,
    spread: 1,
  });
}

/** Leaves out groups that nobody lives in and nobody was referred from. */
function withPeople(all: GroupsInNeed): GroupsInNeed {
  const { kinds, people, referrals } = all;
  const rows = [...all.groups.keys()].filter((row) => {
    for (let kind = 0; kind < kinds; kind++)
      if (people[row * kinds + kind]! > 0 || referrals[row * kinds + kind]! > 0) return true;
    return false;
  });
  return {
    ...all,
    groups: rows.map((row) => all.groups[row]!),
    people: gather(people, rows, kinds),
    referrals: gather(referrals, rows, kinds),
  };
}

function gather(table: Float64Array, rows: readonly number[], width: number): Float64Array {
  const out = new Float64Array(rows.length * width);
  for (const [to, row] of rows.entries())
    out.set(table.subarray(row * width, (row + 1) * width), to * width);
  return out;
}
