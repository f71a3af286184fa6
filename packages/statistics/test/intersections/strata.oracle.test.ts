import { describe, expect, test } from "vitest";
import {
  additiveExcess,
  isAbsent,
  outstandingStrata,
  poissonStrataModel,
  poissonVpc,
  stepwisePcv,
  strataRanks,
} from "../../src/index.ts";

const there = <T>(result: T) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result as Exclude<T, { absent: unknown }>;
};

describe("additive excess", () => {
  const crossed = { alcohol: [0, 0, 1, 1], smoking: [0, 1, 0, 1] };

  // Oral cancer by alcohol and smoking (Rothman and Keller 1972; Hosmer and Lemeshow 1992, Epidemiology 3:452): cases and
  // controls 3/20, 8/18, 6/12, 225/166. Odds ratios 2.96, 3.33 and 9.04; RERI 3.74.
  test("the excess risk of alcohol with smoking", () => {
    const odds = [1, (8 * 20) / (18 * 3), (6 * 20) / (12 * 3), (225 * 20) / (166 * 3)];
    const excess = there(additiveExcess({ value: odds, lower: odds, upper: odds }, crossed)[3]);
    expect(excess?.relativeExcess).toBeCloseTo(3.74, 2);
    // R 4.2.2: or[4] - or[2] - or[3] + 1.
    expect(excess?.value).toBeCloseTo(3.73984828201696, 12);
  });

  // R 4.2.2: q <- c(12, 30, 25, 60) / c(120, 140, 110, 130) with the limits of prop.test(correct = FALSE); distances to
  // the limits squared and added.
  test("limits by square and add", () => {
    const estimates = {
      value: [12 / 120, 30 / 140, 25 / 110, 60 / 130],
      lower: [0.0581335920260108, 0.154427730578218, 0.15894628523350099, 0.3781784643431],
      upper: [0.166681741108952, 0.289404383918589, 0.314004952201861, 0.547106271133395],
    };
    const excess = there(additiveExcess(estimates, crossed)[3]);
    expect(excess?.value).toBeCloseTo(0.11998001998002, 13);
    expect(excess?.lower).toBeCloseTo(-0.0278948548893307, 12);
    expect(excess?.upper).toBeCloseTo(0.261471311342643, 12);
    expect(excess?.relativeExcess).toBeCloseTo(1.1998001998002, 12);
  });
});

describe("ranks", () => {
  const value = [3, 2, 0, 1.5, 2.2, -1];
  const spread = [0.6, 0.5, 0.8, 1, 0.3, 0.4];
  const z = 1.959963984540054;
  const estimates = {
    value,
    lower: value.map((v, i) => v - z * (spread[i] as number)),
    upper: value.map((v, i) => v + z * (spread[i] as number)),
  };

  // R 4.2.2: 1 + sum(pnorm((mu[-k] - mu[k]) / sqrt(sd[-k]^2 + sd[k]^2))).
  test("expected ranks", () => {
    const expected = [1.31725639875998, 2.87835699746076, 4.98767130154981, 3.45306008618569];
    const { expectedRank } = there(strataRanks(estimates));
    expected.forEach((rank, k) => {
      expect(expectedRank[k]).toBeCloseTo(rank, 12);
    });
  });

  // R 4.2.2: integrate() over dnorm(x, mu[k], sd[k]) of the chance that fewer than h of the others are above x, by
  // convolving their chances pnorm((mu[-k] - x) / sd[-k]).
  test.each([
    [1, [0.776357660151096, 0.0664607079821056, 0.000388014139788251, 0.0824159773894065]],
    [2, [0.924673642712474, 0.32398407795191, 0.00270161681938399, 0.221375823724488]],
    [3, [0.982062772768321, 0.740366636890671, 0.0120167739986013, 0.371689724038712]],
  ])("chances of being among the highest %i", (highest, expected) => {
    const { chanceAmongHighest } = there(strataRanks(estimates, { highest }));
    expected.forEach((chance, k) => {
      expect(chanceAmongHighest[k]).toBeCloseTo(chance, 9);
    });
  });
});

