import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { generalisedEntropyIndex, giniIndex, isAbsent } from "../../src/index.ts";
import { readColumns } from "./read-peer.ts";

// IC2 1.0.1. Its decompositions were recorded without numbers; identities of ours are tested as properties, and the
// Gini and mean log deviation splits against dineq.
const folder = join(import.meta.dirname, "../../../../../shared/cases/peers/IC2");
const sharedIsThere = existsSync(folder);
interface Golden {
  readonly label: string;
  readonly inputs: { readonly weighted: boolean; readonly alpha: number; readonly param: number };
  readonly outputs: {
    readonly ineq: { readonly index: Readonly<Record<"GEI" | "SGini", number>> };
  };
}
const read = (name: string): readonly Golden[] =>
  sharedIsThere ? JSON.parse(readFileSync(join(folder, name), "utf8")).cases : [];

describe.skipIf(!sharedIsThere)("IC2 (needs ../shared)", () => {
  const columns = sharedIsThere ? readColumns(join(folder, "data/synthetic400.csv")) : {};
  const data = (weighted: boolean) => ({
    value: (columns["x"] ?? []).map(Number),
    ...(weighted && { weight: (columns["w"] ?? []).map(Number) }),
  });
  const gei = read("golden_calcGEI.json");
  const gini = read("golden_calcSGini.json");

  test.each(gei.map((c) => [c.label, c] as const))("generalised entropy %s", (_, c) => {
    const index = generalisedEntropyIndex(data(c.inputs.weighted), { sensitivity: c.inputs.alpha });
    if (isAbsent(index)) throw new Error(index.message);
    expect(index.value / c.outputs.ineq.index.GEI).toBeCloseTo(1, 12);
  });

  test.each(gini.map((c) => [c.label, c] as const))("S-Gini %s", (_, c) => {
    const index = giniIndex(data(c.inputs.weighted), { aversion: c.inputs.param });
    if (isAbsent(index)) throw new Error(index.message);
    expect(index.value / c.outputs.ineq.index.SGini).toBeCloseTo(1, 12);
  });

  test("18 numbers compared; the decompositions hold none", () => {
    expect(gei).toHaveLength(10);
    expect(gini).toHaveLength(8);
    for (const name of [
      "golden_decompAtkinson.json",
      "golden_decompGEI.json",
      "golden_decompSGini.json",
    ])
      for (const c of read(name)) expect(c.outputs).toEqual([]);
  });
});
