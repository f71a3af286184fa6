import { expect, test } from "vitest";
import { designVariance, isAbsent, slopeIndexFromCounts, surveyGradient } from "../../src/index.ts";

// Forty people of five ranks, in two strata of five clusters each. Ranks are (cumsum(t) - t / 2) / sum(t), t the weights
// of each rank; m <- lm(value ~ R, weights = w).
const weight = [
  1.16, 1.43, 1.93, 2.77, 1, 2.75, 2.86, 2.15, 2.07, 0.65, 1.01, 0.94, 2.22, 1.46, 2.42, 1.74, 2.29,
  2.98, 1.45, 2.44, 2.84, 1.03, 2.13, 0.81, 1.17, 1.47, 0.53, 1.46, 2.67, 1.35, 1.71, 2, 1.73, 0.97,
  2.57, 2.17, 2.49, 0.77, 2.31, 1.53,
];
const value = [
  9.9, 9.8, 9.1, 7, 9.6, 8.9, 8.8, 7.5, 7.5, 8.4, 9.4, 7.9, 8.4, 7.9, 6.6, 7.6, 6.6, 6.9, 8.1, 7.8,
  6.8, 6.7, 7.7, 7.6, 5.3, 5.3, 6.4, 6.8, 5.9, 6.9, 6.4, 5.4, 5.3, 3.9, 6.4, 7, 4.6, 4, 5.6, 4.9,
];
const rank = value.map((_, i) => 1 + Math.floor(i / 8));
const stratum = value.map((_, i) => 1 + (i % 2));
const cluster = value.map((_, i) => 1 + (Math.floor(i / 2) % 5));
const gradient = (design: object) => {
  const found = surveyGradient({ rank, value, weight, ...design });
  if (isAbsent(found)) throw new Error(found.message);
  return found;
};

// R 4.2.2: coef(m); inf <- (X * w * resid(m)) %*% solve(t(X) %*% (w * X)); for each stratum k / (k - 1) * crossprod of
// its clusters' sums of inf less their mean.
test("slope and error with weights, strata and clusters", () => {
  const { slope } = gradient({ stratum, cluster });
  expect(slope.value).toBeCloseTo(-4.05028989284059, 12);
  expect(slope.standardError).toBeCloseTo(0.467089140804744, 12);
  expect(slope.lower).toBeCloseTo(-4.96576778638764, 12);
  expect(slope.upper).toBeCloseTo(-3.13481199929353, 12);
});

// R 4.2.2, polyroot(): the two ratios r at which (least - r * most)^2 = z^2 Var(least - r * most).
test("Fieller's limits of the ratio of the two ends", () => {
  const { relative } = gradient({ stratum, cluster });
  expect(relative).toMatchObject({
    value: expect.closeTo(0.553986265770137, 12),
    lower: expect.closeTo(0.482867474186386, 12),
    upper: expect.closeTo(0.633394742940966, 12),
  });
});

// R 4.2.2, sandwich: sqrt(vcovHC(m, type = "HC0") * 40 / 39).
test("with weights alone the error is the robust one", () => {
  expect(gradient({}).slope.standardError).toBeCloseTo(0.563050306696405, 12);
});

// R 4.2.2, sandwich: vcovCL(m, cluster, type = "HC0", cadjust = TRUE), ten clusters in one stratum.
test("with clusters alone it is the cluster-robust one", () => {
  const named = cluster.map((c, i) => `${stratum[i]} ${c}`);
  expect(gradient({ cluster: named }).slope.standardError).toBeCloseTo(0.472318022031971, 12);
});

// R 4.2.2: the same of the values themselves.
test("variance of a sum under the design", () => {
  expect(designVariance(value, { stratum, cluster })).toBeCloseTo(49.55, 11);
});

// R 4.2.2: q <- y / n; b <- (cumsum(n) - n / 2) / sum(n); coef(lm(q ~ b, weights = n)), and H V H' with
// H <- solve(t(X) %*% (n * X)) %*% t(X * n), V <- diag(q * (1 - q) / (n - 1)).
test("a slope index from counts", () => {
  const out = new Float64Array(7);
  const z = 1.959963984540054;
  slopeIndexFromCounts([90, 110, 100, 130, 70], [40, 38, 33, 30, 12], 5, z, out, 1);
  const expected = [
    -0.309547738693467, -0.448658501783167, -0.170436975603768, 0.0709761833314222,
    0.460773869346734, 0.151226130653266,
  ];
  expected.forEach((x, i) => {
    expect(out[i + 1]).toBeCloseTo(x, 13);
  });
  expect(out[0]).toBe(0);
});
