import { checkCount, checkFinite, checkLengths } from "../foundation/check.ts";
import { type Absent, absent, isAbsent, type Result } from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { designVariance, type SurveyDesign } from "../gradients/design-variance.ts";
import { fractionalRank } from "../gradients/fractional-rank.ts";
import { type LinearRegressionFit, linearRegression } from "../regression/linear-regression.ts";
import { type ConcentrationIndex, margins } from "./concentration-index.ts";
import { type ConcentrationOptions, checkBounds, formIndex, resolveForm } from "./index-form.ts";
import { weightedMeanInfluence } from "./rank-influence.ts";
import { eachRankedStretch } from "./ranked-stretch.ts";

/** One entry a person. */
export interface RankedPersons extends SurveyDesign {
  /** Deprivation or income; lowest = most deprived. Equal numbers share a rank. */
  readonly rank: ArrayLike<number>;
  readonly value: ArrayLike<number>;
  /** Survey weight; 1 each when left out. */
  readonly weight?: ArrayLike<number>;
}

export interface PersonsConcentrationOptions extends ConcentrationOptions {
  /**
   * "influence" (default): also counts that ranks are sampled, and the survey design. "convenientRegression":
   * standard error of the slope of 2σ²y/μ on rank. "delta": the same with the mean estimated too.
   */
  readonly errors?: "influence" | "convenientRegression" | "delta";
  /** For the two regressions: errors robust to neighbours in rank order being alike (lag 1). Default true. */
  readonly neweyWest?: boolean;
}

/**
 * Concentration index from one row a person: is the value concentrated among the most or the least deprived?
 * The same index as {@link concentrationIndex}, with the standard error of a sample of people: by the
 * influence function (which allows survey weights, strata and clusters), or by the convenient regression of
 * O'Donnell and others (2008) with Newey–West errors in rank order.
 *
 * Tied ranks are averaged: people of one quintile share a rank, whatever the order of rows.
 *
 * @throws StatisticsError for arrays of different lengths, negative weights, values outside the bounds
 * @example
 * ```ts
 * const c = concentrationIndexOfPersons({ rank: [1, 2, 3, 4], value: [4, 3, 2, 1] });
 * c.value; // => -0.25
 * ```
 */
export function concentrationIndexOfPersons(
  data: RankedPersons,
  options: PersonsConcentrationOptions = {},
): Result<ConcentrationIndex> {
  const { rank, value, weight } = data;
  const size = checkLengths({ rank, value, ...(weight && { weight }) });
  const form = resolveForm(options);
  for (let i = 0; i < size; i++) {
    checkFinite("rank", rank[i] as number);
    checkFinite("value", value[i] as number);
    if (weight !== undefined) checkCount("weight", weight[i] as number);
  }
  checkBounds(form, value);
  if (size < 3) return absent("tooFew", `An index needs at least 3 people; there are ${size}.`);
  const weightOf = (i: number) => (weight === undefined ? 1 : (weight[i] as number));
  let people = 0;
  let sum = 0;
  for (let i = 0; i < size; i++) {
    people += weightOf(i);
    sum += weightOf(i) * (value[i] as number);
  }
  if (people === 0) return absent("zeroDenominator", "All weights are 0.");
  const mean = sum / people;
  const { weighted, influence } = weightedMeanInfluence(rank, weight, value, form.aversion);
  const index = formIndex(form, mean, weighted);
  if (isAbsent(index)) return index;
  const errors = options.errors ?? "influence";
  const byPerson = (byMean: number, byWeighted: number) =>
    designVariance(
      influence.map(
        (of, i) =>
          (weightOf(i) / people) * (byWeighted * of + byMean * ((value[i] as number) - mean)),
      ),
      data,
    );
  const variance =
    errors === "influence"
      ? byPerson(index.byMean, index.byWeighted)
      : regressionVariance(data, mean, errors, options.neweyWest ?? true);
  const ofAchievement = byPerson(0, 1);
  if (typeof variance !== "number") return variance;
  if (typeof ofAchievement !== "number") return ofAchievement;
  // The regressions give the variance of C; each form is C times a factor taken as known.
  const factor =
    errors === "influence" || mean === weighted ? 1 : (index.value * mean) / (mean - weighted);
  const standardError = Math.abs(factor) * Math.sqrt(variance);
  const z = zOfConfidence(options.confidence);
  return {
    ...margins(index.value, standardError, z),
    standardError,
    form: form.form,
    mean,
    achievement: margins(weighted, Math.sqrt(ofAchievement), z),
    population: people,
  };
}

