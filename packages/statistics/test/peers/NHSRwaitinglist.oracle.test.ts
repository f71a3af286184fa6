import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  isAbsent,
  queueLoad,
  queueSizes,
  type Result,
  reliefCapacity,
  targetCapacity,
  targetMeanWait,
  targetQueueSize,
  waitingListPressure,
  waitingListStatistics,
} from "../../src/index.ts";

// NHSRwaitinglist 0.1.2: what its own tests assert and what it gave for inputs of ours.
const folder = join(import.meta.dirname, "../../../../../shared/cases/peers/NHSRwaitinglist");
const sharedIsThere = existsSync(folder);
const title = sharedIsThere ? "NHSRwaitinglist" : "NHSRwaitinglist (needs ../shared)";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Row = Readonly<Record<string, Json>>;
interface Call {
  readonly fn: string;
  readonly args: Readonly<Record<string, Json>>;
}
interface Expectation {
  readonly expect: string;
  readonly object_expr: string;
  readonly expected?: Json;
  readonly calls: readonly Call[];
}

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const day = (date: string) => Date.parse(date) / 86_400_000;

/** A number or a vector of numbers; undefined for anything else. */
function numbers(value: Json | undefined): number[] | undefined {
  if (typeof value === "number") return [value];
  if (typeof value !== "object" || value === null || !("value" in value)) return undefined;
  if (value.$type !== "vector/numeric") return undefined;
  const list = value.value as readonly Json[];
  return list.length > 0 && list.every((each) => typeof each === "number")
    ? (list as number[])
    : undefined;
}

type Formula = (args: (name: string) => number | undefined) => number;
const formulas: Record<string, Formula> = {
  calc_queue_load: (of) => there(queueLoad(of("demand")!, of("capacity")!)),
  calc_target_mean_wait: (of) => targetMeanWait(of("target_wait")!, of("factor")),
  calc_target_queue_size: (of) => targetQueueSize(of("demand")!, of("target_wait")!, of("factor")),
  calc_relief_capacity: (of) =>
    reliefCapacity(
      of("demand")!,
      of("queue_size")!,
      of("target_queue_size")!,
      of("time_to_target"),
    ),
  calc_target_capacity: (of) =>
    targetCapacity(of("demand")!, of("target_wait")!, {
      factor: of("factor") ?? 4,
      variationOfDemand: of("cv_demand") ?? 1,
      variationOfCapacity: of("cv_capacity") ?? 1,
    }),
  calc_waiting_list_pressure: (of) => waitingListPressure(of("mean_wait")!, of("target_wait")!),
};

function listOf(frame: Json) {
  const { data } = frame as { readonly data: Record<string, readonly (string | null)[]> };
  return {
    referral: data.referral!.map((date) => day(date as string)),
    removal: data.removal!.map((date) => (date === null || date === "NA" ? null : day(date))),
  };
}
function periodOf(args: Readonly<Record<string, Json>>, referral: readonly number[]) {
  const date = (value: Json | undefined) => (typeof value === "string" ? day(value) : undefined);
  return {
    from: date(args.start_date) ?? Math.min(...referral),
    to: date(args.end_date) ?? Math.max(...referral),
  };
}

/** Why a numeric expectation is not one of ours, by what it is about. */
const leftOut = {
  "position of a column": ["_no_call"],
  "rows or dates of a made-up list": ["create_waiting_list", "sim_patients", "wl_simulator"],
  "rows of a data frame": ["wl_insert", "wl_join"],
  "layers of a plot": ["plot_rtt_journey"],
  "bookkeeping of a schedule": ["wl_schedule"],
  "length of a vector of random numbers": ["expect_length", "expect_gt"],
  // It takes 7 over the mean days between removals, counting a removal after the period's end; we take the removals of
  // the period over the days on which somebody was waiting.
  "capacity by another definition": ["capacity_daily", "capacity_weekly"],
};
const reasonFor = (subject: string) =>
  Object.entries(leftOut).find(([, subjects]) => subjects.includes(subject))?.[0];

/** Checks one expectation about a list. */
function checkList(fn: string, { object_expr, calls }: Expectation, wanted: number): void {
  const { args } = calls[0] as Call;
  const list = listOf(args.waiting_list!);
  const period = periodOf(args, list.referral);
  const found = waitingListStatistics(list, period, 4);
  const at = object_expr.match(/queue_size\[(\d+)\]/)?.[1];
  if (at) expect(queueSizes(list, period)[Number(at) - 1]).toBe(wanted);
  else if (object_expr === "result$removal_count") expect(found.removals).toBe(wanted);
  else if (object_expr === "result$mean_wait")
    // Its mean wait is of those still waiting, and in days: 7 times our elapsed weeks.
    expect(there(found.meanElapsedWaitWeeks) * 7).toBeCloseTo(wanted, 9);
  else throw new Error(`no check for ${fn}: ${object_expr}`);
}

