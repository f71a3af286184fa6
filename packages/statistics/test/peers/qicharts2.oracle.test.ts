import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  type ControlChart,
  type ControlChartOptions,
  cChart,
  gChart,
  isAbsent,
  movingRangeChart,
  pChart,
  pPrimeChart,
  ruleSets,
  runChart,
  runsAnalysis,
  sChart,
  tChart,
  uChart,
  uPrimeChart,
  xbarChart,
  xmrChart,
} from "../../src/index.ts";

// qicharts2 0.8.1: charts that it drew for us, and the references of its own tests.
const folder = join(import.meta.dirname, "../../../../../shared/cases/peers/qicharts2");
const sharedIsThere = existsSync(folder);
/** The package screens moving ranges on individuals charts, and reads no rule but the limits and the runs. */
const rules = { ...ruleSets.limitsOnly, id: "screened", screensMovingRanges: true };

type Cell = number | string | boolean | null;
type Columns = Readonly<Record<string, readonly Cell[]>>;
interface Frame {
  readonly $csv?: string;
  readonly data?: Columns;
}
interface Golden {
  readonly label: string;
  readonly inputs: Readonly<Record<string, unknown>> & { readonly y: readonly number[] };
  readonly outputs: { readonly data: Columns };
}
interface Expectation {
  readonly test: string;
  readonly expected: Frame;
  readonly calls: readonly { readonly args: Readonly<Record<string, unknown>> }[];
}

