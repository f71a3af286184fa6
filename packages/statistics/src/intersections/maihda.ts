import { absent, type Estimate, isAbsent, type Result } from "../foundation/estimate.ts";
import { interceptOnly, mainEffects, type StrataDesign } from "./strata-design.ts";
import {
  logisticStrataModel,
  poissonStrataModel,
  type StrataModel,
  type StrataModelOptions,
} from "./strata-model.ts";
import {
  areaUnderCurve,
  medianOddsRatio,
  poissonVpc,
  probabilityVpc,
  proportionalChangeInVariance,
  variancePartitionCoefficient,
} from "./variance-measures.ts";

/** Counts of the strata of crossed characteristics: one row a stratum. */
export interface CrossedStrata {
  readonly events: ArrayLike<number>;
  readonly denominators: ArrayLike<number>;
  /** The level of each stratum, for each characteristic that is crossed. */
  readonly characteristics: Readonly<Record<string, ArrayLike<string | number>>>;
}

/** Options of {@link maihda}. */
export interface MaihdaOptions extends StrataModelOptions {
  /** Counts of yes or no ("binomial", default), or events over an exposure ("poisson"). */
  readonly family?: "binomial" | "poisson";
  /** Fewest strata with people in them that are modelled. Default 20. */
  readonly minimumStrata?: number;
}

/** What one model says about the strata. */
export interface MaihdaStep {
  /** The characteristics whose main effects are in the model. */
  readonly characteristics: readonly string[];
  readonly model: StrataModel;
  /** Share of the variation that lies between strata: latent scale, and the scale of the outcome. */
  readonly vpc: number;
  readonly outcomeVpc: number;
  /** Interval of the latent share, from the profile likelihood of the variance. */
  readonly vpcInterval: Estimate | undefined;
  readonly medianOddsRatio: number;
  /** How well strata tell who has the outcome; undefined for the Poisson form. */
  readonly auc: number | undefined;
  /** Proportional change in variance from the null model, and from the step before. May be negative. */
  readonly pcv: Result<number>;
  readonly stepPcv: Result<number>;
}

/** The null model and the model of main effects, with what they say together. */
export interface Maihda {
  readonly null: MaihdaStep;
  readonly main: MaihdaStep;
  /** How many strata have people in them; only these are modelled. */
  readonly strata: number;
  /** The row given for each modelled stratum: `effects[i]` of a model belongs to row `strataRows[i]`. */
  readonly strataRows: Int32Array;
  /** Warnings in plain words; empty if there are none. */
  readonly cautions: readonly string[];
}

/**
 * Answers: do crossings of characteristics differ, and is a crossing more than the sum of its parts? Multilevel
 * analysis of individual heterogeneity and discriminatory accuracy, by maximum likelihood on stratum counts: the
 * null model and the model of main effects. Evans and others (2018, 2024); Merlo (2018). Fewer than 20 strata,
 * or characteristics with fewer than three levels between them, are not modelled. To rank or flag strata use
 * {@link integratedMaihda} and {@link outstandingStrata}: maximum likelihood hides its own uncertainty.
 *
 * @example
 * ```ts
 * const [sex, age, area] = [["f", "m"], ["young", "middle", "old"], ["A", "B", "C", "D"]];
 * const rows = sex.flatMap((s) => age.flatMap((a) => area.map((d) => ({ s, a, d }))));
 * const result = maihda({
 *   events: rows.map((_, i) => 10 + ((i * 7) % 13)),
 *   denominators: rows.map(() => 40),
 *   characteristics: {
 *     sex: rows.map((r) => r.s),
 *     age: rows.map((r) => r.a),
 *     area: rows.map((r) => r.d),
 *   },
 * });
 * result.strata; // => 24
 * result.null.vpc; // => 0.01396
 * ```
 */
export function maihda(strata: CrossedStrata, options: MaihdaOptions = {}): Result<Maihda> {
  const steps = stepwisePcv(strata, [[], Object.keys(strata.characteristics)], options);
  if (isAbsent(steps)) return steps;
  const [nullStep, main] = steps as [MaihdaStep, MaihdaStep];
  const cautions: string[] = [];
  if (nullStep.model.atBoundary)
    cautions.push(
      "The variance between strata is greatest in likelihood at 0. That is not proof of no difference: read its interval.",
    );
  if (main.model.atBoundary)
    cautions.push(
      "The main-effects variance is greatest in likelihood at 0. It does not show that effects only add up: read its interval, or use the integrated form.",
    );
  if (!isAbsent(main.pcv) && main.pcv < 0)
    cautions.push(
      "The change in variance is negative: the main effects show more variation than they explain.",
    );
  const strataRows = peopledRows(strata.denominators);
  return { null: nullStep, main, strata: strataRows.length, strataRows, cautions };
}

