import { checkCount } from "../foundation/check.ts";
import { absent, type Result } from "../foundation/estimate.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";

/** Of one group: how many reached it of those whose outcome is known, and of how many it is not known. */
export interface MissingOutcomes {
  readonly reached: number;
  readonly denominator: number;
  readonly missing: number;
}

/** Between which values a group's share and its gap lie, whatever became of those whose outcome is missing. */
export interface MissingOutcomeBounds {
  /** If none of the missing reached it, and if all did. */
  readonly group: { readonly lower: number; readonly upper: number };
  readonly others: { readonly lower: number; readonly upper: number };
  /** The gap among those whose outcome is known. */
  readonly value: number;
  /** The gap if none of the group's missing and all of the others' reached it. */
  readonly lower: number;
  /** The gap if all of the group's missing and none of the others' reached it. */
  readonly upper: number;
  /** True if no outcome of the missing turns or removes the sign of the observed gap. */
  readonly signIdentified: boolean;
}

/**
 * Can the people whose outcome is missing change the story? Each group's share lies between `y/(n + m)`, none of its m
 * missing having reached it, and `(y + m)/(n + m)`, all having; the gap lies between the extremes of both. The bounds hold
 * whoever is missing; they are not a confidence interval and hold no sampling error.
 *
 * Manski (2003), Partial Identification of Probability Distributions.
 *
 * Absent `zeroDenominator` where a group has no known outcome.
 *
 * @throws StatisticsError for more reached than are known
 * @example
 * ```ts
 * const bounds = missingOutcomeBounds(
 *   { reached: 40, denominator: 80, missing: 20 },
 *   { reached: 120, denominator: 150, missing: 50 },
 * );
 * bounds.value; // => -0.3
 * bounds.group; // => { lower: 0.4, upper: 0.6 }
 * bounds.lower; // => -0.45
 * bounds.upper; // => 0
 * bounds.signIdentified; // => false
 * ```
 */
export function missingOutcomeBounds(
  group: MissingOutcomes,
  others: MissingOutcomes,
): Result<MissingOutcomeBounds> {
  check("group", group);
  check("others", others);
  if (group.denominator === 0 || others.denominator === 0)
    return absent("zeroDenominator", "Nobody's outcome is known in one of the two groups.");
  const [inGroup, inOthers] = [bounds(group), bounds(others)];
  const value = group.reached / group.denominator - others.reached / others.denominator;
  const lower = inGroup.lower - inOthers.upper;
  const upper = inGroup.upper - inOthers.lower;
  return {
    group: inGroup,
    others: inOthers,
    value,
    lower,
    upper,
    signIdentified: value > 0 ? lower > 0 : value < 0 && upper < 0,
  };
}

const bounds = ({ reached, denominator, missing }: MissingOutcomes) => ({
  lower: reached / (denominator + missing),
  upper: (reached + missing) / (denominator + missing),
});

function check(name: string, { reached, denominator, missing }: MissingOutcomes): void {
  checkCount(`${name}.reached`, reached);
  checkCount(`${name}.denominator`, denominator);
  checkCount(`${name}.missing`, missing);
  if (reached > denominator)
    throw new StatisticsError(
      "invalidCount",
      `invalid ${name}; ${reached} reached of ${denominator}`,
    );
}
