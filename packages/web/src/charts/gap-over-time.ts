import * as Plot from "@observablehq/plot";
import type { Estimate } from "@taproot/statistics";
import { signed } from "../words/numbers.ts";
import { FOCUS, GRID, INK, QUIET_INK } from "./palette.ts";
import { plotSvg } from "./plot-svg.ts";

/** The gap of one period; nothing where too few are settled. */
export interface PeriodGap {
  readonly period: string;
  readonly points?: Estimate;
}

/** A quarter in short: "Jan–Mar 2025"; any other period as it is. */
export function shortPeriod(period: string): string {
  return period.replace(/^(\w{3})\w* to (\w{3})\w* (\d{4})$/, "$1–$2 $3");
}

/** A gap in each period with its range, and a line where there is no gap. */
export function gapOverTimeChart(
  periods: readonly PeriodGap[],
  width: number,
  sentence: string,
): string {
  const wide = width >= 600;
  const rows = periods.map((period, x) => ({ ...period, x }));
  const drawn = rows.flatMap(({ points, ...row }) => (points ? [{ ...row, ...points }] : []));
  const every = Math.max(1, Math.ceil(rows.length / (wide ? 6 : 2)));
  const labelled = rows.filter(({ x }) => x % every === 0);
  const ends = drawn.flatMap(({ lower, upper }) => [lower, upper]);
  return plotSvg(
    {
      width,
      height: wide ? 320 : 280,
      marginLeft: wide ? 70 : 54,
      marginRight: 30,
      marginTop: 24,
      marginBottom: 46,
      x: { domain: [-0.5, rows.length - 0.5], axis: null },
      y: {
        domain: [Math.min(0, ...ends), Math.max(0, ...ends)],
        nice: true,
        label: null,
        ticks: 5,
        tickFormat: (value: number) => signed(value, 0),
      },
      marks: [
        Plot.gridY({ stroke: GRID, strokeOpacity: 1, ticks: 5 }),
        Plot.ruleY([0], { stroke: INK, strokeWidth: 1.5 }),
        Plot.ruleX(drawn, {
          x: "x",
          y1: "lower",
          y2: "upper",
          stroke: FOCUS,
          strokeOpacity: 0.35,
          strokeWidth: 6,
          strokeLinecap: "round",
        }),
        Plot.line(drawn, { x: "x", y: "value", stroke: FOCUS, strokeWidth: 1.5 }),
        Plot.dot(drawn, {
          x: "x",
          y: "value",
          r: 6,
          fill: FOCUS,
          title: (row: Estimate & { period: string }) =>
            `${row.period}: ${signed(row.value)} points`,
        }),
        Plot.text(labelled, {
          x: "x",
          frameAnchor: "bottom",
          dy: 26,
          text: (row: PeriodGap) => shortPeriod(row.period),
          fill: QUIET_INK,
          fontSize: 14,
        }),
        Plot.text(["points, against everyone else"], {
          frameAnchor: "top-left",
          textAnchor: "start",
          dx: 4,
          dy: -20,
          fill: QUIET_INK,
          fontSize: 14,
        }),
      ],
    },
    sentence,
  );
}
