import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
  StatisticsError,
  zOfConfidence,
} from "../foundation/index.ts";
import { checkMeasured, type MeasuredValue } from "./measured-value.ts";

/** A change, and how much of it would have come with nothing done. */
export interface RegressionToTheMean {
  /** After less before, as seen. */
  readonly change: number;
  /** The change expected with nothing done, because the area was picked for an extreme value. */
  readonly expectedChange: number;
  /** What is left: after less the value expected with nothing done. */
  readonly beyond: Estimate & { readonly standardError: number };
  /** Share of the area's distance from the mean that is taken as real: 1 − B. */
  readonly reliability: number;
  /** Mean of all areas. */
  readonly mean: number;
  /** Variance of true values between areas. */
  readonly betweenVariance: number;
  /** True where the interval of what is left holds 0: regression to the mean alone could explain the change. */
  readonly couldBeRegression: boolean;
}

/**
 * The action went to the worst area, and the area got better: how much of that would have happened anyway?
 * An extreme value is partly chance and falls back by itself. From all areas' values and errors before the
 * action, the selected area's expected value is mean + reliability × (value − mean): empirical Bayes as Morris
 * has it, whose interval allows for a variance between areas that is itself estimated (Paule and Mandel).
 *
 * It supposes that true values stay put and that the areas are alike but for a normal spread. Five areas or
 * more; with few, compare with untreated areas instead (`differenceInDifferences`).
 *
 * @example
 * ```ts
 * const areas = [10, 12, 14, 11, 13, 30].map((value) => ({ value, standardError: 4 }));
 * const guard = regressionToTheMean(areas, 5, { value: 22, standardError: 4 });
 * guard.change; // => -8
 * guard.expectedChange; // => -2.57142857
 * guard.beyond.value; // => -5.42857143
 * guard.couldBeRegression; // => true
 * ```
 */
export function regressionToTheMean(
  before: readonly MeasuredValue[],
  selected: number,
  after: MeasuredValue,
  options: ConfidenceOptions = {},
): Result<RegressionToTheMean> {
  const z = zOfConfidence(options.confidence);
  before.forEach((area, i) => {
    checkMeasured(`before[${i}]`, area);
    if (area.standardError === 0)
      throw new StatisticsError("invalidNumber", `invalid before[${i}]; standardError is 0`);
  });
  checkMeasured("after", after);
  const chosen = before[selected];
  if (chosen === undefined)
    throw new StatisticsError("invalidOption", `invalid selected; no area ${selected}`);
  if (before.length < 5)
    return absent("tooFewGroups", `needs 5 areas to know their spread; there are ${before.length}`);
  const betweenVariance = pauleMandel(before);
  const weights = before.map(({ standardError }) => 1 / (standardError ** 2 + betweenVariance));
  const total = weights.reduce((sum, w) => sum + w, 0);
  const mean =
    before.reduce((sum, { value }, i) => sum + (weights[i] as number) * value, 0) / total;
  const count = before.length;
  const variance = chosen.standardError ** 2;
  const shrinkage = ((count - 3) / (count - 1)) * (variance / (betweenVariance + variance));
  const away = chosen.value - mean;
  const expected = chosen.value - shrinkage * away;
  const meanVariance =
    before.reduce(
      (sum, { standardError }, i) => sum + (weights[i] as number) * standardError ** 2,
      0,
    ) / total;
  const unsure =
    (2 / (count - 3)) *
    ((meanVariance + betweenVariance) / (variance + betweenVariance)) *
    (shrinkage * away) ** 2;
  const standardError = Math.sqrt(
    variance * (1 - ((count - 1) / count) * shrinkage) + unsure + after.standardError ** 2,
  );
  const value = after.value - expected;
  const lower = value - z * standardError;
  const upper = value + z * standardError;
  return {
    change: after.value - chosen.value,
    expectedChange: expected - chosen.value,
    beyond: { value, lower, upper, standardError },
    reliability: 1 - shrinkage,
    mean,
    betweenVariance,
    couldBeRegression: lower <= 0 && upper >= 0,
  };
}

/** The variance between areas at which the weighted scatter about the mean is what it should be: k − 1. */
function pauleMandel(areas: readonly MeasuredValue[]): number {
  const scatter = (between: number): number => {
    const weights = areas.map(({ standardError }) => 1 / (standardError ** 2 + between));
    const total = weights.reduce((sum, w) => sum + w, 0);
    const mean =
      areas.reduce((sum, { value }, i) => sum + (weights[i] as number) * value, 0) / total;
    return areas.reduce(
      (sum, { value }, i) => sum + (weights[i] as number) * (value - mean) ** 2,
      0,
    );
  };
  const wanted = areas.length - 1;
  if (scatter(0) <= wanted) return 0;
  let low = 0;
  let high = 1;
  while (scatter(high) > wanted) high *= 2;
  for (let step = 0; step < 200 && high - low > 1e-14 * high; step++) {
    const middle = (low + high) / 2;
    if (scatter(middle) > wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
