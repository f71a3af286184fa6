import { EXITS, FATE_COUNT } from "@taproot/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Cube, NO_STANDING, type Standings, standingsOf } from "../src/index.ts";
import { anyCube } from "./any-cube.ts";

type Sums = Readonly<Record<string, number>>;

function sums(entries: Iterable<readonly [string, number]>): Sums {
  const made: Record<string, number> = {};
  for (const [key, count] of entries) if (count !== 0) made[key] = (made[key] ?? 0) + count;
  return made;
}

function* entriesOf(standings: Standings): Generator<readonly [string, number]> {
  for (let standing = 0; standing < standings.fates.length; standing++)
    for (let at = standings.starts[standing]!; at < standings.starts[standing + 1]!; at++) {
      const cell = standings.cells[at]!;
      const fate = standings.fates[standing]!;
      if (fate !== NO_STANDING) yield [`${cell} fate ${fate}`, standings.referrals[at]!];
      const exit = standings.exits[standing]!;
      if (exit !== NO_STANDING)
        yield [`${cell} wait ${standings.weeks[standing]} ${exit}`, standings.referrals[at]!];
    }
}

function* countsOf(cube: Cube): Generator<readonly [string, number]> {
  for (let at = 0; at < cube.fates.length; at++)
    yield [`${Math.floor(at / FATE_COUNT)} fate ${at % FATE_COUNT}`, cube.fates[at]!];
  for (let cell = 0; cell < cube.cells; cell++)
    for (let entry = cube.waitStarts[cell]!; entry < cube.waitStarts[cell + 1]!; entry++)
      yield [
        `${cell} wait ${cube.waitWeeks[entry]} ${cube.waitExits[entry]}`,
        cube.waitCounts[entry]!,
      ];
}

describe("standings", () => {
  test("hold every fate and every wait of every cell", () => {
    fc.assert(
      fc.property(anyCube, (cube) => {
        expect(sums(entriesOf(standingsOf(cube)))).toEqual(sums(countsOf(cube)));
      }),
    );
  });

  test("have their cells in order and no standing twice", () => {
    fc.assert(
      fc.property(anyCube, (cube) => {
        const { fates, weeks, exits, starts, cells } = standingsOf(cube);
        const names = Array.from(fates, (fate, i) => `${fate} ${weeks[i]} ${exits[i]}`);
        expect(new Set(names).size).toBe(names.length);
        for (let standing = 0; standing < fates.length; standing++) {
          expect(exits[standing]).toBeLessThan(EXITS.length);
          const own = Array.from(cells.subarray(starts[standing], starts[standing + 1]));
          expect(own).toEqual([...own].sort((a, b) => a - b));
        }
      }),
    );
  });

  test("are turned round once for a cube", () => {
    const [cube] = fc.sample(anyCube, { numRuns: 1, seed: 1 });
    expect(standingsOf(cube!)).toBe(standingsOf(cube!));
  });
});
