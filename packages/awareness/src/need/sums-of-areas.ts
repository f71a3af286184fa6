import type { GroupsInNeed } from "./groups-in-need.ts";
import type { TotalsByKind } from "./use-of-group.ts";

/** Referrals, those expected at everyone's rates, and people, by area. */
export interface SumsOfAreas {
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  readonly people: Float64Array;
}

/** People and referrals by area and kind. */
export type AreaCounts = Pick<GroupsInNeed, "kinds" | "people" | "referrals" | "spread">;

/** What each area comes to over all kinds of people; kinds that nobody is of expect nothing. */
export function sumsOfAreas(
  { kinds, people, referrals }: AreaCounts,
  all: TotalsByKind,
): SumsOfAreas {
  const areas = people.length / kinds;
  const sums = {
    observed: new Float64Array(areas),
    expected: new Float64Array(areas),
    people: new Float64Array(areas),
  };
  for (let at = 0; at < areas; at++)
    for (let kind = 0; kind < kinds; kind++) {
      if (all.people[kind] === 0) continue;
      const n = people[at * kinds + kind]!;
      sums.people[at]! += n;
      sums.expected[at]! += (n * all.referrals[kind]!) / all.people[kind]!;
      sums.observed[at]! += referrals[at * kinds + kind]!;
    }
  return sums;
}

/** Areas added up: each of the result's is the sum of those at its positions. */
export function addUpAreas(
  { kinds, people, referrals, spread }: AreaCounts,
  parts: readonly (readonly number[])[],
): AreaCounts {
  const add = (table: Float64Array) => {
    const sums = new Float64Array(parts.length * kinds);
    for (const [to, positions] of parts.entries())
      for (const from of positions)
        for (let kind = 0; kind < kinds; kind++)
          sums[to * kinds + kind]! += table[from * kinds + kind]!;
    return sums;
  };
  return { kinds, spread, people: add(people), referrals: add(referrals) };
}
