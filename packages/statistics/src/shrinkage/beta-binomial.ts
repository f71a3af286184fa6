import digamma from "@stdlib/math-base-special-digamma";
import gammaln from "@stdlib/math-base-special-gammaln";
import trigamma from "@stdlib/math-base-special-trigamma";
import { checkLengths } from "../foundation/check.ts";
import { betaQuantile } from "../foundation/distributions/beta.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { checkShare } from "../rates/proportion.ts";
import { twoParameterMaximum } from "./two-parameter-maximum.ts";

/** Shares drawn towards their mean, each with an interval. */
export interface BetaBinomialShrinkage {
  /** One a group, in the order given. */
  readonly shares: readonly Estimate[];
  /** Mean of the true shares. */
  readonly mean: number;
  /** How many people the mean weighs as much as: alpha + beta of their beta distribution. */
  readonly weight: number;
}

/** ln 0.01: below it the distribution of true shares is all at 0 and 1. */
const leastLogWeight = -4.605170185988091;

/**
 * Which small groups' shares really differ, and how sure is it? Each group's share is drawn towards the mean the
 * more, the fewer people it has: counts binomial, true shares beta, mean and weight by maximum likelihood of the
 * beta-binomial; share `(y + weight × mean)/(n + weight)` with its beta interval.
 *
 * The interval does not include that mean and weight are estimated. Groups that differ no more than by chance
 * are `notIdentified`.
 *
 * @example
 * ```ts
 * const shrunk = betaBinomial([1, 12, 45, 3], [10, 20, 60, 30]);
 * shrunk.shares[0].value; // => 0.16189
 * ```
 */
export function betaBinomial(
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
  options: ConfidenceOptions = {},
): Result<BetaBinomialShrinkage> {
  const length = checkLengths({ numerators, denominators });
  const { confidence = 0.95 } = options;
  zOfConfidence(confidence);
  let [events, people] = [0, 0];
  for (let i = 0; i < length; i++) {
    checkShare({ numerator: numerators[i] as number, denominator: denominators[i] as number });
    events += numerators[i] as number;
    people += denominators[i] as number;
  }
  if (length < 2) return absent("tooFewGroups", "Drawing together needs at least two groups.");
  if (events === 0 || events === people)
    return absent("allEqual", "Everybody or nobody was reached in each group.");
  const start = [Math.log(events / (people - events)), Math.log(10)] as const;
  const best = twoParameterMaximum((a, b) => slopes(numerators, denominators, a, b), start);
  if (best === undefined || best[1] > 14)
    return absent(
      "notIdentified",
      "The shares differ no more than by chance, so no group can be told from the mean.",
    );
  if (best[1] < leastLogWeight)
    return absent(
      "notIdentified",
      "Almost each group has everybody or nobody, so there is no mean to draw them to.",
    );
  const mean = 1 / (1 + Math.exp(-best[0]));
  const weight = Math.exp(best[1]);
  const tail = (1 - confidence) / 2;
  const shares = Array.from({ length }, (_, i) => {
    const yes = (numerators[i] as number) + weight * mean;
    const no = (denominators[i] as number) + weight - yes;
    return {
      value: yes / (yes + no),
      lower: betaQuantile(tail, yes, no),
      upper: betaQuantile(tail, yes, no, { upper: true }),
    };
  });
  return { shares, mean, weight };
}

/** Beta-binomial log-likelihood in logit mean and ln weight. */
function slopes(ys: ArrayLike<number>, ns: ArrayLike<number>, a: number, b: number) {
  const mean = 1 / (1 + Math.exp(-a));
  const weight = Math.exp(b);
  const [alpha, beta] = [weight * mean, weight * (1 - mean)];
  let [value, da, db, daa, dbb, dab] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < ys.length; i++) {
    const y = ys[i] as number;
    const n = ns[i] as number;
    value += gammaln(alpha + y) - gammaln(alpha) + gammaln(beta + n - y) - gammaln(beta);
    value += gammaln(weight) - gammaln(weight + n);
    const whole = digamma(weight) - digamma(weight + n);
    da += digamma(alpha + y) - digamma(alpha) + whole;
    db += digamma(beta + n - y) - digamma(beta) + whole;
    const bend = trigamma(weight) - trigamma(weight + n);
    daa += trigamma(alpha + y) - trigamma(alpha) + bend;
    dbb += trigamma(beta + n - y) - trigamma(beta) + bend;
    dab += bend;
  }
  // d(alpha, beta) by logit mean: ±s; by ln weight: alpha, beta.
  const s = weight * mean * (1 - mean);
  const bent = s * (1 - 2 * mean);
  return {
    value,
    gradient: [s * (da - db), alpha * da + beta * db] as const,
    hessian: [
      s * s * (daa - 2 * dab + dbb) + bent * (da - db),
      s * (alpha * daa + (beta - alpha) * dab - beta * dbb) + s * (da - db),
      alpha * alpha * daa + 2 * alpha * beta * dab + beta * beta * dbb + alpha * da + beta * db,
    ] as const,
  };
}
