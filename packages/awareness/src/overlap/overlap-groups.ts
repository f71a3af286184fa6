import type { Cube } from "@taproot/engine";
import {
  type Estimate,
  type IntegratedMaihda,
  isAbsent,
  type OutstandingCombination,
  type OutstandingStrata,
  proportion,
  type StrataEstimates,
} from "@taproot/statistics";
import { cutOf, FEWEST_COMPARED } from "../comparison.ts";
import { groupInWords } from "../plain-english.ts";
import type { CrossedStrata, CrossedStratum } from "./crossed-strata.ts";
import type { OverlapCombination, OverlapStratum } from "./overlap-report.ts";
import { type Counts, sum } from "./strata-counts.ts";

/** A named combination, in the words and numbers of its people. */
export function combinationOf(
  { cube, strata, ranks }: CrossedStrata,
  { levels, strataRows, expected, excess, adjusted }: OutstandingCombination,
): OverlapCombination {
  const characteristics = cube.characteristics.flatMap(({ name }, i) =>
    name in levels ? [i] : [],
  );
  const cut = {
    characteristics,
    codes: characteristics.map((i) =>
      ranks[i]!.indexOf(Number(levels[cube.characteristics[i]!.name])),
    ),
  };
  const members = [...strataRows].map((row) => strata[row]!);
  const people = sum(members.map((stratum) => stratum.people));
  const scaled = (by: number) => mapEstimate(excess, (value) => by * value);
  return {
    cut: cutOf(cube, cut),
    people: groupInWords(cube, cut),
    denominator: people,
    reached: Math.round(sum(members.map((stratum) => stratum.people * stratum.share))),
    expected,
    excess: scaled(100),
    excessPeople: scaled(people),
    q: adjusted,
  };
}

/** A stratum, with what the models say of it. */
export function stratumOf(
  cube: Cube,
  { codes, people, share }: CrossedStratum,
  k: number,
  { events, denominators }: Counts,
  { estimates, additive, outcomeDepartures }: IntegratedMaihda,
  { expected, excess, adjusted }: OutstandingStrata,
  everyone: { readonly share: number; readonly named: boolean },
): OverlapStratum {
  const cut = { characteristics: cube.characteristics.map((_, i) => i), codes };
  const at = ({ value, lower, upper }: StrataEstimates, scale: number): Estimate => ({
    value: scale * value[k]!,
    lower: scale * lower[k]!,
    upper: scale * upper[k]!,
  });
  const raw = proportion(events[k]!, denominators[k]!);
  if (isAbsent(raw)) throw new Error("a group was crossed with nobody in it");
  const shrunken = at(estimates, 1);
  const standsOut = everyone.named && people >= FEWEST_COMPARED;
  const own = { value: share, lower: raw.lower, upper: raw.upper };
  const believed = standsOut ? own : shrunken;
  const departure = standsOut ? excess : outcomeDepartures;
  return {
    cut: cutOf(cube, cut),
    people: groupInWords(cube, cut),
    denominator: people,
    reached: Math.round(people * share),
    raw: own,
    shrunken,
    share: believed,
    expected: (standsOut ? expected : additive)[k]!,
    excess: at(departure, 100),
    excessPeople: at(departure, people),
    missed: {
      value: people * (everyone.share - believed.value),
      lower: people * (everyone.share - believed.upper),
      upper: people * (everyone.share - believed.lower),
    },
    q: adjusted[k]!,
    standsOut,
  };
}

/** An estimate on another scale that rises with its own. */
export function mapEstimate(
  { value, lower, upper }: Estimate,
  to: (x: number) => number,
): Estimate {
  return { value: to(value), lower: to(lower), upper: to(upper) };
}
