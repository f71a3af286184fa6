import {
  absent,
  type ConfidenceOptions,
  checkFinite,
  type Estimate,
  type Result,
  StatisticsError,
  zOfConfidence,
} from "../foundation/index.ts";
import { type IncidenceInterval, incidenceLimits } from "./incidence-limits.ts";
import { INCIDENCE, meetEvents, startIncidence } from "./incidence-state.ts";
import { type Waits, type WaitTable, waitTable } from "./waits.ts";

export interface CumulativeIncidenceOptions extends ConfidenceOptions {
  /** The kind of leaving that is asked for. Default 1, being seen. */
  readonly kind?: number;
  /** How the pointwise interval is made. Default `logLog`. */
  readonly interval?: IncidenceInterval;
}

/** A step curve; every array has one entry a distinct time. */
export interface IncidenceCurve {
  readonly people: number;
  readonly time: Float64Array;
  readonly atRisk: Float64Array;
  /** People who left by the kind asked for. */
  readonly events: Float64Array;
  /** People who left by any other kind. */
  readonly otherEvents: Float64Array;
  readonly censored: Float64Array;
  /** The share that has left by the kind asked for. */
  readonly share: Float64Array;
  readonly standardError: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** The share still waiting. */
  readonly waiting: Float64Array;
  readonly standardErrorOfWaiting: Float64Array;
}

export interface IncidenceAt extends Estimate {
  readonly time: number;
  readonly standardError: number;
  /** At risk just before the time. */
  readonly atRisk: number;
  readonly people: number;
}

/**
 * What share of people has left the list in one way by each time, when some leave in other ways and some still wait?
 *
 * The Aalen–Johansen cumulative incidence F(t) = Σ S(t-) d / n with its variance by the delta method on the
 * multinomial hazards, which is the infinitesimal jackknife of R's survfit. One minus Kaplan–Meier with the other kinds
 * censored overstates it. With a single kind it is one minus Kaplan–Meier and the variance is Greenwood's. The interval
 * is pointwise: `logLog`, `log`, `plain` or `wilson`. Absent where there is nobody.
 *
 * Aalen and Johansen (1978) Scand J Stat 5:141; Andersen, Borgan, Gill, Keiding (1993) section IV.4.
 *
 * @example
 * ```ts
 * const curve = cumulativeIncidence({ time: [1, 2, 2, 3, 4], kind: [1, 2, 1, 0, 1] });
 * curve.share; // => [0.2, 0.4, 0.4, 0.8]
 * ```
 */
export function cumulativeIncidence(
  waits: Waits,
  options: CumulativeIncidenceOptions = {},
): Result<IncidenceCurve> {
  const kind = options.kind ?? 1;
  if (!(Number.isInteger(kind) && kind >= 1))
    throw new StatisticsError(
      "invalidOption",
      `invalid kind; not a whole number of at least 1: ${kind}`,
    );
  const table = waitTable(waits, kind);
  return incidenceCurve(table, table.counts[kind] as Float64Array, options);
}

/** The curve of some of a table's events, the others competing with them. */
export function incidenceCurve(
  table: WaitTable,
  events: Float64Array,
  options: { readonly confidence?: number; readonly interval?: IncidenceInterval },
): Result<IncidenceCurve> {
  const z = zOfConfidence(options.confidence);
  if (table.people === 0) return absent("zeroDenominator", "There is nobody to follow.");
  const length = table.time.length;
  const column = () => new Float64Array(length);
  const share = column();
  const standardError = column();
  const lower = column();
  const upper = column();
  const waiting = column();
  const standardErrorOfWaiting = column();
  const others = table.left.map((n, k) => n - events[k]!);
  const state = startIncidence();
  const limits = { lower: 0, upper: 1 };
  let followed = table.people;
  for (let k = 0; k < length; k++) {
    const before = state[INCIDENCE.waiting]!;
    if (before > 0) followed = Math.min(followed, table.atRisk[k]! / before);
    if (table.left[k]! > 0) meetEvents(state, table.atRisk[k]!, events[k]!, others[k]!);
    share[k] = state[INCIDENCE.came]! > 1 - 1e-12 ? 1 : state[INCIDENCE.came]!;
    const variance = share[k] === 1 ? 0 : Math.max(0, state[INCIDENCE.varianceOfCame]!);
    standardError[k] = Math.sqrt(variance);
    waiting[k] = state[INCIDENCE.waiting]!;
    standardErrorOfWaiting[k] = Math.sqrt(Math.max(0, state[INCIDENCE.varianceOfWaiting]!));
    incidenceLimits(share[k]!, variance, followed, z, options.interval ?? "logLog", limits);
    // Once everyone has left, Greenwood's formula has no variance: the limit before it stays the best that is known.
    const held = share[k] === 1 && k > 0 && options.interval !== "wilson";
    lower[k] = held ? lower[k - 1]! : limits.lower;
    upper[k] = limits.upper;
  }
  return {
    people: table.people,
    time: table.time,
    atRisk: table.atRisk,
    events,
    otherEvents: others,
    censored: table.counts[0] as Float64Array,
    share,
    standardError,
    lower,
    upper,
    waiting,
    standardErrorOfWaiting,
  };
}

/**
 * Reads a {@link cumulativeIncidence} at one time. Absent `notReached` after the last time that anyone was watched,
 * unless nobody was left waiting by then.
 *
 * @example
 * ```ts
 * const curve = cumulativeIncidence({ time: [1, 2, 2, 3, 4], kind: [1, 2, 1, 0, 1] });
 * incidenceAt(curve, 2.5); // => { value: 0.4, atRisk: 2 }
 * ```
 */
export function incidenceAt(curve: IncidenceCurve, time: number): Result<IncidenceAt> {
  checkFinite("time", time);
  const last = curve.time.length - 1;
  if (time > curve.time[last]! && curve.waiting[last]! > 0)
    return absent(
      "notReached",
      `Nobody was followed to ${time}; the longest wait that was watched is ${curve.time[last]}.`,
    );
  let k = -1;
  while (k < last && curve.time[k + 1]! <= time) k++;
  const exact = k >= 0 && curve.time[k] === time;
  const atRisk = exact ? curve.atRisk[k]! : k < last ? curve.atRisk[k + 1]! : 0;
  if (k < 0)
    return { time, value: 0, lower: 0, upper: 0, standardError: 0, atRisk, people: curve.people };
  return {
    time,
    value: curve.share[k]!,
    lower: curve.lower[k]!,
    upper: curve.upper[k]!,
    standardError: curve.standardError[k]!,
    atRisk,
    people: curve.people,
  };
}
