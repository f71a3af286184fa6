import { expect, test } from "vitest";
import {
  areaUnderCurve,
  medianOddsRatio,
  probabilityVpc,
  proportionalChangeInVariance,
  variancePartitionCoefficient,
} from "../../src/index.ts";

// R 4.2.2: v / (v + pi^2 / 3) and exp(sqrt(2 * v) * qnorm(0.75)).
test("share between strata and median odds ratio", () => {
  expect(variancePartitionCoefficient(0.2261481)).toBeCloseTo(0.0643194129289461, 14);
  expect(medianOddsRatio(0.2261481)).toBeCloseTo(1.57399093484069, 13);
  expect(medianOddsRatio(1)).toBeCloseTo(2.59574236904487, 13);
});

// R 4.2.2: integrate() of plogis(eta + u) and of its square over dnorm(u, 0, sqrt(v)); (m2 - m1^2) / (m1 * (1 - m1)).
test.each([
  [0.5, -1, 0.0882656738919142],
  [0.2261481, 0.3, 0.0501532831628107],
  [2, -2, 0.219618734016248],
])("share of the outcome's own variance, %f about %f", (variance, predictor, share) => {
  expect(probabilityVpc(variance, predictor)).toBeCloseTo(share, 11);
});

// R 4.2.2: 1 - 0.0503883 / 0.2261481, the variances that lme4 gives for NHANES with 25 points.
test("change in variance", () => {
  expect(proportionalChangeInVariance(0.2261481, 0.0503883)).toBeCloseTo(0.777188930616707, 13);
});

// R 4.2.2: wilcox.test(score[y == 1], score[y == 0], exact = FALSE)$statistic / (sum(y) * sum(1 - y)).
test("area under the curve, with ties", () => {
  const area = areaUnderCurve([0.1, 0.4, 0.35, 0.8, 0.4], [2, 9, 4, 9, 5], [10, 20, 15, 12, 8]);
  expect(area).toBeCloseTo(0.705459770114943, 13);
});
