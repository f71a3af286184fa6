import { checkLengths } from "../foundation/check.ts";
import { absent, type Estimate, isAbsent, type Result } from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { designVariance, type SurveyDesign } from "../gradients/design-variance.ts";
import { linearRegression } from "../regression/linear-regression.ts";
import { margins } from "./concentration-index.ts";
import { weightedMeanInfluence } from "./rank-influence.ts";

export interface DecompositionData extends SurveyDesign {
  readonly rank: ArrayLike<number>;
  readonly outcome: ArrayLike<number>;
  /** One array a factor; a category goes in as one 0/1 array for each level but the reference. */
  readonly factors: Readonly<Record<string, ArrayLike<number>>>;
  readonly weight?: ArrayLike<number>;
}

export interface DecompositionOptions {
  readonly confidence?: number;
  /**
   * Effect of each factor on the outcome from another model (average partial effects of a logit, say). Default:
   * least squares. With given effects their own error is not counted.
   */
  readonly effects?: Readonly<Record<string, number>>;
}

/** One factor's part. */
export interface ConcentrationContribution extends Estimate {
  readonly factor: string;
  readonly standardError: number;
  readonly effect: number;
  readonly mean: number;
  /** effect × mean of the factor / mean of the outcome. */
  readonly elasticity: number;
  /** Concentration index of the factor itself; absent meaning (0) when its mean is 0. */
  readonly concentrationIndex: number;
  /** Contribution as a share of the whole index, when that is not 0. */
  readonly share?: number;
}

export interface ConcentrationDecomposition {
  readonly index: number;
  readonly mean: number;
  readonly contributions: readonly ConcentrationContribution[];
  /** What the factors leave: the index less all contributions. */
  readonly residual: number;
}

/**
 * Decomposition of a concentration index (Wagstaff, van Doorslaer, Watanabe 2003): how much of the gradient
 * goes with each factor? With `y = α + Σ βₖ xₖ + ε`, `C = Σ (βₖ x̄ₖ/μ) Cₖ + GCε/μ`: a factor contributes when it
 * matters (elasticity) *and* is itself unequally spread (Cₖ). The parts and the residual add up exactly.
 * Standard errors by influence functions, which count that effects, means and ranks are all estimated.
 *
 * It is an accounting of association, not of cause, and it holds only as far as the linear model does.
 *
 * @throws StatisticsError for arrays of different lengths or no factors
 * @example
 * ```ts
 * const parts = decomposeConcentrationIndex({
 *   rank: [1, 2, 3, 4, 5],
 *   outcome: [9, 8, 6, 5, 1],
 *   factors: { pain: [4, 4, 3, 2, 1], alone: [1, 0, 1, 0, 0] },
 * });
 * parts.index; // => -0.262069
 * parts.residual + parts.contributions[0].value + parts.contributions[1].value; // => -0.262069
 * ```
 */
export function decomposeConcentrationIndex(
  data: DecompositionData,
  options: DecompositionOptions = {},
): Result<ConcentrationDecomposition> {
  const { rank, outcome, weight } = data;
  const names = Object.keys(data.factors);
  if (names.length === 0)
    throw new StatisticsError(
      "invalidOption",
      "invalid factors; a decomposition needs at least one",
    );
  const factors = names.map((name) => data.factors[name] as ArrayLike<number>);
  const size = checkLengths({ outcome, rank, ...data.factors, ...(weight && { weight }) });
  const weightOf = (i: number) => (weight === undefined ? 1 : (weight[i] as number));
  let people = 0;
  for (let i = 0; i < size; i++) people += weightOf(i);
  if (!(people > 0)) return absent("zeroDenominator", "There is nobody to decompose for.");
  const meanOf = (values: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += (weightOf(i) / people) * (values[i] as number);
    return sum;
  };
  const mean = meanOf(outcome);
  if (!(mean > 0))
    return absent("notPositive", "The outcome's mean must be above 0 for a relative index.");
  const fit = linearRegression({
    outcome,
    predictors: factors,
    ...(weight && { weights: weight }),
  });
  if (isAbsent(fit)) return fit;
  const bread = unscaledInverse(fit.covariance, fit.residualVariance);
  const index = 1 - weightedMeanInfluence(rank, weight, outcome, 2).weighted / mean;
  const z = zOfConfidence(options.confidence);
  const contributions: ConcentrationContribution[] = [];
  let residual = index;
  for (const [k, name] of names.entries()) {
    const values = factors[k] as ArrayLike<number>;
    const given = options.effects?.[name];
    if (options.effects !== undefined && given === undefined)
      throw new StatisticsError("invalidOption", `invalid effects; none for factor ${name}`);
    const effect = given ?? (fit.coefficients[k + 1] as number);
    const average = meanOf(values);
    const { weighted, influence } = weightedMeanInfluence(rank, weight, values, 2);
    const spread = average - weighted;
    const value = (effect * spread) / mean;
    const contribution = influence.map((of, i) => {
      const ofSpread = (values[i] as number) - average - of;
      const ofEffect =
        given === undefined ? people * effectInfluence(fit.residuals, factors, bread, k + 1, i) : 0;
      const ofMean = (outcome[i] as number) - mean;
      return (
        (weightOf(i) / people) * ((effect * ofSpread + spread * ofEffect - value * ofMean) / mean)
      );
    });
    const variance = designVariance(contribution, data);
    if (typeof variance !== "number") return variance;
    const standardError = Math.sqrt(variance);
    contributions.push({
      factor: name,
      ...margins(value, standardError, z),
      standardError,
      effect,
      mean: average,
      elasticity: (effect * average) / mean,
      concentrationIndex: average === 0 ? 0 : spread / average,
      ...(index !== 0 && { share: value / index }),
    });
    residual -= value;
  }
  return { index, mean, contributions, residual };
}

/** (XᵀWX)⁻¹ from the model's covariance. */
function unscaledInverse(covariance: Float64Array, residualVariance: number): Float64Array {
  return residualVariance > 0 ? covariance.map((v) => v / residualVariance) : covariance;
}

/** Row i's part in coefficient k of a least-squares fit, before its weight. */
function effectInfluence(
  residuals: Float64Array,
  factors: readonly ArrayLike<number>[],
  bread: Float64Array,
  k: number,
  i: number,
): number {
  const size = factors.length + 1;
  let sum = bread[k * size] as number;
  for (let j = 0; j < factors.length; j++)
    sum += (bread[k * size + j + 1] as number) * ((factors[j] as ArrayLike<number>)[i] as number);
  return sum * (residuals[i] as number);
}
