import { checkCount, checkLengths } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  isAbsent,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { maximise, type RandomInterceptMaximum } from "./random-intercept-fit.ts";
import {
  type RandomInterceptData,
  RandomInterceptLikelihood,
} from "./random-intercept-likelihood.ts";
import { interceptOnly, type StrataDesign, sparseRows } from "./strata-design.ts";
import { cholesky, choleskyInverse } from "./symmetric-matrix.ts";
import { varianceInterval } from "./variance-interval.ts";

/** Counts of strata: events out of denominators, one row a stratum unless `stratum` says which rows share one. */
export interface StrataCounts {
  /** How many had the outcome. */
  readonly events: ArrayLike<number>;
  /** Out of how many people; for the Poisson form, the exposure (people, or person-time). */
  readonly denominators: ArrayLike<number>;
  /** Fixed effects. Default: an intercept alone, the null model. */
  readonly design?: StrataDesign;
  /** The stratum of each row, when a stratum has several rows; any codes. */
  readonly stratum?: ArrayLike<number | string>;
}

/** Options of the models of counts. */
export interface StrataModelOptions extends ConfidenceOptions {
  /** Adaptive Gauss–Hermite points a stratum. 1 is Laplace, 25 (default) is exact to about ten digits. */
  readonly points?: number;
  /** False leaves out the profile-likelihood interval of the variance, which costs more than the fit. */
  readonly varianceInterval?: boolean;
}

/** A fitted model of strata with one normal effect each. */
export interface StrataModel {
  readonly names: readonly string[];
  readonly coefficients: Float64Array;
  readonly standardErrors: Float64Array;
  /** Covariance of the coefficients, row-major. */
  readonly covariance: Float64Array;
  /** Between-stratum variance σ² on the scale of the linear predictor. */
  readonly variance: number;
  readonly standardDeviation: number;
  /** Profile-likelihood interval of the variance; its lower end may be 0. Undefined if not asked for. */
  readonly varianceInterval: Estimate | undefined;
  /** True if the likelihood is greatest at a variance of 0. It is then not known to be 0: see the interval. */
  readonly atBoundary: boolean;
  /** Log-likelihood, with the binomial coefficients (or factorials) left out. */
  readonly logLikelihood: number;
  /** Stratum effects u (conditional modes), and their conditional variances, which hold no error of β and σ. */
  readonly effects: Float64Array;
  readonly effectVariances: Float64Array;
  /** Fixed part xβ of each row. */
  readonly fixedPredictor: Float64Array;
  /** Fitted probability (or rate) of each row, stratum effect included. */
  readonly fitted: Float64Array;
  /** Which stratum (index into effects) each row belongs to. */
  readonly stratumOfRow: Int32Array;
  readonly iterations: number;
  readonly family: "binomial" | "poisson";
}

/**
 * Answers: how much do strata differ in a yes-or-no outcome? Logistic model of counts with a normal effect for
 * each stratum, by maximum likelihood: adaptive Gauss–Hermite, exact gradient, Newton steps with Louis'
 * information. Costs a pass over the strata a step; the number of people does not matter.
 * Breslow & Clayton (1993); Louis (1982). On sparse strata the variance often collapses to 0: use
 * {@link integratedMaihda} to decide anything.
 *
 * @example
 * ```ts
 * const model = logisticStrataModel({
 *   events: [10, 23, 23, 26, 17, 5, 53, 55, 32, 46, 10, 8, 10, 8, 23, 0, 3, 22, 15, 32, 3],
 *   denominators: [39, 62, 81, 51, 39, 6, 74, 72, 51, 79, 13, 16, 30, 28, 45, 4, 12, 41, 30, 51, 7],
 * });
 * model.standardDeviation; // => 0.6215
 * model.varianceInterval.lower; // => 0.1613
 * ```
 */
export function logisticStrataModel(
  counts: StrataCounts,
  options: StrataModelOptions = {},
): Result<StrataModel> {
  for (let i = 0; i < counts.events.length; i++)
    if ((counts.events[i] as number) > (counts.denominators[i] as number))
      throw new StatisticsError(
        "invalidCount",
        `invalid events; ${counts.events[i]} of ${counts.denominators[i]} in row ${i + 1}`,
      );
  return countModel(counts, "binomial", options);
}

