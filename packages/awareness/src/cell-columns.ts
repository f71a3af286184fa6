import { type Cube, cross } from "@taproot/engine";
import { EXITS } from "@taproot/model";
import { chanceOfBeingSeenBy, isAbsent } from "@taproot/statistics";
import { waitingUnder } from "./compare-bands.ts";
import { referralsAndPeople } from "./compare-rates.ts";
import type { Comparison } from "./comparison.ts";
import { reachSteps, type SettledCounts, settle } from "./settled-step.ts";
import { partOfTable, tableOf, waitingPopulation, weeklyTables } from "./weekly-table.ts";

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
  const everyone = tableOf(weeklyTables(cube, cross(cube, []), horizonWeeks, population), 0);
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
  const seen = EXITS.indexOf("seen");
  const counted = EXITS.map((exit) => partOfTable(exit, population) !== undefined);
  const reached = new Float64Array(cube.cells);
  const settled = new Float64Array(cube.cells);
  for (let cell = 0; cell < cube.cells; cell++) {
    for (let entry = cube.waitStarts[cell]!; entry < cube.waitStarts[cell + 1]!; entry++) {
      const exit = cube.waitExits[entry]!;
      if (!counted[exit]) continue;
      const people = cube.waitCounts[entry]!;
      const week = cube.waitWeeks[entry]!;
      settled[cell] = settled[cell]! + people;
      if (exit === seen && week < horizonWeeks)
        reached[cell] = reached[cell]! + people * weight[week]!;
    }
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
