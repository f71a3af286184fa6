import type { Cube } from "@taproot/engine";
import { chanceOfBeingSeenBy, isAbsent } from "@taproot/statistics";
import { waitingUnder } from "./compare-bands.ts";
import { referralsAndPeople } from "./compare-rates.ts";
import type { Comparison } from "./comparison.ts";
import { type CountsByCell, countsByCell } from "./estimates/counts-by-cell.ts";
import { type StrataColumns, strataColumns } from "./estimates/strata-table.ts";
import { reachSteps, type SettledCounts, settle } from "./settled-step.ts";
import { type WeeklyTable, waitingPopulation } from "./weekly-table.ts";

/** One measure, cell by cell: how many reached out of how many settled. */
export interface CellColumns extends SettledCounts {
  /** How many times the variance is that of so many settled people: above 1 where some are followed for a while only. */
  readonly inflation: number;
  /** Events instead of people: a cell may hold more reached than settled. */
  readonly events: boolean;
}

/** The columns of a comparison's measure over the cells of the cube. */
export function cellColumns(
  cube: Cube,
  { step, measure, horizonWeeks }: Pick<Comparison, "step" | "measure" | "horizonWeeks">,
): CellColumns {
  if (measure === "rate")
    return {
      ...referralsAndPeople(cube.fates, cube.population!),
      inflation: 1,
      events: true,
    };
  if (measure === "waitingUnder") {
    const { bands, counts } = cube.waitBands!;
    return { ...waitingUnder(bands, counts, horizonWeeks!), inflation: 1, events: false };
  }
  if (measure === "seenBy") return waitColumns(cube, horizonWeeks!);
  const columns = reachSteps(cube).find((candidate) => candidate.step === step)!;
  return { ...settle(cube.fates, columns), inflation: 1, events: false };
}

/**
 * Seen by the horizon, cell by cell, with people followed for a while only made up for by the inverse of the chance of
 * being followed so long. Added over everyone it is the Aalen–Johansen estimate; added over any cells it estimates theirs.
 */
function waitColumns(cube: Cube, horizonWeeks: number): CellColumns {
  const population = waitingPopulation(cube);
  const columns = strataColumns(horizonWeeks, population);
  const counts = countsByCell(cube, columns);
  const everyone = everyoneIn(counts, columns);
  const weight = new Float64Array(horizonWeeks);
  let atRisk = 0;
  for (let week = 0; week <= horizonWeeks; week++)
    atRisk += everyone.seen[week]! + everyone.left[week]! + everyone.waiting[week]!;
  let followed = 1;
  for (let week = 0; week < horizonWeeks; week++) {
    weight[week] = followed > 0 ? 1 / followed : 0;
    const staying = atRisk - everyone.seen[week]! - everyone.left[week]!;
    if (staying > 0) followed *= 1 - everyone.waiting[week]! / staying;
    atRisk = staying - everyone.waiting[week]!;
  }
  const reached = new Float64Array(cube.cells);
  const settled = new Float64Array(cube.cells);
  const seenInTime = columns.seen + horizonWeeks;
  for (let cell = 0; cell < cube.cells; cell++) {
    let people = 0;
    let seen = 0;
    for (let entry = counts.starts[cell]!; entry < counts.starts[cell + 1]!; entry++) {
      const column = counts.columns[entry]!;
      if (column < columns.seen) continue;
      people += counts.people[entry]!;
      if (column < seenInTime) seen += counts.people[entry]! * weight[column - columns.seen]!;
    }
    settled[cell] = people;
    reached[cell] = seen;
  }
  const chance = chanceOfBeingSeenBy(
    {
      seen: everyone.seen,
      removed: everyone.left,
      stillWaiting: everyone.waiting,
      openEnded: true,
    },
    horizonWeeks,
  );
  const inflation = isAbsent(chance) ? 1 : Math.max(1, chance.people / chance.effectiveNumber);
  return { reached, settled, inflation, events: false };
}

/** The weekly table of everyone, added up over all cells. */
function everyoneIn(counts: CountsByCell, columns: StrataColumns): WeeklyTable {
  const row = new Float64Array(columns.width);
  const entries = counts.starts.at(-1)!;
  for (let entry = 0; entry < entries; entry++) {
    const column = counts.columns[entry]!;
    row[column] = row[column]! + counts.people[entry]!;
  }
  const part = (first: number) => row.subarray(first, first + columns.weeks);
  return { seen: part(columns.seen), left: part(columns.left), waiting: part(columns.waiting) };
}
