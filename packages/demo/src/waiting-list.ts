import { TaprootError } from "@taproot/model";
import { type Day, season } from "./demand.ts";
import { BASE_REACH, DECISION_DAYS, DEMO_SERVICES, DEMO_URGENCIES } from "./service-model.ts";

/** Steepness of the spread of waits around the list's length (log-logistic). */
const STEEPNESS = 3.6;
const LONGEST_WAIT_DAYS = 1500;

/**
 * The waiting lists of the services: a fluid queue per service, whose length follows from seasonal demand and a capacity
 * that does not quite keep up, so that the typical wait drifts as real lists do. A person's wait is the list's length
 * when they join, by urgency, times a spread.
 */
export class WaitingList {
  readonly #firstDay: Day;
  /** Typical days of waiting, by service, by week from the first day. */
  readonly #weeks: readonly Float64Array[];

  constructor(firstDay: Day, lastDay: Day) {
    this.#firstDay = firstDay;
    const weeks = Math.ceil((lastDay - firstDay + 1) / 7) + 1;
    this.#weeks = DEMO_SERVICES.map((service) => {
      const typical = new Float64Array(weeks);
      let backlog = service.firstBacklogWeeks;
      for (let week = 0; week < weeks; week++) {
        const day = firstDay + week * 7;
        typical[week] = backlog * 7;
        const holiday = day % 365.25 > 355 || day % 365.25 < 4 ? 0.5 : 1;
        const served = service.capacity * holiday * (1 + (0.04 * week) / 52);
        backlog = Math.max(1, backlog + season(day, firstDay) - served);
      }
      return typical;
    });
  }

  /** Typical days from acceptance to first contact for somebody who joins on a day. */
  typicalDays(service: number, urgency: number, joined: Day): number {
    const weeks = this.#weeks[service]!;
    const week = Math.min(weeks.length - 1, Math.floor((joined - this.#firstDay) / 7));
    return weeks[week]! * DEMO_URGENCIES[urgency]!.partOfWait;
  }

  /**
   * The stretch of the wait that changes by `points` the chance of being seen within `weeks` of referral, among the
   * accepted where no other gap is planted.
   */
  stretchFor(points: number, weeks: number, lastDay: Day): number {
    const target = this.#averageSeenBy(weeks * 7, 1, lastDay) + points / 100 / BASE_REACH.seen;
    if (!(target > 0.005 && target < 0.995))
      throw new TaprootError(
        "gapTooLarge",
        `A wait gap of ${points} points within ${weeks} weeks cannot be planted: the chance would leave 0 to 100 %. Choose fewer points or other weeks.`,
      );
    let low = Math.log(0.02);
    let high = Math.log(50);
    for (let turn = 0; turn < 60; turn++) {
      const middle = (low + high) / 2;
      if (this.#averageSeenBy(weeks * 7, Math.exp(middle), lastDay) > target) low = middle;
      else high = middle;
    }
    return Math.exp((low + high) / 2);
  }

  #averageSeenBy(days: number, stretch: number, lastDay: Day): number {
    let sum = 0;
    let weight = 0;
    for (let day = this.#firstDay; day <= lastDay; day += 7) {
      for (let service = 0; service < DEMO_SERVICES.length; service++) {
        for (let urgency = 0; urgency < DEMO_URGENCIES.length; urgency++) {
          const share =
            DEMO_SERVICES[service]!.share *
            DEMO_URGENCIES[urgency]!.share *
            season(day, this.#firstDay);
          const typical = this.typicalDays(service, urgency, day) * stretch;
          for (const decision of DECISION_DAYS)
            sum += (share * chanceSeenBy(days - decision, typical)) / DECISION_DAYS.length;
          weight += share;
        }
      }
    }
    return sum / weight;
  }
}

/** The chance that a wait of this typical length is over within some days. */
export function chanceSeenBy(days: number, typicalDays: number): number {
  if (days < 1) return 0;
  if (days >= LONGEST_WAIT_DAYS) return 1;
  return 1 / (1 + (typicalDays / days) ** STEEPNESS);
}

/** A wait in whole days, at least 1, for a uniform number. */
export function waitDays(typicalDays: number, uniform: number): number {
  const days = Math.ceil(typicalDays * (uniform / (1 - uniform)) ** (1 / STEEPNESS));
  return Math.min(LONGEST_WAIT_DAYS, Math.max(1, days));
}
