import type { Cube } from "@taproot/engine";
import { normalProbability } from "@taproot/statistics";
import { partsOfTables } from "./compare-waits.ts";
import type { Comparison } from "./comparison.ts";
import type { CutTables } from "./cut-tables.ts";
import { chanceAt, type WeeklyTable } from "./weekly-table.ts";

/**
 * Does the group also wait longer, apart from leaving unseen more often? Leaving can come between people and their turn, or
 * take the place of being seen when it comes; nobody can tell which from the dates. So the group has to be slower both
 * ways beyond chance: in being seen with those who left counted as no longer watched, and in coming to any end at all.
 *
 * @param known counts that are at hand
 */
export function waitsLongerToo(
  cube: Cube,
  comparison: Comparison,
  known: readonly CutTables[],
): boolean {
  const horizon = comparison.horizonWeeks!;
  const { group, others } = partsOfTables(cube, comparison, horizon, known);
  const none = (table: WeeklyTable) => new Float64Array(table.left.length);
  const plus = (a: Float64Array, b: Float64Array) => a.map((people, week) => people + b[week]!);
  const staying = (table: WeeklyTable): WeeklyTable => ({
    seen: table.seen,
    left: none(table),
    waiting: plus(table.waiting, table.left),
  });
  const ending = (table: WeeklyTable): WeeklyTable => ({
    seen: plus(table.seen, table.left),
    left: none(table),
    waiting: table.waiting,
  });
  return [staying, ending].every((counted) => {
    const a = chanceAt(counted(group), horizon);
    const b = chanceAt(counted(others), horizon);
    const error = Math.sqrt(a.variance + b.variance);
    return error > 0 && normalProbability((a.chance - b.chance) / error) < 0.025;
  });
}