describe.skipIf(!sharedIsThere)(title, () => {
  test("its own numeric expectations", () => {
    let covered = 0;
    const skipped: Record<string, number> = {};
    for (const file of readdirSync(folder)) {
      if (!file.endsWith(".json") || file.startsWith("golden")) continue;
      const fn = file.slice(0, -5);
      for (const expectation of read(file).cases as Expectation[]) {
        if (!["expect_equal", "expect_length", "expect_gt"].includes(expectation.expect)) continue;
        const wanted = numbers(expectation.expected);
        if (!wanted) continue;
        const quantity = expectation.object_expr.split("$")[1] ?? "";
        const reason = reasonFor(fn) ?? reasonFor(expectation.expect) ?? reasonFor(quantity);
        const formula = formulas[fn];
        if (reason) skipped[reason] = (skipped[reason] ?? 0) + 1;
        else {
          covered++;
          if (formula)
            wanted.forEach((value, i) => {
              const of = (name: string) => {
                const list = numbers(expectation.calls[0]!.args[name]);
                return list && (list.length === 1 ? list[0] : list[i]);
              };
              expect(formula(of)).toBeCloseTo(value, 6);
            });
          else checkList(fn, expectation, wanted[0]!);
        }
      }
    }
    expect(covered).toBe(27);
    expect(skipped).toEqual({
      "bookkeeping of a schedule": 5,
      "capacity by another definition": 2,
      "layers of a plot": 1,
      "length of a vector of random numbers": 6,
      "position of a column": 6,
      "rows of a data frame": 7,
      "rows or dates of a made-up list": 9,
    });
  });

  test("formulas over grids", () => {
    let inflated = 0;
    const column = (frame: Row, name: string) => (frame.data as Row)[name] as number[];
    const each = (
      file: string,
      fn: string,
      wanted: (outputs: Row) => number[],
      fixed: Row = {},
    ) => {
      const { inputs, outputs } = read(file).cases[0];
      const { grid } = inputs;
      const values = wanted(outputs);
      values.forEach((value, i) => {
        const of = (name: string) =>
          (fixed[name] as number | undefined) ?? (grid.data[name]?.[i] as number | undefined);
        // Its relief capacity divides demand by 1 - 2 × demand × cv / √referrals where that is above 0: as an allowance
        // for uncertain demand it depends on the unit of time (5 a week becomes 10). Ours takes the demand as given.
        const allowance =
          (2 * of("demand")! * (of("cv_demand") ?? 0)) / Math.sqrt(of("num_referrals") || 1);
        if (
          fn === "calc_relief_capacity" &&
          of("num_referrals")! > 0 &&
          allowance > 0 &&
          allowance < 1
        ) {
          const padded = of("demand")! / (1 - allowance) - of("demand")!;
          expect(formulas[fn]!(of) + padded).toBeCloseTo(value, 9);
          inflated++;
        } else expect(formulas[fn]!(of)).toBeCloseTo(value, 9);
      });
      return values.length;
    };
    const plain = (outputs: Row) => outputs.v as number[];
    const named = (name: string) => (outputs: Row) => column(outputs, name);
    const target = "golden_calc_target.json";
    const half = { cv_demand: 0.5, cv_capacity: 1.5 };
    const count =
      each("golden_calc_queue_load.json", "calc_queue_load", plain) +
      each("golden_calc_relief_capacity.json", "calc_relief_capacity", plain) +
      each("golden_calc_waiting_list_pressure.json", "calc_waiting_list_pressure", plain) +
      each(target, "calc_target_queue_size", named("target_queue_size")) +
      each(target, "calc_target_mean_wait", named("target_mean_wait")) +
      each(target, "calc_target_capacity", named("target_capacity_cv1"), {
        cv_demand: 1,
        cv_capacity: 1,
      }) +
      each(target, "calc_target_capacity", named("target_capacity_cv_.5_1.5"), half);
    expect(count).toBe(9 + 216 + 9 + 4 * 60);
    expect(inflated).toBe(12);
  });

  test("eight simulated lists: sizes and waits agree; demand, pressure and precedence are mended", () => {
    let days = 0;
    for (const { inputs, outputs } of read("golden_wl_stats.json").cases) {
      const list = listOf(inputs.data);
      const period = periodOf({}, list.referral);
      const target = Number(inputs.target_wait);
      const found = waitingListStatistics(list, period, target);
      const theirs: Record<string, (number | string)[]> = outputs.wl_stats.data;
      const value = (name: string) => theirs[name]![0] as number;

      expect(Array.from(queueSizes(list, period))).toEqual(outputs.queue_size_daily);
      days += outputs.queue_size_daily.length;
      expect(found.queueSize).toBe(value("queue_size"));
      expect(there(found.meanElapsedWaitWeeks) * 7).toBeCloseTo(value("mean_wait"), 9);
      // Days over weeks: its pressure is 7 times too large.
      expect(there(found.pressure) * 7).toBeCloseTo(value("pressure"), 9);
      // It counts the gaps between referrals, the ends of the period included: one more than there are referrals, over
      // one day less than there are days.
      const length = period.to - period.from;
      expect(value("count_demand")).toBe(found.referrals + 1);
      expect(value("mean_demand")).toBeCloseTo((7 * (found.referrals + 1)) / length, 9);
      expect(found.demandPerWeek).toBeCloseTo((7 * found.referrals) / (length + 1), 9);

      // Its formulas on its own rates are ours.
      const demand = value("mean_demand");
      expect(there(queueLoad(demand, value("mean_capacity")))).toBeCloseTo(value("load"), 9);
      const size = targetQueueSize(demand, target);
      expect(size).toBeCloseTo(value("target_queue_size"), 9);
      if (theirs.queue_too_big![0])
        expect(reliefCapacity(demand, found.queueSize, size)).toBeCloseTo(
          value("relief_capacity"),
          9,
        );
      else {
        const variation = {
          variationOfDemand: value("cv_arrival"),
          variationOfCapacity: value("cv_removal"),
        };
        const capacity = targetCapacity(demand, target, variation);
        expect(capacity).toBeCloseTo(value("target_capacity"), 9);
      }
    }
    expect(days).toBeGreaterThan(2500);
  });

  test("a referral after the period does not count as waiting in it", () => {
    // The filter "removal > end | is.na(removal) & referral <= end" lets such a person in, with a wait below 0.
    const list = { referral: [0, 12], removal: [null, 20] };
    const found = waitingListStatistics(list, { from: 0, to: 10 }, 4);
    expect(found.meanElapsedWaitWeeks).toBeCloseTo(10 / 7, 12);
    expect(found.queueSize).toBe(1);
  });
});
