import { EXITS, FATE_COUNT, LONGEST_WAIT_WEEKS } from "@taproot/model";
import type { Cube } from "./cube.ts";

/**
 * The same counts over fewer characteristics: cells that differ only in the others become one. Every statistic over the
 * kept characteristics is the same, and costs as many times less as there are fewer cells.
 *
 * @param characteristics indices of the characteristics to keep
 * @param cells only these cells; all of them when absent
 */
export function collapse(
  cube: Cube,
  characteristics: readonly number[],
  cells?: Uint32Array,
): Cube {
  const made = newCells(cube, characteristics, cells);
  const groups = groupsOf(cube, characteristics, made, cells);
  const waits = collapseWaits(cube, made.cellOf, made.count, cells);
  return gather(cube, characteristics, groups, made, waits, cells);
}

/**
 * {@link collapse} for many parts of one cube: where each cell goes is worked out once, so that a part costs little more
 * than reading its cells. All parts have the cells of the whole in the same order, those without anybody among them, and
 * share their groups; a cell's equal waits may come several times.
 *
 * @param characteristics indices of the characteristics to keep
 */
export function collapser(
  cube: Cube,
  characteristics: readonly number[],
): (cells?: Uint32Array) => Cube {
  const { cellOf, count } = newCells(cube, characteristics);
  const groups = groupsOf(cube, characteristics, { cellOf, count });
  const sorted = isAscending(cellOf);
  const met = metFates(cube);
  return (cells) => {
    const partOf = cells ? cells.map((cell) => cellOf[cell]!) : cellOf;
    const waits = sorted
      ? copyWaits(cube, partOf, count, cells)
      : collapseWaits(cube, partOf, count, cells);
    const fates = addMetFates(met, partOf, count, cells);
    return gather(cube, characteristics, groups, { cellOf: partOf, count }, waits, cells, fates);
  };
}

/** The fates that a cell's people met, and how many did: most cells of few people hold two or three of the nine. */
interface MetFates {
  readonly starts: Uint32Array;
  readonly fates: Uint8Array;
  readonly people: Float64Array;
}

function metFates({ cells, fates }: Cube): MetFates {
  let length = 0;
  for (let at = 0; at < fates.length; at++) if (fates[at] !== 0) length++;
  const met = {
    starts: new Uint32Array(cells + 1),
    fates: new Uint8Array(length),
    people: new Float64Array(length),
  };
  let next = 0;
  for (let cell = 0; cell < cells; cell++) {
    for (let fate = 0; fate < FATE_COUNT; fate++) {
      const people = fates[cell * FATE_COUNT + fate]!;
      if (people === 0) continue;
      met.fates[next] = fate;
      met.people[next++] = people;
    }
    met.starts[cell + 1] = next;
  }
  return met;
}

function addMetFates(
  { starts, fates, people }: MetFates,
  cellOf: Uint32Array,
  count: number,
  cells: Uint32Array | undefined,
): Float64Array {
  const sums = new Float64Array(count * FATE_COUNT);
  for (let i = 0; i < cellOf.length; i++) {
    const cell = cells ? cells[i]! : i;
    const to = cellOf[i]! * FATE_COUNT;
    for (let entry = starts[cell]!; entry < starts[cell + 1]!; entry++) {
      const at = to + fates[entry]!;
      sums[at] = sums[at]! + people[entry]!;
    }
  }
  return sums;
}

function isAscending(values: Uint32Array): boolean {
  for (let i = 1; i < values.length; i++) if (values[i]! < values[i - 1]!) return false;
  return true;
}

