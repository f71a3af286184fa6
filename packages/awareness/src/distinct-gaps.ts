import type { Cube } from "@taproot/engine";
import { normalProbability } from "@taproot/statistics";
import { HeldCuts, type RemainingGap } from "./allowing-for.ts";
import type { MeasuredCells, Variation } from "./cell-columns.ts";
import { cellNumbers } from "./cell-numbers.ts";
import { type Comparison, type CutCodes, isPartOf } from "./comparison.ts";
import { couldExplain, isLeft, type KeptGap, maskOf } from "./kept-gap.ts";
import { isLuckOfItsGroup, partsReplacedBy } from "./rival-gaps.ts";
import { type RoomForTables, SettledViews } from "./settled-views.ts";

/** A gap of its own, with the other cuts in which it merely shows. */
export interface DistinctGap {
  readonly comparison: Comparison;
  /** Two-sided p-value of what remains once the other gaps at the step are held fixed. */
  readonly p: number;
  readonly shadows: readonly CutCodes[];
}

/** The cells of a measure, ready to be searched. */
export interface SearchedCells {
  readonly variation: Variation;
  readonly views: SettledViews;
}

/** Cells of a cube made ready to be searched. */
export function searchable(cube: Cube, cells: MeasuredCells, room: RoomForTables): SearchedCells {
  return { variation: cells, views: new SettledViews(cellNumbers(cube), cells, room) };
}

/** The fewest people that a gap surely affects: the interval's end nearest zero, times the people in the group. */
export function surePeople({ gap, group }: Comparison): number {
  const nearest = gap.value < 0 ? Math.min(0, gap.upper) : Math.max(0, gap.lower);
  return Math.abs(nearest) * group.denominator;
}

/**
 * A crossing comes before a larger group only if it surely affects clearly more people: taken first by luck, it would leave
 * too little of the group outside it to tell that the whole group is meant.
 */
const OF_A_CROSSING = 0.8;

function precedence(comparison: Comparison): number {
  const crossed = comparison.characteristics.length > 1;
  return (crossed ? OF_A_CROSSING : 1) * surePeople(comparison);
}

/**
 * Keeps the gaps of one step that are their own. Gaps are taken from the most people surely affected downwards; one that
 * vanishes or turns when those already kept are held fixed only shows them in another crossing (a pair whose part
 * explains it, a characteristic that overlaps). One already kept that vanishes once a later one is held fixed gives way.
 * A crossing of two kept groups stays only if it is worse than the two together, or takes their place where it fits as well
 * by itself.
 *
 * @param searched the cells of their measure
 * @param comparisons of one step and one measure, all in the same direction
 * @param made everything that was compared
 * @param pause called before each comparison: what it throws gives the rest up
 */
export function distinctGaps(
  searched: SearchedCells,
  comparisons: readonly Comparison[],
  made: readonly Comparison[],
  pause = () => {},
): DistinctGap[] {
  searched.views.expect(comparisons.map(({ characteristics }) => characteristics));
  const held = new HeldCuts(searched.views, searched.variation);
  const crossingsOf = (group: Comparison) =>
    made.filter((one) => one.step === group.step && isPartOf(group, one)).length;
  let kept: KeptGap[] = [];
  // Groups whose gap others explain: what fares as they do needs no explanation of its own.
  const explained: Comparison[] = [];
  for (const comparison of [...comparisons].sort((a, b) => precedence(b) - precedence(a))) {
    pause();
    const parts = [...kept.map((gap) => gap.comparison), ...explained];
    const differs = differsFromItsParts(parts, comparison);
    const replaced = differs ? partsReplacedBy(held, kept, comparison) : [];
    const beside = kept.filter((gap) => !replaced.includes(gap));
    const rest = differs ? remaining(held, beside, comparison) : undefined;
    if (
      !isLeft(rest, comparison) ||
      isLuckOfItsGroup(held, beside, comparison, rest, crossingsOf)
    ) {
      shadowOf(kept, comparison)?.shadows.push(comparison);
      if (comparison.characteristics.length === 1) explained.push(comparison);
      continue;
    }
    for (const { bit } of replaced) held.release(bit);
    const bit = held.hold(comparison);
    // As many gaps are held fixed as can be: smaller ones could not be told from their shadows any more.
    if (bit === undefined) break;
    const shadows = replaced.flatMap((gap) => [gap.comparison, ...gap.shadows]);
    const one: KeptGap = { comparison, bit, shadows };
    const staying: KeptGap[] = [];
    for (const gap of beside) {
      const others = maskOf([...beside.filter((other) => other !== gap), one]);
      if (
        !couldExplain(comparison, gap.comparison) ||
        isLeft(held.gap(gap.comparison, others), gap.comparison)
      )
        staying.push(gap);
      else {
        held.release(gap.bit);
        one.shadows.push(gap.comparison, ...gap.shadows);
      }
    }
    kept = [...staying, one];
  }
  return judgedBeside(held, kept);
}

