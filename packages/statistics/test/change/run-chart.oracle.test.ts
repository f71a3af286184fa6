import { expect, test } from "vitest";
import { isAbsent, runChart, runsAnalysis } from "../../src/index.ts";

const values = [12, 9, 11, 14, 8, 15, 13, 7, 10, 16, 18, 17, 19, 15, 20, 21, 18, 22, 19, 23];

// R 4.2.2: r <- rle(sign(x - median(x))); max(r$lengths); length(r$lengths) - 1; round(log2(20)) + 3; qbinom(0.05, 19, 0.5).
test("longest run and crossings of the median, with Anhøj's limits", () => {
  const expected = {
    longestRun: 9,
    longestRunMaximum: 7,
    crossings: 3,
    crossingsMinimum: 6,
    signal: true,
  };
  const chart = runChart(values);
  if (isAbsent(chart)) throw new Error(chart.message);
  expect(chart).toMatchObject({ median: 15.5, ...expected });
  expect(runsAnalysis(values, 15.5)).toMatchObject(expected);
});
