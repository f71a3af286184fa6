import type { Cube } from "@taproot/engine";
import { EXITS, FATE_COUNT } from "@taproot/model";
import { normalProbability } from "@taproot/statistics";
import { waitingPopulation } from "./compare-waits.ts";
import type { Comparison, CutCodes } from "./comparison.ts";
import { reachSteps } from "./settled-step.ts";
import { chanceAt, partOfTable, type WaitingPopulation, type WeeklyTable } from "./weekly-table.ts";

/** Where a cell stands to a cut: in it, certainly not in it, or not known. */
const IN = 1;
const OUT = 0;
const UNKNOWN = 2;

/** For each cell that is looked at: in the cut, out of it, or not known. */
export function membership(
  cube: Cube,
  { characteristics, codes }: CutCodes,
  cells?: Uint32Array,
): Uint8Array {
  const count = cells?.length ?? cube.cells;
  const member = new Uint8Array(count).fill(IN);
  characteristics.forEach((index, i) => {
    const groups = cube.groups[index]!;
    const code = codes[i]!;
    for (let at = 0; at < count; at++) {
      const group = groups[cells ? cells[at]! : at]!;
      if (group === code || member[at] === OUT) continue;
      member[at] = group === 0 ? UNKNOWN : OUT;
    }
  });
  return member;
}

/** A gap that remains when other cuts are held fixed. */
export interface RemainingGap {
  readonly value: number;
  readonly standardError: number;
  readonly p: number;
}

/**
 * The gap of a comparison between people who are alike in the given cuts: differences within each combination of
 * belonging to them, weighted as Mantel and Haenszel do. Undefined when nobody inside has anybody alike outside.
 */
export function gapAllowingFor(
  cube: Cube,
  comparison: Comparison,
  others: readonly CutCodes[],
  cells?: Uint32Array,
): RemainingGap | undefined {
  const member = membership(cube, comparison, cells);
  const stratum = new Uint16Array(member.length);
  others.forEach((cut, bit) => {
    const inside = membership(cube, cut, cells);
    for (let at = 0; at < stratum.length; at++)
      if (inside[at] === IN) stratum[at] = stratum[at]! | (1 << bit);
  });
  const sides =
    comparison.measure === "seenBy"
      ? waitsBySide(cube, comparison.horizonWeeks!, member, stratum, 1 << others.length, cells)
      : countsBySide(cube, comparison, member, stratum, 1 << others.length, cells);
  return mantelHaenszel(sides, comparison.measure === "rate", inflation(comparison));
}

/** One side of one stratum: how many people, which share reached, with which variance. */
interface Side {
  readonly people: number;
  readonly share: number;
  readonly variance: number;
}

/** How many times wider the comparison's own interval is than independent people would make it. */
function inflation({ measure, group, others, standardError }: Comparison): number {
  if (measure !== "reach" && measure !== "waitingUnder") return 1;
  const variance = ({ reached, denominator }: Comparison["group"]) =>
    ((reached / denominator) * (1 - reached / denominator)) / denominator;
  const independent = Math.sqrt(variance(group) + variance(others));
  return independent > 0 ? Math.max(1, standardError / independent) : 1;
}

function mantelHaenszel(
  sides: readonly (readonly [Side, Side])[],
  events: boolean,
  widening: number,
): RemainingGap | undefined {
  let weights = 0;
  let sum = 0;
  let variance = 0;
  for (const [inside, outside] of sides) {
    if (inside.people <= 0 || outside.people <= 0) continue;
    const weight = (inside.people * outside.people) / (inside.people + outside.people);
    if (!events && inside.people + outside.people < 2) continue;
    weights += weight;
    sum += weight * (inside.share - outside.share);
    variance += weight ** 2 * (inside.variance + outside.variance);
  }
  if (weights === 0 || variance === 0) return undefined;
  const value = sum / weights;
  const standardError = (widening * Math.sqrt(variance)) / weights;
  return {
    value,
    standardError,
    p: Math.min(1, 2 * normalProbability(-Math.abs(value) / standardError)),
  };
}

