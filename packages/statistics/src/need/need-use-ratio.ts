import { checkCount } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { byarLimits } from "../rates/index.ts";

/** What was used, and what would be needed. */
export interface UseAndNeed {
  /** Referrals (or contacts) counted. */
  readonly used: number;
  /** Number expected from need, and its standard error (0 when left out). */
  readonly needed: number;
  readonly neededError?: number;
}

/** Used over needed. */
export interface NeedUseRatio extends Estimate {
  readonly used: number;
  readonly needed: number;
  /** Of the ratio: value × √(1/used + cv²). Undefined when nothing was used. */
  readonly standardError: number | undefined;
}

/**
 * Answers: is a service used as much as need says it should be? Used over needed. The limits hold the chance in the
 * count (Byar) and the error of the need, put together on the log scale by square and add; to first order that is
 * √(1/used + cv²). A ratio under 1 can mean unmet need, or a need that was overstated.
 *
 * @example
 * ```ts
 * needUseRatio({ used: 90, needed: 150, neededError: 12 }); // => { value: 0.6, lower: 0.4587, upper: 0.7775 }
 * ```
 */
export function needUseRatio(
  { used, needed, neededError = 0 }: UseAndNeed,
  options: ConfidenceOptions = {},
): Result<NeedUseRatio> {
  check(used, needed, neededError);
  if (needed === 0)
    return absent("zeroDenominator", "No need is expected, so use has nothing to be set against.");
  const z = zOfConfidence(options.confidence);
  const [low, high] = limits(used, options);
  const error = (z * neededError) / needed;
  const value = used / needed;
  const down = used > 0 && low > 0 ? Math.hypot(Math.log(used / low), error) : undefined;
  const upper =
    used > 0
      ? value * Math.exp(Math.hypot(Math.log(high / used), error))
      : (high / needed) * Math.exp(error);
  if (upper === Number.POSITIVE_INFINITY)
    return absent(
      "notIdentified",
      "The error of the need is too large beside the need for a ratio.",
    );
  return {
    value,
    lower: down === undefined ? 0 : value * Math.exp(-down),
    upper,
    used,
    needed,
    standardError: used > 0 ? value * Math.sqrt(1 / used + (neededError / needed) ** 2) : undefined,
  };
}

/** People who would have been referred at the target, and were not. */
export interface MissingReferrals extends Estimate {
  /** Number at the target ratio. */
  readonly atTarget: number;
  readonly used: number;
}

/**
 * Answers: how many referrals are missing from an area? Needed × target ratio − used, with the chance in the count (Byar)
 * and the error of the need squared and added. Negative: more were referred than the target. A good target is the
 * ratio of an area or group that is served well; 1 trusts the level of the prevalences, not only their pattern.
 *
 * @param target ratio of use to need to be reached
 * @example
 * ```ts
 * const missing = missingReferrals({ used: 90, needed: 150, neededError: 12 }, 0.8);
 * missing; // => { value: 30, lower: 2.081, upper: 55.786 }
 * ```
 */
export function missingReferrals(
  { used, needed, neededError = 0 }: UseAndNeed,
  target: number,
  options: ConfidenceOptions = {},
): MissingReferrals {
  check(used, needed, neededError);
  checkCount("target", target);
  const z = zOfConfidence(options.confidence);
  const [low, high] = limits(used, options);
  const atTarget = needed * target;
  const spread = z * neededError * target;
  const value = atTarget - used;
  return {
    value,
    lower: value - Math.hypot(spread, high - used),
    upper: value + Math.hypot(spread, used - low),
    atTarget,
    used,
  };
}

function check(used: number, needed: number, neededError: number): void {
  checkCount("used", used);
  checkCount("needed", needed);
  checkCount("neededError", neededError);
}

function limits(used: number, options: ConfidenceOptions): [number, number] {
  const { lower, upper } = byarLimits(used, options);
  return [lower, upper];
}
