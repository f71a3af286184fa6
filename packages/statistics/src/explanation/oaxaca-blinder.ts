import { checkFinite, checkLengths } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  isAbsent,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { linearRegression } from "../regression/index.ts";
import { type GroupFit, meansAndErrors, quadratic } from "./oaxaca-parts.ts";

/** Rows of two groups. */
export interface OaxacaBlinderInput {
  readonly outcome: ArrayLike<number>;
  /** The predictors by name; dummies of a category leave out one level, as in a regression. */
  readonly predictors: Readonly<Record<string, ArrayLike<number>>>;
  /** 0 for the group that is looked at from (A), 1 for the other (B): the gap is A minus B. */
  readonly group: ArrayLike<number>;
  /** Categories by name, each with its dummies: their parts are then free of which level was left out. */
  readonly categories?: Readonly<Record<string, readonly string[]>>;
}

/** Options of {@link oaxacaBlinder}. */
export interface OaxacaBlinderOptions extends ConfidenceOptions {
  /**
   * Coefficients that the twofold split holds to be fair: those of "A", of "B", of all rows together without
   * a group term ("neumark", default), or a weight of A's from 0 to 1 (0.5: Reimers).
   */
  readonly reference?: "A" | "B" | "neumark" | number;
}

/** A part of the gap. */
export interface OaxacaPart extends Estimate {
  readonly standardError: number;
}

/** Three parts of a gap in means. */
export interface ThreefoldParts {
  /** From other values of the predictors. */
  readonly endowments: OaxacaPart;
  /** From other coefficients, intercept included. */
  readonly coefficients: OaxacaPart;
  readonly interaction: OaxacaPart;
}

/** The gap between two means, split. */
export interface OaxacaBlinder {
  readonly groupA: { readonly mean: number; readonly count: number };
  readonly groupB: { readonly mean: number; readonly count: number };
  readonly difference: OaxacaPart;
  readonly threefold: ThreefoldParts;
  /** "Explained" means that the predictors differ. It does not mean fair. */
  readonly twofold: { readonly explained: OaxacaPart; readonly unexplained: OaxacaPart };
  /** By predictor, "intercept" first; the left-out level of a category is `category: left out`. */
  readonly detail: Readonly<
    Record<string, ThreefoldParts & { readonly explained: number; readonly unexplained: number }>
  >;
}

/**
 * Answers: two groups differ in a mean; how much is explained by what they have, and how much by how it counts for
 * them? Oaxaca–Blinder: threefold (endowments, coefficients, interaction) and twofold (explained,
 * unexplained), with analytic standard errors that hold the chance in the predictors' means too (Jann 2008), where
 * packages bootstrap. Categories are normalised (Gardeazabal & Ugidos 2004), or the parts of intercept and dummies depend on
 * the level left out. The errors of the twofold split with "neumark" come from influence functions.
 *
 * @example
 * ```ts
 * const split = oaxacaBlinder({
 *   outcome: [5, 6, 8, 9, 11, 3, 3, 5, 5, 6],
 *   predictors: { need: [1, 2, 3, 4, 5, 1, 2, 2, 3, 4] },
 *   group: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1],
 * });
 * split.difference.value; // => 3.4
 * split.threefold.endowments.value; // => 0.6
 * ```
 */
