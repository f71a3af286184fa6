import type { RandomInterceptData } from "./random-intercept-likelihood.ts";
import type { SigmaNode } from "./sigma-posterior.ts";

/** What is known of one stratum when β and σ are uncertain. */
export interface StratumPosterior {
  /** Posterior mean and interval of the probability (or rate). */
  value: number;
  lower: number;
  upper: number;
  /** Departure from what the main effects add up to, on the scale of the linear predictor. */
  departure: number;
  departureLower: number;
  departureUpper: number;
  /** The posterior chance that the departure is above 0; a half of the chance that it is exactly 0 counts. */
  chanceAbove: number;
  /** The probability (or rate) that the main effects alone give. */
  additive: number;
}

const gridPoints = 161;

/**
 * Posteriors of strata, one row each. Given σ, leaving the stratum's own count out of the posterior of β gives a
 * normal cavity for xβ, so that η = xβ + u has a normal prior N(m, v + σ²) and the stratum's exact likelihood:
 * one dimension, on an even grid, mixed over the grid of σ. Given η the departure u is normal.
 */
export class StratumPosteriors {
  private readonly mean: Float64Array;
  private readonly cavity: Float64Array;
  private readonly wide: Float64Array;
  private readonly departureMean: Float64Array;
  private readonly departureSd: Float64Array;
  private readonly likelihood = new Float64Array(gridPoints);
  private readonly density = new Float64Array(gridPoints);
  private readonly component = new Float64Array(gridPoints);

  constructor(
    private readonly data: RandomInterceptData,
    private readonly nodes: readonly SigmaNode[],
    private readonly tail: number,
  ) {
    const scratch = () => new Float64Array(nodes.length);
    this.mean = scratch();
    this.cavity = scratch();
    this.wide = scratch();
    this.departureMean = scratch();
    this.departureSd = scratch();
  }

