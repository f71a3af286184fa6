import {
  type Crossing,
  type Cube,
  NO_STANDING,
  rollUpWaits,
  type Standings,
  standingsOf,
} from "@taproot/engine";
import { EXITS, type Exit } from "@taproot/model";
import {
  type CensoringInWeek,
  WEEKLY_WAITS,
  type WeeklyExits,
  weeklyWaitsInto,
} from "@taproot/statistics";

/** Whose waits are looked at: everyone referred, or those who were accepted. */
export type WaitingPopulation = "referred" | "accepted";

/** Waits of those accepted where the file records acceptance, so that a gap at acceptance is not told twice. */
export function waitingPopulation(cube: Pick<Cube, "steps">): WaitingPopulation {
  return cube.steps.includes("accepted") ? "accepted" : "referred";
}

/** Weekly counts of one group: how many were seen, left otherwise and are still waiting, by week. */
export interface WeeklyTable {
  readonly seen: Float64Array;
  readonly left: Float64Array;
  readonly waiting: Float64Array;
}

/**
 * When in their last week those still waiting stop being watched. The weeks are days grouped together, so that the day on
 * which the data were taken cuts that week short anywhere: they are at risk for half of it.
 */
export const CENSORING: CensoringInWeek = "throughoutWeek";

/** A weekly table as the statistics take it. */
export function exitsOf({ seen, left, waiting }: WeeklyTable): WeeklyExits {
  return { seen, removed: left, stillWaiting: waiting, censoring: CENSORING };
}

/** Which part of a weekly table an exit belongs to; undefined for those whom the population leaves out. */
export function partOfTable(
  exit: Exit,
  population: WaitingPopulation,
): keyof WeeklyTable | undefined {
  if (exit === "seen") return "seen";
  if (exit === "removed") return "left";
  if (exit === "waiting") return "waiting";
  if (population === "accepted") return undefined;
  return exit === "declined" ? "left" : "waiting";
}

/** The waits of every stratum, each a row of weeks, of the population that is looked at. */
export interface WeeklyTables extends WeeklyTable {
  readonly weeks: number;
  readonly strata: number;
}

/** Sorts the rolled-up waits of a crossing into seen, left and waiting; waits of `weeks` or more share a last row. */
export function weeklyTables(
  cube: Cube,
  crossing: Crossing,
  weeks: number,
  population: WaitingPopulation,
): WeeklyTables {
  const { counts } = rollUpWaits(cube, crossing, weeks + 1);
  const rows = crossing.strata * (weeks + 1);
  const tables = {
    seen: new Float64Array(rows),
    left: new Float64Array(rows),
    waiting: new Float64Array(rows),
  };
  EXITS.forEach((exit, kind) => {
    const part = partOfTable(exit, population);
    if (part === undefined) return;
    const into = tables[part];
    for (let row = 0; row < rows; row++)
      into[row] = into[row]! + counts[row * EXITS.length + kind]!;
  });
  return { weeks: weeks + 1, strata: crossing.strata, ...tables };
}

/** The weekly table of everyone; waits of `weeks` or more share a last row. */
export function weeklyOfEveryone(
  cube: Cube,
  weeks: number,
  population: WaitingPopulation,
): WeeklyTable {
  const standings = standingsOf(cube);
  const people = peopleByStanding(standings);
  const table = addTables([], weeks + 1);
  for (let standing = 0; standing < people.length; standing++) {
    const exit = standings.exits[standing]!;
    const part = exit === NO_STANDING ? undefined : partOfTable(EXITS[exit]!, population);
    if (part === undefined) continue;
    const week = Math.min(standings.weeks[standing]!, weeks);
    table[part][week] = table[part][week]! + people[standing]!;
  }
  return table;
}

const knownPeople = new WeakMap<Standings, Float64Array>();

/** How many people each standing has. */
function peopleByStanding(standings: Standings): Float64Array {
  const known = knownPeople.get(standings);
  if (known) return known;
  const { starts, referrals } = standings;
  const people = new Float64Array(standings.fates.length);
  for (let standing = 0; standing < people.length; standing++) {
    let sum = 0;
    const end = starts[standing + 1]!;
    for (let entry = starts[standing]!; entry < end; entry++) sum += referrals[entry]!;
    people[standing] = sum;
  }
  knownPeople.set(standings, people);
  return people;
}

/** One stratum's own table. */
export function tableOf(tables: WeeklyTables, stratum: number): WeeklyTable {
  const from = stratum * tables.weeks;
  const to = from + tables.weeks;
  return {
    seen: tables.seen.subarray(from, to),
    left: tables.left.subarray(from, to),
    waiting: tables.waiting.subarray(from, to),
  };
}

/** What a weekly table is made of. */
export const PARTS = ["seen", "left", "waiting"] as const;

/** Adds tables up. */
export function addTables(tables: readonly WeeklyTable[], weeks: number): WeeklyTable {
  const sum = {
    seen: new Float64Array(weeks),
    left: new Float64Array(weeks),
    waiting: new Float64Array(weeks),
  };
  for (const table of tables)
    for (const part of PARTS)
      for (let week = 0; week < weeks; week++) sum[part][week]! += table[part][week]!;
  return sum;
}

/** Takes tables away from a table. */
export function lessTables(
  table: WeeklyTable,
  taken: readonly WeeklyTable[],
  weeks: number,
): WeeklyTable {
  const rest = addTables([table], weeks);
  for (const one of taken)
    for (const part of PARTS)
      for (let week = 0; week < weeks; week++) rest[part][week]! -= one[part][week]!;
  return rest;
}

/** Adds one stratum's table to a table. */
export function addStratum(sum: WeeklyTable, tables: WeeklyTables, stratum: number): void {
  const from = stratum * tables.weeks;
  for (const part of PARTS) {
    const into = sum[part];
    const table = tables[part];
    for (let week = 0; week < tables.weeks; week++) into[week] = into[week]! + table[from + week]!;
  }
}

/** Empties a table. */
export function clear(table: WeeklyTable): void {
  for (const part of PARTS) table[part].fill(0);
}

/** How many people a table holds. */
export function peopleIn({ seen, left, waiting }: WeeklyTable): number {
  let people = 0;
  for (let week = 0; week < seen.length; week++)
    people += seen[week]! + left[week]! + waiting[week]!;
  return people;
}

/** A chance at one horizon with what it rests on. */
export interface ChanceAt {
  readonly chance: number;
  readonly variance: number;
  readonly followed: number;
}

const row = new Float64Array(WEEKLY_WAITS.width);

/** The chance of having been seen by a horizon, quickly; `followed` says how many people it rests on. */
export function chanceAt(table: WeeklyTable, horizonWeeks: number): ChanceAt {
  weeklyWaitsInto(
    table.seen,
    table.left,
    table.waiting,
    0,
    table.seen.length,
    [horizonWeeks],
    row,
    0,
    null,
    CENSORING,
  );
  return {
    chance: row[WEEKLY_WAITS.chance]!,
    variance: row[WEEKLY_WAITS.varianceOfChance]!,
    followed: row[WEEKLY_WAITS.followed]!,
  };
}
