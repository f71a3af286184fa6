import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  isAbsent,
  populationAttributableFraction,
  relativeIndexOfInequality,
  slopeIndexOfInequality,
} from "../../src/index.ts";

// ScotPHO's calculate_inequality_measures: slope through weighted least squares with residual errors, most − least
// deprived; its relative index is the slope over the overall rate.
const path = join(
  import.meta.dirname,
  "../../../../../shared/cases/peers/scotpho/golden_calculate_inequality_measures.json",
);
const sharedIsThere = existsSync(path);
interface Golden {
  readonly label: string;
  readonly inputs: {
    readonly data: {
      readonly data: Readonly<Record<"quintile" | "denominator" | "rate", readonly number[]>>;
    };
  };
  readonly outputs: Readonly<
    Record<
      "sii" | "lowci_sii" | "upci_sii" | "rii" | "lowci_rii" | "upci_rii" | "rii_int" | "par",
      number
    >
  >;
}
const cases: readonly Golden[] = sharedIsThere ? JSON.parse(readFileSync(path, "utf8")).cases : [];

const given = <T>(result: T) => {
  if (isAbsent(result)) throw new Error(result.message);
  return result as Exclude<T, { absent: unknown }>;
};

describe.skipIf(!sharedIsThere)("ScotPHO (needs ../shared)", () => {
  let compared = 0;

  test.each(cases.map((c) => [c.label, c] as const))("%s", (_, c) => {
    const { data } = c.inputs.data;
    const groups = data.quintile.length - 1;
    const rows = Array.from({ length: groups }, (__, i) => i);
    const population = rows.map((i) => data.denominator[i] as number);
    const value = rows.map((i) => data.rate[i] as number);
    const overall = data.rate[groups] as number;
    const { outputs } = c;
    const options = { errors: "residual", direction: "mostMinusLeast", minimumGroups: 5 } as const;
    const sii = given(slopeIndexOfInequality({ population, value }, options));
    const same = (ours: number, theirs: number, digits = 9) => {
      expect(ours / theirs).toBeCloseTo(1, digits);
      compared++;
    };
    same(sii.value, outputs.sii);
    same(sii.lower, outputs.lowci_sii);
    same(sii.upper, outputs.upci_sii);
    same(sii.value / overall, outputs.rii);
    same(sii.lower / overall, outputs.lowci_rii);
    same(sii.upper / overall, outputs.upci_rii);
    // Half of it, in per cent: the share explained by deprivation.
    same((100 * sii.value) / overall / 2, outputs.rii_int);
    // Its PAR is the attributable fraction with the least deprived group as reference, in per cent.
    const fraction = given(
      populationAttributableFraction(
        { population, value, standardError: value.map(() => 1) },
        { best: "lowest", reference: groups - 1 },
      ),
    );
    same(100 * fraction.value, outputs.par);
    // The ratio of the two ends is another number: greater than one when the most deprived have more.
    const ratio = relativeIndexOfInequality({ population, value }, options);
    if (!isAbsent(ratio)) expect(ratio.value > 1).toBe(sii.value > 0);
  });

  test("96 numbers of 12 tables; the plain difference and ratio of two rates are left to the rates", () => {
    expect(cases).toHaveLength(12);
    expect(compared).toBe(96);
  });
});
