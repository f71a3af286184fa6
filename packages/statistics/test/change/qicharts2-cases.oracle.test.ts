import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type ControlChart,
  cChart,
  isAbsent,
  pChart,
  pPrimeChart,
  ruleSets,
  runsAnalysis,
  tChart,
  uChart,
  xmrChart,
} from "../../src/index.ts";

const file = join(import.meta.dirname, "../../../../../shared/cases/methods/G_spc_qicharts2.json");
const sharedIsThere = existsSync(file);

interface Row {
  readonly y: number;
  readonly cl: number;
  readonly lcl: number | string | null;
  readonly ucl: number;
  readonly part: number;
  readonly include: boolean;
  readonly "sigma.signal": boolean;
  readonly "runs.signal": boolean;
  readonly "longest.run": number;
  readonly "longest.run.max": number;
  readonly "n.crossings": number;
  readonly "n.crossings.min": number;
  readonly "n.useful": number;
}
type Input = readonly Record<string, number>[];
interface Case {
  readonly input: Input;
  readonly expected: readonly Row[];
}
const shared = sharedIsThere
  ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, Case> & {
      readonly laney_pprime_nhs_accidents: {
        readonly input: Input;
        readonly expected: {
          readonly pbar: number;
          readonly sigma_z: number;
          readonly ucl: readonly number[];
          readonly lcl: readonly number[];
          readonly n_outside_p: number;
          readonly n_outside_pprime: number;
        };
      };
      readonly runs_rule: {
        readonly examples: readonly { n: number; longest_max: number; cross_min: number }[];
      };
    })
  : null;

const column = (rows: Input, name: string): number[] => rows.map((row) => row[name] as number);
const rules = ruleSets.limitsOnly;

const charts: Record<string, (rows: Input) => ControlChart> = {
  "p_ex7.1_excl_part30": (rows) =>
    pChart(
      { numerators: column(rows, "count"), denominators: column(rows, "size") },
      { rules, exclude: [14, 22], rebase: [{ from: 30, reason: "machine adjustment" }] },
    ),
  "p_tbl7.4": (rows) =>
    pChart({ numerators: column(rows, "count"), denominators: column(rows, "size") }, { rules }),
  "c_ex7.3": (rows) => cChart(column(rows, "count"), { rules, exclude: [5, 19], baseline: 26 }),
  "u_ex7.4": (rows) =>
    uChart({ numerators: column(rows, "count"), denominators: column(rows, "size") }, { rules }),
  "i_ex6.5": (rows) => xmrChart(column(rows, "cost"), { rules, baseline: 20 }),
  "t_ex7.6": (rows) => tChart(column(rows, "hours"), { rules }),
};

describe.skipIf(!sharedIsThere)(
  "Montgomery's charts as qicharts2 has them (needs ../shared)",
  () => {
    test.each(Object.keys(charts))("%s", (name) => {
      const { input, expected } = (shared as NonNullable<typeof shared>)[name] as Case;
      const chart = (charts[name] as (rows: Input) => ControlChart)(input);
      expect(chart.points).toHaveLength(expected.length);
      expected.forEach((row, i) => {
        const point = chart.points[i];
        if (point === undefined || isAbsent(point.limits)) throw new Error(`no limits at ${i}`);
        expect(point.value).toBeCloseTo(row.y, 9);
        expect(point.centre).toBeCloseTo(row.cl, 8);
        expect(point.limits.upper).toBeCloseTo(row.ucl, 7);
        if (typeof row.lcl === "number") expect(point.limits.lower).toBeCloseTo(row.lcl, 8);
        else expect(point.limits.lower).toBeCloseTo(0, 10);
        const outside = point.signals.some(({ rule }) => rule === "outsideLimits");
        if (row.include) expect(outside).toBe(row["sigma.signal"]);
      });
      chart.segments.forEach(({ from, to }) => {
        const row = expected[from] as Row;
        const values = expected.slice(from, to + 1).map(({ y, include }) => (include ? y : null));
        expect(runsAnalysis(values, row.cl)).toEqual({
          useful: row["n.useful"],
          longestRun: row["longest.run"],
          longestRunMaximum: row["longest.run.max"],
          crossings: row["n.crossings"],
          crossingsMinimum: row["n.crossings.min"],
          signal: row["runs.signal"],
        });
      });
    });

    test("Laney p′ of the four-hour wait, 20 weeks", () => {
      const { input, expected } = (shared as NonNullable<typeof shared>).laney_pprime_nhs_accidents;
      const series = { numerators: column(input, "r"), denominators: column(input, "n") };
      const prime = pPrimeChart(series, { rules });
      expect(prime.points[0]?.centre).toBeCloseTo(expected.pbar, 10);
      expect(prime.sigmaRatios?.[0]).toBeCloseTo(expected.sigma_z, 9);
      prime.points.forEach(({ limits }, i) => {
        expect(limits).toMatchObject({
          lower: expect.closeTo(expected.lcl[i] as number, 10),
          upper: expect.closeTo(expected.ucl[i] as number, 10),
        });
      });
      const outside = (chart: ControlChart) =>
        chart.points.filter(({ signals }) => signals.length > 0).length;
      expect(outside(prime)).toBe(expected.n_outside_pprime);
      expect(outside(pChart(series, { rules }))).toBe(expected.n_outside_p);
    });

    test("the limits of the runs rule", () => {
      const examples = shared?.runs_rule.examples ?? [];
      expect(examples).toHaveLength(9);
      for (const { n, longest_max, cross_min } of examples)
        expect(
          runsAnalysis(
            Array.from({ length: n }, (_, i) => i % 2),
            0.5,
          ),
        ).toMatchObject({
          useful: n,
          longestRunMaximum: longest_max,
          crossingsMinimum: cross_min,
        });
    });
  },
);
