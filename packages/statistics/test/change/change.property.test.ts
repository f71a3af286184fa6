import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  controlledInterruptedTimeSeries,
  cusum,
  cusumAverageRunLength,
  differenceInDifferences,
  eventStudy,
  gapChange,
  gapTrend,
  interruptedTimeSeries,
  isAbsent,
  levelling,
  type Result,
  regressionToTheMean,
  riskAdjustedAverageRunLength,
  riskAdjustedCusum,
  vlad,
} from "../../src/index.ts";

const number = fc.integer({ min: -40, max: 40 });
const error = fc.integer({ min: 1, max: 9 });
const measured = fc.record({ value: number, standardError: error });
const have = <T>(result: Result<T>): T => {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
};

describe("cusum", () => {
  const series = fc.array(number, { minLength: 1, maxLength: 30 });
  test("turned upside down, high is low", () => {
    fc.assert(
      fc.property(series, (values) => {
        const up = cusum(values, { target: 0, standardDeviation: 4 });
        const down = cusum(
          values.map((value) => -value),
          { target: 0, standardDeviation: 4 },
        );
        expect(down.points.map(({ low, lowCount }) => [low, lowCount])).toEqual(
          up.points.map(({ high, highCount }) => [high, highCount]),
        );
        expect(down.firstSignal).toEqual(up.firstSignal);
      }),
    );
  });
  test("the sum is the greatest of all sums that end here (direct computation)", () => {
    fc.assert(
      fc.property(series, (values) => {
        const { points } = cusum(values, { target: 1, standardDeviation: 2 });
        values.forEach((_, end) => {
          let best = 0;
          for (let from = 0; from <= end; from++)
            best = Math.max(
              best,
              values.slice(from, end + 1).reduce((sum, value) => sum + value - 1 - 1, 0),
            );
          expect(points[end]?.high).toBeCloseTo(best, 9);
        });
      }),
    );
  });
  test("another unit gives the same signals", () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 2, max: 8 }), (values, by) => {
        const plain = cusum(values, { target: 3, standardDeviation: 2 });
        const scaled = cusum(
          values.map((value) => value * by),
          { target: 3 * by, standardDeviation: 2 * by },
        );
        expect(scaled.points.map(({ signal }) => signal)).toEqual(
          plain.points.map(({ signal }) => signal),
        );
      }),
    );
  });
});

describe("cusumAverageRunLength", () => {
  const scheme = fc.record({
    allowance: fc.integer({ min: 2, max: 10 }).map((k) => k / 10),
    decisionInterval: fc.integer({ min: 10, max: 60 }).map((h) => h / 10),
  });
  test("a rise and a fall of one size are found equally soon, and a larger shift sooner", () => {
    fc.assert(
      fc.property(scheme, fc.integer({ min: 0, max: 20 }), (options, tenths) => {
        const at = (shift: number) => have(cusumAverageRunLength({ ...options, shift }));
        expect(at(-tenths / 10) / at(tenths / 10)).toBeCloseTo(1, 8);
        expect(at(tenths / 10 + 0.2)).toBeLessThan(at(tenths / 10));
      }),
      { numRuns: 30 },
    );
  });
  test("Brook and Evans's chain nears the exact length as its states grow", () => {
    fc.assert(
      fc.property(scheme, fc.constantFrom(0, 0.5, 1, 2), (options, shift) => {
        const ask = { ...options, shift, sides: 1 as const };
        const exact = have(cusumAverageRunLength(ask));
        const off = (states: number) =>
          Math.abs(
            have(cusumAverageRunLength({ ...ask, method: "brookEvans", states })) / exact - 1,
          );
        expect(off(80)).toBeLessThan(0.01);
        expect(off(80)).toBeLessThan(off(10) + 1e-9);
      }),
      { numRuns: 20 },
    );
  });
  test("Siegmund's formula is within 6 % for usual schemes", () => {
    for (const decisionInterval of [3, 4, 5])
      for (const shift of [0, 0.25, 0.5, 1, 1.5]) {
        const ask = { decisionInterval, shift };
        const ratio =
          have(cusumAverageRunLength({ ...ask, method: "siegmund" })) /
          have(cusumAverageRunLength(ask));
        expect(Math.abs(ratio - 1)).toBeLessThan(0.06);
      }
  });
  test("a head start shortens the length, most when something is wrong", () => {
    const share = (shift: number) =>
      have(cusumAverageRunLength({ shift, headstart: 2.5 })) /
      have(cusumAverageRunLength({ shift }));
    expect(share(0)).toBeLessThan(1);
    expect(share(1)).toBeLessThan(share(0));
    // Lucas and Crosier (1982), table 1: k 0.5, h 5, headstart h/2: 430 and 6.35.
    expect(have(cusumAverageRunLength({ headstart: 2.5 }))).toBeCloseTo(430, -1);
    expect(have(cusumAverageRunLength({ shift: 1, headstart: 2.5 }))).toBeCloseTo(6.35, 1);
  });
});

