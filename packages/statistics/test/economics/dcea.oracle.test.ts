import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  aversionWherePoliciesCross,
  equallyDistributedEquivalent,
  gainsAtAversions,
  implicitWeights,
  isAbsent,
  netHealthBenefit,
  OPPORTUNITY_COST_SHARES,
  qualityAdjustedLifeExpectancy,
  type Result,
} from "../../src/index.ts";

// York's distributional cost-effectiveness tables (Asaria and others; Love-Koh and others), from ../shared.
const path = join(import.meta.dirname, "../../../../../shared/cases/methods/F_dcea.json");
const sharedIsThere = existsSync(path);
const cases = sharedIsThere ? JSON.parse(readFileSync(path, "utf8")) : undefined;
const title = sharedIsThere ? "F_dcea" : "F_dcea (needs ../shared)";

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

describe.skipIf(!sharedIsThere)(title, () => {
  type Row = Record<string, string>;
  const numbers = (rows: Row[], column: string) => rows.map((row) => Number(row[column]));

  test("quality-adjusted life expectancy of ten region and deprivation groups", () => {
    const { rows, expected_qale, recomputed } = cases.qale_life_table;
    const groups = Object.keys(expected_qale);
    expect(groups).toHaveLength(10);
    for (const group of groups) {
      const [region, ses] = group.split("|");
      const bands = rows.filter((row: Row) => row.REGION === region && row.SES === ses);
      const ages = there(
        qualityAdjustedLifeExpectancy({
          years: bands.map((row: Row) => Number(row.END_AGE) + 1 - Number(row.START_AGE)),
          mortality: numbers(bands, "MORTALITY_RATE"),
          quality: numbers(bands, "HRQL_SCORE"),
        }),
      );
      expect(ages.value).toBeCloseTo(recomputed[group], 9);
      // York prints the mortality rates to fewer digits than it used: 2e-5 years.
      expect(Math.abs(ages.value - expected_qale[group])).toBeLessThan(2.1e-5);
    }
  });

  test("equally-distributed equivalents of three people under six decisions", () => {
    const { data, expected } = cases.three_individuals;
    let checked = 0;
    for (const [decision, values] of Object.entries<Record<string, number>>(expected))
      for (const [name, value] of Object.entries(values)) {
        const [, kind, aversion] = name.match(/^(atkinson|kolm)_ede_[ea]([\d.]+)$/) ?? [];
        const found = equallyDistributedEquivalent(
          numbers(data, decision),
          numbers(data, "POPULATION"),
          { kind: kind as "atkinson" | "kolm", aversion: Number(aversion) },
        );
        expect(there(found).value).toBeCloseTo(value, 9);
        checked++;
      }
    expect(checked).toBe(54);
  });

  test("universal against proportionate-universal smoking cessation", () => {
    const { data, expected, gain_in_EDE_QALYs_vs_none: gains } = cases.nrt;
    const population = numbers(data, "POPULATION");
    const none = numbers(data, "DECISION_NO_NRT");
    let checked = 0;
    for (const [decision, values] of Object.entries<Record<string, number>>(expected))
      for (const [name, value] of Object.entries(values)) {
        const [kindName, size = "0"] = name.split("_");
        const kind = kindName === "kolm" ? "kolm" : "atkinson";
        const levels = numbers(data, decision);
        const found = there(
          equallyDistributedEquivalent(levels, population, { kind, aversion: Number(size) }),
        );
        expect(found.value).toBeCloseTo(value, 9);
        const gain = there(gainsAtAversions(none, levels, population, [Number(size)], kind));
        expect(Math.abs(gain[0]!.value - gains[decision][name])).toBeLessThan(1e-4);
        checked++;
      }
    expect(checked).toBe(30);
    // Preferred without aversion: universal; with an aversion above about 2: proportionate.
    const crossing = aversionWherePoliciesCross(
      numbers(data, "DECISION_UNIVERSAL_NRT"),
      numbers(data, "DECISION_PROPORTIONAL_UNIVERSAL_NRT"),
      population,
    );
    expect(there(crossing)).toBeGreaterThan(2);
    expect(there(crossing)).toBeLessThan(2.5);
  });

  test("implicit weights of the York calculator", () => {
    const york = cases.york_heic;
    const levels = numbers(york.qale_pop_imd, "qale");
    // The formula is stated with a tolerance of 2e-3 up to an aversion of 2. Beyond, the calculator's own numbers rise
    // above it (as if health varied within a fifth): the log of the weight agrees within 2.5 %.
    const check = (
      kind: "atkinson" | "kolm",
      aversion: number,
      wanted: number,
      strict: boolean,
    ) => {
      const weight = there(implicitWeights(levels, { kind, aversion }))[0]!;
      if (strict) expect(Math.abs(weight / wanted - 1)).toBeLessThan(2e-3);
      expect(Math.abs(Math.log(weight / wanted))).toBeLessThanOrEqual(0.025 * Math.log(wanted));
    };
    const atkinson: Row[] = york.implicit_weights_atkinson_imd1_vs_imd5;
    const kolm: Row[] = york.implicit_weights_kolm;
    for (const row of atkinson)
      check("atkinson", Number(row.ia), Number(row.imp_weight), Number(row.ia) <= 2);
    for (const row of kolm) check("kolm", Number(row.ia), Number(row.imp_weight), false);
    expect(atkinson).toHaveLength(41);
    expect(kolm).toHaveLength(50);
  });

  test("opportunity-cost scenarios and net health benefit by fifth", () => {
    for (const row of cases.york_heic.hoc_scenarios) {
      const shares = OPPORTUNITY_COST_SHARES[row.scenario as "flat" | "moderate" | "steep"];
      expect(shares[Number(row.imd) - 1]).toBe(Number(row.hoc_prop));
    }
    const { input, total_health_benefit, total_hoc, by_quintile } = cases.nice_style_worked;
    for (const scenario of ["flat", "moderate", "steep"] as const) {
      const found = netHealthBenefit({
        recipients: input.recipients,
        benefitPerPerson: input.qaly_pp,
        costPerPerson: input.cost_pp,
        threshold: input.threshold,
        shares: OPPORTUNITY_COST_SHARES[scenario],
      });
      expect(found.total.benefit).toBeCloseTo(total_health_benefit, 9);
      expect(found.total.opportunityCost).toBeCloseTo(total_hoc, 9);
      found.groups.forEach((group, g) => {
        expect(group.benefit).toBeCloseTo(by_quintile[scenario][g].hb, 9);
        expect(group.opportunityCost).toBeCloseTo(by_quintile[scenario][g].hoc, 9);
        expect(group.value).toBeCloseTo(by_quintile[scenario][g].nhb, 9);
      });
    }
  });
});

