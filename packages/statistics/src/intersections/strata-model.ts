import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  isAbsent,
  type Result,
} from "../foundation/estimate.ts";
import { choleskyInverse } from "../foundation/linear-algebra.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { bestMaximum, differencedInformation } from "./best-maximum.ts";
import { groupRows, type StrataCounts } from "./strata-rows.ts";
import { cholesky } from "./symmetric-matrix.ts";
import { varianceInterval } from "./variance-interval.ts";

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
