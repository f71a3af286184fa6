import { checkFinite } from "../foundation/check.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";

/** How the covariance of the coefficients is made. */
export type CovarianceMethod =
  /** From the model: right when the model's variance is. Default. */
  | "model"
  /** Sandwich over rows (HC0): right whatever the variance of each row. */
  | "robust"
  /** The same times n/(n − p) (HC1). */
  | "robustHC1"
  /** Bartlett-weighted over neighbouring rows, for rows in time or rank order (Newey and West 1987). */
  | { readonly neweyWest: number; readonly smallSample?: boolean };

/** What every regression shares. */
export interface RegressionOptions {
  /** Adds a column of ones in front of the predictors. Default true. */
  readonly intercept?: boolean;
  readonly covariance?: CovarianceMethod;
}

/** Coefficients with their covariance; the intercept, when there is one, comes first. */
export interface RegressionFit {
  readonly coefficients: Float64Array;
  readonly standardErrors: Float64Array;
  /** size × size, row by row. */
  readonly covariance: Float64Array;
  readonly fitted: Float64Array;
  /** Rows less coefficients. */
  readonly degreesOfFreedom: number;
}

export interface Design {
  readonly rows: number;
  readonly size: number;
  /** Columns one after another. */
  readonly columns: Float64Array;
}

/** Checks the predictors and lays them out column by column. */
export function layOutDesign(
  rows: number,
  predictors: readonly ArrayLike<number>[],
  intercept: boolean,
): Design {
  const size = predictors.length + (intercept ? 1 : 0);
  if (size === 0)
    throw new StatisticsError("invalidOption", "invalid predictors; none, and no intercept");
  const columns = new Float64Array(rows * size);
  if (intercept) columns.fill(1, 0, rows);
  predictors.forEach((predictor, k) => {
    if (predictor.length !== rows)
      throw new StatisticsError(
        "lengthMismatch",
        `invalid predictors; column ${k + 1} has ${predictor.length} values where the outcome has ${rows}`,
      );
    const start = (k + (intercept ? 1 : 0)) * rows;
    for (let i = 0; i < rows; i++) {
      checkFinite(`predictors, column ${k + 1}`, predictor[i] as number);
      columns[start + i] = predictor[i] as number;
    }
  });
  return { rows, size, columns };
}

/** X times the coefficients, plus an offset. */
export function linearPredictor(
  { rows, size, columns }: Design,
  coefficients: Float64Array,
  offset: ArrayLike<number> | undefined,
): Float64Array {
  const line = offset === undefined ? new Float64Array(rows) : Float64Array.from(offset);
  for (let k = 0; k < size; k++) {
    const c = coefficients[k] as number;
    const start = k * rows;
    for (let i = 0; i < rows; i++)
      line[i] = (line[i] as number) + c * (columns[start + i] as number);
  }
  return line;
}

export function standardErrorsOf(covariance: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, k) =>
    Math.sqrt(Math.max(0, covariance[k * size + k] as number)),
  );
}
