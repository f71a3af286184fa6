import { type Estimate, isAbsent } from "../foundation/estimate.ts";
import { maximise, type RandomInterceptMaximum } from "./random-intercept-fit.ts";
import type { RandomInterceptData } from "./random-intercept-likelihood.ts";

/**
 * Where the drop of a profile log-likelihood reaches z²/2, by the secant method on its signed root with a
 * bracket. `root(x)` is √(2 × drop), rising away from the maximum. Undefined if it never gets there.
 */
export function profileLimit(
  root: (x: number) => number | undefined,
  from: number,
  guess: number,
  z: number,
  bound: number,
  tolerance = 1e-8,
): number | undefined {
  let [inside, insideRoot] = [from, 0];
  let outside: number | undefined;
  let outsideRoot = 0;
  let x = guess;
  for (let iteration = 0; iteration < 60; iteration++) {
    const at = root(x);
    if (at === undefined) return undefined;
    if (Math.abs(at - z) < tolerance) return x;
    if (at < z) [inside, insideRoot] = [x, at];
    else [outside, outsideRoot] = [x, at];
    if (outside === undefined) {
      if (x === bound) return undefined;
      const reach =
        insideRoot > 0.05 ? (x - from) * Math.min(3, (1.05 * z) / insideRoot) : 3 * (x - from);
      x = from + reach;
      if (bound < from ? x < bound : x > bound) x = bound;
      continue;
    }
    let share = (z - insideRoot) / (outsideRoot - insideRoot);
    if (iteration % 5 === 4) share = 0.5;
    share = Math.min(0.98, Math.max(0.02, share));
    x = inside + share * (outside - inside);
    if (Math.abs(outside - inside) < 1e-10 * (1 + Math.abs(x))) return x;
  }
  return x;
}

/** Profile-likelihood interval of σ²: the variances whose best fit is not much worse. Lower end 0 where 0 is. */
export function varianceInterval(
  found: { best: RandomInterceptMaximum; atBoundary: boolean; logLikelihoodAtZero: number },
  data: RandomInterceptData,
  z: number,
  standardError: number,
  points: number,
): Estimate | undefined {
  const { best, atBoundary, logLikelihoodAtZero } = found;
  const { likelihood } = best;
  const sigma = atBoundary ? 0 : (best.theta[data.columns] as number);
  let start = best.theta;
  // Seven points are exact enough for a drop in log-likelihood, provided that both ends use them.
  const profilePoints = Math.min(points, 7);
  const tolerance = 1e-6;
  const same = maximise(data, { points: profilePoints, sigma, start, likelihood, tolerance });
  const greatest = isAbsent(same) ? best.logLikelihood : same.logLikelihood;
  const root = (s: number) => {
    const fit = maximise(data, { points: profilePoints, sigma: s, start, likelihood, tolerance });
    if (isAbsent(fit)) return undefined;
    start = fit.theta;
    return Math.sqrt(Math.max(0, 2 * (greatest - fit.logLikelihood)));
  };
  const toZero = Math.sqrt(Math.max(0, 2 * (best.logLikelihood - logLikelihoodAtZero)));
  const corner = best.information[data.columns * likelihood.parameters + data.columns] as number;
  const width = atBoundary ? 1 / Math.sqrt(Math.max(corner, 1)) : Math.max(standardError, 1e-3);
  const upper = profileLimit(root, sigma, sigma + z * width, z, 50, 1e-4);
  start = best.theta;
  const lower =
    toZero <= z
      ? 0
      : profileLimit(root, sigma, Math.max(sigma - z * width, sigma * 0.3), z, 0, 1e-4);
  start = best.theta;
  if (upper === undefined || lower === undefined) return undefined;
  return { value: sigma * sigma, lower: lower * lower, upper: upper * upper };
}
