import type { ConfidenceOptions, Result } from "../foundation/index.ts";
import { absent, isAbsent } from "../foundation/index.ts";
import { incidenceCurve } from "./cumulative-incidence.ts";
import type { IncidenceInterval } from "./incidence-limits.ts";
import { type Waits, waitTable } from "./waits.ts";

export interface KaplanMeierOptions extends ConfidenceOptions {
  /** How the pointwise interval is made. Default `logLog`. */
  readonly interval?: IncidenceInterval;
}

/** A step curve; every array has one entry a distinct time. */
export interface KaplanMeierCurve {
  readonly people: number;
  readonly time: Float64Array;
  readonly atRisk: Float64Array;
  /** People who left, in any way. */
  readonly events: Float64Array;
  readonly censored: Float64Array;
  /** The share still waiting. */
  readonly waiting: Float64Array;
  readonly standardError: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * What share of people is still on the list after each time? Kaplan–Meier, where leaving in any way is the event and
 * people still waiting are censored, with Greenwood's standard error and a pointwise interval.
 *
 * For the chance of being *seen* use {@link cumulativeIncidence}: taking people who were removed as censored overstates
 * it. At a share of 0 Greenwood's formula has no variance; the
 * limit before it is kept. Absent where there is nobody.
 *
 * Kaplan and Meier (1958) JASA 53:457; Greenwood (1926).
 *
 * @example
 * ```ts
 * const curve = kaplanMeier({ time: [1, 2, 2, 3, 4], kind: [1, 1, 1, 0, 1] });
 * curve.waiting; // => [0.8, 0.4, 0.4, 0]
 * ```
 */
export function kaplanMeier(
  waits: Waits,
  options: KaplanMeierOptions = {},
): Result<KaplanMeierCurve> {
  const table = waitTable(waits);
  if (table.people === 0) return absent("zeroDenominator", "There is nobody to follow.");
  const curve = incidenceCurve(table, table.left, options);
  if (isAbsent(curve)) return curve;
  return {
    people: curve.people,
    time: curve.time,
    atRisk: curve.atRisk,
    events: table.left,
    censored: curve.censored,
    waiting: curve.waiting,
    standardError: curve.standardErrorOfWaiting,
    lower: curve.upper.map((share) => 1 - share),
    upper: curve.lower.map((share) => 1 - share),
  };
}
