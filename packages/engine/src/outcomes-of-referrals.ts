import type { Chosen } from "./chosen-referrals.ts";
import type { CodedReferrals } from "./coded-referrals.ts";
import type { Cube } from "./cube.ts";

/** What cells hold of scores. */
export type Outcomes = Pick<Cube, "outcomeCounts" | "outcomeSums" | "outcomeSquares">;

/**
 * The changes of score of the chosen referrals, added up over cells.
 *
 * @param cells how many cells there are
 * @param cellOf the cell of a referral and of its people's own cell; by default that one
 */
export function outcomesOf(
  coded: CodedReferrals,
  chosen: Chosen,
  cells: number,
  cellOf: (own: number, referral: number) => number = (own) => own,
): Outcomes {
  const outcomeCounts = new Float64Array(cells);
  const outcomeSums = new Float64Array(cells);
  const outcomeSquares = new Float64Array(cells);
  const { measured, changes } = coded;
  const ownCells = cellsOfMeasured(coded);
  const { cells: among, referrals } = chosen;
  for (let i = 0; i < measured.length; i++) {
    const referral = measured[i]!;
    const own = ownCells[i]!;
    if (among?.[own] === 0) continue;
    if (referrals && !referrals.has(referral)) continue;
    const cell = cellOf(own, referral);
    const change = changes[i]!;
    outcomeCounts[cell] = outcomeCounts[cell]! + 1;
    outcomeSums[cell] = outcomeSums[cell]! + change;
    outcomeSquares[cell] = outcomeSquares[cell]! + change * change;
  }
  return { outcomeCounts, outcomeSums, outcomeSquares };
}

const known = new WeakMap<Uint32Array, Uint32Array>();

/** The cell of the people of each referral that has both scores: looked up once, as long as the referrals are there. */
function cellsOfMeasured({ measured, entryCells, entryStarts }: CodedReferrals): Uint32Array {
  const there = known.get(measured);
  if (there) return there;
  const cells = new Uint32Array(measured.length);
  let entry = 0;
  let end = entryStarts[1] ?? 0;
  for (let i = 0; i < measured.length; i++) {
    const referral = measured[i]!;
    while (end <= referral) end = entryStarts[++entry + 1]!;
    cells[i] = entryCells[entry]!;
  }
  known.set(measured, cells);
  return cells;
}
