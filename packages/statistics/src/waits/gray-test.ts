import { absent, isAbsent, type Result, StatisticsError } from "../foundation/index.ts";
import { groupWaits } from "./grouped-waits.ts";
import { type ChiSquareTest, scoreTest } from "./score-test.ts";
import type { Waits } from "./waits.ts";

export interface GrayOptions {
  /** The kind of leaving that is compared. Default 1, being seen. */
  readonly kind?: number;
  /** The weight is the pooled share not yet left by that kind, to this power. Default 0. */
  readonly rho?: number;
}

export interface GrayTest extends ChiSquareTest {
  readonly groups: readonly {
    readonly group: string | number;
    readonly people: number;
    readonly events: number;
    /** Events less those expected; they add up to 0 over the groups. */
    readonly score: number;
  }[];
}

/**
 * Does the chance of being seen differ between groups, when people also leave in other ways? Gray's test: groups'
 * subdistribution hazards of one kind of leaving against the pooled one. Unlike {@link logRankTest} it compares the
 * chances themselves and not the rates among those still waiting. Tied events get the finite-population correction.
 * Not for left truncation (throws). Absent as the log-rank test is.
 *
 * Gray (1988) Ann Stat 16:1141, sections 2 and 3.
 *
 * @example
 * ```ts
 * const waits = { time: [1, 2, 3, 4, 5, 6, 7, 8, 2, 3, 5, 9], kind: [1, 1, 2, 1, 0, 1, 1, 2, 1, 2, 2, 1] };
 * grayTest(waits, [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]).degreesOfFreedom; // => 1
 * ```
 */
export function grayTest(
  waits: Waits,
  group: ArrayLike<string | number>,
  options: GrayOptions = {},
): Result<GrayTest> {
  const { kind = 1, rho = 0 } = options;
  if (!(Number.isInteger(kind) && kind >= 1 && Number.isFinite(rho)))
    throw new StatisticsError("invalidOption", `invalid kind or rho: ${kind}, ${rho}`);
  if (waits.entry)
    throw new StatisticsError("invalidOption", "invalid entry; Gray's test has no left truncation");
  const { groups, people, time, atRisk, events, others } = groupWaits(waits, group, kind);
  const size = groups.length;
  const steps = time.length;
  if (events.every((counts) => counts.every((n) => n === 0)))
    return absent("zeroDenominator", "Nobody left by this kind, so there is nothing to compare.");

  const table = () => Array.from({ length: size }, () => new Float64Array(steps));
  // Per group and time: share waiting before and after; weight[j][r][t] and its integral to t, compensated.
  const waitingBefore = table();
  const waitingAfter = table();
  const pooledAfter = new Float64Array(steps);
  const pooledRisk = new Float64Array(steps);
  const weight = groups.map(table);
  const integral = groups.map(table);
  const score = new Float64Array(size);
  const waiting = new Float64Array(size).fill(1);
  const came = new Float64Array(size);
  let pooled = 0;
  for (let t = 0; t < steps; t++) {
    let total = 0;
    let weighted = 0;
    let d = 0;
    for (let j = 0; j < size; j++) {
      const n = atRisk[j]![t]!;
      waitingBefore[j]![t] = waiting[j]!;
      d += events[j]![t]!;
      if (n > 0) {
        total += n / waiting[j]!;
        weighted += (n * (1 - came[j]!)) / waiting[j]!;
      }
    }
    const step = d > 0 ? d / total : 0;
    const scale = (1 - pooled) ** rho;
    for (let j = 0; j < size; j++) {
      const n = atRisk[j]![t]!;
      const own = n > 0 ? n / waiting[j]! : 0;
      if (d > 0) score[j]! += scale * (events[j]![t]! - (d * own * (1 - came[j]!)) / weighted);
      for (let r = 0; r < size; r++) {
        const other = atRisk[r]![t]! > 0 ? atRisk[r]![t]! / waiting[r]! : 0;
        const value = total > 0 ? scale * own * ((j === r ? 1 : 0) - other / total) : 0;
        weight[j]![r]![t] = value;
        integral[j]![r]![t] =
          (t > 0 ? integral[j]![r]![t - 1]! : 0) + (step > 0 ? (value * step) / (1 - pooled) : 0);
      }
    }
    for (let j = 0; j < size; j++) {
      const n = atRisk[j]![t]!;
      if (n > 0) {
        const gone = events[j]![t]! + others[j]![t]!;
        came[j]! += (waiting[j]! * events[j]![t]!) / n;
        waiting[j] = gone === n ? 0 : waiting[j]! * (1 - gone / n);
      }
      waitingAfter[j]![t] = waiting[j]!;
    }
    pooled += step;
    pooledAfter[t] = pooled;
    pooledRisk[t] = total;
  }

  const covariance = Array.from({ length: size }, () => new Float64Array(size));
  for (let t = 0; t < steps; t++) {
    const d = events.reduce((sum, counts) => sum + counts[t]!, 0);
    for (let r = 0; r < size; r++) {
      const n = atRisk[r]![t]!;
      if (n <= 0) continue;
      const before = waitingBefore[r]![t]!;
      const after = waitingAfter[r]![t]!;
      const rest = after > 0 ? (1 - pooledAfter[t]!) / after : 0;
      const others_ = others[r]![t]!;
      const tied = d > 1 ? 1 - (d - 1) / (pooledRisk[t]! * before - 1) : 1;
      const byCame = d > 0 ? (tied * before * d) / (pooledRisk[t]! * n) : 0;
      const tiedOthers = others_ > 1 ? 1 - (others_ - 1) / (n - 1) : 1;
      const byOthers = after > 0 ? (tiedOthers * before * before * others_) / (n * n) : 0;
      if (byCame === 0 && byOthers === 0) continue;
      for (let j = 0; j < size; j++) {
        const laterJ = integral[j]![r]![steps - 1]! - integral[j]![r]![t]!;
        const cameJ = weight[j]![r]![t]! + (1 - rest) * laterJ;
        for (let k = 0; k < size; k++) {
          const laterK = integral[k]![r]![steps - 1]! - integral[k]![r]![t]!;
          const cameK = weight[k]![r]![t]! + (1 - rest) * laterK;
          covariance[j]![k]! += byCame * cameJ * cameK + byOthers * rest * rest * laterJ * laterK;
        }
      }
    }
  }
  const test = scoreTest(score, covariance);
  if (isAbsent(test)) return test;
  return {
    ...test,
    groups: groups.map((label, j) => ({
      group: label,
      people: people[j]!,
      events: events[j]!.reduce((sum, n) => sum + n, 0),
      score: score[j]!,
    })),
  };
}
