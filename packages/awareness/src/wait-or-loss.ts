import { type Cube, cross } from "@taproot/engine";
import { normalProbability } from "@taproot/statistics";
import { partsOfTables } from "./compare-waits.ts";
import type { Comparison } from "./comparison.ts";
import { chanceAt, type WeeklyTable } from "./weekly-table.ts";

/**
 * Does the group also wait longer among those who stay? With people who left counted as no longer watched, instead of as
 * a competing end, only the pace of being seen is compared. True when the group's pace is slower beyond chance.
 */
export function waitsLongerToo(cube: Cube, comparison: Comparison): boolean {
  const horizon = comparison.horizonWeeks!;
  const crossing = cross(cube, comparison.characteristics);
  const { group, others } = partsOfTables(cube, crossing, comparison, horizon);
  const staying = ({ seen, left, waiting }: WeeklyTable): WeeklyTable => ({
    seen,
    left: new Float64Array(left.length),
    waiting: waiting.map((people, week) => people + left[week]!),
  });
  const a = chanceAt(staying(group), horizon);
  const b = chanceAt(staying(others), horizon);
  const error = Math.sqrt(a.variance + b.variance);
  return error > 0 && normalProbability((a.chance - b.chance) / error) < 0.025;
}
