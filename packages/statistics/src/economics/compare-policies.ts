import { absent, isAbsent, type Result, StatisticsError } from "../foundation/index.ts";
import {
  type AversionKind,
  equallyDistributedEquivalent,
} from "./equally-distributed-equivalent.ts";

/** What a policy is worth at one aversion, against doing nothing. */
export interface PolicyGain {
  readonly aversion: number;
  /** Rise of the equally-distributed equivalent times the people. */
  readonly value: number;
  readonly perPerson: number;
}

/**
 * Is a policy worth more once inequality counts? The rise of the equally-distributed equivalent against the baseline,
 * times the people, at each aversion asked for. At aversion 0 it is the plain sum of health.
 *
 * Cookson, Griffin, Norheim and Culyer (2020), Distributional Cost-Effectiveness Analysis.
 *
 * @example
 * ```ts
 * const baseline = [62, 68, 72];
 * const gains = gainsAtAversions(baseline, [62.2, 68.1, 72.1], [100, 100, 100], [1, 10]);
 * gains.map((gain) => gain.value); // => [40.89, 49.33]
 * ```
 */
export function gainsAtAversions(
  baseline: ArrayLike<number>,
  policy: ArrayLike<number>,
  population: ArrayLike<number>,
  aversions: readonly number[],
  kind: AversionKind = "atkinson",
): Result<readonly PolicyGain[]> {
  const people = Array.from(population).reduce((sum, count) => sum + count, 0);
  const gains: PolicyGain[] = [];
  for (const aversion of aversions) {
    const before = equallyDistributedEquivalent(baseline, population, { kind, aversion });
    if (isAbsent(before)) return before;
    const after = equallyDistributedEquivalent(policy, population, { kind, aversion });
    if (isAbsent(after)) return after;
    const perPerson = after.value - before.value;
    gains.push({ aversion, value: perPerson * people, perPerson });
  }
  return gains;
}

/**
 * How averse to inequality must one be to prefer the second policy over the first? The smallest aversion at which their
 * equally-distributed equivalents are the same, found by bisection to 1e-9. Use it to set a universal policy against one
 * in proportion to need: the answer is a value that people can argue about, not a verdict.
 *
 * Absent `notReached` where the preference does not change up to `highest` (default 30).
 *
 * @example
 * ```ts
 * aversionWherePoliciesCross([62.1, 72.2], [62.2, 72.05], [1, 1]); // => 2.724
 * ```
 */
export function aversionWherePoliciesCross(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  population: ArrayLike<number>,
  options: { readonly kind?: AversionKind; readonly highest?: number } = {},
): Result<number> {
  const { kind = "atkinson", highest = 30 } = options;
  const lowest = kind === "extendedGini" ? 1 : 0;
  if (!(highest > lowest && Number.isFinite(highest)))
    throw new StatisticsError("invalidOption", `invalid highest; not above ${lowest}: ${highest}`);
  const lead = (aversion: number): Result<number> => {
    const one = equallyDistributedEquivalent(first, population, { kind, aversion });
    if (isAbsent(one)) return one;
    const other = equallyDistributedEquivalent(second, population, { kind, aversion });
    return isAbsent(other) ? other : one.value - other.value;
  };
  const start = lead(lowest);
  if (isAbsent(start)) return start;
  const steps = 300;
  let low = lowest;
  let high = lowest;
  for (let step = 1; step <= steps; step++) {
    high = lowest + ((highest - lowest) * step) / steps;
    const here = lead(high);
    if (isAbsent(here)) return here;
    if (start !== 0 && here * start <= 0) break;
    if (step === steps)
      return absent(
        "notReached",
        `The same policy is preferred at every aversion from ${lowest} to ${highest}.`,
      );
    low = high;
  }
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if ((lead(middle) as number) * start > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
