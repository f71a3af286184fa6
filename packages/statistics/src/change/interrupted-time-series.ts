import {
  absent,
  type Estimate,
  isAbsent,
  normalProbability,
  type Result,
  zOfConfidence,
} from "../foundation/index.ts";
import { type GeneralisedLinearFit, generalisedLinearModel } from "../regression/index.ts";
import {
  type CountSeries,
  type InterruptedTimeSeriesOptions,
  type SegmentedDesign,
  segmentedDesign,
} from "./segmented-design.ts";

/** A ratio of rates: 0.9 is a tenth fewer. */
export interface RateRatio extends Estimate {
  /** On the log scale. */
  readonly standardError: number;
  readonly pValue: number;
}

/** What changed at the interruption. */
export interface InterruptedTimeSeries {
  /** Rate just after the interruption, over what the trend before would give there. */
  readonly level: RateRatio;
  /** Trend before: ratio from one period to the next. */
  readonly slopeBefore: RateRatio;
  /** Trend after over trend before; only where the slope may change. */
  readonly slopeChange: Result<RateRatio>;
  /** Counts that the model gives, and what it gives without the change. */
  readonly fitted: readonly number[];
  readonly counterfactual: readonly number[];
  /** Fitted less counterfactual, over all periods after: negative is fewer. */
  readonly attributed: Estimate & { readonly standardError: number };
  /** Pearson χ² over its degrees of freedom; 1 is what Poisson counts give. */
  readonly dispersion: number;
  /** Correlation of a period's residual with the next: over about 2/√n the interval is too narrow. */
  readonly autocorrelation: number;
}

/**
 * Did the action change the rate, beyond its own trend and season? Log-linear Poisson regression of counts with
 * exposure: a trend, a step at the interruption and, unless `change` is "level", a new slope from there.
 *
 * Set the date before looking. Anything else that happened then is in the estimate too: use
 * `controlledInterruptedTimeSeries` where an untouched series exists. Needs four periods each side at least,
 * and two years for a season.
 *
 * Lopez Bernal, Cummins and Gasparrini (2017), International Journal of Epidemiology 46:348–355; Newey and
 * West (1987), Econometrica 55:703–708.
 *
 * @example
 * ```ts
 * const counts = [50, 52, 49, 51, 53, 50, 41, 40, 42, 39, 41, 40];
 * const result = interruptedTimeSeries({ counts }, { interruption: 6, change: "level" });
 * result.level.value; // => 0.7967
 * ```
 */
export function interruptedTimeSeries(
  series: CountSeries,
  options: InterruptedTimeSeriesOptions,
): Result<InterruptedTimeSeries> {
  const design = segmentedDesign(series, options);
  const { n, interruption, predictors, exposure, slopes } = design;
  if (Math.min(interruption, n - interruption) < 4)
    return absent(
      "tooFew",
      `needs 4 periods before and after; there are ${interruption} and ${n - interruption}`,
    );
  const errors = options.errors ?? "quasi";
  const fit = generalisedLinearModel(
    { events: series.counts, denominator: exposure, predictors },
    {
      family: "poisson",
      dispersion: errors === "quasi" ? "pearson" : "fixed",
      ...(typeof errors === "object" && { covariance: errors }),
    },
  );
  if (isAbsent(fit)) return fit;
  if (fit.degreesOfFreedom < 1)
    return absent("tooFew", `${n} periods cannot give ${fit.coefficients.length} coefficients`);
  const z = zOfConfidence(options.confidence);
  const ratio = (k: number): RateRatio =>
    ratioOfCoefficient(fit.coefficients[k] as number, fit.standardErrors[k] as number, z);
  const residuals = Array.from({ length: n }, (_, i) => {
    const fitted = (fit.fitted[i] as number) * (exposure[i] as number);
    return ((series.counts[i] as number) - fitted) / Math.sqrt(fitted);
  });
  const effect = attribute(fit, design, z);
  for (let k = 1; k < (slopes ? 4 : 3); k++)
    if (ratio(k).upper === Number.POSITIVE_INFINITY)
      return absent("notIdentified", "there are too few events to tell what changed");
  return {
    level: ratio(2),
    slopeBefore: ratio(1),
    slopeChange: slopes
      ? ratio(3)
      : absent("notIdentified", "the slope was held; ask for levelAndSlope to let it change"),
    ...effect,
    dispersion: fit.pearsonChiSquared / fit.degreesOfFreedom,
    autocorrelation: lagOne(residuals),
  };
}

/** exp of a coefficient, with its interval and test. */
export function ratioOfCoefficient(
  coefficient: number,
  standardError: number,
  z: number,
): RateRatio {
  return {
    value: Math.exp(coefficient),
    lower: Math.exp(coefficient - z * standardError),
    upper: Math.exp(coefficient + z * standardError),
    standardError,
    pValue: standardError > 0 ? 2 * normalProbability(-Math.abs(coefficient / standardError)) : 1,
  };
}

/** Fitted and counterfactual counts, and their difference after the interruption by the delta method. */
function attribute(
  fit: GeneralisedLinearFit,
  { n, interruption, predictors, exposure, slopes }: SegmentedDesign,
  z: number,
): Pick<InterruptedTimeSeries, "fitted" | "counterfactual" | "attributed"> {
  const size = fit.coefficients.length;
  const changed = slopes ? [2, 3] : [2];
  const fitted: number[] = [];
  const counterfactual: number[] = [];
  const gradient = new Float64Array(size);
  let value = 0;
  for (let i = 0; i < n; i++) {
    const x = (k: number): number => (k === 0 ? 1 : (predictors[k - 1]?.[i] as number));
    const withChange = (fit.fitted[i] as number) * (exposure[i] as number);
    let effect = 0;
    for (const k of changed) effect += (fit.coefficients[k] as number) * x(k);
    const without = withChange * Math.exp(-effect);
    fitted.push(withChange);
    counterfactual.push(without);
    if (i < interruption) continue;
    value += withChange - without;
    for (let k = 0; k < size; k++)
      gradient[k] =
        (gradient[k] as number) + x(k) * (withChange - (changed.includes(k) ? 0 : without));
  }
  let variance = 0;
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++)
      variance +=
        (gradient[a] as number) *
        (gradient[b] as number) *
        (fit.covariance[a * size + b] as number);
  const standardError = Math.sqrt(Math.max(0, variance));
  return {
    fitted,
    counterfactual,
    attributed: {
      value,
      lower: value - z * standardError,
      upper: value + z * standardError,
      standardError,
    },
  };
}

function lagOne(residuals: readonly number[]): number {
  const mean = residuals.reduce((sum, r) => sum + r, 0) / residuals.length;
  let together = 0;
  let alone = 0;
  residuals.forEach((r, i) => {
    alone += (r - mean) ** 2;
    if (i > 0) together += (r - mean) * ((residuals[i - 1] as number) - mean);
  });
  return alone > 0 ? together / alone : 0;
}
