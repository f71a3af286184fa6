import { type GaussHermiteRule, gaussHermite } from "./gauss-hermite.ts";
import type { SparseRows } from "./strata-design.ts";

/** Counts in rows, rows in strata, ready for the likelihood. */
export interface RandomInterceptData {
  readonly family: "binomial" | "poisson";
  readonly events: Float64Array;
  /** Trials of a binomial count, exposure of a Poisson count. */
  readonly denominators: Float64Array;
  readonly rows: SparseRows;
  readonly columns: number;
  /** First row of each stratum, and at the end the number of rows. */
  readonly strataStart: Int32Array;
}

/**
 * The marginal likelihood of counts with one standard normal effect b a stratum, η = xβ + σb, by adaptive
 * Gauss–Hermite, with the exact gradient of that approximation and Louis' information, over (β, σ). The cost
 * is one pass over the strata. The arrays are overwritten by the next call of `evaluate`.
 */
export class RandomInterceptLikelihood {
  readonly parameters: number;
  readonly strata: number;
  readonly gradient: Float64Array;
  /** Louis' observed information: E[w zzᵀ] − Var[r z] with z = (x, b). */
  readonly information: Float64Array;
  /** E[w zzᵀ] alone: never negative, for a step where the observed information is. */
  readonly completeInformation: Float64Array;
  /** Where each stratum's integrand is greatest, in units of σ, and its curvature there. */
  readonly modes: Float64Array;
  readonly curvatures: Float64Array;
  /** Per row: expected residual, and the marginal information of its linear predictor. */
  readonly rowScores: Float64Array;
  readonly rowInformation: Float64Array;
  readonly linear: Float64Array;
  private rule: GaussHermiteRule = gaussHermite(1);
  private readonly rowWeight: Float64Array;
  private readonly rowBend: Float64Array;
  private readonly r: Float64Array;
  private readonly w: Float64Array;
  private readonly meanR: Float64Array;
  private readonly meanRS: Float64Array;
  private readonly meanW: Float64Array;
  private readonly meanWb: Float64Array;
  private readonly meanRR: Float64Array;

  constructor(readonly data: RandomInterceptData) {
    const rows = data.events.length;
    this.parameters = data.columns + 1;
    this.strata = data.strataStart.length - 1;
    this.gradient = new Float64Array(this.parameters);
    this.information = new Float64Array(this.parameters ** 2);
    this.completeInformation = new Float64Array(this.parameters ** 2);
    this.modes = new Float64Array(this.strata);
    this.curvatures = new Float64Array(this.strata).fill(1);
    this.rowScores = new Float64Array(rows);
    this.rowInformation = new Float64Array(rows);
    this.linear = new Float64Array(rows);
    this.rowWeight = new Float64Array(rows);
    this.rowBend = new Float64Array(rows);
    let most = 1;
    for (let k = 0; k < this.strata; k++)
      most = Math.max(most, (data.strataStart[k + 1] as number) - (data.strataStart[k] as number));
    const scratch = () => new Float64Array(most);
    this.r = scratch();
    this.w = scratch();
    this.meanR = scratch();
    this.meanRS = scratch();
    this.meanW = scratch();
    this.meanWb = scratch();
    this.meanRR = new Float64Array(most * most);
  }

  /** Log-likelihood at (β, σ), without the terms that hold no parameter. */
  evaluate(theta: Float64Array, points: number): number {
    const { data, linear } = this;
    const { start, column, value } = data.rows;
    for (let i = 0; i < linear.length; i++) {
      let sum = 0;
      for (let e = start[i] as number; e < (start[i + 1] as number); e++)
        sum += (value[e] as number) * (theta[column[e] as number] as number);
      linear[i] = sum;
    }
    this.gradient.fill(0);
    this.information.fill(0);
    this.completeInformation.fill(0);
    const sigma = theta[data.columns] as number;
    this.rule = gaussHermite(points);
    let total = 0;
    for (let k = 0; k < this.strata; k++) total += this.stratum(k, sigma, points);
    const p = this.parameters;
    for (const matrix of [this.information, this.completeInformation])
      for (let i = 0; i < p; i++)
        for (let j = 0; j < i; j++) matrix[j * p + i] = matrix[i * p + j] as number;
    return total;
  }

