import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  binomialProbability,
  controlledInterruptedTimeSeries,
  interruptedTimeSeries,
  isAbsent,
  normalProbability,
  type Result,
  riskAdjustedAverageRunLength,
  ruleSets,
  runChart,
  runsAnalysis,
  uPrimeChart,
} from "../../src/index.ts";

const whole = (min: number, max: number) => fc.integer({ min, max });
const sum = (values: Iterable<number>) => Array.from(values).reduce((a, b) => a + b, 0);

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

test("Laney's u′: the pooled rate, and limits from the moving range of the scores, period by period", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(whole(1, 60), whole(20, 90)), { minLength: 6, maxLength: 30 }),
      (rows) => {
        const chart = uPrimeChart(
          { numerators: rows.map(([y]) => y), denominators: rows.map(([, n]) => n) },
          { rules: ruleSets.limitsOnly },
        );
        const rate = sum(rows.map(([y]) => y)) / sum(rows.map(([, n]) => n));
        const scores = rows.map(([y, n]) => (y / n - rate) / Math.sqrt(rate / n));
        const ranges = scores.slice(1).map((z, i) => Math.abs(z - scores[i]!));
        const ratio = sum(ranges) / ranges.length / 1.128;
        expect(chart.sigmaRatios?.[0]).toBeCloseTo(ratio, 9);
        rows.forEach(([y, n], i) => {
          const point = chart.points[i]!;
          expect(point.value).toBeCloseTo(y / n, 12);
          expect(point.centre).toBeCloseTo(rate, 12);
          if (isAbsent(point.limits)) throw new Error("absent");
          const reach = 3 * ratio * Math.sqrt(rate / n);
          expect(point.limits.upper).toBeCloseTo(rate + reach, 9);
          expect(point.limits.lower).toBeCloseTo(Math.max(0, rate - reach), 9);
        });
        // Twice the events at the same denominators: the rate doubles, and so do the scores' spread by √2.
        const double = uPrimeChart(
          { numerators: rows.map(([y]) => 2 * y), denominators: rows.map(([, n]) => n) },
          { rules: ruleSets.limitsOnly },
        );
        expect(double.sigmaRatios?.[0]).toBeCloseTo(ratio * Math.SQRT2, 8);
      },
    ),
  );
});

const series = fc.array(fc.option(whole(-9, 9), { freq: 8 }), { minLength: 1, maxLength: 60 });

describe("runs", () => {
  test("limits are the 5 % point of coin tosses and the logarithm's; neither side nor direction matters", () => {
    fc.assert(
      fc.property(series, whole(-3, 3), (values, centre) => {
        const found = runsAnalysis(values, centre);
        const useful = values.filter((value) => value !== null && value !== centre).length;
        if (useful === 0) {
          expect(found).toMatchObject({ absent: "allEqual" });
          return;
        }
        const runs = there(found);
        expect(runs.useful).toBe(useful);
        expect(runs.longestRunMaximum).toBe(Math.round(Math.log(useful) / Math.log(2)) + 3);
        // The least number of crossings that tosses stay at or under in at least 5 %.
        let least = 0;
        while (binomialProbability(least, useful - 1, 0.5) < 0.05 * (1 - 1e-12)) least++;
        expect(runs.crossingsMinimum).toBe(least);
        expect(runs.signal).toBe(
          runs.longestRun > runs.longestRunMaximum || runs.crossings < runs.crossingsMinimum,
        );
        const turned = values.map((value) => (value === null ? null : 2 * centre - value));
        expect(runsAnalysis(turned, centre)).toEqual(runs);
        expect(runsAnalysis(values.toReversed(), centre)).toEqual(runs);
        // A period without a value, or on the line, neither breaks a run nor counts.
        const gaps = values.flatMap((value) => [value, null, centre]);
        expect(runsAnalysis(gaps, centre)).toEqual(runs);
      }),
    );
  });

  test("a run chart is the runs about its own median, with as many recorded on either side", () => {
    fc.assert(
      fc.property(series, whole(-20, 20), (values, shift) => {
        const chart = runChart(values);
        const recorded = values.filter((value) => value !== null).sort((a, b) => a - b);
        if (isAbsent(chart)) {
          expect(new Set(recorded).size).toBeLessThan(2);
          return;
        }
        const middle = Math.floor(recorded.length / 2);
        const median =
          recorded.length % 2 === 1
            ? recorded[middle]!
            : (recorded[middle - 1]! + recorded[middle]!) / 2;
        expect(chart.median).toBe(median);
        expect(chart.recorded).toBe(recorded.length);
        expect(chart).toMatchObject(there(runsAnalysis(values, median)));
        const moved = there(
          runChart(values.map((value) => (value === null ? null : 2 * value + shift))),
        );
        expect(moved).toEqual({ ...chart, median: 2 * median + shift });
      }),
    );
  });
});

