import { EXITS, FATE_COUNT } from "@taproot/model";
import type { Cube } from "./cube.ts";
import { NO_STANDING, type Standings } from "./standings.ts";

const known = new WeakMap<Cube, Standings>();

/** The standings of a cube: its own where it was counted by them, else turned round once and kept as long as the cube is. */
export function standingsOf(cube: Cube): Standings {
  if (cube.standings) return cube.standings;
  const standings = known.get(cube) ?? turnedRound(cube);
  known.set(cube, standings);
  return standings;
}

/** Fates and waits of a cell are counted apart, so each standing tells of one of them. */
function turnedRound(cube: Cube): Standings {
  const { fates, waitStarts, waitWeeks, waitExits, waitCounts } = cube;
  const weeks = waitWeeks.reduce((longest, week) => Math.max(longest, week + 1), 0);
  const codes = FATE_COUNT + weeks * EXITS.length;
  const codeOf = (entry: number) =>
    FATE_COUNT + waitWeeks[entry]! * EXITS.length + waitExits[entry]!;
  const ends = new Uint32Array(codes + 1);
  for (let at = 0; at < fates.length; at++) if (fates[at] !== 0) ends[(at % FATE_COUNT) + 1]!++;
  for (let entry = 0; entry < waitWeeks.length; entry++) ends[codeOf(entry) + 1]!++;
  const occurring = [...Array(codes).keys()].filter((code) => ends[code + 1]! > 0);
  for (let code = 0; code < codes; code++) ends[code + 1]! += ends[code]!;
  const starts = Uint32Array.from([...occurring.map((code) => ends[code]!), ends[codes]!]);
  const cells = new Uint32Array(ends[codes]!);
  const referrals = new Float64Array(ends[codes]!);
  const next = ends.slice(0, codes);
  for (let cell = 0; cell < cube.cells; cell++) {
    for (let fate = 0; fate < FATE_COUNT; fate++) {
      const count = fates[cell * FATE_COUNT + fate]!;
      if (count === 0) continue;
      const to = next[fate]!++;
      cells[to] = cell;
      referrals[to] = count;
    }
    for (let entry = waitStarts[cell]!; entry < waitStarts[cell + 1]!; entry++) {
      const to = next[codeOf(entry)]!++;
      cells[to] = cell;
      referrals[to] = waitCounts[entry]!;
    }
  }
  const isFate = (code: number) => code < FATE_COUNT;
  const wait = (code: number) => code - FATE_COUNT;
  return {
    fates: Int8Array.from(occurring, (code) => (isFate(code) ? code : NO_STANDING)),
    weeks: Int16Array.from(occurring, (code) =>
      isFate(code) ? NO_STANDING : Math.floor(wait(code) / EXITS.length),
    ),
    exits: Int8Array.from(occurring, (code) =>
      isFate(code) ? NO_STANDING : wait(code) % EXITS.length,
    ),
    starts,
    cells,
    referrals,
  };
}
