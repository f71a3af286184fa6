import { absent, isAbsent, type Result } from "../foundation/estimate.ts";
import { choleskyInverse } from "../foundation/linear-algebra.ts";
import { maximise, startingPoint } from "./random-intercept-fit.ts";
import {
  type RandomInterceptData,
  RandomInterceptLikelihood,
} from "./random-intercept-likelihood.ts";
import { cholesky, choleskyLogDeterminant } from "./symmetric-matrix.ts";

/** One σ of the grid: its posterior weight, and the normal posterior of β given it. */
export interface SigmaNode {
  readonly sigma: number;
  readonly weight: number;
  /** Logarithm of its posterior density, up to a constant. */
  readonly logDensity: number;
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
          logDensity: logPosterior,
          beta: fit.theta.slice(0, p),
          covariance: choleskyInverse(factor, p),
          linear: Float64Array.from(likelihood.linear),
          scores: Float64Array.from(likelihood.rowScores),
          information: Float64Array.from(likelihood.rowInformation),
        }
      : undefined;
    return { logPosterior, node };
  };
  // A coarse scan, finer where the posterior is sharp, and then an even grid over where it lives.
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
  for (let pass = 0; pass < 8; pass++) {
    if (scanned.filter(({ logPosterior }) => logPosterior > greatest - 5).length >= 4) break;
    for (let part = 1; part <= 4; part++) {
      const sigma = low + ((high - low) * part) / 5;
      const found = at(sigma, false);
      if (isAbsent(found)) return found;
      scanned.push({ sigma, logPosterior: found.logPosterior });
      greatest = Math.max(greatest, found.logPosterior);
    }
    scanned.sort((one, other) => one.sigma - other.sigma);
    [low, high] = range(scanned, greatest);
  }
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
  const result = grid.map(({ node }, g) => ({ ...node, weight: (raw[g] as number) / total }));
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

/** The posterior density of σ on a fine grid, up to a constant: a cubic through the log-densities of the nodes. */
export function sigmaDensity(nodes: readonly SigmaNode[]): {
  readonly sigma: readonly number[];
  readonly density: readonly number[];
  /** Where each point lies among the nodes: 1.25 is a quarter of the way from node 1 to node 2. */
  readonly place: readonly number[];
} {
  const parts = 32;
  const at = (g: number) => nodes[Math.min(nodes.length - 1, Math.max(0, g))] as SigmaNode;
  const sigma: number[] = [];
  const density: number[] = [];
  const place: number[] = [];
  const top = Math.max(...nodes.map(({ logDensity }) => logDensity));
  for (let g = 0; g + 1 < nodes.length; g++)
    for (let part = g === 0 ? 0 : 1; part <= parts; part++) {
      const t = part / parts;
      const [l1, l2] = [at(g).logDensity, at(g + 1).logDensity];
      // Beyond the ends the log-density goes on as its last stretch does.
      const l0 = g > 0 ? at(g - 1).logDensity : 2 * l1 - l2;
      const l3 = g + 2 < nodes.length ? at(g + 2).logDensity : 2 * l2 - l1;
      const log =
        l1 +
        (t / 2) * (l2 - l0 + t * (2 * l0 - 5 * l1 + 4 * l2 - l3 + t * (3 * (l1 - l2) + l3 - l0)));
      sigma.push(at(g).sigma + t * (at(g + 1).sigma - at(g).sigma));
      density.push(Math.exp(log - top));
      place.push(g + t);
    }
  return { sigma, density, place };
}

/** The σ below which a share of the posterior lies. */
export function sigmaQuantile(nodes: readonly SigmaNode[], share: number): number {
  if (nodes.length === 1) return (nodes[0] as SigmaNode).sigma;
  const { sigma, density } = sigmaDensity(nodes);
  const area = (i: number) =>
    (((density[i] as number) + (density[i - 1] as number)) / 2) *
    ((sigma[i] as number) - (sigma[i - 1] as number));
  let total = 0;
  for (let i = 1; i < sigma.length; i++) total += area(i);
  let below = 0;
  for (let i = 1; i < sigma.length; i++) {
    const here = area(i);
    if (below + here >= share * total) {
      const [from, to] = [sigma[i - 1] as number, sigma[i] as number];
      return from + ((to - from) * (share * total - below)) / here;
    }
    below += here;
  }
  return (nodes.at(-1) as SigmaNode).sigma;
}
