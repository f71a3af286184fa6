import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type GradientOptions,
  type GroupData,
  isAbsent,
  relativeIndexOfInequality,
  slopeIndexOfInequality,
} from "../../src/index.ts";

// PHEindicatormethods::phe_sii: its own tests, and its output for its three data sets. Points agree to all digits; its
// limits are Monte Carlo, ours exact, so limits are compared within the noise of the simulation.
const folder = join(import.meta.dirname, "../../../../../shared/cases/peers/PHEindicatormethods");
const sharedIsThere = existsSync(folder);

type Cell = number | string | null;
type Columns = Readonly<Record<string, readonly Cell[]>>;
interface Frame {
  readonly groups?: readonly string[];
  readonly data: Columns;
}
interface Expectation {
  readonly id: string;
  readonly expect: string;
  readonly expected: Frame | number | readonly number[];
  readonly calls: readonly {
    readonly args: Readonly<Record<string, unknown>> & { readonly data: Frame };
  }[];
}

const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const cases: readonly Expectation[] = sharedIsThere ? read("phe_sii.json").cases : [];
const scales = ["mean", "rate", "proportion"] as const;

const column = (data: Columns, name: string, rows: readonly number[]): number[] =>
  rows.map((row) => Number(data[name]?.[row]));

/** Rows of each group, in order of first appearance. */
function groupsOf(data: Columns, keys: readonly string[]): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  const length = Object.values(data)[0]?.length ?? 0;
  for (let row = 0; row < length; row++) {
    const key = keys.map((k) => data[k]?.[row]).join("|");
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

function indices(data: GroupData, options: GradientOptions) {
  const sii = slopeIndexOfInequality(data, options);
  const rii = relativeIndexOfInequality(data, options);
  if (isAbsent(sii)) throw new Error(sii.message);
  if (isAbsent(rii)) throw new Error(rii.message);
  return { sii, rii };
}

const isNumeric = (c: Expectation) =>
  c.expect === "expect_equal" && typeof c.expected === "object" && "data" in c.expected;

let numbers = 0;

describe.skipIf(!sharedIsThere)("its own tests (needs ../shared)", () => {
  test.each(cases.filter(isNumeric).map((c) => [c.id, c]))("%s", (_, c) => {
    const { args } = c.calls[0] as Expectation["calls"][number];
    const text = (name: string) => (args[name] as { text: string } | undefined)?.text;
    const data = args.data.data;
    const groups = groupsOf(data, args.data.groups ?? []);
    const expected = (c.expected as Frame).data;
    const multiplier = (args["multiplier"] as number | undefined) ?? 1;
    const confidence = ([args["confidence"] ?? 95] as unknown[])
      .flatMap((v) =>
        typeof v === "object" && v !== null ? (v as { value: number[] }).value : (v as number),
      )
      .map((v) => (v > 1 ? v / 100 : v));
    const transform = args["transform"] === true;
    groups.forEach((rows, g) => {
      const population = column(data, text("population") as string, rows);
      const value =
        text("value") === undefined
          ? column(data, text("x") as string, rows).map((x, i) => x / (population[i] as number))
          : column(data, text("value") as string, rows);
      const errors =
        text("se") === undefined
          ? {
              lower: column(data, text("lower_cl") as string, rows),
              upper: column(data, text("upper_cl") as string, rows),
            }
          : { standardError: column(data, text("se") as string, rows) };
      const rank = column(data, text("quantile") as string, rows);
      confidence.forEach((level, k) => {
        const { sii, rii } = indices(
          { population, value, rank, ...errors },
          {
            confidence: level,
            scale: scales[(args["value_type"] as 0 | 1 | 2 | undefined) ?? 0],
            transform,
            direction: multiplier < 0 ? "mostMinusLeast" : "leastMinusMost",
            per: Math.abs(multiplier),
          },
        );
        const compare = (name: string, ours: number, exact: boolean) => {
          const theirs = expected[name]?.[g];
          if (typeof theirs !== "number") return;
          numbers++;
          // The package's own tolerance for limits is 0.05.
          if (exact) expect(ours / theirs).toBeCloseTo(1, 9);
          else expect(Math.abs(ours / theirs - 1)).toBeLessThan(0.05);
        };
        if (k === 0) {
          compare("sii", sii.value, true);
          compare("rii", rii.value, true);
          compare("Intercept", sii.fittedMostDeprived / Math.abs(multiplier), true);
        }
        compare(`sii_lowercl_${k + 1}`, sii.lower, false);
        compare(`sii_uppercl_${k + 1}`, sii.upper, false);
        compare(`rii_lowercl_${k + 1}`, rii.lower, false);
        compare(`rii_uppercl_${k + 1}`, rii.upper, false);
      });
    });
  });

  test("all 30 numeric expectations were compared; the rest are errors, warnings and sizes of tables", () => {
    expect(cases).toHaveLength(70);
    expect(cases.filter(isNumeric)).toHaveLength(30);
    expect(numbers).toBe(366);
    const indices = /^(sii|rii|Intercept)/;
    let cells = 0;
    for (const c of cases.filter(isNumeric))
      for (const [name, column] of Object.entries((c.expected as Frame).data))
        if (indices.test(name)) cells += column.filter((v) => typeof v === "number").length;
    expect(numbers).toBe(cells);
    const left = cases.filter((c) => !isNumeric(c));
    expect(left.filter((c) => c.expect === "expect_error")).toHaveLength(26);
    expect(left.filter((c) => c.expect === "expect_warning")).toHaveLength(2);
    expect(left.filter((c) => c.expect === "expect_equal")).toHaveLength(12);
  });
});

describe.skipIf(!sharedIsThere)("its output for its own data sets (needs ../shared)", () => {
  /** Limits of 100,000 draws vary by 0.01 standard errors; the bend of log and logit adds some more. */
  const near = (ours: number, theirs: number, error: number) =>
    expect(Math.abs(ours - theirs)).toBeLessThan(0.08 * error);

  const golden = sharedIsThere ? read("golden_phe_sii_package_data.json").cases : [];

  test.each([0, 1, 2, 3])(
    "case %i: rates and prevalence over time, plain and transformed",
    (at) => {
      const { inputs, outputs, label } = golden[at];
      const data: Columns = inputs.data.data;
      const out: Columns = outputs.seed1_100k.data;
      const rates = label.includes("DSR");
      const multiplier = inputs.multiplier ?? 1;
      const low = Object.keys(out).filter((name) => name.includes("lower"));
      const high = Object.keys(out).filter((name) => name.includes("upper"));
      const groups = groupsOf(data, rates ? [inputs.group] : inputs.groups);
      expect(groups).toHaveLength(rates ? 6 : 24);
      const keyOf = (columns: Columns, row: number) =>
        (rates ? [inputs.group] : inputs.groups).map((k: string) => columns[k]?.[row]).join("|");
      for (const rows of groups) {
        const row = (out["sii"] as readonly number[]).findIndex(
          (_, r) => keyOf(out, r) === keyOf(data, rows[0] as number),
        );
        const { sii, rii } = indices(
          {
            rank: column(data, rates ? "Quintile" : "Decile", rows),
            population: column(data, rates ? "total_pop" : "Measured", rows),
            value: rates
              ? column(data, "value", rows)
              : column(data, "Count", rows).map(
                  (c, i) => c / (column(data, "Measured", rows)[i] as number),
                ),
            lower: column(data, rates ? "lowercl" : "LCL", rows),
            upper: column(data, rates ? "uppercl" : "UCL", rows),
          },
          {
            scale: rates ? "rate" : "proportion",
            transform: inputs.transform,
            per: multiplier,
          },
        );
        expect(sii.value / (out["sii"]?.[row] as number)).toBeCloseTo(1, 10);
        near(sii.lower, out[low[0] as string]?.[row] as number, sii.standardError);
        near(sii.upper, out[high[0] as string]?.[row] as number, sii.standardError);
        expect(rii.value / (out["rii"]?.[row] as number)).toBeCloseTo(1, 10);
        near(rii.lower, out[low[1] as string]?.[row] as number, rii.logStandardError * rii.value);
        near(rii.upper, out[high[1] as string]?.[row] as number, rii.logStandardError * rii.value);
      }
    },
  );

  test("life expectancy by decile in every English local authority, both sexes", () => {
    const rows = (name: string) =>
      readFileSync(join(folder, "data", name), "utf8")
        .trim()
        .split("\n")
        .map((line) => line.replaceAll('"', "").split(","));
    const areas = new Map<string, number[][]>();
    for (const [sex, code, ...cells] of rows("LE_data_deciles.csv").slice(1)) {
      const key = `${sex}|${code}`;
      areas.set(key, [...(areas.get(key) ?? []), cells.map(Number)]);
    }
    const answers = rows("LE_data_sii_out_seed1_100k.csv").slice(1);
    expect(answers).toHaveLength(722);
    let compared = 0;
    for (const [sex, code, ...cells] of answers) {
      const area = areas.get(`${sex}|${code}`) as number[][];
      const [slope, ratio, low, high, least, most, intercept] = cells.map(Number) as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const at = (k: number) => area.map((r) => r[k] as number);
      const { sii, rii } = indices(
        { rank: at(0), population: at(1), value: at(3), standardError: at(4) },
        {},
      );
      expect(sii.value).toBeCloseTo(slope, 9);
      expect(rii.value).toBeCloseTo(ratio, 10);
      expect(sii.fittedMostDeprived).toBeCloseTo(intercept, 9);
      near(sii.lower, low, sii.standardError);
      near(sii.upper, high, sii.standardError);
      near(rii.lower, least, rii.logStandardError * rii.value);
      near(rii.upper, most, rii.logStandardError * rii.value);
      compared += 7;
    }
    expect(compared).toBe(5054);
  });
});
