import { isAbsent, type Result } from "../foundation/estimate.ts";
import { maximise, type RandomInterceptMaximum } from "./random-intercept-fit.ts";
import {
  type RandomInterceptData,
  RandomInterceptLikelihood,
} from "./random-intercept-likelihood.ts";

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

/** Laplace has no closed information of its own: central differences of its exact gradient. */
export function differencedInformation({
  likelihood,
  theta,
}: RandomInterceptMaximum): Float64Array {
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