describe("the Poisson form", () => {
  // R 4.2.2: minus the sum of logs of integrate(dpois(y, e * exp(b + u)) * dnorm(u, 0, s)), by optim() and numDeriv's
  // hessian(); lme4's glmer(y ~ 1 + (1 | id) + offset(log(e)), poisson, nAGQ = 25) gives the same to 1e-7.
  test("intercept, variance and error", () => {
    const model = there(
      poissonStrataModel({
        events: [4, 12, 7, 30, 18, 2, 9, 41, 15, 22, 6, 11],
        denominators: [100, 120, 90, 150, 130, 80, 110, 160, 140, 150, 95, 105],
      }),
    );
    expect(model.coefficients[0]).toBeCloseTo(-2.2752697, 7);
    expect(model.variance).toBeCloseTo(0.22355483, 7);
    expect(model.standardErrors[0]).toBeCloseTo(0.1666577, 6);
  });

  // R 4.2.2: m1, m2 by integrate() of exp(eta + u) and its square over dnorm(u, 0, sqrt(v)); b <- m2 - m1^2; b / (b + m1).
  test.each([
    [0.25, Math.log(2), 0.391611264692027],
    [0.0503883, -1, 0.0191239957624565],
    [1, 0.3, 0.792707728870836],
  ])("share of variance %f about %f", (variance, predictor, share) => {
    expect(poissonVpc(variance, predictor)).toBeCloseTo(share, 11);
  });
});

// 2 x 3 x 5 strata, sex changing fastest. R 4.2.2, lme4: glmer(cbind(y, n - y) ~ ... + (1 | s), binomial, nAGQ = 25) with
// nothing, sex, sex + eth, sex + eth + imd.
test("the change in variance, one characteristic after another", () => {
  const size = 30;
  const events = [
    20, 23, 16, 31, 17, 32, 22, 25, 18, 33, 18, 34, 23, 27, 20, 35, 20, 36, 24, 29, 21, 36, 21, 37,
    39, 30, 35, 36, 35, 37,
  ];
  const denominators = Array.from({ length: size }, (_, i) => 40 + (((i + 1) * 11) % 23));
  const code = (before: number, levels: number) =>
    Array.from({ length: size }, (_, i) => Math.floor(i / before) % levels);
  const characteristics = { sex: code(1, 2), ethnicity: code(2, 3), deprivation: code(6, 5) };
  const steps = there(stepwisePcv({ events, denominators, characteristics }));
  const expected = [
    [0.156207467, 0],
    [0.107416924, 0.3123445],
    [0.094011009, 0.3981657],
    [0, 1],
  ] as const;
  expect(steps).toHaveLength(4);
  expected.forEach(([variance, pcv], i) => {
    expect(steps[i]?.model.variance).toBeCloseTo(variance, 6);
    expect(steps[i]?.pcv).toBeCloseTo(pcv, 6);
  });
});

// 4 x 6 strata whose main effects add up but for one stratum, the tenth. R 4.2.2: for each stratum
// m <- glm(cbind(y, n - y) ~ a + b, binomial) without it and without the tenth, e and s its prediction and error; mid-p as
// integrate(dnorm(t) * (pbinom(y, n, plogis(e + s * t)) - dbinom(...) / 2)). Ours leaves out by one Newton step and has a
// weak prior on the effects.
describe("the stratum that stands out", () => {
  const denominators = Array.from({ length: 24 }, (_, i) => [350, 500, 450, 400][i % 4] as number);
  const events = [
    109, 177, 181, 170, 101, 166, 170, 161, 124, 116, 203, 190, 132, 213, 214, 200, 116, 189, 192,
    180, 87, 145, 149, 142,
  ];
  const characteristics = {
    a: events.map((_, i) => i % 4),
    b: events.map((_, i) => i >> 2),
  };
  const found = there(outstandingStrata({ events, denominators, characteristics }));

  test("is the tenth, with glm's prediction and p-value", () => {
    expect(Array.from(found.outstanding)).toEqual([9]);
    expect(found.backgroundStandardDeviation).toBe(0);
    expect(found.expected[9]).toBeCloseTo(0.401823899, 3);
    expect(found.excess.value[9]).toBeCloseTo(-0.1698239, 3);
    expect(found.excess.lower[9]).toBeCloseTo(-0.2204474, 3);
    expect(found.excess.upper[9]).toBeCloseTo(-0.1170301, 3);
    expect(Math.log10(found.pValues[9] as number)).toBeCloseTo(Math.log10(3.75232148e-10), 1);
  });

  test("and every other one lies where glm predicts it", () => {
    const expected = [
      0.309143636159, 0.355337114733, 0.401637204322, 0.426274198926, 0.289094689649,
      0.332388115564, 0.378304037758, 0.400983435871, 0.354260889668,
    ];
    expected.forEach((share, k) => {
      expect(found.expected[k]).toBeCloseTo(share, 3);
      expect(found.pValues[k]).toBeGreaterThan(0.9);
    });
  });
});
