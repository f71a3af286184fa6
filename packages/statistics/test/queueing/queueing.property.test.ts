import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  accumulatingPriorityWaits,
  chanceOfWaitBeyond,
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
  type ServiceClass,
  shareBeyondTarget,
  squareRootAssignment,
  squareRootStaffing,
  strictPriorityWaits,
  targetCapacity,
  targetMeanWait,
  targetQueueSize,
  waitingListPressure,
  waitingListStatistics,
} from "../../src/index.ts";

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}
const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe("waiting-list formulas", () => {
  test("do not depend on the size of the list, and meet each other", () => {
    fc.assert(
      fc.property(
        positive(1, 100),
        positive(2, 60),
        positive(1, 9),
        positive(1, 20),
        (demand, target, factor, times) => {
          const size = targetQueueSize(demand, target, factor);
          expect(targetQueueSize(demand * times, target, factor)).toBeCloseTo(size * times, 6);
          // Little's law, and pressure 2 over factor on target.
          expect(size / demand).toBeCloseTo(targetMeanWait(target, factor), 9);
          expect(waitingListPressure(size / demand, target)).toBeCloseTo(2 / factor, 9);
          expect(shareBeyondTarget(targetMeanWait(target, factor), target)).toBeCloseTo(
            Math.exp(-factor),
            9,
          );
          expect(reliefCapacity(demand, size, size, 26)).toBe(demand);
          expect(reliefCapacity(demand, size + 26, size, 26)).toBeCloseTo(demand + 1, 9);
          expect(there(queueLoad(demand * times, demand))).toBeCloseTo(times, 9);
        },
      ),
    );
  });

  test("target capacity rests on demand and rises with variation; by chance alone it is M/M/1's", () => {
    fc.assert(
      fc.property(positive(1, 50), positive(2, 60), positive(0.1, 3), (demand, target, cv) => {
        const still = { variationOfDemand: 0, variationOfCapacity: 0 };
        expect(targetCapacity(demand, target, still)).toBe(demand);
        const some = targetCapacity(demand, target, { variationOfDemand: cv });
        expect(some).toBeGreaterThan(demand);
        expect(targetCapacity(demand, target, { variationOfDemand: cv + 1 })).toBeGreaterThan(some);
        // One server at that capacity: the mean time in the system is the target mean wait.
        const queue = there(multiServerQueue(demand, targetCapacity(demand, target), 1));
        expect(queue.meanTimeInSystem).toBeCloseTo(targetMeanWait(target), 6);
      }),
    );
  });
});

describe("lists of dates", () => {
  const list = fc.array(
    fc.record({
      referral: fc.integer({ min: -30, max: 60 }),
      stay: fc.option(fc.integer({ min: 0, max: 40 })),
    }),
    { minLength: 1, maxLength: 40 },
  );
  const columns = (people: { referral: number; stay: number | null }[]) => ({
    referral: people.map(({ referral }) => referral),
    removal: people.map(({ referral, stay }) => (stay === null ? null : referral + stay)),
  });

  test("queue sizes are a count of people, day by day", () => {
    fc.assert(
      fc.property(list, (people) => {
        const { referral, removal } = columns(people);
        const sizes = queueSizes({ referral, removal }, { from: 0, to: 45 });
        sizes.forEach((size, day) => {
          const there = people.filter(
            (_, i) => referral[i]! <= day && (removal[i] === null || removal[i]! > day),
          );
          expect(size).toBe(there.length);
        });
      }),
    );
  });

  test("the day that is called 0, and the order of people, do not matter; sizes balance flows", () => {
    fc.assert(
      fc.property(list, fc.integer({ min: -500, max: 20_000 }), (people, shift) => {
        const found = waitingListStatistics(columns(people), { from: 0, to: 45 }, 18);
        const moved = people.map(({ referral, stay }) => ({ referral: referral + shift, stay }));
        const period = { from: shift, to: 45 + shift };
        expect(waitingListStatistics(columns(moved.reverse()), period, 18)).toEqual(found);
        const before = queueSizes(columns(people), { from: -1, to: -1 })[0]!;
        expect(found.queueSize).toBe(before + found.referrals - found.removals);
        if (!isAbsent(found.pressure) && !isAbsent(found.meanElapsedWaitWeeks))
          expect(found.pressure).toBeCloseTo((2 * found.meanElapsedWaitWeeks) / 18, 9);
        // Exactly one of the two capacities is called for.
        expect(isAbsent(found.reliefCapacityPerWeek)).toBe(!found.queueTooBig);
        if (found.queueTooBig) expect(isAbsent(found.targetCapacityPerWeek)).toBe(true);
      }),
    );
  });
});

