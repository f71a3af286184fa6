import {
  absent,
  type ConfidenceOptions,
  checkFinite,
  checkLengths,
  type Estimate,
  normalProbability,
  type Result,
  StatisticsError,
  zOfConfidence,
} from "../foundation/index.ts";
import { choleskyFactor, choleskyInverse, choleskySolve } from "../foundation/linear-algebra.ts";
import { type Waits, waitTable } from "./waits.ts";

export interface CoxOptions extends ConfidenceOptions {
  /** How tied times are taken. Default `efron`. */
  readonly ties?: "efron" | "breslow";
  /** The kind of leaving that is the event; all others are censored. Default 1, being seen. */
  readonly kind?: number;
}

/** A hazard ratio: above 1, those with more of the covariate leave sooner. */
export interface HazardRatio extends Estimate {
  readonly coefficient: number;
  readonly standardError: number;
  readonly pValue: number;
}

export interface CoxRegression {
  /** One a covariate, in their order. */
  readonly ratios: readonly HazardRatio[];
  readonly people: number;
  readonly events: number;
  readonly logLikelihood: number;
  /** Twice the rise of the log likelihood over no covariates. */
  readonly likelihoodRatio: number;
}

interface Prepared {
  readonly people: number;
  readonly width: number;
  /** Centred covariates, person by person. */
  readonly x: Float64Array;
  readonly time: ArrayLike<number>;
  readonly entry: ArrayLike<number> | undefined;
  readonly isEvent: Uint8Array;
  /** People, last to leave first. */
  readonly byTime: Uint32Array;
  /** People, last to enter first. */
  readonly byEntry: Uint32Array | undefined;
  readonly efron: boolean;
}

interface Slope {
  logLikelihood: number;
  readonly score: Float64Array;
  readonly information: Float64Array;
}

/** Weighted sums over a set of people: of weights, of weight × x, of weight × x xᵀ (lower triangle). */
class Sums {
  total = 0;
  readonly first: Float64Array;
  readonly second: Float64Array;
  constructor(readonly width: number) {
    this.first = new Float64Array(width);
    this.second = new Float64Array(width * width);
  }
  clear(): void {
    this.total = 0;
    this.first.fill(0);
    this.second.fill(0);
  }
  add(x: Float64Array, person: number, weight: number): void {
    const { width, first, second } = this;
    this.total += weight;
    for (let j = 0; j < width; j++) {
      const part = weight * x[person * width + j]!;
      first[j]! += part;
      for (let k = 0; k <= j; k++) second[j * width + k]! += part * x[person * width + k]!;
    }
  }
}

function slopeAt(data: Prepared, beta: Float64Array): Slope {
  const { people, width, x, time, entry, isEvent, byTime, byEntry } = data;
  const slope: Slope = {
    logLikelihood: 0,
    score: new Float64Array(width),
    information: new Float64Array(width * width),
  };
  const linear = new Float64Array(people);
  for (let i = 0; i < people; i++)
    for (let j = 0; j < width; j++) linear[i]! += beta[j]! * x[i * width + j]!;
  const risk = new Sums(width);
  const tied = new Sums(width);
  let at = 0;
  let left = 0;
  while (at < people) {
    const now = time[byTime[at]!] as number;
    tied.clear();
    let events = 0;
    for (; at < people && time[byTime[at]!] === now; at++) {
      const person = byTime[at]!;
      const weight = Math.exp(linear[person]!);
      risk.add(x, person, weight);
      if (!isEvent[person]) continue;
      events++;
      tied.add(x, person, weight);
      slope.logLikelihood += linear[person]!;
      for (let j = 0; j < width; j++) slope.score[j]! += x[person * width + j]!;
    }
    for (; byEntry && entry && left < people && (entry[byEntry[left]!] as number) >= now; left++) {
      const person = byEntry[left]!;
      risk.add(x, person, -Math.exp(linear[person]!));
    }
    for (let e = 0; e < events; e++) {
      const share = data.efron ? e / events : 0;
      const total = risk.total - share * tied.total;
      slope.logLikelihood -= Math.log(total);
      for (let j = 0; j < width; j++) {
        const mean = (risk.first[j]! - share * tied.first[j]!) / total;
        slope.score[j]! -= mean;
        for (let k = 0; k <= j; k++) {
          const square = risk.second[j * width + k]! - share * tied.second[j * width + k]!;
          const other = (risk.first[k]! - share * tied.first[k]!) / total;
          slope.information[j * width + k]! += square / total - mean * other;
        }
      }
    }
  }
  return slope;
}

