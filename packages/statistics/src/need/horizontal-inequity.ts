import { checkCount, checkLengths } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";

/** Groups from the most to the least deprived. */
export interface HorizontalInequityInput {
  readonly populations: ArrayLike<number>;
  /** Use in each group, in people or contacts. */
  readonly used: ArrayLike<number>;
  /** Need in each group, in the same unit or any other. */
  readonly needed: ArrayLike<number>;
  /** Standard errors of the need; left out, it counts as known. */
  readonly neededErrors?: ArrayLike<number>;
}

/** How use leans, how need leans, and the difference. */
export interface HorizontalInequity extends Estimate {
  /** Concentration index of use and of need: above 0 leans to the least deprived. */
  readonly useIndex: number;
  readonly needIndex: number;
  readonly standardError: number;
  /** Use over need of each group, relative to that of all together. */
  readonly ratios: Float64Array;
}

/**
 * Answers: do people with the same need get the same, rich or poor? HI = C(use) − C(need): the concentration index of use
 * less that of need. Above 0, use favours the less deprived beyond their need. Standard error by influence
 * functions with known populations: the Poisson chance in use, and the error of the need when given.
 * Wagstaff & van Doorslaer (2000); O'Donnell and others (2008), ch. 15.
 *
 * @example
 * ```ts
 * const inequity = horizontalInequity({
 *   populations: [1000, 1000, 1000, 1000, 1000],
 *   used: [40, 55, 60, 72, 80],
 *   needed: [90, 80, 75, 70, 65],
 * });
 * inequity.value; // => 0.18954
 * inequity.lower; // => 0.12823
 * ```
 */
export function horizontalInequity(
  input: HorizontalInequityInput,
  options: ConfidenceOptions = {},
): Result<HorizontalInequity> {
  const z = zOfConfidence(options.confidence);
  const { populations, used, needed, neededErrors } = input;
  const groups = checkLengths({
    populations,
    used,
    needed,
    ...(neededErrors ? { neededErrors } : {}),
  });
  let [people, use, need] = [0, 0, 0];
  for (let i = 0; i < groups; i++) {
    checkCount("populations", populations[i] as number);
    checkCount("used", used[i] as number);
    checkCount("needed", needed[i] as number);
    if (neededErrors) checkCount("neededErrors", neededErrors[i] as number);
    if (populations[i] === 0 && ((used[i] as number) > 0 || (needed[i] as number) > 0))
      return absent("zeroDenominator", `Group ${i + 1} has use or need but no population.`);
    people += populations[i] as number;
    use += used[i] as number;
    need += needed[i] as number;
  }
  if (groups < 2) return absent("tooFewGroups", "An index over groups needs at least two.");
  if (!(use > 0 && need > 0 && people > 0))
    return absent(
      "zeroDenominator",
      "There is no use, no need or nobody, so neither leans anywhere.",
    );
  let [before, useSum, needSum] = [0, 0, 0];
  const rank = new Float64Array(groups);
  for (let i = 0; i < groups; i++) {
    const share = (populations[i] as number) / people;
    rank[i] = before + share / 2;
    before += share;
    useSum += (used[i] as number) * (rank[i] as number);
    needSum += (needed[i] as number) * (rank[i] as number);
  }
  const useIndex = (2 * useSum) / use - 1;
  const needIndex = (2 * needSum) / need - 1;
  let variance = 0;
  for (let i = 0; i < groups; i++) {
    const lean = 2 * (rank[i] as number) - 1;
    variance += ((lean - useIndex) / use) ** 2 * (used[i] as number);
    variance += (((lean - needIndex) / need) * (neededErrors?.[i] ?? 0)) ** 2;
  }
  const standardError = Math.sqrt(variance);
  const value = useIndex - needIndex;
  return {
    value,
    lower: value - z * standardError,
    upper: value + z * standardError,
    useIndex,
    needIndex,
    standardError,
    ratios: Float64Array.from({ length: groups }, (_, i) =>
      (needed[i] as number) > 0 ? (used[i] as number) / (needed[i] as number) / (use / need) : 0,
    ),
  };
}
