import { absent, type Result } from "../foundation/estimate.ts";
import { choleskySolveInPlace } from "../foundation/linear-algebra.ts";
import {
  type RandomInterceptData,
  RandomInterceptLikelihood,
} from "./random-intercept-likelihood.ts";
import { cholesky } from "./symmetric-matrix.ts";

/** The greatest likelihood over (β, σ). */
export interface RandomInterceptMaximum {
  readonly theta: Float64Array;
  readonly logLikelihood: number;
  /** Observed information over (β, σ) at the maximum. */
  readonly information: Float64Array;
  readonly likelihood: RandomInterceptLikelihood;
  readonly iterations: number;
}

/** What to hold fixed, and where to start. */
export interface MaximumOptions {
  readonly points: number;
  /** Hold σ at this value and maximise over β alone. */
  readonly sigma?: number;
  readonly start?: Float64Array;
  /** Precision of a normal prior with mean 0 on each coefficient. */
  readonly priorPrecision?: Float64Array;
  readonly likelihood?: RandomInterceptLikelihood;
  /** Stop when a Newton step would raise the log-likelihood by less than half of this. Default 1e-16. */
  readonly tolerance?: number;
}

const notConverged = () =>
  absent(
    "notConverged",
    "The model of strata did not converge; a level in which everybody or nobody reached the step does this.",
  );

/** Newton's method with a halving line search; σ free or held. */
export function maximise(
  data: RandomInterceptData,
  options: MaximumOptions,
): Result<RandomInterceptMaximum> {
  const likelihood = options.likelihood ?? new RandomInterceptLikelihood(data);
  const size = data.columns + (options.sigma === undefined ? 1 : 0);
  const p = likelihood.parameters;
  let theta = options.start ? Float64Array.from(options.start) : startingPoint(data);
  if (options.sigma !== undefined) theta[data.columns] = options.sigma;
  const information = new Float64Array(p * p);
  const complete = new Float64Array(p * p);
  const gradient = new Float64Array(p);
  const prior = options.priorPrecision;
  // One node knows no spread, so Laplace borrows its information matrix from seven.
  const evaluate = (at: Float64Array, points: number) => {
    const informationPoints = points === 1 ? 7 : points;
    let value = likelihood.evaluate(at, informationPoints);
    information.set(likelihood.information);
    complete.set(likelihood.completeInformation);
    if (points === 1) value = likelihood.evaluate(at, 1);
    gradient.set(likelihood.gradient);
    if (prior)
      for (let j = 0; j < data.columns; j++) {
        const precision = prior[j] as number;
        const b = at[j] as number;
        value -= (precision * b * b) / 2;
        gradient[j]! -= precision * b;
        information[j * p + j]! += precision;
        complete[j * p + j]! += precision;
      }
    return value;
  };
  let points = Math.min(options.points, 7);
  let value = evaluate(theta, points);
  const factor = new Float64Array(size * size);
  const step = new Float64Array(size);
  for (let iteration = 1; iteration <= 100; iteration++) {
    for (const matrix of [information, complete]) {
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++) factor[i * size + j] = matrix[i * p + j] as number;
      if (matrix === complete) for (let i = 0; i < size; i++) factor[i * size + i]! *= 1 + 1e-9;
      if (cholesky(factor, size)) break;
      if (matrix === complete) return notConverged();
    }
    step.set(gradient.subarray(0, size));
    choleskySolveInPlace(factor, size, step);
    let decrement = 0;
    for (let i = 0; i < size; i++) decrement += (gradient[i] as number) * (step[i] as number);
    if (points !== options.points && decrement < 1e-7) {
      points = options.points;
      value = evaluate(theta, points);
      continue;
    }
    if (decrement < (options.tolerance ?? 1e-16) || decrement < 1e-17 * Math.abs(value))
      return { theta, logLikelihood: value, information, likelihood, iterations: iteration };
    let accepted = false;
    for (let scale = 1; scale > 1e-10; scale /= 2) {
      const next = Float64Array.from(theta);
      for (let i = 0; i < size; i++) next[i]! += scale * (step[i] as number);
      if (size === p) next[size - 1] = Math.abs(next[size - 1] as number);
      const nextValue = evaluate(next, points);
      if (nextValue >= value - 1e-11 * (1 + Math.abs(value))) {
        const stuck = nextValue <= value && decrement < 1e-10;
        theta = next;
        value = nextValue;
        accepted = true;
        if (stuck)
          return { theta, logLikelihood: value, information, likelihood, iterations: iteration };
        break;
      }
    }
    if (!accepted) break;
    for (let j = 0; j < data.columns; j++)
      if (!(Math.abs(theta[j] as number) < 60)) return notConverged();
  }
  return notConverged();
}

/** β = 0 but for the column that is all ones, which takes the overall rate; σ = 0. */
export function startingPoint(data: RandomInterceptData): Float64Array {
  const theta = new Float64Array(data.columns + 1);
  let [events, people] = [0, 0];
  for (let i = 0; i < data.events.length; i++) {
    events += data.events[i] as number;
    people += data.denominators[i] as number;
  }
  const rate = (events + 0.5) / (people + 1);
  theta[0] = data.family === "poisson" ? Math.log(rate) : Math.log(rate / (1 - rate));
  return theta;
}
