import type { Waits, WeeklyExits } from "@taproot/statistics";
import {
  type MeasureColumn,
  type MeasureContext,
  type MeasureGroup,
  UnusableTable,
  WrongUsage,
} from "./measure.ts";

/** Columns of a table with one row a week of waiting. */
export const weeklyColumns: readonly MeasureColumn[] = [
  { name: "week", kind: "number", description: "Whole weeks waited, 0 for less than one" },
  { name: "seen", kind: "number", description: "People first seen after that many weeks" },
  {
    name: "removed",
    kind: "number",
    description: "People who left the list otherwise",
    optional: true,
  },
  {
    name: "stillwaiting",
    kind: "number",
    description: "People still waiting when the data were taken",
    optional: true,
  },
];

/** Columns of a table with one row a person. */
export const personColumns: readonly MeasureColumn[] = [
  { name: "time", kind: "number", description: "How long the person waited so far" },
  {
    name: "kind",
    kind: "number",
    description: "0 still waiting, 1 seen, 2 and above left otherwise",
  },
  {
    name: "entry",
    kind: "number",
    description: "When the person came under observation; left out: from the start",
    optional: true,
  },
];

/** Counts by week from rows in any order; weeks without a row hold nobody. */
export function weeklyExitsOf(
  group: MeasureGroup,
  rows = group.lines.map((_, i) => i),
): WeeklyExits {
  const weeks = group.numbers("week");
  for (const row of rows)
    if (
      !(
        Number.isInteger(weeks[row]) &&
        (weeks[row] as number) >= 0 &&
        (weeks[row] as number) < 5200
      )
    )
      throw new UnusableTable(
        `Row ${group.lines[row]}: week is ${weeks[row]}, not a whole number of weeks from 0. Write 0 for waits of less than one week.`,
      );
  const length = Math.max(0, ...rows.map((row) => weeks[row] as number)) + 1;
  const column = (name: string) => {
    const counts = new Float64Array(length);
    if (!group.has(name)) return counts;
    const values = group.numbers(name);
    for (const row of rows) {
      if ((values[row] as number) < 0)
        throw new UnusableTable(
          `Row ${group.lines[row]}: ${name} is ${values[row]}, below 0. Write how many people.`,
        );
      counts[weeks[row] as number]! += values[row] as number;
    }
    return counts;
  };
  return { seen: column("seen"), removed: column("removed"), stillWaiting: column("stillwaiting") };
}

/** People's waits, those of the given rows. */
export function waitsOf(group: MeasureGroup, rows = group.lines.map((_, i) => i)): Waits {
  const pick = (name: string) => {
    const values = group.numbers(name);
    return rows.map((row) => values[row] as number);
  };
  return {
    time: pick("time"),
    kind: pick("kind"),
    ...(group.has("entry") && { entry: pick("entry") }),
  };
}

/** The two groups of the column "group", in the order in which they come, with their rows. */
export function twoGroups(group: MeasureGroup): readonly [string, number[], string, number[]] {
  const labels = group.texts("group");
  const [first, second, ...more] = new Set(labels);
  if (first === undefined || second === undefined || more.length > 0)
    throw new UnusableTable(
      `Rows from ${group.lines[0]}: the column group names ${new Set(labels).size} groups, where a difference needs two. Keep the rows of two groups.`,
    );
  const rowsOf = (label: string) => group.lines.map((_, i) => i).filter((i) => labels[i] === label);
  return [first, rowsOf(first), second, rowsOf(second)];
}

/** A list of numbers above 0 from an option such as "4,12,18". */
export function numbersOf(context: MeasureContext, option: string, whole: boolean): number[] {
  const text = context.text(option);
  return text.split(",").map((part) => {
    const value = Number(part.trim());
    if (
      part.trim() === "" ||
      !(value > 0 && Number.isFinite(value)) ||
      (whole && !Number.isInteger(value))
    )
      throw new WrongUsage(
        `--${option} takes ${whole ? "whole numbers" : "numbers"} above 0 with commas between, as in "4,12,18"; not "${text}".`,
      );
    return value;
  });
}
