import { checkCount, checkLengths } from "../foundation/index.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import type { CensoringInWeek } from "./censoring-in-week.ts";

/**
 * Counts of people by the whole weeks between the clock's start and the way they left the list. Index w holds waits
 * of w weeks and some days: `[w, w + 1)` weeks. Everyone is counted once; the sum of all arrays is the number of
 * people.
 *
 * The convention: an exit in week w happens at the end of it, at time w + 1. Someone still waiting in week w is at risk
 * throughout it, unless {@link censoring} says otherwise; that gives what the individual methods give for waits rounded up to
 * whole weeks.
 */
export interface WeeklyExits {
  /** First contact. */
  readonly seen: ArrayLike<number>;
  /** Left the list otherwise: removed, moved, died, declined. Competes with being seen. */
  readonly removed?: ArrayLike<number>;
  /** Further kinds of leaving that compete with being seen. */
  readonly competing?: readonly ArrayLike<number>[];
  /** Still waiting when the data were taken: censored. */
  readonly stillWaiting?: ArrayLike<number>;
  /**
   * People who come under observation only after w weeks (left truncation), at risk from week w on. Absent when all
   * are watched from the clock's start. Where given it counts everyone, those watched from the start at index 0.
   */
  readonly entering?: ArrayLike<number>;
  /** True when the last index holds that many weeks *or more*. */
  readonly openEnded?: boolean;
  /**
   * When in their last week those still waiting stop being watched. Default `endOfWeek`, right for waits that are exact;
   * `throughoutWeek` for days grouped into weeks, where the day on which the data were taken cuts the last week short.
   */
  readonly censoring?: CensoringInWeek;
}

/** The counts checked, as typed arrays, competing kinds added together. */
export interface CheckedWeeklyExits {
  readonly weeks: number;
  readonly people: number;
  readonly seen: Float64Array;
  readonly left: Float64Array;
  readonly stillWaiting: Float64Array;
  readonly entering: Float64Array | null;
  readonly censoring: CensoringInWeek;
  /** The longest horizon that the counts can speak of. */
  readonly longest: number;
}

export function checkWeeklyExits(exits: WeeklyExits): CheckedWeeklyExits {
  const named: Record<string, ArrayLike<number>> = { seen: exits.seen };
  if (exits.removed) named.removed = exits.removed;
  if (exits.stillWaiting) named.stillWaiting = exits.stillWaiting;
  exits.competing?.forEach((counts, kind) => {
    named[`competing[${kind}]`] = counts;
  });
  if (exits.entering) named.entering = exits.entering;
  const weeks = checkLengths(named);
  for (const [name, counts] of Object.entries(named))
    for (let w = 0; w < weeks; w++) checkCount(`${name}[${w}]`, counts[w] as number);
  const censoring = exits.censoring ?? "endOfWeek";
  if (censoring !== "endOfWeek" && censoring !== "throughoutWeek")
    throw new StatisticsError(
      "invalidOption",
      `invalid censoring; not endOfWeek or throughoutWeek: ${censoring}`,
    );
  const seen = Float64Array.from(exits.seen);
  const left = new Float64Array(weeks);
  for (const counts of [exits.removed, ...(exits.competing ?? [])])
    if (counts) for (let w = 0; w < weeks; w++) left[w]! += counts[w] as number;
  const stillWaiting = Float64Array.from(exits.stillWaiting ?? new Float64Array(weeks));
  let people = 0;
  for (let w = 0; w < weeks; w++) people += seen[w]! + left[w]! + stillWaiting[w]!;
  const entering = exits.entering ? Float64Array.from(exits.entering) : null;
  if (entering) {
    const entered = entering.reduce((sum, n) => sum + n, 0);
    if (Math.abs(entered - people) > 1e-9 * Math.max(1, people))
      throw new StatisticsError(
        "invalidCount",
        `invalid entering; ${entered} people enter where ${people} leave or still wait`,
      );
  }
  return {
    weeks,
    people,
    seen,
    left,
    stillWaiting,
    entering,
    censoring,
    longest: exits.openEnded ? weeks - 1 : Number.POSITIVE_INFINITY,
  };
}

export function checkHorizon(weeks: number): void {
  if (!(Number.isInteger(weeks) && weeks >= 1))
    throw new StatisticsError(
      "invalidOption",
      `invalid weeks; not a whole number of at least 1: ${weeks}`,
    );
}
