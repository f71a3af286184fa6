import {
  absent,
  type ConfidenceOptions,
  checkCount,
  checkLengths,
  type Estimate,
  isAbsent,
  normalProbability,
  type Result,
  StatisticsError,
  zOfConfidence,
} from "../foundation/index.ts";
import { type GeneralisedLinearFit, generalisedLinearModel } from "../regression/index.ts";

/** Counts once a period, in time order. */
export interface CountSeries {
  readonly counts: ArrayLike<number>;
  /** People or person-time of each period; 1 each when left out. */
  readonly exposure?: ArrayLike<number>;
}

/** How the series is modelled. */
export interface InterruptedTimeSeriesOptions extends ConfidenceOptions {
  /** Index of the first period after the change. */
  readonly interruption: number;
  /** What may change: the level at once, or its slope too. Default "levelAndSlope". */
  readonly change?: "level" | "levelAndSlope";
  /** Pairs of sine and cosine for the season. Default 0; 2 is usual for months. */
  readonly harmonics?: number;
  /** Periods in a year. Default 12. */
  readonly seasonLength?: number;
  /**
   * `quasi` widens Poisson errors by the dispersion; `poisson` does not; `neweyWest` also allows periods within
   * `lag` of each other to be alike. Default `quasi`.
   */
  readonly errors?: "quasi" | "poisson" | { readonly neweyWest: number };
}

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
  /** Correlation of a period's residual with the next: over about 2/√n, use Newey–West errors. */
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
  const design = layOut(series, options);
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
    rateRatio(fit.coefficients[k] as number, fit.standardErrors[k] as number, z);
  const residuals = Array.from({ length: n }, (_, i) => {
    const fitted = (fit.fitted[i] as number) * (exposure[i] as number);
    return ((series.counts[i] as number) - fitted) / Math.sqrt(fitted);
  });
  const effect = attribute(fit, design, z);
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
export function rateRatio(coefficient: number, standardError: number, z: number): RateRatio {
  return {
    value: Math.exp(coefficient),
    lower: Math.exp(coefficient - z * standardError),
    upper: Math.exp(coefficient + z * standardError),
    standardError,
    pValue: standardError > 0 ? 2 * normalProbability(-Math.abs(coefficient / standardError)) : 1,
  };
}

interface Layout {
  readonly n: number;
  readonly interruption: number;
  readonly slopes: boolean;
  readonly exposure: readonly number[];
  /** Time, step, then slope if asked for, then the season. */
  readonly predictors: readonly (readonly number[])[];
}

function layOut(series: CountSeries, options: InterruptedTimeSeriesOptions): Layout {
  const { counts } = series;
  const { interruption, harmonics = 0, seasonLength = 12 } = options;
  const n =
    series.exposure === undefined
      ? counts.length
      : checkLengths({ counts, exposure: series.exposure });
  const exposure = Array.from({ length: n }, (_, i) => series.exposure?.[i] ?? 1);
  exposure.forEach((people, i) => {
    checkCount(`counts[${i}]`, counts[i] as number);
    if (!(people > 0 && Number.isFinite(people)))
      throw new StatisticsError(
        "invalidCount",
        `invalid exposure[${i}]; leave out periods with nobody at risk: ${people}`,
      );
  });
  if (!(Number.isInteger(interruption) && interruption > 0 && interruption < n))
    throw new StatisticsError(
      "invalidOption",
      `invalid interruption; no period of the ${n} after the first: ${interruption}`,
    );
  if (!(Number.isInteger(harmonics) && harmonics >= 0 && 2 * harmonics < seasonLength))
    throw new StatisticsError(
      "invalidOption",
      `invalid harmonics; a whole number under half the season of ${seasonLength}: ${harmonics}`,
    );
  const slopes = options.change !== "level";
  const over = (of: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => of(i));
  const season = Array.from({ length: harmonics }, (_, k) => {
    const angle = (i: number): number => (2 * Math.PI * (k + 1) * i) / seasonLength;
    return [over((i) => Math.sin(angle(i))), over((i) => Math.cos(angle(i)))];
  }).flat();
  return {
    n,
    interruption,
    slopes,
    exposure,
    predictors: [
      over((i) => i),
      over((i) => (i >= interruption ? 1 : 0)),
      ...(slopes ? [over((i) => Math.max(0, i - interruption))] : []),
      ...season,
    ],
  };
}

/** Fitted and counterfactual counts, and their difference after the interruption by the delta method. */
function attribute(
  fit: GeneralisedLinearFit,
  { n, interruption, predictors, exposure, slopes }: Layout,
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
