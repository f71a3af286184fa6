import {
  type InternallyStandardised,
  type InternalStandard,
  internallyStandardised,
  isAbsent,
  type Result,
} from "@taproot/statistics";
import type { GroupsInNeed } from "./groups-in-need.ts";

/** Sums over all groups, by kind. */
export interface TotalsByKind {
  readonly people: Float64Array;
  readonly referrals: Float64Array;
}

/** The sums by kind that {@link useOfGroup} compares with. */
export function totalsByKind({ kinds, people, referrals }: GroupsInNeed): TotalsByKind {
  const add = (table: Float64Array) => {
    const sums = new Float64Array(kinds);
    for (let at = 0; at < table.length; at++) sums[at % kinds]! += table[at]!;
    return sums;
  };
  return { people: add(people), referrals: add(referrals) };
}

/** Use of one group against everyone's or everyone else's rates, kind by kind. */
export function useOfGroup(
  {
    kinds,
    people,
    referrals,
    spread,
  }: Pick<GroupsInNeed, "kinds" | "people" | "referrals" | "spread">,
  row: number,
  all: TotalsByKind,
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
  // Counts that vary `spread` times as much as their size carry the knowledge of so many times fewer.
  const known = (table: Float64Array) => (spread === 1 ? table : table.map((one) => one / spread));
  const use = internallyStandardised(
    {
      populations,
      counts: known(counts),
      othersPopulations: rest(all.people, populations),
      othersCounts: known(rest(all.referrals, counts)),
    },
    { standard },
  );
  if (isAbsent(use) || spread === 1) return use;
  return {
    ...use,
    value: use.value * spread,
    lower: use.lower * spread,
    upper: use.upper * spread,
    observed: use.observed * spread,
    expected: use.expected * spread,
    standardError: use.standardError * spread,
  };
}
