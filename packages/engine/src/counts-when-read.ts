import type { Cube } from "./cube.ts";
import type { Outcomes } from "./outcomes-of-referrals.ts";

type Waits = Pick<Cube, "waitStarts" | "waitWeeks" | "waitExits" | "waitCounts">;

/** How each part of a cube's counts is worked out. */
export interface Counting {
  readonly fates: () => Float64Array;
  readonly waits: () => Waits;
  readonly outcomes: () => Outcomes;
}

/**
 * A cube whose fates, waits and outcomes are each worked out when they are first read, because most questions read one of
 * them. Spreading such a cube reads them all.
 */
export function countsWhenRead(
  about: Omit<Cube, "fates" | keyof Waits | keyof Outcomes>,
  counting: Counting,
): Cube {
  const fates = once(counting.fates);
  const waits = once(counting.waits);
  const outcomes = once(counting.outcomes);
  return {
    ...about,
    get fates() {
      return fates();
    },
    get waitStarts() {
      return waits().waitStarts;
    },
    get waitWeeks() {
      return waits().waitWeeks;
    },
    get waitExits() {
      return waits().waitExits;
    },
    get waitCounts() {
      return waits().waitCounts;
    },
    get outcomeCounts() {
      return outcomes().outcomeCounts;
    },
    get outcomeSums() {
      return outcomes().outcomeSums;
    },
    get outcomeSquares() {
      return outcomes().outcomeSquares;
    },
  };
}

function once<T>(work: () => T): () => T {
  let known: T | undefined;
  return () => {
    known ??= work();
    return known;
  };
}
