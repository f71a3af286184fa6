import { absent, checkCount, type Result } from "../foundation/index.ts";
import { checkAboveZero } from "./check-rate.ts";

// Fong, Mushtaq, House and others (2022) "Understanding waiting lists pressures", medRxiv 2022.08.23.22279117.

/**
 * Does the service keep up? Demand over capacity, both per week: at 1 or more the list grows without end. Absent
 * `zeroDenominator` where capacity is 0.
 *
 * @example
 * ```ts
 * queueLoad(30, 27); // => 1.111
 * ```
 */
export function queueLoad(demandPerWeek: number, capacityPerWeek: number): Result<number> {
  checkCount("demandPerWeek", demandPerWeek);
  checkCount("capacityPerWeek", capacityPerWeek);
  if (capacityPerWeek === 0)
    return absent("zeroDenominator", "Nobody is taken off the list, so there is no load.");
  return demandPerWeek / capacityPerWeek;
}

/**
 * How long should the average wait be, in weeks, for nearly all to be seen within the target? The target over a factor.
 * Waits of a steady queue are about exponential, so with the usual factor of 4 a share exp(-4), 1.8 %, waits longer.
 *
 * @example
 * ```ts
 * targetMeanWait(52); // => 13
 * ```
 */
export function targetMeanWait(targetWaitWeeks: number, factor = 4): number {
  checkAboveZero("targetWaitWeeks", targetWaitWeeks);
  checkAboveZero("factor", factor);
  return targetWaitWeeks / factor;
}

/**
 * What share of people waits longer than a target when the average wait is known and waits are about exponential?
 *
 * @example
 * ```ts
 * shareBeyondTarget(4.5, 18); // => 0.0183
 * ```
 */
export function shareBeyondTarget(meanWaitWeeks: number, targetWaitWeeks: number): number {
  checkAboveZero("meanWaitWeeks", meanWaitWeeks);
  checkAboveZero("targetWaitWeeks", targetWaitWeeks);
  return Math.exp(-targetWaitWeeks / meanWaitWeeks);
}

/**
 * How many people may be on the list if nearly all are to be seen within the target? Demand times the target mean wait
 * (Little's law). A list over twice this size is too big to mend with steady capacity alone.
 *
 * @example
 * ```ts
 * targetQueueSize(30, 52); // => 390
 * ```
 */
export function targetQueueSize(
  demandPerWeek: number,
  targetWaitWeeks: number,
  factor = 4,
): number {
  checkCount("demandPerWeek", demandPerWeek);
  return demandPerWeek * targetMeanWait(targetWaitWeeks, factor);
}

/**
 * How many people a week must be seen to bring the list down to its target size in so many weeks? Demand plus the
 * surplus over the weeks.
 *
 * @example
 * ```ts
 * reliefCapacity(30, 1200, 390); // => 61.1538
 * ```
 */
export function reliefCapacity(
  demandPerWeek: number,
  queueSize: number,
  targetSize: number,
  weeksToTarget = 26,
): number {
  checkCount("demandPerWeek", demandPerWeek);
  checkCount("queueSize", queueSize);
  checkCount("targetSize", targetSize);
  checkAboveZero("weeksToTarget", weeksToTarget);
  return demandPerWeek + (queueSize - targetSize) / weeksToTarget;
}

export interface TargetCapacityOptions {
  /** How many times the target mean wait the target is. Default 4. */
  readonly factor?: number;
  /** Coefficient of variation of the time between referrals. Default 1, as by chance. */
  readonly variationOfDemand?: number;
  /** Coefficient of variation of the time between removals. Default 1. */
  readonly variationOfCapacity?: number;
}

/**
 * How many people a week must be seen to keep nearly all waits within the target, once the list is at its target size?
 * Demand plus the headroom that variation needs: ((cv² of demand + cv² of capacity) / 2) × factor / target (Kingman's
 * formula turned round).
 *
 * @example
 * ```ts
 * targetCapacity(30, 52, { factor: 3, variationOfDemand: 1.1, variationOfCapacity: 1.2 }); // => 30.0764
 * ```
 */
export function targetCapacity(
  demandPerWeek: number,
  targetWaitWeeks: number,
  options: TargetCapacityOptions = {},
): number {
  const { factor = 4, variationOfDemand = 1, variationOfCapacity = 1 } = options;
  checkCount("demandPerWeek", demandPerWeek);
  checkCount("variationOfDemand", variationOfDemand);
  checkCount("variationOfCapacity", variationOfCapacity);
  const variation = (variationOfDemand ** 2 + variationOfCapacity ** 2) / 2;
  return demandPerWeek + variation / targetMeanWait(targetWaitWeeks, factor);
}

/**
 * How far is a list from where it should be? Twice the mean wait over the target, both in weeks: 1 is as it should be,
 * more is pressure. Give weeks for both; with days over weeks, as a peer package has it, the answer is 7 times too
 * large.
 *
 * @example
 * ```ts
 * waitingListPressure(63, 52); // => 2.423
 * ```
 */
export function waitingListPressure(meanWaitWeeks: number, targetWaitWeeks: number): number {
  checkCount("meanWaitWeeks", meanWaitWeeks);
  checkAboveZero("targetWaitWeeks", targetWaitWeeks);
  return (2 * meanWaitWeeks) / targetWaitWeeks;
}
