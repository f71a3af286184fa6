import { checkFinite, checkLengths } from "../foundation/check.ts";
import { absent, type Result } from "../foundation/estimate.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";

/** How much more units differ than by chance. */
export interface Overdispersion {
  /** Mean squared score, extremes tamed; 1 by chance alone. */
  readonly ratio: number;
  /** τ²: variance between units beyond chance, on the transformed scale; 0 when there is none. */
  readonly betweenVariance: number;
  /** The scores that were used. */
  readonly scores: Float64Array;
}

/** How extreme units are kept from deciding how far all may differ. */
export interface OverdispersionOptions {
  /** `winsorise` (default) draws the extremes in to the quantiles, `truncate` leaves them out. */
  readonly extremes?: "winsorise" | "truncate" | "keep";
  /** The share at each end. Default 0.1. */
  readonly share?: number;
}

/**
 * Do units differ more than chance explains? φ = mean of z², and the additive between-unit variance
 * `τ² = max(0, (nφ − (n−1)) / (Σw − Σw²/Σw))`, w = 1/s² (DerSimonian and Laird; Spiegelhalter 2005, 2012).
 * Scores and deviations are those of {@link funnelScores}.
 *
 * Wide limits do not excuse: they say that units differ for reasons that the table does not hold.
 *
 * @example
 * ```ts
 * const scores = funnelScores("standardisedRatio", [100, 150, 180, 80, 120, 225], [108, 112, 165, 95, 100, 220], { target: 1 });
 * overdispersion(scores.scores, scores.deviations).ratio; // => 2.327178
 * ```
 */
export function overdispersion(
  scores: ArrayLike<number>,
  deviations: ArrayLike<number>,
  options: OverdispersionOptions = {},
): Result<Overdispersion> {
  const length = checkLengths({ scores, deviations });
  const { extremes = "winsorise", share = 0.1 } = options;
  if (!(share >= 0 && share < 0.5))
    throw new StatisticsError("invalidOption", `invalid share; not in [0, 0.5): ${share}`);
  const all = Float64Array.from({ length }, (_, i) => {
    checkFinite(`score at ${i}`, scores[i] as number);
    return scores[i] as number;
  });
  const sorted = all.slice().sort();
  let used = all;
  let kept = Array.from({ length }, (_, i) => i);
  if (extremes === "winsorise" && length > 0) {
    const low = interpolated(sorted, share);
    const high = interpolated(sorted, 1 - share);
    used = all.map((score) => Math.min(high, Math.max(low, score)));
  } else if (extremes === "truncate") {
    const out = Math.floor(share * length);
    const order = kept.slice().sort((i, j) => (all[i] as number) - (all[j] as number));
    kept = order.slice(out, length - out).sort((i, j) => i - j);
    used = Float64Array.from(kept, (i) => all[i] as number);
  }
  const count = used.length;
  if (count < 2) return absent("tooFewGroups", "Overdispersion needs at least two units.");
  let [squares, weights, squaredWeights] = [0, 0, 0];
  kept.forEach((i, place) => {
    const deviation = deviations[i] as number;
    if (!(deviation > 0 && deviation < Number.POSITIVE_INFINITY))
      throw new StatisticsError(
        "invalidNumber",
        `invalid deviation at ${i}; not above 0: ${deviation}`,
      );
    checkFinite(`deviation at ${i}`, deviation);
    const weight = 1 / deviation ** 2;
    squares += (used[place] as number) ** 2;
    weights += weight;
    squaredWeights += weight * weight;
  });
  const excess = squares - (count - 1);
  const room = weights - squaredWeights / weights;
  if (excess > 0 && !(excess / room >= 0 && excess / room < Number.POSITIVE_INFINITY))
    return absent("notIdentified", "One unit outweighs all the others, so no spread can be told.");
  return {
    ratio: squares / count,
    betweenVariance: excess > 0 ? excess / room : 0,
    scores: used,
  };
}

/** R's type 7 quantile of sorted values. */
function interpolated(sorted: Float64Array, p: number): number {
  const at = (sorted.length - 1) * p;
  const floor = Math.floor(at + 1e-12);
  const from = sorted[floor] as number;
  const to = sorted[Math.min(sorted.length - 1, floor + 1)] as number;
  return from + Math.max(0, at - floor) * (to - from);
}
