import { betaQuantile } from "../foundation/distributions/beta.ts";
import {
  binomialMass,
  binomialProbability,
  binomialQuantile,
} from "../foundation/distributions/binomial.ts";
import { gammaQuantile } from "../foundation/distributions/gamma.ts";
import {
  poissonMass,
  poissonProbability,
  poissonQuantile,
} from "../foundation/distributions/poisson.ts";

/** Limits of the count that a unit of this size has, as a pair. */
export type CountInterval = readonly [lower: number, upper: number];

/** χ² limits around the expected count, as most funnel packages draw them. */
export function chiSquareLimits(expected: number, tail: number): CountInterval {
  return [
    expected === 0 ? 0 : gammaQuantile(tail, expected),
    gammaQuantile(tail, expected + 1, { upper: true }),
  ];
}

/** The same for a proportion, from the beta distribution. */
export function betaLimits(expected: number, n: number, tail: number): CountInterval {
  const others = n - expected;
  return [
    n * betaQuantile(tail, expected, others + 1),
    n * betaQuantile(tail, expected + 1, others, { upper: true }),
  ];
}

/**
 * The quantiles of the counts themselves, interpolated between whole numbers so that the line is smooth
 * (Spiegelhalter 2005, appendix): r − (P(X ≤ r) − p)/P(X = r), r the smallest count with P(X ≤ r) ≥ p.
 */
export function poissonLimits(expected: number, tail: number): CountInterval {
  const low = poissonQuantile(tail, expected);
  const high = poissonQuantile(tail, expected, { upper: true });
  return [
    low - (poissonProbability(low, expected) - tail) / poissonMass(low, expected),
    high - (poissonProbability(high, expected) - (1 - tail)) / poissonMass(high, expected),
  ];
}

export function binomialLimits(share: number, n: number, tail: number): CountInterval {
  const low = binomialQuantile(tail, n, share);
  const high = binomialQuantile(tail, n, share, { upper: true });
  return [
    low - (binomialProbability(low, n, share) - tail) / binomialMass(low, n, share),
    high - (binomialProbability(high, n, share) - (1 - tail)) / binomialMass(high, n, share),
  ];
}