  /** Residual and weight of each row at b into r and w; returns the integrand's logarithm. */
  private at(b: number, sigma: number, first: number, size: number): number {
    const { events, denominators, family } = this.data;
    const { r, w, linear } = this;
    let g = (-b * b) / 2;
    for (let i = 0; i < size; i++) {
      const n = denominators[first + i] as number;
      const y = events[first + i] as number;
      const eta = (linear[first + i] as number) + sigma * b;
      if (family === "poisson") {
        const mean = n * Math.exp(eta);
        w[i] = mean;
        r[i] = y - mean;
        g += y * eta - mean;
      } else {
        const e = Math.exp(-Math.abs(eta));
        const odds = 1 / (1 + e);
        r[i] = y - n * (eta > 0 ? odds : e * odds);
        w[i] = n * e * odds * odds;
        g += y * eta - n * (Math.max(eta, 0) + Math.log1p(e));
      }
    }
    return g;
  }

  /** The mode by Newton's method from the last one. The integrand is log-concave; what overshoots is halved. */
  private findMode(k: number, sigma: number, first: number, size: number): number {
    const { r, w } = this;
    if (size === 1) return this.findModeOfOne(k, sigma, first);
    let b = sigma === 0 ? 0 : (this.modes[k] as number);
    let slope = Number.POSITIVE_INFINITY;
    let step = 0;
    let g = 0;
    for (let iteration = 0; iteration < 200; iteration++) {
      g = this.at(b, sigma, first, size);
      let residual = 0;
      let weight = 0;
      for (let i = 0; i < size; i++) {
        residual += r[i] as number;
        weight += w[i] as number;
      }
      const next = sigma * residual - b;
      if (Math.abs(next) > Math.abs(slope) && Math.abs(step) > 1e-12 * (1 + Math.abs(b))) {
        step /= 2;
        b -= step;
        continue;
      }
      slope = next;
      step = slope / (1 + sigma * sigma * weight);
      if (Math.abs(step) <= 1e-11 * (1 + Math.abs(b))) break;
      b += step;
    }
    this.modes[k] = b;
    return g;
  }

  /** The same for one row, without arrays, and with logarithms at the end alone. */
  private findModeOfOne(k: number, sigma: number, first: number): number {
    const n = this.data.denominators[first] as number;
    const y = this.data.events[first] as number;
    const x = this.linear[first] as number;
    const poisson = this.data.family === "poisson";
    let b = sigma === 0 ? 0 : (this.modes[k] as number);
    let slope = Number.POSITIVE_INFINITY;
    let step = 0;
    let residual = 0;
    let weight = 0;
    let e = 0;
    for (let iteration = 0; iteration < 200; iteration++) {
      const eta = x + sigma * b;
      if (poisson) {
        weight = n * Math.exp(eta);
        residual = y - weight;
      } else {
        e = Math.exp(eta > 0 ? -eta : eta);
        const odds = 1 / (1 + e);
        residual = y - n * (eta > 0 ? odds : e * odds);
        weight = n * e * odds * odds;
      }
      const next = sigma * residual - b;
      if (Math.abs(next) > Math.abs(slope) && Math.abs(step) > 1e-12 * (1 + Math.abs(b))) {
        step /= 2;
        b -= step;
        continue;
      }
      slope = next;
      step = slope / (1 + sigma * sigma * weight);
      if (Math.abs(step) <= 1e-11 * (1 + Math.abs(b))) break;
      b += step;
    }
    this.modes[k] = b;
    this.r[0] = residual;
    this.w[0] = weight;
    const eta = x + sigma * b;
    return y * eta - (poisson ? weight : n * (Math.max(eta, 0) + Math.log1p(e))) - 0.5 * b * b;
  }

