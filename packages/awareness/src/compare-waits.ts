import { type Cube, NO_STANDING } from "@taproot/engine";
import {
  DIFFERENCE_IN_CHANCE,
  differenceInChanceInto,
  WEEKLY_WAITS,
  weeklyWaitsInto,
} from "@taproot/statistics";
import { type StrataOfCut, strataOfCuts } from "./compare-reach.ts";
import { type Comparisons, type CutCodes, FEWEST_COMPARED, strataOfCut } from "./comparison.ts";
import { type CutTables, tablesOfCut } from "./cut-tables.ts";
import { WAIT_HORIZONS } from "./waits.ts";
import {
  addStratum,
  addTables,
  CENSORING,
  chanceAt,
  clear,
  PARTS,
  peopleIn,
  type WeeklyTable,
  type WeeklyTables,
  waitingPopulation,
  weeklyOfEveryone,
} from "./weekly-table.ts";

/** True when the cube holds waits at all. */
export function hasWaits(cube: Cube): boolean {
  if (cube.standings) return cube.standings.exits.some((exit) => exit !== NO_STANDING);
  return cube.waitWeeks.length > 0;
}

/**
 * The horizon at which groups are compared: of 4, 12, 18 and 52 weeks the one where everyone's chance of having been seen
 * is nearest one half, where a difference shows best. It looks at everyone together, never at the groups.
 */
export function waitHorizon(cube: Cube): number | undefined {
  if (!hasWaits(cube)) return undefined;
  const longest = WAIT_HORIZONS.at(-1)!;
  const everyone = weeklyOfEveryone(cube, longest, waitingPopulation(cube));
  let best: number | undefined;
  let nearest = Number.POSITIVE_INFINITY;
  for (const horizon of WAIT_HORIZONS) {
    const { chance, followed } = chanceAt(everyone, horizon);
    if (followed < 2 * FEWEST_COMPARED) continue;
    const distance = Math.abs(chance - 0.5);
    if (distance < nearest) {
      nearest = distance;
      best = horizon;
    }
  }
  return best;
}

/** Rows of {@link WEEKLY_WAITS}: of the group, the others and the unknown, one after the other. */
const chances = new Float64Array(3 * WEEKLY_WAITS.width);
const OTHERS = WEEKLY_WAITS.width;
const UNKNOWN = 2 * WEEKLY_WAITS.width;
const difference = new Float64Array(DIFFERENCE_IN_CHANCE.width);

/** Compares the chance of having been seen by the horizon of every known group of a crossing with everyone else's. */
export function compareWaits(
  cube: Cube,
  cutTables: CutTables,
  horizonWeeks: number,
  into: Comparisons,
): void {
  const tables = cutTables.weekly;
  if (!tables) return;
  const everyone = sumOfTables(tables);
  const parts = { group: roomFor(tables), others: roomFor(tables), unknown: roomFor(tables) };
  const { group, others, unknown } = parts;
  const horizon = [horizonWeeks];
  // The last row holds longer waits as well: nothing is said of them.
  const isTold = horizonWeeks < tables.weeks;
  for (const { cut, ...strata } of strataOfCuts(cube, cutTables)) {
    splitTables(strata, tables, everyone, parts);
    const people = peopleIn(group);
    if (people === 0) continue;
    const isSaid = isTold && chanceInto(group, horizon, 0) && chanceInto(others, horizon, OTHERS);
    if (!isSaid) {
      into.tooSmall.push({ ...cut, step: "wait" });
      continue;
    }
    const otherPeople = peopleIn(others);
    const unknownPeople = peopleIn(unknown);
    if (unknownPeople > 0) chanceInto(unknown, horizon, UNKNOWN);
    differenceInChanceInto(chances, 0, chances, OTHERS, difference, 0);
    into.made.push({
      characteristics: cut.characteristics,
      codes: cut.codes,
      step: "wait",
      measure: "seenBy",
      horizonWeeks,
      group: { reached: chanceAtPlace(0) * people, denominator: people },
      others: { reached: chanceAtPlace(OTHERS) * otherPeople, denominator: otherPeople },
      unknown: {
        reached: unknownPeople > 0 ? chanceAtPlace(UNKNOWN) * unknownPeople : 0,
        denominator: unknownPeople,
      },
      gap: {
        value: difference[DIFFERENCE_IN_CHANCE.value]!,
        lower: difference[DIFFERENCE_IN_CHANCE.lower]!,
        upper: difference[DIFFERENCE_IN_CHANCE.upper]!,
      },
      standardError: difference[DIFFERENCE_IN_CHANCE.standardError]!,
      p: difference[DIFFERENCE_IN_CHANCE.pValue]!,
    });
  }
}

const chanceAtPlace = (place: number) => chances[place + WEEKLY_WAITS.chance]!;

/** Writes a chance with what it rests on; true where that is people enough. */
function chanceInto(
  { seen, left, waiting }: WeeklyTable,
  horizon: readonly number[],
  place: number,
): boolean {
  weeklyWaitsInto(seen, left, waiting, 0, seen.length, horizon, chances, place, null, CENSORING);
  return chances[place + WEEKLY_WAITS.followed]! >= FEWEST_COMPARED - 1e-9;
}

/** The weekly tables of a cut's three parts. */
export interface TableParts {
  readonly group: WeeklyTable;
  readonly others: WeeklyTable;
  readonly unknown: WeeklyTable;
}

const roomFor = ({ weeks }: WeeklyTables) => addTables([], weeks);

function sumOfTables(tables: WeeklyTables): WeeklyTable {
  const sum = roomFor(tables);
  for (let stratum = 0; stratum < tables.strata; stratum++) addStratum(sum, tables, stratum);
  return sum;
}

/** Writes the tables of a cut's three parts. */
function splitTables(
  strata: Pick<StrataOfCut, "group" | "unknown">,
  tables: WeeklyTables,
  everyone: WeeklyTable,
  { group, others, unknown }: TableParts,
): void {
  for (const table of [group, unknown]) clear(table);
  addStratum(group, tables, strata.group);
  for (const stratum of strata.unknown) addStratum(unknown, tables, stratum);
  for (const part of PARTS)
    for (let week = 0; week < tables.weeks; week++)
      others[part][week] = everyone[part][week]! - group[part][week]! - unknown[part][week]!;
}

/**
 * The weekly tables of a cut, its others and its unknown, up to a horizon.
 *
 * @param known tables that are at hand
 */
export function partsOfTables(
  cube: Cube,
  cut: CutCodes,
  horizonWeeks: number,
  known: readonly CutTables[] = [],
): TableParts {
  const weekly = tablesOfCut(cube, cut.characteristics, horizonWeeks, known).weekly!;
  const parts = { group: roomFor(weekly), others: roomFor(weekly), unknown: roomFor(weekly) };
  const sizes = cut.characteristics.map((index) => cube.characteristics[index]!.groups.length);
  splitTables(strataOfCut(sizes, cut.codes), weekly, sumOfTables(weekly), parts);
  return parts;
}