/**
 * Answers: how much do strata differ in a rate of events? The Poisson form of {@link logisticStrataModel}, with
 * denominators as exposure.
 *
 * @example
 * ```ts
 * const model = poissonStrataModel({
 *   events: [4, 12, 7, 30, 18, 2, 9, 41],
 *   denominators: [100, 120, 90, 150, 130, 80, 110, 160],
 * });
 * model.variance; // => 0.3561
 * ```
 */
export function poissonStrataModel(
  counts: StrataCounts,
  options: StrataModelOptions = {},
): Result<StrataModel> {
  return countModel(counts, "poisson", options);
}

/** Rows put together by stratum, in the order in which strata are first met. */
export function groupRows(
  counts: StrataCounts,
  family: "binomial" | "poisson",
): {
  data: RandomInterceptData;
  order: Int32Array;
  stratumOfRow: Int32Array;
  design: StrataDesign;
} {
  const { events, denominators, stratum } = counts;
  const rows = checkLengths({ events, denominators, ...(stratum ? { stratum } : {}) });
  for (let i = 0; i < rows; i++) {
    checkCount("events", events[i] as number);
    checkCount("denominators", denominators[i] as number);
  }
  const design = counts.design ?? interceptOnly(rows);
  const stratumOfRow = new Int32Array(rows);
  const index = new Map<number | string, number>();
  for (let i = 0; i < rows; i++) {
    const code = stratum ? (stratum[i] as number | string) : i;
    let k = stratum ? index.get(code) : i;
    if (k === undefined) {
      k = index.size;
      index.set(code, k);
    }
    stratumOfRow[i] = k;
  }
  const strata = stratum ? index.size : rows;
  const strataStart = new Int32Array(strata + 1);
  for (let i = 0; i < rows; i++) strataStart[(stratumOfRow[i] as number) + 1]!++;
  for (let k = 0; k < strata; k++) strataStart[k + 1]! += strataStart[k] as number;
  const next = strataStart.slice(0, strata);
  const order = new Int32Array(rows);
  for (let i = 0; i < rows; i++) order[next[stratumOfRow[i] as number]!++] = i;
  const sorted = stratum ? { ...design, values: permuteRows(design, order) } : design;
  const data: RandomInterceptData = {
    family,
    events: Float64Array.from(order, (i) => events[i] as number),
    denominators: Float64Array.from(order, (i) => denominators[i] as number),
    rows: sparseRows(sorted, rows),
    columns: design.columns,
    strataStart,
  };
  return { data, order, stratumOfRow, design };
}

function permuteRows({ values, columns }: StrataDesign, order: Int32Array): Float64Array {
  const out = new Float64Array(values.length);
  order.forEach((from, to) => {
    out.set(values.subarray(from * columns, (from + 1) * columns), to * columns);
  });
  return out;
}

/** The greatest likelihood, with the boundary σ = 0 compared to the inside. */
export function bestMaximum(
  data: RandomInterceptData,
  points: number,
): Result<{ best: RandomInterceptMaximum; atBoundary: boolean; logLikelihoodAtZero: number }> {
  const likelihood = new RandomInterceptLikelihood(data);
  const flat = maximise(data, { points: 3, sigma: 0, likelihood });
  if (isAbsent(flat)) return flat;
  const corner = data.columns * likelihood.parameters + data.columns;
  // At σ = 0 the likelihood is level in σ and bends by Σ(R² − W).
  const bend = -(flat.information[corner] as number);
  let squares = 0;
  for (let k = 0; k < likelihood.strata; k++) {
    let weight = 0;
    for (let i = data.strataStart[k] as number; i < (data.strataStart[k + 1] as number); i++)
      weight += likelihood.rowInformation[i] as number;
    squares += weight * weight;
  }
  const start = Float64Array.from(flat.theta);
  start[data.columns] = bend > 0 ? Math.min(2, Math.sqrt(bend / squares)) : 0.3;
  const inside = maximise(data, { points, start, likelihood });
  const zero = flat.logLikelihood;
  if (!isAbsent(inside)) {
    const sigma = inside.theta[data.columns] as number;
    if (sigma > 1e-5 && inside.logLikelihood > zero)
      return { best: inside, atBoundary: false, logLikelihoodAtZero: zero };
  }
  if (bend > 0 && isAbsent(inside)) return inside;
  const best = maximise(data, { points: 3, sigma: 0, start: flat.theta, likelihood });
  return isAbsent(best) ? best : { best, atBoundary: true, logLikelihoodAtZero: zero };
}