  /** The posterior of the stratum that is row i. */
  of(i: number): StratumPosterior {
    const { data, nodes, mean, cavity, wide, likelihood, density, component } = this;
    const y = data.events[i] as number;
    const n = data.denominators[i] as number;
    const poisson = data.family === "poisson";
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let g = 0; g < nodes.length; g++) {
      this.setCavity(i, g);
      const [mode, sd] = this.mode(y, n, mean[g] as number, wide[g] as number);
      low = Math.min(low, mode - 7 * sd);
      high = Math.max(high, mode + 7 * sd);
    }
    const h = (high - low) / (gridPoints - 1);
    let top = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < gridPoints; j++) {
      const eta = low + h * j;
      const g = poisson
        ? y * eta - n * Math.exp(eta)
        : y * eta - n * (Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))));
      likelihood[j] = g;
      top = Math.max(top, g);
    }
    for (let j = 0; j < gridPoints; j++) likelihood[j] = Math.exp((likelihood[j] as number) - top);
    density.fill(0);
    for (let g = 0; g < nodes.length; g++) {
      const node = nodes[g] as SigmaNode;
      this.normal(mean[g] as number, wide[g] as number, low, h);
      let mass = 0;
      let first = 0;
      let second = 0;
      for (let j = 0; j < gridPoints; j++) {
        const d = (component[j] as number) * (likelihood[j] as number);
        component[j] = d;
        mass += d;
        first += d * j;
        second += d * j * j;
      }
      if (!(mass > 0)) continue;
      const share = node.weight / mass;
      for (let j = 0; j < gridPoints; j++) density[j]! += share * (component[j] as number);
      const centre = first / mass;
      const sigma2 = node.sigma * node.sigma;
      const total = sigma2 + (cavity[g] as number);
      const toDeparture = total > 0 ? sigma2 / total : 0;
      this.departureMean[g] = toDeparture * (low + h * centre - (mean[g] as number));
      this.departureSd[g] = Math.sqrt(
        toDeparture * toDeparture * h * h * Math.max(0, second / mass - centre * centre) +
          toDeparture * (cavity[g] as number),
      );
    }
    return this.summary(low, h);
  }

  /** Takes the row's own share out of the normal posterior of its fixed part. */
  private setCavity(i: number, g: number): void {
    const { start, column, value } = this.data.rows;
    const node = this.nodes[g] as SigmaNode;
    const p = this.data.columns;
    let variance = 0;
    for (let e = start[i] as number; e < (start[i + 1] as number); e++)
      for (let f = start[i] as number; f < (start[i + 1] as number); f++)
        variance +=
          (value[e] as number) *
          (value[f] as number) *
          (node.covariance[(column[e] as number) * p + (column[f] as number)] as number);
    const own = Math.min(0.98, Math.max(0, (node.information[i] as number) * variance));
    const cavity = variance / (1 - own);
    this.cavity[g] = cavity;
    this.mean[g] = (node.linear[i] as number) - cavity * (node.scores[i] as number);
    this.wide[g] = cavity + node.sigma * node.sigma;
  }

  /** Where a normal prior times the likelihood is greatest, and the spread there. */
  private mode(y: number, n: number, prior: number, variance: number): [number, number] {
    const poisson = this.data.family === "poisson";
    let eta = prior;
    let curvature = 1 / variance;
    for (let iteration = 0; iteration < 50; iteration++) {
      const p = poisson ? Math.exp(Math.min(eta, 40)) : 1 / (1 + Math.exp(-eta));
      const slope = y - n * p - (eta - prior) / variance;
      curvature = n * p * (poisson ? 1 : 1 - p) + 1 / variance;
      const step = Math.max(-2, Math.min(2, slope / curvature));
      eta += step;
      if (Math.abs(step) < 1e-3 / Math.sqrt(curvature)) break;
    }
    return [eta, 1 / Math.sqrt(curvature)];
  }

  /** A normal density on the even grid, by the ratio of neighbours: one exponential for the whole grid. */
  private normal(mean: number, variance: number, low: number, h: number): void {
    const { component } = this;
    const nearest = Math.min(gridPoints - 1, Math.max(0, Math.round((mean - low) / h)));
    const d = low + h * nearest - mean;
    const shrink = Math.exp((-h * h) / variance);
    const half = (-h * h) / (2 * variance);
    component[nearest] = 1;
    let ratio = Math.exp((-h * d) / variance + half);
    for (let j = nearest + 1; j < gridPoints; j++) {
      component[j] = (component[j - 1] as number) * ratio;
      ratio *= shrink;
    }
    ratio = Math.exp((h * d) / variance + half);
    for (let j = nearest - 1; j >= 0; j--) {
      component[j] = (component[j + 1] as number) * ratio;
      ratio *= shrink;
    }
  }

  private summary(low: number, h: number): StratumPosterior {
    const { density, nodes, tail } = this;
    const poisson = this.data.family === "poisson";
    const inverse = (eta: number) => (poisson ? Math.exp(eta) : 1 / (1 + Math.exp(-eta)));
    let total = 0;
    let value = 0;
    let centre = 0;
    for (let j = 0; j < gridPoints; j++) {
      const d = density[j] as number;
      total += d;
      value += d * inverse(low + h * j);
      centre += d * (low + h * j);
    }
    const quantile = (share: number) => {
      // Each point stands for the stretch half a step to either side.
      let below = 0;
      for (let j = 0; j < gridPoints; j++) {
        const d = density[j] as number;
        if (below + d >= share * total) return low + h * (j - 0.5 + (share * total - below) / d);
        below += d;
      }
      return low + h * (gridPoints - 1);
    };
    let departure = 0;
    let additive = 0;
    let chanceAbove = 0;
    for (let g = 0; g < nodes.length; g++) {
      const weight = (nodes[g] as SigmaNode).weight;
      const m = this.departureMean[g] as number;
      const sd = this.departureSd[g] as number;
      departure += weight * m;
      chanceAbove += weight * (sd > 0 ? normalShare(m / sd) : 0.5);
    }
    additive = inverse(centre / total - departure);
    return {
      value: value / total,
      lower: inverse(quantile(tail)),
      upper: inverse(quantile(1 - tail)),
      departure,
      departureLower: this.departureQuantile(tail),
      departureUpper: this.departureQuantile(1 - tail),
      chanceAbove,
      additive,
    };
  }

  /** A quantile of the mixture of normal departures, by bisection then regula falsi. */
  private departureQuantile(share: number): number {
    const { nodes, departureMean, departureSd } = this;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let g = 0; g < nodes.length; g++) {
      const reach = 6 * (departureSd[g] as number);
      low = Math.min(low, (departureMean[g] as number) - reach);
      high = Math.max(high, (departureMean[g] as number) + reach);
    }
    let lowShare = -share;
    let highShare = 1 - share;
    for (
      let iteration = 0;
      iteration < 40 && high - low > 1e-7 * (1 + Math.abs(low));
      iteration++
    ) {
      let x = (low + high) / 2;
      if (iteration > 3 && iteration % 3 !== 0)
        x = low + ((high - low) * -lowShare) / (highShare - lowShare);
      let below = -share;
      for (let g = 0; g < nodes.length; g++) {
        const sd = departureSd[g] as number;
        const m = departureMean[g] as number;
        below +=
          (nodes[g] as SigmaNode).weight * (sd > 0 ? normalShare((x - m) / sd) : x < m ? 0 : 1);
      }
      if (below < 0) {
        low = x;
        lowShare = below;
      } else {
        high = x;
        highShare = below;
      }
      if (Math.abs(below) < 1e-6) return x;
    }
    return (low + high) / 2;
  }
}

/** The normal distribution function to 1e-7 (Abramowitz & Stegun 26.2.17): enough for a mixture, and fast. */
function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    0.3989422804014327 *
    Math.exp(-0.5 * z * z) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z > 0 ? 1 - tail : tail;
}
