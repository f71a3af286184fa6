import { checkCount, checkLengths } from "../foundation/check.ts";
import { gammaQuantile } from "../foundation/distributions/gamma.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  isAbsent,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { countLimits } from "../rates/count-limits.ts";

/** Events, people and standard population by band (age, or age and sex), one place a band. */
export interface StandardisedBands {
  readonly counts: ArrayLike<number>;
  readonly populations: ArrayLike<number>;
  readonly standard: ArrayLike<number>;
}

/** A directly standardised rate with its interval. */
export interface DirectlyStandardisedRate extends Estimate {
  readonly standardError: number;
  /** All events. */
  readonly count: number;
  /** All people. */
  readonly population: number;
  readonly per: number;
}

/** How a directly standardised rate is made. */
export interface DirectlyStandardisedRateOptions extends ConfidenceOptions {
  /** The rate is for so many people. Default 100000. */
  readonly per?: number;
  /** Fewer events than this are `tooFew`. Default 10. */
  readonly minimumCount?: number;
  /** Default `dobson`. The gamma intervals of Fay and Feuer (conservative) and of Tiwari (closer). */
  readonly interval?: "dobson" | "fayFeuer" | "tiwari";
  /**
   * Where one person may have several events: for each band, how many people had 1, 2, 3, … of them. The
   * events are then counted from here, and the variance allows for their not being independent.
   */
  readonly peopleByEvents?: readonly ArrayLike<number>[];
}

/**
 * What would the rate be if everyone had the same ages? The rates of the bands weighted by a standard
 * population: Σ w x/n / Σ w. Interval: Dobson's, which stretches Byar's limits of the whole count by the ratio
 * of the two standard errors (Dobson 1991; with event frequencies as OHID 2024), or a gamma interval (Fay and
 * Feuer 1997; Tiwari 2006).
 *
 * Compare only rates made with one standard. Fewer than ten events are `tooFew`; a band without people is
 * `zeroDenominator`. With contacts or admissions rather than people, give `peopleByEvents`: treating
 * repeated events as independent makes the interval too narrow.
 *
 * @example
 * ```ts
 * const rate = directlyStandardisedRate({ counts: [20, 60], populations: [2000, 1000], standard: [7, 3] });
 * rate.value; // => 2500
 * rate.lower; // => 1981.036
 * ```
 */
export function directlyStandardisedRate(
  bands: StandardisedBands,
  options: DirectlyStandardisedRateOptions = {},
): Result<DirectlyStandardisedRate> {
  const { per = 100_000, minimumCount = 10, interval = "dobson" } = options;
  const { confidence = 0.95 } = options;
  zOfConfidence(confidence);
  const sums = weighedSums(bands, options.peopleByEvents);
  if (isAbsent(sums)) return sums;
  const { value, variance, count, population } = sums;
  if (count < minimumCount)
    return absent("tooFew", `Fewer than ${minimumCount} events: the rate is not dependable.`);
  const known = { standardError: Math.sqrt(variance) * per, count, population, per };
  if (interval !== "dobson") {
    const [lower, upper] = gammaInterval(sums, interval, 1 - confidence);
    return { value: value * per, lower: lower * per, upper: upper * per, ...known };
  }
  const limits = countLimits(count, { confidence });
  // With no event there is nothing to stretch by: the widest weight stands for the unseen one.
  const stretch = count > 0 ? Math.sqrt(variance / count) : sums.largestWeight;
  const lower = value + stretch * (limits.lower - count);
  const upper = value + stretch * (limits.upper - count);
  return { value: value * per, lower: Math.max(0, lower) * per, upper: upper * per, ...known };
}

interface WeighedSums {
  readonly value: number;
  readonly variance: number;
  readonly count: number;
  readonly population: number;
  readonly largestWeight: number;
  readonly meanWeight: number;
  readonly meanSquaredWeight: number;
}

function weighedSums(
  { counts, populations, standard }: StandardisedBands,
  peopleByEvents: readonly ArrayLike<number>[] | undefined,
): Result<WeighedSums> {
  const length = checkLengths({
    counts,
    populations,
    standard,
    ...(peopleByEvents === undefined ? {} : { peopleByEvents }),
  });
  let total = 0;
  for (let i = 0; i < length; i++) {
    checkCount("standard population", standard[i] as number);
    total += standard[i] as number;
  }
  if (total === 0)
    throw new StatisticsError("invalidOption", "invalid standard population; all of it is 0");
  let [value, variance, count, population] = [0, 0, 0, 0];
  let [largestWeight, sumWeight, sumSquares] = [0, 0, 0];
  for (let i = 0; i < length; i++) {
    const people = populations[i] as number;
    checkCount("population", people);
    const events = eventsOf(counts[i] as number, peopleByEvents?.[i]);
    if (people === 0)
      return absent("zeroDenominator", `Band ${i + 1} has no people, so its rate is not known.`);
    const weight = (standard[i] as number) / total / people;
    value += weight * events.count;
    variance += weight * weight * events.squares;
    count += events.count;
    population += people;
    largestWeight = Math.max(largestWeight, weight);
    sumWeight += weight;
    sumSquares += weight * weight;
  }
  return {
    value,
    variance,
    count,
    population,
    largestWeight,
    meanWeight: sumWeight / length,
    meanSquaredWeight: sumSquares / length,
  };
}

/** Events, and their variance: Σ k² people with k events; the count itself where each is one person's. */
function eventsOf(count: number, people: ArrayLike<number> | undefined) {
  checkCount("count", count);
  if (people === undefined) return { count, squares: count };
  let events = 0;
  let squares = 0;
  for (let k = 1; k <= people.length; k++) {
    const withThat = people[k - 1] as number;
    checkCount("people by events", withThat);
    events += k * withThat;
    squares += k * k * withThat;
  }
  if (Math.abs(events - count) > 1e-9 * Math.max(1, count))
    throw new StatisticsError(
      "invalidCount",
      `invalid people by events; they add up to ${events} events where the count is ${count}`,
    );
  return { count, squares };
}

function gammaInterval(
  { value, variance, largestWeight, meanWeight, meanSquaredWeight }: WeighedSums,
  kind: "fayFeuer" | "tiwari",
  alpha: number,
): [number, number] {
  const lower =
    variance === 0 ? 0 : (variance / value) * gammaQuantile(alpha / 2, (value * value) / variance);
  const shift = kind === "fayFeuer" ? largestWeight : meanWeight;
  const spread = variance + (kind === "fayFeuer" ? largestWeight ** 2 : meanSquaredWeight);
  const raised = value + shift;
  const upper =
    (spread / raised) * gammaQuantile(alpha / 2, (raised * raised) / spread, { upper: true });
  return [lower, upper];
}
