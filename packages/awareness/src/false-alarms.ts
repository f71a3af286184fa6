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
 * The distinct gaps that are rare among all comparisons that were made, with their q-values. Each counts once, however many
 * shadows it throws: shadows of one true gap would otherwise make room for false ones.
 *
 * Two gaps of much the same people weaken each other, and both may look like chance where one of them surely is none. So the
 * least rare is given up first, and those beside it are judged anew.
 *
 * @param withoutGap those that stay of one step when one is given up
 */
export function rareGaps(
  distinct: readonly DistinctGap[],
  comparisons: readonly Comparison[],
  withoutGap: (gaps: readonly DistinctGap[], givenUp: DistinctGap) => readonly DistinctGap[],
): Map<DistinctGap, number> {
  const weight = weigher(comparisons);
  const byItself = ({ comparison }: DistinctGap) => comparison.p / weight(comparison);
  const beside = (gap: DistinctGap) => Math.max(gap.p / weight(gap.comparison), byItself(gap));
  let left = distinct;
  for (;;) {
    const q = qOf(left.map(beside), comparisons.length);
    const failing = left.filter((_, i) => q[i]! > FALSE_ALARMS);
    if (failing.length === 0) return new Map(left.map((gap, i) => [gap, q[i]!]));
    // Whose own gap is not rare has nothing to gain from being looked at without others.
    const rareByItself = (gap: DistinctGap) =>
      byItself(gap) * comparisons.length <= FALSE_ALARMS * left.length;
    const hopeless = failing.filter((gap) => !rareByItself(gap));
    const least = hopeless[0] ?? largest(failing, beside);
    const others = left.filter((gap) => gap !== least);
    const stepmates = others.filter((gap) => ofOneSearch(gap.comparison, least.comparison));
    left = stepmates.some((gap) => failing.includes(gap) && rareByItself(gap))
      ? [...others.filter((gap) => !stepmates.includes(gap)), ...withoutGap(stepmates, least)]
      : others;
  }
}

/** q-values of a few p-values among so many comparisons, of which the rest show nothing. */
function qOf(p: readonly number[], comparisons: number): Float64Array {
  const all = new Float64Array(comparisons).fill(1);
  p.forEach((value, i) => {
    all[i] = Math.min(1, value);
  });
  return benjaminiHochberg(all);
}

function largest(gaps: readonly DistinctGap[], of: (gap: DistinctGap) => number): DistinctGap {
  return gaps.reduce((most, gap) => (of(gap) > of(most) ? gap : most));
}

function ofOneSearch(a: Comparison, b: Comparison): boolean {
  return a.step === b.step && Math.sign(a.gap.value) === Math.sign(b.gap.value);
}
