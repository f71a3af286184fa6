import {
  absent,
  checkFinite,
  checkLengths,
  isAbsent,
  type Result,
  StatisticsError,
} from "../foundation/index.ts";
import {
  queueLoad,
  reliefCapacity,
  targetCapacity,
  targetQueueSize,
  waitingListPressure,
} from "./waiting-list.ts";

/** Day numbers (whole days since any fixed day) of one group's referrals. */
export interface WaitingListDays {
  readonly referral: ArrayLike<number>;
  /** The day each left the list, null while still on it. */
  readonly removal: ArrayLike<number | null>;
}

/** A period of whole days, both ends included. */
export interface DayPeriod {
  readonly from: number;
  readonly to: number;
}

function check(list: WaitingListDays, period: DayPeriod): number {
  const length = checkLengths({ referral: list.referral, removal: list.removal });
  checkFinite("from", period.from);
  checkFinite("to", period.to);
  if (period.to < period.from)
    throw new StatisticsError("invalidOption", "invalid period; it ends before it starts");
  for (let i = 0; i < length; i++) {
    checkFinite(`referral[${i}]`, list.referral[i] as number);
    const removal = list.removal[i] as number | null;
    if (removal !== null && !(removal >= (list.referral[i] as number)))
      throw new StatisticsError("invalidNumber", `invalid removal[${i}]; before the referral`);
  }
  return length;
}

/**
 * How many people were on the list at the end of each day of a period? Someone referred that day counts, someone removed
 * that day does not; people referred before the period and still there count from its first day.
 *
 * @example
 * ```ts
 * const list = { referral: [1, 4, 10], removal: [null, null, null] };
 * queueSizes(list, { from: 1, to: 10 }); // => [1, 1, 1, 2, 2, 2, 2, 2, 2, 3]
 * ```
 */
export function queueSizes(list: WaitingListDays, period: DayPeriod): Int32Array {
  const length = check(list, period);
  const days = Math.floor(period.to - period.from) + 1;
  const change = new Int32Array(days + 1);
  for (let i = 0; i < length; i++) {
    const referral = Math.max(0, Math.ceil((list.referral[i] as number) - period.from));
    const removal = list.removal[i] as number | null;
    const gone = removal === null ? days : Math.ceil(removal - period.from);
    if (referral >= days || gone <= 0) continue;
    change[referral]!++;
    change[Math.min(gone, days)]!--;
  }
  let size = 0;
  return change.subarray(0, days).map((step) => (size += step));
}

/** What a waiting list is doing over a period. Rates are people a week; times are weeks. */
export interface WaitingListStatistics {
  readonly referrals: number;
  readonly removals: number;
  readonly demandPerWeek: number;
  /** Removals per week in which somebody was waiting: an empty list is not a lack of capacity. */
  readonly capacityPerWeek: Result<number>;
  readonly load: Result<number>;
  readonly loadTooBig: boolean;
  readonly queueSize: number;
  readonly targetQueueSize: number;
  /** Over twice the target size. */
  readonly queueTooBig: boolean;
  /** How long those on the list at the end have waited so far. Not how long people wait. */
  readonly meanElapsedWaitWeeks: Result<number>;
  readonly pressure: Result<number>;
  readonly variationOfDemand: Result<number>;
  readonly variationOfCapacity: Result<number>;
  /** To hold the list, where it is not too big. */
  readonly targetCapacityPerWeek: Result<number>;
  /** To bring it down in 26 weeks, where it is too big. */
  readonly reliefCapacityPerWeek: Result<number>;
}

/**
 * Is this group's list under control? Demand, capacity, load, size against target, pressure and the capacity that it
 * takes, over a period, for one group. Everything is in weeks and people a week.
 *
 * Demand counts the referrals of the period over its length; capacity counts removals over the days on which somebody
 * was waiting. The mean elapsed wait is of those on the list at the end of the period, referred by then. For how long
 * people wait use {@link restrictedMeanWait}. Variation needs at least three events.
 *
 * @example
 * ```ts
 * const list = { referral: [0, 3, 9], removal: [7, 10, null] };
 * const found = waitingListStatistics(list, { from: 0, to: 9 }, 4);
 * found; // => { referrals: 3, removals: 1, demandPerWeek: 2.1, queueSize: 2, meanElapsedWaitWeeks: 0.4286 }
 * found.pressure; // => 0.2143
 * ```
 */