const people = fc
  .array(fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 1, max: 99 })), {
    minLength: 1,
    maxLength: 40,
  })
  .map((rows) => ({
    outcomes: rows.map(([outcome]) => outcome),
    risks: rows.map(([, percent]) => percent / 100),
  }));

describe("vlad", () => {
  test("ends at all expected less all observed, whatever the order", () => {
    fc.assert(
      fc.property(people, (data) => {
        const end = vlad(data).at(-1)?.value;
        const back = { outcomes: [...data.outcomes].reverse(), risks: [...data.risks].reverse() };
        expect(vlad(back).at(-1)?.value).toBeCloseTo(end as number, 9);
        const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
        expect(end).toBeCloseTo(sum(data.risks) - sum(data.outcomes), 9);
      }),
    );
  });
  test("the other outcome mirrors it", () => {
    fc.assert(
      fc.property(people, (data) => {
        const other = {
          outcomes: data.outcomes.map((outcome) => 1 - outcome),
          risks: data.risks.map((risk) => 1 - risk),
        };
        vlad(data).forEach(({ value, chance }, i) => {
          expect(vlad(other)[i]?.value).toBeCloseTo(-value, 9);
          expect(vlad(other)[i]?.chance.upper).toBeCloseTo(chance.upper, 9);
        });
      }),
    );
  });
});

describe("riskAdjustedCusum", () => {
  test("never falls below 0, and rises only on the outcome watched for", () => {
    fc.assert(
      fc.property(people, (data) => {
        let before = 0;
        riskAdjustedCusum(data).points.forEach(({ sum }, i) => {
          expect(sum).toBeGreaterThanOrEqual(0);
          if (sum > before) expect(data.outcomes[i]).toBe(1);
          before = sum;
        });
      }),
    );
  });
  test("watching an outcome double is watching its opposite halve", () => {
    fc.assert(
      fc.property(people, (data) => {
        const other = {
          outcomes: data.outcomes.map((outcome) => 1 - outcome),
          risks: data.risks.map((risk) => 1 - risk),
        };
        const sums = riskAdjustedCusum(other, { oddsRatio: 0.5 }).points.map(({ sum }) => sum);
        riskAdjustedCusum(data).points.forEach(({ sum }, i) => {
          expect(sums[i]).toBeCloseTo(sum, 9);
        });
      }),
    );
  });
});

describe("riskAdjustedAverageRunLength", () => {
  test("worse odds are found sooner, and a higher limit later", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 3, max: 60 }), { minLength: 1, maxLength: 6 }),
        (p) => {
          const risks = p.map((percent) => percent / 100);
          const at = (limit: number, trueOddsRatio: number) =>
            have(riskAdjustedAverageRunLength(risks, { limit, trueOddsRatio, states: 60 }));
          expect(at(2, 2)).toBeLessThan(at(2, 1));
          expect(at(2, 3)).toBeLessThan(at(2, 2));
          expect(at(2, 1)).toBeLessThan(at(3, 1));
        },
      ),
      { numRuns: 25 },
    );
  });
  test("agrees with a simulation", () => {
    const risks = [0.05, 0.1, 0.2, 0.4];
    const length = have(riskAdjustedAverageRunLength(risks, { limit: 2 }));
    let state = 12345;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    let steps = 0;
    const runs = 3000;
    for (let run = 0; run < runs; run++) {
      let sum = 0;
      while (sum <= 2) {
        const risk = risks[Math.floor(random() * 4)] as number;
        const outcome = random() < risk ? 1 : 0;
        sum = Math.max(0, sum + outcome * Math.log(2) - Math.log(1 + risk));
        steps++;
      }
    }
    // The run length's spread is about its mean: 4 standard errors are 4/√3000 = 7 %.
    expect(Math.abs(steps / runs / length - 1)).toBeLessThan(0.07);
  });
});

