import { worstCaseGapInto } from "@taproot/statistics";
import type { Comparison } from "./comparison.ts";

const bounds = new Float64Array(3);

/** The least and greatest gap (0 to 1) that the people of unknown group allow, whoever they are. */
export function unknownBounds(comparison: Comparison): {
  readonly lower: number;
  readonly upper: number;
  /** True when no allocation of the unknown turns or removes the sign of the observed gap. */
  readonly signKnown: boolean;
} {
  const { group, others, unknown, gap, measure } = comparison;
  if (measure === "rate") {
    // Referrals of unknown group come from people who are all counted in some group's population.
    const lower =
      group.reached / group.denominator - (others.reached + unknown.reached) / others.denominator;
    const upper =
      (group.reached + unknown.reached) / group.denominator - others.reached / others.denominator;
    return { lower, upper, signKnown: sameSign(gap.value, lower, upper) };
  }
  worstCaseGapInto(
    bounds,
    0,
    group.reached,
    group.denominator,
    others.reached,
    others.denominator,
    unknown.reached,
    unknown.denominator,
  );
  const lower = bounds[1]!;
  const upper = bounds[2]!;
  return { lower, upper, signKnown: sameSign(gap.value, lower, upper) };
}

function sameSign(value: number, lower: number, upper: number): boolean {
  return value > 0 ? lower > 0 : value < 0 && upper < 0;
}
