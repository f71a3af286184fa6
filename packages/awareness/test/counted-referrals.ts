import { type Cube, NO_STANDING, type Standings } from "@taproot/engine";
import { EXITS, FATE_COUNT } from "@taproot/model";
import { EXITS_BY_FATE } from "../src/estimates/strata-table.ts";
import type { CodedReferrals } from "../src/index.ts";
import { cubeOfReferrals } from "./estimates/any-referrals.ts";

/** Referrals as a cube with a cell for each crossing that occurs, and for that of nothing recorded even if nobody is in it. */
export function countedReferrals(referrals: CodedReferrals): Cube {
  const each = cubeOfReferrals(referrals);
  const crossingOf = (one: number) => referrals.groups.map((column) => column[one]!).join();
  const occurring = new Set(Array.from(referrals.fates, (_, one) => crossingOf(one)));
  const crossings = [...occurring.add(referrals.groups.map(() => 0).join())];
  const cellOf = Array.from(referrals.fates, (_, one) => crossings.indexOf(crossingOf(one)));
  const cells = crossings.length;
  const fates = new Float64Array(cells * FATE_COUNT);
  const waits = crossings.map(() => new Map<string, number>());
  for (const [one, fate] of referrals.fates.entries()) {
    const at = cellOf[one]! * FATE_COUNT + fate;
    fates[at] = fates[at]! + 1;
    if (!referrals.weeks) continue;
    const wait = `${referrals.weeks[one]} ${exitOf(fate)}`;
    waits[cellOf[one]!]!.set(wait, (waits[cellOf[one]!]!.get(wait) ?? 0) + 1);
  }
  const entries = waits.flatMap((ofCell) => [...ofCell]);
  let ends = 0;
  return {
    ...each,
    cells,
    groups: referrals.groups.map((_, index) =>
      Uint16Array.from(crossings, (crossing) => Number(crossing.split(",")[index])),
    ),
    fates,
    waitStarts: Uint32Array.from([0, ...waits.map(({ size }) => (ends += size))]),
    waitWeeks: Uint16Array.from(entries, ([wait]) => Number(wait.split(" ")[0])),
    waitExits: Uint8Array.from(entries, ([wait]) => Number(wait.split(" ")[1])),
    waitCounts: Uint32Array.from(entries, ([, people]) => people),
    outcomeCounts: new Float64Array(cells),
    outcomeSums: new Float64Array(cells),
    outcomeSquares: new Float64Array(cells),
  };
}

const exitOf = (fate: number) => EXITS.indexOf(EXITS_BY_FATE[fate]!);

/**
 * The same counts as standings that tell of a fate and a wait at once, as parts of coded referrals have them. Reading its
 * fates or waits, which such parts only work out at need, is an error.
 */
export function jointCube(referrals: CodedReferrals, counted: Cube): Cube {
  const cellOf = new Map(
    Array.from({ length: counted.cells }, (_, cell) => [
      counted.groups.map((codes) => codes[cell]!).join(),
      cell,
    ]),
  );
  const byStanding = new Map<string, Map<number, number>>();
  for (const [one, fate] of referrals.fates.entries()) {
    const week = referrals.weeks?.[one];
    const key = week === undefined ? `${fate}` : `${fate} ${week}`;
    const entries = byStanding.get(key) ?? new Map<number, number>();
    byStanding.set(key, entries);
    const cell = cellOf.get(referrals.groups.map((column) => column[one]!).join())!;
    entries.set(cell, (entries.get(cell) ?? 0) + 1);
  }
  const keys = [...byStanding.keys()].map((key) => key.split(" ").map(Number));
  const entries = [...byStanding.values()].map((ofStanding) =>
    [...ofStanding].sort(([a], [b]) => a - b),
  );
  let ends = 0;
  const standings: Standings = {
    fates: Int8Array.from(keys, ([fate]) => fate!),
    weeks: Int16Array.from(keys, ([, week]) => week ?? NO_STANDING),
    exits: Int8Array.from(keys, ([fate, week]) =>
      week === undefined ? NO_STANDING : exitOf(fate!),
    ),
    starts: Uint32Array.from([0, ...entries.map(({ length }) => (ends += length))]),
    cells: Uint32Array.from(entries.flat(), ([cell]) => cell),
    referrals: Float64Array.from(entries.flat(), ([, people]) => people),
  };
  const joint: Cube = { ...counted, standings };
  for (const name of ["fates", "waitStarts", "waitWeeks", "waitExits", "waitCounts"])
    Object.defineProperty(joint, name, {
      enumerable: false,
      get() {
        throw new Error(`${name} was read`);
      },
    });
  return joint;
}
