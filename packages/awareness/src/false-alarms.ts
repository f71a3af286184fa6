import { benjaminiHochberg } from "@taproot/statistics";
import type { Comparison } from "./comparison.ts";
import type { DistinctGap } from "./distinct-gaps.ts";

/** The share of false alarms that is allowed among findings. */
export const FALSE_ALARMS = 0.05;

/**
 * Weights for a weighted Benjamini–Hochberg over all comparisons: single groups share one half of the total weight and
 * pairs the other, so that a gap by one characteristic is not drowned by the many more pairs. The weights average 1,
 * which keeps the share of false alarms where it was (Genovese, Roeder and Wasserman 2006).
 */
function weigher(comparisons: readonly Comparison[]): (comparison: Comparison) => number {
  const singles = comparisons.filter(({ characteristics }) => characteristics.length === 1).length;
  const pairs = comparisons.length - singles;
  if (singles === 0 || pairs === 0) return () => 1;
  return ({ characteristics }) =>
    comparisons.length / (2 * (characteristics.length === 1 ? singles : pairs));
}

/** The comparisons whose gap is rarer than chance allows among so many. */
export function surprisingComparisons(comparisons: readonly Comparison[]): Comparison[] {
  const weight = weigher(comparisons);
  const q = benjaminiHochberg(
    comparisons.map((comparison) => Math.min(1, comparison.p / weight(comparison))),
  );
  return comparisons.filter((_, i) => q[i]! <= FALSE_ALARMS);
}

/**
 * The q-value of each distinct gap: it counts once against all comparisons that were made, however many shadows it
 * throws. Shadows of one true gap would otherwise make room for false ones.
 */
export function qValuesOfDistinct(
  distinct: readonly DistinctGap[],
  comparisons: readonly Comparison[],
): Map<DistinctGap, number> {
  const weight = weigher(comparisons);
  const p = new Float64Array(comparisons.length).fill(1);
  distinct.forEach((gap, i) => {
    p[i] = Math.min(1, Math.max(gap.p, gap.comparison.p) / weight(gap.comparison));
  });
  const q = benjaminiHochberg(p);
  return new Map(distinct.map((gap, i) => [gap, q[i]!]));
}
