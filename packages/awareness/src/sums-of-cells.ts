import { NO_STANDING, type Standings } from "@taproot/engine";
import { FATE_COUNT } from "@taproot/model";
import type { GrowingCells } from "./room-for-cells.ts";
import type { StepColumns } from "./settled-step.ts";
import { type WaitWeights, weightOfStanding } from "./wait-weights.ts";

// Arrays of the module, as those of cells at hand: loops over them need not ask where they lie.

/** So many cells are added up at a time: their sums stay in the processor's cache. */
export const AT_A_TIME = 2 ** 12;
/** Each fate and none, of those whose wait counts and of the others. */
const MOST_COLUMNS = 2 * (FATE_COUNT + 1);
const NOWHERE = -1;

const sums = new Float64Array((MOST_COLUMNS + 1) * AT_A_TIME);
/** A column to which nobody is added. */
const EMPTY = MOST_COLUMNS * AT_A_TIME;
const seenInTime = new Float64Array(AT_A_TIME);
const reached = new Float64Array(AT_A_TIME);
const settled = new Float64Array(AT_A_TIME);
const cellsFound = new Uint32Array(AT_A_TIME);
const reachedFound = new Float64Array(AT_A_TIME);
const settledFound = new Float64Array(AT_A_TIME);

/** What is settled: a step that is reached or not, or being seen in time, by weight. */
export type Settling = StepColumns | WaitWeights;

/** Referrals of a few cells, in a column for each fate and for whether their wait counts. */
export class SumsOfCells {
  readonly #standings: Standings;
  readonly #next: Uint32Array;
  /** Of each standing where the column starts that it is added to; {@link NOWHERE} where it counts nowhere. */
  readonly #column: Int32Array;
  /** Of each standing for how many people one counts who was seen in time. */
  readonly #weight: Float64Array;
  readonly #columns: number;
  readonly #settlings: readonly SummedSettling[];