describe("steady queues", () => {
  const stable = fc
    .record({
      servers: fc.integer({ min: 1, max: 40 }),
      use: positive(0.05, 0.97),
      rate: positive(0.1, 10),
    })
    .map(({ servers, use, rate }) => ({ servers, rate, arrivals: use * servers * rate }));

  test("Erlang B and C agree with the sums that define them", () => {
    fc.assert(
      fc.property(stable, ({ servers, rate, arrivals }) => {
        const load = arrivals / rate;
        let term = 1;
        let sum = 1;
        for (let n = 1; n <= servers; n++) {
          term *= load / n;
          sum += term;
        }
        expect(erlangB(load, servers)).toBeCloseTo(term / sum, 9);
        const waiting = (term * servers) / (servers - load);
        expect(there(erlangC(load, servers))).toBeCloseTo(waiting / (sum - term + waiting), 9);
        const queue = there(multiServerQueue(arrivals, rate, servers));
        expect(queue.chanceEmpty).toBeCloseTo(1 / (sum - term + waiting), 9);
      }),
    );
  });

  test("obey Little's law, do not depend on the unit of time, and shorten with another server", () => {
    fc.assert(
      fc.property(stable, positive(0.1, 9), ({ servers, rate, arrivals }, unit) => {
        const queue = there(multiServerQueue(arrivals, rate, servers));
        expect(queue.meanInSystem).toBeCloseTo(arrivals * queue.meanTimeInSystem, 6);
        expect(queue.meanQueue).toBeCloseTo(arrivals * queue.meanWait, 6);
        const other = there(multiServerQueue(arrivals * unit, rate * unit, servers));
        expect(other.meanWait * unit).toBeCloseTo(queue.meanWait, 6);
        const more = there(multiServerQueue(arrivals, rate, servers + 1));
        expect(more.meanWait).toBeLessThan(queue.meanWait);
        const beyond = (time: number) => there(chanceOfWaitBeyond(arrivals, rate, servers, time));
        expect(beyond(0)).toBeCloseTo(queue.chanceOfWaiting, 12);
        expect(beyond(1)).toBeLessThan(beyond(0.5));
      }),
    );
  });

  test("with abandonment: flow balances, more leave when demand rises, and it nears Erlang C as nobody leaves", () => {
    fc.assert(
      fc.property(stable, positive(0.01, 5), ({ servers, rate, arrivals }, leave) => {
        const queue = queueWithAbandonment(arrivals, rate, servers, leave);
        expect(arrivals * queue.chanceOfAbandoning).toBeCloseTo(leave * queue.meanQueue, 9);
        const busier = queueWithAbandonment(arrivals * 1.5, rate, servers, leave);
        expect(busier.chanceOfAbandoning).toBeGreaterThanOrEqual(queue.chanceOfAbandoning);
        const patient = queueWithAbandonment(arrivals, rate, servers, rate * 1e-9);
        const forever = there(multiServerQueue(arrivals, rate, servers));
        expect(patient.chanceOfWaiting).toBeCloseTo(forever.chanceOfWaiting, 5);
        expect(patient.meanQueue / (forever.meanQueue + 1e-6)).toBeLessThan(1 + 1e-4);
      }),
    );
  });

  test("with abandonment: a very large or overloaded service stays finite", () => {
    for (const [arrivals, servers, leave] of [
      [1, 5000, 0.1],
      [100_000, 10, 0.5],
      [3000, 3000, 0.01],
    ] as const) {
      const queue = queueWithAbandonment(arrivals, 1, servers, leave);
      for (const value of Object.values(queue)) expect(Number.isFinite(value)).toBe(true);
    }
    const overloaded = queueWithAbandonment(1000, 1, 10, 0.5);
    expect(overloaded.chanceOfAbandoning).toBeCloseTo(0.99, 6);
  });
});

