import { checkCount, checkFinite, checkLengths } from "../foundation/check.ts";
import { type Absent, absent, isAbsent, type Result } from "../foundation/estimate.ts";
import { sandwich, solveLeastSquares } from "../foundation/linear-algebra.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import {
  type CovarianceMethod,
  layOutDesign,
  linearPredictor,
  type RegressionFit,
  standardErrorsOf,
} from "./design.ts";
import { FAMILIES, LINKS, type Link } from "./generalised-linear-family.ts";
import { robustCovariance } from "./robust-covariance.ts";

export interface GeneralisedLinearData {
  /** Events of each row. */
  readonly events: ArrayLike<number>;
  /** One array a predictor, each as long as the events. */
  readonly predictors: readonly ArrayLike<number>[];
  /** People (binomial) or person-time (Poisson) of each row; 1 each when left out. */
  readonly denominator?: ArrayLike<number>;
  /** Added to the line with a coefficient of 1. Exposure goes in `denominator`, not here. */
  readonly offset?: ArrayLike<number>;
}

export interface GeneralisedLinearOptions {
  readonly family: "binomial" | "poisson";
  /** Binomial: "logit" (default), "log" or "identity". Poisson: "log" (default) or "identity". */
  readonly link?: Link;
  readonly intercept?: boolean;
  /** "persons": each row stands for `denominator` people with one event or none (modified Poisson). */
  readonly covariance?: CovarianceMethod | "persons";
  /** "pearson" multiplies the model's covariance by Pearson χ²/df (quasi-likelihood). Default "fixed". */
  readonly dispersion?: "fixed" | "pearson";
  /** Default 100. */
  readonly maximumIterations?: number;
}

export interface GeneralisedLinearFit extends RegressionFit {
  readonly deviance: number;
  readonly pearsonChiSquared: number;
  /** What the model's covariance was multiplied by. */
  readonly dispersion: number;
  readonly iterations: number;
}

/**
 * Binomial or Poisson regression of counts by iterated weighted least squares, with steps halved while the
 * line leaves what the family allows: what are the odds, risks or rates for given characteristics? The
 * coefficients are on the link: log odds (logit), log ratios (log) or differences (identity). `fitted` are
 * proportions or rates.
 *
 * Absent: `notConverged` when the likelihood has its maximum at the edge (common for log-binomial; use
 * Poisson with `covariance: "persons"`) or at infinity (a characteristic tells events perfectly), and
 * `notIdentified` when a predictor repeats the others.
 *
 * @throws StatisticsError for arrays of different lengths, negative counts or more events than people
 * @example
 * ```ts
 * const fit = generalisedLinearModel(
 *   { events: [20, 35], denominator: [100, 100], predictors: [[0, 1]] },
 *   { family: "binomial", link: "log" },
 * );
 * Math.exp(fit.coefficients[1]); // => 1.75
 * ```
 */
export function generalisedLinearModel(
  data: GeneralisedLinearData,
  options: GeneralisedLinearOptions,
): Result<GeneralisedLinearFit> {
  const model = resolve(data, options);
  const { design, family, link, observed, weight } = model;
  const { rows, size } = design;
  if (rows < size) return absent("tooFew", `${rows} rows cannot give ${size} coefficients.`);
  const fit = iterate(model, options.maximumIterations ?? 100);
  if (isAbsent(fit)) return fit;
  const { coefficients, mean, inverse, deviance, iterations } = fit;
  const score = new Float64Array(rows);
  let pearsonChiSquared = 0;
  for (let i = 0; i < rows; i++) {
    const m = mean[i] as number;
    const away = (observed[i] as number) - m;
    score[i] = ((weight[i] as number) * away * link.slope(m)) / family.variance(m);
    pearsonChiSquared += ((weight[i] as number) * away * away) / family.variance(m);
  }
  const degreesOfFreedom = rows - size;
  const dispersion =
    options.dispersion === "pearson" && degreesOfFreedom > 0
      ? pearsonChiSquared / degreesOfFreedom
      : 1;
  const method = options.covariance ?? "model";
  const covariance =
    method === "model"
      ? inverse.map((v) => v * dispersion)
      : method === "persons"
        ? sandwich(inverse, personMeat(model, mean), size)
        : robustCovariance(design, inverse, score, method);
  return {
    coefficients,
    standardErrors: standardErrorsOf(covariance, size),
    covariance,
    fitted: mean,
    degreesOfFreedom,
    deviance,
    pearsonChiSquared,
    dispersion,
    iterations,
  };
}

