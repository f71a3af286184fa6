import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  isAbsent,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { type CombinationFit, CombinationSearch, type Flag, joint } from "./combination-search.ts";
import { combinationsOf } from "./combinations.ts";
import { type CrossedStrata, peopledRows } from "./maihda.ts";
import { mainEffects } from "./strata-design.ts";

/** Options of {@link outstandingCombinations}. */
export interface OutstandingCombinationsOptions extends ConfidenceOptions {
  /** The chance that any combination is named where only main effects and ordinary strata are. Default 0.05. */
  readonly familyErrorRate?: number;
  readonly minimumStrata?: number;
}

/** A combination of some of the characteristics that is more, or less, than the sum of its parts. */
export interface OutstandingCombination {
  /** The level of each characteristic that makes it. */
  readonly levels: Readonly<Record<string, string | number>>;
  /** Which rows given are in it. */
  readonly strataRows: Int32Array;
  readonly events: number;
  readonly denominator: number;
  /** The share that the main effects give its people. */
  readonly expected: number;
  /** Beyond that: on the log-odds, in probability and in people. */
  readonly logOdds: Estimate;
  readonly excess: Estimate;
  readonly excessEvents: Estimate;
  /** Of no departure, and times the number of combinations that were looked at. */
  readonly pValue: number;
  readonly adjusted: number;
}

export interface OutstandingCombinations {
  /** The most certain first. */
  readonly combinations: readonly OutstandingCombination[];
  /** How many combinations, single strata included, were looked at. */
  readonly compared: number;
}

/**
 * Answers: which combinations of some of the characteristics are more, or less, than the sum of their parts, whatever
 * the others are? Where disabled people without internet fare worse at every age, no single stratum of disability,
 * internet and age may stand out: they do so together. Adds the combination with the largest score to the main effects,
 * again and again, single strata competing; then takes away those that do not hold once the spread of ordinary strata
 * is allowed for (Bonferroni over all combinations). With a characteristic of two levels a combination cannot be told
 * from its mirror image (worse for the one is better for the other): the one that falls short is named.
 *
 * @example
 * ```ts
 * const rows = Array.from({ length: 48 }, (_, i) => ({ sex: i % 2, age: (i >> 1) % 4, area: i >> 3 }));
 * const result = outstandingCombinations({
 *   events: rows.map((r, i) => (r.sex === 1 && r.area === 3 ? 40 : 70) + ((i * 5) % 7)),
 *   denominators: rows.map(() => 100),
 *   characteristics: {
 *     sex: rows.map((r) => r.sex),
 *     age: rows.map((r) => r.age),
 *     area: rows.map((r) => r.area),
 *   },
 * });
 * result.combinations.length; // => 1
 * result.combinations[0].levels; // => { sex: 1, area: 3 }
 * ```
 */
export function outstandingCombinations(
  strata: CrossedStrata,
  options: OutstandingCombinationsOptions = {},
): Result<OutstandingCombinations> {
  const rate = options.familyErrorRate ?? 0.05;
  if (!(rate > 0 && rate < 1))
    throw new StatisticsError("invalidOption", `invalid familyErrorRate; not in (0, 1): ${rate}`);
  const z = zOfConfidence(options.confidence);
  const strataRows = peopledRows(strata.denominators);
  const minimum = options.minimumStrata ?? 20;
  if (strataRows.length < minimum)
    return absent(
      "tooFewGroups",
      `${strataRows.length} strata have people in them; at least ${minimum} are needed.`,
    );
  const pick = <T>(values: ArrayLike<T>) => Array.from(strataRows, (i) => values[i] as T);
  const characteristics = Object.fromEntries(
    Object.entries(strata.characteristics).map(([name, codes]) => [name, pick(codes)]),
  );
  const [events, denominators] = [pick(strata.events), pick(strata.denominators)];
  events.forEach((y, k) => {
    if (y > (denominators[k] as number))
      throw new StatisticsError(
        "invalidCount",
        `invalid events; ${y} of ${denominators[k]} in stratum ${k + 1}`,
      );
  });
  const candidates = combinationsOf(characteristics);
  const compared = Math.max(1, candidates.length);
  const search = new CombinationSearch(
    events,
    denominators,
    mainEffects(characteristics),
    candidates,
  );
  const fit = search.run(rate / compared);
  if (isAbsent(fit)) return fit;
  const describe = (flag: Flag) => beyondParts(fit, flag, events, denominators, z);
  return {
    combinations: fit.flags
      .filter(({ combination }) => joint(combination))
      .sort((a, b) => a.pValue - b.pValue)
      .map((flag) => ({
        ...describe(flag),
        strataRows: Int32Array.from(flag.combination.members, (k) => strataRows[k] as number),
        adjusted: Math.min(1, flag.pValue * compared),
      })),
    compared: candidates.length,
  };
}

/** What a combination adds to its main effects, in log-odds, in probability and in people. */
function beyondParts(
  { linear }: CombinationFit,
  { combination: { levels, members }, coefficient, standardError, pValue }: Flag,
  events: readonly number[],
  denominators: readonly number[],
  z: number,
) {
  const total = (values: readonly number[]) =>
    members.reduce((sum, k) => sum + (values[k] as number), 0);
  const denominator = total(denominators);
  const reached = (beyond: number) =>
    members.reduce(
      (sum, k) =>
        sum +
        (denominators[k] as number) / (1 + Math.exp(coefficient - beyond - (linear[k] as number))),
      0,
    );
  const parts = reached(0);
  const margin = z * standardError;
  const logOdds = {
    value: coefficient,
    lower: coefficient - margin,
    upper: coefficient + margin,
  };
  const people = (beyond: number) => reached(beyond) - parts;
  const scaled = (by: number): Estimate => ({
    value: people(logOdds.value) / by,
    lower: people(logOdds.lower) / by,
    upper: people(logOdds.upper) / by,
  });
  return {
    levels,
    events: total(events),
    denominator,
    expected: parts / denominator,
    logOdds,
    excess: scaled(denominator),
    excessEvents: scaled(1),
    pValue,
  };
}
