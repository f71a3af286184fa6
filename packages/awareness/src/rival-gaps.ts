import type { HeldCuts, RemainingGap } from "./allowing-for.ts";
import { type Comparison, isPartOf } from "./comparison.ts";
import { couldExplain, isLeft, type KeptGap, maskOf } from "./kept-gap.ts";

// A crossing and the groups that it is made of can each account for the same people. Which is told is decided by how well
// each fits: by squared standard errors, which add up when one gap is held fixed after another.

/**
 * The two kept groups of which a crossing takes the place: neither has a gap of its own beside the crossing, and the
 * crossing by itself fits at least as well as the two together. One gap is told rather than two. Empty when they stay.
 */
export function partsReplacedBy(
  held: HeldCuts,
  kept: readonly KeptGap[],
  crossing: Comparison,
): readonly KeptGap[] {
  const [first, second] = kept.filter((gap) => isPartOf(gap.comparison, crossing));
  if (!first || !second) return [];
  const others = maskOf(kept.filter((gap) => gap !== first && gap !== second));
  const alone = held.gap(crossing, others);
  if (!isLeft(alone, crossing)) return [];
  const together =
    fit(held.gap(first.comparison, others)) +
    fit(held.gap(second.comparison, others | (1 << first.bit)));
  if (fit(alone) < together) return [];
  const parts = [first, second];
  const explained = holding(held, crossing, (bit) =>
    parts.every((part) => !isLeft(held.gap(part.comparison, others | bit), part.comparison)),
  );
  return explained ? parts : [];
}

/**
 * True for a crossing that would take the place of its kept group by luck: by itself it stands out less than the whole group
 * does, and it fits hardly better. A group has many crossings: the luckiest of `crossings` that add nothing fits better than
 * the group by up to about 2 ln(crossings).
 *
 * @param rest what remains of the crossing's gap once the kept ones are held fixed
 * @param crossings how many crossings of the group were compared
 */
export function isLuckOfItsGroup(
  held: HeldCuts,
  kept: readonly KeptGap[],
  crossing: Comparison,
  rest: RemainingGap,
  crossings: (group: Comparison) => number,
): boolean {
  const [group, another] = kept.filter((gap) => isPartOf(gap.comparison, crossing));
  if (!group || another || !couldExplain(crossing, group.comparison)) return false;
  if (standsOut(crossing) >= standsOut(group.comparison)) return false;
  const others = maskOf(kept.filter((gap) => gap !== group));
  const left = holding(held, crossing, (bit) => held.gap(group.comparison, others | bit));
  if (isLeft(left, group.comparison)) return false;
  return fit(rest) - fit(left) < 2 * Math.log(crossings(group.comparison));
}

function standsOut({ gap, standardError }: Comparison): number {
  return Math.abs(gap.value) / standardError;
}

/** How much better everything fits with this gap: its square in standard errors. */
function fit(rest: RemainingGap | undefined): number {
  return rest ? (rest.value / rest.standardError) ** 2 : 0;
}

/** An answer with a further cut held fixed; undefined when as many are held as can be. */
function holding<T>(
  held: HeldCuts,
  cut: Comparison,
  answer: (bit: number) => T | undefined,
): T | undefined {
  const bit = held.hold(cut);
  if (bit === undefined) return undefined;
  const answered = answer(1 << bit);
  held.release(bit);
  return answered;
}
