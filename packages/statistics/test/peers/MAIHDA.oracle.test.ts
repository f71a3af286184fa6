import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isAbsent } from "../../src/foundation/estimate.ts";
import {
  areaUnderCurve,
  medianOddsRatio,
  probabilityVpc,
  proportionalChangeInVariance,
} from "../../src/intersections/index.ts";

// Expectations of the R package MAIHDA 0.1.11. Its data frames are not in the shared cases, so nothing can be fitted
// again: what follows from a printed variance or from inline numbers is.

const folder = join(import.meta.dirname, "../../../../../shared/cases/peers/MAIHDA");
const there = existsSync(folder);

// biome-ignore lint/suspicious/noExplicitAny: recorded R calls have no schema.
type Recorded = any;
const casesOf = (name: string): Recorded[] =>
  JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")).cases;

/** Numeric expectations that cannot be recomputed here, each with its reason. */
const leftOut: Record<string, string> = {
  "MAIHDA/calculate_pvc/0023": "the data frame of the fit is not in the shared cases",
  "MAIHDA/maihda_mor/0139":
    "expects a function of a fit whose data frame is not in the shared cases",
  "MAIHDA/maihda_mor/0140": "a bound (at least 1), held by a property of medianOddsRatio",
  "MAIHDA/maihda_mor/0164":
    "expects a function of a fit whose data frame is not in the shared cases",
  "MAIHDA/stepwise_pcv/0188": "a count of rows of a data frame",
  "MAIHDA/stepwise_pcv/0189": "the data frame of the fit is not in the shared cases",
  "MAIHDA/stepwise_pcv/0190": "the data frame of the fit is not in the shared cases",
  "MAIHDA/stepwise_pcv/0191": "the data frame of the fit is not in the shared cases",
};

const numeric = (value: Recorded): boolean =>
  typeof value === "number" || value?.$type === "vector/numeric";

test.skipIf(!there)("every numeric expectation is checked or named (needs ../shared)", () => {
  const checked: string[] = [];
  const unchecked: string[] = [];
  const names = readdirSync(folder).filter((f) => f.endsWith(".json") && !f.startsWith("golden"));
  for (const file of names)
    for (const c of casesOf(file.replace(".json", ""))) {
      const isNumber = numeric(c.expected) || c.object_expr?.startsWith("is.na(maihda_auc");
      if (!isNumber) continue;
      if (check(c)) checked.push(c.id);
      else unchecked.push(c.id);
    }
  expect(unchecked.sort()).toEqual(Object.keys(leftOut).sort());
  expect(checked).toHaveLength(14);
});

function check(c: Recorded): boolean {
  const [call] = c.calls;
  if (call?.fn === "maihda_auc") {
    const { prob, y } = call.args;
    const events = y.value.map(Number);
    const area = areaUnderCurve(
      prob.value,
      events,
      events.map(() => 1),
    );
    // Where everybody has the outcome R gives NA, and here is an absence with its reason.
    if (c.object_expr.startsWith("is.na")) expect(isAbsent(area)).toBe(true);
    else expect(area).toBeCloseTo(c.expected, 14);
    return true;
  }
  if (call?.fn !== "stepwise_pcv") return false;
  const out = call.result.data;
  if (c.object_expr === "out$MOR") {
    out.Variance.forEach((variance: number, i: number) => {
      expect(medianOddsRatio(variance)).toBeCloseTo(c.expected.value[i], 13);
    });
    return true;
  }
  if (c.object_expr.startsWith("out$Variance")) {
    // The changes in variance that the table prints, from the variances that it expects.
    const step = Number(c.object_expr.at(-2)) - 1;
    expect(out.Variance[step]).toBe(c.expected);
    const change = (from: number) => proportionalChangeInVariance(out.Variance[from], c.expected);
    expect(change(0)).toBeCloseTo(out.Total_PCV[step], 13);
    expect(change(Math.max(0, step - 1))).toBeCloseTo(out.Step_PCV[step], 13);
    return true;
  }
  if (/Step_AUC|Total_AUC/.test(c.object_expr)) {
    const expected: number[] = typeof c.expected === "number" ? [c.expected] : c.expected.value;
    const area: number[] = out.AUC;
    expected.forEach((value, i) => {
      const from = c.object_expr.includes("Total") ? 0 : Math.max(0, i - 1);
      expect((area[i] as number) - (area[from] as number)).toBeCloseTo(value, 14);
    });
    return true;
  }
  return false;
}

test.skipIf(!there)(
  "outputs on simulated data: median odds ratio and response-scale share (needs ../shared)",
  () => {
    const cases = casesOf("golden_maihda_discriminatory_accuracy");
    expect(cases).toHaveLength(2);
    for (const { outputs } of cases) {
      const { var_between, lp_fixed, estimate } = outputs.vpc_response;
      expect(medianOddsRatio(var_between)).toBeCloseTo(outputs.mor_null, 12);
      // Theirs is a simulation of 10,000 draws, with an error of some 2 %; ours is exact.
      expect(Math.abs(probabilityVpc(var_between, lp_fixed) / estimate - 1)).toBeLessThan(0.04);
      // Left out: the change in variance, whose data are not in the shared cases.
      expect(outputs.pcv).toBeGreaterThan(0);
    }
  },
);
