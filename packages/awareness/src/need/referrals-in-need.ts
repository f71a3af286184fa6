import { type Cube, characteristicIndex, type Selection, selectedCells } from "@taproot/engine";
import { FATE_COUNT } from "@taproot/model";
import type { AreaProfiles } from "@taproot/place";
import type { Need } from "./need.ts";
import type { PeopleInNeed } from "./people-in-need.ts";

/** Referrals laid out as the people in need are, and what of them could not be. */
export interface ReferralsInNeed {
  /** Areas × groups × kinds. */
  readonly referrals: Float64Array;
  /** By kind: referrals from the catchment whose group is not recorded. */
  readonly groupUnknown: Float64Array;
  /** By kind: referrals whose area is not recorded, wherever they are from. */
  readonly areaUnknown: Float64Array;
  readonly tally: ReferralTally;
  /** How many times as much as a Poisson count referrals vary: see GroupsInNeed. */
  readonly spread: number;
}

/** Where each referral went. The parts add up to the whole. */
export interface ReferralTally {
  readonly all: number;
  /** From the catchment, of people in need: what is compared. */
  readonly compared: number;
  /** From the catchment, of people whom the chosen need leaves out. */
  readonly notInNeed: number;
  /** From the catchment, age or sex not recorded, or not one that the population is counted by. */
  readonly kindNotRecorded: number;
  /** From areas outside the catchment, or whose population is not known. */
  readonly outside: number;
  readonly areaNotRecorded: number;
}

/**
 * Lays referrals out as a population is: by area, group and kind of person.
 *
 * @param cube crossed by "area", by what makes kinds and, where groups are compared, by that characteristic
 */
export function referralsInNeed(
  cube: Cube,
  profiles: AreaProfiles,
  people: PeopleInNeed,
  options: {
    readonly need: Need;
    readonly by?: string;
    readonly selection?: Selection;
    /** As {@link ReferralsInNeed.spread}. Default 1. */
    readonly spread?: number;
  },
): ReferralsInNeed {
  const { by, need, spread = 1 } = options;
  const areaRow = rowsOfAreas(cube, profiles, people);
  const groupAt = by ? positions(cube, by, people.groups) : undefined;
  const kindAt = people.kindsBy.map((name, i) => positions(cube, name, people.kindGroups[i]!));
  const sizes = people.kindGroups.map((names) => names.length);
  // Only age limits who is in need among those referred: other needs count people, not referrals.
  const ageIndex = need.kind === "age" ? people.kindsBy.indexOf("age") : -1;
  const groupsAreAges = need.kind === "age" && by === "age";
  const width = people.groups.length * people.kinds;
  const referrals = new Float64Array(people.table.covers.length * width);
  const groupUnknown = new Float64Array(people.kinds);
  const areaUnknown = new Float64Array(people.kinds);
  const tally = {
    all: 0,
    compared: 0,
    notInNeed: 0,
    kindNotRecorded: 0,
    outside: 0,
    areaNotRecorded: 0,
  };
  const areaCodes = cube.groups[characteristicIndex(cube, "area")]!;
  const cells = selectedCells(cube, options.selection);
  const length = cells?.length ?? cube.cells;
  for (let i = 0; i < length; i++) {
    const cell = cells ? cells[i]! : i;
    let referred = 0;
    for (let fate = 0; fate < FATE_COUNT; fate++) referred += cube.fates[cell * FATE_COUNT + fate]!;
    if (referred === 0) continue;
    tally.all += referred;
    const row = areaRow[areaCodes[cell]!]!;
    if (row === OUTSIDE) {
      tally.outside += referred;
      continue;
    }
    let kind = 0;
    let missing = false;
    let notInNeed = false;
    for (let k = 0; k < kindAt.length; k++) {
      const { codes, at } = kindAt[k]!;
      const position = at[codes[cell]!]!;
      if (position >= 0) kind = kind * sizes[k]! + position;
      else if (k === ageIndex && codes[cell] !== 0) notInNeed = true;
      else missing = true;
    }
    const group = groupAt ? groupAt.at[groupAt.codes[cell]!]! : 0;
    if (groupsAreAges && group < 0 && groupAt!.codes[cell] !== 0) notInNeed = true;
    if (row === NOT_RECORDED_AREA) {
      tally.areaNotRecorded += referred;
      if (!missing && !notInNeed) areaUnknown[kind]! += referred;
    } else if (notInNeed) tally.notInNeed += referred;
    else if (missing) tally.kindNotRecorded += referred;
    else {
      tally.compared += referred;
      if (group < 0) groupUnknown[kind]! += referred;
      else referrals[row * width + group * people.kinds + kind]! += referred;
    }
  }
  return { referrals, groupUnknown, areaUnknown, tally, spread };
}

const OUTSIDE = -1;
const NOT_RECORDED_AREA = -2;

function rowsOfAreas(cube: Cube, profiles: AreaProfiles, { table }: PeopleInNeed): Int32Array {
  const { groups } = cube.characteristics[characteristicIndex(cube, "area")]!;
  return Int32Array.from(groups, (group) => {
    if (group.unknown) return NOT_RECORDED_AREA;
    const row = profiles.rowOf.get(group.name);
    return row !== undefined && table.covers[row] === 1 ? row : OUTSIDE;
  });
}

/** Where each group of a characteristic stands in a list; −1 where it does not. */
function positions(cube: Cube, name: string, list: readonly string[]) {
  const index = characteristicIndex(cube, name);
  const { groups } = cube.characteristics[index]!;
  return {
    codes: cube.groups[index]!,
    at: Int32Array.from(groups, (group) => (group.unknown ? -1 : list.indexOf(group.name))),
  };
}

/** Referrals by small area, and how many have none recorded. */
export interface ReferralsByArea {
  /** Areas with at least one referral, most first. */
  readonly areas: readonly { readonly area: string; readonly referrals: number }[];
  readonly notRecorded: number;
  readonly all: number;
}

/**
 * Where do referrals come from?
 *
 * @param cube crossed by "area"
 */
export function referralsByArea(cube: Cube, selection?: Selection): ReferralsByArea {
  const index = characteristicIndex(cube, "area");
  const { groups } = cube.characteristics[index]!;
  const codes = cube.groups[index]!;
  const sums = new Float64Array(groups.length);
  const cells = selectedCells(cube, selection);
  const length = cells?.length ?? cube.cells;
  for (let i = 0; i < length; i++) {
    const cell = cells ? cells[i]! : i;
    for (let fate = 0; fate < FATE_COUNT; fate++)
      sums[codes[cell]!]! += cube.fates[cell * FATE_COUNT + fate]!;
  }
  const areas = groups
    .map((group, code) => ({ area: group.name, referrals: group.unknown ? 0 : sums[code]! }))
    .filter(({ referrals }) => referrals > 0)
    .sort((a, b) => b.referrals - a.referrals || (a.area < b.area ? -1 : 1));
  const placed = areas.reduce((sum, { referrals }) => sum + referrals, 0);
  const all = sums.reduce((sum, one) => sum + one, 0);
  return { areas, notRecorded: all - placed, all };
}
