import { checkCount, checkLengths } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";

/** How unequally use is spread over need. */
export interface NeedGini extends Estimate {
  readonly standardError: number;
  /** The Gini that chance alone would give with these counts if use followed need exactly. */
  readonly underChance: number;
}

/**
 * Answers: how unequally is use spread over need, whichever groups are behind? The Gini coefficient of use per
 * unit of need, weighted by need: 0 when use follows need exactly, near 1 when one area has all of it. Standard error
 * by its influence function with Poisson counts. It is above 0 even under pure chance: compare `underChance`.
 *
 * @example
 * ```ts
 * const gini = needGini([40, 55, 60, 72, 80], [90, 80, 75, 70, 65]);
 * gini.value; // => 0.1891
 * gini.underChance; // => 0.0575
 * ```
 */
export function needGini(
  used: ArrayLike<number>,
  needed: ArrayLike<number>,
  options: ConfidenceOptions = {},
): Result<NeedGini> {
  const z = zOfConfidence(options.confidence);
  const length = checkLengths({ used, needed });
  let [use, need] = [0, 0];
  for (let i = 0; i < length; i++) {
    checkCount("used", used[i] as number);
    checkCount("needed", needed[i] as number);
    if (needed[i] === 0 && (used[i] as number) > 0)
      return absent("zeroDenominator", `Area ${i + 1} has use but no need.`);
    use += used[i] as number;
    need += needed[i] as number;
  }
  const areas = Array.from({ length }, (_, i) => i).filter((i) => (needed[i] as number) > 0);
  if (areas.length < 2)
    return absent("tooFewGroups", "A spread over need needs at least two areas.");
  if (use === 0) return absent("zeroDenominator", "There is no use to be spread.");
  const ratio = (i: number) => (used[i] as number) / (needed[i] as number);
  areas.sort((a, b) => ratio(a) - ratio(b));
  // Gini = Σ use share × (2 rank in need − 1), areas in order of use per need; ties share a rank.
  const rank = new Float64Array(length);
  let before = 0;
  for (let from = 0; from < areas.length; ) {
    let to = from;
    let share = 0;
    while (to < areas.length && ratio(areas[to] as number) === ratio(areas[from] as number))
      share += (needed[areas[to++] as number] as number) / need;
    for (; from < to; from++) rank[areas[from] as number] = before + share / 2;
    before += share;
  }
  let value = 0;
  for (const i of areas) value += ((used[i] as number) / use) * (2 * (rank[i] as number) - 1);
  value = Math.max(0, value);
  let variance = 0;
  for (const i of areas)
    variance += ((2 * (rank[i] as number) - 1 - value) / use) ** 2 * (used[i] as number);
  const standardError = Math.sqrt(variance);
  return {
    value,
    lower: Math.max(0, value - z * standardError),
    upper: Math.min(1, value + z * standardError),
    standardError,
    underChance: underChance(areas, needed, use, need),
  };
}

/** E|rᵢ − rⱼ| of independent normal ratios with Poisson variance about a common mean, weighted by need. */
function underChance(
  areas: readonly number[],
  needed: ArrayLike<number>,
  use: number,
  need: number,
): number {
  const overall = use / need;
  let sum = 0;
  for (const i of areas)
    for (const j of areas) {
      if (j >= i) continue;
      const [a, b] = [needed[i] as number, needed[j] as number];
      sum += (a / need) * (b / need) * Math.sqrt((2 / Math.PI) * overall * (1 / a + 1 / b));
    }
  return sum / overall;
}
