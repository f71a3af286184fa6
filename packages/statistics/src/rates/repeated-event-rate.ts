import { checkCount } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { countLimits } from "./count-limits.ts";

/** A rate of events of which one person may have several. */
export interface RepeatedEventRate extends Estimate {
  readonly numerator: number;
  readonly denominator: number;
  readonly standardError: number;
  readonly per: number;
  /** How many times wider the interval is than if each event were another person's. */
  readonly widening: number;
}

/**
 * How often does something happen that may happen to one person again (contacts, admissions, falls)? Events
 * over people; variance Σ k² × people with k events, as for a compound Poisson count. Byar's limits (exact below
 * 10 events) are stretched by the ratio of the standard errors.
 *
 * `peopleByEvents[k − 1]` is the number of people with k events.
 *
 * @example
 * ```ts
 * const contacts = repeatedEventRate([75, 16, 4, 2], 636, { per: 100 });
 * contacts.value; // => 19.9686
 * contacts.widening; // => 1.27668
 * ```
 */
export function repeatedEventRate(
  peopleByEvents: ArrayLike<number>,
  population: number,
  options: ConfidenceOptions & { readonly per?: number } = {},
): Result<RepeatedEventRate> {
  const { confidence = 0.95, per = 1 } = options;
  checkCount("population", population);
  checkCount("per", per);
  let events = 0;
  let squares = 0;
  for (let k = 1; k <= peopleByEvents.length; k++) {
    const people = peopleByEvents[k - 1] as number;
    checkCount("people by events", people);
    events += k * people;
    squares += k * k * people;
  }
  const limits = countLimits(events, { confidence });
  if (population === 0) return absent("zeroDenominator", "Nobody is in the denominator.");
  const scale = per / population;
  const widening = events === 0 ? 1 : Math.sqrt(squares / events);
  return {
    value: events * scale,
    lower: Math.max(0, events + widening * (limits.lower - events)) * scale,
    upper: (events + widening * (limits.upper - events)) * scale,
    numerator: events,
    denominator: population,
    standardError: Math.sqrt(squares) * scale,
    per,
    widening,
  };
}
