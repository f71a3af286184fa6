import { type Cube, standingsOf } from "@taproot/engine";
import { type Reading, RoomForCells } from "./room-for-cells.ts";
import type { SettledCounts } from "./settled-step.ts";
import { AT_A_TIME, type Settling, SumsOfCells } from "./sums-of-cells.ts";

export type { Settling };

/** How many reached out of how many settled, in each of the cells in which anybody is settled. */
export interface SettledCells extends SettledCounts {
  /** Which cells, ascending. */
  readonly cells: Uint32Array;
  /** They are there until others are read into the same room; always when absent. */
  readonly reading?: Reading;
}

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