  constructor(standings: Standings, settlings: readonly Settling[]) {
    this.#standings = standings;
    this.#next = standings.starts.slice(0, -1);
    const weights = settlings.find((one): one is WaitWeights => "byWeek" in one);
    const weightOf = Array.from(standings.fates, (_, standing) =>
      weights ? weightOfStanding(standings, standing, weights) : undefined,
    );
    this.#weight = Float64Array.from(weightOf, (weight) => weight ?? 0);
    const columns = new Map<string, Column>();
    this.#column = Int32Array.from(standings.fates, (fate, standing) => {
      const waits = weightOf[standing] !== undefined;
      if (fate === NO_STANDING && !waits) return NOWHERE;
      const key = `${fate} ${waits}`;
      const column = columns.get(key) ?? { fate, waits, start: columns.size * AT_A_TIME };
      columns.set(key, column);
      return column.start;
    });
    this.#columns = columns.size;
    this.#settlings = summedSettlings(settlings, [...columns.values()]);
  }

  /** Adds the cells from `low` up to `limit` up; false where they have no referrals. */
  add(low: number, limit: number): boolean {
    const { starts, cells } = this.#standings;
    const next = this.#next;
    let any = false;
    for (let standing = 0; standing < next.length; standing++) {
      const column = this.#column[standing]!;
      const from = next[standing]!;
      const end = starts[standing + 1]!;
      if (column === NOWHERE || from === end || cells[from]! >= limit) continue;
      any = true;
      const weight = this.#weight[standing]!;
      const to = addBelow(this.#standings, limit, from, end, column - low);
      next[standing] = to;
      if (weight > 0) addWeighted(this.#standings, low, from, to, weight);
    }
    return any;
  }

  /** Writes those of the cells in which anybody is settled, and empties the sums. */
  settle(low: number, limit: number, into: readonly GrowingCells[]): void {
    const length = limit - low;
    // Which columns those who reached something are the sum of.
    let summed: readonly number[] = [];
    reached.fill(0, 0, length);
    for (const { at, reached: of, others, weighted } of this.#settlings) {
      const all = weighted ? others : of;
      if (!summed.every((column) => all.includes(column))) {
        reached.fill(0, 0, length);
        summed = [];
      }
      if (weighted) {
        settled.set(reached);
        addColumns(
          settled,
          others.filter((column) => !summed.includes(column)),
          length,
        );
        reached.set(seenInTime);
        summed = [];
      } else {
        addColumns(
          reached,
          of.filter((column) => !summed.includes(column)),
          length,
        );
        settled.set(reached);
        addColumns(settled, others, length);
        summed = of;
      }
      write(low, length, into[at]!);
      if (weighted) reached.fill(0, 0, length);
    }
    sums.fill(0, 0, this.#columns * AT_A_TIME);
    seenInTime.fill(0);
  }
}

interface Column {
  readonly fate: number;
  readonly waits: boolean;
  readonly start: number;
}

/** The columns of those who reached something, and of the others who are settled: of all, where it is waits by weight. */
interface SummedSettling {
  readonly at: number;
  readonly reached: readonly number[];
  readonly others: readonly number[];
  readonly weighted: boolean;
}

/** The fewest columns first: most are among those of the next. Waits last. */
function summedSettlings(
  settlings: readonly Settling[],
  columns: readonly Column[],
): readonly SummedSettling[] {
  const where = (which: (column: Column) => boolean) =>
    columns.filter(which).map(({ start }) => start);
  return settlings
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
    .sort((a, b) => Number(a.weighted) - Number(b.weighted) || a.reached.length - b.reached.length);
}

/** Adds a standing's entries of cells under a limit up, and gives the first that is over it. */
function addBelow(
  { cells, referrals }: Standings,
  limit: number,
  from: number,
  end: number,
  first: number,
): number {
  let entry = from;
  for (; entry + 3 < end && cells[entry + 3]! < limit; entry += 4) {
    const a = first + cells[entry]!;
    const b = first + cells[entry + 1]!;
    const c = first + cells[entry + 2]!;
    const d = first + cells[entry + 3]!;
    sums[a] = sums[a]! + referrals[entry]!;
    sums[b] = sums[b]! + referrals[entry + 1]!;
    sums[c] = sums[c]! + referrals[entry + 2]!;
    sums[d] = sums[d]! + referrals[entry + 3]!;
  }
  for (; entry < end && cells[entry]! < limit; entry++) {
    const at = first + cells[entry]!;
    sums[at] = sums[at]! + referrals[entry]!;
  }
  return entry;
}

function addWeighted(
  { cells, referrals }: Standings,
  low: number,
  from: number,
  to: number,
  weight: number,
): void {
  let entry = from;
  for (; entry + 1 < to; entry += 2) {
    const a = cells[entry]! - low;
    const b = cells[entry + 1]! - low;
    seenInTime[a] = seenInTime[a]! + weight * referrals[entry]!;
    seenInTime[b] = seenInTime[b]! + weight * referrals[entry + 1]!;
  }
  if (entry === to) return;
  const at = cells[entry]! - low;
  seenInTime[at] = seenInTime[at]! + weight * referrals[entry]!;
}

/** Adds columns to those who reached something or to those who are settled, a few columns at a time. */
function addColumns(into: Float64Array, columns: readonly number[], length: number): void {
  const add = into === reached ? addToReached : addToSettled;
  let done = 0;
  for (; done + 2 < columns.length; done += 3)
    add(columns[done]!, columns[done + 1]!, columns[done + 2]!, length);
  if (done === columns.length) return;
  add(columns[done]!, columns[done + 1] ?? EMPTY, EMPTY, length);
}

function addToReached(a: number, b: number, c: number, length: number): void {
  for (let i = 0; i < length; i++)
    reached[i] = reached[i]! + sums[a + i]! + sums[b + i]! + sums[c + i]!;
}

function addToSettled(a: number, b: number, c: number, length: number): void {
  for (let i = 0; i < length; i++)
    settled[i] = settled[i]! + sums[a + i]! + sums[b + i]! + sums[c + i]!;
}

/** Appends the cells in which anybody is settled. */
function write(low: number, length: number, into: GrowingCells): void {
  let found = 0;
  for (let i = 0; i < length; i++) {
    const people = settled[i]!;
    cellsFound[found] = low + i;
    reachedFound[found] = reached[i]!;
    settledFound[found] = people;
    // One further where there is anybody, without a branch that could not be foreseen.
    found += people === 0 ? 0 : 1;
  }
  into.cells.set(cellsFound.subarray(0, found), into.length);
  into.reached.set(reachedFound.subarray(0, found), into.length);
  into.settled.set(settledFound.subarray(0, found), into.length);
  into.length += found;
}