export function oaxacaBlinder(
  input: OaxacaBlinderInput,
  options: OaxacaBlinderOptions = {},
): Result<OaxacaBlinder> {
  const z = zOfConfidence(options.confidence);
  const { outcome, predictors, group } = input;
  const reference = options.reference ?? "neumark";
  if (typeof reference === "number" && !(reference >= 0 && reference <= 1))
    throw new StatisticsError("invalidOption", `invalid reference; not in [0, 1]: ${reference}`);
  const rows = checkLengths({ outcome, group, ...predictors });
  for (let i = 0; i < rows; i++) {
    checkFinite("outcome", outcome[i] as number);
    if (group[i] !== 0 && group[i] !== 1)
      throw new StatisticsError("invalidNumber", `invalid group; not 0 or 1: ${group[i]}`);
  }
  const names = Object.keys(predictors);
  const rowsOf = (code: number) =>
    Array.from({ length: rows }, (_, i) => i).filter((i) => group[i] === code);
  const fitOf = (own: readonly number[]): Result<GroupFit> => {
    if (own.length === 0) return absent("zeroDenominator", "A group has nobody in it.");
    const take = (values: ArrayLike<number>) => Float64Array.from(own, (i) => values[i] as number);
    const columns = names.map((name) => take(predictors[name] as ArrayLike<number>));
    const y = take(outcome);
    const fit = linearRegression({ outcome: y, predictors: columns });
    if (isAbsent(fit)) return fit;
    return meansAndErrors(fit, y, columns, own, names, input.categories ?? {});
  };
  const a = fitOf(rowsOf(0));
  if (isAbsent(a)) return a;
  const b = fitOf(rowsOf(1));
  if (isAbsent(b)) return b;
  const all = fitOf(Array.from({ length: rows }, (_, i) => i));
  if (isAbsent(all)) return all;

  const size = a.names.length;
  const part = (value: number, variance: number): OaxacaPart => {
    const standardError = Math.sqrt(Math.max(0, variance));
    return {
      value,
      lower: value - z * standardError,
      upper: value + z * standardError,
      standardError,
    };
  };
  const gap = a.means.map((m, j) => m - (b.means[j] as number));
  const change = a.coefficients.map((c, j) => c - (b.coefficients[j] as number));
  const add = (x: Float64Array, y: Float64Array) => x.map((v, i) => v + (y[i] as number));
  const meanCovariance = add(a.meanCovariance, b.meanCovariance);
  const covariance = add(a.covariance, b.covariance);
  const dot = (x: Float64Array, y: Float64Array) =>
    x.reduce((s, v, j) => s + v * (y[j] as number), 0);
  const three = (keep: (j: number) => boolean): ThreefoldParts => {
    const only = (x: Float64Array) => x.map((v, j) => (keep(j) ? v : 0));
    const [dx, db] = [only(gap), only(change)];
    const [bb, xb] = [only(b.coefficients), only(b.means)];
    return {
      endowments: part(dot(dx, bb), quadratic(dx, b.covariance) + quadratic(bb, meanCovariance)),
      coefficients: part(dot(xb, db), quadratic(xb, covariance) + quadratic(db, b.meanCovariance)),
      interaction: part(dot(dx, db), quadratic(dx, covariance) + quadratic(db, meanCovariance)),
    };
  };
  const weight = reference === "A" ? 1 : reference === "B" ? 0 : reference;
  const fair =
    weight === "neumark"
      ? all.coefficients
      : a.coefficients.map((c, j) => weight * c + (1 - weight) * (b.coefficients[j] as number));
  const unexplainedOf = (j: number) =>
    (a.means[j] as number) * ((a.coefficients[j] as number) - (fair[j] as number)) +
    (b.means[j] as number) * ((fair[j] as number) - (b.coefficients[j] as number));
  const unexplained = fair.reduce((sum, _, j) => sum + unexplainedOf(j), 0);
  const blend = (w: number, x: Float64Array, y: Float64Array) =>
    x.map((v, j) => w * v + (1 - w) * (y[j] as number));
  const twofold =
    weight === "neumark"
      ? influenceVariances(a, b, all, gap, fair)
      : {
          explained:
            quadratic(
              gap,
              a.covariance.map(
                (v, i) => weight ** 2 * v + (1 - weight) ** 2 * (b.covariance[i] as number),
              ),
            ) + quadratic(fair, meanCovariance),
          // (1 − w)(x̄A)(βA − βB) + w x̄B(βA − βB)
          unexplained:
            quadratic(blend(1 - weight, a.means, b.means), covariance) +
            quadratic(change, a.meanCovariance) * (1 - weight) ** 2 +
            quadratic(change, b.meanCovariance) * weight ** 2,
        };
  const detail: Record<string, ThreefoldParts & { explained: number; unexplained: number }> = {};
  for (let j = 0; j < size; j++)
    detail[a.names[j] as string] = {
      ...three((at) => at === j),
      explained: (gap[j] as number) * (fair[j] as number),
      unexplained: unexplainedOf(j),
    };
  const variance = (fit: GroupFit) => fit.outcomeVariance / fit.count;
  return {
    groupA: { mean: a.mean, count: a.count },
    groupB: { mean: b.mean, count: b.count },
    difference: part(a.mean - b.mean, variance(a) + variance(b)),
    threefold: three(() => true),
    twofold: {
      explained: part(dot(gap, fair), twofold.explained),
      unexplained: part(unexplained, twofold.unexplained),
    },
    detail,
  };
}

/** Variances of both parts when the fair coefficients come from all rows: sums of squared influences. */
function influenceVariances(
  a: GroupFit,
  b: GroupFit,
  all: GroupFit,
  gap: Float64Array,
  fair: Float64Array,
): { explained: number; unexplained: number } {
  const own = new Map<number, { mean: number; outcome: number }>();
  for (const [fit, sign] of [
    [a, 1],
    [b, -1],
  ] as const)
    fit.rows.forEach((row, i) => {
      let mean = 0;
      for (let j = 0; j < fair.length; j++)
        mean +=
          ((fit.expanded[j] as Float64Array)[i] as number) * (fair[j] as number) -
          (fit.means[j] as number) * (fair[j] as number);
      own.set(row, {
        mean: (sign * mean) / fit.count,
        outcome: (sign * ((fit.outcome[i] as number) - fit.mean)) / fit.count,
      });
    });
  let [explained, unexplained] = [0, 0];
  all.rows.forEach((row, i) => {
    const { mean, outcome } = own.get(row) ?? { mean: 0, outcome: 0 };
    let slope = 0;
    for (let j = 0; j < gap.length; j++)
      slope += (gap[j] as number) * ((all.influence[j] as Float64Array)[i] as number);
    explained += (mean + slope) ** 2;
    unexplained += (outcome - mean - slope) ** 2;
  });
  return { explained, unexplained };
}
