import { describe, expect, test } from "vitest";
import {
  concentrationIndexOfPersons,
  fractionalRank,
  integratedMaihda,
  isAbsent,
  maihda,
  meanLogDeviation,
  modelledGradient,
  populationAttributableFraction,
  relativeIndexOfInequality,
  ruleSets,
  slopeIndexOfInequality,
  theilIndex,
  waitingListPressure,
  waitingListStatistics,
  xmrChart,
} from "../../src/index.ts";

// The known defects of packages in use, one test each, with the right answer typed in: it holds without ../shared.
const there = <T>(result: T) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result as Exclude<T, { absent: unknown }>;
};
const z = 1.959963984540054;

const groups = {
  population: [120, 200, 80, 150, 100],
  value: [0.45, 0.6, 0.375, 0.64, 0.4],
  standardError: [0.04, 0.03, 0.05, 0.035, 0.045],
};

// R 4.2.2: th <- function(q) { m <- sum(f * q); sum(f * q / m * log(q / m)) }; sqrt(sum(numDeriv::grad(th, q)^2 * se^2)).
// 200,000 draws of rnorm(5, q, se) give 0.00744 in place of the 0.00706 of first order.
test("1: Theil's index and the mean log deviation have errors on their own scale, not 1,000 times smaller", () => {
  const theil = there(theilIndex(groups));
  expect(theil.value).toBeCloseTo(0.0205603947932233, 13);
  expect(theil.standardError).toBeCloseTo(0.00705617340884115, 11);
  const deviation = there(meanLogDeviation(groups));
  expect(deviation.value).toBeCloseTo(0.0212417579850586, 13);
  expect(deviation.standardError).toBeCloseTo(0.00751653020554776, 11);
});

// R 4.2.2: m <- glm(cbind(y, n - y) ~ b, binomial); plogis(b0 + b1) - plogis(b0) with the delta method; 4,000 parametric
// bootstraps give 0.0647. With the people as weights once more and HC1 on five rows the error would read 0.0283.
test("2: the slope of a logistic model counts each person once", () => {
  const { slope, relative } = modelledGradient(
    {
      rank: [1, 2, 3, 4, 5],
      population: [80, 95, 160, 105, 110],
      count: [18, 30, 62, 50, 66],
    },
    { model: "logit" },
  );
  expect(slope).toMatchObject({
    value: expect.closeTo(0.41629133880391, 9),
    standardError: expect.closeTo(0.0651629979293311, 8),
  });
  expect(relative).toMatchObject({
    value: expect.closeTo(2.94535085187559, 8),
    standardError: expect.closeTo(0.195529675675437, 7),
  });
});

describe("3: tied ranks are averaged", () => {
  const rank = [1, 2, 1, 3, 2, 3, 1, 2, 3, 3];
  const value = [5, 3, 4, 2, 6, 1, 7, 2, 3, 1];

  // R 4.2.2: (rank(x) - 0.5) / 10.
  test("people of one fifth share the middle of their stretch", () => {
    const expected = [0.15, 0.45, 0.15, 0.8, 0.45, 0.8, 0.15, 0.45, 0.8, 0.8];
    fractionalRank(rank).forEach((r, i) => {
      expect(r).toBeCloseTo(expected[i] as number, 14);
    });
  });

  // R 4.2.2: 2 * cov(v, R) * 9 / 10 / mean(v) with R from rank(x); with ties.method = "first" it is -0.2353, "last" -0.2412.
  test("so that the index does not depend on the order of rows", () => {
    expect(there(concentrationIndexOfPersons({ rank, value })).value).toBeCloseTo(
      -0.238235294117647,
      13,
    );
    const backwards = { rank: [...rank].reverse(), value: [...value].reverse() };
    expect(there(concentrationIndexOfPersons(backwards)).value).toBeCloseTo(-0.238235294117647, 13);
  });
});

