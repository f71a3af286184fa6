import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type WhoGroups, whoMeasure } from "./who-measures.ts";

// heatmeasures (the engine of the World Health Organization's HEAT): every summary measure of 59 tables. Left out: D and
// R (difference and ratio of two groups, among the rates), SII and RII (population twice, see healthequal), and
// errors but that of the between-group variance.
const path = join(
  import.meta.dirname,
  "../../../../../shared/cases/peers/heatmeasures/golden_HEAT_measures_full_process.json",
);
const sharedIsThere = existsSync(path);

type Columns = Readonly<Record<string, readonly (number | string)[]>>;
interface Case {
  readonly id: string;
  readonly inputs: { readonly data: { readonly data: Columns } };
  readonly outputs: { readonly data: Columns };
}
const cases: readonly Case[] = sharedIsThere ? JSON.parse(readFileSync(path, "utf8")).cases : [];

const names: Readonly<Record<string, string>> = {
  ACI: "aci",
  BGSD: "bgsd",
  BGV: "bgv",
  COV: "covar",
  IDISU: "idisu",
  IDISW: "idisw",
  MDBU: "mdbu",
  MDBW: "mdbw",
  MDMU: "mdmu",
  MDMW: "mdmw",
  MDRU: "mdru",
  MDRW: "mdrw",
  MLD: "mld",
  PAF: "paf",
  PAR: "parisk",
  RCI: "rci",
  TI: "ti",
}; // prettier-ignore

const all = (column: readonly (number | string)[] | undefined): column is readonly number[] =>
  column?.every((v) => typeof v === "number") ?? false;

describe.skipIf(!sharedIsThere)("HEAT (needs ../shared)", () => {
  let compared = 0;
  let without = 0;
  let left = 0;
  let zero = 0;
  let noLogarithm = 0;

  test.each(cases.map((c) => [c.id, c] as const))("%s", (_, c) => {
    const { data } = c.inputs.data;
    const estimate = data["estimate"] as readonly number[];
    const groups: WhoGroups = {
      estimate,
      standardError: all(data["se"]) ? data["se"] : estimate.map(() => 1),
      population: all(data["population"]) ? data["population"] : [],
      order: data["subgroup_order"] as readonly number[],
      ordered: data["ordered_dimension"]?.[0] === 1,
      favourable: data["favourable_indicator"]?.[0] === 1,
      scale: Number(data["indicator_scale"]?.[0]),
      reference: (data["reference_subgroup"] ?? []).indexOf(1),
    };
    const { measure, inequal, se } = c.outputs.data;
    (measure ?? []).forEach((short, k) => {
      const theirs = inequal?.[k];
      const name = names[String(short)];
      if (name === undefined || typeof theirs !== "number") {
        left++;
        return;
      }
      // Without populations the toolkit takes the published average in place of the mean.
      if (groups.population.length === 0) {
        without++;
        return;
      }
      // With two groups and a reference worse than the mean the toolkit writes 0 for the gain.
      if (theirs === 0 && (name === "paf" || name === "parisk")) {
        zero++;
        return;
      }
      // A group at 0 has no logarithm: a typed reason here, left out of the sum there.
      if ((name === "ti" || name === "mld") && estimate.includes(0)) {
        expect(() => whoMeasure(name, groups)).toThrow(/must be above 0/);
        noLogarithm++;
        return;
      }
      const ours = whoMeasure(name, groups);
      expect(ours.value / theirs).toBeCloseTo(1, 9);
      compared++;
      if (name === "bgv") {
        expect(ours.standardError / (se?.[k] as number)).toBeCloseTo(1, 6);
        compared++;
      }
    });
  });

  test("counts", () => {
    expect({ tables: cases.length, compared, without, left, zero, noLogarithm }).toEqual({
      tables: 59,
      compared: 242,
      without: 2,
      left: 156,
      zero: 16,
      noLogarithm: 2,
    });
  });
});
