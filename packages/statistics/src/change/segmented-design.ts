import {
  type ConfidenceOptions,
  checkCount,
  checkFinite,
  checkLengths,
  StatisticsError,
} from "../foundation/index.ts";

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

/** The model, column by column. */
export interface SegmentedDesign {
  readonly n: number;
  readonly interruption: number;
  readonly slopes: boolean;
  readonly exposure: readonly number[];
  /** Time, step, then slope if asked for, then the season. */
  readonly predictors: readonly (readonly number[])[];
}

/** Checks a series and lays out its model. */
export function segmentedDesign(
  series: CountSeries,
  options: InterruptedTimeSeriesOptions,
): SegmentedDesign {
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
    checkFinite(`exposure[${i}]`, people);
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