/**
 * Do people with more of something leave the list sooner, all else equal? Cox's proportional hazards regression: hazard
 * ratios for each covariate, adjusted for the others, by Newton's method on the partial likelihood. Ties by Efron or
 * Breslow; late entry is allowed. With kinds of leaving that compete it gives cause-specific ratios, which say nothing
 * of the chance of being seen.
 *
 * Use it to adjust, not to describe: a single ratio misleads where curves cross, and it has no unit that a service can
 * plan with. Absent `zeroDenominator` without events, `notIdentified` where covariates cannot be told apart,
 * `notConverged` where a covariate splits those who leave from the rest.
 *
 * Cox (1972) J R Stat Soc B 34:187; Efron (1977) JASA 72:557.
 *
 * @example
 * ```ts
 * const waits = { time: [1, 3, 5, 7, 2, 4, 6, 8], kind: [1, 1, 1, 0, 1, 1, 1, 1] };
 * const fit = coxRegression(waits, [[1, 1, 1, 1, 0, 0, 0, 0]]);
 * fit.ratios[0]; // => { value: 1.25876, coefficient: 0.230127, standardError: 0.823358 }
 * ```
 */
export function coxRegression(
  waits: Waits,
  covariates: readonly ArrayLike<number>[],
  options: CoxOptions = {},
): Result<CoxRegression> {
  const { kind = 1, ties = "efron" } = options;
  const z = zOfConfidence(options.confidence);
  const { people } = waitTable(waits);
  const width = covariates.length;
  if (width === 0) throw new StatisticsError("invalidOption", "invalid covariates; none given");
  const x = new Float64Array(people * width);
  covariates.forEach((column, j) => {
    checkLengths({ time: waits.time, [`covariates[${j}]`]: column });
    let sum = 0;
    for (let i = 0; i < people; i++) {
      checkFinite(`covariates[${j}][${i}]`, column[i] as number);
      sum += column[i] as number;
    }
    for (let i = 0; i < people; i++) x[i * width + j] = (column[i] as number) - sum / people;
  });
  const latestFirst = (values: ArrayLike<number>) =>
    Uint32Array.from({ length: people }, (_, i) => i).sort(
      (a, b) => (values[b] as number) - (values[a] as number),
    );
  const isEvent = Uint8Array.from({ length: people }, (_, i) => (waits.kind[i] === kind ? 1 : 0));
  const events = isEvent.reduce((sum, each) => sum + each, 0);
  if (events === 0)
    return absent("zeroDenominator", "Nobody left by this kind, so there is nothing to compare.");
  const data: Prepared = {
    people,
    width,
    x,
    time: waits.time,
    entry: waits.entry,
    isEvent,
    byTime: latestFirst(waits.time),
    byEntry: waits.entry ? latestFirst(waits.entry) : undefined,
    efron: ties === "efron",
  };

  const spread = covariates.map((_, j) => {
    let squares = 0;
    for (let i = 0; i < people; i++) squares += x[i * width + j]! ** 2;
    return Math.sqrt(squares / people);
  });
  const beta = new Float64Array(width);
  let slope = slopeAt(data, beta);
  const nothing = slope.logLikelihood;
  for (let step = 0; step < 40; step++) {
    const factor = choleskyFactor(slope.information, width);
    if (!factor)
      return step === 0
        ? absent("notIdentified", "The covariates cannot be told apart among those at risk.")
        : absent(
            "notConverged",
            "A covariate splits those who leave from the rest: no finite ratio fits.",
          );
    const move = choleskySolve(factor, width, slope.score);
    let size = 1;
    const next = new Float64Array(width);
    let ahead = slope;
    for (; size > 1e-6; size /= 2) {
      for (let j = 0; j < width; j++) next[j] = beta[j]! + size * move[j]!;
      ahead = slopeAt(data, next);
      if (ahead.logLikelihood >= slope.logLikelihood - 1e-12) break;
    }
    beta.set(next);
    slope = ahead;
    // Steps in standard deviations of the covariate: unlike the likelihood they do not flatten out on the way to an
    // infinite ratio.
    if (move.every((length, j) => Math.abs(length) * spread[j]! < 1e-8)) {
      const inverse = choleskyFactor(slope.information, width);
      if (!inverse) break;
      const covariance = choleskyInverse(inverse, width);
      const widest = (coefficient: number, j: number) =>
        Math.exp(coefficient + z * Math.sqrt(covariance[j * width + j]!));
      if (!beta.map(widest).every(Number.isFinite)) break;
      return {
        ratios: Array.from(beta, (coefficient, j) => {
          const standardError = Math.sqrt(covariance[j * width + j]!);
          return {
            value: Math.exp(coefficient),
            lower: Math.exp(coefficient - z * standardError),
            upper: Math.exp(coefficient + z * standardError),
            coefficient,
            standardError,
            pValue: 2 * normalProbability(-Math.abs(coefficient) / standardError),
          };
        }),
        people,
        events,
        logLikelihood: slope.logLikelihood,
        likelihoodRatio: 2 * (slope.logLikelihood - nothing),
      };
    }
  }
  return absent(
    "notConverged",
    "A covariate splits those who leave from the rest: no finite ratio fits.",
  );
}
