import { type Estimate, isAbsent } from "@taproot/statistics";
import { FEWEST_COMPARED } from "../comparison.ts";
import type { GroupsInNeed } from "./groups-in-need.ts";
import { type TotalsByKind, useOfGroup } from "./use-of-group.ts";

/** As many as expected. */
const AS_EXPECTED: Estimate = { value: 1, lower: 1, upper: 1 };

/** The ratio of each fifth of deprivation; undefined where fifths do not differ by more than chance. */
export function ratiosOfFifths(
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

/** A part of an area that lies in one fifth of deprivation; 0 where it is not known. */
interface Part {
  readonly expected: number;
  readonly fifth: number;
}

/**
 * What an area is drawn to: the ratios of its parts' fifths, each as heavy as the referrals expected there. The fifths'
 * errors are squared and added on the log scale.
 */
export function priorOf(
  parts: readonly Part[],
  fifths: readonly (Estimate | undefined)[] | undefined,
): Estimate {
  if (!fifths) return AS_EXPECTED;
  const weights = new Float64Array(6);
  for (const { expected, fifth } of parts) weights[fifth]! += expected;
  const all = weights.reduce((sum, one) => sum + one, 0);
  if (all === 0) return AS_EXPECTED;
  const held = [...weights.keys()]
    .filter((fifth) => weights[fifth]! > 0)
    .map((fifth) => ({ share: weights[fifth]! / all, ratio: fifths[fifth - 1] ?? AS_EXPECTED }));
  if (held.length === 1) return held[0]!.ratio;
  const value = held.reduce((sum, { share, ratio }) => sum + share * ratio.value, 0);
  const error = (of: (ratio: Estimate) => number) =>
    Math.hypot(...held.map(({ share, ratio }) => ((share * ratio.value) / value) * of(ratio)));
  const down = error((ratio) => Math.log(ratio.value / ratio.lower));
  const up = error((ratio) => Math.log(ratio.upper / ratio.value));
  return { value, lower: value * Math.exp(-down), upper: value * Math.exp(up) };
}

/** An area's ratio to its prior times the prior's: the errors of both, squared and added on the log scale. */
export function timesPrior(ratio: Estimate, prior: Estimate): Estimate {
  if (prior === AS_EXPECTED) return ratio;
  const value = ratio.value * prior.value;
  const down = Math.hypot(Math.log(ratio.value / ratio.lower), Math.log(prior.value / prior.lower));
  const up = Math.hypot(Math.log(ratio.upper / ratio.value), Math.log(prior.upper / prior.value));
  return { value, lower: value * Math.exp(-down), upper: value * Math.exp(up) };
}
