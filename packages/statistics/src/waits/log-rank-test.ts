import {
  absent,
  checkLengths,
  isAbsent,
  type Result,
  StatisticsError,
} from "../foundation/index.ts";
import { groupWaits } from "./grouped-waits.ts";
import { type ChiSquareTest, scoreTest } from "./score-test.ts";
import type { Waits } from "./waits.ts";

export interface LogRankOptions {
  /**
   * The weight is the pooled Kaplan–Meier to this power: 0 the log-rank test (default), 1 Peto and Peto's, which looks
   * at early differences.
   */
  readonly rho?: number;
  /** The kind of leaving that is the event; all other kinds are then censored. Default: leaving in any way. */
  readonly kind?: number;
  /** Compare within strata only. */
  readonly strata?: ArrayLike<string | number>;
}

export interface LogRankTest extends ChiSquareTest {
  readonly groups: readonly {
    readonly group: string | number;
    readonly people: number;
    /** Weighted where rho is not 0. */
    readonly observed: number;
    readonly expected: number;
  }[];
}

/**
 * Do groups leave the list at different rates? The log-rank test and its G-rho family for two or more groups, with
 * left truncation and strata. Ties by the hypergeometric variance. Absent `zeroDenominator` where nobody leaves,
 * `tooFewGroups` where fewer than two groups are ever at risk together.
 *
 * With competing kinds it compares cause-specific rates; for the chance of being seen use {@link grayTest}. A p-value
 * says nothing of size: show {@link restrictedMeanWait} beside it.
 *
 * Mantel (1966); Harrington and Fleming (1982) Biometrika 69:553.
 *
 * @example
 * ```ts
 * const waits = { time: [1, 3, 5, 7, 2, 4, 6, 8], kind: [1, 1, 1, 0, 1, 1, 1, 1] };
 * logRankTest(waits, ["a", "a", "a", "a", "b", "b", "b", "b"]); // => { degreesOfFreedom: 1, statistic: 0.0784 }
 * ```
 */
export function logRankTest(
  waits: Waits,
  group: ArrayLike<string | number>,
  options: LogRankOptions = {},
): Result<LogRankTest> {
  const { rho = 0, kind = 0, strata } = options;
  if (!Number.isFinite(rho))
    throw new StatisticsError("invalidOption", `invalid rho; not a finite number: ${rho}`);
  const people = checkLengths({ time: waits.time, group, ...(strata ? { strata } : {}) });
  const labels = [...new Set(Array.from(group))];
  const size = labels.length;
  const members = new Float64Array(size);
  const observed = new Float64Array(size);
  const expected = new Float64Array(size);
  const covariance = Array.from({ length: size }, () => new Float64Array(size));
  for (const stratum of strata ? new Set(Array.from(strata)) : [undefined]) {
    const inside: number[] = [];
    for (let i = 0; i < people; i++) if (!strata || strata[i] === stratum) inside.push(i);
    const pick = <T>(from: ArrayLike<T>) => inside.map((i) => from[i] as T);
    const part: Waits = {
      time: pick(waits.time),
      kind: pick(waits.kind),
      ...(waits.entry ? { entry: pick(waits.entry) } : {}),
    };
    const grouped = groupWaits(part, pick(group), kind);
    const index = grouped.groups.map((label) => labels.indexOf(label));
    grouped.people.forEach((n, j) => {
      members[index[j]!]! += n;
    });
    let waiting = 1;
    for (let t = 0; t < grouped.time.length; t++) {
      let d = 0;
      let n = 0;
      for (let j = 0; j < index.length; j++) {
        d += grouped.events[j]![t]!;
        n += grouped.atRisk[j]![t]!;
      }
      if (d === 0) continue;
      const weight = rho === 0 ? 1 : waiting ** rho;
      const spread = n > 1 ? (weight * weight * d * (n - d)) / (n - 1) : 0;
      for (let j = 0; j < index.length; j++) {
        const share = grouped.atRisk[j]![t]! / n;
        observed[index[j]!]! += weight * grouped.events[j]![t]!;
        expected[index[j]!]! += weight * d * share;
        const row = covariance[index[j]!]!;
        for (let k = 0; k < index.length; k++)
          row[index[k]!]! += spread * share * ((j === k ? 1 : 0) - grouped.atRisk[k]![t]! / n);
      }
      waiting *= 1 - d / n;
    }
  }
  if (observed.every((value) => value === 0))
    return absent("zeroDenominator", "Nobody left, so there is nothing to compare.");
  const test = scoreTest(
    observed.map((value, j) => value - expected[j]!),
    covariance,
  );
  if (isAbsent(test)) return test;
  return {
    ...test,
    groups: labels.map((label, j) => ({
      group: label,
      people: members[j]!,
      observed: observed[j]!,
      expected: expected[j]!,
    })),
  };
}
