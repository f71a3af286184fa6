import type { Group } from "@taproot/model";
import {
  absent,
  benjaminiHochberg,
  countRate,
  type Estimate,
  type InternallyStandardised,
  type InternalStandard,
  internallyStandardised,
  isAbsent,
  type Result,
} from "@taproot/statistics";
import { FEWEST_COMPARED } from "../comparison.ts";
import type { GroupsInNeed } from "./groups-in-need.ts";
import { type NeedPeriod, yearsOf } from "./need-period.ts";
import { needRowSentence, needTableSentence } from "./need-sentence.ts";

/** What the referrals whose group is not recorded allow: missing referrals at the least and at the most. */
export interface MissingBounds {
  readonly lower: number;
  readonly upper: number;
  /** True when they cannot turn or remove the sign. */
  readonly signKnown: boolean;
  /** Referrals that could be of the group. */
  readonly unknown: number;
}

/** One group's use beside what is expected of it. */
export interface NeedRow {
  readonly group: Group;
  readonly people: number;
  readonly referrals: number;
  /** Referrals per 1,000 people a year; over the whole period where its length is not known. */
  readonly rate: Result<Estimate>;
  /** Missing referrals (expected less observed), expected referrals and their ratio. */
  readonly use: Result<InternallyStandardised>;
  readonly bounds: MissingBounds;
  /** Of the comparison, among all of this table. */
  readonly q?: number;
  /** The fewest missing (or more) referrals that would have been likely to show: 4 times in 5. */
  readonly smallestSeen?: number;
  readonly sentence: string;
}

/** Use and expected use by group. */
export interface NeedTable {
  readonly by: string;
  readonly standard: InternalStandard;
  /** What is allowed for. */
  readonly kindsBy: readonly string[];
  readonly rows: readonly NeedRow[];
  readonly people: number;
  readonly referrals: number;
  readonly rate: Result<Estimate>;
  /** Referrals whose group is not recorded. */
  readonly unknown: number;
  /** How many groups were compared: what q-values allow for. */
  readonly comparisons: number;
  readonly years?: number;
  /** The answer in one sentence. */
  readonly sentence: string;
}

/** How a need table is made. */
export interface NeedTableOptions {
  /** Whose rates are expected: those of everyone, or of everyone else. */
  readonly standard?: InternalStandard;
  readonly period?: NeedPeriod;
  /** How long one count of the population stands for, where it is not a period of days: a table of counts by year. */
  readonly years?: number;
}

/** z at 97.5 % and at 80 %: what is seen 4 times in 5. */
const SEEN = 1.959963984540054 + 0.8416212335729143;

/**
 * Which groups are referred less often than their ages and sexes would lead one to expect, by how many, and how sure is it?
 * Groups with fewer than ten referrals, expected and observed alike, are too few to say.
 */
export function needTable(given: GroupsInNeed, options: NeedTableOptions = {}): NeedTable {
  const groups = ofPeople(given);
  const { standard = "everyone", period } = options;
  const years = options.years ?? (period ? yearsOf(period) : undefined);
  const all = totalsByKind(groups);
  const rows = groups.groups.map((group, row) => needRow(groups, row, group, all, standard, years));
  const compared = rows.flatMap(({ use }, row) => (isAbsent(use) ? [] : [{ row, p: use.p }]));
  const qs = benjaminiHochberg(compared.map(({ p }) => p));
  const q = new Map(compared.map(({ row }, i) => [row, qs[i]!]));
  const context = { standard, kindsBy: groups.kindsBy, ...(period ? { period } : {}) };
  const finished = rows.map((row, i): NeedRow => {
    const its = q.get(i);
    const sure = { ...row, ...(its === undefined ? {} : { q: its }) };
    return { ...sure, sentence: needRowSentence(sure, context) };
  });
  const people = sumOf(groups.people);
  const referrals = sumOf(groups.referrals);
  return {
    by: groups.by,
    standard,
    kindsBy: groups.kindsBy,
    rows: finished,
    people,
    referrals,
    rate: rateOf(referrals, people, years),
    unknown: sumOf(groups.unknown),
    comparisons: compared.length,
    ...(years === undefined ? {} : { years }),
    sentence: needTableSentence(finished, context),
  };
}