const counts = fc.array(fc.integer({ min: 5, max: 200 }), { minLength: 12, maxLength: 24 });

describe("interruptedTimeSeries", () => {
  test("another unit of exposure changes nothing", () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 1000 }), (events, per) => {
        const one = have(interruptedTimeSeries({ counts: events }, { interruption: 6 }));
        const many = have(
          interruptedTimeSeries(
            { counts: events, exposure: events.map(() => per) },
            { interruption: 6 },
          ),
        );
        expect(many.level.value).toBeCloseTo(one.level.value, 7);
        expect(many.attributed.value).toBeCloseTo(one.attributed.value, 4);
      }),
      { numRuns: 40 },
    );
  });
  test("read backwards, a step up is the same step down", () => {
    fc.assert(
      fc.property(counts, (events) => {
        const on = { interruption: 6, change: "level" } as const;
        const off = { ...on, interruption: events.length - 6 };
        const forth = have(interruptedTimeSeries({ counts: events }, on));
        const back = have(interruptedTimeSeries({ counts: [...events].reverse() }, off));
        expect(back.level.value * forth.level.value).toBeCloseTo(1, 6);
        expect(back.slopeBefore.value * forth.slopeBefore.value).toBeCloseTo(1, 7);
      }),
      { numRuns: 40 },
    );
  });
  test("counts that follow a step exactly give it back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 150 }), fc.integer({ min: 2, max: 30 }), (step, n) => {
        const exact = Array.from(
          { length: 12 + n },
          (_, i) => 1000 * 1.01 ** i * (i >= 6 ? step / 100 : 1),
        );
        const { level } = have(interruptedTimeSeries({ counts: exact }, { interruption: 6 }));
        expect(level.value).toBeCloseTo(step / 100, 6);
      }),
      { numRuns: 40 },
    );
  });
});

describe("controlledInterruptedTimeSeries", () => {
  test("a series is no different from itself, and changing places turns the ratio over", () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 9 }), (events, seed) => {
        const on = { interruption: 6 };
        const other = events.map((count, i) => count + ((i * seed) % 7));
        const [a, b] = [{ counts: events }, { counts: other }];
        const same = have(controlledInterruptedTimeSeries(a, a, on));
        expect(same.level.value).toBeCloseTo(1, 9);
        const forth = have(controlledInterruptedTimeSeries(a, b, on));
        const back = have(controlledInterruptedTimeSeries(b, a, on));
        expect(forth.level.value * back.level.value).toBeCloseTo(1, 7);
        expect(forth.level.standardError).toBeCloseTo(back.level.standardError, 9);
      }),
      { numRuns: 30 },
    );
  });
});

describe("differenceInDifferences", () => {
  const data = fc.record({
    treated: fc.record({ before: measured, after: measured }),
    control: fc.record({ before: measured, after: measured }),
  });
  test("changing places turns the sign", () => {
    fc.assert(
      fc.property(data, ({ treated, control }) => {
        const forth = have(differenceInDifferences({ treated, control }));
        const back = have(differenceInDifferences({ treated: control, control: treated }));
        expect(back.value + forth.value).toBeCloseTo(0, 10);
        expect(back.pValue).toBeCloseTo(forth.pValue, 10);
      }),
    );
  });
  test("a change that comes to all changes nothing", () => {
    fc.assert(
      fc.property(data, number, ({ treated, control }, by) => {
        const later = (pair: typeof treated) => ({
          ...pair,
          after: { ...pair.after, value: pair.after.value + by },
        });
        expect(
          have(differenceInDifferences({ treated: later(treated), control: later(control) })).value,
        ).toBeCloseTo(have(differenceInDifferences({ treated, control })).value, 10);
      }),
    );
  });
});

