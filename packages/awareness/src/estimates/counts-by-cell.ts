import type { Cube } from "@taproot/engine";
import { EXITS, FATE_COUNT } from "@taproot/model";
import { columnOfExit, type StrataColumns } from "./strata-table.ts";

const NOWHERE = -1;

/** Of each cell that is looked at the columns in which it has people, and how many: read once for all crossings. */
export interface CountsByCell {
  readonly starts: Uint32Array;
  readonly columns: Uint16Array;
  readonly people: Float64Array;
}

const known = new WeakMap<Cube, Map<string, CountsByCell>>();

/** The counts of every cell of a cube, or of some; those of all are kept as long as the cube is. */
export function countsByCell(
  cube: Cube,
  columns: StrataColumns,
  cells?: Uint32Array,
): CountsByCell {
  if (cells) return readCells(cube, columns, cells);
  const ofCube = known.get(cube) ?? new Map<string, CountsByCell>();
  known.set(cube, ofCube);
  const key = `${columns.weeks} ${columns.population}`;
  const counts = ofCube.get(key) ?? readCells(cube, columns);
  ofCube.set(key, counts);
  return counts;
}

function readCells(cube: Cube, columns: StrataColumns, cells?: Uint32Array): CountsByCell {
  const { waitStarts, waitWeeks, waitExits, waitCounts, fates } = cube;
  const length = cells?.length ?? cube.cells;
  const firstOfExit = Int32Array.from(EXITS, (exit) => columnOfExit(columns, exit) ?? NOWHERE);
  const last = columns.weeks - 1;
  const starts = new Uint32Array(length + 1);
  const room = different(fates) + (columns.weeks > 0 ? waitWeeks.length : 0);
  const into = new Uint16Array(room);
  const people = new Float64Array(room);
  // Where the cell that is read has its people of a column, for as long as it is read.
  const placeOf = new Int32Array(columns.width).fill(-1);
  let next = 0;
  for (let i = 0; i < length; i++) {
    const cell = cells ? cells[i]! : i;
    for (let fate = 0; fate < FATE_COUNT; fate++) {
      const count = fates[cell * FATE_COUNT + fate]!;
      if (count === 0) continue;
      into[next] = fate;
      people[next++] = count;
    }
    const firstWait = next;
    const end = columns.weeks > 0 ? waitStarts[cell + 1]! : 0;
    for (let entry = waitStarts[cell]!; entry < end; entry++) {
      const first = firstOfExit[waitExits[entry]!]!;
      if (first === NOWHERE) continue;
      const week = waitWeeks[entry]!;
      const column = first + (week < last ? week : last);
      const place = placeOf[column]!;
      if (place >= firstWait) people[place] = people[place]! + waitCounts[entry]!;
      else {
        placeOf[column] = next;
        into[next] = column;
        people[next++] = waitCounts[entry]!;
      }
    }
    starts[i + 1] = next;
  }
  return { starts, columns: into, people };
}

function different(fates: Float64Array): number {
  let count = 0;
  for (let at = 0; at < fates.length; at++) if (fates[at] !== 0) count++;
  return count;
}
