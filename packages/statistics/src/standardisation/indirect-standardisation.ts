import { checkCount, checkLengths } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { countLimits } from "../rates/count-limits.ts";

/** A place's people and a reference's events and people, by band, one place a band. */
export interface ReferenceBands {
  readonly populations: ArrayLike<number>;
  readonly referenceCounts: ArrayLike<number>;
  readonly referencePopulations: ArrayLike<number>;
}

/** Observed over expected, as a ratio or scaled to a rate. */
export interface IndirectlyStandardised extends Estimate {
  readonly observed: number;
  readonly expected: number;
  readonly standardError: number;
  readonly method: "byar" | "exact";
}

/**
 * How many events would there be if each band had the reference's rate? Σ people × reference events /
 * reference people. A band that the reference has no people for is `zeroDenominator`.
 *
 * @example
 * ```ts
 * expectedEvents({ populations: [100, 50], referenceCounts: [10, 30], referencePopulations: [1000, 500] }); // => 4
 * ```
 */
export function expectedEvents(bands: ReferenceBands): Result<number> {
  const { populations, referenceCounts, referencePopulations } = bands;
  const length = checkLengths({ populations, referenceCounts, referencePopulations });
  let expected = 0;
  for (let i = 0; i < length; i++) {
    const people = populations[i] as number;
    const events = referenceCounts[i] as number;
    const among = referencePopulations[i] as number;
    checkCount("population", people);
    checkCount("reference count", events);
    checkCount("reference population", among);
    if (among === 0 && people > 0)
      return absent("zeroDenominator", `The reference has no people in band ${i + 1}.`);
    if (people > 0) expected += (people * events) / among;
  }
  return expected;
}

/**
 * Are there more events than this place's ages would lead one to expect? Observed over expected (the
 * standardised mortality ratio, when the events are deaths), times `per`. Byar's limits of the observed count,
 * exact below 10; the expected count is taken as known.
 *
 * Two ratios with different populations are not comparable with each other, only each with the reference:
 * use a directly standardised rate to compare places.
 *
 * @example
 * ```ts
 * const ratio = indirectlyStandardisedRatio(895, 835.88356, { per: 100 });
 * ratio.value; // => 107.0723
 * ratio.lower; // => 100.1715
 * ```
 */
export function indirectlyStandardisedRatio(
  observed: number,
  expected: number,
  options: ConfidenceOptions & { readonly per?: number } = {},
): Result<IndirectlyStandardised> {
  checkCount("observed", observed);
  checkCount("expected", expected);
  const { confidence = 0.95, per = 1 } = options;
  checkCount("per", per);
  const limits = countLimits(observed, { confidence });
  if (expected === 0) return absent("zeroDenominator", "No events are expected.");
  const scale = per / expected;
  return {
    value: observed * scale,
    lower: limits.lower * scale,
    upper: limits.upper * scale,
    observed,
    expected,
    standardError: Math.sqrt(observed) * scale,
    method: limits.method,
  };
}

/**
 * {@link indirectlyStandardisedRatio} times the reference's crude rate (events per person): a rate on a scale
 * that people know. Default per 100000.
 *
 * @example
 * ```ts
 * const rate = indirectlyStandardisedRate(895, 835.8835612, 0.0934988309);
 * rate.value; // => 10011.14
 * ```
 */
export function indirectlyStandardisedRate(
  observed: number,
  expected: number,
  referenceRate: number,
  options: ConfidenceOptions & { readonly per?: number } = {},
): Result<IndirectlyStandardised> {
  checkCount("reference rate", referenceRate);
  const { confidence = 0.95, per = 100_000 } = options;
  return indirectlyStandardisedRatio(observed, expected, { confidence, per: per * referenceRate });
}
