import { checkCount, checkLengths } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";

/** Groups from the most to the least deprived; of each one array with a place a kind of person. */
export interface StandardisedInequityInput {
  readonly populations: readonly ArrayLike<number>[];
  readonly counts: readonly ArrayLike<number>[];
  /** People of each group by which groups are ranked; left out, the sums of `populations`. */
  readonly residents?: ArrayLike<number>;
}

/** How use leans beyond what the kinds of people in each group would lead one to expect. */
export interface StandardisedInequity extends Estimate {
  /** Concentration index of use and of expected use: above 0 leans to the least deprived. */
  readonly useIndex: number;
  readonly needIndex: number;
  readonly standardError: number;
  /** Use over expected use in each group. */
  readonly ratios: Float64Array;
  /**
   * How far use over expected use rises from the most deprived end to the least, by a straight line through the groups
   * (weights: residents): the slope index of inequality of the ratio. Below 0, the most deprived end is used more.
   */
  readonly slope: Estimate;
}

/**
 * Answers: once the ages of the people in each group are allowed for, does use follow deprivation? The concentration index of
 * use less that of the use expected at the service's own rates by kind of person, and the slope of their ratio.
 *
 * Use and expected use come from the same counts: the standard errors are exact for independent Poisson counts (delta
 * method over every count). {@link horizontalInequity} is for a need that is measured elsewhere. Wagstaff & van
 * Doorslaer (2000).
 *
 * @example
 * ```ts
 * const inequity = standardisedInequity({
 *   populations: [[900, 100], [850, 150], [800, 200], [750, 250], [700, 300]],
 *   counts: [[9, 8], [10, 14], [11, 22], [11, 30], [12, 40]],
 * });
 * inequity.value; // => 0.08772
 * inequity.ratios; // => [0.7288, 0.8462, 0.988, 1.0667, 1.1961]
 * inequity.slope.value; // => 0.5775
 * ```
 */
export function standardisedInequity(
  input: StandardisedInequityInput,
  options: ConfidenceOptions = {},
): Result<StandardisedInequity> {
  const z = zOfConfidence(options.confidence);
  const { populations, counts } = input;
  const groups = checkLengths({ populations, counts });
  if (groups < 2) return absent("tooFewGroups", "An index over groups needs at least two.");
  const kinds = populations[0]?.length ?? 0;
  const people = new Float64Array(kinds);
  const events = new Float64Array(kinds);
  const residents = new Float64Array(groups);
  const observed = new Float64Array(groups);
  for (let g = 0; g < groups; g++) {
    const [n, x] = [populations[g] as ArrayLike<number>, counts[g] as ArrayLike<number>];
    checkLengths({ people, populations: n, counts: x });
    for (let k = 0; k < kinds; k++) {
      checkCount("populations", n[k] as number);
      checkCount("counts", x[k] as number);
      people[k]! += n[k] as number;
      events[k]! += x[k] as number;
      residents[g]! += n[k] as number;
      observed[g]! += x[k] as number;
    }
  }
  if (events.some((one, k) => one > 0 && people[k] === 0))
    return absent("zeroDenominator", "There are events of a kind of which there are no people.");
  if (input.residents) {
    checkLengths({ residents, given: input.residents });
    for (let g = 0; g < groups; g++) {
      checkCount("residents", input.residents[g] as number);
      residents[g] = input.residents[g] as number;
    }
  }
  const total = observed.reduce((sum, one) => sum + one, 0);
  const all = residents.reduce((sum, one) => sum + one, 0);
  if (!(total > 0 && all > 0))
    return absent("zeroDenominator", "There is no use or nobody, so use leans nowhere.");

  const share = (g: number, k: number) =>
    people[k]! > 0 ? (populations[g]![k] as number) / people[k]! : 0;
  const expected = new Float64Array(groups);
  for (let g = 0; g < groups; g++)
    for (let k = 0; k < kinds; k++) expected[g]! += share(g, k) * events[k]!;
  if (expected.some((one) => one === 0))
    return absent("zeroDenominator", "No use is expected in a group, so it has no ratio.");

  const rank = new Float64Array(groups);
  let [before, square] = [0, 0];
  for (let g = 0; g < groups; g++) {
    rank[g] = before + residents[g]! / all / 2;
    before += residents[g]! / all;
    square += (residents[g]! / all) * (rank[g]! - 0.5) ** 2;
  }
  if (square === 0) return absent("tooFewGroups", "All people are in one group.");
  const ratios = observed.map((one, g) => one / expected[g]!);
  const weight = ratios.map((_, g) => ((residents[g]! / all) * (rank[g]! - 0.5)) / square);
  const leaning = (values: Float64Array) =>
    (2 * values.reduce((sum, one, g) => sum + one * rank[g]!, 0)) / total - 1;
  const [useIndex, needIndex] = [leaning(observed), leaning(expected)];
  const value = useIndex - needIndex;
  const slope = weight.reduce((sum, one, g) => sum + one * ratios[g]!, 0);

  let [variance, slopeVariance] = [0, 0];
  for (let k = 0; k < kinds; k++) {
    // What one more event of this kind anywhere does to every group's expected use.
    let [meanRank, meanSlope] = [0, 0];
    for (let g = 0; g < groups; g++) {
      meanRank += share(g, k) * rank[g]!;
      meanSlope += (share(g, k) * weight[g]! * ratios[g]!) / expected[g]!;
    }
    for (let g = 0; g < groups; g++) {
      const x = counts[g]![k] as number;
      variance += x * ((2 * (rank[g]! - meanRank) - value) / total) ** 2;
      slopeVariance += x * (weight[g]! / expected[g]! - meanSlope) ** 2;
    }
  }
  const standardError = Math.sqrt(variance);
  const spread = z * Math.sqrt(slopeVariance);
  return {
    value,
    lower: value - z * standardError,
    upper: value + z * standardError,
    useIndex,
    needIndex,
    standardError,
    ratios,
    slope: { value: slope, lower: slope - spread, upper: slope + spread },
  };
}
