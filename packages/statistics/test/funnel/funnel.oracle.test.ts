import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  funnel,
  funnelLimits,
  funnelScores,
  isAbsent,
  overdispersion,
  poissonProbability,
} from "../../src/index.ts";

const folder = join(import.meta.dirname, "../../../../../shared/cases/methods");
test.skipIf(!existsSync(folder))(
  "funnel limits and overdispersion of A_smallarea_fdr_power (needs ../shared)",
  () => {
    const { funnel_poisson: limits, overdispersion: spread } = JSON.parse(
      readFileSync(join(folder, "A_smallarea_fdr_power.json"), "utf8"),
    );
    for (const [confidence, level] of [
      [0.95, "95"],
      [0.998, "998"],
    ] as const) {
      const drawn = funnelLimits("standardisedRatio", limits.target, limits.expected_counts, {
        confidence,
      });
      limits.formula[`ll${level}`].forEach((lower: number, i: number) => {
        expect(drawn.lowers[i]).toBeCloseTo(lower, 10);
        expect(drawn.lowers[i]).toBeCloseTo(limits[`ll${level}`][i], 6);
        expect(drawn.uppers[i]).toBeCloseTo(limits[`ul${level}`][i], 5);
        const upper = limits.formula[`ul${level}`]?.[i];
        if (upper !== undefined) expect(drawn.uppers[i]).toBeCloseTo(upper, 9);
      });
    }
    const scores = funnelScores("standardisedRatio", spread.num, spread.den, { target: 1 });
    spread.z.forEach((z: number, i: number) => {
      expect(scores.scores[i]).toBeCloseTo(z, 9);
    });
    const found = overdispersion(scores.scores, scores.deviations);
    if (isAbsent(found)) throw new Error(found.message);
    expect(found.ratio).toBeCloseTo(spread.phi, 9);
    expect(found.betweenVariance).toBeCloseTo(spread.tau2, 12);
    const table = funnel("standardisedRatio", spread.num, spread.den, { target: 1 });
    if (isAbsent(table)) throw new Error(table.message);
    expect(table.units).toHaveLength(6);
    table.units.forEach(({ score }, i) => {
      expect(score).toBeCloseTo(spread.od_z[i], 9);
    });
  },
);

test("limits around 15, 20 and 30 expected events, as qchisq() of R 4.2.2", () => {
  const wide = { confidence: 0.998 };
  const expected = {
    lowers: [0.55969240885, 0.61082597927, 0.67469580071],
    uppers: [1.6493479248, 1.5444188951, 1.4275621798],
    lowest: [0.38626503485, 0.44791066338, 0.5289723599],
  };
  const near = funnelLimits("standardisedRatio", 1, [15, 20, 30]);
  const far = funnelLimits("standardisedRatio", 1, [15, 20, 30], wide);
  [0, 1, 2].forEach((i) => {
    expect(near.lowers[i]).toBeCloseTo(expected.lowers[i] as number, 10);
    expect(near.uppers[i]).toBeCloseTo(expected.uppers[i] as number, 9);
    expect(far.lowers[i]).toBeCloseTo(expected.lowest[i] as number, 10);
  });
});

test("overdispersion of six units (computed with R 4.2.2)", () => {
  const { scores, deviations } = funnelScores(
    "standardisedRatio",
    [100, 150, 180, 80, 120, 225],
    [108, 112, 165, 95, 100, 220],
    { target: 1 },
  );
  expect(overdispersion(scores, deviations)).toMatchObject({
    ratio: expect.closeTo(2.3271782576, 9),
    betweenVariance: expect.closeTo(0.0034397801542, 12),
  });
});

test("interpolated quantiles meet the count's distribution at whole numbers", () => {
  // P(X ≤ 7 | 15) is 0.018: asked for that tail, the limit is 7 exactly.
  const tail = poissonProbability(7, 15);
  const { lowers } = funnelLimits("standardisedRatio", 1, [15], {
    confidence: 1 - 2 * tail,
    limits: "quantile",
  });
  expect((lowers[0] as number) * 15).toBeCloseTo(7, 9);
});

test("score limits of a proportion are where Wilson's interval touches the target", () => {
  const { lowers, uppers } = funnelLimits("proportion", 0.2, [100], { limits: "score" });
  expect(lowers[0]).toBeCloseTo(0.12160144, 8);
  expect(uppers[0]).toBeCloseTo(0.27839856, 8);
});

test("guards are typed", () => {
  expect(funnel("proportion", [1], [2])).toMatchObject({ absent: "tooFewGroups" });
  expect(funnel("proportion", [0, 0], [2, 3])).toMatchObject({ absent: "allEqual" });
  expect(funnel("proportion", [2, 3], [2, 3])).toMatchObject({ absent: "allEqual" });
  expect(() => funnel("proportion", [3, 1], [2, 3])).toThrow(/not of a size/);
  expect(() => funnelLimits("proportion", 1.2, [3])).toThrow(/target/);
  expect(() => funnelScores("proportion", [1], [2], { transformation: "log" })).toThrow(/arcsine/);
});
