import { checkCount, checkFinite, checkLengths } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { profileIntervals } from "./linear-strata-intervals.ts";
import { type LinearSums, linearProfile } from "./linear-strata-profile.ts";
import { criterion, minimise } from "./linear-strata-search.ts";
import { interceptOnly, type StrataDesign } from "./strata-design.ts";
import { groupRows } from "./strata-rows.ts";

/** Sums of a score in strata: enough for the linear model, whatever the number of people. */
export interface StrataSums {
  readonly denominators: ArrayLike<number>;
  readonly sums: ArrayLike<number>;
  readonly sumsOfSquares: ArrayLike<number>;
  readonly design?: StrataDesign;
  /** The stratum of each row, when a stratum has several rows. */
  readonly stratum?: ArrayLike<number | string>;
}

/** Options of {@link linearStrataModel}. */
export interface LinearStrataOptions extends ConfidenceOptions {
  /** Restricted ("reml", default) or full ("ml") maximum likelihood. */
  readonly method?: "reml" | "ml";
  /** True adds the profile-likelihood intervals, by full maximum likelihood as is usual. */
  readonly profileIntervals?: boolean;
}

/** A fitted linear model of strata. */
export interface LinearStrataModel {
  readonly names: readonly string[];
  readonly coefficients: Float64Array;
  readonly standardErrors: Float64Array;
  /** Between-stratum and within-stratum variance. */
  readonly variance: number;
  readonly residualVariance: number;
  /** Share of the variance that lies between strata. */
  readonly vpc: number;
  readonly atBoundary: boolean;
  /** −2 log-likelihood, restricted or full. */
  readonly criterion: number;
  readonly effects: Float64Array;
  readonly effectVariances: Float64Array;
  /** Standard deviations between and within strata, and each coefficient, with profile intervals. */
  readonly profile:
    | {
        readonly standardDeviation: Estimate;
        readonly residualStandardDeviation: Estimate;
        readonly coefficients: readonly Estimate[];
      }
    | undefined;
}

/**
 * Answers: how much do strata differ in a score? The linear mixed model with a normal effect a stratum, from
 * counts, sums and sums of squares, by a profile in one unknown, λ = σu²/σe², with weights n/(1 + nλ).
 * Gives what lme4 gives row by row, at the cost of the strata.
 *
 * @example
 * ```ts
 * const model = linearStrataModel({
 *   denominators: [4, 4, 4, 4],
 *   sums: [40, 48, 60, 44],
 *   sumsOfSquares: [410, 590, 912, 496],
 * });
 * model.vpc; // => 0.4783
 * ```
 */
export function linearStrataModel(
  strata: StrataSums,
  options: LinearStrataOptions = {},
): Result<LinearStrataModel> {
  const { denominators, sums, sumsOfSquares } = strata;
  const method = options.method ?? "reml";
  if (method !== "reml" && method !== "ml")
    throw new StatisticsError("invalidOption", `invalid method; not reml or ml: ${method}`);
  const rows = checkLengths({ denominators, sums, sumsOfSquares });
  for (let i = 0; i < rows; i++) {
    checkCount("denominators", denominators[i] as number);
    checkFinite("sums", sums[i] as number);
    checkCount("sumsOfSquares", sumsOfSquares[i] as number);
  }
  const design = strata.design ?? interceptOnly(rows);
  const grouped = groupRows({ ...strata, design, events: new Float64Array(rows) }, "poisson");
  const { order } = grouped;
  const people = Array.from(denominators).reduce((a, b) => a + b, 0);
  const intercept = constantColumn(design, rows);
  const centre =
    people > 0 && intercept >= 0 ? Array.from(sums).reduce((a, b) => a + b, 0) / people : 0;
  let squares = 0;
  for (let i = 0; i < rows; i++)
    squares +=
      (sumsOfSquares[i] as number) -
      2 * centre * (sums[i] as number) +
      centre * centre * (denominators[i] as number);
  const linear: LinearSums = {
    rows: grouped.data.rows,
    columns: design.columns,
    strataStart: grouped.data.strataStart,
    n: grouped.data.denominators,
    sum: Float64Array.from(
      order,
      (i) => (sums[i] as number) - centre * (denominators[i] as number),
    ),
    squares,
    people,
  };
  const strataCount = linear.strataStart.length - 1;
  if (strataCount < 3)
    return absent("tooFewGroups", "A variance between strata needs at least three strata.");
  if (people <= Math.max(strataCount, design.columns))
    return absent(
      "tooFew",
      `${people} people in ${strataCount} strata leave nothing to compare within.`,
    );
  if (!linearProfile(linear, 0))
    return absent("notIdentified", "The fixed effects of the strata cannot be told apart.");
  if (!(squaresWithin(strata, grouped.stratumOfRow, strataCount, centre) > 1e-12 * squares))
    return absent(
      "allEqual",
      "Scores do not differ within strata, so there is no variance to split.",
    );
  const z = zOfConfidence(options.confidence);
  const best = minimise(linear, method);
  const { point, lambda } = best;
  const freedom = method === "reml" ? people - design.columns : people;
  const residualVariance = point.residualSquares / freedom;
  return {
    names: design.names,
    coefficients: point.beta.map((b, j) => (j === intercept ? b + centre : b)),
    standardErrors: Float64Array.from({ length: design.columns }, (_, j) =>
      Math.sqrt(residualVariance * (point.inverse[j * design.columns + j] as number)),
    ),
    variance: lambda * residualVariance,
    residualVariance,
    vpc: lambda / (1 + lambda),
    atBoundary: lambda === 0,
    criterion: criterion(point, linear, method),
    effects: point.strataResiduals.map(
      (e, k) => (lambda * e) / (1 + (point.strataPeople[k] as number) * lambda),
    ),
    effectVariances: point.strataPeople.map((n) => (residualVariance * lambda) / (1 + n * lambda)),
    profile: options.profileIntervals ? profileIntervals(linear, z, centre, intercept) : undefined,
  };
}

/** Sum of squares about the mean of each stratum. */
function squaresWithin(
  { denominators, sums, sumsOfSquares }: StrataSums,
  stratumOfRow: Int32Array,
  strata: number,
  centre: number,
): number {
  const people = new Float64Array(strata);
  const totals = new Float64Array(strata);
  let within = 0;
  stratumOfRow.forEach((k, i) => {
    const n = denominators[i] as number;
    const sum = sums[i] as number;
    people[k]! += n;
    totals[k]! += sum - centre * n;
    within += (sumsOfSquares[i] as number) - 2 * centre * sum + centre * centre * n;
  });
  totals.forEach((total, k) => {
    if ((people[k] as number) > 0) within -= (total * total) / (people[k] as number);
  });
  return within;
}

/** The column that is all ones, which takes back the centre of the outcome; −1 if there is none. */
function constantColumn({ columns, values }: StrataDesign, rows: number): number {
  for (let j = 0; j < columns; j++) {
    let ones = 0;
    while (ones < rows && values[ones * columns + j] === 1) ones++;
    if (ones === rows) return j;
  }
  return -1;
}