/**
 * The gaps that stay when one is given up, each judged anew beside the others. Who was given up only shows one of them.
 *
 * @param searched the cells of their measure
 */
export function withoutGap(
  searched: SearchedCells,
  gaps: readonly DistinctGap[],
  { comparison, shadows }: DistinctGap,
): DistinctGap[] {
  const held = new HeldCuts(searched.views, searched.variation);
  const kept = gaps.map((gap): KeptGap => {
    return { ...gap, shadows: [...gap.shadows], bit: held.hold(gap.comparison)! };
  });
  shadowOf(kept, comparison)?.shadows.push(comparison, ...shadows);
  return judgedBeside(held, kept);
}

/** Each is judged beside those that stayed in the end: some that it was first held against have given way since. */
function judgedBeside(held: HeldCuts, kept: readonly KeptGap[]): DistinctGap[] {
  return kept.map((gap) => {
    const others = kept.filter((other) => other !== gap);
    const rest = remaining(held, others, gap.comparison);
    return { comparison: gap.comparison, p: rest?.p ?? 1, shadows: gap.shadows };
  });
}

/**
 * False for a crossing that fares as the rest of one of its parts does, where that part is kept or explained already. Told
 * from the counts at hand, it spares most shadows the look at every cell.
 */
function differsFromItsParts(
  parts: readonly Comparison[],
  { group, gap, ...cut }: Comparison,
): boolean {
  return parts.every((part) => {
    if (!isPartOf(part, cut) || part.measure === "rate") return true;
    const rest = {
      reached: part.group.reached - group.reached,
      denominator: part.group.denominator - group.denominator,
    };
    if (rest.denominator <= 0) return false;
    const difference = group.reached / group.denominator - rest.reached / rest.denominator;
    const pooled = part.group.reached / part.group.denominator;
    const error = Math.sqrt(pooled * (1 - pooled) * (1 / group.denominator + 1 / rest.denominator));
    return Math.sign(difference) === Math.sign(gap.value) && Math.abs(difference) > 1.64 * error;
  });
}

/** What remains of a gap when those kept are held fixed. */
function remaining(
  held: HeldCuts,
  kept: readonly KeptGap[],
  comparison: Comparison,
): RemainingGap | undefined {
  const parts = kept.filter((gap) => isPartOf(gap.comparison, comparison));
  const all = maskOf(kept);
  const [first, second] = parts;
  if (!first || !second)
    return kept.length === 0
      ? { value: comparison.gap.value, standardError: comparison.standardError, p: comparison.p }
      : held.gap(comparison, all);
  // Both parts are gaps of their own. Holding both fixed leaves nobody alike, so the crossing is measured within one part
  // and set against the other part's gap outside it: more than that is the crossing's own.
  const within = held.gap(comparison, all & ~(1 << second.bit));
  if (!isLeft(within, comparison)) return within;
  const bit = held.hold(comparison);
  if (bit === undefined) return undefined;
  const outside = held.gap(second.comparison, (all & ~(1 << second.bit)) | (1 << bit));
  held.release(bit);
  if (!outside) return undefined;
  const value = within.value - outside.value;
  const standardError = Math.hypot(within.standardError, outside.standardError);
  return {
    value,
    standardError,
    p: Math.min(1, 2 * normalProbability(-Math.abs(value / standardError))),
  };
}

function shadowOf(kept: readonly KeptGap[], comparison: Comparison): KeptGap | undefined {
  const sharing = (gap: KeptGap) =>
    gap.comparison.characteristics.some((index) => comparison.characteristics.includes(index));
  return (
    kept.find((gap) => isPartOf(gap.comparison, comparison)) ??
    kept.find((gap) => isPartOf(comparison, gap.comparison)) ??
    kept.find(sharing) ??
    kept[0]
  );
}
