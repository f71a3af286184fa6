import digamma from "@stdlib/math-base-special-digamma";
import gammaln from "@stdlib/math-base-special-gammaln";
import trigamma from "@stdlib/math-base-special-trigamma";
import { checkCount, checkLengths } from "../foundation/check.ts";
import { gammaQuantile } from "../foundation/distributions/gamma.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { twoParameterMaximum } from "./two-parameter-maximum.ts";

/** Ratios drawn towards their mean, each with an interval. */
export interface GammaPoissonShrinkage {
  /** One a place, in the order given. */
  readonly ratios: readonly Estimate[];
  /** Mean of the true ratios. */
  readonly mean: number;
  /** Shape of their gamma distribution; the smaller, the more places differ. */
  readonly shape: number;
}

/** ln 0.01: below it a posterior's mean lies outside its own interval. */
const leastLogShape = -4.605170185988091;

/**
 * Which small places really differ, and how sure is it? Events are Poisson around expected × a true ratio, the
 * true ratios gamma: mean and shape by maximum likelihood of the negative binomial, each place's ratio
 * `(shape + O)/(shape/mean + E)` with its gamma interval (Clayton and Kaldor 1987).
 *
 * The interval does not include that mean and shape are estimated: with few places it is too narrow. Places that
 * differ no more than by chance are `notIdentified`: nothing tells one from another.
 *
 * @example
 * ```ts
 * const shrunk = gammaPoisson([9, 39, 11, 9, 0, 0], [1.4, 8.7, 3, 2.5, 4.2, 1.8]);
 * shrunk.ratios[0].value; // => 6.004589
 * ```
 */
export function gammaPoisson(
  observed: ArrayLike<number>,
  expected: ArrayLike<number>,
  options: ConfidenceOptions = {},
): Result<GammaPoissonShrinkage> {
  const length = checkLengths({ observed, expected });
  const { confidence = 0.95 } = options;
  zOfConfidence(confidence);
  let [events, expectation] = [0, 0];
  for (let i = 0; i < length; i++) {
    checkCount("observed", observed[i] as number);
    checkCount("expected", expected[i] as number);
    if (expected[i] === 0) return absent("zeroDenominator", `Place ${i + 1} expects no events.`);
    events += observed[i] as number;
    expectation += expected[i] as number;
  }
  if (length < 2) return absent("tooFewGroups", "Drawing together needs at least two places.");
  if (events === 0) return absent("allEqual", "No place has an event.");
  const start = [Math.log(events / expectation), 0] as const;
  const best = twoParameterMaximum((a, b) => slopes(observed, expected, a, b), start);
  if (best === undefined || best[1] > 12)
    return absent(
      "notIdentified",
      "The counts differ no more than by chance, so no place can be told from the mean.",
    );
  if (best[1] < leastLogShape)
    return absent(
      "notIdentified",
      "Almost all events are in a few places, so there is no mean to draw the others to.",
    );
  const [mean, shape] = [Math.exp(best[0]), Math.exp(best[1])];
  const tail = (1 - confidence) / 2;
  const ratios = Array.from({ length }, (_, i) => {
    const posterior = shape + (observed[i] as number);
    const rate = shape / mean + (expected[i] as number);
    return {
      value: posterior / rate,
      lower: gammaQuantile(tail, posterior) / rate,
      upper: gammaQuantile(tail, posterior, { upper: true }) / rate,
    };
  });
  return { ratios, mean, shape };
}

/** Negative binomial log-likelihood in ln mean and ln shape. */
function slopes(observed: ArrayLike<number>, expected: ArrayLike<number>, a: number, b: number) {
  const shape = Math.exp(b);
  let [value, ga, gb, haa, hab, hbb] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < observed.length; i++) {
    const y = observed[i] as number;
    const m = Math.exp(a) * (expected[i] as number);
    const sum = shape + m;
    value +=
      gammaln(shape + y) - gammaln(shape) + y * Math.log(m / sum) - shape * Math.log1p(m / shape);
    ga += (shape * (y - m)) / sum;
    const d = digamma(shape + y) - digamma(shape) + 1 - (shape + y) / sum - Math.log1p(m / shape);
    gb += shape * d;
    haa -= (shape * m * (shape + y)) / (sum * sum);
    hab += (shape * m * (y - m)) / (sum * sum);
    const dd =
      trigamma(shape + y) - trigamma(shape) + 1 / shape - 2 / sum + (shape + y) / (sum * sum);
    hbb += shape * d + shape * shape * dd;
  }
  return { value, gradient: [ga, gb] as const, hessian: [haa, hab, hbb] as const };
}