type Model = ReturnType<typeof resolve>;

function resolve(data: GeneralisedLinearData, options: GeneralisedLinearOptions) {
  const { events, denominator, offset } = data;
  const linkName = options.link ?? (options.family === "binomial" ? "logit" : "log");
  if (options.family === "poisson" && linkName === "logit")
    throw new StatisticsError("invalidOption", "invalid link; Poisson has no logit link");
  const rows = checkLengths({
    events,
    ...(denominator && { denominator }),
    ...(offset && { offset }),
  });
  const observed = new Float64Array(rows);
  const weight = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const e = events[i] as number;
    const n = denominator === undefined ? 1 : (denominator[i] as number);
    checkCount("events", e);
    checkCount("denominator", n);
    if (e > n && (options.family === "binomial" || n === 0))
      throw new StatisticsError("invalidCount", `invalid events; ${e} of ${n} in row ${i + 1}`);
    if (offset !== undefined) checkFinite("offset", offset[i] as number);
    observed[i] = n > 0 ? e / n : 0;
    weight[i] = n;
  }
  return {
    design: layOutDesign(rows, data.predictors, options.intercept ?? true),
    intercept: options.intercept ?? true,
    family: FAMILIES[options.family],
    link: LINKS[linkName],
    linkName,
    binomial: options.family === "binomial",
    observed,
    weight,
    offset,
  };
}

interface State {
  readonly coefficients: Float64Array;
  readonly mean: Float64Array;
  readonly deviance: number;
}

/** The fitted means and deviance at some coefficients, or undefined where the family does not allow them. */
function stateAt(model: Model, coefficients: Float64Array): State | undefined {
  const { design, link, family, observed, weight, offset } = model;
  const mean = linearPredictor(design, coefficients, offset);
  let deviance = 0;
  for (let i = 0; i < design.rows; i++) {
    const m = link.toMean(mean[i] as number);
    if (!family.allows(m)) return undefined;
    mean[i] = m;
    if ((weight[i] as number) > 0)
      deviance += family.deviance(observed[i] as number, m, weight[i] as number);
  }
  return { coefficients, mean, deviance };
}

/** A first guess that the family allows: the overall mean where there is an intercept. */
function start(model: Model): State | Absent {
  const { design, link, observed, weight, intercept, offset, binomial } = model;
  let events = 0;
  let total = 0;
  for (let i = 0; i < design.rows; i++) {
    events += (observed[i] as number) * (weight[i] as number);
    total += weight[i] as number;
  }
  if (total === 0) return absent("zeroDenominator", "No row has anybody in it.");
  if (events === 0 || (binomial && events === total))
    return absent("allEqual", "Nobody or everybody has the event: no coefficient can be told.");
  const overall = events / total;
  if (intercept) {
    const coefficients = new Float64Array(design.size);
    let centre = 0;
    for (let i = 0; i < design.rows; i++)
      centre += offset === undefined ? 0 : ((offset[i] as number) * (weight[i] as number)) / total;
    coefficients[0] = link.toLine(overall) - centre;
    const state = stateAt(model, coefficients);
    if (state !== undefined) return state;
  }
  const mean = observed.map((y, i) => {
    const n = weight[i] as number;
    return (y * n + overall) / (n + 1);
  });
  const step = weightedStep(model, mean);
  if (isAbsent(step)) return step;
  return (
    stateAt(model, step.coefficients) ??
    absent("notConverged", "No first guess lies inside what the model allows.")
  );
}

