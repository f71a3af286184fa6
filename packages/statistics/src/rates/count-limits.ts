import { checkCount } from "../foundation/check.ts";
import { gammaQuantile } from "../foundation/distributions/gamma.ts";
import type { ConfidenceOptions } from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";

/** The interval of a count of independent events. */
export interface CountLimits {
  readonly lower: number;
  readonly upper: number;
  readonly method: "byar" | "exact";
}

/**
 * Byar's approximate limits of a Poisson count; good from about 10 events.
 * `x(1 − 1/9x − z/3√x)³` and `(x+1)(1 − 1/9(x+1) + z/3√(x+1))³`; Breslow and Day 1987.
 *
 * @example
 * ```ts
 * byarLimits(65).lower; // => 50.163188
 * ```
 */
export function byarLimits(count: number, options: ConfidenceOptions = {}): CountLimits {
  checkCount("count", count);
  const z = zOfConfidence(options.confidence);
  return { lower: byarLower(count, z), upper: byarUpper(count, z), method: "byar" };
}

export function byarLower(count: number, z: number): number {
  if (count === 0) return 0;
  // Below about a third of an event the cube would turn negative.
  return count * Math.max(0, 1 - 1 / (9 * count) - z / (3 * Math.sqrt(count))) ** 3;
}

export function byarUpper(count: number, z: number): number {
  const next = count + 1;
  return next * (1 - 1 / (9 * next) + z / (3 * Math.sqrt(next))) ** 3;
}

/**
 * The exact limits of a Poisson count (Garwood 1936), from the gamma distribution. Never cover less than
 * they say, often more.
 *
 * @example
 * ```ts
 * exactPoissonLimits(5).upper; // => 11.668332
 * ```
 */
export function exactPoissonLimits(count: number, options: ConfidenceOptions = {}): CountLimits {
  checkCount("count", count);
  const confidence = options.confidence ?? 0.95;
  zOfConfidence(confidence);
  const tail = (1 - confidence) / 2;
  return {
    lower: count === 0 ? 0 : gammaQuantile(tail, count),
    upper: gammaQuantile(tail, count + 1, { upper: true }),
    method: "exact",
  };
}

/**
 * Limits of a count: exact below 10 events, Byar's from 10: the rule of the Office for Health Improvement
 * and Disparities.
 *
 * @example
 * ```ts
 * countLimits(5).method; // => "exact"
 * countLimits(65).method; // => "byar"
 * ```
 */
export function countLimits(count: number, options: ConfidenceOptions = {}): CountLimits {
  return count < 10 ? exactPoissonLimits(count, options) : byarLimits(count, options);
}