describe("4: the limits of slope and ratio are a sum, not 100,000 draws", () => {
  const quintiles = {
    population: [5000, 5200, 4900, 5100, 4800],
    value: [82.1, 80.4, 78, 77.5, 74.9],
    standardError: [0.5, 0.45, 0.5, 0.55, 0.6],
  };
  const slope = there(slopeIndexOfInequality(quintiles));
  const ratio = there(relativeIndexOfInequality(quintiles));

  // R 4.2.2: H <- solve(t(X) %*% (a * X)) %*% t(X * a); B <- H %*% value; V <- H %*% diag(se^2) %*% t(H); the ratio's limits
  // by polyroot() of Fieller's quadratic.
  test("with every digit", () => {
    expect(slope.value).toBeCloseTo(-8.59230923092305, 11);
    expect(slope.standardError).toBeCloseTo(0.851295009451242, 12);
    expect(slope.lower).toBeCloseTo(-10.2608167896662, 11);
    expect(slope.upper).toBeCloseTo(-6.92380167217993, 11);
    expect(ratio.value).toBeCloseTo(0.896376019572909, 13);
    expect(ratio.lower).toBeCloseTo(0.877377960406711, 12);
    expect(ratio.upper).toBeCloseTo(0.915723028426497, 12);
  });

  // R 4.2.2: quantile(., c(0.025, 0.975)) of slope and ratio over 100,000 draws of rnorm(5, value, se), seeds 1, 2, 3.
  test("about which draws scatter from seed to seed", () => {
    const drawn = [
      [-10.2661620524321, -6.91588143718993, 0.877323069915367, 0.915792822907974],
      [-10.2537934098718, -6.91000378827279, 0.877481767916221, 0.915875807463477],
      [-10.2562595360174, -6.92314917019838, 0.877456395317852, 0.915700773808824],
    ];
    const limits = [slope.lower, slope.upper, ratio.lower, ratio.upper];
    const errors = [slope, slope, ratio, ratio].map(({ lower, upper }) => (upper - lower) / 2 / z);
    for (const seed of drawn)
      seed.forEach((limit, k) => {
        const off = Math.abs(limit - (limits[k] as number)) / (errors[k] as number);
        expect(off).toBeGreaterThan(0);
        expect(off).toBeLessThan(0.03);
      });
  });
});

describe("5: who is waiting, and for how long", () => {
  // By hand: day 10 finds the first person waiting since day 0 and the second since day 4. The third came and was seen in
  // between; the fourth comes and goes afterwards, and "removed > end, or not removed and referred <= end" would count it.
  const list = { referral: [0, 4, 2, 12], removal: [null, 14, 6, 20] };
  const found = waitingListStatistics(list, { from: 0, to: 10 }, 4);

  test("those referred after the period are not waiting in it", () => {
    expect(found.queueSize).toBe(2);
    expect(found.referrals).toBe(3);
    expect(found.removals).toBe(1);
  });

  test("the wait so far is called so, in weeks", () => {
    expect(found.meanElapsedWaitWeeks).toBeCloseTo((10 + 6) / 2 / 7, 13);
    expect(found).not.toHaveProperty("meanWait");
  });
});

