import { absent, isAbsent, type Result } from "../foundation/estimate.ts";
import { maximise, startingPoint } from "./random-intercept-fit.ts";
import {
  type RandomInterceptData,
  RandomInterceptLikelihood,
} from "./random-intercept-likelihood.ts";
import { cholesky, choleskyInverse, choleskyLogDeterminant } from "./symmetric-matrix.ts";

/** One σ of the grid: its posterior weight, and the normal posterior of β given it. */
export interface SigmaNode {
  readonly sigma: number;
  readonly weight: number;
  readonly beta: Float64Array;
  /** Covariance of β given σ, row-major. */
  readonly covariance: Float64Array;
  /** Per row: fixed part, expected residual and marginal information. */
  readonly linear: Float64Array;
  readonly scores: Float64Array;
  readonly information: Float64Array;
}

/**
 * Precisions of the weak normal prior of β: standard deviation 5 on each effect, 10 on the intercept (50 on that
 * of a rate, whose logarithm may be far from 0), so that a level in which everybody reached a step stays finite.
 */
export function weakPrior({ columns, family }: RandomInterceptData): Float64Array {
  const precision = new Float64Array(columns).fill(1 / 25);
  precision[0] = family === "poisson" ? 1 / 2500 : 1 / 100;
  return precision;
}

const coarse = [0, 0.03, 0.06, 0.1, 0.16, 0.24, 0.35, 0.5, 0.7, 1, 1.4, 2, 2.8, 4, 6];

/**
 * The posterior of σ on a grid: half-normal prior × likelihood × Laplace in β. A coarse scan finds where the posterior lives; an even grid then covers it.
 */
export function sigmaPosterior(
  data: RandomInterceptData,
  scale: number,
  nodes: number,
): Result<readonly SigmaNode[]> {
  const likelihood = new RandomInterceptLikelihood(data);
  const p = data.columns;
  const priorPrecision = weakPrior(data);
  let start = startingPoint(data);
  const at = (sigma: number, keep: boolean) => {
    const fit = maximise(data, {
      // Wide effects make lopsided integrands, which want more points.
      points: sigma > 1.5 ? 25 : 7,
      sigma,
      start,
      priorPrecision,
      likelihood,
      tolerance: 1e-7,
    });
    if (isAbsent(fit)) return fit;
    start = fit.theta;
    const factor = new Float64Array(p * p);
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++) factor[i * p + j] = fit.information[i * (p + 1) + j] as number;
    if (!cholesky(factor, p))
      return absent("notIdentified", "The fixed effects of the strata cannot be told apart.");
    const logPosterior =
      fit.logLikelihood - choleskyLogDeterminant(factor, p) / 2 - (sigma / scale) ** 2 / 2;
    const node = keep
      ? {
          sigma,
          weight: 0,
          beta: fit.theta.slice(0, p),
          covariance: choleskyInverse(factor, p),
          linear: Float64Array.from(likelihood.linear),
          scores: Float64Array.from(likelihood.rowScores),
          information: Float64Array.from(likelihood.rowInformation),
        }
      : undefined;
    return { logPosterior, node };
  };
  // Two passes: the range on the coarse grid, then an even grid over the range.
  const scanned: { sigma: number; logPosterior: number }[] = [];
  let greatest = Number.NEGATIVE_INFINITY;
  for (const sigma of coarse) {
    const found = at(sigma, false);
    if (isAbsent(found)) {
      if (scanned.length < 3) return found;
      break;
    }
    scanned.push({ sigma, logPosterior: found.logPosterior });
    greatest = Math.max(greatest, found.logPosterior);
    if (found.logPosterior < greatest - 14) break;
  }
  let [low, high] = range(scanned, greatest);
  let result: SigmaNode[] = [];
  // A sharp posterior between two coarse points is narrowed until the grid resolves it.
  for (let pass = 0; pass < 4; pass++) {
    const grid: { node: SigmaNode; logPosterior: number }[] = [];
    greatest = Number.NEGATIVE_INFINITY;
    for (let g = 0; g < nodes; g++) {
      const found = at(low + ((high - low) * g) / (nodes - 1), true);
      if (isAbsent(found)) return found;
      if (!found.node) continue;
      grid.push({ node: found.node, logPosterior: found.logPosterior });
      greatest = Math.max(greatest, found.logPosterior);
    }
    const raw = grid.map(({ logPosterior }, g) => {
      const end = g === 0 || g === grid.length - 1 ? 0.5 : 1;
      return end * Math.exp(logPosterior - greatest);
    });
    const total = raw.reduce((a, b) => a + b, 0);
    result = grid.map(({ node }, g) => ({ ...node, weight: (raw[g] as number) / total }));
    const heavy = raw.filter((w) => w > 1e-3).length;
    if (heavy >= Math.min(9, nodes)) break;
    [low, high] = range(
      grid.map(({ node, logPosterior }) => ({ sigma: node.sigma, logPosterior })),
      greatest,
    );
  }
  return result.filter((node) => node.weight > 1e-7);
}

/** The neighbours of the points whose log-posterior is within 9 of the greatest. */
function range(
  points: readonly { sigma: number; logPosterior: number }[],
  greatest: number,
): [number, number] {
  const inside = points.map(({ logPosterior }) => logPosterior > greatest - 9);
  const first = Math.max(0, inside.indexOf(true) - 1);
  const last = Math.min(points.length - 1, inside.lastIndexOf(true) + 1);
  return [points[first]?.sigma ?? 0, points[last]?.sigma ?? 1];
}

/** The value below which a share of the grid's posterior lies, straight between grid points. */
export function sigmaQuantile(nodes: readonly SigmaNode[], share: number): number {
  // Each node stands for the stretch half-way to its neighbours.
  let below = 0;
  for (let g = 0; g < nodes.length; g++) {
    const node = nodes[g] as SigmaNode;
    if (below + node.weight >= share || g === nodes.length - 1) {
      const left = g === 0 ? node.sigma : ((nodes[g - 1] as SigmaNode).sigma + node.sigma) / 2;
      const right =
        g === nodes.length - 1 ? node.sigma : ((nodes[g + 1] as SigmaNode).sigma + node.sigma) / 2;
      return left + (right - left) * Math.min(1, Math.max(0, (share - below) / node.weight));
    }
    below += node.weight;
  }
  return 0;
}
