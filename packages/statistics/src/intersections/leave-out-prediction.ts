import { absent, isAbsent, type Result } from "../foundation/estimate.ts";
import { choleskyInverse } from "../foundation/linear-algebra.ts";
import { maximise } from "./random-intercept-fit.ts";
import type { RandomInterceptData } from "./random-intercept-likelihood.ts";
import { weakPrior } from "./sigma-posterior.ts";
import { cholesky } from "./symmetric-matrix.ts";

/** Mean and variance of each stratum's fixed part, from the other strata. */
export interface Prediction {
  readonly theta: Float64Array;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Fits the main effects to the strata that are kept, and predicts each from the others. */
export function predict(
  data: RandomInterceptData,
  kept: Uint8Array,
  sigma: number,
  start?: Float64Array,
): Result<Prediction> {
  const p = data.columns;
  const priorPrecision = weakPrior(data);
  const fit = maximise(
    {
      ...data,
      events: data.events.map((y, k) => (kept[k] ? y : 0)),
      denominators: data.denominators.map((n, k) => (kept[k] ? n : 0)),
    },
    { points: 7, sigma, priorPrecision, tolerance: 1e-9, ...(start ? { start } : {}) },
  );
  if (isAbsent(fit)) return fit;
  const factor = new Float64Array(p * p);
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++) factor[i * p + j] = fit.information[i * (p + 1) + j] as number;
  if (!cholesky(factor, p))
    return absent("notIdentified", "The fixed effects of the strata cannot be told apart.");
  const covariance = choleskyInverse(factor, p);
  const { linear, rowScores, rowInformation } = fit.likelihood;
  const mean = Float64Array.from(linear);
  const { start: first, column, value } = data.rows;
  const variance = mean.map((_, k) => {
    let sum = 0;
    for (let e = first[k] as number; e < (first[k + 1] as number); e++)
      for (let f = first[k] as number; f < (first[k + 1] as number); f++)
        sum +=
          (value[e] as number) *
          (value[f] as number) *
          (covariance[(column[e] as number) * p + (column[f] as number)] as number);
    if (!kept[k]) return sum;
    const own = Math.min(0.98, Math.max(0, (rowInformation[k] as number) * sum));
    const left = sum / (1 - own);
    mean[k]! -= left * (rowScores[k] as number);
    return left;
  });
  return { theta: fit.theta, mean, variance };
}

/** Expected share and its derivative, with the curvature of the link over the spread s². */
export function moments(family: "binomial" | "poisson", eta: number, s2: number): [number, number] {
  if (family === "poisson") {
    const mean = Math.exp(eta + s2 / 2);
    return [mean, mean];
  }
  const p = 1 / (1 + Math.exp(-eta));
  const w = p * (1 - p);
  return [Math.min(1, Math.max(0, p + (w * (1 - 2 * p) * s2) / 2)), w];
}

/** Observed less predicted, in standard errors of the prediction. */
export function standardScores(
  data: RandomInterceptData,
  { mean, variance }: Prediction,
  sigma: number,
): Float64Array {
  return mean.map((eta, k) => {
    const n = data.denominators[k] as number;
    const s2 = (variance[k] as number) + sigma * sigma;
    const [share, w] = moments(data.family, eta, s2);
    const own = data.family === "poisson" ? n * share : n * w + n * (n - 1) * w * w * s2;
    const spread = data.family === "poisson" ? own + n * n * share * share * Math.expm1(s2) : own;
    return ((data.events[k] as number) - n * share) / Math.sqrt(Math.max(spread, 1e-12));
  });
}

/**
 * The spread of ordinary strata: the σ at which the scores within ±2 have the variance of a normal cut there,
 * which the few that stand out do not reach. 0 where they vary no more than that; otherwise a standard error is
 * added, so that an unlucky sample does not make ordinary strata stand out.
 */
export function backgroundSpread(data: RandomInterceptData, prediction: Prediction): number {
  const useful = Int32Array.from(
    Array.from(prediction.mean.keys()).filter((k) => {
      const [share, w] = moments(data.family, prediction.mean[k] as number, 0);
      return (data.denominators[k] as number) * (data.family === "poisson" ? share : w) >= 1;
    }),
  );
  if (useful.length < 10) return 0;
  const within = (sigma: number) => {
    const scores = standardScores(data, prediction, sigma);
    let sum = 0;
    let count = 0;
    for (const k of useful) {
      const z = scores[k] as number;
      if (Math.abs(z) > cut) continue;
      sum += z * z;
      count++;
    }
    return { mean: count > 0 ? sum / count : 0, count };
  };
  const none = within(0);
  const error = cutSpread / Math.sqrt(Math.max(none.count, 1));
  if (none.mean <= cutVariance) return 0;
  let [low, high] = [0, 4];
  for (let i = 0; i < 30; i++) {
    const half = (low + high) / 2;
    if (within(half).mean > cutVariance - error) low = half;
    else high = half;
  }
  return (low + high) / 2;
}

/** Scores beyond this are put aside. */
export const cut = 2;
/** Variance of a standard normal variable within ±2, and the standard deviation of its square. */
const cutVariance = 0.77374;
const cutSpread = 0.90385;
