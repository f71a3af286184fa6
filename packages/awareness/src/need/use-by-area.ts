import type { AreaProfiles } from "@taproot/place";
import { type Estimate, gammaPoisson, isAbsent } from "@taproot/statistics";
import { FEWEST_COMPARED } from "../comparison.ts";
import type { AreaStanding, AreaUse, UseByArea } from "./area-use.ts";
import { areasSentence } from "./areas-sentence.ts";
import type { GroupsInNeed } from "./groups-in-need.ts";
import { type TotalsByKind, totalsByKind, useOfGroup } from "./use-of-group.ts";

/**
 * Where is the service used less than the people who live there would lead one to expect? Each area's ratio of referrals to
 * expected referrals is drawn by empirical Bayes towards the catchment's, or its fifth of deprivation's where fifths
 * differ by more than chance, so that the smallest areas do not shout and a gradient is not drawn away.
 *
 * @param groups as areasInNeed makes them of the same profiles
 */
export function useByArea(
  profiles: AreaProfiles,
  groups: GroupsInNeed,
  covers: Uint8Array,
): UseByArea {
  const rows = [...profiles.areas.keys()].filter((row) => covers[row] === 1);
  const all = totalsByKind(groups);
  const { observed, expected, people } = sumsByArea(groups, all);
  const fifthOf = rows.map((row) => profiles.deprivationQuintile[row]!);
  const fifths = ratiosOfFifths(groups, fifthOf, all);
  const prior = fifthOf.map((fifth) => fifths?.[fifth - 1] ?? AS_EXPECTED);
  const drawn = [...rows.keys()].filter((at) => expected[at]! > 0 && prior[at]!.value > 0);
  const drawnTo = drawn.map((at) => (expected[at]! * prior[at]!.value) / groups.spread);
  const counted = drawn.map((at) => observed[at]! / groups.spread);
  const shrunk = gammaPoisson(counted, drawnTo);
  // Where nearly all referrals are from a few areas there is no mean to draw to, and no need of one.
  const apart = isAbsent(shrunk) && overdispersed(counted, drawnTo);
  const ratios = new Map<number, Estimate>();
  for (const [i, at] of drawn.entries()) {
    if (expected[at]! < FEWEST_COMPARED) continue;
    if (!isAbsent(shrunk)) ratios.set(at, timesPrior(shrunk.ratios[i]!, prior[at]!));
    else if (apart) {
      const use = useOfGroup(groups, at, all, "everyone");
      if (!isAbsent(use) && !isAbsent(use.ratio)) ratios.set(at, use.ratio);
    } else if (fifths) ratios.set(at, prior[at]!);
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
      ...(isAbsent(use)
        ? {}
        : { missing: { value: use.value, lower: use.lower, upper: use.upper } }),
      ...(ratio ? { ratio } : {}),
    };
  });
  const count = (standing: AreaStanding) => areas.filter((one) => one.standing === standing).length;
  const told = {
    areas,
    areasDiffer: apart || !isAbsent(shrunk),
    towardsFifth: fifths !== undefined,
    tooFew: count("tooFew"),
    fewer: count("fewer"),
    more: count("more"),
  };
  return { ...told, sentence: areasSentence(told) };
}

const AS_EXPECTED: Estimate = { value: 1, lower: 1, upper: 1 };

function sumsByArea({ groups, kinds, people, referrals }: GroupsInNeed, all: TotalsByKind) {
  const sums = {
    observed: new Float64Array(groups.length),
    expected: new Float64Array(groups.length),
    people: new Float64Array(groups.length),
  };
  for (let at = 0; at < groups.length; at++)
    for (let kind = 0; kind < kinds; kind++) {
      if (all.people[kind] === 0) continue;
      const n = people[at * kinds + kind]!;
      sums.people[at]! += n;
      sums.expected[at]! += (n * all.referrals[kind]!) / all.people[kind]!;
      sums.observed[at]! += referrals[at * kinds + kind]!;
    }
  return sums;
}

/** The ratio of each fifth; undefined where fifths do not differ by more than chance. */
function ratiosOfFifths(
  { kinds, people, referrals, spread }: GroupsInNeed,
  fifthOf: readonly number[],
  all: TotalsByKind,
): readonly (Estimate | undefined)[] | undefined {
  const sums = { people: new Float64Array(5 * kinds), referrals: new Float64Array(5 * kinds) };
  for (const [at, fifth] of fifthOf.entries())
    for (let kind = 0; kind < kinds && fifth > 0; kind++) {
      sums.people[(fifth - 1) * kinds + kind]! += people[at * kinds + kind]!;
      sums.referrals[(fifth - 1) * kinds + kind]! += referrals[at * kinds + kind]!;
    }
  const uses = [0, 1, 2, 3, 4].map((fifth) => {
    const use = useOfGroup({ kinds, ...sums, spread }, fifth, all, "everyone");
    return isAbsent(use) || isAbsent(use.ratio) || use.expected < FEWEST_COMPARED
      ? undefined
      : { ratio: use.ratio, p: use.p };
  });
  // Bonferroni's: at most one catchment in a hundred without a gradient is drawn to one.
  const said = uses.filter((use) => use !== undefined);
  if (said.length < 2 || said.every(({ p }) => p * said.length > 0.01)) return undefined;
  return uses.map((use) => use?.ratio);
}

/** An area's ratio within its fifth times the fifth's: the errors of both, squared and added on the log scale. */
function timesPrior(ratio: Estimate, prior: Estimate): Estimate {
  if (prior === AS_EXPECTED) return ratio;
  const value = ratio.value * prior.value;
  const down = Math.hypot(Math.log(ratio.value / ratio.lower), Math.log(prior.value / prior.lower));
  const up = Math.hypot(Math.log(ratio.upper / ratio.value), Math.log(prior.upper / prior.value));
  return { value, lower: value * Math.exp(-down), upper: value * Math.exp(up) };
}

/** Far more spread than Poisson counts have: twice the degrees of freedom. */
function overdispersed(observed: readonly number[], expected: readonly number[]): boolean {
  let spread = 0;
  for (const [at, mean] of expected.entries()) spread += (observed[at]! - mean) ** 2 / mean;
  return expected.length > 1 && spread > 2 * (expected.length - 1);
}

function standingOf(ratio: Estimate | undefined): AreaStanding {
  if (!ratio) return "asExpected";
  return ratio.upper < 1 ? "fewer" : ratio.lower > 1 ? "more" : "asExpected";
}
