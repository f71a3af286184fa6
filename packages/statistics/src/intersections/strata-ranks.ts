import { checkFinite, checkLengths } from "../foundation/check.ts";
import { absent, type ConfidenceOptions, type Result } from "../foundation/estimate.ts";
import { normalProbability, zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import type { StrataEstimates } from "./integrated-maihda.ts";

/** Options of {@link strataRanks}. `confidence` is that of the limits given. */
export interface RankOptions extends ConfidenceOptions {
  /** How many strata count as the highest. Default: a fifth of them, at least one. */
  readonly highest?: number;
}

/** Where strata stand among each other, and how sure that is. Rank 1 is the highest value. */
export interface StrataRanks {
  readonly expectedRank: Float64Array;
  /** The chance of being among the `highest`. */
  readonly chanceAmongHighest: Float64Array;
  readonly highest: number;
}

/**
 * Answers: which strata are truly among the highest? Ranks of estimates are mostly noise; this gives for each
 * stratum the rank to be expected and the chance of being among the highest, from values and limits taken as normal and
 * independent. For limits of shares near 0 or 1, and of rates, rank them on the log-odds or log scale. The cost grows with
 * the square of the number of strata.
 *
 * @example
 * ```ts
 * const ranks = strataRanks(
 *   { value: [3, 2, 0], lower: [2, 1, -1], upper: [4, 3, 1] },
 *   { highest: 1 },
 * );
 * ranks.expectedRank; // => [1.083, 1.92, 2.997]
 * ranks.chanceAmongHighest[0]; // => 0.917
 * ```
 */
export function strataRanks(
  estimates: { readonly [K in keyof StrataEstimates]: ArrayLike<number> },
  options: RankOptions = {},
): Result<StrataRanks> {
  const { value, lower, upper } = estimates;
  const strata = checkLengths({ value, lower, upper });
  const z = zOfConfidence(options.confidence);
  const highest = options.highest ?? Math.max(1, Math.round(strata / 5));
  if (strata < 2) return absent("tooFewGroups", "Ranks need at least two strata.");
  if (!(Number.isInteger(highest) && highest >= 1 && highest < strata))
    throw new StatisticsError(
      "invalidOption",
      `invalid highest; not a whole number from 1 to ${strata - 1}: ${highest}`,
    );
  const spread = Float64Array.from({ length: strata }, (_, k) => {
    for (const of of [value, lower, upper]) checkFinite("estimates", of[k] as number);
    return Math.max(((upper[k] as number) - (lower[k] as number)) / (2 * z), 1e-12);
  });
  const narrowest = Math.min(...spread);
  const expectedRank = new Float64Array(strata);
  const chanceAmongHighest = new Float64Array(strata);
  for (let k = 0; k < strata; k++) {
    let rank = 1;
    for (let j = 0; j < strata; j++)
      if (j !== k)
        rank += normalProbability(
          ((value[j] as number) - (value[k] as number)) /
            Math.hypot(spread[j] as number, spread[k] as number),
        );
    expectedRank[k] = rank;
    // An even grid, half the narrowest spread apart: exact to rounding for a normal density times smooth chances.
    const own = spread[k] as number;
    const half = Math.min(400, Math.ceil((2 * 6.5 * own) / narrowest));
    let [chance, total] = [0, 0];
    for (let q = -half; q <= half; q++) {
      const t = (6.5 * q) / half;
      const density = Math.exp((-t * t) / 2);
      total += density;
      chance +=
        density * chanceOfFewAbove(value, spread, k, (value[k] as number) + t * own, highest);
    }
    chanceAmongHighest[k] = Math.min(1, chance / total);
  }
  return { expectedRank, chanceAmongHighest, highest };
}

/** The chance that fewer than `highest` others lie above a value: exact by adding one stratum at a time. */
function chanceOfFewAbove(
  value: ArrayLike<number>,
  spread: Float64Array,
  skipped: number,
  at: number,
  highest: number,
): number {
  const chances = new Float64Array(highest);
  chances[0] = 1;
  for (let j = 0; j < spread.length; j++) {
    if (j === skipped) continue;
    const above = normalProbability(((value[j] as number) - at) / (spread[j] as number));
    for (let m = highest - 1; m >= 0; m--)
      chances[m] =
        (chances[m] as number) * (1 - above) + (m > 0 ? (chances[m - 1] as number) * above : 0);
  }
  return chances.reduce((sum, chance) => sum + chance, 0);
}
