import type { Group } from "@taproot/model";
import {
  absent,
  benjaminiHochberg,
  countRate,
  type Estimate,
  type InternalStandard,
  isAbsent,
  type Result,
} from "@taproot/statistics";
import { FEWEST_COMPARED } from "../comparison.ts";
import type { GroupsInNeed } from "./groups-in-need.ts";
import { yearsOf } from "./need-period.ts";
import { needRowSentence, needTableSentence } from "./need-sentence.ts";
import type { MissingBounds, NeedRow, NeedTable, NeedTableOptions } from "./need-table.ts";
import { type TotalsByKind, totalsByKind, useOfGroup } from "./use-of-group.ts";

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
    rate: rateOf(referrals, people, years, groups.spread),
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

function needRow(
  groups: GroupsInNeed,
  row: number,
  group: Group,
  all: TotalsByKind,
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
    rate: rateOf(referrals, people, years, groups.spread),
    use,
    bounds: boundsOf(groups, row, all, standard, isAbsent(use) ? 0 : use.value),
    ...(isAbsent(use) ? {} : { smallestSeen: SEEN * use.standardError }),
  };
}

/** As if all referrals of unknown group were others', and as if all of a kind that the group has were the group's. */
function boundsOf(
  { kinds, people, referrals, unknown }: GroupsInNeed,
  row: number,
  all: TotalsByKind,
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

function rateOf(
  referrals: number,
  people: number,
  years: number | undefined,
  spread: number,
): Result<Estimate> {
  if (people === 0) return absent("zeroDenominator", "Nobody lives there.");
  const rate = countRate(referrals / spread, (people * (years ?? 1)) / spread, { per: 1000 });
  return isAbsent(rate) ? rate : { value: rate.value, lower: rate.lower, upper: rate.upper };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, one) => sum + one, 0);
}
