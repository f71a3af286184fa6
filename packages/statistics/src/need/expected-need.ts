import { checkCount, checkLengths } from "../foundation/check.ts";
import type { ConfidenceOptions, Estimate } from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";

/** People of each area by kind, and how common the need is in each kind. */
export interface ExpectedNeedInput {
  /** One array an area: people of each kind (age band by sex, say), in one order. */
  readonly populations: readonly ArrayLike<number>[];
  /** Share of each kind that has the need. */
  readonly prevalence: ArrayLike<number>;
  /** Standard error of each prevalence; left out, the prevalences count as known. */
  readonly prevalenceErrors?: ArrayLike<number>;
}

/** People expected to have the need. */
export interface ExpectedNeed extends Estimate {
  readonly population: number;
  readonly standardError: number;
}

/**
 * Answers: how many people in each area are likely to need the service, given who lives there? Indirect
 * standardisation: E = Σ population × prevalence over kinds of people. The error of the prevalences goes along:
 * Var E = Σ population² × error²; limits on the log scale, so that they stay above 0. What differs between areas
 * beyond the kinds (poverty, say) is not in E unless the kinds hold it.
 *
 * @example
 * ```ts
 * const areas = expectedNeed({
 *   populations: [[1000, 200], [600, 500]],
 *   prevalence: [0.05, 0.3],
 *   prevalenceErrors: [0.005, 0.02],
 * });
 * areas[1]; // => { value: 180, lower: 160.66, upper: 201.67, standardError: 10.44 }
 * ```
 */
export function expectedNeed(
  input: ExpectedNeedInput,
  options: ConfidenceOptions = {},
): readonly ExpectedNeed[] {
  const z = zOfConfidence(options.confidence);
  const { populations, prevalence, prevalenceErrors } = input;
  const kinds = checkLengths({
    prevalence,
    ...(prevalenceErrors ? { prevalenceErrors } : {}),
  });
  for (let k = 0; k < kinds; k++) {
    checkCount("prevalence", prevalence[k] as number);
    if (prevalenceErrors) checkCount("prevalenceErrors", prevalenceErrors[k] as number);
  }
  return populations.map((people) => {
    checkLengths({ prevalence, population: people });
    let [value, variance, population] = [0, 0, 0];
    for (let k = 0; k < kinds; k++) {
      const n = people[k] as number;
      checkCount("population", n);
      population += n;
      value += n * (prevalence[k] as number);
      variance += (n * (prevalenceErrors?.[k] ?? 0)) ** 2;
    }
    const standardError = Math.sqrt(variance);
    const spread = value > 0 ? Math.exp((z * standardError) / value) : 1;
    return { value, lower: value / spread, upper: value * spread, population, standardError };
  });
}
