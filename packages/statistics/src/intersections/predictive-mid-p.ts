import {
  binomialMass,
  binomialProbability,
  poissonMass,
  poissonProbability,
} from "../foundation/distributions/index.ts";
import { moments } from "./leave-out-prediction.ts";

/** Mid-p of a count whose linear predictor is normal: the tails summed over an even grid. */
export function predictiveMidP(
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
