import type { Estimate } from "../foundation/estimate.ts";
import { normalProbability } from "../foundation/normal.ts";
import type { RandomInterceptData } from "./random-intercept-likelihood.ts";
import { type SigmaNode, sigmaDensity } from "./sigma-posterior.ts";

/** Mean and spread of the variance, over strata, of what the main effects give them. */
interface AdditiveVariance {
  readonly mean: number;
  readonly spread: number;
}

/**
 * The share of the variance between strata that the main effects make up, V/(V + σ²): V is the variance of the fixed part
 * over strata. Given σ the effects are normal, so that V is a quadratic form in them: its mean less what their own error
 * adds to it, and its variance, make a normal distribution cut at 0; σ has its posterior. No simulation.
 */
export function additiveShare(
  nodes: readonly SigmaNode[],
  data: RandomInterceptData,
  tail: number,
): Estimate {
  const spreadOfDesign = centredProducts(data);
  const variances = nodes.map((node) => additiveVariance(node, spreadOfDesign, data.columns));
  const { sigma, density, place } =
    nodes.length === 1
      ? { sigma: [(nodes[0] as SigmaNode).sigma], density: [1], place: [0] }
      : sigmaDensity(nodes);
  const weights = density.map((d, i) => (i === 0 || i === density.length - 1 ? d / 2 : d));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const at = (i: number, of: keyof AdditiveVariance) => {
    const g = Math.floor(place[i] as number);
    const t = (place[i] as number) - g;
    const from = (variances[g] as AdditiveVariance)[of];
    return from + t * ((variances[g + 1]?.[of] ?? from) - from);
  };
  const mean = sigma.map((_, i) => at(i, "mean"));
  const spread = sigma.map((_, i) => at(i, "spread"));
  /** The chance that the share is at most so much. */
  const below = (share: number) =>
    sigma.reduce((sum, s, i) => {
      const limit = (s * s * share) / (1 - share);
      const z = (limit - (mean[i] as number)) / Math.max(spread[i] as number, 1e-300);
      return sum + (weights[i] as number) * normalProbability(z);
    }, 0) / total;
  const quantile = (wanted: number) => {
    let [low, high] = [0, 1];
    for (let halving = 0; halving < 50; halving++) {
      const half = (low + high) / 2;
      if (below(half) < wanted) low = half;
      else high = half;
    }
    return (low + high) / 2;
  };
  return { value: quantile(0.5), lower: quantile(tail), upper: quantile(1 - tail) };
}

/** X′(I − J/K)X/K of the strata's design: the variance of Xβ is β′ of it β. */
function centredProducts({ rows, columns: p }: RandomInterceptData): Float64Array {
  const { start, column, value } = rows;
  const strata = start.length - 1;
  const products = new Float64Array(p * p);
  const means = new Float64Array(p);
  for (let k = 0; k < strata; k++)
    for (let e = start[k] as number; e < (start[k + 1] as number); e++) {
      means[column[e] as number]! += (value[e] as number) / strata;
      for (let f = start[k] as number; f < (start[k + 1] as number); f++)
        products[(column[e] as number) * p + (column[f] as number)]! +=
          ((value[e] as number) * (value[f] as number)) / strata;
    }
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++) products[i * p + j]! -= (means[i] as number) * (means[j] as number);
  return products;
}

function additiveVariance(
  { beta, covariance }: SigmaNode,
  products: Float64Array,
  p: number,
): AdditiveVariance {
  const toBeta = new Float64Array(p);
  const toCovariance = new Float64Array(p * p);
  for (let i = 0; i < p; i++)
    for (let k = 0; k < p; k++) {
      const product = products[i * p + k] as number;
      if (product === 0) continue;
      toBeta[i]! += product * (beta[k] as number);
      for (let j = 0; j < p; j++)
        toCovariance[i * p + j]! += product * (covariance[k * p + j] as number);
    }
  let [form, trace, squareTrace, middle] = [0, 0, 0, 0];
  for (let i = 0; i < p; i++) {
    form += (beta[i] as number) * (toBeta[i] as number);
    trace += toCovariance[i * p + i] as number;
    for (let j = 0; j < p; j++) {
      squareTrace += (toCovariance[i * p + j] as number) * (toCovariance[j * p + i] as number);
      middle += (toBeta[i] as number) * (covariance[i * p + j] as number) * (toBeta[j] as number);
    }
  }
  return {
    mean: Math.max(0, form - trace),
    spread: Math.sqrt(Math.max(0, 2 * squareTrace + 4 * middle)),
  };
}
