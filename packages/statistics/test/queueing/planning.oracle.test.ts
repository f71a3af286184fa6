import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  accumulatingPriorityWaits,
  conservedWait,
  equalTerminalWait,
  equalWaitAssignment,
  erlangB,
  erlangC,
  isAbsent,
  multiServerQueue,
  queueLoad,
  queueSizes,
  queueWithAbandonment,
  type Result,
  reliefCapacity,
  squareRootAssignment,
  strictPriorityWaits,
  targetCapacity,
  targetMeanWait,
  targetQueueSize,
  waitingListPressure,
  waitingListStatistics,
} from "../../src/index.ts";

// Every entry of E_planning is a formula and is checked: the equal-wait linear program has a closed form too. The file's
// "pitfalls" are remarks; the mean wait and the filter precedence among them are pinned in
// ../peers/NHSRwaitinglist.oracle.test.ts.
const path = join(import.meta.dirname, "../../../../../shared/cases/methods/E_planning.json");
const sharedIsThere = existsSync(path);
const cases = sharedIsThere ? JSON.parse(readFileSync(path, "utf8")) : undefined;
const title = sharedIsThere ? "E_planning" : "E_planning (needs ../shared)";

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

const day = (date: string) => Date.parse(date) / 86_400_000;

describe.skipIf(!sharedIsThere)(title, () => {
  test("waiting-list formulas", () => {
    const formulas: Record<string, (...given: number[]) => number> = {
      queue_load: (demand, capacity) => there(queueLoad(demand!, capacity!)),
      target_mean_wait: (target, factor) => targetMeanWait(target!, factor),
      target_queue_size: (demand, target, factor) => targetQueueSize(demand!, target!, factor),
      relief_capacity: (demand, queue, size, weeks) =>
        reliefCapacity(demand!, queue!, size!, weeks),
      target_capacity: (demand, target, factor, variationOfDemand, variationOfCapacity) =>
        targetCapacity(demand!, target!, {
          factor: factor!,
          variationOfDemand: variationOfDemand!,
          variationOfCapacity: variationOfCapacity!,
        }),
      pressure: (wait, target) => waitingListPressure(wait!, target!),
    };
    const list = cases.nhsr_waitinglist.cases;
    expect(list).toHaveLength(11);
    for (const { fn, in: given, out } of list) {
      const formula = formulas[fn.match(/^\w+/)[0]]!;
      expect(formula(...given)).toBeCloseTo(out, 6);
    }
  });

  test("queue sizes by day", () => {
    const { referrals, removals, from, to, out } = cases.nhsr_waitinglist.queue_size_series;
    const list = { referral: referrals.map(day), removal: removals };
    expect(Array.from(queueSizes(list, { from: day(from), to: day(to) }))).toEqual(out);
  });

  test.each(["mmc", "mm1"])("steady queue %s", (name) => {
    const [arrivals, service, servers] = cases[name].in;
    const { rho, P0, Pwait, Wq, Lq, L, W } = cases[name].out;
    const queue = there(multiServerQueue(arrivals, service, servers));
    expect(queue.utilisation).toBeCloseTo(rho, 12);
    expect(queue.chanceEmpty).toBeCloseTo(P0, 12);
    expect(queue.chanceOfWaiting).toBeCloseTo(Pwait, 12);
    expect(queue.meanWait).toBeCloseTo(Wq, 12);
    expect(queue.meanQueue).toBeCloseTo(Lq, 12);
    expect(queue.meanInSystem).toBeCloseTo(L, 12);
    expect(queue.meanTimeInSystem).toBeCloseTo(W, 12);
  });

  test("queues that people leave", () => {
    expect(cases.erlang_a.cases).toHaveLength(3);
    for (const { in: given, out } of cases.erlang_a.cases) {
      const [arrivals, service, servers, abandon] = given;
      const queue = queueWithAbandonment(arrivals, service, servers, abandon);
      expect(queue.chanceOfWaiting).toBeCloseTo(out.Pwait, 10);
      expect(queue.meanQueue).toBeCloseTo(out.Lq, 10);
      expect(queue.chanceOfAbandoning).toBeCloseTo(out.Pabandon, 10);
      expect(queue.meanWait).toBeCloseTo(out.Wq, 10);
    }
  });

  test("accumulating priority, its conservation and its limit", () => {
    const { in: given, out, conservation, cobham_high_is_class2 } = cases.apq_kleinrock;
    const classes = given.lam.map((arrivalRate: number, i: number) => ({
      arrivalRate,
      meanService: given.ES[i],
      meanSquareService: given.ES2[i],
    }));
    const waits = there(accumulatingPriorityWaits(classes, given.b));
    waits.forEach((wait, i) => {
      expect(wait).toBeCloseTo(out[i], 12);
    });
    expect(there(conservedWait(classes))).toBeCloseTo(conservation.rhs, 12);
    const work = waits.reduce((sum, wait, i) => sum + given.lam[i] * given.ES[i] * wait, 0);
    expect(work).toBeCloseTo(conservation.lhs, 12);
    there(strictPriorityWaits([...classes].reverse())).forEach((wait, i) => {
      expect(wait).toBeCloseTo(cobham_high_is_class2[i], 12);
    });
  });

  test("capacity shared out by square roots and for equal waits", () => {
    const { lam, C, equal, equity, minmax } = cases.sqrt_capacity_assignment;
    for (const wanted of [equal, equity]) {
      const found = there(squareRootAssignment(lam, C, { weights: wanted.w }));
      found.capacity.forEach((capacity, i) => {
        expect(capacity).toBeCloseTo(wanted.c[i], 10);
        expect(found.waits[i]).toBeCloseTo(wanted.W[i], 10);
      });
      expect(found.meanWait).toBeCloseTo(wanted.mean_wait, 10);
      const weighted = found.waits.reduce((sum, wait, i) => sum + wanted.w[i] * lam[i] * wait, 0);
      expect(weighted).toBeCloseTo(wanted.weighted, 9);
    }
    const level = there(equalWaitAssignment(lam, C));
    expect(Array.from(level.capacity)).toEqual(minmax.c);
    expect(level.waits[0]).toBe(minmax.W);
  });

  test("the equal-wait linear program, by its closed form", () => {
    const lp = cases.lp_equal_wait;
    const found = equalTerminalWait(lp.demand, lp.queue, lp.capacity_total, lp.horizon);
    expect(found.wait).toBeCloseTo(lp.optimal_equal_wait, 10);
    found.seen.forEach((seen, i) => {
      expect(seen).toBeCloseTo(lp.s[i], 8);
    });
  });
});

