import type { AreaProfiles } from "@taproot/place";
import {
  type Estimate,
  gammaPoisson,
  type InternallyStandardised,
  isAbsent,
} from "@taproot/statistics";
import { FEWEST_COMPARED } from "../comparison.ts";
import type { GroupsInNeed } from "./groups-in-need.ts";
import { totalsByKind, useOfGroup } from "./missing-referrals.ts";

/** Whether an area's use differs from what is expected, once it is drawn towards the others. */
export type AreaStanding = "fewer" | "asExpected" | "more" | "tooFew";

/** One area. What could tell of single people is left out where fewer than ten referrals are expected. */
export interface AreaUse {
  readonly area: string;
  readonly name: string;
  readonly district?: string;
  /** 1 (most deprived fifth) to 5; 0 where it is not known. */
  readonly deprivation: number;
  readonly people: number;
  readonly standing: AreaStanding;
  readonly observed?: number;
  readonly expected?: number;
  readonly missing?: Estimate;
  /** Referrals for each expected, drawn towards the other areas as far as chance makes them differ. */
  readonly ratio?: Estimate;
}

/** Use of all areas of a catchment. */
export interface UseByArea {
  readonly areas: readonly AreaUse[];
  /** True when areas differ by more than chance; otherwise none is called fewer or more. */
  readonly areasDiffer: boolean;
  readonly tooFew: number;
  readonly fewer: number;
  readonly more: number;
  readonly sentence: string;
}

/**
 * Where is the service used less than the people who live there would lead one to expect? Each area's ratio of referrals to
 * expected referrals is drawn towards the catchment's by empirical Bayes, so that the smallest areas do not shout.
 *
 * @param groups as areasInNeed makes them of the same profiles
 */
export function useByArea(
  profiles: AreaProfiles,
  groups: GroupsInNeed,
  covers: Uint8Array,
): UseByArea {
  const rows = [...profiles.areas.keys()].filter((row) => covers[row] === 1);
  const { kinds } = groups;
  const all = totalsByKind(groups);
  const rates = all.people.map((people, kind) => (people > 0 ? all.referrals[kind]! / people : 0));
  const observed = new Float64Array(rows.length);
  const expected = new Float64Array(rows.length);
  const people = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++)
    for (let kind = 0; kind < kinds; kind++) {
      const n = groups.people[at * kinds + kind]!;
      people[at]! += n;
      expected[at]! += n * rates[kind]!;
      if (all.people[kind]! > 0) observed[at]! += groups.referrals[at * kinds + kind]!;
    }
  const drawn = [...rows.keys()].filter((at) => expected[at]! > 0);
  const shrunk = gammaPoisson(
    drawn.map((at) => observed[at]!),
    drawn.map((at) => expected[at]!),
  );
  const ratios = new Map<number, Estimate>();
  // Where nearly all referrals are from a few areas there is no mean to draw to, and no need of one.
  const apart = isAbsent(shrunk) && overdispersed(observed, expected, drawn);
  for (const [i, at] of drawn.entries()) {
    if (!isAbsent(shrunk)) ratios.set(at, shrunk.ratios[i]!);
    else if (apart && expected[at]! >= FEWEST_COMPARED) {
      const use = useOfGroup(groups, at, all, "everyone");
      if (!isAbsent(use) && !isAbsent(use.ratio)) ratios.set(at, use.ratio);
    }
  }
  const areas = rows.map((row, at): AreaUse => {
    const about = {
      area: profiles.areas[row]!,
      name: profiles.names[row] ?? profiles.areas[row]!,
      ...(profiles.districts[row] === undefined ? {} : { district: profiles.districts[row] }),
      deprivation: profiles.deprivationQuintile[row]!,
      people: people[at]!,
    };
    if (expected[at]! < FEWEST_COMPARED) return { ...about, standing: "tooFew" };
    const use = useOfGroup(groups, at, all, "everyone");
    const ratio = ratios.get(at);
    return {
      ...about,
      standing: standingOf(ratio),
      observed: observed[at]!,
      expected: expected[at]!,
      ...(isAbsent(use) ? {} : { missing: missingOf(use) }),
      ...(ratio ? { ratio } : {}),
    };
  });
  const count = (standing: AreaStanding) => areas.filter((one) => one.standing === standing).length;
  const told = {
    areas,
    areasDiffer: apart || !isAbsent(shrunk),
    tooFew: count("tooFew"),
    fewer: count("fewer"),
    more: count("more"),
  };
  return { ...told, sentence: sentenceOf(told) };
}

/** Far more spread than Poisson counts have: twice the degrees of freedom. */
function overdispersed(
  observed: Float64Array,
  expected: Float64Array,
  drawn: readonly number[],
): boolean {
  let spread = 0;
  for (const at of drawn) spread += (observed[at]! - expected[at]!) ** 2 / expected[at]!;
  return drawn.length > 1 && spread > 2 * (drawn.length - 1);
}

function missingOf({ value, lower, upper }: InternallyStandardised): Estimate {
  return { value, lower, upper };
}

function standingOf(ratio: Estimate | undefined): AreaStanding {
  if (!ratio) return "asExpected";
  return ratio.upper < 1 ? "fewer" : ratio.lower > 1 ? "more" : "asExpected";
}

function sentenceOf({ areas, areasDiffer, tooFew, fewer, more }: Omit<UseByArea, "sentence">) {
  const said = areas.length - tooFew;
  const few =
    tooFew > 0
      ? ` In ${tooFew === 1 ? "1 area" : `${whole(tooFew)} areas`} fewer than ${FEWEST_COMPARED} referrals are expected: too few to say.`
      : "";
  if (said === 0)
    return `In none of the ${whole(areas.length)} areas are as many as ${FEWEST_COMPARED} referrals expected: too few to say of any. A longer period, or larger areas, would tell more.`;
  if (areas.length === 1) return "There is only one area, so no other to compare it with.";
  if (!areasDiffer)
    return `The ${whole(said)} areas differ no more than chance would make them: none can be said to be used less than expected.${few}`;
  if (fewer + more === 0)
    return `Areas differ somewhat more than by chance, but of none can it be said that it is used less, or more, than expected.${few}`;
  const [lowest] = areas
    .filter(({ standing }) => standing === "fewer")
    .sort((a, b) => a.ratio!.value - b.ratio!.value);
  const least = lowest
    ? ` The lowest is ${lowest.name}: ${percent(lowest.ratio!.value)} of the referrals expected (likely ${percent(lowest.ratio!.lower)} to ${percent(lowest.ratio!.upper)}).`
    : "";
  return `Fewer people are referred than expected in ${whole(fewer)} of ${whole(said)} areas, and more in ${whole(more)}, by more than chance.${least}${few}`;
}

function percent(ratio: number): string {
  return `${Math.round(100 * ratio)} %`;
}

function whole(value: number): string {
  return value.toLocaleString("en-GB");
}
