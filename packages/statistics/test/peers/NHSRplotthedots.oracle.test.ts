import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  assurance,
  type ControlChart,
  type ControlPoint,
  type ImprovementDirection,
  isAbsent,
  ruleSets,
  type SignalRule,
  xmrChart,
} from "../../src/index.ts";

// NHSRplotthedots 0.2.2, read with its own rule set: seven points, screened moving ranges, first rule wins.
const folder = join(import.meta.dirname, "../../../../../shared/cases/peers/NHSRplotthedots");
const sharedIsThere = existsSync(folder);
const rules = ruleSets.plotTheDots;

type Cell = number | string | boolean | null;
type Columns = Readonly<Record<string, readonly Cell[]>>;
interface Golden {
  readonly label: string;
  readonly inputs: {
    readonly x?: readonly string[];
    readonly y?: readonly Cell[];
    readonly improvement_direction?: string;
    readonly screen_outliers?: boolean;
    readonly fix_after_n_points?: number | null;
    readonly target?: number | null;
    readonly rebase?: string;
    readonly data?: { readonly data: Columns };
  };
  readonly outputs: { readonly data: Columns };
}
interface Vector {
  readonly value: readonly Cell[];
}
interface Expectation {
  readonly test: string;
  readonly expect: string;
  readonly object_expr?: string;
  readonly expected?: unknown;
  readonly calls: readonly { readonly args: Readonly<Record<string, unknown>> }[];
}

const read = <T>(name: string): readonly T[] =>
  (JSON.parse(readFileSync(join(folder, name), "utf8")) as { readonly cases: readonly T[] }).cases;
const number = (cell: Cell | undefined): number | null => (typeof cell === "number" ? cell : null);
const direction = (text: string | undefined): ImprovementDirection =>
  text === "neutral" ? "neither" : ((text ?? "increase") as ImprovementDirection);

const typeNames: Partial<Record<SignalRule, readonly [string, string]>> = {
  outsideLimits: ["Above UCL", "Below LCL"],
  twoOfThree: ["2 in 3 Above CL", "2 in 3 Below CL"],
  trend: ["7 Point Trend (Increasing)", "7 Point Trend (Decreasing)"],
  shift: ["7 Points Above CL", "7 Points Below CL"],
};
const typeOf = ({ signals }: ControlPoint): string => {
  const first = signals[0];
  if (first === undefined) return "Common Cause";
  return (typeNames[first.rule] as readonly string[])[first.side === "high" ? 0 : 1] as string;
};
const pointType = ({ variation, signals }: ControlPoint): string =>
  variation === "common"
    ? "common_cause"
    : variation === "neither"
      ? `special_cause_neutral_${signals[0]?.side}`
      : `special_cause_${variation}`;

/** Compares a chart with a data frame of the package; returns how many cells were compared. */
function compare(chart: ControlChart, columns: Columns, rows: readonly number[], label: string) {
  let cells = 0;
  rows.forEach((row, i) => {
    const point = chart.points[i] as ControlPoint;
    const at = `${label} point ${i}`;
    if (isAbsent(point.limits)) {
      // A constant series: the package has no limits if it screens, and limits on the mean if it does not.
      expect(point.limits.absent, at).toBe("allEqual");
      expect([null, number(columns.mean_col?.[row])], at).toContain(number(columns.lpl?.[row]));
    } else {
      expect(point.limits.lower, at).toBeCloseTo(number(columns.lpl?.[row]) as number, 8);
      expect(point.limits.upper, at).toBeCloseTo(number(columns.upl?.[row]) as number, 8);
    }
    expect(point.centre, at).toBeCloseTo(number(columns.mean_col?.[row]) as number, 8);
    if (number(columns.y?.[row]) !== null) {
      expect(typeOf(point), at).toBe(columns.special_cause_type?.[row]);
      expect(pointType(point), at).toBe(columns.point_type?.[row]);
      // A constant series has no limits; the package answers "not known" where we answer no.
      const outside = columns.outside_limits?.[row];
      expect(
        point.signals.some(({ rule }) => rule === "outsideLimits"),
        at,
      ).toBe(outside === true);
    }
    cells += 6;
  });
  return cells;
}

