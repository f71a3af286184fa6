import type { Chosen } from "./chosen-referrals.ts";
import type { CodedReferrals } from "./coded-referrals.ts";
import type { Cube } from "./cube.ts";

/** What cells hold of scores. */
export type Outcomes = Pick<Cube, "outcomeCounts" | "outcomeSums" | "outcomeSquares">;

/**
 * The changes of score of the chosen referrals, added up over cells.
 *
 * @param cells how many cells there are
 * @param cellOf the cell of a referral and of the entry that it is in; by default the entry's own
 */
export function outcomesOf(
  coded: CodedReferrals,
  chosen: Chosen,
  cells: number,
  cellOf: (entry: number, referral: number) => number = (entry) => coded.entryCells[entry]!,
): Outcomes {
  const outcomeCounts = new Float64Array(cells);
  const outcomeSums = new Float64Array(cells);
  const outcomeSquares = new Float64Array(cells);
  const { measured, changes, entryCells, entryStarts } = coded;
  let entry = 0;
  let end = entryStarts[1] ?? 0;
  for (let i = 0; i < measured.length; i++) {
    const referral = measured[i]!;
    while (end <= referral) end = entryStarts[++entry + 1]!;
    if (chosen.cells?.[entryCells[entry]!] === 0) continue;
    if (chosen.referrals && !chosen.referrals.has(referral)) continue;
    const cell = cellOf(entry, referral);
    const change = changes[i]!;
    outcomeCounts[cell] = outcomeCounts[cell]! + 1;
    outcomeSums[cell] = outcomeSums[cell]! + change;
    outcomeSquares[cell] = outcomeSquares[cell]! + change * change;
  }
  return { outcomeCounts, outcomeSums, outcomeSquares };
}
