import type { Cube } from "@taproot/engine";
import { gapAllowingFor } from "./allowing-for.ts";
import type { Comparison, CutCodes } from "./comparison.ts";

/** A gap of its own, with the other cuts in which it merely shows. */
export interface DistinctGap {
  readonly comparison: Comparison;
  readonly shadows: CutCodes[];
}

/** The fewest people that a gap surely affects: the interval's end nearest zero, times the people in the group. */
export function surePeople({ gap, group }: Comparison): number {
  const nearest = gap.value < 0 ? Math.min(0, gap.upper) : Math.max(0, gap.lower);
  return Math.abs(nearest) * group.denominator;
}

/** Past this, what remains of a gap once others are allowed for is no longer told from chance. */
const REMAINS = 0.05;
/** Most gaps that are held fixed at once. */
const MOST_HELD = 8;

/**
 * Keeps the gaps of one step that are their own. Gaps are taken from the most people surely affected downwards; one that
 * vanishes or turns when those already kept are held fixed only shows them in another crossing (a pair whose part
 * explains it, a characteristic that overlaps). One already kept that vanishes once a later one is held fixed gives way.
 */
export function distinctGaps(
  cube: Cube,
  comparisons: readonly Comparison[],
  cells?: Uint32Array,
): DistinctGap[] {
  const ranked = [...comparisons].sort((a, b) => surePeople(b) - surePeople(a));
  let kept: DistinctGap[] = [];
  for (const comparison of ranked) {
    const shade = kept.find(({ comparison: other }) => isPartOf(other, comparison));
    const held = holdFixed(kept, comparison);
    if (held.length > 0 && !remains(cube, comparison, held, cells)) {
      (shade ?? kept.find((gap) => gap.comparison === held[0]) ?? kept[0])?.shadows.push(
        comparison,
      );
      continue;
    }
    if (isSumOfParts(cube, comparison, kept, cells)) {
      shade?.shadows.push(comparison);
      continue;
    }
    const one: DistinctGap = { comparison, shadows: [] };
    const staying: DistinctGap[] = [];
    for (const gap of kept) {
      const fixed = [
        comparison,
        ...holdFixed(
          kept.filter((other) => other !== gap),
          gap.comparison,
        ),
      ];
      if (remains(cube, gap.comparison, fixed.slice(0, MOST_HELD), cells)) staying.push(gap);
      else one.shadows.push(gap.comparison, ...gap.shadows);
    }
    kept = [...staying, one];
  }
  return kept.sort((a, b) => surePeople(b.comparison) - surePeople(a.comparison));
}

/** The kept gaps nearest to a comparison: those that share a characteristic with it first. */
function holdFixed(kept: readonly DistinctGap[], comparison: Comparison): Comparison[] {
  const shares = (other: Comparison) =>
    other.characteristics.some((index) => comparison.characteristics.includes(index)) ? 0 : 1;
  return kept
    .map((gap) => gap.comparison)
    .sort((a, b) => shares(a) - shares(b))
    .slice(0, MOST_HELD);
}

function remains(
  cube: Cube,
  comparison: Comparison,
  held: readonly Comparison[],
  cells?: Uint32Array,
): boolean {
  const rest = gapAllowingFor(cube, comparison, held, cells);
  return (
    rest !== undefined &&
    rest.p < REMAINS &&
    Math.sign(rest.value) === Math.sign(comparison.gap.value)
  );
}

/** True when the part's groups are all among the whole's: the whole is a crossing of the part. */
function isPartOf(part: CutCodes, whole: CutCodes): boolean {
  return (
    part.characteristics.length < whole.characteristics.length &&
    part.characteristics.every((index, i) => {
      const at = whole.characteristics.indexOf(index);
      return at >= 0 && whole.codes[at] === part.codes[i];
    })
  );
}

/**
 * True for a crossing both of whose parts are gaps of their own and which is no worse than the two together: its rate is
 * what adding the parts' gaps gives.
 */
function isSumOfParts(
  cube: Cube,
  comparison: Comparison,
  kept: readonly DistinctGap[],
  cells?: Uint32Array,
): boolean {
  const parts = kept.filter((gap) => isPartOf(gap.comparison, comparison));
  if (parts.length < 2) return false;
  const [first, second] = parts.map((gap) => gap.comparison) as [Comparison, Comparison];
  const within = gapAllowingFor(cube, comparison, [first], cells);
  const besides = gapAllowingFor(cube, second, [first, comparison], cells);
  if (!within || !besides) return true;
  const excess = within.value - besides.value;
  const error = Math.hypot(within.standardError, besides.standardError);
  return Math.sign(excess) !== Math.sign(comparison.gap.value) || Math.abs(excess) < 1.96 * error;
}