// Computed for this project; holds without ../shared.
test("by hand: 10,000 people, 0.02 QALY and £300 each, £15,000 a QALY", () => {
  const change = {
    recipients: [3000, 2500, 2000, 1500, 1000],
    benefitPerPerson: 0.02,
    costPerPerson: 300,
    threshold: 15000,
  };
  const net = (shares: readonly number[]) =>
    netHealthBenefit({ ...change, shares }).groups.map((group) => Math.round(group.value));
  expect(net(OPPORTUNITY_COST_SHARES.flat)).toEqual([20, 10, 0, -10, -20]);
  expect(net(OPPORTUNITY_COST_SHARES.steep)).toEqual([8, 6, -4, -2, -8]);
  expect(netHealthBenefit(change).total.value).toBeCloseTo(0, 9);
});

test("what the data cannot support is a typed reason, what no data could is refused", () => {
  expect(equallyDistributedEquivalent([0, 1], [1, 1], { aversion: 1 })).toMatchObject({
    absent: "notPositive",
  });
  expect(equallyDistributedEquivalent([1, 1], [0, 0], { aversion: 1 })).toMatchObject({
    absent: "zeroDenominator",
  });
  expect(implicitWeights([0, 1], { aversion: 1 })).toMatchObject({ absent: "notPositive" });
  expect(aversionWherePoliciesCross([2, 2], [1, 1], [1, 1])).toMatchObject({
    absent: "notReached",
  });
  const open = { years: [80, 20], mortality: [0.01, 0], quality: [1, 1], openEnded: true };
  expect(qualityAdjustedLifeExpectancy(open)).toMatchObject({ absent: "notPositive" });
  expect(() => equallyDistributedEquivalent([1], [1], { aversion: -1 })).toThrow(/aversion/);
  expect(() =>
    equallyDistributedEquivalent([1], [1], { kind: "extendedGini", aversion: 0.5 }),
  ).toThrow(/not at least 1/);
  expect(() =>
    netHealthBenefit({
      recipients: [1, 1],
      benefitPerPerson: 1,
      costPerPerson: 1,
      threshold: 1,
      shares: [0.5, 0.6],
    }),
  ).toThrow(/add up to 1.1/);
});
