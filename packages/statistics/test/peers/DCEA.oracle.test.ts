import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type AversionKind,
  equallyDistributedEquivalent,
  implicitWeights,
  isAbsent,
} from "../../src/index.ts";

// DCEA (Asaria and others), the York calculator's functions, and dceasimR: what they gave for inputs of ours, and what
// dceasimR's own tests assert of equally-distributed equivalents.
const peers = join(import.meta.dirname, "../../../../../shared/cases/peers");
const sharedIsThere = existsSync(peers);
const title = sharedIsThere ? "DCEA" : "DCEA (needs ../shared)";
const read = (name: string) => JSON.parse(readFileSync(join(peers, name), "utf8")).cases;

function equivalent(
  levels: readonly number[],
  population: readonly number[],
  kind: AversionKind,
  aversion: number,
): number {
  const found = equallyDistributedEquivalent(levels, population, { kind, aversion });
  if (isAbsent(found)) throw new Error(found.message);
  return found.value;
}

describe.skipIf(!sharedIsThere)(title, () => {
  test("DCEA_asaria: Atkinson, Kolm and extended Gini equivalents", () => {
    const kinds = [
      ["atkinson", "atkinson_e", "atkinson_ede"],
      ["kolm", "kolm_e", "kolm_ede"],
      ["extendedGini", "gini_e", "extended_gini_ede"],
    ] as const;
    let checked = 0;
    for (const { inputs, outputs } of read("DCEA_asaria/golden_ede.json"))
      for (const [kind, aversions, values] of kinds)
        inputs[aversions].forEach((aversion: number, i: number) => {
          const found = equivalent(inputs.health, inputs.population, kind, aversion);
          expect(found).toBeCloseTo(outputs[values][i], 8);
          checked++;
        });
    expect(checked).toBe(9 * 16);
  });

  test("dcea_york: Atkinson and Kolm equivalents", () => {
    const cases = [
      ...read("dcea_york/golden_atkinson.json"),
      ...read("dcea_york/golden_kolm.json"),
    ];
    for (const { fn, inputs, outputs } of cases)
      expect(equivalent(inputs.h, inputs.p, fn, inputs.ia)).toBeCloseTo(outputs.v, 8);
    expect(cases).toHaveLength(8);
  });

  test("dceasimR: its own numeric assertions", () => {
    // Its golden outputs are errors ("unused argument"): there is nothing to compare.
    const leftOut: Record<string, string> = {
      _no_call: "rows and shares of a data set that it ships",
      calc_ede_profile: "rows of a table",
      calc_sii:
        "a slope over mid-ranks that it asserts to within 2 of 20 and gives as 25: see the gradients",
      get_baseline_health: "rows of a data set that it ships",
      normalise_weights: "a sum of weights that are divided by their sum",
      run_aggregate_dcea: "rows of a table",
    };
    const index = (kind: AversionKind, aversion: number, levels: number[], shares: number[]) => {
      const found = equallyDistributedEquivalent(levels, shares, { kind, aversion });
      if (isAbsent(found)) throw new Error(found.message);
      return found.index;
    };
    type Args = Record<string, { value: number[] }>;
    const checks: Record<string, (args: Args) => number> = {
      calc_ede: ({ health_dist, pop_weights, eta }) =>
        equivalent(health_dist!.value, pop_weights!.value, "atkinson", Number(eta)),
      calc_atkinson_index: ({ health_dist, pop_weights, epsilon }) =>
        index("atkinson", Number(epsilon), health_dist!.value, pop_weights!.value),
      // The extended Gini at an aversion of 2 is the Gini.
      calc_gini: ({ health_dist, pop_weights }) =>
        index("extendedGini", 2, health_dist!.value, pop_weights!.value),
      calc_equity_weights: ({ baseline_health, pop_weights, eta }) => {
        const weights = implicitWeights(baseline_health!.value, { aversion: Number(eta) });
        if (isAbsent(weights)) throw new Error(weights.message);
        const shares = pop_weights!.value;
        const mean = weights.reduce((sum, weight, i) => sum + weight * shares[i]!, 0);
        return weights.reduce((sum, weight, i) => sum + (weight / mean) * shares[i]!, 0);
      },
    };
    let covered = 0;
    let skipped = 0;
    for (const file of readdirSync(join(peers, "dceasimR"))) {
      if (!file.endsWith(".json") || file.startsWith("golden")) continue;
      const fn = file.slice(0, -5);
      for (const { expect: kind, expected, calls } of read(`dceasimR/${file}`)) {
        if (kind !== "expect_equal" || typeof expected !== "number") continue;
        const check = checks[fn];
        if (check) {
          expect(check(calls[0].args)).toBeCloseTo(expected, 10);
          covered++;
        } else {
          expect(leftOut[fn]).toBeDefined();
          skipped++;
        }
      }
    }
    expect({ covered, skipped }).toEqual({ covered: 10, skipped: 12 });
    const weights = read("dceasimR/calc_equity_weights.json")[1].calls[0];
    const relative = implicitWeights(weights.args.baseline_health.value, { aversion: 1 });
    if (isAbsent(relative)) throw new Error(relative.message);
    relative.forEach((weight, i) => {
      expect(weight / relative[0]!).toBeCloseTo(
        weights.result.value[i] / weights.result.value[0],
        10,
      );
    });
  });
});
