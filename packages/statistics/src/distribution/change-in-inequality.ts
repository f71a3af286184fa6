import { checkCount, checkFinite } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  isAbsent,
  type Result,
} from "../foundation/estimate.ts";
import { normalProbability, zOfConfidence } from "../foundation/normal.ts";
import { entropyOf } from "./generalised-entropy.ts";
import { type GroupedPersonValues, splitByGroup } from "./subgroups.ts";

/** An index with its standard error: any result of this package that carries one. */
export interface IndexWithError {
  readonly value: number;
  readonly standardError: number;
}

export interface IndexChange extends Estimate {
  readonly standardError: number;
  /** Two-sided chance of a change at least as large when there is none. */
  readonly probability: number;
}

/**
 * Change of an index between two independent samples or periods: did the inequality change? `after − before`
 * with the two errors added in square. Not for samples that share people, where it is too cautious.
 *
 * @example
 * ```ts
 * const before = { value: -0.25, standardError: 0.05 };
 * const after = { value: -0.1, standardError: 0.05 };
 * changeInIndex(before, after).lower; // => 0.01141
 * ```
 */
export function changeInIndex(
  before: IndexWithError,
  after: IndexWithError,
  options: ConfidenceOptions = {},
): IndexChange {
  for (const [name, index] of Object.entries({ before, after })) {
    checkFinite(`${name} value`, index.value);
    checkCount(`${name} standardError`, index.standardError);
  }
  const value = after.value - before.value;
  const standardError = Math.hypot(before.standardError, after.standardError);
  const margin = zOfConfidence(options.confidence) * standardError;
  return {
    value,
    lower: value - margin,
    upper: value + margin,
    standardError,
    probability:
      standardError > 0
        ? 2 * normalProbability(-Math.abs(value) / standardError)
        : value === 0
          ? 1
          : 0,
  };
}

/** Where a change of the mean log deviation came from; the four parts add up to `total`. */
export interface InequalityChange {
  readonly total: number;
  /** Inequality inside the subgroups changed. */
  readonly withinGroups: number;
  /** People moved between more and less equal subgroups. */
  readonly sharesWithin: number;
  /** People moved between subgroups with other means. */
  readonly sharesBetween: number;
  /** The subgroups' means moved apart or together. */
  readonly groupMeans: number;
}

/**
 * Change of the mean log deviation over time, split by subgroup: did groups become more unequal inside, did
 * people move between groups, or did the groups' means move apart? The parts of Mookherjee and Shorrocks
 * (1982), with averages of both periods as weights and the between part split by the average of both orders,
 * so that they add up exactly.
 *
 * @throws StatisticsError for arrays of different lengths
 * @example
 * ```ts
 * const change = decomposeChangeInInequality(
 *   { value: [1, 2, 3, 4], group: ["a", "a", "b", "b"] },
 *   { value: [1, 2, 4, 6], group: ["a", "a", "b", "b"] },
 * );
 * change.groupMeans > 0; // => true
 * change.sharesBetween; // => 0
 * ```
 */
export function decomposeChangeInInequality(
  before: GroupedPersonValues,
  after: GroupedPersonValues,
): Result<InequalityChange> {
  const first = splitByGroup(before, true);
  if (isAbsent(first)) return first;
  const second = splitByGroup(after, true);
  if (isAbsent(second)) return second;
  const names = first.subgroups.map((g) => g.name);
  if (
    names.length !== second.subgroups.length ||
    !names.every((name) => second.subgroups.some((g) => g.name === name))
  )
    return absent("notIdentified", "Both periods need the same subgroups, each with people in it.");
  const at = (persons: typeof first) =>
    names.map((name) => {
      const g = persons.subgroups.find(
        (s) => s.name === name,
      ) as (typeof persons.subgroups)[number];
      return {
        share: g.populationShare,
        mean: g.mean,
        index: entropyOf(g.value, g.share, g.mean, 0),
      };
    });
  const old = at(first);
  const now = at(second);
  let withinGroups = 0;
  let sharesWithin = 0;
  for (const [k, a] of old.entries()) {
    const b = now[k] as (typeof now)[number];
    withinGroups += ((a.share + b.share) / 2) * (b.index - a.index);
    sharesWithin += ((a.index + b.index) / 2) * (b.share - a.share);
  }
  const between = (shares: typeof old, means: typeof old) => {
    const mean = shares.reduce((sum, g, k) => sum + g.share * (means[k]?.mean as number), 0);
    return shares.reduce(
      (sum, g, k) => sum - g.share * Math.log((means[k]?.mean as number) / mean),
      0,
    );
  };
  const corners = [
    between(old, old),
    between(now, old),
    between(old, now),
    between(now, now),
  ] as const;
  return {
    total:
      entropyOf(second.value, second.share, second.mean, 0) -
      entropyOf(first.value, first.share, first.mean, 0),
    withinGroups,
    sharesWithin,
    sharesBetween: (corners[1] - corners[0] + corners[3] - corners[2]) / 2,
    groupMeans: (corners[2] - corners[0] + corners[3] - corners[1]) / 2,
  };
}