// Published or computed for this project; holds without ../shared.
test("printed examples of Fong and others, Kleinrock and the birth-death balance", () => {
  expect(targetQueueSize(30, 52)).toBe(390);
  expect(reliefCapacity(30, 1200, 390)).toBeCloseTo(61.1538, 4);
  expect(
    targetCapacity(30, 52, { factor: 3, variationOfDemand: 1.1, variationOfCapacity: 1.2 }),
  ).toBeCloseTo(30.0764, 4);
  expect(waitingListPressure(63, 52)).toBeCloseTo(2.4231, 4);
  const classes = [0.3, 0.4].map((arrivalRate) => ({
    arrivalRate,
    meanService: 1,
    meanSquareService: 2,
  }));
  const waits = there(accumulatingPriorityWaits(classes, [1, 2]));
  expect(waits[0]).toBeCloseTo(2.916667, 6);
  expect(waits[1]).toBeCloseTo(1.895833, 6);
  expect(queueWithAbandonment(10, 1, 10, 0.5).chanceOfWaiting).toBeCloseTo(0.619655230884077, 12);
});

test("pressure is weeks over weeks: a list waited on for 34 days against 18 weeks is at 0.54, not 3.78", () => {
  const list = { referral: [0, 0], removal: [null, null] };
  const found = waitingListStatistics(list, { from: 0, to: 34 }, 18);
  expect(found.meanElapsedWaitWeeks).toBeCloseTo(34 / 7, 12);
  expect(found.pressure).toBeCloseTo(0.54, 2);
});

test("a queue that cannot settle is a typed reason, an impossible call is refused", () => {
  const full = [{ arrivalRate: 1, meanService: 1, meanSquareService: 2 }];
  for (const result of [
    erlangC(2, 2),
    multiServerQueue(10, 1, 10),
    strictPriorityWaits(full),
    accumulatingPriorityWaits(full, [1]),
    conservedWait(full),
    squareRootAssignment([1, 2], 3),
    equalWaitAssignment([1, 2], 3),
  ])
    expect(result).toMatchObject({ absent: "notReached" });
  expect(queueLoad(1, 0)).toMatchObject({ absent: "zeroDenominator" });
  expect(() => erlangB(1, 0)).toThrow(/servers/);
  expect(() => queueWithAbandonment(1, 1, 1, 0)).toThrow(/abandonRate/);
  expect(() => queueSizes({ referral: [2], removal: [1] }, { from: 0, to: 3 })).toThrow(/removal/);
});
