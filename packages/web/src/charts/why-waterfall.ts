import * as Plot from "@observablehq/plot";
import type { Estimate } from "@taproot/statistics";
import { signed } from "../words/numbers.ts";
import { FOCUS, GRID, INK, OTHERS, QUIET_INK } from "./palette.ts";
import { plotSvg } from "./plot-svg.ts";

/** One step's part of a gap, in points. */
export interface WaterfallStep {
  readonly name: string;
  readonly points: Estimate;
}

/** From one side's share down (or up) step by step to the other's, all of 100. */
export interface Waterfall {
  readonly start: { readonly name: string; readonly value: number };
  readonly end: { readonly name: string; readonly value: number };
  readonly steps: readonly WaterfallStep[];
  /** What the axis measures. */
  readonly axis: string;
  /** Decimals of points: more where few get so far. */
  readonly decimals: number;
}

interface Row {
  readonly y: number;
  readonly name: string;
  readonly text: string;
  readonly bold: boolean;
  /** Where the bar begins and ends; the same for the two ends of the pathway. */
  readonly from: number;
  readonly to: number;
  readonly likely?: readonly [number, number];
}

/** Where the leak is: each step takes its part off, from those compared with at the top to the group at the foot. */
export function whyWaterfallChart(given: Waterfall, width: number, sentence: string): string {
  const wide = width >= 600;
  const rows = rowsOf(given);
  const bars = rows.filter((row) => row.likely);
  const totals = rows.filter((row) => !row.likely);
  const longest = Math.max(...rows.map((row) => row.name.length));
  const left = wide ? Math.min(340, Math.max(150, longest * 8.4)) : 8;
  const step = wide ? 48 : 66;
  const ends = rows.flatMap((row) => [row.from, row.to, ...(row.likely ?? [])]);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = Math.max(high - low, 0.01) * 0.06;
  const label = (bold: boolean): Plot.Markish =>
    Plot.text(
      rows.filter((row) => row.bold === bold),
      {
        y: "y",
        frameAnchor: "left",
        dx: wide ? -left + 2 : 2,
        dy: wide ? 0 : -22,
        textAnchor: "start",
        text: (row: Row) => (wide ? row.name : `${row.name}: ${row.text}`),
        fontWeight: bold ? "bold" : "normal",
        fill: INK,
        stroke: "#ffffff",
        strokeWidth: 5,
        ...(wide ? {} : { fontSize: 14 }),
      },
    );
  return plotSvg(
    {
      width,
      height: rows.length * step + 76,
      marginLeft: left,
      marginRight: wide ? 230 : 16,
      marginTop: 20,
      marginBottom: 56,
      x: { domain: [Math.max(0, low - room), high + room], label: null, ticks: wide ? 6 : 4 },
      y: { domain: [-0.6, rows.length - 0.4], axis: null, reverse: true },
      marks: [
        Plot.gridX({ stroke: GRID, strokeOpacity: 1, ticks: wide ? 6 : 4 }),
        Plot.link(rows.slice(0, -1), {
          x1: "to",
          x2: "to",
          y1: "y",
          y2: (row: Row) => row.y + 1,
          stroke: QUIET_INK,
          strokeDasharray: "2 3",
        }),
        Plot.ruleY(bars, {
          y: "y",
          x1: "from",
          x2: "to",
          stroke: colour,
          strokeWidth: 20,
          strokeLinecap: "butt",
          title: (row: Row) => `${row.name}: ${row.text}`,
        }),
        Plot.ruleY(bars, {
          y: "y",
          x1: (row: Row) => row.likely![0],
          x2: (row: Row) => row.likely![1],
          stroke: INK,
          strokeWidth: 2,
        }),
        ...[0, 1].map((end) =>
          Plot.ruleX(bars, {
            x: (row: Row) => row.likely![end]!,
            y1: (row: Row) => row.y - 0.14,
            y2: (row: Row) => row.y + 0.14,
            stroke: INK,
            strokeWidth: 2,
          }),
        ),
        Plot.dot(totals, {
          x: "to",
          y: "y",
          r: 8,
          symbol: (row: Row) => (row.y === 0 ? "circle" : "diamond2"),
          fill: (row: Row) => (row.y === 0 ? OTHERS : FOCUS),
          title: (row: Row) => `${row.name}: ${row.text}`,
        }),
        label(true),
        label(false),
        ...(wide
          ? [
              Plot.text(rows, {
                y: "y",
                frameAnchor: "right",
                dx: 226,
                textAnchor: "end",
                text: "text",
                fill: INK,
              }),
            ]
          : []),
        Plot.text([given.axis], {
          frameAnchor: wide ? "bottom-left" : "bottom",
          dy: 44,
          fill: QUIET_INK,
          fontSize: 14,
          ...(wide ? {} : { lineWidth: 22 }),
        }),
      ],
    },
    sentence,
  );
}

function rowsOf({ start, end, steps, decimals }: Waterfall): Row[] {
  const total = (one: Waterfall["start"], y: number): Row => ({
    y,
    name: one.name,
    text: `${one.value.toFixed(decimals)} of 100`,
    bold: true,
    from: one.value,
    to: one.value,
  });
  const rows = [total(start, 0)];
  let at = start.value;
  for (const { name, points } of steps) {
    const { value, lower, upper } = points;
    rows.push({
      y: rows.length,
      name,
      text: `${signed(value, decimals)} (${signed(lower, decimals)} to ${signed(upper, decimals)})`,
      bold: false,
      from: at,
      to: at + value,
      likely: [at + lower, at + upper],
    });
    at += value;
  }
  rows.push(total(end, rows.length));
  return rows;
}

function colour(row: Row): string {
  return row.to < row.from ? FOCUS : OTHERS;
}
