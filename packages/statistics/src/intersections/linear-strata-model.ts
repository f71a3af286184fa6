import { checkCount, checkFinite, checkLengths } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import {
  type LinearProfilePoint,
  type LinearSums,
  linearProfile,
} from "./linear-strata-profile.ts";
import { interceptOnly, type StrataDesign } from "./strata-design.ts";
import { groupRows } from "./strata-model.ts";
import { profileLimit } from "./variance-interval.ts";

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

const log2pi = Math.log(2 * Math.PI);

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

function criterion(point: LinearProfilePoint, sums: LinearSums, method: "reml" | "ml"): number {
  const freedom = method === "reml" ? sums.people - sums.columns : sums.people;
  return (
    freedom * (1 + log2pi + Math.log(point.residualSquares / freedom)) +
    point.logScale +
    (method === "reml" ? point.logDeterminant : 0)
  );
}

function slope(point: LinearProfilePoint, sums: LinearSums, method: "reml" | "ml"): number {
  const freedom = method === "reml" ? sums.people - sums.columns : sums.people;
  return (
    point.slopeScale -
    (freedom * point.slopeSquares) / point.residualSquares -
    (method === "reml" ? point.slopeDeterminant : 0)
  );
}

const at = (sums: LinearSums, lambda: number) => linearProfile(sums, lambda) as LinearProfilePoint;

/** The least criterion: the bracket from a scan in log λ, then where its slope is nil; compared with λ = 0. */
function minimise(sums: LinearSums, method: "reml" | "ml") {
  const zero = at(sums, 0);
  let best = { lambda: 0, point: zero, value: criterion(zero, sums, method) };
  const scale = sums.people / (sums.strataStart.length - 1);
  const grid = Array.from({ length: 17 }, (_, i) => 10 ** (-4 + i * 0.5) / scale);
  let before = { lambda: 0, slope: slope(zero, sums, method) };
  for (const lambda of grid) {
    const here = { lambda, slope: slope(at(sums, lambda), sums, method) };
    if (before.slope < 0 && here.slope >= 0) {
      let [low, high] = [before, here];
      for (let i = 0; i < 100 && high.lambda - low.lambda > 1e-15 * high.lambda; i++) {
        let middle =
          low.lambda - (low.slope * (high.lambda - low.lambda)) / (high.slope - low.slope);
        const width = high.lambda - low.lambda;
        if (i % 3 === 2) middle = (low.lambda + high.lambda) / 2;
        middle = Math.min(
          high.lambda - 1e-16 * width,
          Math.max(low.lambda + 1e-16 * width, middle),
        );
        const point = { lambda: middle, slope: slope(at(sums, middle), sums, method) };
        if (point.slope < 0) low = point;
        else high = point;
        if (Math.abs(point.slope * middle) < 1e-12) {
          low = high = point;
          break;
        }
      }
      const found = at(sums, high.lambda);
      const value = criterion(found, sums, method);
      if (value < best.value) best = { lambda: high.lambda, point: found, value };
    }
    before = here;
  }
  return best;
}

function profileIntervals(sums: LinearSums, z: number, centre: number, intercept: number) {
  const best = minimise(sums, "ml");
  const sigma2 = best.point.residualSquares / sums.people;
  const between = Math.sqrt(best.lambda * sigma2);
  const deviance = (lambda: number, residual: number) => {
    const point = at(sums, lambda);
    return (
      sums.people * (log2pi + Math.log(residual)) +
      point.logScale +
      point.residualSquares / residual
    );
  };
  const root = (value: number) => Math.sqrt(Math.max(0, value - best.value));
  const limits = (
    from: number,
    width: number,
    drop: (x: number) => number,
    bounds: readonly [number, number],
  ): Estimate => ({
    value: from,
    lower:
      profileLimit(drop, from, Math.max(from - z * width, bounds[0]), z, bounds[0]) ?? bounds[0],
    upper: profileLimit(drop, from, from + z * width, z, bounds[1]) ?? bounds[1],
  });
  const sd = Math.sqrt(sigma2);
  const people = sums.people;
  const standardDeviation = limits(
    between,
    Math.max(between / 3, sd / Math.sqrt(people)),
    (s) =>
      root(
        golden((logR) => deviance((s * s) / Math.exp(logR), Math.exp(logR)), Math.log(sigma2), 1),
      ),
    [0, 100 * (between + sd)],
  );
  const residualStandardDeviation = limits(
    sd,
    sd / Math.sqrt(2 * people),
    (s) =>
      root(
        golden((t) => deviance(t * t, s * s), Math.sqrt(best.lambda), Math.sqrt(best.lambda) + 0.5),
      ),
    [sd / 100, sd * 100],
  );
  const p = sums.columns;
  const coefficients = Array.from({ length: p }, (_, j) => {
    const from = best.point.beta[j] as number;
    const width = Math.sqrt(sigma2 * (best.point.inverse[j * p + j] as number));
    const drop = (b: number) =>
      root(
        golden(
          (t) => {
            const point = at(sums, t * t);
            const gap = b - (point.beta[j] as number);
            const residual =
              point.residualSquares + (gap * gap) / (point.inverse[j * p + j] as number);
            return people * (1 + log2pi + Math.log(residual / people)) + point.logScale;
          },
          Math.sqrt(best.lambda),
          Math.sqrt(best.lambda) + 0.5,
        ),
      );
    const estimate = limits(from, width, drop, [from - 50 * width, from + 50 * width]);
    const shift = j === intercept ? centre : 0;
    return {
      value: estimate.value + shift,
      lower: estimate.lower + shift,
      upper: estimate.upper + shift,
    };
  });
  return { standardDeviation, residualStandardDeviation, coefficients };
}

/** The least value of a function with one dip near a start, by golden section; √λ is kept at 0 or above. */
function golden(f: (x: number) => number, start: number, width: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [start - width, start + width];
  const value = (x: number) => f(x);
  let c = b - ratio * (b - a);
  let d = a + ratio * (b - a);
  let [fc, fd] = [value(c), value(d)];
  for (let i = 0; i < 45; i++) {
    if (fc < fd) {
      [b, d, fd] = [d, c, fc];
      c = b - ratio * (b - a);
      fc = value(c);
    } else {
      [a, c, fc] = [c, d, fd];
      d = a + ratio * (b - a);
      fd = value(d);
    }
  }
  return Math.min(fc, fd);
}