const parse = (text: string): Cell => {
  const bare = text.replaceAll('"', "").trim();
  if (bare === "TRUE" || bare === "FALSE") return bare === "TRUE";
  return bare === "" || bare === "NA" || Number.isNaN(Number(bare)) ? bare : Number(bare);
};
function columnsOf(frame: Frame): Columns {
  if (frame.$csv === undefined) return frame.data as Columns;
  const [head, ...rows] = readFileSync(join(folder, frame.$csv), "utf8")
    .trim()
    .split("\n")
    // A note may hold a comma inside its quotes.
    .map((line) =>
      (line.match(/("[^"]*"|[^,]*)(,|$)/g) ?? []).map((cell) => cell.replace(/,$/, "")),
    );
  return Object.fromEntries(
    (head as readonly string[]).map((name, k) => [
      name.replaceAll('"', ""),
      rows.map((row) => parse(row[k] ?? "")),
    ]),
  );
}
const numbers = (cells: readonly Cell[] | undefined): readonly number[] =>
  (cells ?? []).filter((cell): cell is number => typeof cell === "number");

/** Rows of raw values by period: count, mean and standard deviation. */
function subgroups(x: readonly Cell[], y: readonly Cell[]) {
  const groups = new Map<Cell, number[]>();
  x.forEach((period, i) => {
    if (period === "NA") return;
    const held = groups.get(period) ?? [];
    groups.set(period, held);
    if (typeof y[i] === "number") held.push(y[i] as number);
  });
  const sets = [...groups.values()];
  const mean = (set: readonly number[]) => set.reduce((a, b) => a + b, 0) / set.length;
  return {
    counts: sets.map(({ length }) => length),
    means: sets.map((set) => (set.length > 0 ? mean(set) : null)),
    standardDeviations: sets.map((set) =>
      set.length > 1
        ? Math.sqrt(set.reduce((sum, v) => sum + (v - mean(set)) ** 2, 0) / (set.length - 1))
        : null,
    ),
  };
}

/** Draws what was asked for. */
function draw(
  kind: string,
  y: readonly number[],
  n: readonly number[],
  x: readonly Cell[],
  options: ControlChartOptions,
): ControlChart {
  const counted = { numerators: y, denominators: n };
  switch (kind) {
    case "i":
      return xmrChart(y, options);
    case "mr":
      return movingRangeChart(y, options);
    case "c":
      return cChart(y, options);
    case "t":
      return tChart(y, options);
    case "g":
      return gChart(y, options);
    case "p":
      return pChart(counted, options);
    case "pp":
      return pPrimeChart(counted, options);
    case "u":
      return uChart(counted, options);
    case "up":
      return uPrimeChart(counted, options);
    case "xbar":
      return xbarChart(subgroups(x, y), options);
    default:
      return sChart(subgroups(x, y), options);
  }
}

/** Compares every point; returns how many were. */
function compare(
  chart: ControlChart,
  rows: Columns,
  label: string,
  times = 1,
  widening = 1,
): number {
  const included = rows.include ?? rows.y?.map(() => true) ?? [];
  (rows.y as readonly Cell[]).forEach((y, i) => {
    const at = `${label} point ${i}`;
    const point = chart.points[i];
    if (point === undefined) throw new Error(at);
    if (typeof y === "number" && !isAbsent(point.value))
      expect(point.value * times, at).toBeCloseTo(y, 8);
    else expect(isAbsent(point.value), at).toBe(typeof y !== "number");
    const centre = point.centre;
    if (isAbsent(centre)) throw new Error(at);
    expect(centre * times, at).toBeCloseTo(rows.cl?.[i] as number, 8);
    const lower = rows.lcl?.[i];
    const upper = rows.ucl?.[i];
    if (!isAbsent(point.limits)) {
      const wide = (limit: number) => centre * times + widening * times * (limit - centre);
      expect(wide(point.limits.upper), at).toBeCloseTo(upper as number, 6);
      if (typeof lower === "number") expect(wide(point.limits.lower), at).toBeCloseTo(lower, 8);
    } else expect(typeof upper, at).not.toBe("number");
    if (included[i] === true && typeof y === "number")
      expect(
        point.signals.some(({ rule }) => rule === "outsideLimits"),
        at,
      ).toBe(rows["sigma.signal"]?.[i]);
  });
  for (const { from, to } of chart.segments) {
    const values = (rows.y as readonly Cell[])
      .slice(from, to + 1)
      .map((y, i) => (included[from + i] === true && typeof y === "number" ? y : null));
    checkRuns(runsAnalysis(values, rows.cl?.[from] as number), rows, from);
  }
  return rows.y?.length ?? 0;
}

function checkRuns(runs: ReturnType<typeof runsAnalysis>, rows: Columns, at: number): void {
  const useful = rows["n.useful"]?.[at];
  if (useful === undefined) return;
  expect(runs).toMatchObject({
    useful,
    longestRun: rows["longest.run"]?.[at],
    longestRunMaximum: rows["longest.run.max"]?.[at],
    crossings: rows["n.crossings"]?.[at],
    crossingsMinimum: rows["n.crossings.min"]?.[at],
    ...(rows["runs.signal"] && { signal: Boolean(rows["runs.signal"][at]) }),
  });
}

test.skipIf(!sharedIsThere)("qicharts2: every chart that it drew for us (needs ../shared)", () => {
  const { cases } = JSON.parse(readFileSync(join(folder, "golden_qic.json"), "utf8")) as {
    readonly cases: readonly Golden[];
  };
  let points = 0;
  for (const { label, inputs, outputs } of cases) {
    const kind = inputs.chart as string;
    if (kind === "run") {
      const chart = runChart(inputs.y);
      expect(chart).toMatchObject({ median: outputs.data.cl?.[0] });
      checkRuns(chart, outputs.data, 0);
      points += inputs.y.length;
      continue;
    }
    const chart = draw(
      kind,
      inputs.y,
      (inputs.n ?? []) as readonly number[],
      (inputs.x ?? []) as readonly Cell[],
      {
        rules,
        ...(typeof inputs.freeze === "number" && { baseline: inputs.freeze }),
        ...(typeof inputs.part === "number" && {
          rebase: [{ from: inputs.part, reason: "the package's part" }],
        }),
      },
    );
    points += compare(chart, outputs.data, label);
  }
  expect(cases).toHaveLength(14);
  expect(points).toBe(336);
});

const textOf = (argument: unknown): string => (argument as { readonly text: string }).text;
const positions = (argument: unknown): readonly number[] =>
  argument === undefined
    ? []
    : typeof argument === "object"
      ? (argument as { readonly value: readonly number[] }).value
      : [Number(argument)];

/** Monthly infections over days: sums by month within each facet, then the line that the summary has. */
function checkSummary({ expected, calls }: Expectation): number {
  const called = calls[0]?.args ?? {};
  const data = columnsOf(called.data as Frame);
  const rows = columnsOf(expected);
  const times = Number(called.multiply ?? 1);
  const byHospital = textOf(called.x).startsWith("reorder");
  const period = byHospital ? data.hospital : data.month;
  const facets = rows.facet1 ?? [];
  facets.forEach((facet1, row) => {
    const facet2 = rows.facet2?.[row];
    const numerators = new Map<Cell, number>();
    const denominators = new Map<Cell, number>();
    const days = new Map<Cell, number>();
    (period ?? []).forEach((at, i) => {
      days.set(at, (days.get(at) ?? 0) + (data.days?.[i] as number));
      const inFacet = [facet1, facet2].every(
        (facet) =>
          typeof facet !== "string" ||
          data.infection?.[i] === facet ||
          data.hospital?.[i] === facet,
      );
      if (!inFacet) return;
      numerators.set(at, (numerators.get(at) ?? 0) + (data.n?.[i] as number));
      denominators.set(at, (denominators.get(at) ?? 0) + (data.days?.[i] as number));
    });
    const order = [...numerators.keys()].sort((a, b) =>
      byHospital
        ? (days.get(a) as number) - (days.get(b) as number)
        : String(a).localeCompare(String(b)),
    );
    const chart = uChart(
      {
        numerators: order.map((at) => numerators.get(at) as number),
        denominators: order.map((at) => denominators.get(at) as number),
      },
      { rules },
    );
    const { centre, value, limits } = chart.points.at(-1) ?? {};
    if (isAbsent(centre) || isAbsent(limits) || isAbsent(value)) throw new Error("no limits");
    expect((centre as number) * times).toBeCloseTo(rows.CL?.[row] as number, 9);
    checkRuns(
      runsAnalysis(
        chart.points.map((point) => (isAbsent(point.value) ? null : point.value)),
        centre as number,
      ),
      rows,
      row,
    );
    const outside = chart.points.some(({ signals }) => signals.length > 0);
    expect(outside ? 1 : 0).toBe(Math.min(1, rows["sigma.signal"]?.[row] as number));
  });
  return facets.length;
}

test.skipIf(!sharedIsThere)("qicharts2: the references of its own tests (needs ../shared)", () => {
  const { cases } = JSON.parse(readFileSync(join(folder, "qic.json"), "utf8")) as {
    readonly cases: readonly Expectation[];
  };
  let covered = 0;
  let points = 0;
  for (const one of cases) {
    const called = one.calls[0]?.args ?? {};
    covered++;
    if (/hospital infections/.test(one.test)) {
      points += checkSummary(one);
      continue;
    }
    const rows = columnsOf(one.expected);
    if (called.data === undefined) {
      const values = numbers(rows.y);
      const chart = runChart(values);
      expect(chart).toMatchObject({ median: rows.cl?.[0] });
      checkRuns(chart, rows, 0);
      points += values.length;
      continue;
    }
    const data = columnsOf(called.data as Frame);
    const kind = called.chart as string;
    const [freeze] = positions(called.freeze);
    const [part] = positions(called.part);
    const chart = draw(
      kind,
      data[textOf(called.y)] as readonly number[],
      called.n === undefined ? [] : (data[textOf(called.n)] as readonly number[]),
      data[textOf(called.x)] as readonly Cell[],
      {
        rules,
        exclude: positions(called.exclude).map((i) => i - 1),
        ...(freeze !== undefined && { baseline: freeze }),
        ...(part !== undefined && { rebase: [{ from: part, reason: "the package's part" }] }),
      },
    );
    // "NA test": the package takes a degree of freedom off for a sample with no observation (75 where 100
    // observations in 24 samples leave 76), so that its limits are wider than they should be.
    const widening = one.test.startsWith("NA test") ? Math.sqrt(76 / 75) : 1;
    points += compare(chart, rows, one.test, Number(called.multiply ?? 1), widening);
  }
  expect(cases).toHaveLength(18);
  expect(covered).toBe(18);
  expect(points).toBe(495);
});
