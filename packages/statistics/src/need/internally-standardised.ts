import { checkCount, checkLengths } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { normalProbability, zOfConfidence } from "../foundation/normal.ts";
import { countLimits } from "../rates/index.ts";

/** A group's people and events and those of all others, one place a kind of person (age band by sex, say). */
export interface GroupAndOthers {
  readonly populations: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
  readonly othersPopulations: ArrayLike<number>;
  readonly othersCounts: ArrayLike<number>;
}

/** Whose rates the expected number is worked out from: everyone's, the group's own among them, or all others'. */
export type InternalStandard = "everyone" | "others";

/** Options of {@link internallyStandardised}. */
export interface InternalStandardOptions extends ConfidenceOptions {
  readonly standard?: InternalStandard;
}

/** Events expected and events missing: expected less observed. */
export interface InternallyStandardised extends Estimate {
  readonly observed: number;
  readonly expected: number;
  /** Of the difference. */
  readonly standardError: number;
  /** Of the score test that the group's rates are the others'. */
  readonly p: number;
  /** Observed over expected. */
  readonly ratio: Result<Estimate>;
}

/**
 * Answers: how many more events would a group have at the rates of everyone of its kind, or of everyone else? Expected less
 * observed, and observed over expected, where the expected number comes from the same counts.
 *
 * Expected and observed then share their chance, and the interval allows for it. With w = the group's share of the people
 * of a kind, the difference at everyone's rates is Σ w × others' events − Σ (1 − w) × own events: two weighted sums of
 * independent counts, each with Dobson's limits, squared and added. At everyone's rates the groups' differences add up to 0.
 * Events of a kind of which the group has nobody count as observed, with none expected.
 *
 * @example
 * ```ts
 * const group = { populations: [1000, 500], counts: [12, 30], othersPopulations: [3000, 1500], othersCounts: [60, 150] };
 * const missing = internallyStandardised(group);
 * missing.expected; // => 63
 * missing; // => { value: 21, lower: 7.97, upper: 32.63 }
 * internallyStandardised(group, { standard: "others" }).value; // => 28
 * ```
 */
export function internallyStandardised(
  group: GroupAndOthers,
  options: InternalStandardOptions = {},
): Result<InternallyStandardised> {
  const z = zOfConfidence(options.confidence);
  const { populations, counts, othersPopulations, othersCounts } = group;
  const kinds = checkLengths({ populations, counts, othersPopulations, othersCounts });
  const everyone = (options.standard ?? "everyone") === "everyone";
  const own = new WeightedCount();
  const others = new WeightedCount();
  // What the group's own events add to what is expected of it.
  let [ownExpected, ownExpectedSquares, scoreVariance, score] = [0, 0, 0, 0];
  for (let kind = 0; kind < kinds; kind++) {
    const n = populations[kind] as number;
    const m = othersPopulations[kind] as number;
    const x = counts[kind] as number;
    const y = othersCounts[kind] as number;
    checkCount("populations", n);
    checkCount("othersPopulations", m);
    checkCount("counts", x);
    checkCount("othersCounts", y);
    if (n + m === 0) {
      if (x + y === 0) continue;
      return absent("zeroDenominator", `There are events but no people of kind ${kind + 1}.`);
    }
    if (m === 0 && !everyone)
      return absent("zeroDenominator", `There are no others of kind ${kind + 1}.`);
    const share = n / (n + m);
    own.add(everyone ? 1 - share : 1, x);
    others.add(everyone ? share : n / m, y);
    if (everyone) {
      ownExpected += share * x;
      ownExpectedSquares += share * share * x;
    }
    score += share * (x + y) - x;
    scoreVariance += share * (1 - share) * (x + y);
  }
  const observed = own.events;
  const expected = others.value + ownExpected;
  const value = others.value - own.value;
  const [ownLimits, othersLimits] = [own.limits(options), others.limits(options)];
  return {
    value,
    lower: value - Math.hypot(others.value - othersLimits.lower, ownLimits.upper - own.value),
    upper: value + Math.hypot(othersLimits.upper - others.value, own.value - ownLimits.lower),
    observed,
    expected,
    standardError: Math.sqrt(own.variance + others.variance),
    p: scoreVariance > 0 ? 2 * normalProbability(-Math.abs(score) / Math.sqrt(scoreVariance)) : 1,
    ratio: ratioOf({ observed, expected, others, ownExpected, ownExpectedSquares, z }, options),
  };
}

/** A sum of independent counts, each with a weight. */
class WeightedCount {
  events = 0;
  value = 0;
  variance = 0;
  #largest = 0;

  add(weight: number, count: number): void {
    this.events += count;
    this.value += weight * count;
    this.variance += weight * weight * count;
    if (weight > this.#largest) this.#largest = weight;
  }

  /** Dobson's: the limits of the plain count, on the scale of the weights; the largest weight where there is no event. */
  limits(options: ConfidenceOptions): { readonly lower: number; readonly upper: number } {
    const { lower, upper } = countLimits(this.events, options);
    const scale = this.events > 0 ? Math.sqrt(this.variance / this.events) : this.#largest;
    return {
      lower: this.value - scale * (this.events - lower),
      upper: this.value + scale * (upper - this.events),
    };
  }
}

interface RatioParts {
  readonly observed: number;
  readonly expected: number;
  readonly others: WeightedCount;
  readonly ownExpected: number;
  readonly ownExpectedSquares: number;
  readonly z: number;
}

/**
 * On the log scale, squared and added: the chance in the group's own count, less what it does to the expected number too,
 * and the chance in the others'. Without a share in the expected number that is √(1/O + cv²) to first order.
 */
function ratioOf(parts: RatioParts, options: ConfidenceOptions): Result<Estimate> {
  const { observed, expected, others, ownExpected, ownExpectedSquares, z } = parts;
  if (expected === 0) return absent("zeroDenominator", "No events are expected.");
  const { lower, upper } = countLimits(observed, options);
  const error = (z * Math.sqrt(others.variance)) / expected;
  if (observed === 0) return { value: 0, lower: 0, upper: (upper / expected) * Math.exp(error) };
  const value = observed / expected;
  // Var(ln O − ln E) from the own events, as a part of 1/O.
  const part = Math.sqrt(
    Math.max(0, 1 - (2 * ownExpected) / expected + (observed * ownExpectedSquares) / expected ** 2),
  );
  const down = lower > 0 ? Math.hypot(part * Math.log(observed / lower), error) : undefined;
  return {
    value,
    lower: down === undefined ? 0 : value * Math.exp(-down),
    upper: value * Math.exp(Math.hypot(part * Math.log(upper / observed), error)),
  };
}
