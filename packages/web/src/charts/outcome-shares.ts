import * as Plot from "@observablehq/plot";
import type { Estimate } from "@taproot/statistics";
import { count, percent } from "../words/numbers.ts";
import { GRID, INK, OTHERS, QUIET_INK, UNKNOWN } from "./palette.ts";
import { plotSvg } from "./plot-svg.ts";

/** One group's share improved, and between what it can lie whatever became of those without a second score. */
export interface OutcomeShare {
  readonly name: string;
  readonly share?: Estimate;
  readonly reached: number;
  readonly denominator: number;
  readonly bounds?: { readonly lower: number; readonly upper: number };
  readonly unknown: boolean;
}

/** Each group's share with its interval as a thick line, and the bounds that missing outcomes allow as a thin one. */
export function outcomeSharesChart(
  groups: readonly OutcomeShare[],
  { axis, everyone }: { readonly axis: string; readonly everyone?: number },
  width: number,
  sentence: string,
): string {
  const wide = width >= 600;
  const longest = Math.max(0, ...groups.map(({ name }) => name.length));
  const left = wide ? Math.min(400, Math.max(160, longest * 7.8 + 16)) : 8;
  const rows = groups.map((group, y) => ({ ...group, y }));
  const shares = rows.flatMap((row) => (row.share ? [{ ...row, share: row.share }] : []));
  const bounds = rows.flatMap((row) => (row.bounds ? [{ ...row, bounds: row.bounds }] : []));
  const label = (row: OutcomeShare) =>
    row.share
      ? `${percent(row.share.value)} (${count(row.reached)} of ${count(row.denominator)})`
      : `too few to say (${count(row.denominator)})`;
  const ends = (side: "lower" | "upper") =>
    bounds.map((row) => ({ x: row.bounds[side], y: row.y }));
  return plotSvg(
    {
      width,
      height: rows.length * (wide ? 40 : 58) + (wide ? 78 : 98),
      marginLeft: left,
      marginRight: wide ? 190 : 16,
      marginTop: 28,
      marginBottom: wide ? 50 : 70,
      x: { domain: [0, 1], label: null, ticks: wide ? 6 : 3, tickFormat: percent },
      y: { domain: [-0.7, rows.length - 0.4], axis: null, reverse: true },
      marks: [
        Plot.gridX({ stroke: GRID, strokeOpacity: 1, ticks: wide ? 6 : 3 }),
        ...(everyone === undefined
          ? []
          : [
              Plot.ruleX([everyone], { stroke: INK, strokeDasharray: "4 3", strokeWidth: 1.5 }),
              Plot.text([`everyone ${percent(everyone)}`], {
                x: everyone,
                frameAnchor: "top",
                dy: -16,
                fill: INK,
                fontSize: 14,
              }),
            ]),
        Plot.ruleY(bounds, {
          y: "y",
          x1: (row) => row.bounds.lower,
          x2: (row) => row.bounds.upper,
          stroke: QUIET_INK,
          strokeWidth: 1.5,
        }),
        ...[ends("lower"), ends("upper")].map((side) =>
          Plot.ruleX(side, {
            x: "x",
            y1: ({ y }) => y - 0.14,
            y2: ({ y }) => y + 0.14,
            stroke: QUIET_INK,
            strokeWidth: 1.5,
          }),
        ),
        Plot.ruleY(shares, {
          y: "y",
          x1: (row) => row.share.lower,
          x2: (row) => row.share.upper,
          stroke: colour,
          strokeOpacity: 0.4,
          strokeWidth: 7,
          strokeLinecap: "round",
        }),
        Plot.dot(shares, {
          x: (row) => row.share.value,
          y: "y",
          r: 6.5,
          symbol: (row: OutcomeShare) => (row.unknown ? "times" : "circle"),
          fill: (row: OutcomeShare) => (row.unknown ? "none" : colour(row)),
          stroke: colour,
          strokeWidth: 2,
          title: (row: OutcomeShare) => `${row.name}: ${label(row)}`,
        }),
        Plot.text(rows, {
          frameAnchor: "left",
          y: "y",
          dx: wide ? -left + 2 : 2,
          dy: wide ? 0 : -20,
          stroke: "#ffffff",
          strokeWidth: 5,
          textAnchor: "start",
          text: (row: OutcomeShare) => (wide ? row.name : `${row.name}: ${label(row)}`),
          fill: INK,
          ...(wide ? {} : { fontSize: 14 }),
        }),
        ...(wide
          ? [
              Plot.text(rows, {
                frameAnchor: "right",
                y: "y",
                dx: 186,
                textAnchor: "end",
                text: label,
                fill: INK,
              }),
            ]
          : []),
        Plot.text([axis], {
          frameAnchor: wide ? "bottom-left" : "bottom",
          dy: wide ? 44 : 30,
          fill: QUIET_INK,
          fontSize: 14,
          ...(wide ? {} : { lineWidth: 24, lineAnchor: "top" as const }),
        }),
      ],
    },
    sentence,
  );
}

const colour = ({ unknown }: { unknown: boolean }) => (unknown ? UNKNOWN : OTHERS);
