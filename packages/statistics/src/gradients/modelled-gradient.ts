import { checkLengths } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  isAbsent,
  type Result,
} from "../foundation/estimate.ts";
import { quadraticForm } from "../foundation/linear-algebra.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import {
  type GeneralisedLinearFit,
  generalisedLinearModel,
} from "../regression/generalised-linear-model.ts";
import { fractionalRank } from "./fractional-rank.ts";

/** Events by rank: one row a person or one row a group. */
export interface ModelledGradientData {
  /** Lowest = most deprived; equal numbers share a rank. */
  readonly rank: ArrayLike<number>;
  readonly count: ArrayLike<number>;
  /** People (or person-time for "poisson") of each row; 1 each when left out. */
  readonly population?: ArrayLike<number>;
  /** Held fixed: one array a thing, each as long as the counts. */
  readonly adjustFor?: readonly ArrayLike<number>[];
}

export interface ModelledGradientOptions extends ConfidenceOptions {
  /**
   * "binomial" (default): identity link for the slope, log link for the ratio. "logit": one logistic model,
   * standardised to everyone at either end. "poisson": rates, identity and log link.
   */
  readonly model?: "binomial" | "logit" | "poisson";
}

/** A slope or ratio from a model, and which model gave it. */
export interface ModelledIndex extends Estimate {
  /** Of the slope, or of the logarithm of the ratio. */
  readonly standardError: number;
  readonly model:
    | "identity binomial"
    | "log binomial"
    | "Poisson with robust errors"
    | "standardised logit"
    | "identity Poisson"
    | "log Poisson";
}

export interface ModelledGradient {
  readonly slope: Result<ModelledIndex>;
  readonly relative: Result<ModelledIndex>;
}

/**
 * Slope and relative index from a regression of events on rank, for individual data or adjusted for other
 * things: with age and sex equal, how far apart are the two ends? The slope is the coefficient of rank with
 * an identity link, the ratio exp of it with a log link (Barros and Hirakata 2003; Moreno-Betancur 2015).
 * Where the log-binomial fit has no inner maximum the ratio comes from Poisson with person-level robust
 * errors, where the identity fit has none the slope comes from the standardised logit; `model` says which.
 *
 * @throws StatisticsError for arrays of different lengths, negative counts or more events than people
 * @example
 * ```ts
 * const g = modelledGradient({
 *   rank: [1, 2, 3, 4, 5],
 *   count: [40, 35, 30, 25, 20],
 *   population: [100, 100, 100, 100, 100],
 * });
 * g.slope.value; // => -0.25
 * g.relative.value; // => 0.433225
 * ```
 */
export function modelledGradient(
  data: ModelledGradientData,
  options: ModelledGradientOptions = {},
): ModelledGradient {
  checkLengths({
    rank: data.rank,
    count: data.count,
    ...(data.population && { population: data.population }),
  });
  const z = zOfConfidence(options.confidence);
  const model = options.model ?? "binomial";
  const rank = fractionalRank(data.rank, data.population);
  const input = {
    events: data.count,
    predictors: [rank, ...(data.adjustFor ?? [])],
    ...(data.population && { denominator: data.population }),
  };
  if (model === "logit") return standardised(input, z);
  const family = model;
  const identity = generalisedLinearModel(input, { family, link: "identity" });
  const log = generalisedLinearModel(input, { family, link: "log" });
  const slope =
    isAbsent(identity) && model === "binomial"
      ? standardised(input, z).slope
      : fromCoefficient(
          identity,
          z,
          model === "binomial" ? "identity binomial" : "identity Poisson",
        );
  const relative =
    isAbsent(log) && model === "binomial"
      ? fromLogCoefficient(
          generalisedLinearModel(input, { family: "poisson", covariance: "persons" }),
          z,
          "Poisson with robust errors",
        )
      : fromLogCoefficient(log, z, model === "binomial" ? "log binomial" : "log Poisson");
  return { slope, relative };
}

