import type { RuleSet } from "./rule-set.ts";

/**
 * The mean of the moving ranges over some points, or null when there is none. A point without a value breaks
 * the chain: no range is taken across the gap. A point that is left out is bridged.
 */
export function meanMovingRange(
  values: readonly (number | null)[],
  basis: readonly number[],
  screen: boolean,
): number | null {
  const ranges: number[] = [];
  for (let k = 1; k < basis.length; k++) {
    const before = basis[k - 1] as number;
    const now = basis[k] as number;
    if (values.slice(before + 1, now).includes(null)) continue;
    ranges.push(Math.abs((values[now] as number) - (values[before] as number)));
  }
  if (ranges.length === 0) return null;
  const all = mean(ranges);
  if (!screen) return all;
  // D4 of a range of two: the upper limit of the moving-range chart.
  const kept = ranges.filter((range) => range <= 3.267 * all);
  return kept.length === 0 ? all : mean(kept);
}

/** One sigma from the mean moving range, as the rule set has it. */
export function sigmaFromMovingRange(
  values: readonly (number | null)[],
  basis: readonly number[],
  rules: RuleSet,
): number | null {
  const range = meanMovingRange(values, basis, rules.screensMovingRanges);
  return range === null ? null : (rules.movingRangeMultiplier * range) / 3;
}

/** The plain mean of at least one number. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The median of at least one number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
}