function countModel(
  counts: StrataCounts,
  family: "binomial" | "poisson",
  options: StrataModelOptions,
): Result<StrataModel> {
  const points = options.points ?? 25;
  if (!(Number.isInteger(points) && points >= 1 && points <= 60))
    throw new StatisticsError(
      "invalidOption",
      `invalid points; not a whole number from 1 to 60: ${points}`,
    );
  const z = zOfConfidence(options.confidence);
  const { data, order, stratumOfRow, design } = groupRows(counts, family);
  if (data.strataStart.length - 1 < 3)
    return absent("tooFewGroups", "A variance between strata needs at least three strata.");
  const found = bestMaximum(data, points);
  if (isAbsent(found)) return found;
  const { best, atBoundary } = found;
  const { likelihood, theta } = best;
  const p = data.columns;
  const sigma = atBoundary ? 0 : (theta[p] as number);
  const full = atBoundary ? p : p + 1;
  const information = points === 1 && !atBoundary ? differencedInformation(best) : best.information;
  const factor = new Float64Array(full * full);
  for (let i = 0; i < full; i++)
    for (let j = 0; j < full; j++) factor[i * full + j] = information[i * (p + 1) + j] as number;
  if (!cholesky(factor, full))
    return absent("notIdentified", "The fixed effects of the strata cannot be told apart.");
  const inverse = choleskyInverse(factor, full);
  const covariance = new Float64Array(p * p);
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++) covariance[i * p + j] = inverse[i * full + j] as number;
  const effects = likelihood.modes.map((b) => (atBoundary ? 0 : sigma * b));
  const effectVariances = likelihood.curvatures.map((h) => (sigma * sigma) / h);
  const fixedPredictor = new Float64Array(order.length);
  order.forEach((row, i) => {
    fixedPredictor[row] = likelihood.linear[i] as number;
  });
  const fitted = fixedPredictor.map((x, i) => {
    const eta = x + (effects[stratumOfRow[i] as number] as number);
    return family === "poisson" ? Math.exp(eta) : 1 / (1 + Math.exp(-eta));
  });
  const interval =
    options.varianceInterval === false
      ? undefined
      : varianceInterval(
          found,
          data,
          z,
          Math.sqrt(atBoundary ? 0 : (inverse[full * full - 1] as number)),
          points,
        );
  return {
    names: design.names,
    coefficients: theta.slice(0, p),
    standardErrors: Float64Array.from({ length: p }, (_, j) =>
      Math.sqrt(covariance[j * p + j] as number),
    ),
    covariance,
    variance: sigma * sigma,
    standardDeviation: sigma,
    varianceInterval: interval,
    atBoundary,
    logLikelihood: best.logLikelihood,
    effects,
    effectVariances,
    fixedPredictor,
    fitted,
    stratumOfRow,
    iterations: best.iterations,
    family,
  };
}

/** Laplace has no closed information of its own: central differences of its exact gradient. */
function differencedInformation({ likelihood, theta }: RandomInterceptMaximum): Float64Array {
  const p = theta.length;
  const information = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    const h = 1e-4 * Math.max(1, Math.abs(theta[j] as number));
    const side = (sign: number) => {
      const moved = Float64Array.from(theta);
      moved[j]! += sign * h;
      likelihood.evaluate(moved, 1);
      return Float64Array.from(likelihood.gradient);
    };
    const [up, down] = [side(1), side(-1)];
    for (let i = 0; i < p; i++)
      information[i * p + j] = ((down[i] as number) - (up[i] as number)) / (2 * h);
  }
  for (let i = 0; i < p; i++)
    for (let j = 0; j < i; j++) {
      const mean = ((information[i * p + j] as number) + (information[j * p + i] as number)) / 2;
      information[i * p + j] = information[j * p + i] = mean;
    }
  likelihood.evaluate(theta, 1);
  return information;
}
