import { type Estimate, isAbsent, type Result } from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { ratioInterval } from "../gradients/fieller.ts";
import { type ErrorScale, type GroupData, prepareGroups } from "../gradients/gradient-data.ts";
import {
  type ConcentrationForm,
  type ConcentrationOptions,
  checkBounds,
  formIndex,
  type ResolvedForm,
  resolveForm,
} from "./index-form.ts";
import { weightedMeanInfluence } from "./rank-influence.ts";
import { rankWeights } from "./rank-weights.ts";

/** A concentration index with the mean it refers to. */
export interface ConcentrationIndex extends Estimate {
  readonly standardError: number;
  readonly form: ConcentrationForm;
  /** Mean of the value over everyone. */
  readonly mean: number;
  /**
   * Mean weighted towards the most deprived, μ(1 − C): the achievement index of Wagstaff (2002). (The "ACI"
   * of the World Health Organization's toolkit is another thing: the generalised index.)
   */
  readonly achievement: Estimate;
  readonly population: number;
}

export interface GroupedConcentrationOptions extends ConcentrationOptions {
  /**
   * "knownDenominators" (default): the people of each group are a count of everyone, only their values vary.
   * "sampled": the people are a sample, so shares and ranks vary too (Kakwani, Wagstaff, van Doorslaer 1997).
   */
  readonly errors?: "knownDenominators" | "sampled";
  /** How given errors are read; see the slope index. Default "mean". */
  readonly scale?: ErrorScale;
  /** "unbiased" p(1 − p)/(n − 1) (default) or "plugIn" p(1 − p)/n, for counts. */
  readonly binomialVariance?: "unbiased" | "plugIn";
}

/**
 * Concentration index of groups ranked by deprivation: is it concentrated among the most or the least
 * deprived? From −1 (all of it with the most deprived) to 1 (all with the least); 0 is no gradient.
 * `C = 1 − Σ wᵢ yᵢ / μ` with wᵢ the integral of ν(1 − R)^(ν−1) over the group's ranks; for ν = 2 this is
 * `(2/μ) Σ fᵢ yᵢ Rᵢ − 1`. Ties share their rank.
 *
 * The interval of the standard form is Fieller's, of the others the delta method on the influence
 * `gᵢ = fᵢ(2Rᵢ − 1 − C)/μ`; nothing is simulated. For a yes-or-no value use "erreygers" (absolute) with
 * "wagstaff" (relative): the standard form gives another answer for having than for lacking (the mirror
 * problem).
 *
 * @throws StatisticsError for arrays of different lengths, negative counts, values outside the bounds
 * @example
 * ```ts
 * const c = concentrationIndex({
 *   population: [100, 100, 100, 100, 100],
 *   count: [40, 35, 30, 25, 20],
 * });
 * c.value; // => -0.133333
 * c.lower; // => -0.209204
 * ```
 */
export function concentrationIndex(
  data: GroupData,
  options: GroupedConcentrationOptions = {},
): Result<ConcentrationIndex> {
  const form = resolveForm(options, "count" in data ? [0, 1] : undefined);
  const groups = prepareGroups(data, {
    scale: options.scale ?? "mean",
    minimumGroups: 2,
    plugInVariance: options.binomialVariance === "plugIn",
  });
  if (isAbsent(groups)) return groups;
  const { size, population, rank, value, variance } = groups;
  checkBounds(form, value);
  let people = 0;
  let sum = 0;
  for (let i = 0; i < size; i++) {
    people += population[i] as number;
    sum += (population[i] as number) * (value[i] as number);
  }
  const mean = sum / people;
  const shares = rankWeights(rank, population, form.aversion);
  let weighted = 0;
  for (let i = 0; i < size; i++) weighted += (shares[i] as number) * (value[i] as number);
  const index = formIndex(form, mean, weighted);
  if (isAbsent(index)) return index;
  let variation = 0;
  let ofMean = 0;
  let ofWeighted = 0;
  let both = 0;
  for (let i = 0; i < size; i++) {
    const onMean = (population[i] as number) / people;
    const onWeighted = shares[i] as number;
    const v = variance[i] as number;
    variation += (index.byMean * onMean + index.byWeighted * onWeighted) ** 2 * v;
    ofMean += onMean * onMean * v;
    ofWeighted += onWeighted * onWeighted * v;
    both += onMean * onWeighted * v;
  }
  const sampled = options.errors === "sampled";
  if (sampled) variation += rankingVariance(rank, population, value, form, index, people);
  const standardError = Math.sqrt(variation);
  const z = zOfConfidence(options.confidence);
  const ratio =
    form.form === "standard" && !sampled
      ? ratioInterval(weighted, mean, ofWeighted, ofMean, both, z)
      : undefined;
  return {
    value: index.value,
    lower: ratio === undefined ? index.value - z * standardError : 1 - ratio.upper,
    upper: ratio === undefined ? index.value + z * standardError : 1 - ratio.lower,
    standardError,
    form: form.form,
    mean,
    achievement: margins(
      weighted,
      Math.sqrt(
        ofWeighted +
          (sampled
            ? rankingVariance(rank, population, value, form, { byMean: 0, byWeighted: 1 }, people)
            : 0),
      ),
      z,
    ),
    population: people,
  };
}

export function margins(value: number, standardError: number, z: number): Estimate {
  return { value, lower: value - z * standardError, upper: value + z * standardError };
}

/** What sampling adds because shares and ranks vary: the between-group part of the influence. */
function rankingVariance(
  rank: Float64Array,
  population: ArrayLike<number>,
  value: Float64Array,
  form: ResolvedForm,
  index: { byMean: number; byWeighted: number },
  people: number,
): number {
  const { influence } = weightedMeanInfluence(rank, population, value, form.aversion);
  let mean = 0;
  for (let i = 0; i < value.length; i++)
    mean += ((population[i] as number) / people) * (value[i] as number);
  let sum = 0;
  for (let i = 0; i < value.length; i++) {
    const of =
      index.byWeighted * (influence[i] as number) + index.byMean * ((value[i] as number) - mean);
    sum += ((population[i] as number) / people) * of * of;
  }
  return sum / people;
}
