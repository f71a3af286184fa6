import { checkCount, checkFinite, checkLengths } from "../foundation/check.ts";
import { absent, type Result } from "../foundation/estimate.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { gaussHermite } from "./gauss-hermite.ts";

/** The variance of a standard logistic variable, π²/3: what a yes-or-no outcome has within strata. */
export const logisticVariance = (Math.PI * Math.PI) / 3;

/**
 * Answers: how much of the variation lies between strata? Between variance over the total; the within variance of a
 * logistic model is π²/3 on the latent scale. A small share does not mean little inequity: a gap of ten
 * points between two large groups is a VPC of about 1 %. Merlo (2018).
 *
 * @example
 * ```ts
 * variancePartitionCoefficient(0.2261481); // => 0.06432
 * ```
 */
export function variancePartitionCoefficient(
  betweenVariance: number,
  withinVariance: number = logisticVariance,
): number {
  checkCount("betweenVariance", betweenVariance);
  checkCount("withinVariance", withinVariance);
  return betweenVariance === 0 ? 0 : betweenVariance / (betweenVariance + withinVariance);
}

/**
 * Answers: how much of the variation in the outcome itself, on the probability scale, lies between strata? For
 * the person whose fixed part is `fixedPredictor`: Var(p)/(Var(p) + E p(1 − p)) over the normal effect, by
 * Gauss–Hermite and not by simulation. Smaller than the latent share, most of all for rare outcomes.
 *
 * @example
 * ```ts
 * probabilityVpc(0.5, -1); // => 0.0883
 * ```
 */
export function probabilityVpc(betweenVariance: number, fixedPredictor: number): number {
  checkCount("betweenVariance", betweenVariance);
  checkFinite("fixedPredictor", fixedPredictor);
  const { points, weights } = gaussHermite(60);
  const sd = Math.sqrt(betweenVariance);
  const at = (t: number) => 1 / (1 + Math.exp(-(fixedPredictor + sd * t)));
  let mean = 0;
  points.forEach((t, q) => {
    mean += (weights[q] as number) * at(t);
  });
  let between = 0;
  points.forEach((t, q) => {
    between += (weights[q] as number) * (at(t) - mean) ** 2;
  });
  const whole = mean * (1 - mean);
  // Where everybody or nobody has the outcome to the last digit, the share between strata has gone to 0.
  return betweenVariance === 0 || whole === 0 ? 0 : between / whole;
}

/**
 * Answers: how much of the variation in counts lies between strata, in the Poisson form? (e^σ² − 1)m over itself
 * plus 1, with m the mean count of a unit of exposure, strata averaged. Stryhn and others (2006).
 *
 * @example
 * ```ts
 * poissonVpc(0.25, Math.log(2)); // => 0.3916
 * ```
 */
export function poissonVpc(betweenVariance: number, fixedPredictor: number): number {
  checkCount("betweenVariance", betweenVariance);
  checkFinite("fixedPredictor", fixedPredictor);
  if (betweenVariance === 0) return 0;
  // ln(e^v − 1) without overflow, so that very large counts read as 1.
  const spread = betweenVariance + Math.log(-Math.expm1(-betweenVariance));
  return 1 / (1 + Math.exp(-(spread + fixedPredictor + betweenVariance / 2)));
}

/**
 * Answers: how many times higher are the odds, in the median, for the worse-off of two people from two strata
 * drawn at random? exp(√(2σ²) Φ⁻¹(0.75)); 1 if strata do not differ. Larsen & Merlo (2005).
 *
 * @example
 * ```ts
 * medianOddsRatio(0.2261481); // => 1.574
 * ```
 */
export function medianOddsRatio(betweenVariance: number): number {
  checkCount("betweenVariance", betweenVariance);
  const ratio = Math.exp(Math.sqrt(2 * betweenVariance) * 0.6744897501960817);
  if (ratio === Number.POSITIVE_INFINITY)
    throw new StatisticsError(
      "invalidNumber",
      `invalid betweenVariance; too large for a ratio of odds: ${betweenVariance}`,
    );
  return ratio;
}

/**
 * Answers: how much of the variation between strata do the characteristics explain one by one, by adding up? The
 * proportional change in variance 1 − σ²(main effects)/σ²(null). May be negative: then the main effects let
 * more variation appear than they take away. A variance of exactly 0 in the main-effects model reads as 1,
 * "fully additive", and mostly means that the strata are too small to tell.
 *
 * @example
 * ```ts
 * proportionalChangeInVariance(0.2261481, 0.0503883); // => 0.77719
 * ```
 */
export function proportionalChangeInVariance(
  nullVariance: number,
  mainVariance: number,
): Result<number> {
  checkCount("nullVariance", nullVariance);
  checkCount("mainVariance", mainVariance);
  if (nullVariance === 0)
    return absent(
      "zeroDenominator",
      "Strata do not vary in the null model, so nothing can be explained.",
    );
  return 1 - mainVariance / nullVariance;
}

/**
 * Answers: how well does knowing a person's stratum tell who has the outcome? The area under the ROC curve of
 * one score per stratum, from counts: the chance that a person with the outcome has a higher score than a
 * person without, ties counting half. 0.5 is a coin. Merlo and others (2016).
 *
 * @example
 * ```ts
 * areaUnderCurve([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1], [1, 1, 1, 1]); // => 0.75
 * ```
 */
export function areaUnderCurve(
  scores: ArrayLike<number>,
  events: ArrayLike<number>,
  denominators: ArrayLike<number>,
): Result<number> {
  const length = checkLengths({ scores, events, denominators });
  const order = Int32Array.from({ length }, (_, i) => i);
  for (let i = 0; i < length; i++) {
    checkFinite("scores", scores[i] as number);
    checkCount("events", events[i] as number);
    checkCount("denominators minus events", (denominators[i] as number) - (events[i] as number));
  }
  order.sort((a, b) => (scores[a] as number) - (scores[b] as number));
  let [below, with_, wins] = [0, 0, 0];
  for (let i = 0; i < length; ) {
    const score = scores[order[i] as number] as number;
    let [tiedWith, tiedWithout] = [0, 0];
    for (; i < length && scores[order[i] as number] === score; i++) {
      const row = order[i] as number;
      tiedWith += events[row] as number;
      tiedWithout += (denominators[row] as number) - (events[row] as number);
    }
    wins += tiedWith * (below + tiedWithout / 2);
    below += tiedWithout;
    with_ += tiedWith;
  }
  if (with_ === 0 || below === 0)
    return absent(
      "allEqual",
      "Everybody or nobody has the outcome, so there is nothing to tell apart.",
    );
  return wins / (with_ * below);
}