  private stratum(k: number, sigma: number, points: number): number {
    const { data, r, w, rule, meanR, meanRS, meanW, meanWb, meanRR, rowWeight, rowBend } = this;
    const first = data.strataStart[k] as number;
    const size = (data.strataStart[k + 1] as number) - first;
    const top = this.findMode(k, sigma, first, size);
    const b = this.modes[k] as number;
    let residual = 0;
    let weight = 0;
    let bend = 0;
    for (let i = 0; i < size; i++) {
      const wi = w[i] as number;
      const ri = r[i] as number;
      const n = data.denominators[first + i] as number;
      // d w / d η: the count's mean for Poisson, w (1 − 2 share) for binomial.
      const share = ((data.events[first + i] as number) - ri) / (n || 1);
      const bi = data.family === "poisson" ? wi : wi * (1 - 2 * share);
      rowWeight[first + i] = wi;
      rowBend[first + i] = bi;
      residual += ri;
      weight += wi;
      bend += bi;
    }
    const curvature = 1 + sigma * sigma * weight;
    this.curvatures[k] = curvature;
    const spread = 1 / Math.sqrt(curvature);

    for (let i = 0; i < size; i++) meanR[i] = meanRS[i] = meanW[i] = meanWb[i] = 0;
    for (let i = 0; i < size * size; i++) meanRR[i] = 0;
    let mass = 0;
    let drift = 0;
    let driftTilt = 0;
    let meanS = 0;
    let meanSS = 0;
    let meanWbb = 0;
    if (sigma === 0) {
      // b is standard normal whatever the counts: its moments are known, and every node's residual is the same.
      mass = 1;
      driftTilt = -1;
      meanSS = residual * residual;
      meanWbb = weight;
      for (let i = 0; i < size; i++) {
        const ri = r[i] as number;
        meanR[i] = ri;
        meanW[i] = w[i] as number;
        for (let j = 0; j <= i; j++) meanRR[i * size + j] = ri * (r[j] as number);
      }
    } else if (size === 1) {
      // The usual case, one row a stratum, without the inner arrays.
      const n = data.denominators[first] as number;
      const y = data.events[first] as number;
      const x = this.linear[first] as number;
      const poisson = data.family === "poisson";
      let sumR = 0;
      let sumRR = 0;
      let sumRS = 0;
      let sumW = 0;
      let sumWb = 0;
      for (let q = 0; q < points; q++) {
        const t = rule.points[q] as number;
        const at = b + spread * t;
        const eta = x + sigma * at;
        let ri = 0;
        let wi = 0;
        let g = 0;
        if (poisson) {
          wi = n * Math.exp(eta);
          ri = y - wi;
          g = y * eta - wi;
        } else {
          const e = Math.exp(eta > 0 ? -eta : eta);
          const odds = 1 / (1 + e);
          ri = y - n * (eta > 0 ? odds : e * odds);
          wi = n * e * odds * odds;
          g = y * eta - n * (Math.max(eta, 0) - Math.log(odds));
        }
        const pi = Math.exp(g - 0.5 * at * at - top + (rule.logAdaptiveWeights[q] as number));
        const slope = sigma * ri - at;
        const pr = pi * ri;
        const ps = pr * at;
        const pw = pi * wi;
        mass += pi;
        drift += pi * slope;
        driftTilt += pi * slope * t;
        sumR += pr;
        sumRR += pr * ri;
        sumRS += ps * ri;
        meanS += ps;
        meanSS += ps * ri * at;
        sumW += pw;
        sumWb += pw * at;
        meanWbb += pw * at * at;
      }
      meanR[0] = sumR;
      meanRR[0] = sumRR;
      meanRS[0] = sumRS;
      meanW[0] = sumW;
      meanWb[0] = sumWb;
    } else
      for (let q = 0; q < points; q++) {
        const t = rule.points[q] as number;
        const at = b + spread * t;
        const g = this.at(at, sigma, first, size);
        const pi = Math.exp(g - top + (rule.logAdaptiveWeights[q] as number));
        let sumR = 0;
        let sumW = 0;
        for (let i = 0; i < size; i++) {
          const ri = r[i] as number;
          const wi = w[i] as number;
          sumR += ri;
          sumW += wi;
          meanR[i]! += pi * ri;
          meanW[i]! += pi * wi;
          meanWb[i]! += pi * wi * at;
          for (let j = 0; j <= i; j++) meanRR[i * size + j]! += pi * ri * (r[j] as number);
        }
        const S = sumR * at;
        for (let i = 0; i < size; i++) meanRS[i]! += pi * (r[i] as number) * S;
        const slope = sigma * sumR - at;
        mass += pi;
        drift += pi * slope;
        driftTilt += pi * slope * t;
        meanS += pi * S;
        meanSS += pi * S * S;
        meanWbb += pi * sumW * at * at;
      }
    meanS /= mass;
    const corner = data.columns * this.parameters + data.columns;
    this.information[corner]! += meanWbb / mass - (meanSS / mass - meanS * meanS);
    this.completeInformation[corner]! += meanWbb / mass;
    // What moving the rule's own nodes adds to the gradient; it fades as the number of points grows.
    const shift = drift / mass;
    const tilt = (-0.5 * (1 + (spread * driftTilt) / mass)) / curvature;
    const modeBySigma = (residual - sigma * b * weight) / curvature;
    const curvatureBySigma = 2 * sigma * weight + sigma * sigma * bend * (b + sigma * modeBySigma);
    this.gradient[data.columns]! += meanS + shift * modeBySigma + tilt * curvatureBySigma;
    for (let i = 0; i < size; i++) {
      const wi = rowWeight[first + i] as number;
      const bent = (rowBend[first + i] as number) - (sigma * sigma * bend * wi) / curvature;
      const moved = (-shift * sigma * wi) / curvature + tilt * sigma * sigma * bent;
      const score = (meanR[i] as number) / mass;
      this.addRow(first, size, i, mass, score, moved, meanS);
    }
    return top + Math.log(mass) + Math.log(spread);
  }