test.skipIf(!sharedIsThere)(
  "NHSRplotthedots: every chart that it drew for us (needs ../shared)",
  () => {
    const cases = read<Golden>("golden_ptd_spc.json");
    let cells = 0;
    for (const { label, inputs, outputs } of cases) {
      if (inputs.data !== undefined) {
        const facets = outputs.data.f as readonly string[];
        for (const facet of new Set(facets)) {
          const rows = facets.flatMap((f, row) => (f === facet ? [row] : []));
          const values = rows.map((row) => number(outputs.data.y?.[row]));
          cells += compare(xmrChart(values, { rules }), outputs.data, rows, `${label} ${facet}`);
        }
        continue;
      }
      const { fix_after_n_points, rebase, x = [], y = [] } = inputs;
      const chart = xmrChart(y.map(number), {
        rules: {
          ...rules,
          screensMovingRanges: inputs.screen_outliers ?? true,
        },
        improvement: direction(inputs.improvement_direction),
        ...(typeof fix_after_n_points === "number" && { baseline: fix_after_n_points }),
        ...(rebase !== undefined && {
          labels: x,
          rebase: [{ from: rebase, reason: "the package's rebase date" }],
        }),
      });
      cells += compare(chart, outputs.data, [...y.keys()], label);
    }
    expect(cases).toHaveLength(68);
    expect(cells).toBe(8892);
  },
);

/** Values on given sides of a mean of 0: what the package's tests of single rules have as input. */
const sidesOf = (vector: unknown): readonly number[] =>
  (typeof vector === "number" ? [vector] : ((vector as Vector).value as readonly number[])) ?? [];

const ran = (points: readonly number[], length: number): readonly number[] =>
  points.map((_, i) => {
    for (let end = i; end < Math.min(points.length, i + length); end++)
      if (points[end] !== 0) return points[end] as number;
    return 0;
  });

type Handler = (expectation: Expectation) => boolean;
const args = ({ calls }: Expectation) => calls[0]?.args ?? {};