function countsBySide(
  cube: Cube,
  comparison: Comparison,
  member: Uint8Array,
  stratum: Uint16Array,
  strata: number,
  cells?: Uint32Array,
): [Side, Side][] {
  const reached = new Float64Array(2 * strata);
  const people = new Float64Array(2 * strata);
  const read = cellCounts(cube, comparison);
  for (let at = 0; at < member.length; at++) {
    if (member[at] === UNKNOWN) continue;
    const into = 2 * stratum[at]! + member[at]!;
    read(cells ? cells[at]! : at, into, reached, people);
  }
  const rate = comparison.measure === "rate";
  const side = (at: number): Side => {
    const n = people[at]!;
    if (n === 0) return { people: 0, share: 0, variance: 0 };
    const y = reached[at]!;
    // One success and one failure more keep a share of 0 or 1 from claiming to be certain.
    const smooth = (y + 1) / (n + 2);
    return {
      people: n,
      share: y / n,
      variance: rate ? Math.max(y, 1) / n ** 2 : (smooth * (1 - smooth)) / n,
    };
  };
  return Array.from({ length: strata }, (_, s) => [side(2 * s + IN), side(2 * s + OUT)]);
}

/** How one cell's counts are added: reached and settled, referrals and people, or waiting under and at all. */
function cellCounts(cube: Cube, { step, measure, horizonWeeks }: Comparison) {
  if (measure === "rate")
    return (cell: number, into: number, reached: Float64Array, people: Float64Array) => {
      for (let fate = 0; fate < FATE_COUNT; fate++)
        reached[into] = reached[into]! + cube.fates[cell * FATE_COUNT + fate]!;
      people[into] = people[into]! + cube.population![cell]!;
    };
  if (measure === "waitingUnder") {
    const { bands, counts } = cube.waitBands!;
    return (cell: number, into: number, reached: Float64Array, people: Float64Array) => {
      bands.forEach((band, column) => {
        const waiting = counts[cell * bands.length + column]!;
        people[into] = people[into]! + waiting;
        if (band.fromWeeks < horizonWeeks!) reached[into] = reached[into]! + waiting;
      });
    };
  }
  const columns = reachSteps(cube).find((candidate) => candidate.step === step)!;
  return (cell: number, into: number, reached: Float64Array, people: Float64Array) => {
    const row = cell * FATE_COUNT;
    for (const column of columns.reached) {
      const count = cube.fates[row + column]!;
      reached[into] = reached[into]! + count;
      people[into] = people[into]! + count;
    }
    for (const column of columns.lost) people[into] = people[into]! + cube.fates[row + column]!;
  };
}

function waitsBySide(
  cube: Cube,
  horizonWeeks: number,
  member: Uint8Array,
  stratum: Uint16Array,
  strata: number,
  cells?: Uint32Array,
): [Side, Side][] {
  const weeks = horizonWeeks + 1;
  const tables = Array.from(
    { length: 2 * strata },
    (): WeeklyTable => ({
      seen: new Float64Array(weeks),
      left: new Float64Array(weeks),
      waiting: new Float64Array(weeks),
    }),
  );
  const kind = exitKinds(waitingPopulation(cube));
  for (let at = 0; at < member.length; at++) {
    if (member[at] === UNKNOWN) continue;
    const cell = cells ? cells[at]! : at;
    const table = tables[2 * stratum[at]! + member[at]!]!;
    for (let entry = cube.waitStarts[cell]!; entry < cube.waitStarts[cell + 1]!; entry++) {
      const part = kind[cube.waitExits[entry]!];
      if (part === undefined) continue;
      const week = Math.min(cube.waitWeeks[entry]!, horizonWeeks);
      table[part][week] = table[part][week]! + cube.waitCounts[entry]!;
    }
  }
  const side = (table: WeeklyTable): Side => {
    const { chance, variance, followed } = chanceAt(table, horizonWeeks);
    return {
      people: followed,
      share: chance,
      variance: Math.max(variance, 0.25 / (followed + 4) ** 2),
    };
  };
  return Array.from({ length: strata }, (_, s) => [
    side(tables[2 * s + IN]!),
    side(tables[2 * s + OUT]!),
  ]);
}

/** Which part of a weekly table each exit belongs to, for a population. */
function exitKinds(population: WaitingPopulation): readonly (keyof WeeklyTable | undefined)[] {
  return EXITS.map((exit) => partOfTable(exit, population));
}
