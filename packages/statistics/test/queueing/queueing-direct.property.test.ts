import fc from "fast-check";
import { expect, test } from "vitest";
import {
  chanceOfWaitBeyond,
  conservedWait,
  equalTerminalWait,
  equalWaitAssignment,
  erlangB,
  erlangC,
  isAbsent,
  multiServerQueue,
  normalProbability,
  queueLoad,
  queueSizes,
  queueWithAbandonment,
  type Result,
  reliefCapacity,
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

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const whole = (min: number, max: number) => fc.integer({ min, max });
const sum = (values: Iterable<number>) => Array.from(values).reduce((a, b) => a + b, 0);

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

test("a list in balance: load 1, its target size, pressure of twice the factor's share, no relief", () => {
  fc.assert(
    fc.property(real(1, 90), real(2, 60), real(1, 9), real(1, 50), (demand, target, factor, by) => {
      expect(there(queueLoad(demand, demand))).toBe(1);
      expect(there(queueLoad(demand, demand * by))).toBeCloseTo(1 / by, 12);
      expect(there(queueLoad(demand, by)) * there(queueLoad(by, demand))).toBeCloseTo(1, 12);
      expect(targetQueueSize(demand, target, factor)).toBeCloseTo((demand * target) / factor, 9);
      expect(targetQueueSize(demand, target * by, factor * by)).toBeCloseTo(
        targetQueueSize(demand, target, factor),
        8,
      );
      expect(waitingListPressure(target / 2, target)).toBe(1);
      expect(waitingListPressure(by * target, target)).toBeCloseTo(2 * by, 9);
      // Following the relief for its weeks ends at the target, week by week.
      const size = targetQueueSize(demand, target, factor);
      const weeks = Math.ceil(by);
      const capacity = reliefCapacity(demand, size + by * 10, size, weeks);
      let queue = size + by * 10;
      for (let week = 0; week < weeks; week++) queue += demand - capacity;
      expect(queue).toBeCloseTo(size, 6);
    }),
  );
});

test("the share beyond a target is what is left of exponential waits, and waits add their exponents", () => {
  fc.assert(
    fc.property(real(0.5, 60), real(0.5, 60), real(0.5, 60), (mean, target, more) => {
      // Of a wait that ends at a steady rate, step by small step.
      let left = 1;
      for (let i = 0; i < 20_000; i++) left *= 1 - target / mean / 20_000;
      expect(shareBeyondTarget(mean, target)).toBeCloseTo(left, 2);
      expect(shareBeyondTarget(mean, target + more)).toBeCloseTo(
        shareBeyondTarget(mean, target) * shareBeyondTarget(mean, more),
        12,
      );
      expect(shareBeyondTarget(mean * 3, target * 3)).toBeCloseTo(
        shareBeyondTarget(mean, target),
        12,
      );
    }),
    { numRuns: 40 },
  );
});

test("the headroom of a target capacity does not depend on demand, and its two variations count alike", () => {
  fc.assert(
    fc.property(
      real(1, 90),
      real(2, 60),
      real(1, 9),
      real(0, 3),
      real(0, 3),
      (d, target, factor, a, b) => {
        const of = (demand: number, one: number, other: number) =>
          targetCapacity(demand, target, {
            factor,
            variationOfDemand: one,
            variationOfCapacity: other,
          }) - demand;
        expect(of(d, a, b)).toBeCloseTo(of(3 * d, b, a), 8);
        expect(of(d, a, b) * targetMeanWait(target, factor)).toBeCloseTo((a * a + b * b) / 2, 8);
        expect(of(d, 2 * a, 2 * b)).toBeCloseTo(4 * of(d, a, b), 8);
      },
    ),
  );
});

const list = fc.array(fc.record({ referral: whole(-20, 40), stay: fc.option(whole(0, 30)) }), {
  minLength: 1,
  maxLength: 30,
});

test("a list's figures, by looking at every day and person", () => {
  fc.assert(
    fc.property(list, whole(1, 26), (people, target) => {
      const referral = people.map((one) => one.referral);
      const removal = people.map((one) => (one.stay === null ? null : one.referral + one.stay));
      const period = { from: 0, to: 34 };
      const found = waitingListStatistics({ referral, removal }, period, target);
      const came = referral.filter((day) => day >= 0 && day <= 34);
      const left = removal.filter((day): day is number => day !== null && day >= 0 && day <= 34);
      expect([found.referrals, found.removals]).toEqual([came.length, left.length]);
      expect(found.demandPerWeek).toBeCloseTo(came.length / 5, 12);
      // Days on which somebody could have been taken off.
      const open = (day: number) =>
        people.some((_, i) => {
          const [from, to] = [referral[i]!, removal[i] ?? Number.POSITIVE_INFINITY];
          return (from <= day && to > day) || to === day;
        });
      const days = Array.from({ length: 35 }, (_, day) => day).filter(open).length;
      if (days === 0) expect(isAbsent(found.capacityPerWeek)).toBe(true);
      else expect(there(found.capacityPerWeek)).toBeCloseTo((7 * left.length) / days, 9);
      const waiting = people.filter(
        (_, i) => referral[i]! <= 34 && (removal[i] === null || removal[i]! > 34),
      );
      expect(found.queueSize).toBe(waiting.length);
      expect(found.queueSize).toBe(queueSizes({ referral, removal }, period).at(-1));
      if (waiting.length > 0)
        expect(there(found.meanElapsedWaitWeeks)).toBeCloseTo(
          sum(waiting.map((one) => 34 - one.referral)) / waiting.length / 7,
          9,
        );
      expect(found.targetQueueSize).toBeCloseTo((found.demandPerWeek * target) / 4, 9);
      expect(found.queueTooBig).toBe(waiting.length > (found.demandPerWeek * target) / 2);
      if (!isAbsent(found.reliefCapacityPerWeek))
        expect(found.reliefCapacityPerWeek).toBeCloseTo(
          found.demandPerWeek + (waiting.length - found.targetQueueSize) / 26,
          9,
        );
    }),
  );
});

test("Erlang B: none blocked without demand, all but a server's worth by much of it, more demand or fewer servers block more", () => {
  fc.assert(
    fc.property(real(0.01, 60), whole(1, 60), real(0.01, 5), (load, servers, more) => {
      const blocked = erlangB(load, servers);
      expect(erlangB(0, servers)).toBe(0);
      expect(1 - erlangB(servers * 1e6, servers)).toBeCloseTo(1e-6, 9);
      expect(erlangB(load, 1)).toBeCloseTo(load / (1 + load), 12);
      expect(erlangB(load + more, servers)).toBeGreaterThan(blocked);
      expect(erlangB(load, servers + 1)).toBeLessThan(blocked);
      // What is carried can be no more than there are servers.
      expect(load * (1 - blocked)).toBeLessThan(servers);
    }),
  );
});

test("waiting beyond a time: one server's is the load times an exponential, and its area is the mean wait", () => {
  fc.assert(
    fc.property(
      real(0.05, 0.95),
      real(0.1, 9),
      whole(1, 12),
      real(0, 4),
      (use, rate, servers, time) => {
        const arrivals = use * servers * rate;
        const beyond = (t: number) => there(chanceOfWaitBeyond(arrivals, rate, servers, t));
        const single = there(chanceOfWaitBeyond(use * rate, rate, 1, time));
        expect(single).toBeCloseTo(use * Math.exp(-(rate - use * rate) * time), 10);
        // Simpson's rule far into the tail.
        const end = 40 / (servers * rate - arrivals);
        const steps = 4000;
        let area = 0;
        for (let i = 0; i <= steps; i++)
          area += beyond((i * end) / steps) * (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2);
        const mean = there(multiServerQueue(arrivals, rate, servers)).meanWait;
        expect((area * end) / steps / 3 / mean).toBeCloseTo(1, 6);
      },
    ),
    { numRuns: 30 },
  );
});

test("with abandonment at the rate of service, the number there is Poisson whatever the servers", () => {
  fc.assert(
    fc.property(
      real(0.1, 40),
      real(0.1, 5),
      whole(1, 40),
      real(0.1, 9),
      (load, rate, servers, unit) => {
        // Everybody leaves at one rate, served or not: an infinite-server queue.
        const queue = queueWithAbandonment(load * rate, rate, servers, rate);
        let term = Math.exp(-load);
        let waiting = 1;
        let length = 0;
        for (let n = 0; n < 400; n++) {
          if (n < servers) waiting -= term;
          else length += (n - servers) * term;
          term *= load / (n + 1);
        }
        expect(queue.chanceOfWaiting).toBeCloseTo(waiting, 9);
        expect(queue.meanQueue).toBeCloseTo(length, 8);
        expect(queue.chanceOfAbandoning).toBeCloseTo(length / load, 8);
        const other = queueWithAbandonment(load * rate * unit, rate * unit, servers, rate * unit);
        expect(other.meanWait * unit).toBeCloseTo(queue.meanWait, 8);
      },
    ),
  );
});

const groups = fc.array(
  fc.record({ demand: real(0.5, 30), weight: real(0.2, 4), variation: real(0.2, 3) }),
  { minLength: 1, maxLength: 6 },
);

test("shared by square roots or for equal waits: each wait is its variation over its own spare", () => {
  fc.assert(
    fc.property(groups, real(0.5, 40), real(0.1, 9), (many, spare, unit) => {
      const demand = many.map((one) => one.demand);
      const weights = many.map((one) => one.weight);
      const variation = many.map((one) => one.variation);
      const total = sum(demand) + spare;
      const roots = many.map((one) => Math.sqrt(one.weight * one.demand * one.variation));
      const root = there(squareRootAssignment(demand, total, { weights, variation }));
      const level = there(equalWaitAssignment(demand, total, { variation }));
      many.forEach((one, i) => {
        const byRoot = (spare * roots[i]!) / sum(roots);
        const byLevel = (spare * one.variation) / sum(variation);
        expect(root.capacity[i]).toBeCloseTo(one.demand + byRoot, 8);
        expect(level.capacity[i]).toBeCloseTo(one.demand + byLevel, 8);
        expect(root.waits[i]! * byRoot).toBeCloseTo(one.variation, 8);
        expect(level.waits[i]! * byLevel).toBeCloseTo(one.variation, 8);
      });
      for (const found of [root, level])
        expect(found.meanWait).toBeCloseTo(
          sum(demand.map((d, i) => d * found.waits[i]!)) / sum(demand),
          8,
        );
      // Weights count by their ratios alone; another unit of time only rescales.
      const heavier = weights.map((weight) => weight * unit);
      const same = there(squareRootAssignment(demand, total, { weights: heavier, variation }));
      same.capacity.forEach((capacity, i) => {
        expect(capacity).toBeCloseTo(root.capacity[i]!, 8);
      });
      const slow = there(
        equalWaitAssignment(
          demand.map((d) => d * unit),
          total * unit,
          { variation },
        ),
      );
      expect(slow.meanWait * unit).toBeCloseTo(level.meanWait, 6);
    }),
  );
});

test("the terminal wait is the level at which capacity runs out, found by halving", () => {
  fc.assert(
    fc.property(groups, real(0, 200), real(1, 52), (many, capacity, periods) => {
      const demand = many.map((one) => one.demand);
      const queue = many.map((one) => one.weight * 40);
      const used = (wait: number) =>
        sum(demand.map((d, i) => Math.max(0, queue[i]! + periods * d - wait * d)));
      let [low, high] = [0, 1000];
      for (let i = 0; i < 200; i++) {
        const middle = (low + high) / 2;
        if (used(middle) > capacity * periods) low = middle;
        else high = middle;
      }
      const plan = equalTerminalWait(demand, queue, capacity, periods);
      expect(plan.wait).toBeCloseTo(high < 1e-9 ? 0 : high, 6);
      demand.forEach((d, i) => {
        expect(plan.seen[i]).toBeCloseTo(Math.max(0, queue[i]! + periods * d - high * d), 3);
      });
      const back = equalTerminalWait(demand.toReversed(), queue.toReversed(), capacity, periods);
      expect(back.wait).toBeCloseTo(plan.wait, 9);
    }),
  );
});

test("square-root staffing: its margin is β spreads of the number there, and near none everybody waits", () => {
  fc.assert(
    fc.property(real(1, 1e6), real(0.01, 4), real(0.1, 2), (load, beta, more) => {
      const plan = squareRootStaffing(load, beta);
      expect((plan.servers - load) / Math.sqrt(load)).toBeCloseTo(beta, 6);
      expect(squareRootStaffing(load, beta + more).chanceOfWaiting).toBeLessThan(
        plan.chanceOfWaiting,
      );
      expect(squareRootStaffing(4 * load, beta).chanceOfWaiting).toBe(plan.chanceOfWaiting);
      expect(squareRootStaffing(load, 1e-9).chanceOfWaiting).toBeCloseTo(1, 8);
      // Halfin and Whitt's odds of waiting: the density over β times the probability, by a small difference.
      const step = 1e-4;
      const density =
        (normalProbability(beta + step) - normalProbability(beta - step)) / (2 * step);
      const odds = plan.chanceOfWaiting / (1 - plan.chanceOfWaiting);
      expect((odds * beta * normalProbability(beta)) / density).toBeCloseTo(1, 5);
      expect(there(erlangC(1e5, Math.ceil(squareRootStaffing(1e5, beta).servers)))).toBeCloseTo(
        plan.chanceOfWaiting,
        2,
      );
    }),
    { numRuns: 20 },
  );
});

test("the conserved sum is one server's queue for classes alike, whatever the order they go in", () => {
  fc.assert(
    fc.property(
      fc.array(real(0.05, 1), { minLength: 1, maxLength: 5 }),
      real(0.05, 0.95),
      real(0.2, 3),
      (shares, load, mean) => {
        const classes = shares.map((share) => ({
          arrivalRate: (load * share) / sum(shares) / mean,
          meanService: mean,
          meanSquareService: 2 * mean * mean,
        }));
        // Exponential and alike: M/M/1, whose mean wait is load × mean / (1 − load).
        const total = there(conservedWait(classes));
        expect(total / load).toBeCloseTo((load * mean) / (1 - load), 8);
        for (const order of [classes, classes.toReversed()]) {
          const waits = there(strictPriorityWaits(order));
          const found = sum(order.map((one, i) => one.arrivalRate * mean * waits[i]!));
          expect(found / total).toBeCloseTo(1, 9);
          expect(there(conservedWait(order))).toBeCloseTo(total, 8);
        }
      },
    ),
  );
});