/**
 * Answers: which characteristic explains how much of the variation between strata, as each is added? Fits a model
 * for each set of characteristics given (default: none, then each one more, in their order) and gives the
 * change in variance in total and by step. The order matters; {@link shapleyEffects} is free of order.
 *
 * @example
 * ```ts
 * const [sex, area] = [["f", "m"], ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"]];
 * const rows = sex.flatMap((s) => area.map((d) => ({ s, d })));
 * const steps = stepwisePcv({
 *   events: rows.map((r, i) => (r.s === "f" ? 20 : 30) + ((i * 7) % 5)),
 *   denominators: rows.map(() => 60),
 *   characteristics: { sex: rows.map((r) => r.s), area: rows.map((r) => r.d) },
 * });
 * steps.map((step) => step.characteristics.length); // => [0, 1, 2]
 * steps[1].pcv; // => 1
 * ```
 */
export function stepwisePcv(
  strata: CrossedStrata,
  sets: readonly (readonly string[])[] | undefined = undefined,
  options: MaihdaOptions = {},
): Result<readonly MaihdaStep[]> {
  const names = Object.keys(strata.characteristics);
  const kept = peopledRows(strata.denominators);
  const minimum = options.minimumStrata ?? 20;
  if (kept.length < minimum)
    return absent(
      "tooFewGroups",
      `${kept.length} strata have people in them; a variance between strata needs ${minimum}.`,
    );
  const pick = <T>(values: ArrayLike<T>) => Array.from(kept, (i) => values[i] as T);
  const levels = names.map((name) => new Set(pick(strata.characteristics[name] ?? [])).size);
  if (levels.reduce((sum, n) => sum + n, 0) < 3)
    return absent("tooFewGroups", "The characteristics have fewer than three levels between them.");
  const [events, denominators] = [pick(strata.events), pick(strata.denominators)];
  const poisson = options.family === "poisson";
  const fit = poisson ? poissonStrataModel : logisticStrataModel;
  const steps: MaihdaStep[] = [];
  for (const set of sets ?? names.map((_, i) => names.slice(0, i)).concat([names])) {
    const design: StrataDesign =
      set.length === 0
        ? interceptOnly(kept.length)
        : mainEffects(
            Object.fromEntries(set.map((name) => [name, pick(strata.characteristics[name] ?? [])])),
          );
    const model = fit({ events, denominators, design }, options);
    if (isAbsent(model)) return model;
    const middle = weightedMean(model.fixedPredictor, denominators);
    const auc = poisson ? undefined : areaUnderCurve(model.fitted, events, denominators);
    const within = poisson ? Math.log1p(1 / Math.exp(middle + model.variance / 2)) : undefined;
    const vpcOf = (variance: number) => variancePartitionCoefficient(variance, within);
    const interval = model.varianceInterval;
    steps.push({
      characteristics: set,
      model,
      vpc: vpcOf(model.variance),
      outcomeVpc: (poisson ? poissonVpc : probabilityVpc)(model.variance, middle),
      vpcInterval: interval && {
        value: vpcOf(interval.value),
        lower: vpcOf(interval.lower),
        upper: vpcOf(interval.upper),
      },
      medianOddsRatio: medianOddsRatio(model.variance),
      auc: auc === undefined || isAbsent(auc) ? undefined : auc,
      pcv: proportionalChangeInVariance(steps[0]?.model.variance ?? model.variance, model.variance),
      stepPcv: proportionalChangeInVariance(
        steps.at(-1)?.model.variance ?? model.variance,
        model.variance,
      ),
    });
  }
  return steps;
}

/** The rows that have people in them. Internal. */
export function peopledRows(denominators: ArrayLike<number>): Int32Array {
  return Int32Array.from(
    Array.from(denominators, (n, i) => (n > 0 ? i : -1)).filter((i) => i >= 0),
  );
}

function weightedMean(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += (values[i] as number) * (weights[i] as number);
    total += weights[i] as number;
  }
  return sum / total;
}
