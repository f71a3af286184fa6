import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  atkinsonIndexOfPersons,
  generalisedEntropyIndex,
  giniIndex,
  hooverIndex,
  isAbsent,
  kolmIndex,
  lorenzCurve,
} from "../../src/index.ts";
import { readColumns } from "./read-peer.ts";

// ineq 0.2.13. Left out: concentration of markets (Herfindahl, Rosenbluth), poverty, Lorenz asymmetry.
const folder = join(import.meta.dirname, "../../../../../shared/cases/peers/ineq");
const sharedIsThere = existsSync(folder);
const read = (name: string) =>
  sharedIsThere ? JSON.parse(readFileSync(join(folder, name), "utf8")).cases : [];

const given = <T>(result: T) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result as Exclude<T, { absent: unknown }>;
};

describe.skipIf(!sharedIsThere)("ineq (needs ../shared)", () => {
  const file = ["data/synthetic400.csv", "../dineq/data/synthetic400.csv"]
    .map((name) => join(folder, name))
    .find(existsSync);
  const value = file === undefined ? [] : (readColumns(file)["x"] ?? []).map(Number);
  const entropy = (sensitivity: number) =>
    given(generalisedEntropyIndex({ value }, { sensitivity })).value;
  const ours: Readonly<Record<string, (parameter: number) => number>> = {
    Gini: () => given(giniIndex({ value })).value,
    RS: () => given(hooverIndex({ value })).value,
    Atkinson: (aversion) => given(atkinsonIndexOfPersons({ value }, { aversion })).value,
    Theil: (parameter) => entropy(1 - parameter),
    Kolm: (aversion) =>
      given(
        kolmIndex(
          { population: value.map(() => 1), value, standardError: value.map(() => 1) },
          { aversion },
        ),
      ).value,
    // The coefficient of variation and its square.
    var: () => Math.sqrt(2 * entropy(2)),
    "square.var": () => 2 * entropy(2),
    entropy,
  };

  const cases: readonly {
    readonly label: string;
    readonly inputs: { readonly type: string; readonly parameter: number };
    readonly outputs: { readonly v: number };
  }[] = read("golden_ineq.json");
  test.each(cases.map((c) => [c.label, c] as const))("%s", (_, c) => {
    const index = ours[c.inputs.type] as (parameter: number) => number;
    expect(index(c.inputs.parameter) / c.outputs.v).toBeCloseTo(1, 11);
  });

  test("Gini with n/(n − 1)", () => {
    expect(((ours["Gini"] as (p: number) => number)(0) * 400) / 399).toBeCloseTo(
      read("golden_Gini.json")[0].outputs.v,
      12,
    );
  });

  test("Lorenz curve, plain and generalised", () => {
    const { inputs, outputs } = read("golden_Lc.json")[0];
    const curve = given(lorenzCurve({ value: inputs.x, weight: inputs.n }));
    outputs.p.forEach((p: number, i: number) => {
      const at = Array.from(curve.population).findIndex((q) => Math.abs(q - p) < 1e-9);
      // Two rows of one value are one point of ours.
      if (at < 0) return;
      expect(curve.share[at]).toBeCloseTo(outputs.L[i], 12);
      expect((curve.share[at] as number) * curve.mean).toBeCloseTo(outputs.Lgeneral[i], 11);
    });
    expect(curve.population).toHaveLength(outputs.p.length - 1);
  });

  test("what is here and what is left out", () => {
    expect(cases).toHaveLength(13);
    expect(read("golden_conc.json")).toHaveLength(2);
    expect(read("golden_pov.json")).toHaveLength(4);
    expect(read("golden_Lasym.json")).toHaveLength(1);
  });
});
