import type { AreaProfiles } from "@taproot/place";
import { benjaminiHochberg, type Estimate, gammaPoisson, isAbsent } from "@taproot/statistics";
import { FEWEST_COMPARED } from "../comparison.ts";
import { type AreaLevel, type CatchmentArea, catchmentAreas } from "./area-level.ts";
import type { AreaStanding, AreaUse, UseByArea } from "./area-use.ts";
import { areasSentence } from "./areas-sentence.ts";
import type { GroupsInNeed } from "./groups-in-need.ts";
import { LARGEST_NEED_Q } from "./need-sentence.ts";
import { priorOf, ratiosOfFifths, timesPrior } from "./prior-of-area.ts";
import { type AreaCounts, addUpAreas, sumsOfAreas } from "./sums-of-areas.ts";
import { type TotalsByKind, totalsByKind, useOfGroup } from "./use-of-group.ts";
import { seenInUsualArea } from "./usual-level.ts";

/** Fewer areas than these do not show how far areas differ, so none is drawn towards the others. */
const FEWEST_DRAWN = 10;

/**
 * Where is the service used less than the people who live there would lead one to expect? Each area's ratio of referrals to
 * expected referrals is drawn by empirical Bayes towards the catchment's, or its fifths of deprivation's where fifths
 * differ by more than chance, so that the smallest areas do not shout and a gradient is not drawn away. Neighbourhoods and
 * districts are the sums of their small areas: expected referrals stay those of the small areas' people.
 *
 * @param groups small areas, as areasInNeed makes them of the same profiles
 */
export function useByArea(
  profiles: AreaProfiles,
  groups: GroupsInNeed,
  covers: Uint8Array,
  level: AreaLevel = "smallArea",
): UseByArea {
  const small = catchmentAreas(profiles, covers, "smallArea").map(({ rows }) => rows[0]!);
  const all = totalsByKind(groups);
  const fifthOf = small.map((row) => profiles.deprivationQuintile[row]!);
  const fifths = ratiosOfFifths(groups, fifthOf, all);
  const at = new Map(small.map((row, index) => [row, index]));
  const areas = catchmentAreas(profiles, covers, level);
  const parts = areas.map(({ rows }) => rows.map((row) => at.get(row)!));
  const larger = level === "smallArea" ? groups : addUpAreas(groups, parts);
  const sums = sumsOfAreas(larger, all);
  const smallExpected = level === "smallArea" ? sums.expected : sumsOfAreas(groups, all).expected;
  const priors = parts.map((rows) =>
    priorOf(
      rows.map((row) => ({ expected: smallExpected[row]!, fifth: fifthOf[row]! })),
      fifths,
    ),
  );
  const { told, drawn, differ, shape } = ratiosOf(larger, all, sums, priors, fifths !== undefined);
  const uses = areas.map((area, index): AreaUse => {
    const expected = sums.expected[index]!;
    const about = {
      ...aboutOf(area, profiles),
      people: sums.people[index]!,
    };
    if (expected < FEWEST_COMPARED) return { ...about, standing: "tooFew" };
    const use = useOfGroup(larger, index, all, "everyone");
    const one = told.get(index);
    return {
      ...about,
      standing: one?.standing ?? "asExpected",
      observed: sums.observed[index]!,
      expected,
      ...(isAbsent(use)
        ? {}
        : { missing: { value: use.value, lower: use.lower, upper: use.upper } }),
      ...(one ? { ratio: one.ratio } : {}),
    };
  });
  const count = (standing: AreaStanding) => uses.filter((one) => one.standing === standing).length;
  const usual = seenInUsualArea(sums.expected, groups.spread, shape);
  const result = {
    level,
    areas: uses,
    areasDiffer: differ,
    drawn,
    towardsFifth: fifths !== undefined,
    tooFew: count("tooFew"),
    fewer: count("fewer"),
    more: count("more"),
    alone: areas.filter(({ known }) => !known).length,
    ...(usual ? { usual } : {}),
  };
  return { ...result, sentence: areasSentence(result) };
}

interface ToldRatio {
  readonly ratio: Estimate;
  readonly standing: AreaStanding;
}

/** The ratio of each area of which something can be said, and how far it was drawn. */
function ratiosOf(
  groups: AreaCounts,
  all: TotalsByKind,
  { observed, expected }: { readonly observed: Float64Array; readonly expected: Float64Array },
  priors: readonly Estimate[],
  towardsFifth: boolean,
) {
  const held = [...priors.keys()].filter((at) => expected[at]! > 0 && priors[at]!.value > 0);
  const drawnTo = held.map((at) => (expected[at]! * priors[at]!.value) / groups.spread);
  const counted = held.map((at) => observed[at]! / groups.spread);
  const shrunk = gammaPoisson(counted, drawnTo);
  const told = new Map<number, ToldRatio>();
  const tellable = held.filter((at) => expected[at]! >= FEWEST_COMPARED);
  // Where nearly all referrals are from a few areas there is no mean to draw to, and no need of one.
  const apart = isAbsent(shrunk) && overdispersed(counted, drawnTo);
  if (tellable.length < FEWEST_DRAWN || apart) {
    const differ = tellThemselves(groups, all, tellable, told);
    return { told, drawn: false, differ, shape: 0 };
  }
  for (const [i, at] of held.entries()) {
    if (expected[at]! < FEWEST_COMPARED) continue;
    if (isAbsent(shrunk) && !towardsFifth) continue;
    const ratio = isAbsent(shrunk) ? priors[at]! : timesPrior(shrunk.ratios[i]!, priors[at]!);
    told.set(at, { ratio, standing: standingOf(ratio) });
  }
  return {
    told,
    drawn: true,
    differ: !isAbsent(shrunk),
    shape: isAbsent(shrunk) ? 0 : shrunk.shape,
  };
}

/** Each area by its own referrals alone, at a controlled share of false calls. True when any is called. */
function tellThemselves(
  groups: AreaCounts,
  all: TotalsByKind,
  tellable: readonly number[],
  told: Map<number, ToldRatio>,
): boolean {
  const uses = tellable.flatMap((at) => {
    const use = useOfGroup(groups, at, all, "everyone");
    return isAbsent(use) || isAbsent(use.ratio) ? [] : [{ at, p: use.p, ratio: use.ratio }];
  });
  const qs = benjaminiHochberg(uses.map(({ p }) => p));
  for (const [i, { at, ratio }] of uses.entries())
    told.set(at, {
      ratio,
      standing: qs[i]! <= LARGEST_NEED_Q ? standingOf(ratio) : "asExpected",
    });
  return [...told.values()].some(({ standing }) => standing !== "asExpected");
}

function aboutOf({ area, name, district, rows }: CatchmentArea, profiles: AreaProfiles) {
  const fifths = new Set(rows.map((row) => profiles.deprivationQuintile[row]!));
  return {
    area,
    name,
    ...(district === undefined ? {} : { district }),
    smallAreas: rows.map((row) => profiles.areas[row]!),
    fifths: [...fifths].filter((fifth) => fifth > 0).sort((a, b) => a - b),
  };
}

/** Far more spread than Poisson counts have: twice the degrees of freedom. */
function overdispersed(observed: readonly number[], expected: readonly number[]): boolean {
  let spread = 0;
  for (const [at, mean] of expected.entries()) spread += (observed[at]! - mean) ** 2 / mean;
  return expected.length > 1 && spread > 2 * (expected.length - 1);
}

function standingOf(ratio: Estimate): AreaStanding {
  return ratio.upper < 1 ? "fewer" : ratio.lower > 1 ? "more" : "asExpected";
}
