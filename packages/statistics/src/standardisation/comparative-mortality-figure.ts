import { checkLengths } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  isAbsent,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import {
  type DirectlyStandardisedRate,
  directlyStandardisedRate,
} from "./directly-standardised-rate.ts";

/** A place's events and people and a reference's, by band, one place a band. */
export interface ComparedBands {
  readonly counts: ArrayLike<number>;
  readonly populations: ArrayLike<number>;
  readonly referenceCounts: ArrayLike<number>;
  readonly referencePopulations: ArrayLike<number>;
}

/**
 * How many events would the reference have had at this place's rates, per 100 that it had? The comparative
 * mortality figure: Σ reference people × place's rate / Σ reference events × 100. Unlike the indirectly
 * standardised ratio, figures of several places are comparable with each other, and it needs ten events
 * (`tooFew`). Dobson's interval, the reference taken as known.
 *
 * @example
 * ```ts
 * const figure = comparativeMortalityFigure({
 *   counts: [20, 60], populations: [2000, 1000], referenceCounts: [80, 200], referencePopulations: [7000, 3000],
 * });
 * figure.value; // => 89.28571
 * ```
 */
export function comparativeMortalityFigure(
  bands: ComparedBands,
  options: ConfidenceOptions & { readonly per?: number; readonly minimumCount?: number } = {},
): Result<DirectlyStandardisedRate> {
  const { counts, populations, referenceCounts, referencePopulations } = bands;
  const length = checkLengths({ counts, populations, referenceCounts, referencePopulations });
  let events = 0;
  let people = 0;
  for (let i = 0; i < length; i++) {
    events += referenceCounts[i] as number;
    people += referencePopulations[i] as number;
  }
  if (!(events > 0)) return absent("zeroDenominator", "The reference has no events.");
  const { per = 100 } = options;
  return directlyStandardisedRate(
    { counts, populations, standard: referencePopulations },
    { ...options, per: (per * people) / events },
  );
}

/**
 * How many times as high is one directly standardised rate as another? Both with the same standard; interval
 * on the logarithmic scale by the delta method.
 *
 * @example
 * ```ts
 * const standard = [7, 3];
 * const north = directlyStandardisedRate({ counts: [20, 60], populations: [2000, 1000], standard });
 * const south = directlyStandardisedRate({ counts: [40, 50], populations: [2000, 1000], standard });
 * standardisedRateRatio(north, south).value; // => 0.862069
 * ```
 */
export function standardisedRateRatio(
  a: DirectlyStandardisedRate,
  b: DirectlyStandardisedRate,
  options: ConfidenceOptions = {},
): Result<Estimate> {
  const z = zOfConfidence(options.confidence);
  if (isAbsent(a) || isAbsent(b) || a.value === 0 || b.value === 0)
    return absent("zeroDenominator", "One of the two rates is not there or is 0.");
  const value = a.value / a.per / (b.value / b.per);
  const reach = Math.exp(z * Math.hypot(a.standardError / a.value, b.standardError / b.value));
  const upper = value * reach;
  if (upper === Number.POSITIVE_INFINITY)
    return absent(
      "notIdentified",
      "The rates rest on too few events for a ratio with an upper limit.",
    );
  return { value, lower: value / reach, upper };
}
