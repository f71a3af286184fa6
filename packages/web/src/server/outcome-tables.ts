import type { OutcomesTable } from "@taproot/awareness";
import { isAbsent } from "@taproot/statistics";
import { csv } from "../words/csv.ts";
import { estimateCells, qOf } from "./tables.ts";

/** Outcomes as a file, a line for each group, with the settings that they were read by. */
export function outcomesCsv(table: OutcomesTable): string {
  const { reading, instrument } = table;
  return csv(
    [
      table.characteristic ?? "group",
      "measure",
      "better is",
      "smallest change that matters",
      "source of that",
      "with a score before and after",
      "mean change",
      "change lower",
      "change upper",
      "more than everyone else",
      "more lower",
      "more upper",
      "q of change",
      "finished",
      "finished without both scores",
      "share without",
      "without lower",
      "without upper",
      "improved",
      "improved of",
      "share improved",
      "improved lower",
      "improved upper",
      "improved if none of those without had",
      "improved if all of those without had",
      "points more than everyone else",
      "points lower",
      "points upper",
      "q of points",
      "points at least, whoever those without are",
      "points at most, whoever those without are",
    ],
    [...table.groups, table.everyone].map((row) => [
      row.group.name,
      instrument,
      reading.higherIsBetter ? "higher" : "lower",
      reading.smallestChange,
      reading.source,
      row.measured,
      ...estimateCells(row.change),
      ...estimateCells(row.changeDifference),
      qOf(row, row.changeDifference),
      row.finished,
      row.unmeasured,
      ...estimateCells(row.unmeasuredShare),
      isAbsent(row.improved) ? undefined : row.improved.reached,
      isAbsent(row.improved) ? undefined : row.improved.denominator,
      ...estimateCells(row.improved),
      isAbsent(row.improvedBounds) ? undefined : row.improvedBounds.lower,
      isAbsent(row.improvedBounds) ? undefined : row.improvedBounds.upper,
      ...estimateCells(row.improvedGap),
      qOf(row, row.improvedGap),
      isAbsent(row.gapBounds) ? undefined : row.gapBounds.lower,
      isAbsent(row.gapBounds) ? undefined : row.gapBounds.upper,
    ]),
  );
}