function regressionVariance(
  data: RankedPersons,
  mean: number,
  errors: "convenientRegression" | "delta",
  neighbours: boolean,
): number | Absent {
  const { weight } = data;
  const ranks = fractionalRank(data.rank, weight);
  let total = 0;
  let meanRank = 0;
  for (let i = 0; i < ranks.length; i++) {
    const w = weight === undefined ? 1 : (weight[i] as number);
    total += w;
    meanRank += w * (ranks[i] as number);
  }
  meanRank /= total;
  let spread = 0;
  for (let i = 0; i < ranks.length; i++)
    spread +=
      ((weight === undefined ? 1 : (weight[i] as number)) / total) *
      ((ranks[i] as number) - meanRank) ** 2;
  const fit = linearRegression({
    outcome: Float64Array.from(data.value, (y) => 2 * spread * y),
    predictors: [ranks],
    ...(weight && { weights: weight }),
  });
  if (isAbsent(fit)) return fit;
  const [c00, c01, c11] = neighbours
    ? neighbourCovariance(ranks, weight, fit)
    : [fit.covariance[0] as number, fit.covariance[1] as number, fit.covariance[3] as number];
  if (errors === "convenientRegression") return c11 / mean ** 2;
  const [a, b] = fit.coefficients as unknown as [number, number];
  // C = 2σ² b / (a + b R̄)
  const bottom = a + b * meanRank;
  const byA = (-2 * spread * b) / bottom ** 2;
  const byB = (2 * spread * a) / bottom ** 2;
  return byA * byA * c00 + 2 * byA * byB * c01 + byB * byB * c11;
}

/**
 * Newey–West with one lag in rank order. People of one rank have no order among themselves, so their products
 * are averaged over all orders: what rows come first never matters.
 */
function neighbourCovariance(
  ranks: Float64Array,
  weight: ArrayLike<number> | undefined,
  fit: LinearRegressionFit,
): readonly [number, number, number] {
  if (!(fit.residualVariance > 0)) return [0, 0, 0];
  const bread = fit.covariance.map((v) => v / fit.residualVariance);
  const meat = [0, 0, 0] as [number, number, number];
  const add = (one: readonly number[], two: readonly number[], factor: number) => {
    const [a, b] = one as [number, number];
    const [c, d] = two as [number, number];
    meat[0] += factor * a * c;
    meat[1] += (factor * (a * d + b * c)) / 2;
    meat[2] += factor * b * d;
  };
  let before: readonly number[] | undefined;
  eachRankedStretch(ranks, undefined, ({ members }) => {
    const sum = [0, 0] as [number, number];
    const count = members.length;
    for (const i of members) {
      const w = weight === undefined ? 1 : (weight[i] as number);
      const score = w * (fit.residuals[i] as number);
      const own = [score, score * (ranks[i] as number)];
      // Its own square, less the part that the average over orders takes back.
      add(own, own, 1 - 1 / count);
      sum[0] += own[0] as number;
      sum[1] += own[1] as number;
    }
    add(sum, sum, 1 / count);
    const average = [sum[0] / count, sum[1] / count];
    if (before !== undefined) add(before, average, 1);
    before = average;
  });
  const [b00, b01, , b11] = bread as unknown as [number, number, number, number];
  const [m00, m01, m11] = meat;
  const top = [b00 * m00 + b01 * m01, b00 * m01 + b01 * m11] as const;
  const low = [b01 * m00 + b11 * m01, b01 * m01 + b11 * m11] as const;
  return [top[0] * b00 + top[1] * b01, top[0] * b01 + top[1] * b11, low[0] * b01 + low[1] * b11];
}
