import { checkCount, checkFinite, checkLengths } from "../foundation/check.ts";
import { absent, type Result } from "../foundation/estimate.ts";
import { solveLeastSquares } from "../foundation/linear-algebra.ts";
import {
  layOutDesign,
  linearPredictor,
  type RegressionFit,
  type RegressionOptions,
  standardErrorsOf,
} from "./design.ts";
import { robustCovariance } from "./robust-covariance.ts";

export interface LinearRegressionData {
  readonly outcome: ArrayLike<number>;
  /** One array a predictor, each as long as the outcome. */
  readonly predictors: readonly ArrayLike<number>[];
  /** Precision of each row (1/variance up to a factor), or people it stands for; 1 each when left out. */
  readonly weights?: ArrayLike<number>;
}

export interface LinearRegressionFit extends RegressionFit {
  readonly residuals: Float64Array;
  /** Estimated variance of a row of weight 1. */
  readonly residualVariance: number;
  /** Share of the weighted variation that is explained (about the mean when there is an intercept). */
  readonly explained: number;
}

/**
 * Weighted least squares: how does a number change with others, holding the rest fixed? Coefficients by
 * orthogonal reflections; standard errors from the model, robust to unequal variance (HC0, HC1), or robust
 * to neighbouring rows being alike (Newey–West). Absent when a predictor repeats the others
 * (`notIdentified`) or there are no more rows than coefficients (`tooFew`).
 *
 * @throws StatisticsError for arrays of different lengths, negative weights or values that are not finite
 * @example
 * ```ts
 * const fit = linearRegression({ outcome: [1, 3, 5, 7.5], predictors: [[0, 1, 2, 3]] });
 * fit.coefficients[1]; // => 2.15
 * fit.standardErrors[1]; // => 0.0866
 * ```
 */
export function linearRegression(
  data: LinearRegressionData,
  options: RegressionOptions = {},
): Result<LinearRegressionFit> {
  const { outcome, weights } = data;
  const rows = weights === undefined ? outcome.length : checkLengths({ outcome, weights });
  const intercept = options.intercept ?? true;
  const design = layOutDesign(rows, data.predictors, intercept);
  const { size, columns } = design;
  for (let i = 0; i < rows; i++) {
    checkFinite("outcome", outcome[i] as number);
    if (weights !== undefined) checkCount("weights", weights[i] as number);
  }
  const weightOf = (i: number) => (weights === undefined ? 1 : (weights[i] as number));
  let used = 0;
  for (let i = 0; i < rows; i++) if (weightOf(i) > 0) used++;
  const degreesOfFreedom = used - size;
  if (degreesOfFreedom < 1)
    return absent("tooFew", `${used} rows cannot give ${size} coefficients and their errors.`);
  const scaled = new Float64Array(columns.length);
  const target = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const root = Math.sqrt(weightOf(i));
    target[i] = root * (outcome[i] as number);
    for (let k = 0; k < size; k++) scaled[k * rows + i] = root * (columns[k * rows + i] as number);
  }
  const solution = solveLeastSquares(scaled, target, rows, size);
  if ("dependentColumn" in solution)
    return absent(
      "notIdentified",
      `Coefficient ${solution.dependentColumn + 1} cannot be told from the others: its column repeats them.`,
    );
  const { coefficients, inverse } = solution;
  const fitted = linearPredictor(design, coefficients, undefined);
  const residuals = new Float64Array(rows);
  let squares = 0;
  let weight = 0;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    residuals[i] = (outcome[i] as number) - (fitted[i] as number);
    squares += weightOf(i) * (residuals[i] as number) ** 2;
    weight += weightOf(i);
    sum += weightOf(i) * (outcome[i] as number);
  }
  const centre = intercept ? sum / weight : 0;
  let variation = 0;
  for (let i = 0; i < rows; i++) variation += weightOf(i) * ((outcome[i] as number) - centre) ** 2;
  const residualVariance = squares / degreesOfFreedom;
  const method = options.covariance ?? "model";
  const covariance =
    method === "model"
      ? inverse.map((v) => v * residualVariance)
      : robustCovariance(
          design,
          inverse,
          residuals.map((r, i) => r * weightOf(i)),
          method,
        );
  return {
    coefficients,
    standardErrors: standardErrorsOf(covariance, size),
    covariance,
    fitted,
    residuals,
    residualVariance,
    explained: variation > 0 ? 1 - squares / variation : 1,
    degreesOfFreedom,
  };
}
