import { benjaminiHochberg } from "@taproot/statistics";
import type { Comparison } from "./comparison.ts";
import type { DistinctGap } from "./distinct-gaps.ts";

/** The share of false alarms that is allowed among findings. */
export const FALSE_ALARMS = 0.05;

/** What was tested of some comparisons: all that telling chance from gaps needs. */
export interface Tested {
  /** p-values, one a comparison. */
  readonly p: Float64Array;
  /** 1 for each comparison of a pair of characteristics. */
  readonly crossed: Uint8Array;
  /** How many comparisons are of groups of one characteristic. */
  readonly singles: number;
  readonly pairs: number;
}

export function testedOf(comparisons: readonly Comparison[]): Tested {
  const p = Float64Array.from(comparisons, (comparison) => comparison.p);
  const crossed = Uint8Array.from(comparisons, (one) => Number(one.characteristics.length > 1));
  const pairs = crossed.reduce((sum, one) => sum + one, 0);
  return { p, crossed, singles: p.length - pairs, pairs };
}

/** How many comparisons were made, in one place or several. */
export type Counted = Pick<Tested, "singles" | "pairs">;

/**
 * Weights for a weighted Benjamini–Hochberg over all comparisons, of a single group and of a pair: single groups share one
 * half of the total weight and pairs the other, so that a gap by one characteristic is not drowned by the many more pairs.
 * The weights average 1, which keeps the share of false alarms where it was (Genovese, Roeder and Wasserman 2006).
 */
function weightsOf(counted: readonly Counted[]): readonly [single: number, pair: number] {
  const sum = (of: (one: Counted) => number) => counted.reduce((all, one) => all + of(one), 0);
  const singles = sum((one) => one.singles);
  const pairs = sum((one) => one.pairs);
  if (singles === 0 || pairs === 0) return [1, 1];
  return [(singles + pairs) / (2 * singles), (singles + pairs) / (2 * pairs)];
}

/** Of what was tested in several places, which comparisons have a gap rarer than chance allows among so many: 1 for each. */
export function surprisingAmong(tests: readonly Tested[]): readonly Uint8Array[] {
  const weights = weightsOf(tests);
  const all = new Float64Array(tests.reduce((sum, { p }) => sum + p.length, 0));
  let at = 0;
  for (const { p, crossed } of tests)
    for (let i = 0; i < p.length; i++) all[at++] = Math.min(1, p[i]! / weights[crossed[i]!]!);
  const q = benjaminiHochberg(all);
  let from = 0;
  return tests.map(({ p }) => {
    const those = q.subarray(from, from + p.length);
    from += p.length;
    return Uint8Array.from(those, (one) => Number(one <= FALSE_ALARMS));
  });
}

/**
 * The distinct gaps that are rare among all comparisons that were made, with their q-values. Each counts once, however many
 * shadows it throws: shadows of one true gap would otherwise make room for false ones.
 *
 * Two gaps of much the same people weaken each other, and both may look like chance where one of them surely is none. So the
 * least rare is given up first, and those beside it are judged anew.
 *
 * @param counted how many comparisons were made
 * @param withoutGap those that stay of one step when one is given up
 */
export function rareGaps(
  distinct: readonly DistinctGap[],
  counted: readonly Counted[],
  withoutGap: (gaps: readonly DistinctGap[], givenUp: DistinctGap) => readonly DistinctGap[],
): Map<DistinctGap, number> {
  const [single, pair] = weightsOf(counted);
  const comparisons = counted.reduce((sum, { singles, pairs }) => sum + singles + pairs, 0);
  const weight = ({ characteristics }: Comparison) => (characteristics.length > 1 ? pair : single);
  const byItself = ({ comparison }: DistinctGap) => comparison.p / weight(comparison);
  const beside = (gap: DistinctGap) => Math.max(gap.p / weight(gap.comparison), byItself(gap));
  let left = distinct;
  for (;;) {
    const q = qOf(left.map(beside), comparisons);
    const failing = left.filter((_, i) => q[i]! > FALSE_ALARMS);
    if (failing.length === 0) return new Map(left.map((gap, i) => [gap, q[i]!]));
    // Whose own gap is not rare has nothing to gain from being looked at without others.
    const rareByItself = (gap: DistinctGap) =>
      byItself(gap) * comparisons <= FALSE_ALARMS * left.length;
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