test("a limit that one step passes: the run length is the time to the first such outcome", () => {
  fc.assert(
    fc.property(
      fc.array(whole(2, 60), { minLength: 1, maxLength: 5 }),
      fc.constantFrom(1, 2, 0.5),
      (percents, trueOddsRatio) => {
        const risks = percents.map((percent) => percent / 100);
        // One outcome adds at least ln 2 − ln(1 + risk), which is over a tiny limit; none adds less than nothing.
        const chance =
          sum(risks.map((p) => (trueOddsRatio * p) / (1 - p + trueOddsRatio * p))) / risks.length;
        const length = there(
          riskAdjustedAverageRunLength(risks, { limit: 1e-3, trueOddsRatio, states: 20 }),
        );
        expect(length * chance).toBeCloseTo(1, 6);
        // Watching for fewer: everybody without the outcome adds, and passes.
        const better = there(
          riskAdjustedAverageRunLength(risks, {
            limit: 1e-6,
            oddsRatio: 0.5,
            trueOddsRatio,
            states: 20,
          }),
        );
        expect(better * (1 - chance)).toBeCloseTo(1, 6);
        // Risks are a list to draw from: said twice, they are the same list.
        const options = { limit: 2, trueOddsRatio, states: 40 };
        expect(
          there(riskAdjustedAverageRunLength([...risks, ...risks].reverse(), options)) /
            there(riskAdjustedAverageRunLength(risks, options)),
        ).toBeCloseTo(1, 9);
      },
    ),
    { numRuns: 40 },
  );
});

test("with a control: step over step and trend over trend, errors squared and added on the logarithm", () => {
  const counts = fc.array(whole(20, 200), { minLength: 14, maxLength: 14 });
  fc.assert(
    fc.property(counts, counts, whole(2, 50), (a, b, per) => {
      const on = { interruption: 6 };
      const both = there(controlledInterruptedTimeSeries({ counts: a }, { counts: b }, on));
      const one = there(interruptedTimeSeries({ counts: a }, on));
      const other = there(interruptedTimeSeries({ counts: b }, on));
      const pairs = [
        [both.level, one.level, other.level],
        [both.trendBefore, one.slopeBefore, other.slopeBefore],
        [there(both.slopeChange), there(one.slopeChange), there(other.slopeChange)],
      ] as const;
      for (const [ratio, treated, control] of pairs) {
        expect(ratio.value / (treated.value / control.value)).toBeCloseTo(1, 9);
        const error = Math.sqrt(treated.standardError ** 2 + control.standardError ** 2);
        expect(ratio.standardError).toBeCloseTo(error, 9);
        expect(Math.log(ratio.upper / ratio.value)).toBeCloseTo(1.959963984540054 * error, 8);
        expect(Math.log(ratio.value / ratio.lower)).toBeCloseTo(1.959963984540054 * error, 8);
        const z = Math.abs(Math.log(ratio.value)) / error;
        expect(ratio.pValue).toBeCloseTo(2 - 2 * normalProbability(z), 8);
      }
      // Everything that happened to both alike goes away.
      const shock = (list: readonly number[]) =>
        list.map((count, i) => count * (i >= 6 ? per / 10 : 1));
      const shaken = there(
        controlledInterruptedTimeSeries({ counts: shock(a) }, { counts: shock(b) }, on),
      );
      expect(shaken.level.value / both.level.value).toBeCloseTo(1, 5);
    }),
    { numRuns: 30 },
  );
});
