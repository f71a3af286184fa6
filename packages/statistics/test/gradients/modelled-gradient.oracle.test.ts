import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { generalisedLinearModel, isAbsent, modelledGradient } from "../../src/index.ts";

// Under-five deaths in India, O'Donnell and others (2008), World Bank, table 8.1; coefficients from R 4.2.2 glm().
// R stops when the deviance changes by less than 1e-8, so that its last printed digits are 1e-8 away from the
// maximum; that ours is the maximum is tested by the score.
const births = [29939, 28776, 26528, 24689, 19739];
const events = [4632, 4400, 3170, 2145, 1072];
const rank = [0.11544215746, 0.34184204641, 0.55508941861, 0.75257767735, 0.9238881477];

const published = [
  ["binomial", "log", [-1.6388863091, -1.0729729811], [0.013505425707, 0.027682755152]],
  ["poisson", "log", [-1.6320355169, -1.0879705385], [0.014665015935, 0.02951265592]],
  ["binomial", "identity", [0.18600828267, -0.13443005826], [0.0019719572611, 0.0030281154604]],
  ["binomial", "logit", [-1.4305292134, -1.2365569179], [0.015971041013, 0.031517000616]],
] as const;

describe("binomial and Poisson regressions of deaths on rank", () => {
  test.each(published)("%s with %s link", (family, link, coefficients, errors) => {
    const fit = generalisedLinearModel(
      { events, denominator: births, predictors: [rank] },
      { family, link },
    );
    if (isAbsent(fit)) throw new Error(fit.message);
    for (const k of [0, 1]) {
      expect(fit.coefficients[k]).toBeCloseTo(coefficients[k] as number, 7);
      expect(fit.standardErrors[k]).toBeCloseTo(errors[k] as number, 8);
      let score = 0;
      for (let i = 0; i < 5; i++) {
        const m = fit.fitted[i] as number;
        const slope = link === "identity" ? 1 : link === "log" ? m : m * (1 - m);
        const variance = family === "poisson" ? m : m * (1 - m);
        const away = (events[i] as number) - (births[i] as number) * m;
        score += ((away * slope) / variance) * (k === 0 ? 1 : (rank[i] as number));
      }
      expect(Math.abs(score) * (fit.standardErrors[k] as number)).toBeLessThan(1e-6);
    }
  });

  test("the ratio and the slope of the file: 0.34199027, −0.13443006", () => {
    const { slope, relative } = modelledGradient({
      rank: [1, 2, 3, 4, 5],
      count: events,
      population: births,
    });
    if (isAbsent(slope) || isAbsent(relative)) throw new Error("absent");
    expect(relative.value).toBeCloseTo(0.34199027, 7);
    expect(relative.model).toBe("log binomial");
    expect(slope.value).toBeCloseTo(-0.13443006, 7);
    expect(slope.model).toBe("identity binomial");
  });
});

const folder = join(import.meta.dirname, "../../../../../shared/cases/methods");
test.skipIf(!existsSync(folder))(
  "the figures above are those of rii_glm in A_smallarea_fdr_power (needs ../shared)",
  () => {
    const { rii_glm: file } = JSON.parse(
      readFileSync(join(folder, "A_smallarea_fdr_power.json"), "utf8"),
    );
    expect([file.births, file.events, file.rank]).toEqual([births, events, rank]);
    const byName = ["log_binomial", "poisson", "identity_binomial", "logit"];
    expect(byName.map((name) => [file[name].coef, file[name].se])).toEqual(
      published.map(([, , coefficients, errors]) => [coefficients, errors]),
    );
    const { slope, relative } = modelledGradient({
      rank: [1, 2, 3, 4, 5],
      count: file.events,
      population: file.births,
    });
    if (isAbsent(slope) || isAbsent(relative)) throw new Error("absent");
    // R stops short of the maximum, by 9e-9 and 4e-8.
    expect(relative.value).toBeCloseTo(file.RII, 7);
    expect(slope.value).toBeCloseTo(file.SII, 7);
  },
);

describe("when a model has no inner maximum", () => {
  test("the ratio comes from Poisson with robust errors and says so", () => {
    const { relative, slope } = modelledGradient({
      rank: [1, 2, 3, 4, 5],
      count: [70, 84, 95, 99, 100],
      population: [100, 100, 100, 100, 100],
    });
    if (isAbsent(relative) || isAbsent(slope)) throw new Error("absent");
    expect(relative.model).toBe("Poisson with robust errors");
    expect(relative.value).toBeGreaterThan(1.2);
    expect(slope.model).toBe("standardised logit");
    expect(slope.value).toBeGreaterThan(0.2);
  });

  test("nobody with the event has no model at all", () => {
    const none = modelledGradient({ rank: [1, 2, 3], count: [0, 0, 0], population: [9, 9, 9] });
    expect(none.slope).toMatchObject({ absent: "allEqual" });
    expect(none.relative).toMatchObject({ absent: "allEqual" });
  });
});

test("standardised logit with age held fixed: everyone's risk at either end", () => {
  const data = {
    rank: [1, 1, 2, 2, 3, 3, 4, 4],
    population: [50, 60, 55, 45, 40, 70, 65, 50],
    count: [20, 35, 18, 22, 10, 30, 12, 18],
    adjustFor: [[0, 1, 0, 1, 0, 1, 0, 1]],
  };
  const { slope, relative } = modelledGradient(data, { model: "logit" });
  if (isAbsent(slope) || isAbsent(relative)) throw new Error("absent");
  // By hand: fit, then everyone's risk at rank 0 and 1.
  const total = 435;
  let below = 0;
  const place = [0, 1, 2, 3].flatMap((k) => {
    const people = (data.population[2 * k] as number) + (data.population[2 * k + 1] as number);
    const r = (below + people / 2) / total;
    below += people;
    return [r, r];
  });
  const fit = generalisedLinearModel(
    { events: data.count, denominator: data.population, predictors: [place, ...data.adjustFor] },
    { family: "binomial" },
  );
  if (isAbsent(fit)) throw new Error(fit.message);
  const [a, b, c] = fit.coefficients as unknown as [number, number, number];
  const risk = (r: number) =>
    data.population.reduce(
      (s, n, i) =>
        s + n / total / (1 + Math.exp(-(a + b * r + c * (data.adjustFor[0]?.[i] as number)))),
      0,
    );
  expect(slope.value).toBeCloseTo(risk(1) - risk(0), 10);
  expect(relative.value).toBeCloseTo(risk(1) / risk(0), 10);
});
