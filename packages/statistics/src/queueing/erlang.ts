import { absent, checkCount, type Result } from "../foundation/index.ts";
import { checkAboveZero, checkWhole } from "./check-rate.ts";

/**
 * What share of arrivals finds every server busy when none may wait (Erlang B)? `offeredLoad` is arrivals × mean
 * service time, in servers. By the recursion that never overflows.
 *
 * Erlang (1917).
 *
 * @example
 * ```ts
 * erlangB(5, 5); // => 0.284868
 * ```
 */
export function erlangB(offeredLoad: number, servers: number): number {
  checkCount("offeredLoad", offeredLoad);
  checkWhole("servers", servers);
  let blocked = 1;
  for (let c = 1; c <= servers; c++)
    blocked = (offeredLoad * blocked) / (c + offeredLoad * blocked);
  return blocked;
}

/**
 * What share of arrivals has to wait when all may (Erlang C)? Absent `notReached` where the load is as large as the
 * number of servers: the queue then never settles.
 *
 * @example
 * ```ts
 * erlangC(0.5, 2); // => 0.1
 * ```
 */
export function erlangC(offeredLoad: number, servers: number): Result<number> {
  const blocked = erlangB(offeredLoad, servers);
  if (offeredLoad >= servers)
    return absent(
      "notReached",
      `Demand for ${offeredLoad} servers is not below the ${servers} there are, so the queue grows without end.`,
    );
  return (servers * blocked) / (servers - offeredLoad * (1 - blocked));
}

/** A queue in its steady state; times in the unit of the rates. */
export interface SteadyQueue {
  readonly utilisation: number;
  readonly chanceEmpty: number;
  readonly chanceOfWaiting: number;
  readonly meanQueue: number;
  readonly meanWait: number;
  /** In the queue or in service. */
  readonly meanInSystem: number;
  readonly meanTimeInSystem: number;
}

/**
 * How long is the wait for one of several like servers? The M/M/c queue: arrivals by chance at a steady rate, service
 * times exponential with `serviceRate` a server, first come first served. Absent `notReached` where demand is not below
 * capacity. Real lists with weekly clinics vary less than chance: then this is an upper bound.
 *
 * @example
 * ```ts
 * multiServerQueue(5, 10, 2); // => { utilisation: 0.25, chanceEmpty: 0.6, meanQueue: 0.0333, meanWait: 0.00667 }
 * ```
 */
export function multiServerQueue(
  arrivalRate: number,
  serviceRate: number,
  servers: number,
): Result<SteadyQueue> {
  checkAboveZero("arrivalRate", arrivalRate);
  checkAboveZero("serviceRate", serviceRate);
  const load = arrivalRate / serviceRate;
  const chanceOfWaiting = erlangC(load, servers);
  if (typeof chanceOfWaiting !== "number") return chanceOfWaiting;
  let sum = 1;
  let term = 1;
  for (let n = 1; n < servers; n++) {
    term *= load / n;
    sum += term;
  }
  const last = (term * load) / servers;
  const meanQueue = (chanceOfWaiting * load) / (servers - load);
  const meanWait = meanQueue / arrivalRate;
  return {
    utilisation: load / servers,
    chanceEmpty: 1 / (sum + (last * servers) / (servers - load)),
    chanceOfWaiting,
    meanQueue,
    meanWait,
    meanInSystem: meanQueue + load,
    meanTimeInSystem: meanWait + 1 / serviceRate,
  };
}

/**
 * What share waits longer than a given time in {@link multiServerQueue}?
 *
 * @example
 * ```ts
 * chanceOfWaitBeyond(2, 4, 1, 0.5); // => 0.18394
 * ```
 */
export function chanceOfWaitBeyond(
  arrivalRate: number,
  serviceRate: number,
  servers: number,
  time: number,
): Result<number> {
  checkCount("time", time);
  const queue = multiServerQueue(arrivalRate, serviceRate, servers);
  if ("absent" in queue) return queue;
  return queue.chanceOfWaiting * Math.exp(-(servers * serviceRate - arrivalRate) * time);
}
