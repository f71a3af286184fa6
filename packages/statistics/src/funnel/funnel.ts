import { checkCount, checkLengths } from "../foundation/check.ts";
import { absent, isAbsent, type Result } from "../foundation/estimate.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { type FunnelLimitOptions, funnelLimits } from "./funnel-limits.ts";
import {
  checkTarget,
  type FunnelKind,
  type FunnelTransformation,
  funnelScale,
} from "./funnel-scale.ts";
import { type OverdispersionOptions, overdispersion } from "./overdispersion.ts";

/** How far each unit is from the target, in standard deviations. */
export interface FunnelScores {
  readonly target: number;
  readonly scores: Float64Array;
  /** By chance alone, on the transformed scale. */
  readonly deviations: Float64Array;
}

/** Target and scale of a funnel. */
export interface FunnelScoreOptions {
  /** Default: all numerators over all denominators. */
  readonly target?: number;
  readonly transformation?: FunnelTransformation;
}

/**
 * How many standard deviations is each unit from the target? Scores on the transformed scale, deviations by
 * chance alone. Feed them to {@link overdispersion}.
 *
 * @example
 * ```ts
 * funnelScores("standardisedRatio", [100, 150], [108, 112], { target: 1 }).scores; // => [-0.784610, 3.328887]
 * ```
 */
export function funnelScores(
  kind: FunnelKind,
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
  options: FunnelScoreOptions = {},
): FunnelScores {
  const length = checkLengths({ numerators, denominators });
  const target = options.target ?? pooled(numerators, denominators);
  checkTarget(kind, target);
  const scale = funnelScale(kind, options.transformation);
  const centre = scale.forward(target);
  const scores = new Float64Array(length);
  const deviations = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const numerator = numerators[i] as number;
    const denominator = denominators[i] as number;
    checkCount("numerator", numerator);
    checkCount("denominator", denominator);
    if (denominator === 0 || (kind === "proportion" && numerator > denominator))
      throw new StatisticsError(
        "invalidCount",
        `invalid unit at ${i}; not of a size above 0 and within it: ${numerator}/${denominator}`,
      );
    deviations[i] =
      scale.unitDeviation?.(numerator, denominator) ?? scale.deviation(denominator, target);
    scores[i] = (scale.unit(numerator, denominator) - centre) / (deviations[i] as number);
  }
  return { target, scores, deviations };
}

/** One unit of a funnel, with the limits for its size. */
export interface FunnelUnit {
  readonly numerator: number;
  readonly denominator: number;
  readonly value: number;
  /** Standard deviations from the target; beyond chance *and* the variance between units. */
  readonly score: number;
  /** One pair for each level asked for, in that order. */
  readonly limits: readonly { readonly confidence: number; lower: number; upper: number }[];
  /** Outside the first and narrowest pair: the highest level whose limits it is outside of. */
  readonly outside: "above" | "below" | "within";
  readonly outsideConfidence: number;
}

/** A funnel as a table. */
export interface Funnel {
  readonly target: number;
  /** Mean squared score, extremes tamed. */
  readonly ratio: number;
  readonly betweenVariance: number;
  readonly units: readonly FunnelUnit[];
}

/** How a funnel is made. */
export interface FunnelOptions extends FunnelScoreOptions, OverdispersionOptions {
  /** Levels of the limits, rising. Default 0.95 and 0.998. */
  readonly levels?: readonly number[];
  readonly limits?: FunnelLimitOptions["limits"];
  /** Widen the limits by the variance between units. Default true when there is any. */
  readonly allowOverdispersion?: boolean;
}

/**
 * Which units stand out from the others, given their size? The table behind a funnel plot: target, limits for
 * each unit, score, and whether it is outside. Where units differ more than by chance (φ > 1), the limits are
 * widened by the variance between them unless told otherwise.
 *
 * @example
 * ```ts
 * const table = funnel("proportion", [40, 52, 95], [100, 100, 100]);
 * table.target; // => 0.6233333
 * table.units[2].value; // => 0.95
 * ```
 */
export function funnel(
  kind: FunnelKind,
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
  options: FunnelOptions = {},
): Result<Funnel> {
  const length = checkLengths({ numerators, denominators });
  if (length < 2) return absent("tooFewGroups", "A funnel needs at least two units.");
  if (options.target === undefined && !(pooled(numerators, denominators) > 0))
    return absent("allEqual", "No unit has an event, so there is no target.");
  if (
    kind === "proportion" &&
    options.target === undefined &&
    pooled(numerators, denominators) === 1
  )
    return absent("allEqual", "Everybody was reached in each unit, so there is no target.");
  const { target, scores, deviations } = funnelScores(kind, numerators, denominators, options);
  const spread = overdispersion(scores, deviations, options);
  if (isAbsent(spread)) return spread;
  const allowed = options.allowOverdispersion ?? true;
  const betweenVariance = allowed && spread.ratio > 1 ? spread.betweenVariance : 0;
  const { levels = [0.95, 0.998], limits = "exact", transformation } = options;
  const drawn = levels.map((confidence) =>
    funnelLimits(kind, target, denominators, {
      confidence,
      limits,
      betweenVariance,
      ...(transformation === undefined ? {} : { transformation }),
    }),
  );
  const units = Array.from({ length }, (_, i): FunnelUnit => {
    const numerator = numerators[i] as number;
    const denominator = denominators[i] as number;
    const value = numerator / denominator;
    const pairs = levels.map((confidence, level) => ({
      confidence,
      lower: drawn[level]?.lowers[i] as number,
      upper: drawn[level]?.uppers[i] as number,
    }));
    const beyond = pairs.filter(({ lower, upper }) => value < lower || value > upper);
    const deviation = deviations[i] as number;
    return {
      numerator,
      denominator,
      value,
      score:
        ((scores[i] as number) * deviation) / Math.hypot(deviation, Math.sqrt(betweenVariance)),
      limits: pairs,
      outside: beyond.length === 0 ? "within" : value > target ? "above" : "below",
      outsideConfidence: beyond.at(-1)?.confidence ?? 0,
    };
  });
  return { target, ratio: spread.ratio, betweenVariance, units };
}

function pooled(numerators: ArrayLike<number>, denominators: ArrayLike<number>): number {
  let [top, bottom] = [0, 0];
  for (let i = 0; i < numerators.length; i++) {
    top += numerators[i] as number;
    bottom += denominators[i] as number;
  }
  return bottom > 0 ? top / bottom : 0;
}
