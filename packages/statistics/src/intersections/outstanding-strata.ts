import {
  binomialMass,
  binomialProbability,
  poissonMass,
  poissonProbability,
} from "../foundation/distributions/index.ts";
import { absent, type ConfidenceOptions, isAbsent, type Result } from "../foundation/estimate.ts";
import { normalProbability, zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { benjaminiHochberg } from "../many-cuts/adjusted-p-values.ts";
import type { StrataEstimates } from "./integrated-maihda.ts";
import { type CrossedStrata, peopledRows } from "./maihda.ts";
import { maximise } from "./random-intercept-fit.ts";
import type { RandomInterceptData } from "./random-intercept-likelihood.ts";
import { weakPrior } from "./sigma-posterior.ts";
import { mainEffects } from "./strata-design.ts";
import { groupRows } from "./strata-model.ts";
import { cholesky, choleskyInverse } from "./symmetric-matrix.ts";

/** Options of {@link outstandingStrata}. */
export interface OutstandingStrataOptions extends ConfidenceOptions {
  readonly family?: "binomial" | "poisson";
  /** Expected share of false ones among those called outstanding. Default 0.05. */
  readonly falseDiscoveryRate?: number;
  readonly minimumStrata?: number;
}

/** Strata against what the others say that their characteristics add up to. */
export interface OutstandingStrata {
  /** Which row given each modelled stratum is: those with people in them. */
  readonly strataRows: Int32Array;
  /** Indices (into these arrays) of the strata that stand out, the most certain first. */
  readonly outstanding: Int32Array;
  /** Probability (or rate) that the main effects of the other strata predict. */
  readonly expected: Float64Array;
  /** Observed minus expected, in probability (or rate), not shrunk. */
  readonly excess: StrataEstimates;
  /** Observed minus expected, in people (or events). */
  readonly excessEvents: Float64Array;
  readonly pValues: Float64Array;
  /** Benjamini–Hochberg adjusted. */
  readonly adjusted: Float64Array;
  /** Spread that ordinary strata have about the main effects, on the linear predictor. */
  readonly backgroundStandardDeviation: number;
  /** How many strata were kept out of the fit of the main effects. */
  readonly trimmed: number;
}

/**
 * Answers: which crossings are more, or less, than the sum of their parts? Fits the main effects, puts aside the
 * strata that do not fit, fits again on the rest until the same are put aside, and then predicts each stratum
 * from the others: a mid-p value that holds the count's chance, the uncertainty of the effects and the spread of
 * ordinary strata; Benjamini–Hochberg over all. Without the trimming outliers bend their own baseline. A stratum
 * whose interval "excludes the average" is no such finding: that is mostly its main effects.
 *
 * @example
 * ```ts
 * const rows = Array.from({ length: 48 }, (_, i) => ({ sex: i % 2, area: i >> 1 }));
 * const result = outstandingStrata({
 *   events: rows.map((r, i) => (i === 20 ? 70 : 25 + 10 * r.sex + ((i * 5) % 7))),
 *   denominators: rows.map(() => 100),
 *   characteristics: { sex: rows.map((r) => r.sex), area: rows.map((r) => r.area >> 2) },
 * });
 * result.outstanding; // => [20]
 * ```
 */
export function outstandingStrata(
  strata: CrossedStrata,
  options: OutstandingStrataOptions = {},
): Result<OutstandingStrata> {
  const rate = options.falseDiscoveryRate ?? 0.05;
  if (!(rate > 0 && rate < 1))
    throw new StatisticsError(
      "invalidOption",
      `invalid falseDiscoveryRate; not in (0, 1): ${rate}`,
    );
  const z = zOfConfidence(options.confidence);
  const family = options.family ?? "binomial";
  const strataRows = peopledRows(strata.denominators);
  const size = strataRows.length;
  const minimum = options.minimumStrata ?? 20;
  if (size < minimum)
    return absent(
      "tooFewGroups",
      `${size} strata have people in them; at least ${minimum} are needed.`,
    );
  const pick = <T>(values: ArrayLike<T>) => Array.from(strataRows, (i) => values[i] as T);
  const design = mainEffects(
    Object.fromEntries(
      Object.entries(strata.characteristics).map(([name, codes]) => [name, pick(codes)]),
    ),
  );
  const counts = { events: pick(strata.events), denominators: pick(strata.denominators), design };
  const { data } = groupRows(counts, family);

  const kept = new Uint8Array(size).fill(1);
  const seen = new Set<string>();
  let sigma = 0;
  let prediction = predict(data, kept, sigma);
  if (isAbsent(prediction)) return prediction;
  for (let round = 0; round < 25; round++) {
    sigma = backgroundSpread(data, prediction);
    prediction = predict(data, kept, sigma, prediction.theta);
    if (isAbsent(prediction)) return prediction;
    const scores = standardScores(data, prediction, sigma);
    // At most a quarter is put aside, the worst first.
    const worst = Array.from(scores.keys()).sort(
      (a, b) => Math.abs(scores[b] as number) - Math.abs(scores[a] as number),
    );
    kept.fill(1);
    for (const k of worst.slice(0, size >> 2)) if (Math.abs(scores[k] as number) > cut) kept[k] = 0;
    const key = kept.join("");
    if (seen.has(key)) break;
    seen.add(key);
    prediction = predict(data, kept, sigma, prediction.theta);
    if (isAbsent(prediction)) return prediction;
  }
  return report(data, prediction, sigma, kept, strataRows, rate, z);
}

/** Mean and variance of each stratum's fixed part, from the other strata. */
interface Prediction {
  readonly theta: Float64Array;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

function predict(
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
function moments(family: "binomial" | "poisson", eta: number, s2: number): [number, number] {
  if (family === "poisson") {
    const mean = Math.exp(eta + s2 / 2);
    return [mean, mean];
  }
  const p = 1 / (1 + Math.exp(-eta));
  const w = p * (1 - p);
  return [Math.min(1, Math.max(0, p + (w * (1 - 2 * p) * s2) / 2)), w];
}

function standardScores(
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
 * which the few that stand out do not reach. 0 unless the excess is over one standard error.
 */
function backgroundSpread(data: RandomInterceptData, prediction: Prediction): number {
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
    if (within(half).mean > cutVariance - 0.5 * error) low = half;
    else high = half;
  }
  return (low + high) / 2;
}

const cut = 2;
/** Variance of a standard normal variable within ±2, and the standard deviation of its square. */
const cutVariance = 0.77374;
const cutSpread = 0.90385;

/** Mid-p of a count whose linear predictor is normal: the tails summed over an even grid. */
function predictiveMidP(
  family: "binomial" | "poisson",
  y: number,
  n: number,
  eta: number,
  s2: number,
): number {
  const s = Math.sqrt(s2);
  const [, w] = moments(family, eta, 0);
  const step = Math.min(
    s / 2,
    0.7 / Math.sqrt(Math.max(n * (family === "poisson" ? Math.exp(eta) : w), 1)),
  );
  const half = Math.min(200, Math.ceil((7 * s) / step));
  let total = 0;
  let below = 0;
  for (let j = -half; j <= half; j++) {
    const t = j * step;
    const weight = Math.exp((-t * t) / (2 * s2));
    const at = eta + t;
    const mean = family === "poisson" ? n * Math.exp(at) : 1 / (1 + Math.exp(-at));
    const share =
      family === "poisson"
        ? poissonProbability(y, mean) - poissonMass(y, mean) / 2
        : binomialProbability(y, n, mean) - binomialMass(y, n, mean) / 2;
    total += weight;
    below += weight * share;
  }
  const lower = below / total;
  return Math.min(1, 2 * Math.min(lower, 1 - lower));
}

function report(
  data: RandomInterceptData,
  prediction: Prediction,
  sigma: number,
  kept: Uint8Array,
  strataRows: Int32Array,
  rate: number,
  z: number,
): OutstandingStrata {
  const size = strataRows.length;
  const scores = standardScores(data, prediction, sigma);
  const expected = new Float64Array(size);
  const excessEvents = new Float64Array(size);
  const excess = {
    value: new Float64Array(size),
    lower: new Float64Array(size),
    upper: new Float64Array(size),
  };
  const inverse = (eta: number) =>
    data.family === "poisson" ? Math.exp(eta) : 1 / (1 + Math.exp(-eta));
  const pValues = scores.map((score, k) => {
    const [y, n] = [data.events[k] as number, data.denominators[k] as number];
    const eta = prediction.mean[k] as number;
    const v = prediction.variance[k] as number;
    const share = inverse(eta);
    expected[k] = share;
    excessEvents[k] = y - n * share;
    // Square and add: the observed share's own limits, and those of the prediction.
    const observed = y / n;
    const [low, high] = ownLimits(data.family, y, n, z);
    const s = Math.sqrt(v);
    excess.value[k] = observed - share;
    excess.lower[k] = observed - share - Math.hypot(observed - low, inverse(eta + z * s) - share);
    excess.upper[k] = observed - share + Math.hypot(high - observed, share - inverse(eta - z * s));
    // Far from anything that could stand out the normal tail will do.
    if (Math.abs(score) < 1.2) return 2 * normalProbability(-Math.abs(score));
    return predictiveMidP(data.family, y, n, eta, v + sigma * sigma);
  });
  const adjusted = benjaminiHochberg(pValues);
  const outstanding = Int32Array.from(
    Array.from(adjusted.keys())
      .filter((k) => (adjusted[k] as number) <= rate)
      .sort((a, b) => (pValues[a] as number) - (pValues[b] as number)),
  );
  return {
    strataRows,
    outstanding,
    expected,
    excess,
    excessEvents,
    pValues,
    adjusted,
    backgroundStandardDeviation: sigma,
    trimmed: kept.reduce((sum, k) => sum + (k ? 0 : 1), 0),
  };
}

/** Wilson's limits of a share; Byar's of a rate. */
function ownLimits(
  family: "binomial" | "poisson",
  y: number,
  n: number,
  z: number,
): [number, number] {
  if (family === "binomial") {
    const centre = (y + (z * z) / 2) / (n + z * z);
    const half = (z * Math.sqrt((y * (n - y)) / n + (z * z) / 4)) / (n + z * z);
    return [centre - half, centre + half];
  }
  const low = y === 0 ? 0 : y * (1 - 1 / (9 * y) - z / (3 * Math.sqrt(y))) ** 3;
  const next = y + 1;
  return [low / n, (next * (1 - 1 / (9 * next) + z / (3 * Math.sqrt(next))) ** 3) / n];
}