/** Which new cell each old one becomes part of, and how many there are. */
interface NewCells {
  readonly cellOf: Uint32Array;
  readonly count: number;
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

type Waits = Pick<Cube, "waitStarts" | "waitWeeks" | "waitExits" | "waitCounts">;

/** Adds the old cells up. */
function gather(
  cube: Cube,
  characteristics: readonly number[],
  groups: readonly Uint16Array[],
  { cellOf, count }: NewCells,
  waits: Waits,
  cells?: Uint32Array,
  fates?: Float64Array,
): Cube {
  const add = (table: Float64Array, width = 1) => addRows(table, width, cellOf, count, cells);
  return {
    ...cube,
    characteristics: characteristics.map((index) => cube.characteristics[index]!),
    cells: count,
    groups,
    fates: fates ?? add(cube.fates, FATE_COUNT),
    ...waits,
    outcomeCounts: add(cube.outcomeCounts),
    outcomeSums: add(cube.outcomeSums),
    outcomeSquares: add(cube.outcomeSquares),
    ...(cube.population ? { population: add(cube.population) } : {}),
    ...(cube.waitBands
      ? {
          waitBands: {
            bands: cube.waitBands.bands,
            counts: add(cube.waitBands.counts, cube.waitBands.bands.length),
          },
        }
      : {}),
  };
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

/** Past this many possible cells a hash table is smaller than one place for each. */
const MOST_PLACES = 2 ** 24;

/** Keys up to here are exact whole numbers. */
const LARGEST_KEY = 2 ** 52;

function newCells(cube: Cube, characteristics: readonly number[], cells?: Uint32Array): NewCells {
  const length = cells?.length ?? cube.cells;
  const keys = new Float64Array(length);
  let possible = 1;
  for (const index of characteristics) {
    const codes = cube.groups[index]!;
    const size = cube.characteristics[index]!.groups.length;
    if (possible * size > LARGEST_KEY) {
      // Numbering the crossings that occur leaves room for the next characteristic.
      const dense = numberKeys(keys, possible);
      keys.set(dense.cellOf);
      possible = dense.count;
    }
    possible *= size;
    for (let i = 0; i < length; i++) keys[i] = keys[i]! * size + codes[cells ? cells[i]! : i]!;
  }
  return numberKeys(keys, possible);
}

/** Numbers different keys from 0 in the order in which they first occur. */
function numberKeys(keys: Float64Array, possible: number): NewCells {
  const length = keys.length;
  const cellOf = new Uint32Array(length);
  let count = 0;
  if (possible <= MOST_PLACES) {
    const place = new Int32Array(possible).fill(-1);
    for (let i = 0; i < length; i++) {
      const key = keys[i]!;
      if (place[key] === -1) place[key] = count++;
      cellOf[i] = place[key]!;
    }
    return { cellOf, count };
  }
  let capacity = 2;
  while (capacity < 2 * length) capacity *= 2;
  const slots = new Int32Array(capacity).fill(-1);
  const slotKeys = new Float64Array(capacity);
  for (let i = 0; i < length; i++) {
    const key = keys[i]!;
    let slot = hash(key) & (capacity - 1);
    while (slots[slot] !== -1 && slotKeys[slot] !== key) slot = (slot + 1) & (capacity - 1);
    if (slots[slot] === -1) {
      slots[slot] = count++;
      slotKeys[slot] = key;
    }
    cellOf[i] = slots[slot]!;
  }
  return { cellOf, count };
}

function hash(key: number): number {
  let mixed = Math.imul((key % 4294967296) ^ (key / 4294967296), 0x9e3779b1);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

const WAIT_CODES = (LONGEST_WAIT_WEEKS + 1) * EXITS.length;

/** Puts the waits of each new cell one after the other, where old cells come in the order of the new ones. */
function copyWaits(
  { waitStarts, waitWeeks, waitExits, waitCounts }: Cube,
  cellOf: Uint32Array,
  count: number,
  cells?: Uint32Array,
): Waits {
  const starts = new Uint32Array(count + 1);
  if (!cells) {
    for (let i = 0; i < cellOf.length; i++) starts[cellOf[i]! + 1] = waitStarts[i + 1]!;
    for (let cell = 0; cell < count; cell++)
      if (starts[cell + 1] === 0) starts[cell + 1] = starts[cell]!;
    return { waitStarts: starts, waitWeeks, waitExits, waitCounts };
  }
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!;
    const to = cellOf[i]! + 1;
    starts[to] = starts[to]! + waitStarts[cell + 1]! - waitStarts[cell]!;
  }
  for (let cell = 0; cell < count; cell++) starts[cell + 1]! += starts[cell]!;
  const total = starts[count]!;
  const weeks = new Uint16Array(total);
  const exits = new Uint8Array(total);
  const counts = new Uint32Array(total);
  let to = 0;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!;
    const end = waitStarts[cell + 1]!;
    for (let entry = waitStarts[cell]!; entry < end; entry++) {
      weeks[to] = waitWeeks[entry]!;
      exits[to] = waitExits[entry]!;
      counts[to++] = waitCounts[entry]!;
    }
  }
  return { waitStarts: starts, waitWeeks: weeks, waitExits: exits, waitCounts: counts };
}

/** Gathers the waits of each new cell and counts equal ones together. */
function collapseWaits(cube: Cube, cellOf: Uint32Array, count: number, cells?: Uint32Array): Waits {
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

/** Indices of the characteristics that {@link peopleCube} keeps. */
export function peopleCharacteristics(cube: Pick<Cube, "characteristics" | "units">): number[] {
  return [...cube.characteristics.keys()].filter((index) => {
    const { about, groups, name } = cube.characteristics[index]!;
    return name === cube.units || ((about === "person" || about === "place") && groups.length > 2);
  });
}
