import { EXITS, FATE_COUNT } from "@taproot/model";
import type { Cube } from "./cube.ts";
import { NO_STANDING, type Standings } from "./standings.ts";

/** Referrals by fate in each cell: cells × FATE_COUNT. */
export function fatesOfStandings(standings: Standings, cells: number): Float64Array {
  const { fates, starts, cells: cellOf, referrals } = standings;
  const counts = new Float64Array(cells * FATE_COUNT);
  for (let standing = 0; standing < fates.length; standing++) {
    const fate = fates[standing]!;
    if (fate === NO_STANDING) continue;
    for (let entry = starts[standing]!; entry < starts[standing + 1]!; entry++) {
      const at = cellOf[entry]! * FATE_COUNT + fate;
      counts[at] = counts[at]! + referrals[entry]!;
    }
  }
  return counts;
}

/** The waits of each cell, by week and exit; people of different fates who waited alike are counted together. */
export function waitsOfStandings(
  standings: Standings,
  cells: number,
): Pick<Cube, "waitStarts" | "waitWeeks" | "waitExits" | "waitCounts"> {
  const { weeks, exits, starts, cells: cellOf, referrals } = standings;
  const code = (standing: number) => weeks[standing]! * EXITS.length + exits[standing]!;
  const order = [...exits.keys()]
    .filter((standing) => exits[standing] !== NO_STANDING)
    .sort((a, b) => code(a) - code(b));
  // The wait that a cell was last met with: equal waits follow each other.
  const last = new Int32Array(cells).fill(NO_STANDING);
  const waitStarts = new Uint32Array(cells + 1);
  for (const standing of order)
    for (let entry = starts[standing]!; entry < starts[standing + 1]!; entry++) {
      const cell = cellOf[entry]!;
      if (last[cell] === code(standing)) continue;
      last[cell] = code(standing);
      waitStarts[cell + 1]!++;
    }
  for (let cell = 0; cell < cells; cell++) waitStarts[cell + 1]! += waitStarts[cell]!;
  const waits = waitStarts[cells]!;
  const waitWeeks = new Uint16Array(waits);
  const waitExits = new Uint8Array(waits);
  const waitCounts = new Uint32Array(waits);
  const next = waitStarts.slice();
  last.fill(NO_STANDING);
  for (const standing of order)
    for (let entry = starts[standing]!; entry < starts[standing + 1]!; entry++) {
      const cell = cellOf[entry]!;
      if (last[cell] !== code(standing)) {
        last[cell] = code(standing);
        waitWeeks[next[cell]!] = weeks[standing]!;
        waitExits[next[cell]!] = exits[standing]!;
        next[cell]!++;
      }
      waitCounts[next[cell]! - 1]! += referrals[entry]!;
    }
  return { waitStarts, waitWeeks, waitExits, waitCounts };
}