function fromCoefficient(
  fit: Result<GeneralisedLinearFit>,
  z: number,
  model: ModelledIndex["model"],
): Result<ModelledIndex> {
  if (isAbsent(fit)) return fit;
  const value = fit.coefficients[1] as number;
  const standardError = fit.standardErrors[1] as number;
  return {
    value,
    lower: value - z * standardError,
    upper: value + z * standardError,
    standardError,
    model,
  };
}

function fromLogCoefficient(
  fit: Result<GeneralisedLinearFit>,
  z: number,
  model: ModelledIndex["model"],
): Result<ModelledIndex> {
  const log = fromCoefficient(fit, z, model);
  if (isAbsent(log)) return log;
  const upper = Math.exp(log.upper);
  if (upper === Number.POSITIVE_INFINITY) return tooFewForRatio();
  return {
    value: Math.exp(log.value),
    lower: Math.exp(log.lower),
    upper,
    standardError: log.standardError,
    model,
  };
}

const tooFewForRatio = () =>
  absent("notIdentified", "The groups have too few events for a ratio with an upper limit.");

/** Everyone moved to rank 0, then to rank 1, under one logistic model; delta errors. */
function standardised(
  input: Parameters<typeof generalisedLinearModel>[0],
  z: number,
): ModelledGradient {
  const fit = generalisedLinearModel(input, { family: "binomial" });
  if (isAbsent(fit)) return { slope: fit, relative: fit };
  const size = fit.coefficients.length;
  const ends = [0, 1].map((end) => meanAtRank(input, fit.coefficients, end));
  const [most, least] = ends as [MeanAtRank, MeanAtRank];
  const bySlope = least.gradient.map((g, k) => g - (most.gradient[k] as number));
  const byLog = least.gradient.map(
    (g, k) => g / least.mean - (most.gradient[k] as number) / most.mean,
  );
  const slopeError = Math.sqrt(quadraticForm(fit.covariance, bySlope, size));
  const logError = Math.sqrt(quadraticForm(fit.covariance, byLog, size));
  const slope = least.mean - most.mean;
  const ratio = least.mean / most.mean;
  const model = "standardised logit";
  const upper = ratio * Math.exp(z * logError);
  return {
    slope: {
      value: slope,
      lower: slope - z * slopeError,
      upper: slope + z * slopeError,
      standardError: slopeError,
      model,
    },
    relative:
      upper < Number.POSITIVE_INFINITY
        ? {
            value: ratio,
            lower: ratio * Math.exp(-z * logError),
            upper,
            standardError: logError,
            model,
          }
        : tooFewForRatio(),
  };
}

interface MeanAtRank {
  readonly mean: number;
  /** How the mean moves with each coefficient. */
  readonly gradient: Float64Array;
}

function meanAtRank(
  { events, predictors, denominator }: Parameters<typeof generalisedLinearModel>[0],
  coefficients: Float64Array,
  rank: number,
): MeanAtRank {
  const gradient = new Float64Array(coefficients.length);
  let mean = 0;
  let total = 0;
  for (let i = 0; i < events.length; i++)
    total += denominator === undefined ? 1 : (denominator[i] as number);
  for (let i = 0; i < events.length; i++) {
    const share = (denominator === undefined ? 1 : (denominator[i] as number)) / total;
    const at = (k: number) =>
      k === 0 ? 1 : k === 1 ? rank : ((predictors[k - 1] as ArrayLike<number>)[i] as number);
    let line = 0;
    for (let k = 0; k < coefficients.length; k++) line += (coefficients[k] as number) * at(k);
    const p = 1 / (1 + Math.exp(-line));
    mean += share * p;
    for (let k = 0; k < coefficients.length; k++)
      gradient[k] = (gradient[k] as number) + share * p * (1 - p) * at(k);
  }
  return { mean, gradient };
}