/** Each returns false for an expectation that it cannot ask; the reason is in `leftOut`. */
const handlers: Readonly<Record<string, Handler>> = {
  // The package marks the point that completes a run; we mark all its points, as its next step does.
  ptd_seven_point_trend: (expectation) => {
    const y = sidesOf(args(expectation).y);
    const flags = xmrChart(y, { rules }).points.map(({ signals }) => {
      const trend = signals.find(({ rule }) => rule === "trend");
      return trend === undefined ? 0 : trend.side === "high" ? 1 : -1;
    });
    expect(flags.map((f) => f + 0)).toEqual(
      ran((expectation.expected as Vector).value as number[], 7),
    );
    return true;
  },
  ptd_seven_point_one_side_mean: (expectation) => {
    const v = sidesOf(args(expectation).v);
    // The sides are relative to a mean of 0: keep it there with points of no side after the series.
    const balance = v.reduce((sum, side) => sum - side, 0);
    const values = balance === 0 ? v : [...v, balance];
    const flags = xmrChart(values, { rules: { ...rules, minimumPoints: 0 } })
      .points.slice(0, v.length)
      .map(({ signals }) => (signals.some(({ rule }) => rule === "shift") ? 1 : 0));
    const expected = ran((expectation.expected as Vector).value as number[], 7);
    expect(flags).toEqual(expected.map(Math.abs));
    return true;
  },
  ptd_calculate_assurance_type: (expectation) => {
    const improvement = /increase/.test(expectation.test)
      ? "increase"
      : /decrease|rebase/.test(expectation.test)
        ? "decrease"
        : /neutral/.test(expectation.test)
          ? "neither"
          : null;
    const { data } = args(expectation)[".data"] as { readonly data: Columns };
    if (improvement === null || data.lpl === undefined) return false;
    if (data.target?.some((target) => typeof target !== "number") !== false) return false;
    const ours = data.lpl.map((lower, i) =>
      assurance({
        lower: lower as number,
        upper: data.upl?.[i] as number,
        target: data.target?.[i] as number,
        improvement,
      }),
    );
    const names = { pass: "consistent_pass", fail: "consistent_fail", hitOrMiss: "inconsistent" };
    const shown = ours.map((icon) => (isAbsent(icon) ? "NA" : names[icon]));
    // One answer for several rows: the latest limits count.
    if (typeof expectation.expected === "string" && expectation.expected !== "NA")
      expect(shown.at(-1)).toBe(expectation.expected);
    else
      expect(new Set(shown)).toEqual(
        new Set([(expectation.expected as Vector).value ?? "NA"].flat()),
      );
    return true;
  },
  ptd_add_rebase_column: (expectation) => {
    const { data } = args(expectation)[".data"] as { readonly data: Columns };
    const rebase = args(expectation).rebase as { readonly value?: unknown };
    const expected = (expectation.expected as Vector).value;
    for (const facet of new Set(data.f)) {
      const rows = (data.f as readonly Cell[]).flatMap((f, row) => (f === facet ? [row] : []));
      const named = rebase.value as
        | Readonly<Record<string, Vector>>
        | readonly string[]
        | undefined;
      const dates =
        named === undefined
          ? []
          : Array.isArray(named)
            ? (named as readonly string[])
            : ((named as Readonly<Record<string, Vector>>)[String(facet)]?.value as string[]);
      const chart = xmrChart(
        rows.map(() => 1),
        {
          labels: rows.map((row) => String(data.x?.[row])),
          rebase: dates.map((from) => ({ from, reason: "the package's rebase date" })),
        },
      );
      const starts = new Set(chart.segments.slice(1).map(({ from }) => from));
      expect(rows.map((_, i) => (starts.has(i) ? 1 : 0))).toEqual(rows.map((row) => expected[row]));
    }
    return true;
  },
  ptd_spc_standard: (expectation) => {
    if (expectation.test !== "it sets the rebase_group field") return false;
    const last = expectation.calls.at(-1)?.args[".data"] as { readonly data: Columns };
    const at = (last.data.rebase as readonly number[]).indexOf(1);
    const chart = xmrChart((last.data.y as readonly Cell[]).map(number), {
      rules,
      rebase: at < 0 ? [] : [{ from: at, reason: "the package's rebase column" }],
    });
    expect(chart.points.map(({ segment }) => segment)).toEqual(
      (expectation.expected as Vector).value,
    );
    return true;
  },
  ptd_spc: (expectation) => {
    const called = args(expectation);
    const { data } = called[".data"] as { readonly data: Columns };
    if (/2of3/.test(expectation.test)) {
      const chart = xmrChart(data.data as readonly number[], { rules });
      expect(chart.points.slice(-2).map(pointType)).toEqual((expectation.expected as Vector).value);
      return true;
    }
    if (!/icons/.test(expectation.test)) return false;
    const icons = (expectation.expected as { readonly data: Columns }).data;
    const improvement = direction(called.improvement_direction as string | undefined);
    const facets = new Set(called.facet_field === undefined ? [null] : data.f);
    const ours = [...facets].map((facet) =>
      xmrChart(
        (data.y as readonly number[]).filter((_, i) => facet === null || data.f?.[i] === facet),
        {
          rules,
          improvement,
          ...(typeof called.target === "number" && { target: called.target }),
        },
      ),
    );
    const stem = (path: Cell) => String(path).replace(/^.*\//, "").replace(".svg", "");
    const shown = [
      ...ours.map(({ variation }) =>
        String(variation)
          .replace("common", "common_cause")
          .replace("neither", "neutral")
          .replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`),
      ),
      ...ours.flatMap((chart) =>
        isAbsent(chart.assurance)
          ? []
          : [chart.assurance === "hitOrMiss" ? "inconsistent" : chart.assurance],
      ),
    ];
    expect(shown).toEqual((icons.icon as readonly Cell[]).map(stem));
    return true;
  },
  ptd_two_in_three: (expectation) => {
    const called = args(expectation);
    const close = sidesOf(called.v);
    const sides = sidesOf(called.rtm ?? { value: [] });
    if (close.length < 3 || sides.length !== close.length) return false;
    // Points 2.5 sigma from a centre of 0 on their side where they are close to a limit, else 1 sigma.
    const values = close.map((c, i) => (sides[i] as number) * (c === 1 ? 2.5 : 1));
    const flags = flagTwoOfThree(values);
    const theirs = (expectation.expected as Vector).value as readonly number[];
    expect(flags).toEqual(theirs.map((flag, i) => flag * (close[i] as number)));
    return true;
  },
};

/** Two of three on values in sigmas: a baseline of mean 0 and sigma 1 stands before them. */
function flagTwoOfThree(values: readonly number[]): readonly number[] {
  const sigma = 1.128 / 1.128;
  const range = 1.128 * sigma * (3 / 1.128 / 2.66);
  const baseline = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? range / 2 : -range / 2));
  const chart = xmrChart([...baseline, 0, ...values], { rules, baseline: 20 });
  return chart.points
    .slice(21)
    .map(({ signals }) => (signals.some(({ rule }) => rule === "twoOfThree") ? 1 : 0));
}

const leftOut: Readonly<Record<string, string>> = {
  _no_call: "classes, options, drawing and text; nothing is computed",
  geom_ptd_icon: "drawing",
  ptd_add_target_column: "copies the target into a column",
  ptd_calculate_assurance_type: "no target, or the direction is not recorded with the call",
  ptd_create_ggplot: "drawing",
  ptd_create_plotly: "drawing",
  ptd_part_of_seven_trend: "a step between: takes flags, not a series; our runs mark all points",
  ptd_part_of_two_in_three: "a step between: takes flags, not a series; our rule marks the hits",
  ptd_rebase: "wraps dates",
  ptd_spc: "axis breaks and attributes",
  ptd_spc_standard: "columns copied, and inequalities between two results of its own",
  ptd_target: "wraps numbers",
  ptd_two_in_three: "an empty or a constant side",
};

test.skipIf(!sharedIsThere)(
  "NHSRplotthedots: the expectations of its own tests (needs ../shared)",
  () => {
    const counts: Record<string, readonly [number, number]> = {};
    for (const file of readdirSync(folder).filter((name) => /^(?!golden).*\.json$/.test(name))) {
      const name = file.replace(".json", "");
      let covered = 0;
      let omitted = 0;
      for (const expectation of read<Expectation>(file)) {
        if (expectation.expect !== "expect_equal") continue;
        if (handlers[name]?.(expectation) === true) covered++;
        else {
          omitted++;
          expect(leftOut[name], name).toBeDefined();
        }
      }
      if (covered + omitted > 0) counts[name] = [covered, omitted];
    }
    // [covered, left out for the reason in leftOut]
    expect(counts).toEqual({
      _no_call: [0, 31],
      geom_ptd_icon: [0, 4],
      ptd_add_rebase_column: [3, 0],
      ptd_add_target_column: [0, 3],
      ptd_calculate_assurance_type: [6, 1],
      ptd_create_ggplot: [0, 33],
      ptd_part_of_seven_trend: [0, 6],
      ptd_part_of_two_in_three: [0, 9],
      ptd_rebase: [0, 2],
      ptd_seven_point_one_side_mean: [5, 0],
      ptd_seven_point_trend: [7, 0],
      ptd_spc: [10, 4],
      ptd_spc_standard: [2, 3],
      ptd_target: [0, 2],
      ptd_two_in_three: [10, 2],
    });
  },
);
