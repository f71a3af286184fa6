import { EXITS, FATE_COUNT, LONGEST_WAIT_WEEKS } from "@taproot/model";
import { addUpStandings } from "./add-up-standings.ts";
import { fatesOfStandings, waitsOfStandings } from "./cells-of-standings.ts";
import { countsWhenRead } from "./counts-when-read.ts";
import type { Cube } from "./cube.ts";
import { type NewCells, numberCrossing } from "./number-crossing.ts";
import { peopleCharacteristics } from "./people-characteristics.ts";

/**
 * The same counts over fewer characteristics: cells that differ only in the others become one. Every statistic over the
 * kept characteristics is the same, and costs as many times less as there are fewer cells. Fates, waits and outcomes are each
 * added up when they are first read.
 *
 * @param characteristics indices of the characteristics to keep
 * @param cells only these cells; all of them when absent
 */
export function collapse(
  cube: Cube,
  characteristics: readonly number[],
  cells?: Uint32Array,
): Cube {
  const made = numberCrossing(
    characteristics.map((index) => cube.groups[index]!),
    characteristics.map((index) => cube.characteristics[index]!.groups.length),
    cells?.length ?? cube.cells,
    cells,
  );
  return putTogether(cube, made, cells, {
    characteristics: characteristics.map((index) => cube.characteristics[index]!),
    groups: groupsOf(cube, characteristics, made, cells),
  });
}

/**
 * The same counts over other cells, of which each takes in some of the old ones. They are added up when they are first read.
 *
 * @param cells only these of the old cells; all of them when absent
 * @param by the characteristics of the new cells; none where what they have in common is no group
 */
export function putTogether(
  cube: Cube,
  { cellOf, count }: NewCells,
  cells?: Uint32Array,
  by: Pick<Cube, "characteristics" | "groups"> = { characteristics: [], groups: [] },
): Cube {
  const { kind, steps, openCountsAsLost, clock, units, data, population, waitBands } = cube;
  const add = (table: Float64Array, width = 1) => addRows(table, width, cellOf, count, cells);
  const standings =
    cube.standings && addUpStandings(cube.standings, newCells(cube, cellOf, cells), count);
  const about = {
    kind,
    ...by,
    cells: count,
    steps,
    openCountsAsLost,
    ...(clock ? { clock } : {}),
    ...(units === undefined ? {} : { units }),
    data,
    ...(standings ? { standings } : {}),
    ...(population ? { population: add(population) } : {}),
    ...(waitBands
      ? {
          waitBands: {
            bands: waitBands.bands,
            counts: add(waitBands.counts, waitBands.bands.length),
          },
        }
      : {}),
  };
  return countsWhenRead(about, {
    fates: () => (standings ? fatesOfStandings(standings, count) : add(cube.fates, FATE_COUNT)),
    waits: () =>
      standings ? waitsOfStandings(standings, count) : collapseWaits(cube, cellOf, count, cells),
    outcomes: () => ({
      outcomeCounts: add(cube.outcomeCounts),
      outcomeSums: add(cube.outcomeSums),
      outcomeSquares: add(cube.outcomeSquares),
    }),
  });
}

/** The new cell of every old one; below 0 where it is left out. */
function newCells({ cells: all }: Cube, cellOf: Uint32Array, cells?: Uint32Array): Int32Array {
  if (!cells) return Int32Array.from(cellOf);
  const into = new Int32Array(all).fill(-1);
  for (let i = 0; i < cells.length; i++) into[cells[i]!] = cellOf[i]!;
  return into;
}

function groupsOf(
  cube: Cube,
  characteristics: readonly number[],
  { cellOf, count }: NewCells,
  cells?: Uint32Array,
): Uint16Array[] {
  return characteristics.map((index) => {
    const from = cube.groups[index]!;
    const into = new Uint16Array(count);
    if (cells) for (let i = 0; i < cellOf.length; i++) into[cellOf[i]!] = from[cells[i]!]!;
    else for (let i = 0; i < cellOf.length; i++) into[cellOf[i]!] = from[i]!;
    return into;
  });
}

function addRows(
  table: Float64Array,
  width: number,
  cellOf: Uint32Array,
  count: number,
  cells: Uint32Array | undefined,
): Float64Array {
  const sums = new Float64Array(count * width);
  if (width === 1) {
    for (let i = 0; i < cellOf.length; i++) {
      const into = cellOf[i]!;
      sums[into] = sums[into]! + table[cells ? cells[i]! : i]!;
    }
    return sums;
  }
  for (let i = 0; i < cellOf.length; i++) {
    const from = (cells ? cells[i]! : i) * width;
    const into = cellOf[i]! * width;
    for (let column = 0; column < width; column++)
      sums[into + column] = sums[into + column]! + table[from + column]!;
  }
  return sums;
}

const WAIT_CODES = (LONGEST_WAIT_WEEKS + 1) * EXITS.length;

/** Gathers the waits of each new cell and counts equal ones together. */
function collapseWaits(cube: Cube, cellOf: Uint32Array, count: number, cells?: Uint32Array) {
  const { waitStarts, waitWeeks, waitExits, waitCounts } = cube;
  const gathered = new Uint32Array(count + 1);
  for (let i = 0; i < cellOf.length; i++) {
    const cell = cells ? cells[i]! : i;
    gathered[cellOf[i]! + 1]! += waitStarts[cell + 1]! - waitStarts[cell]!;
  }
  for (let cell = 0; cell < count; cell++) gathered[cell + 1]! += gathered[cell]!;
  const total = gathered[count]!;
  const next = gathered.slice(0, count);
  const codes = new Uint16Array(total);
  const numbers = new Uint32Array(total);
  for (let i = 0; i < cellOf.length; i++) {
    const cell = cells ? cells[i]! : i;
    for (let entry = waitStarts[cell]!; entry < waitStarts[cell + 1]!; entry++) {
      const to = next[cellOf[i]!]!++;
      codes[to] = waitWeeks[entry]! * EXITS.length + waitExits[entry]!;
      numbers[to] = waitCounts[entry]!;
    }
  }
  const starts = new Uint32Array(count + 1);
  const sums = new Uint32Array(WAIT_CODES);
  const used = new Uint16Array(WAIT_CODES);
  let kept = 0;
  for (let cell = 0; cell < count; cell++) {
    let different = 0;
    for (let entry = gathered[cell]!; entry < gathered[cell + 1]!; entry++) {
      const code = codes[entry]!;
      if (sums[code] === 0) used[different++] = code;
      sums[code]! += numbers[entry]!;
    }
    // What is written never overtakes what is still to be read: a cell keeps at most as many entries as it gathered.
    starts[cell] = kept;
    for (let i = 0; i < different; i++) {
      const code = used[i]!;
      codes[kept] = code;
      numbers[kept++] = sums[code]!;
      sums[code] = 0;
    }
  }
  starts[count] = kept;
  const weeks = new Uint16Array(kept);
  const exits = new Uint8Array(kept);
  for (let entry = 0; entry < kept; entry++) {
    weeks[entry] = Math.floor(codes[entry]! / EXITS.length);
    exits[entry] = codes[entry]! % EXITS.length;
  }
  return {
    waitStarts: starts,
    waitWeeks: weeks,
    waitExits: exits,
    waitCounts: numbers.slice(0, kept),
  };
}

/**
 * The cube over the characteristics of people and places that have at least two known groups, and over the sampled units:
 * what is compared unless somebody asks for more.
 */
export function peopleCube(cube: Cube): Cube {
  const kept = peopleCharacteristics(cube);
  return kept.length === cube.characteristics.length ? cube : collapse(cube, kept);
}