describe("priorities", () => {
  const classes = fc
    .array(fc.record({ share: positive(0.05, 1), mean: positive(0.2, 3), cv2: positive(0, 3) }), {
      minLength: 1,
      maxLength: 5,
    })
    .chain((list) =>
      positive(0.1, 0.95).map((load) => {
        const sum = list.reduce((all, { share }) => all + share, 0);
        return list.map(
          ({ share, mean, cv2 }): ServiceClass => ({
            arrivalRate: (load * share) / sum / mean,
            meanService: mean,
            meanSquareService: mean * mean * (1 + cv2),
          }),
        );
      }),
    );
  const work = (list: readonly ServiceClass[], waits: readonly number[]) =>
    list.reduce((sum, each, i) => sum + each.arrivalRate * each.meanService * waits[i]!, 0);

  test("every order keeps the conservation law", () => {
    fc.assert(
      fc.property(
        classes,
        fc.array(positive(0.1, 10), { minLength: 5, maxLength: 5 }),
        (list, rates) => {
          const total = there(conservedWait(list));
          const near = (value: number) => expect(value / total).toBeCloseTo(1, 9);
          near(work(list, there(strictPriorityWaits(list))));
          near(work(list, there(accumulatingPriorityWaits(list, rates.slice(0, list.length)))));
        },
      ),
    );
  });

  test("equal rates are first come first served, far apart rates are strict, and only ratios count", () => {
    fc.assert(
      fc.property(classes, positive(0.1, 10), (list, rate) => {
        const same = there(
          accumulatingPriorityWaits(
            list,
            list.map(() => rate),
          ),
        );
        for (const wait of same) expect(wait).toBeCloseTo(same[0]!, 9);
        const apart = there(
          accumulatingPriorityWaits(
            list,
            list.map((_, i) => 1e-9 ** i),
          ),
        );
        there(strictPriorityWaits(list)).forEach((wait, i) => {
          expect(apart[i]! / wait).toBeCloseTo(1, 5);
        });
        const some = list.map((_, i) => i + 1);
        const scaled = accumulatingPriorityWaits(
          list,
          some.map((value) => value * rate),
        );
        there(accumulatingPriorityWaits(list, some)).forEach((wait, i) => {
          expect(there(scaled)[i]).toBeCloseTo(wait, 6);
        });
      }),
    );
  });
});

describe("capacity shared out", () => {
  const groups = fc.array(
    fc.record({ demand: positive(0.5, 30), weight: positive(0.2, 4), variation: positive(0.2, 3) }),
    { minLength: 1, maxLength: 6 },
  );

  test("square roots are the least weighted wait, equal waits the least longest wait", () => {
    fc.assert(
      fc.property(groups, positive(0.5, 20), fc.nat(), fc.nat(), (list, spare, a, b) => {
        const demand = list.map((group) => group.demand);
        const weights = list.map((group) => group.weight);
        const variation = list.map((group) => group.variation);
        const total = demand.reduce((sum, value) => sum + value, spare);
        const cost = (capacity: ArrayLike<number>) =>
          demand.reduce(
            (sum, value, i) => sum + (weights[i]! * value * variation[i]!) / (capacity[i]! - value),
            0,
          );
        const best = there(squareRootAssignment(demand, total, { weights, variation }));
        const level = there(equalWaitAssignment(demand, total, { variation }));
        for (const found of [best, level])
          expect(found.capacity.reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 6);
        expect(Math.max(...level.waits) / Math.min(...level.waits)).toBeCloseTo(1, 9);
        // Moving a little from one group to another never helps.
        const [from, to] = [a % list.length, b % list.length];
        if (from === to) return;
        const moved = Float64Array.from(best.capacity);
        const step = 0.1 * (moved[from]! - demand[from]!);
        moved[from]! -= step;
        moved[to]! += step;
        expect(cost(moved)).toBeGreaterThanOrEqual(cost(best.capacity) - 1e-9);
        expect(Math.max(...best.waits)).toBeGreaterThanOrEqual(level.waits[0]! - 1e-9);
      }),
    );
  });

  test("the terminal wait uses all capacity, leaves nobody above the level and nobody below it who was helped", () => {
    fc.assert(
      fc.property(groups, positive(0, 200), positive(1, 52), (list, capacity, periods) => {
        const demand = list.map((group) => group.demand);
        const queue = list.map((group) => group.weight * 40);
        const plan = equalTerminalWait(demand, queue, capacity, periods);
        let used = 0;
        plan.seen.forEach((seen, i) => {
          const left = queue[i]! + periods * demand[i]! - seen;
          expect(left / demand[i]!).toBeLessThanOrEqual(plan.wait + 1e-6);
          if (seen > 1e-6) expect(left / demand[i]!).toBeCloseTo(plan.wait, 6);
          used += seen;
        });
        if (plan.wait > 0) expect(used).toBeCloseTo(capacity * periods, 4);
        else expect(used).toBeLessThanOrEqual(capacity * periods + 1e-6);
      }),
    );
  });

  test("square-root staffing: its share waiting falls with the margin and is Erlang C's in the large", () => {
    fc.assert(
      fc.property(positive(0.2, 2.5), (beta) => {
        const small = squareRootStaffing(100, beta).chanceOfWaiting;
        expect(squareRootStaffing(100, beta + 0.1).chanceOfWaiting).toBeLessThan(small);
        const servers = 20_000;
        // Solve load + β √load = servers for the load.
        const root = (-beta + Math.sqrt(beta * beta + 4 * servers)) / 2;
        expect(squareRootStaffing(root * root, beta).servers).toBeCloseTo(servers, 6);
        expect(there(erlangC(root * root, servers))).toBeCloseTo(small, 2);
      }),
      { numRuns: 30 },
    );
  });
});