export function waitingListStatistics(
  list: WaitingListDays,
  period: DayPeriod,
  targetWaitWeeks: number,
  factor = 4,
): WaitingListStatistics {
  const length = check(list, period);
  const sizes = queueSizes(list, period);
  const arrivals: number[] = [];
  const departures: number[] = [];
  const elapsed: number[] = [];
  for (let i = 0; i < length; i++) {
    const referral = list.referral[i] as number;
    const removal = list.removal[i] as number | null;
    if (referral >= period.from && referral <= period.to) arrivals.push(referral);
    if (removal !== null && removal >= period.from && removal <= period.to)
      departures.push(removal);
    if (referral <= period.to && (removal === null || removal > period.to))
      elapsed.push(period.to - referral);
  }
  const weeks = sizes.length / 7;
  const demandPerWeek = arrivals.length / weeks;
  // A day on which somebody could be taken off: somebody was there the evening before, came, or left.
  const leaving = new Set(departures.map((day) => Math.ceil(day - period.from)));
  const busy = sizes.reduce((days, size, day) => days + (size > 0 || leaving.has(day) ? 1 : 0), 0);
  const capacityPerWeek: Result<number> =
    busy > 0
      ? (departures.length * 7) / busy
      : absent("zeroDenominator", "Nobody was on the list in this period.");
  const load = isAbsent(capacityPerWeek)
    ? capacityPerWeek
    : queueLoad(demandPerWeek, capacityPerWeek);
  const queueSize = sizes[sizes.length - 1] as number;
  const target = targetQueueSize(demandPerWeek, targetWaitWeeks, factor);
  const queueTooBig = queueSize > 2 * target;
  const meanElapsedWaitWeeks: Result<number> =
    elapsed.length > 0
      ? elapsed.reduce((sum, days) => sum + days, 0) / elapsed.length / 7
      : absent("zeroDenominator", "Nobody is on the list at the end of the period.");
  const variationOfDemand = variationOfGaps(arrivals, "referrals");
  const variationOfCapacity = variationOfGaps(departures, "removals");
  const variations = [variationOfDemand, variationOfCapacity].find(isAbsent);
  return {
    referrals: arrivals.length,
    removals: departures.length,
    demandPerWeek,
    capacityPerWeek,
    load,
    loadTooBig: isAbsent(load) ? arrivals.length > 0 : load >= 1,
    queueSize,
    targetQueueSize: target,
    queueTooBig,
    meanElapsedWaitWeeks,
    pressure: isAbsent(meanElapsedWaitWeeks)
      ? meanElapsedWaitWeeks
      : waitingListPressure(meanElapsedWaitWeeks, targetWaitWeeks),
    variationOfDemand,
    variationOfCapacity,
    targetCapacityPerWeek: queueTooBig
      ? absent("notIdentified", "The list is over twice its target size: relief comes first.")
      : (variations ??
        targetCapacity(demandPerWeek, targetWaitWeeks, {
          factor,
          variationOfDemand: variationOfDemand as number,
          variationOfCapacity: variationOfCapacity as number,
        })),
    reliefCapacityPerWeek: queueTooBig
      ? reliefCapacity(demandPerWeek, queueSize, target)
      : absent("notIdentified", "The list is not over twice its target size: no relief is needed."),
  };
}

function variationOfGaps(days: number[], events: string): Result<number> {
  if (days.length < 3)
    return absent("tooFew", `Variation needs at least 3 ${events}; there are ${days.length}.`);
  const sorted = Float64Array.from(days).sort();
  const gaps = sorted.subarray(1).map((day, i) => day - sorted[i]!);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  if (mean === 0) return absent("allEqual", `All ${events} fall on one day.`);
  const squares = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0);
  return Math.sqrt(squares / (gaps.length - 1)) / mean;
}