describe("eventStudy", () => {
  const panel = fc
    .tuple(
      fc.array(fc.array(number, { minLength: 5, maxLength: 5 }), { minLength: 6, maxLength: 9 }),
      fc.constantFrom([1, 2], [2, 2], [3, 2], [4, 4]),
    )
    .map(([values, starts]) => ({
      values,
      firstTreated: values.map((_, i) => starts[i] ?? null),
    }));
  test("place effects and effects of time common to all drop out", () => {
    fc.assert(
      fc.property(panel, fc.array(number, { minLength: 14, maxLength: 14 }), (data, shifts) => {
        const moved = {
          ...data,
          values: data.values.map((row, i) =>
            row.map((value, t) => value + (shifts[i] as number) + (shifts[9 + t] as number)),
          ),
        };
        const plain = have(eventStudy(data));
        have(eventStudy(moved)).points.forEach(({ effect }, k) => {
          const other = plain.points[k]?.effect as typeof effect;
          if (isAbsent(effect) || isAbsent(other)) expect(isAbsent(effect)).toBe(isAbsent(other));
          else expect(effect.value).toBeCloseTo(other.value, 8);
        });
      }),
    );
  });
  test("an effect added to the treated after their start comes back whole", () => {
    fc.assert(
      fc.property(panel, number, (data, by) => {
        const helped = {
          ...data,
          values: data.values.map((row, i) => {
            const start = data.firstTreated[i] ?? null;
            return row.map((value, t) => value + (start !== null && t >= start ? by : 0));
          }),
        };
        const plain = have(eventStudy(data)).overall;
        const more = have(eventStudy(helped)).overall;
        if (isAbsent(plain) || isAbsent(more)) return;
        expect(more.value - plain.value).toBeCloseTo(by, 8);
        expect(more.standardError).toBeCloseTo(plain.standardError, 8);
      }),
    );
  });
  test("too few places are a typed absence", () => {
    expect(
      eventStudy({
        values: [
          [1, 2],
          [2, 3],
        ],
        firstTreated: [1, null],
      }),
    ).toMatchObject({
      absent: "tooFewGroups",
    });
  });
});

describe("gapChange", () => {
  test("turned in time, the sign turns", () => {
    fc.assert(
      fc.property(measured, measured, (before, after) => {
        const forth = have(gapChange(before, after));
        const back = have(gapChange(after, before));
        expect(back.value).toBeCloseTo(-forth.value, 10);
        expect(back.lower).toBeCloseTo(-forth.upper, 10);
      }),
    );
  });
  test("p below 0.05 is an interval without 0", () => {
    fc.assert(
      fc.property(measured, measured, (before, after) => {
        const { lower, upper, pValue } = have(gapChange(before, after));
        expect(lower > 0 || upper < 0).toBe(pValue < 0.05);
      }),
    );
  });
});

describe("gapTrend", () => {
  const rows = fc.array(fc.tuple(number, error), { minLength: 3, maxLength: 20 });
  const series = (of: readonly (readonly [number, number])[]) => ({
    gaps: of.map(([gap]) => gap),
    standardErrors: of.map(([, e]) => e),
  });
  test("an exact line comes back", () => {
    fc.assert(
      fc.property(rows, number, number, (of, start, step) => {
        const line = { ...series(of), gaps: of.map((_, i) => start + step * i) };
        const trend = have(gapTrend(line));
        expect(trend.value).toBeCloseTo(step, 7);
        expect(trend.intercept).toBeCloseTo(start, 7);
      }),
    );
  });
  test("read backwards the slope turns, and another clock scales it", () => {
    fc.assert(
      fc.property(rows, (of) => {
        const forth = have(gapTrend(series(of)));
        const back = have(gapTrend(series([...of].reverse())));
        expect(back.value).toBeCloseTo(-forth.value, 8);
        const yearly = have(gapTrend(series(of), { times: of.map((_, i) => i / 12) }));
        expect(yearly.value).toBeCloseTo(12 * forth.value, 6);
        expect(yearly.pValue).toBeCloseTo(forth.pValue, 8);
      }),
    );
  });
});

