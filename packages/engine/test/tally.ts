import { EXITS, FATE_COUNT, FATES } from "@taproot/model";
import type { Cube } from "../src/index.ts";
import type { SlowFate } from "./slow-count.ts";

/** Counts by the names of groups, in no order: two ways of counting agree when their tallies are equal. */
export type Tally = Readonly<Record<string, number>>;

function counter() {
  const counts: Record<string, number> = {};
  return {
    counts,
    add(key: string, by: number) {
      if (by !== 0) counts[key] = (counts[key] ?? 0) + by;
    },
  };
}

/** Adds up outcomes in thousandths, so that sums of floats may come in any order. */
const rounded = (value: number) => Math.round(value * 1000) / 1000;

/** A cube as a tally over the names of its groups. */
export function tallyOfCube(cube: Cube): Tally {
  const { counts, add } = counter();
  for (let cell = 0; cell < cube.cells; cell++) {
    const who = cube.characteristics
      .map(({ groups }, index) => groups[cube.groups[index]![cell]!]!.name)
      .join(" · ");
    FATES.forEach((fate, index) => {
      add(`${who}: ${fate}`, cube.fates[cell * FATE_COUNT + index]!);
    });
    for (let entry = cube.waitStarts[cell]!; entry < cube.waitStarts[cell + 1]!; entry++)
      add(
        `${who}: ${EXITS[cube.waitExits[entry]!]} in week ${cube.waitWeeks[entry]}`,
        cube.waitCounts[entry]!,
      );
    add(`${who}: measured`, cube.outcomeCounts[cell]!);
    add(`${who}: change`, cube.outcomeSums[cell]!);
    add(`${who}: change squared`, cube.outcomeSquares[cell]!);
    if (cube.population) add(`${who}: population`, cube.population[cell]!);
    cube.waitBands?.bands.forEach((band, index, { length }) => {
      add(`${who}: band ${band.fromWeeks}`, cube.waitBands!.counts[cell * length + index]!);
    });
  }
  return roundedTally(counts);
}

function roundedTally(counts: Tally): Tally {
  return Object.fromEntries(
    Object.entries(counts)
      .map(([key, value]) => [key, rounded(value)] as const)
      .filter(([, value]) => value !== 0),
  );
}

/** The same tally from referrals, one by one. */
export function tallyOfReferrals(
  referrals: readonly { readonly who: string; readonly outcome: SlowFate }[],
  waits: boolean,
): Tally {
  const { counts, add } = counter();
  for (const { who, outcome } of referrals) {
    const { fate, exit, week, change } = outcome;
    add(`${who}: ${fate}`, 1);
    if (waits) add(`${who}: ${exit} in week ${week}`, 1);
    if (change === undefined) continue;
    add(`${who}: measured`, 1);
    add(`${who}: change`, change);
    add(`${who}: change squared`, change * change);
  }
  return roundedTally(counts);
}
