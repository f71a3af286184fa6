import { expect, test } from "vitest";
import { isAbsent, riskAdjustedAverageRunLength, riskAdjustedCusum } from "../../src/index.ts";

const people = {
  outcomes: [1, 0, 1, 1, 0, 0, 1, 1, 0, 1],
  risks: [0.1, 0.2, 0.1, 0.3, 0.4, 0.15, 0.05, 0.5, 0.6, 0.25],
};

// Steiner and others (2000): W = log(R / (1 - p + R p)) with the outcome, log(1 / (1 - p + R p)) without.
// R 4.2.2: Reduce(function(s, w) max(0, s + w), W, accumulate = TRUE).
test("doubled odds", () => {
  const expected = [
    0.597837000755621, 0.415515443961666, 1.01335244471729, 1.44413536080974, 1.10766312418853,
    0.967901181813369, 1.6122581982039, 1.89994027065566, 1.42993664140993, 1.89994027065566,
  ];
  const { points } = riskAdjustedCusum(people);
  points.forEach(({ sum }, i) => {
    expect(sum).toBeCloseTo(expected[i] as number, 13);
  });
});

test("halved odds", () => {
  const expected = [
    0, 0.105360515657826, 0, 0, 0.22314355131421, 0.301105092783922, 0, 0, 0.356674943938732, 0,
  ];
  const { points } = riskAdjustedCusum(people, { oddsRatio: 0.5 });
  points.forEach(({ sum }, i) => {
    expect(sum).toBeCloseTo(expected[i] as number, 13);
  });
});

// With risk 2^(1/3) - 1 and doubled odds the steps are exactly 2 and -1 thirds of log 2, so that the sum moves on a lattice
// of `states` points. R 4.2.2: its transition matrix P by hand, then solve(diag(L) - P, rep(1, L))[1].
test.each([
  [6, 43.4064389275741, 14.1015504175652],
  [10, 170.394451510521, 28.8396647531511],
  [16, 862.02687927984, 52.9813406014395],
])("run lengths where the sum moves on %i points", (states, quiet, alarm) => {
  const limit = ((states - 0.5) * Math.LN2) / 3;
  const length = (trueOddsRatio: number) => {
    const found = riskAdjustedAverageRunLength([Math.cbrt(2) - 1], {
      limit,
      states,
      trueOddsRatio,
    });
    if (isAbsent(found)) throw new Error(found.message);
    return found;
  };
  expect(length(1) / quiet).toBeCloseTo(1, 9);
  expect(length(2) / alarm).toBeCloseTo(1, 9);
});
