import {
  absent,
  checkCount,
  checkLengths,
  normalProbability,
  type Result,
  StatisticsError,
} from "../foundation/index.ts";
import { checkAboveZero } from "./check-rate.ts";

/**
 * How many servers keep waiting in hand without waste? Square-root staffing: load + β √load. Halfin and Whitt's
 * approximation gives the share that waits, 1 / (1 + β Φ(β)/φ(β)), which depends on β alone. Round the servers up; β
 * about 1 makes one arrival in five wait.
 *
 * Halfin and Whitt (1981) Oper Res 29:567.
 *
 * @example
 * ```ts
 * squareRootStaffing(100, 1); // => { servers: 110, chanceOfWaiting: 0.2234 }
 * ```
 */
export function squareRootStaffing(
  offeredLoad: number,
  beta: number,
): { readonly servers: number; readonly chanceOfWaiting: number } {
  checkAboveZero("offeredLoad", offeredLoad);
  checkAboveZero("beta", beta);
  const density = Math.exp((-beta * beta) / 2) / Math.sqrt(2 * Math.PI);
  return {
    servers: offeredLoad + beta * Math.sqrt(offeredLoad),
    chanceOfWaiting: 1 / (1 + (beta * normalProbability(beta)) / density),
  };
}

/** Capacity shared out among groups, in people per unit of time. */
export interface CapacityAssignment {
  readonly capacity: Float64Array;
  /** Mean wait of each group, in units of time. */
  readonly waits: Float64Array;
  /** Mean wait over all people. */
  readonly meanWait: number;
}

export interface CapacityAssignmentOptions {
  /** How much a person's wait counts, by group. Default 1 each. */
  readonly weights?: ArrayLike<number>;
  /** How variable each group's flow is: 1 (default) by chance, (cv² of arrivals + cv² of service) / 2 otherwise. */
  readonly variation?: ArrayLike<number>;
}

function check(demand: ArrayLike<number>, total: number, options: CapacityAssignmentOptions) {
  const groups = demand.length;
  const weights = Float64Array.from(options.weights ?? new Array<number>(groups).fill(1));
  const variation = Float64Array.from(options.variation ?? new Array<number>(groups).fill(1));
  checkLengths({ demand, weights, variation });
  for (let i = 0; i < groups; i++) {
    checkAboveZero(`demand[${i}]`, demand[i] as number);
    checkAboveZero(`weights[${i}]`, weights[i]!);
    checkAboveZero(`variation[${i}]`, variation[i]!);
  }
  if (groups === 0) throw new StatisticsError("invalidOption", "invalid demand; no groups given");
  checkCount("total", total);
  const sum = Array.from(demand).reduce((all, value) => all + value, 0);
  return { weights, variation, sum };
}

const tooLittle = (total: number, sum: number) =>
  absent(
    "notReached",
    `A capacity of ${total} is not above the demand of ${sum}, so the list grows however it is shared out.`,
  );

function assigned(
  demand: ArrayLike<number>,
  variation: Float64Array,
  spare: Float64Array,
  sum: number,
): CapacityAssignment {
  const waits = spare.map((extra, i) => variation[i]! / extra);
  return {
    capacity: spare.map((extra, i) => (demand[i] as number) + extra),
    waits,
    meanWait: waits.reduce((all, wait, i) => all + wait * (demand[i] as number), 0) / sum,
  };
}

/**
 * How should a fixed capacity be shared out so that the weighted sum of waits is smallest? Kleinrock's square-root
 * assignment: each group gets its demand, and the spare in proportion to √(weight × demand × variation). Waits are
 * variation / (capacity - demand). It favours large groups: small ones wait longer, which {@link equalWaitAssignment}
 * does not allow. Absent `notReached` where capacity is not above demand.
 *
 * Kleinrock (1964), Communication Nets.
 *
 * @example
 * ```ts
 * squareRootAssignment([10, 8, 6, 4], 30).meanWait; // => 1.946387
 * ```
 */
export function squareRootAssignment(
  demand: ArrayLike<number>,
  total: number,
  options: CapacityAssignmentOptions = {},
): Result<CapacityAssignment> {
  const { weights, variation, sum } = check(demand, total, options);
  if (total <= sum) return tooLittle(total, sum);
  const roots = weights.map((weight, i) =>
    Math.sqrt(weight * (demand[i] as number) * variation[i]!),
  );
  const all = roots.reduce((added, root) => added + root, 0);
  return assigned(
    demand,
    variation,
    roots.map((root) => ((total - sum) * root) / all),
    sum,
  );
}

/**
 * How should a fixed capacity be shared out so that the longest mean wait is as short as it can be? All groups then wait
 * the same: the spare goes in proportion to variation. Absent `notReached` where capacity is not above demand.
 *
 * @example
 * ```ts
 * equalWaitAssignment([10, 8, 6, 4], 30); // => { meanWait: 2, capacity: [10.5, 8.5, 6.5, 4.5] }
 * ```
 */
export function equalWaitAssignment(
  demand: ArrayLike<number>,
  total: number,
  options: Pick<CapacityAssignmentOptions, "variation"> = {},
): Result<CapacityAssignment> {
  const { variation, sum } = check(demand, total, options);
  if (total <= sum) return tooLittle(total, sum);
  const all = variation.reduce((added, value) => added + value, 0);
  return assigned(
    demand,
    variation,
    variation.map((value) => ((total - sum) * value) / all),
    sum,
  );
}

/** What each group gets over a period, and the wait that is left at its end. */
export interface TerminalWaitAssignment {
  /** The longest of the groups' queue ÷ demand at the end, in units of time. */
  readonly wait: number;
  /** People seen over the whole period, by group. */
  readonly seen: Float64Array;
}

/**
 * How should capacity over a period be shared out so that, at its end, the longest wait of any group (its queue over its
 * demand) is as short as it can be? Filled like water: groups above the common level are brought down to it, others get
 * nothing. The closed form of the linear program with one constraint on capacity.
 *
 * @example
 * ```ts
 * const plan = equalTerminalWait([10, 20, 30], [100, 100, 100], 66, 26);
 * plan; // => { wait: 2.4, seen: [336, 572, 808] }
 * ```
 */
export function equalTerminalWait(
  demand: ArrayLike<number>,
  queue: ArrayLike<number>,
  capacity: number,
  periods: number,
): TerminalWaitAssignment {
  const groups = checkLengths({ demand, queue });
  checkCount("capacity", capacity);
  checkAboveZero("periods", periods);
  const work = new Float64Array(groups);
  for (let i = 0; i < groups; i++) {
    checkAboveZero(`demand[${i}]`, demand[i] as number);
    checkCount(`queue[${i}]`, queue[i] as number);
    work[i] = (queue[i] as number) + periods * (demand[i] as number);
  }
  const level = (i: number) => work[i]! / (demand[i] as number);
  const highFirst = Array.from(work, (_, i) => i).sort((a, b) => level(b) - level(a));
  let workAbove = 0;
  let demandAbove = 0;
  let wait = 0;
  highFirst.forEach((i, at) => {
    workAbove += work[i]!;
    demandAbove += demand[i] as number;
    const next = highFirst[at + 1];
    const candidate = (workAbove - capacity * periods) / demandAbove;
    if (candidate > wait && (next === undefined || candidate >= level(next))) wait = candidate;
  });
  return { wait, seen: work.map((all, i) => Math.max(0, all - wait * (demand[i] as number))) };
}