describe("levelling", () => {
  const cases = fc
    .array(fc.tuple(measured, measured, fc.integer({ min: -5, max: 5 })), {
      minLength: 2,
      maxLength: 6,
    })
    .map((rows) => ({
      before: rows.map(([before]) => before),
      after: rows.map(([, after]) => after),
      contrast: rows.map(([, , weight]) => weight),
      contrastAfter: rows.map(([, , weight], i) => weight + (i % 2)),
    }));
  test("the parts are the fall, to the last digit", () => {
    fc.assert(
      fc.property(cases, fc.constantFrom("increase", "decrease"), (data, improvement) => {
        const result = levelling({ ...data, improvement });
        if (isAbsent(result)) return;
        const { fall, levellingUp, levellingDown, mix, groups } = result;
        expect(levellingUp + levellingDown + mix).toBeCloseTo(fall.value, 8);
        expect(groups.reduce((sum, { contribution }) => sum + contribution, 0) + mix).toBeCloseTo(
          fall.value,
          8,
        );
        expect(fall.value).toBeCloseTo(Math.abs(result.before) - Math.abs(result.after), 8);
      }),
    );
  });
  test("the sign of the gap does not matter, nor the order of the groups", () => {
    fc.assert(
      fc.property(cases, (data) => {
        const plain = levelling({ ...data, improvement: "decrease" });
        const turned = levelling({
          before: [...data.before].reverse(),
          after: [...data.after].reverse(),
          contrast: data.contrast.map((c) => -c).reverse(),
          contrastAfter: data.contrastAfter.map((c) => -c).reverse(),
          improvement: "decrease",
        });
        if (isAbsent(plain) || isAbsent(turned)) {
          expect(isAbsent(turned)).toBe(isAbsent(plain));
          return;
        }
        expect(turned.fall.value).toBeCloseTo(plain.fall.value, 8);
        expect(turned.levellingDown).toBeCloseTo(plain.levellingDown, 8);
        expect(turned.verdict).toBe(plain.verdict);
      }),
    );
  });
  test("with nobody worse off than before, a closing gap is never flagged", () => {
    fc.assert(
      fc.property(cases, (data) => {
        const after = data.before.map(({ value, standardError }, i) => ({
          value: value - Math.abs(data.after[i]?.value as number),
          standardError,
        }));
        const result = levelling({ ...data, after, improvement: "decrease" });
        if (isAbsent(result)) return;
        expect(result.flagged).toBe(false);
        expect(["levelledUp", "notClosed"]).toContain(result.verdict);
      }),
    );
  });
});

describe("regressionToTheMean", () => {
  const areas = fc.array(measured, { minLength: 5, maxLength: 15 });
  test("the expected value lies between the area's and the mean", () => {
    fc.assert(
      fc.property(areas, measured, (before, after) => {
        const { expectedChange, mean, reliability } = have(regressionToTheMean(before, 0, after));
        const value = before[0]?.value as number;
        expect(reliability).toBeGreaterThanOrEqual(0);
        expect(reliability).toBeLessThan(1);
        expect(value + expectedChange).toBeCloseTo(mean + reliability * (value - mean), 8);
      }),
    );
  });
  test("moving all areas moves nothing else", () => {
    fc.assert(
      fc.property(areas, measured, number, (before, after, by) => {
        const moved = before.map(({ value, standardError }) => ({
          value: value + by,
          standardError,
        }));
        const one = have(regressionToTheMean(before, 2, after));
        const two = have(regressionToTheMean(moved, 2, { ...after, value: after.value + by }));
        expect(two.beyond.value).toBeCloseTo(one.beyond.value, 6);
        expect(two.betweenVariance).toBeCloseTo(one.betweenVariance, 5);
      }),
    );
  });
  test("of areas that differ only by chance, Morris's share for five areas is taken as real", () => {
    const alike = [10, 10.5, 9.5, 10.2, 9.8].map((value) => ({ value, standardError: 3 }));
    const guard = have(regressionToTheMean(alike, 1, { value: 9, standardError: 3 }));
    // 1 − (5 − 3)/(5 − 1): five areas cannot show that their differences are all chance.
    expect(guard.reliability).toBe(0.5);
    expect(guard.expectedChange).toBeCloseTo(-0.25, 10);
  });
  test("four areas are too few", () => {
    const four = [1, 2, 3, 4].map((value) => ({ value, standardError: 1 }));
    expect(regressionToTheMean(four, 0, { value: 1, standardError: 1 })).toMatchObject({
      absent: "tooFewGroups",
    });
  });
});
