import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  concentrationIndex,
  concentrationIndexOfPersons,
  decomposeConcentrationIndex,
  fractionalRank,
  isAbsent,
} from "../../src/index.ts";

// Under-five deaths in India 1982–92 by wealth quintile, O'Donnell and others (2008), World Bank, table 8.1: published
// C = −0.1694. Errors and variants worked out independently; the bootstrap had 20,000 multinomial draws.
const births = [29939, 28776, 26528, 24689, 19739];
const u5mr = [0.1547, 0.1529, 0.1195, 0.0869, 0.0543];
const india = { population: births, count: births.map((n, i) => n * (u5mr[i] as number)) };

const given = <T>(result: T) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result as Exclude<T, { absent: unknown }>;
};

describe("under-five deaths in India", () => {
  test("published index, and errors of known and of sampled denominators", () => {
    const known = given(concentrationIndex(india, { binomialVariance: "plugIn" }));
    expect(known.value).toBeCloseTo(-0.1694, 4);
    expect(known.value).toBeCloseTo(-0.16941677465052118, 14);
    expect(known.mean).toBeCloseTo(0.11890716891209292, 14);
    expect(known.standardError).toBeCloseTo(0.003916602831228425, 14);
    const sampled = given(
      concentrationIndex(india, { binomialVariance: "plugIn", errors: "sampled" }),
    );
    expect(sampled.standardError).toBeCloseTo(0.003935223354050446, 14);
    expect(sampled.standardError / 0.003954221484743645).toBeCloseTo(1, 1.5);
  });

  test("every form", () => {
    const form = (name: "generalised" | "erreygers" | "wagstaff") =>
      given(concentrationIndex(india, { form: name })).value;
    expect(form("generalised")).toBeCloseTo(-0.020144869039911504, 14);
    expect(form("erreygers")).toBeCloseTo(-0.08057947615964602, 14);
    expect(form("wagstaff")).toBeCloseTo(-0.19228027816471746, 14);
    expect(given(concentrationIndex(india)).achievement.value).toBeCloseTo(0.1390520379520044, 14);
    const survival = {
      population: births,
      count: births.map((n, i) => n * (1 - (u5mr[i] as number))),
    };
    expect(given(concentrationIndex(survival)).value).toBeCloseTo(0.022863503514196193, 14);
  });

  test("grouped and person by person, the same index and the same sampling error", () => {
    const tenth = births.map((n) => Math.round(n / 10));
    const count = tenth.map((n, i) => Math.round(n * (u5mr[i] as number)));
    const grouped = given(
      concentrationIndex(
        { population: tenth, count },
        { errors: "sampled", binomialVariance: "plugIn" },
      ),
    );
    const persons = tenth.flatMap((n, k) =>
      Array.from({ length: n }, (_, i) => [k, i < (count[k] as number) ? 1 : 0] as const),
    );
    const individual = given(
      concentrationIndexOfPersons({
        rank: persons.map((p) => p[0]),
        value: persons.map((p) => p[1]),
      }),
    );
    expect(individual.value).toBeCloseTo(grouped.value, 12);
    const n = persons.length;
    expect(individual.standardError).toBeCloseTo(
      grouped.standardError * Math.sqrt(n / (n - 1)),
      10,
    );
    for (const errors of ["convenientRegression", "delta"] as const) {
      const regression = given(
        concentrationIndexOfPersons(
          { rank: persons.map((p) => p[0]), value: persons.map((p) => p[1]) },
          { errors, neweyWest: true },
        ),
      );
      expect(regression.value).toBe(individual.value);
      expect(regression.standardError / individual.standardError).toBeGreaterThan(0.9);
      expect(regression.standardError / individual.standardError).toBeLessThan(1.1);
    }
  });
});

test("Wagstaff's index from the published C and Erreygers of deaths under one in Cambodia", () => {
  // O'Donnell, O'Neill, Van Ourti and Walsh (2016), Stata Journal 16:112.
  const [c, e] = [-0.18890669, -0.04586189];
  const mean = e / (4 * c);
  // Two groups of equal size with this mean and this C: y = μ(1 ∓ 2C).
  const data = {
    population: [1, 1],
    value: [mean * (1 - 2 * c), mean * (1 + 2 * c)],
    standardError: [0.001, 0.001],
  };
  expect(given(concentrationIndex(data)).value).toBeCloseTo(c, 12);
  expect(given(concentrationIndex(data, { form: "erreygers", bounds: [0, 1] })).value).toBeCloseTo(
    e,
    12,
  );
  expect(given(concentrationIndex(data, { form: "wagstaff", bounds: [0, 1] })).value).toBeCloseTo(
    -0.20111301,
    8,
  );
});

const shared = join(import.meta.dirname, "../../../../../shared/cases/methods");
const sharedIsThere = existsSync(join(shared, "A_concentration_index.json"));

describe.skipIf(!sharedIsThere)("A_concentration_index and housing (needs ../shared)", () => {
  const cases = sharedIsThere
    ? JSON.parse(readFileSync(join(shared, "A_concentration_index.json"), "utf8"))
    : {};

  test("ranks with ties", () => {
    const { ranking, weights, frac_rank } = cases.tied_rank;
    const rank = fractionalRank(ranking, weights);
    frac_rank.forEach((r: number, i: number) => {
      expect(rank[i]).toBeCloseTo(r, 14);
    });
  });

  test("the file's figures are the ones typed above", () => {
    expect(cases.india_u5mr.births).toEqual(births);
    expect(cases.india_u5mr.u5mr).toEqual(u5mr);
    expect(cases.stata_conindex_published.values.u1mr_Wagstaff).toBe(-0.20111301);
  });

  test("decomposition of the concentration index of 10,000 people's body mass index by income", () => {
    const [head, ...lines] = readFileSync(join(shared, "housing.csv"), "utf8")
      .trim()
      .split("\n")
      .map((line) => line.replaceAll('"', "").split(","));
    const column = (name: string) =>
      lines.map((line) => line[(head ?? []).indexOf(name)] as string);
    const number = (name: string) => column(name).map(Number);
    const is = (name: string, level: string) => column(name).map((v) => (v === level ? 1 : 0));
    const { expected } = JSON.parse(
      readFileSync(join(shared, "C_oaxaca_cidecomp.json"), "utf8"),
    ).ci_decomposition_housing;
    const parts = given(
      decomposeConcentrationIndex({
        rank: number("income"),
        outcome: number("bmi"),
        factors: {
          sexmale: is("sex", "male"),
          tenureirregular: is("tenure", "irregular"),
          tenureown_apartment: is("tenure", "own_apartment"),
          tenureown_house: is("tenure", "own_house"),
          tenurerent: is("tenure", "rent"),
          placeurban: is("place", "urban"),
          age: number("age"),
        },
      }),
    );
    expect(parts.index / expected.total).toBeCloseTo(1, 10);
    expect(parts.residual / expected.residual).toBeCloseTo(1, 9);
    expect(parts.contributions.map((c) => c.factor)).toEqual(Object.keys(expected.elasticity));
    for (const part of parts.contributions) {
      expect(part.elasticity / expected.elasticity[part.factor]).toBeCloseTo(1, 9);
      expect(part.concentrationIndex / expected.ci[part.factor]).toBeCloseTo(1, 9);
      expect(part.value / expected.contribution[part.factor]).toBeCloseTo(1, 9);
    }
  });
});
