import { expect, test } from "vitest";
import {
  differenceInDifferences,
  gapChange,
  gapChart,
  isAbsent,
  ruleSets,
} from "../../src/index.ts";

const measured = (value: number, standardError: number) => ({ value, standardError });

// R 4.2.2: se <- sqrt(1.5^2 + 2^2); -5 + c(-1, 1) * qnorm(0.975) * se; 2 * pnorm(-5 / se).
test("a change of a gap between two periods", () => {
  const before = measured(12, 1.5);
  const after = measured(7, 2);
  expect(gapChange(before, after)).toMatchObject({
    value: -5,
    standardError: 2.5,
    lower: expect.closeTo(-9.89990996135013, 13),
    upper: expect.closeTo(-0.100090038649866, 13),
    pValue: expect.closeTo(0.0455002638963584, 13),
  });
  // qnorm(0.95) in its place.
  expect(gapChange(before, after, { confidence: 0.9 })).toMatchObject({
    lower: expect.closeTo(-9.11213406737868, 13),
    upper: expect.closeTo(-0.887865932621321, 13),
  });
});

// R 4.2.2: m <- lm(c(30, 22, 24, 23) ~ c(1, 1, 0, 0) * c(0, 1, 0, 1), weights = 1 / c(2, 2.5, 1, 1.5)^2);
// the interaction, with sqrt(diag(summary(m)$cov.unscaled)) as its standard error.
test("a difference in differences is the interaction of place and period", () => {
  const effect = differenceInDifferences({
    treated: { before: measured(30, 2), after: measured(22, 2.5) },
    control: { before: measured(24, 1), after: measured(23, 1.5) },
  });
  expect(effect).toMatchObject({
    value: -7,
    treatedChange: -8,
    controlChange: -1,
    standardError: expect.closeTo(3.67423461417477, 13),
    lower: expect.closeTo(-14.201367514533, 12),
    upper: expect.closeTo(0.20136751453296, 12),
    pValue: expect.closeTo(0.0567594463860134, 13),
  });
});

const gaps = [12, 11, 13, 12, 14, 10, 12, 13, 9, 15, 12, 11, 8, 4];
const standardErrors = [1, 2, 1, 1, 1.5, 1, 1.2, 1, 2, 1.5, 1, 1, 1.2, 1.5];
const limitsOf = (chart: ReturnType<typeof gapChart>, i: number) => {
  const limits = chart.points[i]?.limits;
  if (limits === undefined || isAbsent(limits)) throw new Error("no limits");
  return [limits.lower, limits.upper] as const;
};

// R 4.2.2: centre <- weighted.mean(gaps, 1 / se^2); sz <- mean(abs(diff((gaps - centre) / se))) / 1.128;
// centre + c(-3, 3) * se * max(1, sz).
test("a gap chart: precision-weighted centre, and limits stretched by Laney's ratio", () => {
  const chart = gapChart({ gaps, standardErrors }, { rules: ruleSets.limitsOnly });
  expect(chart.points[0]?.centre).toBeCloseTo(11.4021739130435, 12);
  expect(chart.sigmaRatios?.[0]).toBeCloseTo(1.67742949310942, 12);
  const [first, last] = [limitsOf(chart, 0), limitsOf(chart, 13)];
  expect(first[0]).toBeCloseTo(6.36988543371522, 11);
  expect(first[1]).toBeCloseTo(16.4344623923717, 11);
  expect(last[0]).toBeCloseTo(3.85374119405109, 11);
  expect(limitsOf(chart, 1)[1]).toBeCloseTo(21.4667508717, 11);
});

// The same with gaps[c(3, 6, 9)] <- c(20, 3, 18), which scatter more.
test("and with gaps that scatter", () => {
  const wild = gaps.with(2, 20).with(5, 3).with(8, 18);
  const chart = gapChart({ gaps: wild, standardErrors }, { rules: ruleSets.limitsOnly });
  expect(chart.points[0]?.centre).toBeCloseTo(11.6222826086957, 12);
  expect(chart.sigmaRatios?.[0]).toBeCloseTo(3.33293059212347, 12);
  expect(limitsOf(chart, 0)[0]).toBeCloseTo(1.62349083232525, 11);
  expect(limitsOf(chart, 1)[1]).toBeCloseTo(31.6198661614364, 11);
});
