import { type CensoringInWeek, unwatchedPart } from "./censoring-in-week.ts";
import { INCIDENCE, meetEvents, passTime, startIncidence } from "./incidence-state.ts";

/** What {@link weeklyWaitsInto} writes for each horizon, in this order. */
export const WEEKLY_WAITS = {
  /** The chance of having been seen by the horizon. */
  chance: 0,
  varianceOfChance: 1,
  /** The mean wait up to the horizon, in weeks. */
  meanWait: 2,
  varianceOfMeanWait: 3,
  /** People at risk at the start of the last week before the horizon. */
  atRisk: 4,
  /**
   * People that the estimate rests on: at risk in the last week, as if no one seen or removed had left. Those who are
   * watched for half a week count half.
   */
  followed: 5,
  /** The share neither seen nor removed by the horizon. */
  waiting: 6,
  /** Numbers a horizon takes up. */
  width: 7,
} as const;

const state = startIncidence();

/**
 * The inner loop behind the weekly methods: chance of being seen and mean wait with their variances, at several
 * horizons, for one row of flat count tables. Allocates nothing, checks nothing, and takes one pass over the weeks up
 * to the last horizon, so that thousands of groups cost milliseconds.
 *
 * `seen`, `left` and `stillWaiting` hold a row of `weeks` counts from index `start`; `left` is the sum of every kind of
 * leaving that competes with being seen. `horizons` is in ascending order, in whole weeks of at least 1. Writes
 * {@link WEEKLY_WAITS}`.width` numbers a horizon into `out` from index `outStart`. The caller decides which are
 * supported by enough people (`followed`). `censoring` is that of {@link WeeklyExits}: with `throughoutWeek` those still
 * waiting count half among those at risk in their last week (Gehan 1969). Not for checked input: use {@link chanceOfBeingSeenBy} for that.
 *
 * @example
 * ```ts
 * const out = new Float64Array(WEEKLY_WAITS.width);
 * weeklyWaitsInto([5, 3, 2], [0, 1, 0], [0, 0, 9], 0, 3, [2], out, 0);
 * out[WEEKLY_WAITS.chance]; // => 0.4
 * out[WEEKLY_WAITS.atRisk]; // => 15
 * ```
 */
export function weeklyWaitsInto(
  seen: ArrayLike<number>,
  left: ArrayLike<number>,
  stillWaiting: ArrayLike<number>,
  start: number,
  weeks: number,
  horizons: ArrayLike<number>,
  out: Float64Array,
  outStart: number,
  entering: ArrayLike<number> | null = null,
  censoring: CensoringInWeek = "endOfWeek",
): void {
  startIncidence(state);
  const unwatched = unwatchedPart(censoring);
  let atRisk = 0;
  if (entering) atRisk = entering[start] as number;
  else
    for (let i = start; i < start + weeks; i++)
      atRisk += (seen[i] as number) + (left[i] as number) + (stillWaiting[i] as number);
  let followed = atRisk;
  let before = atRisk;
  let next = 0;
  let to = outStart;
  for (let w = 0; next < horizons.length; w++) {
    passTime(state, 1);
    before = atRisk;
    const exposed = w < weeks ? atRisk - unwatched * (stillWaiting[start + w] as number) : atRisk;
    if (exposed > 0 && state[INCIDENCE.waiting]! > 0)
      followed = Math.min(followed, exposed / state[INCIDENCE.waiting]!);
    else if (state[INCIDENCE.waiting]! > 0) followed = 0;
    if (w < weeks) {
      const came = seen[start + w] as number;
      const others = left[start + w] as number;
      if (came + others > 0 && exposed > 0) meetEvents(state, exposed, came, others);
      atRisk -= came + others + (stillWaiting[start + w] as number);
      if (entering && w + 1 < weeks) atRisk += entering[start + w + 1] as number;
    }
    while (next < horizons.length && horizons[next] === w + 1) {
      const all = state[INCIDENCE.came]! > 1 - 1e-12;
      out[to] = all ? 1 : state[INCIDENCE.came]!;
      out[to + 1] = all ? 0 : Math.max(0, state[INCIDENCE.varianceOfCame]!);
      out[to + 2] = w + 1 - state[INCIDENCE.area]!;
      out[to + 3] = Math.max(0, state[INCIDENCE.varianceOfArea]!);
      out[to + 4] = before;
      out[to + 5] = followed;
      out[to + 6] = state[INCIDENCE.waiting]!;
      to += 7;
      next++;
    }
  }
}
