import { StatisticsError } from "../foundation/statistics-error.ts";
import { checkAboveZero, checkWhole } from "./check-rate.ts";

/** A queue that people leave unserved, in its steady state; times in the unit of the rates. */
export interface AbandonedQueue {
  readonly chanceOfWaiting: number;
  readonly meanQueue: number;
  /** The share that gives up. */
  readonly chanceOfAbandoning: number;
  /** Over everyone who arrives, those who give up included. */
  readonly meanWait: number;
}

/**
 * How long is the wait, and how many give up, when people do not wait for ever? The Erlang A queue (M/M/c+M): as
 * {@link multiServerQueue}, and each person waiting leaves at `abandonRate`. It settles at any demand. By the
 * birth-death balance, summed from the middle outwards so that nothing overflows. The flow balances: arrivals × share
 * abandoning = abandon rate × mean queue.
 *
 * A rising demand that is met by people giving up looks like a stable list: read the share abandoning beside the wait.
 *
 * Palm (1957); Garnett, Mandelbaum and Reiman (2002) Manuf Serv Oper Manag 4:208.
 *
 * @example
 * ```ts
 * queueWithAbandonment(10, 1, 10, 0.5); // => { chanceOfAbandoning: 0.103913, meanWait: 0.207826 }
 * ```
 */
export function queueWithAbandonment(
  arrivalRate: number,
  serviceRate: number,
  servers: number,
  abandonRate: number,
): AbandonedQueue {
  checkAboveZero("arrivalRate", arrivalRate);
  checkAboveZero("serviceRate", serviceRate);
  checkWhole("servers", servers);
  checkAboveZero("abandonRate", abandonRate);
  const long = longQueue(arrivalRate, serviceRate * servers, abandonRate);
  if (long !== undefined) return long;
  let below = 0;
  let above = 0;
  let queued = 0;
  let weight = 1;
  for (let n = servers; n > 0; n--) {
    weight *= (n * serviceRate) / arrivalRate;
    below += weight;
    // Weights that grow on the way down are scaled by the total at the end; rescale before they overflow.
    if (below > 1e280) return emptyQueue();
  }
  weight = 1;
  for (let n = servers; weight > 1e-18 * (above + below) || n < servers + 2; n++) {
    above += weight;
    queued += (n - servers) * weight;
    weight *= arrivalRate / (servers * serviceRate + (n + 1 - servers) * abandonRate);
    if (above > 1e280) {
      above *= 1e-280;
      below *= 1e-280;
      queued *= 1e-280;
      weight *= 1e-280;
    }
  }
  const total = below + above;
  const meanQueue = queued / total;
  return {
    chanceOfWaiting: above / total,
    meanQueue,
    chanceOfAbandoning: (abandonRate * meanQueue) / arrivalRate,
    meanWait: meanQueue / arrivalRate,
  };
}

/** The most states that are summed one by one. */
const mostStates = 2e7;

/**
 * Where patience is so long that the queue has tens of millions of states: with demand well over the capacity everybody
 * waits and the queue is what gives up as many as cannot be served.
 */
function longQueue(
  arrivals: number,
  capacity: number,
  abandon: number,
): AbandonedQueue | undefined {
  const spread = Math.sqrt(arrivals / abandon);
  const meanQueue = (arrivals - capacity) / abandon;
  const states = Math.min(
    Math.max(0, meanQueue) + 9 * spread,
    meanQueue < 0 ? 42 / (1 - arrivals / capacity) : Number.POSITIVE_INFINITY,
  );
  if (states <= mostStates) return undefined;
  if (!(meanQueue > 40 * spread && meanQueue < Number.POSITIVE_INFINITY))
    throw new StatisticsError(
      "invalidNumber",
      `invalid abandonRate; too small beside the arrivals to matter: ${abandon}; use multiServerQueue`,
    );
  return {
    chanceOfWaiting: 1,
    meanQueue,
    chanceOfAbandoning: 1 - capacity / arrivals,
    meanWait: meanQueue / arrivals,
  };
}

// The servers so outnumber the demand that the chance of waiting is below 1e-280.
const emptyQueue = (): AbandonedQueue => ({
  chanceOfWaiting: 0,
  meanQueue: 0,
  chanceOfAbandoning: 0,
  meanWait: 0,
});
