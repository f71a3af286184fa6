import type { OutstandingCombination } from "@taproot/statistics";
import type { CrossedStrata } from "./crossed-strata.ts";

/** Whole counts, as the models take them: for the wait each stratum counts for as many people as its share is worth. */
export function countsOf({ cube, strata, ranks }: CrossedStrata) {
  const denominators = strata.map(({ worth }) => Math.max(1, Math.round(worth)));
  return {
    events: strata.map(({ share }, k) => Math.round(share * denominators[k]!)),
    denominators,
    characteristics: Object.fromEntries(
      cube.characteristics.map(({ name }, i) => [
        name,
        strata.map(({ codes }) => ranks[i]![codes[i]!]!),
      ]),
    ),
  };
}

/** Counts of strata with their groups, each named by its rank. */
export type Counts = ReturnType<typeof countsOf>;

/** The counts with each named combination as a part of its own, so that its groups are not named once more. */
export function beyond(counts: Counts, combinations: readonly OutstandingCombination[]): Counts {
  const inside = combinations.map(({ strataRows }, i) => {
    const rows = new Set(strataRows);
    return [`combination ${i + 1}`, counts.events.map((_, k) => Number(rows.has(k)))] as const;
  });
  return {
    ...counts,
    characteristics: { ...counts.characteristics, ...Object.fromEntries(inside) },
  };
}

/** The total of some numbers. */
export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
