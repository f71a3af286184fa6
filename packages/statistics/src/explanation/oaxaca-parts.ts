import { StatisticsError } from "../foundation/statistics-error.ts";
import type { LinearRegressionFit } from "../regression/index.ts";

/** A group's regression in normalised form: coefficients, means of predictors, and the covariance of both. */
export interface GroupFit {
  readonly names: readonly string[];
  readonly rows: readonly number[];
  readonly count: number;
  readonly mean: number;
  readonly outcome: Float64Array;
  readonly outcomeVariance: number;
  readonly coefficients: Float64Array;
  readonly covariance: Float64Array;
  readonly means: Float64Array;
  readonly meanCovariance: Float64Array;
  /** The predictors, intercept first, left-out levels last. */
  readonly expanded: readonly Float64Array[];
  /** Each row's influence on each coefficient. */
  readonly influence: readonly Float64Array[];
}

/**
 * Adds the left-out level of each category and centres its coefficients on their mean, which goes into the
 * intercept (Gardeazabal & Ugidos 2004). Without categories nothing changes.
 */
export function meansAndErrors(
  fit: LinearRegressionFit,
  outcome: Float64Array,
  columns: readonly Float64Array[],
  rows: readonly number[],
  names: readonly string[],
  categories: Readonly<Record<string, readonly string[]>>,
): GroupFit {
  const n = outcome.length;
  const size = names.length + 1;
  const added = Object.entries(categories);
  const all = ["intercept", ...names, ...added.map(([category]) => `${category}: left out`)];
  // The linear map from the fitted coefficients to the normalised ones.
  const map = new Float64Array(all.length * size);
  for (let j = 0; j < size; j++) map[j * size + j] = 1;
  added.forEach(([category, dummies], c) => {
    const levels = dummies.length + 1;
    const at = dummies.map((dummy) => names.indexOf(dummy) + 1);
    if (at.includes(0))
      throw new StatisticsError(
        "invalidOption",
        `invalid categories; ${category} names no predictor`,
      );
    for (const j of at) {
      map[j]! += 1 / levels;
      map[(size + c) * size + j]! -= 1 / levels;
      for (const k of at) map[k * size + j]! -= 1 / levels;
    }
  });
  const expanded = [
    new Float64Array(n).fill(1),
    ...columns,
    ...added.map(([, dummies]) =>
      Float64Array.from({ length: n }, (_, i) =>
        dummies.reduce(
          (left, dummy) => left - ((columns[names.indexOf(dummy)] as Float64Array)[i] as number),
          1,
        ),
      ),
    ),
  ];
  const coefficients = Float64Array.from(all, (_, i) =>
    fit.coefficients.reduce((sum, c, j) => sum + (map[i * size + j] as number) * c, 0),
  );
  const covariance = new Float64Array(all.length ** 2);
  for (let i = 0; i < all.length; i++)
    for (let j = 0; j < all.length; j++)
      for (let k = 0; k < size; k++)
        for (let l = 0; l < size; l++)
          covariance[i * all.length + j]! +=
            (map[i * size + k] as number) *
            (map[j * size + l] as number) *
            (fit.covariance[k * size + l] as number);
  const average = (values: Float64Array) => values.reduce((x, y) => x + y, 0) / n;
  const means = Float64Array.from(expanded, average);
  const meanCovariance = new Float64Array(all.length ** 2);
  for (let i = 0; i < all.length; i++)
    for (let j = 0; j < all.length; j++) {
      let sum = 0;
      const [x, y] = [expanded[i] as Float64Array, expanded[j] as Float64Array];
      for (let r = 0; r < n; r++)
        sum +=
          ((x[r] as number) - (means[i] as number)) * ((y[r] as number) - (means[j] as number));
      meanCovariance[i * all.length + j] = sum / (n - 1) / n;
    }
  // (XᵀX)⁻¹ x e, mapped; the model's covariance is (XᵀX)⁻¹ times the residual variance.
  const raw = Array.from({ length: size }, (_, j) =>
    Float64Array.from({ length: n }, (__, r) => {
      let sum = 0;
      for (let k = 0; k < size; k++)
        sum +=
          (fit.covariance[j * size + k] as number) * ((expanded[k] as Float64Array)[r] as number);
      return fit.residualVariance > 0
        ? (sum / fit.residualVariance) * (fit.residuals[r] as number)
        : 0;
    }),
  );
  const influence = all.map((_, i) =>
    Float64Array.from({ length: n }, (__, r) =>
      raw.reduce(
        (sum, column, j) => sum + (map[i * size + j] as number) * (column[r] as number),
        0,
      ),
    ),
  );
  const mean = average(outcome);
  return {
    names: all,
    rows,
    count: n,
    mean,
    outcome,
    outcomeVariance: outcome.reduce((sum, y) => sum + (y - mean) ** 2, 0) / (n - 1),
    coefficients,
    covariance,
    means,
    meanCovariance,
    expanded,
    influence,
  };
}

/** xᵀ M x. */
export function quadratic(x: Float64Array, matrix: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    if (x[i] === 0) continue;
    for (let j = 0; j < x.length; j++)
      sum += (x[i] as number) * (x[j] as number) * (matrix[i * x.length + j] as number);
  }
  return sum;
}
