import type { RemainingGap } from "./allowing-for.ts";
import type { Comparison, CutCodes } from "./comparison.ts";

/** A gap that is its own as far as has been looked. */
export interface KeptGap {
  readonly comparison: Comparison;
  /** By which it is held fixed. */
  readonly bit: number;
  readonly shadows: CutCodes[];
}

/** Past this, what remains of a gap once others are held fixed is not told from chance. */
const REMAINS = 0.01;

/** A gap can only explain another if its people are at least this share of the other's. */
const MATTERS = 0.2;

/** Everything that is held fixed for these. */
export function maskOf(kept: readonly KeptGap[]): number {
  return kept.reduce((mask, { bit }) => mask | (1 << bit), 0);
}

/** True when what remains is of the gap's own sign and rarer than chance. */
export function isLeft(
  rest: RemainingGap | undefined,
  comparison: Comparison,
): rest is RemainingGap {
  return (
    rest !== undefined &&
    rest.p < REMAINS &&
    Math.sign(rest.value) === Math.sign(comparison.gap.value)
  );
}

/** True when a gap is of enough people to be what makes another. */
export function couldExplain(one: Comparison, other: Comparison): boolean {
  const people = ({ gap, group }: Comparison) => Math.abs(gap.value) * group.denominator;
  return people(one) >= MATTERS * people(other);
}
