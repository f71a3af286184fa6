import { type Cube, NO_STANDING, type Standings, standingsOf } from "@taproot/engine";
import { type GrowingCells, type Reading, RoomForCells } from "./room-for-cells.ts";
import type { SettledCounts, StepColumns } from "./settled-step.ts";
import { type WaitWeights, weightOfStanding } from "./wait-weights.ts";

/** How many reached out of how many settled, in each of the cells in which anybody is settled. */
export interface SettledCells extends SettledCounts {
  /** Which cells, ascending. */
  readonly cells: Uint32Array;
  /** They are there until others are read into the same room; always when absent. */
  readonly reading?: Reading;
}

/** What is settled: a step that is reached or not, or being seen in time, by weight. */
export type Settling = StepColumns | WaitWeights;

/** So many cells are added up at a time: their sums stay in the processor's cache. */
const AT_A_TIME = 2 ** 14;

const usualRoom = new RoomForCells();

/**
 * The settled cells of several steps and waits, from one look at the standings. They are there until the next are read into
 * their room.
 */
export function settledCells(
  cube: Cube,
  settlings: readonly Settling[],
  room = usualRoom,
): readonly SettledCells[] {
  const reading = room.empty();
  const standings = standingsOf(cube);
  const sums = new SumsOfCells(standings, settlings);
  const made = settlings.map((_, at) => room.take(at, cube.cells));
  for (let low = 0; low < cube.cells; low += AT_A_TIME) {
    const limit = Math.min(cube.cells, low + AT_A_TIME);
    if (sums.add(low, limit)) sums.settle(low, limit, made);
  }
  return made.map(({ length, cells, reached, settled }) => ({
    cells: cells.subarray(0, length),
    reached: reached.subarray(0, length),
    settled: settled.subarray(0, length),
    reading,
  }));
}

/** Referrals of a few cells, in a column for each fate and for whether their wait counts. */
class SumsOfCells {
  readonly #standings: Standings;
  readonly #next: Uint32Array;
  readonly #columns: Float64Array[] = [];
  /** Of each standing the column that it is added to; none where it counts nowhere. */
  readonly #column: (Float64Array | undefined)[];
  /** Of each standing for how many people one counts who was seen in time. */
  readonly #weight: Float64Array;
  readonly #seenInTime = new Float64Array(AT_A_TIME);
  readonly #reached = new Float64Array(AT_A_TIME);
  readonly #settled = new Float64Array(AT_A_TIME);
  readonly #settlings: readonly SummedSettling[];

  constructor(standings: Standings, settlings: readonly Settling[]) {
    this.#standings = standings;
    this.#next = standings.starts.slice(0, -1);
    const weights = settlings.find((one): one is WaitWeights => "byWeek" in one);
    const known = new Map<string, { fate: number; waits: boolean; sums: Float64Array }>();
    const weightOf = Array.from(standings.fates, (_, standing) =>
      weights ? weightOfStanding(standings, standing, weights) : undefined,
    );
    this.#weight = Float64Array.from(weightOf, (weight) => weight ?? 0);
    this.#column = Array.from(standings.fates, (fate, standing) => {
      const waits = weightOf[standing] !== undefined;
      if (fate === NO_STANDING && !waits) return undefined;
      const key = `${fate} ${waits}`;
      const column = known.get(key) ?? { fate, waits, sums: new Float64Array(AT_A_TIME) };
      known.set(key, column);
      return column.sums;
    });
    const columns = [...known.values()];
    this.#columns = columns.map(({ sums }) => sums);
    const where = (which: (column: (typeof columns)[number]) => boolean) =>
      columns.filter(which).map(({ sums }) => sums);
    // The fewest columns first: most are among those of the next. Waits last: theirs are mostly those of everyone accepted.
    this.#settlings = settlings
      .map((one, at) =>
        "byWeek" in one
          ? { at, reached: [], others: where(({ waits }) => waits), weighted: true }
          : {
              at,
              reached: where(({ fate }) => one.reached.includes(fate)),
              others: where(({ fate }) => one.lost.includes(fate)),
              weighted: false,
            },
      )
      .sort(
        (a, b) => Number(a.weighted) - Number(b.weighted) || a.reached.length - b.reached.length,
      );
  }

  /** Adds the cells from `low` up to `limit` up; false where they have no referrals. */
  add(low: number, limit: number): boolean {
    const { starts, cells } = this.#standings;
    const next = this.#next;
    let any = false;
    for (let standing = 0; standing < next.length; standing++) {
      const into = this.#column[standing];
      const from = next[standing]!;
      const end = starts[standing + 1]!;
      if (!into || from === end || cells[from]! >= limit) continue;
      any = true;
      const to = this.#addBelow(limit, low, from, end, into);
      next[standing] = to;
      const weight = this.#weight[standing]!;
      if (weight > 0) this.#addWeighted(low, from, to, weight);
    }
    return any;
  }

  #addBelow(limit: number, low: number, from: number, end: number, into: Float64Array): number {
    const { cells, referrals } = this.#standings;
    let entry = from;
    for (; entry < end; entry++) {
      const cell = cells[entry]!;
      if (cell >= limit) break;
      const at = cell - low;
      into[at] = into[at]! + referrals[entry]!;
    }
    return entry;
  }

  #addWeighted(low: number, from: number, to: number, weight: number): void {
    const { cells, referrals } = this.#standings;
    const into = this.#seenInTime;
    for (let entry = from; entry < to; entry++) {
      const at = cells[entry]! - low;
      into[at] = into[at]! + weight * referrals[entry]!;
    }
  }

  /** Writes those of the cells in which anybody is settled, and empties the sums. */
  settle(low: number, limit: number, into: readonly GrowingCells[]): void {
    const reached = this.#reached.subarray(0, limit - low);
    const settled = this.#settled.subarray(0, limit - low);
    let summed: readonly Float64Array[] = [];
    reached.fill(0);
    for (const { at, reached: of, others, weighted } of this.#settlings) {
      if (weighted) {
        addFrom(summed, reached, others, settled);
        write(low, this.#seenInTime, settled, into[at]!);
        continue;
      }
      addFrom(summed, reached, of, reached);
      summed = of;
      settled.set(reached);
      for (const column of others) addUp(column, settled);
      write(low, reached, settled, into[at]!);
    }
    for (const column of this.#columns) column.fill(0);
    this.#seenInTime.fill(0);
  }
}

/** The columns of those who reached something, and of the others who are settled: of all, where it is waits by weight. */
interface SummedSettling {
  readonly at: number;
  readonly reached: readonly Float64Array[];
  readonly others: readonly Float64Array[];
  readonly weighted: boolean;
}

/** Sums of some columns, from those of a few of them where they are at hand. */
function addFrom(
  summed: readonly Float64Array[],
  sums: Float64Array,
  columns: readonly Float64Array[],
  into: Float64Array,
): void {
  const some = summed.every((column) => columns.includes(column)) ? summed : [];
  if (some.length === 0) into.fill(0);
  else if (into !== sums) into.set(sums);
  for (const column of columns) if (!some.includes(column)) addUp(column, into);
}

function write(
  low: number,
  reached: Float64Array,
  settled: Float64Array,
  into: GrowingCells,
): void {
  let length = into.length;
  for (let at = 0; at < settled.length; at++) {
    if (settled[at] === 0) continue;
    into.cells[length] = low + at;
    into.reached[length] = reached[at]!;
    into.settled[length++] = settled[at]!;
  }
  into.length = length;
}

function addUp(column: Float64Array, into: Float64Array): void {
  for (let at = 0; at < into.length; at++) into[at] = into[at]! + column[at]!;
}