  /** Adds one row's part of the gradient and of the lower triangles. */
  private addRow(
    first: number,
    size: number,
    i: number,
    mass: number,
    score: number,
    moved: number,
    meanS: number,
  ): void {
    const { information, completeInformation, parameters: p, data } = this;
    const { start, column, value } = data.rows;
    const row = first + i;
    const w = (this.meanW[i] as number) / mass;
    const wb = (this.meanWb[i] as number) / mass;
    const cross = wb - ((this.meanRS[i] as number) / mass - score * meanS);
    this.rowScores[row] = score;
    const last = start[row + 1] as number;
    for (let e = start[row] as number; e < last; e++) {
      const x = value[e] as number;
      const c = column[e] as number;
      this.gradient[c]! += (score + moved) * x;
      information[data.columns * p + c]! += cross * x;
      completeInformation[data.columns * p + c]! += wb * x;
      for (let f = start[row] as number; f <= e; f++)
        completeInformation[c * p + (column[f] as number)]! += w * x * (value[f] as number);
    }
    for (let j = 0; j <= i; j++) {
      const other = first + j;
      const covariance =
        (this.meanRR[i * size + j] as number) / mass - (score * (this.meanR[j] as number)) / mass;
      const amount = (i === j ? w : 0) - covariance;
      if (i === j) this.rowInformation[row] = amount;
      for (let e = start[row] as number; e < last; e++) {
        const x = amount * (value[e] as number);
        const c = column[e] as number;
        for (let f = start[other] as number; f < (start[other + 1] as number); f++) {
          const d = column[f] as number;
          const product = x * (value[f] as number);
          // Only the lower triangle is kept; a pair of different rows stands for both of its orders.
          if (d <= c) information[c * p + d]! += product;
          if (i !== j && c <= d) information[d * p + c]! += product;
        }
      }
    }
  }
}