/** One weighted least-squares step from given means. */
function weightedStep(
  { design, link, family, observed, weight, offset }: Model,
  mean: Float64Array,
): { coefficients: Float64Array; inverse: Float64Array } | Absent {
  const { rows, size, columns } = design;
  const scaled = new Float64Array(columns.length);
  const target = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const m = mean[i] as number;
    const slope = link.slope(m);
    const root = Math.sqrt(((weight[i] as number) * slope * slope) / family.variance(m));
    const line = link.toLine(m) - (offset === undefined ? 0 : (offset[i] as number));
    target[i] = root * (line + ((observed[i] as number) - m) / slope);
    for (let k = 0; k < size; k++) scaled[k * rows + i] = root * (columns[k * rows + i] as number);
  }
  const solution = solveLeastSquares(scaled, target, rows, size);
  return "dependentColumn" in solution
    ? absent(
        "notIdentified",
        `Coefficient ${solution.dependentColumn + 1} cannot be told from the others: its column repeats them.`,
      )
    : solution;
}

function iterate(
  model: Model,
  maximumIterations: number,
): (State & { inverse: Float64Array; iterations: number }) | Absent {
  const first = start(model);
  if (isAbsent(first)) return first;
  let state = first;
  let people = 0;
  for (const n of model.weight) people += n;
  for (let iteration = 1; iteration <= maximumIterations; iteration++) {
    const step = weightedStep(model, state.mean);
    if (isAbsent(step)) return step;
    let next = stateAt(model, step.coefficients);
    let share = 1;
    // Rounding may lift the deviance of the last step by a hair.
    const highest = state.deviance + 1e-9 * (state.deviance + 0.1) + 1e-14 * people;
    while ((next === undefined || next.deviance > highest) && share > 1e-6) {
      share /= 2;
      next = stateAt(model, blend(state.coefficients, step.coefficients, share));
    }
    if (next === undefined || share <= 1e-6) break;
    const moved = distance(model, state, next);
    state = next;
    if (share === 1 && moved <= 1e-9) {
      if (atEdge(model, state)) break;
      const last = weightedStep(model, state.mean);
      return isAbsent(last) ? last : { ...state, inverse: last.inverse, iterations: iteration };
    }
  }
  return absent(
    "notConverged",
    "The best fit lies at the edge of what the model allows, or at infinity; merge groups or use another link.",
  );
}

/** How far a step went, in standard errors. */
function distance({ design, link, family, weight }: Model, from: State, to: State): number {
  const change = to.coefficients.map((c, k) => c - (from.coefficients[k] as number));
  const line = linearPredictor(design, change, undefined);
  let sum = 0;
  for (let i = 0; i < design.rows; i++) {
    const m = to.mean[i] as number;
    sum +=
      ((weight[i] as number) * (link.slope(m) * (line[i] as number)) ** 2) / family.variance(m);
  }
  return Math.sqrt(sum);
}

function blend(from: Float64Array, to: Float64Array, share: number): Float64Array {
  return from.map((c, k) => c + share * ((to[k] as number) - c));
}

/** Fitted means that have run away to none or all: the coefficients have no finite best value. */
function atEdge({ weight, binomial }: Model, { mean }: State): boolean {
  return mean.some(
    (m, i) => (weight[i] as number) > 0 && (m < 1e-10 || (binomial && m > 1 - 1e-10)),
  );
}

/** Summed squares of the scores of people who each have one event or none. */
function personMeat(
  { design, link, family, observed, weight }: Model,
  mean: Float64Array,
): Float64Array {
  const { rows, size, columns } = design;
  const meat = new Float64Array(size * size);
  for (let i = 0; i < rows; i++) {
    const m = mean[i] as number;
    const y = observed[i] as number;
    if (y > 1)
      throw new StatisticsError(
        "invalidCount",
        `invalid events; "persons" needs at most one event a person, row ${i + 1} has ${y} each`,
      );
    const factor = link.slope(m) / family.variance(m);
    const square = (weight[i] as number) * factor ** 2 * (y * (1 - m) ** 2 + (1 - y) * m ** 2);
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++)
        meat[a * size + b] =
          (meat[a * size + b] as number) +
          square * (columns[a * rows + i] as number) * (columns[b * rows + i] as number);
  }
  return meat;
}
