import { byarLimits, isAbsent, proportion } from "@taproot/statistics";
import type { Counts } from "./comparison.ts";
import type { Measure, Share } from "./finding.ts";

/** A share of 0 to 1 with its interval: Wilson's for shares, Byar's for rates. */
export function shareOf({ reached, denominator }: Counts, measure: Measure): Share {
  if (measure === "rate") {
    const limits = byarLimits(reached);
    return {
      value: reached / denominator,
      lower: limits.lower / denominator,
      upper: limits.upper / denominator,
      reached,
      denominator,
    };
  }
  const share = proportion(reached, denominator);
  if (isAbsent(share)) throw new Error("a comparison was made with nobody in it");
  const { value, lower, upper } = share;
  return { value, lower, upper, reached, denominator };
}
