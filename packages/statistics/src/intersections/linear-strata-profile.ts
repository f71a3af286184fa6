import { choleskyInverse, choleskySolveInPlace } from "../foundation/linear-algebra.ts";
import type { SparseRows } from "./strata-design.ts";
import { cholesky, choleskyLogDeterminant } from "./symmetric-matrix.ts";

/** Sums of strata, centred, for the profile in λ = σu²/σe². */
export interface LinearSums {
  readonly rows: SparseRows;
  readonly columns: number;
  readonly strataStart: Int32Array;
  /** Per row: people, and the sum of the centred outcome. */
  readonly n: Float64Array;
  readonly sum: Float64Array;
  /** Total of squares of the centred outcome, and of people. */
  readonly squares: number;
  readonly people: number;
}

/** What a λ gives when everything else is at its best. */
export interface LinearProfilePoint {
  readonly beta: Float64Array;
  readonly inverse: Float64Array;
  readonly residualSquares: number;
  /** Σ log(1 + nλ). */
  readonly logScale: number;
  readonly logDeterminant: number;
  /** Σ (dc/dλ)e², Σ n/(1+nλ) and Σ (dc/dλ) sᵀ(XᵀV⁻¹X)⁻¹s: the parts of the criterion's slope. */
  readonly slopeSquares: number;
  readonly slopeScale: number;
  readonly slopeDeterminant: number;
  /** Per stratum: people, and the sum of the residuals from xβ. */
  readonly strataPeople: Float64Array;
  readonly strataResiduals: Float64Array;
}

/** Generalised least squares at one λ; undefined if the fixed effects cannot be told apart. */
export function linearProfile(sums: LinearSums, lambda: number): LinearProfilePoint | undefined {
  const { rows, columns: p, strataStart, n, sum } = sums;
  const { start, column, value } = rows;
  const strata = strataStart.length - 1;
  const matrix = new Float64Array(p * p);
  const right = new Float64Array(p);
  const s = new Float64Array(p);
  const strataPeople = new Float64Array(strata);
  const strataResiduals = new Float64Array(strata);
  const touched: number[] = [];
  let [squares, logScale, slopeScale] = [sums.squares, 0, 0];
  for (let k = 0; k < strata; k++) {
    let [people, total] = [0, 0];
    touched.length = 0;
    for (let i = strataStart[k] as number; i < (strataStart[k + 1] as number); i++) {
      const ni = n[i] as number;
      people += ni;
      total += sum[i] as number;
      for (let e = start[i] as number; e < (start[i + 1] as number); e++) {
        const c = column[e] as number;
        const x = value[e] as number;
        if (s[c] === 0) touched.push(c);
        s[c]! += ni * x;
        right[c]! += (sum[i] as number) * x;
        for (let f = start[i] as number; f < (start[i + 1] as number); f++)
          matrix[c * p + (column[f] as number)]! += ni * x * (value[f] as number);
      }
    }
    const shrink = lambda / (1 + people * lambda);
    squares -= shrink * total * total;
    logScale += Math.log1p(people * lambda);
    slopeScale += people / (1 + people * lambda);
    strataPeople[k] = people;
    strataResiduals[k] = total;
    for (const c of new Set(touched)) {
      right[c]! -= shrink * total * (s[c] as number);
      for (const d of new Set(touched))
        matrix[c * p + d]! -= shrink * (s[c] as number) * (s[d] as number);
    }
    for (const c of touched) s[c] = 0;
  }
  const beta = Float64Array.from(right);
  if (!cholesky(matrix, p)) return undefined;
  choleskySolveInPlace(matrix, p, beta);
  const inverse = choleskyInverse(matrix, p);
  let residualSquares = squares;
  for (let j = 0; j < p; j++) residualSquares -= (beta[j] as number) * (right[j] as number);
  let [slopeSquares, slopeDeterminant] = [0, 0];
  for (let k = 0; k < strata; k++) {
    touched.length = 0;
    for (let i = strataStart[k] as number; i < (strataStart[k + 1] as number); i++)
      for (let e = start[i] as number; e < (start[i + 1] as number); e++) {
        const c = column[e] as number;
        const x = (n[i] as number) * (value[e] as number);
        if (s[c] === 0) touched.push(c);
        s[c]! += x;
        strataResiduals[k]! -= x * (beta[c] as number);
      }
    const slope = 1 / (1 + (strataPeople[k] as number) * lambda) ** 2;
    slopeSquares += slope * (strataResiduals[k] as number) ** 2;
    for (const c of new Set(touched))
      for (const d of new Set(touched))
        slopeDeterminant +=
          slope * (s[c] as number) * (s[d] as number) * (inverse[c * p + d] as number);
    for (const c of touched) s[c] = 0;
  }
  return {
    beta,
    inverse,
    residualSquares,
    logScale,
    logDeterminant: choleskyLogDeterminant(matrix, p),
    slopeSquares,
    slopeScale,
    slopeDeterminant,
    strataPeople,
    strataResiduals,
  };
}
