import { absent, type ConfidenceOptions, isAbsent, type Result } from "../foundation/estimate.ts";
import { normalProbability, zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { benjaminiHochberg } from "../many-cuts/adjusted-p-values.ts";
import { byarLower, byarUpper } from "../rates/count-limits.ts";
import { wilsonLimit } from "../rates/proportion.ts";
import type { StrataEstimates } from "./integrated-maihda.ts";
import {
  backgroundSpread,
  cut,
  type Prediction,
  predict,
  standardScores,
} from "./leave-out-prediction.ts";
import { type CrossedStrata, peopledRows } from "./maihda.ts";
import { predictiveMidP } from "./predictive-mid-p.ts";
import type { RandomInterceptData } from "./random-intercept-likelihood.ts";
import { mainEffects } from "./strata-design.ts";
import { groupRows } from "./strata-rows.ts";

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
  return family === "binomial"
    ? [wilsonLimit(y, n, z, -1), wilsonLimit(y, n, z, 1)]
    : [byarLower(y, z) / n, byarUpper(y, z) / n];
}