/** Referrals of kinds that nobody in the catchment is of stand beside no population; they are left out. */
function ofPeople(groups: GroupsInNeed): GroupsInNeed {
  const { kinds, people } = groups;
  const lived = new Uint8Array(kinds);
  for (let at = 0; at < people.length; at++) if (people[at]! > 0) lived[at % kinds] = 1;
  if (lived.every((one) => one === 1)) return groups;
  const keep = (table: Float64Array) =>
    table.map((count, at) => (lived[at % kinds] === 1 ? count : 0));
  return { ...groups, referrals: keep(groups.referrals), unknown: keep(groups.unknown) };
}

/** Sums over all groups, by kind. */
interface Totals {
  readonly people: Float64Array;
  readonly referrals: Float64Array;
}

/** The sums by kind that {@link useOfGroup} compares with. */
export function totalsByKind({ kinds, people, referrals }: GroupsInNeed): Totals {
  const add = (table: Float64Array) => {
    const sums = new Float64Array(kinds);
    for (let at = 0; at < table.length; at++) sums[at % kinds]! += table[at]!;
    return sums;
  };
  return { people: add(people), referrals: add(referrals) };
}

/** Use of one group against everyone's or everyone else's rates, kind by kind. */
export function useOfGroup(
  { kinds, people, referrals }: Pick<GroupsInNeed, "kinds" | "people" | "referrals">,
  row: number,
  all: Totals,
  standard: InternalStandard,
): Result<InternallyStandardised> {
  const populations = people.subarray(row * kinds, (row + 1) * kinds);
  const counts = referrals.subarray(row * kinds, (row + 1) * kinds);
  // Sums of whole counts are exact; a difference of fractions may come out a hair under nothing.
  const rest = (table: Float64Array, own: Float64Array) =>
    table.map((sum, kind) => {
      const left = sum - own[kind]!;
      return left < 1e-9 * sum ? 0 : left;
    });
  return internallyStandardised(
    {
      populations,
      counts,
      othersPopulations: rest(all.people, populations),
      othersCounts: rest(all.referrals, counts),
    },
    { standard },
  );
}

function needRow(
  groups: GroupsInNeed,
  row: number,
  group: Group,
  all: Totals,
  standard: InternalStandard,
  years: number | undefined,
): Omit<NeedRow, "sentence"> {
  const { kinds } = groups;
  const people = sumOf(groups.people.subarray(row * kinds, (row + 1) * kinds));
  const referrals = sumOf(groups.referrals.subarray(row * kinds, (row + 1) * kinds));
  const worked =
    groups.groups.length < 2
      ? absent("tooFewGroups", "There is only one group, so nobody to compare it with.")
      : useOfGroup(groups, row, all, standard);
  const use =
    !isAbsent(worked) && Math.max(worked.expected, worked.observed) < FEWEST_COMPARED
      ? absent("tooFew", `Fewer than ${FEWEST_COMPARED} referrals, expected and observed alike.`)
      : worked;
  return {
    group,
    people,
    referrals,
    rate: rateOf(referrals, people, years),
    use,
    bounds: boundsOf(groups, row, all, standard, isAbsent(use) ? 0 : use.value),
    ...(isAbsent(use) ? {} : { smallestSeen: SEEN * use.standardError }),
  };
}

/** As if all referrals of unknown group were others', and as if all of a kind that the group has were the group's. */
function boundsOf(
  { kinds, people, referrals, unknown }: GroupsInNeed,
  row: number,
  all: Totals,
  standard: InternalStandard,
  value: number,
): MissingBounds {
  let [expected, more, observed, could] = [0, 0, 0, 0];
  for (let kind = 0; kind < kinds; kind++) {
    const n = people[row * kinds + kind]!;
    const x = referrals[row * kinds + kind]!;
    const others = all.people[kind]! - n;
    observed += x;
    if (n === 0) continue;
    could += unknown[kind]!;
    const weight = standard === "everyone" ? n / all.people[kind]! : others > 0 ? n / others : 0;
    const counted = standard === "everyone" ? all.referrals[kind]! : all.referrals[kind]! - x;
    expected += weight * counted;
    more += weight * unknown[kind]!;
  }
  const upper = expected + more - observed;
  const lower = expected + (standard === "everyone" ? more : 0) - observed - could;
  const signKnown = value > 0 ? lower > 0 : value < 0 && upper < 0;
  return { lower, upper, signKnown, unknown: could };
}

function rateOf(referrals: number, people: number, years = 1): Result<Estimate> {
  if (people === 0) return absent("zeroDenominator", "Nobody lives there.");
  const rate = countRate(referrals, people * years, { per: 1000 });
  return isAbsent(rate) ? rate : { value: rate.value, lower: rate.lower, upper: rate.upper };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, one) => sum + one, 0);
}