// 2 x 3 x 5 strata. R 4.2.2, lme4: glmer(cbind(y, n - y) ~ sex + eth + imd + (1 | s), binomial, nAGQ = 25) is singular, with
// a variance of 0 where the null model has 0.1562: a change in variance of 100 %, "fully additive". The counts were made
// with departures of 0.25 (0.35 times a sine).
test("6: a variance of 0 by maximum likelihood is not read as nothing", () => {
  const size = 30;
  const code = (before: number, levels: number) =>
    Array.from({ length: size }, (_, i) => Math.floor(i / before) % levels);
  const strata = {
    events: [
      20, 23, 16, 31, 17, 32, 22, 25, 18, 33, 18, 34, 23, 27, 20, 35, 20, 36, 24, 29, 21, 36, 21,
      37, 39, 30, 35, 36, 35, 37,
    ],
    denominators: Array.from({ length: size }, (_, i) => 40 + (((i + 1) * 11) % 23)),
    characteristics: { sex: code(1, 2), ethnicity: code(2, 3), deprivation: code(6, 5) },
  };
  const usual = there(maihda(strata));
  expect(usual.main.model.variance).toBeCloseTo(0, 6);
  expect(usual.main.pcv).toBeCloseTo(1, 6);
  expect(usual.main.model.atBoundary).toBe(true);
  expect(usual.cautions.join(" ")).toMatch(/does not show that effects only add up/);
  const honest = there(integratedMaihda(strata));
  expect(honest.standardDeviation.lower).toBeGreaterThan(0);
  expect(honest.standardDeviation.upper).toBeGreaterThan(0.2);
  expect(honest.additiveShare.lower).toBeLessThan(0.9);
  // Usual practice gives departures no interval at all here: every conditional variance is 0.
  expect(Math.max(...usual.main.model.effectVariances)).toBeCloseTo(0, 6);
  honest.departures.upper.forEach((upper, k) => {
    expect(upper - (honest.departures.lower[k] as number)).toBeGreaterThan(0.1);
  });
});

// R 4.2.2: (q[4] - sum(f * q)) / sum(f * q), delta method by numDeriv::grad(). On the percentage scale with the error of the
// fraction it would read 22.2 to 22.5.
test("7: an attributable fraction and its error are on one scale", () => {
  const fraction = there(populationAttributableFraction(groups, { reference: 3 }));
  expect(fraction.value).toBeCloseTo(0.223529411764706, 13);
  expect(fraction.standardError).toBeCloseTo(0.0594965236929147, 11);
  expect(fraction.lower).toBeCloseTo(0.106918368121259, 10);
  expect(fraction.upper).toBeCloseTo(0.340140455408153, 10);
});

// Fong and others (2022): twice the mean wait over the target, both in weeks. 34 days against 18 weeks is 0.54, not 3.78.
test("8: pressure is weeks over weeks", () => {
  expect(waitingListPressure(34 / 7, 18)).toBeCloseTo(0.54, 2);
  const list = { referral: [0, 0], removal: [null, null] };
  const found = waitingListStatistics(list, { from: 0, to: 34 }, 18);
  expect(found.pressure).toBeCloseTo(34 / 7 / 9, 12);
});

describe("9: the run rule says which it is", () => {
  // Six points above the mean of 10 in a row, then seven; none beyond the limits, none in a trend.
  const before = [9, 11, 9, 11, 8, 9, 8];
  const six = [...before, 11, 12, 11, 12, 11, 12, 8, 9, 8, 9, 11, 9];
  const seven = six.with(before.length + 6, 11);
  const shifts = (values: readonly number[], rules: (typeof ruleSets)[keyof typeof ruleSets]) =>
    xmrChart(values, { rules }).points.filter(({ signals }) =>
      signals.some(({ rule }) => rule === "shift"),
    ).length;

  test("six points are a shift in Making Data Count 5.0 and none in Plot the dots 0.2.2", () => {
    expect(shifts(six, ruleSets.makingDataCount5)).toBe(6);
    expect(shifts(six, ruleSets.plotTheDots)).toBe(0);
  });

  test("seven are a shift in both, eight in Western Electric's, nine in Nelson's", () => {
    expect(shifts(seven, ruleSets.makingDataCount5)).toBe(7);
    expect(shifts(seven, ruleSets.plotTheDots)).toBe(7);
    expect(shifts(seven, ruleSets.westernElectric)).toBe(0);
    expect(shifts(seven, ruleSets.nelson)).toBe(0);
    expect([ruleSets.westernElectric.shift, ruleSets.nelson.shift]).toEqual([8, 9]);
  });

  test("and every chart carries the name and version of its set", () => {
    expect(xmrChart(six).rules).toMatchObject({ id: "making-data-count", version: "5.0" });
    expect(xmrChart(six, { rules: ruleSets.plotTheDots }).rules).toMatchObject({
      id: "plot-the-dots",
      version: "0.2.2",
    });
  });
});
