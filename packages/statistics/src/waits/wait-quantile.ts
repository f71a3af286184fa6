import { absent, isAbsent, type Result, StatisticsError } from "../foundation/index.ts";
import { type CumulativeIncidenceOptions, cumulativeIncidence } from "./cumulative-incidence.ts";
import type { Waits } from "./waits.ts";

/** A time by which a share has left, in the unit of the waits. */
export interface WaitQuantile {
  readonly share: number;
  readonly value: number;
  readonly lower: number;
  /** The upper limit; where {@link upperIsOpen}, the longest time watched, and the limit is somewhere beyond it. */
  readonly upper: number;
  readonly upperIsOpen: boolean;
}

/**
 * By when has a given share been seen? The quantile of the {@link cumulativeIncidence} of one kind of leaving (with a
 * single kind, of Kaplan–Meier), with the Brookmeyer–Crowley interval: the times at which the curve's limits cross the
 * share. Where the curve runs level at exactly the share, the middle of that stretch. Absent `notReached` where the
 * curve stays below.
 *
 * Brookmeyer and Crowley (1982) Biometrics 38:29.
 *
 * @example
 * ```ts
 * const waits = { time: [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161], kind: [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0] };
 * waitQuantile(waits, 0.5, { interval: "log" }); // => { value: 31, lower: 18, upperIsOpen: true }
 * ```
 */
export function waitQuantile(
  waits: Waits,
  share: number,
  options: CumulativeIncidenceOptions = {},
): Result<WaitQuantile> {
  if (!(share > 0 && share < 1))
    throw new StatisticsError("invalidOption", `invalid share; not in (0, 1): ${share}`);
  const curve = cumulativeIncidence(waits, options);
  if (isAbsent(curve)) return curve;
  const value = crossing(curve.time, curve.share, share);
  const last = curve.time[curve.time.length - 1]!;
  if (value === undefined)
    return absent(
      "notReached",
      `Fewer than ${share * 100} % had left by ${last}, the longest wait that was watched.`,
    );
  const upper = crossing(curve.time, curve.lower, share);
  return {
    share,
    value,
    lower: crossing(curve.time, curve.upper, share) ?? last,
    upper: upper ?? last,
    upperIsOpen: upper === undefined,
  };
}

/** The first time at which a curve reaches a share; the middle of the stretch where it runs level at exactly the share. */
export function crossing(
  time: Float64Array,
  shares: Float64Array,
  share: number,
): number | undefined {
  const slack = 1e-9;
  const first = shares.findIndex((value) => value >= share - slack);
  if (first < 0) return undefined;
  if (Math.abs(shares[first]! - share) > slack) return time[first]!;
  const next = shares.findIndex((value) => value > share + slack);
  return next < 0 ? time[first]! : (time[first]! + time[next]!) / 2;
}
