import { checkCount } from "../foundation/check.ts";
import type { ConfidenceOptions } from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import {
  betaLimits,
  binomialLimits,
  chiSquareLimits,
  poissonLimits,
} from "./exact-funnel-limits.ts";
import {
  checkTarget,
  type FunnelKind,
  type FunnelTransformation,
  funnelScale,
} from "./funnel-scale.ts";

/** How funnel limits are drawn. */
export interface FunnelLimitOptions extends ConfidenceOptions {
  /**
   * - `exact` (default): χ² limits around the expected count for a standardised ratio, beta limits for a
   *   proportion; found directly, not by search.
   * - `quantile`: the quantiles of the counts, interpolated (Spiegelhalter 2005).
   * - `score`: for a proportion, target ± z√(target(1−target)/n): where Wilson's interval just touches it.
   * - `transformed`: on the transformed scale; always so with `betweenVariance`, and for ratios of counts.
   */
  readonly limits?: "exact" | "quantile" | "score" | "transformed";
  /** τ² of {@link overdispersion}, added to the variance on the transformed scale. Default 0. */
  readonly betweenVariance?: number;
  readonly transformation?: FunnelTransformation;
}

/** Limits for units of given sizes, one place a size. */
export interface FunnelLimits {
  readonly lowers: Float64Array;
  readonly uppers: Float64Array;
}

/**
 * Within which limits would units of each size fall by chance alone, were they all at the target? The lines of
 * a funnel plot. `denominators` are people (proportion), expected events (standardised ratio) or the lower
 * counts (ratio of counts); limits are on the scale of the target.
 *
 * With `confidence` 0.95 and 0.998 they are the usual two pairs. At 95 % one unit in twenty falls outside by
 * chance.
 *
 * @example
 * ```ts
 * funnelLimits("standardisedRatio", 1, [15, 20, 30]).lowers; // => [0.5596924, 0.610826, 0.6746958]
 * funnelLimits("proportion", 0.2, [100], { limits: "score" }).uppers; // => [0.2783986]
 * ```
 */
export function funnelLimits(
  kind: FunnelKind,
  target: number,
  denominators: ArrayLike<number>,
  options: FunnelLimitOptions = {},
): FunnelLimits {
  checkTarget(kind, target);
  const { betweenVariance = 0 } = options;
  checkCount("between variance", betweenVariance);
  const limitsOf = chosenLimits(kind, target, options);
  const length = denominators.length;
  const lowers = new Float64Array(length);
  const uppers = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const size = denominators[i] as number;
    checkCount("denominator", size);
    if (size === 0)
      throw new StatisticsError("invalidNumber", `invalid denominator at ${i}; not above 0: 0`);
    const [lower, upper] = limitsOf(size);
    lowers[i] = Math.max(0, lower);
    uppers[i] = kind === "proportion" ? Math.min(1, upper) : upper;
  }
  return { lowers, uppers };
}

function chosenLimits(
  kind: FunnelKind,
  target: number,
  options: FunnelLimitOptions,
): (size: number) => readonly [number, number] {
  const { betweenVariance = 0, limits = "exact", confidence = 0.95 } = options;
  const z = zOfConfidence(confidence);
  const tail = (1 - confidence) / 2;
  if (betweenVariance > 0 || limits === "transformed" || kind === "ratioOfCounts") {
    const scale = funnelScale(kind, options.transformation);
    const centre = scale.forward(target);
    return (size) => {
      const reach = z * Math.hypot(scale.deviation(size, target), Math.sqrt(betweenVariance));
      return [scale.back(centre - reach), scale.back(centre + reach)];
    };
  }
  const scaled =
    (counts: (size: number) => readonly [number, number]) =>
    (size: number): readonly [number, number] => {
      const [lower, upper] = counts(size);
      return [lower / size, upper / size];
    };
  if (kind === "proportion") {
    if (limits === "score")
      return (size) => {
        const reach = z * Math.sqrt((target * (1 - target)) / size);
        return [target - reach, target + reach];
      };
    return limits === "exact"
      ? scaled((size) => betaLimits(size * target, size, tail))
      : scaled((size) => binomialLimits(target, Math.round(size), tail));
  }
  if (limits === "score") {
    return (size) => {
      const reach = z * Math.sqrt(target / size);
      return [target - reach, target + reach];
    };
  }
  return limits === "exact"
    ? scaled((size) => chiSquareLimits(size * target, tail))
    : scaled((size) => poissonLimits(size * target, tail));
}
