import * as Plot from "@observablehq/plot";
import type { Estimate } from "@taproot/statistics";
import { GRID, INK, OTHERS, QUIET_INK, UNKNOWN } from "./palette.ts";
import { plotSvg } from "./plot-svg.ts";

/** One group's value of any sign; no estimate where the group is too small for one. */
export interface GroupValue {
  readonly name: string;
  readonly value?: Estimate;
  /** The value in words, beside the mark. */
  readonly label: string;
  readonly unknown: boolean;
}

interface Options {
  /** What the axis measures. */
  readonly axis: string;
  /** A line to compare with, and what it stands for. */
  readonly line: { readonly at: number; readonly text: string };
}

/** Each group's value with its interval, and a line to compare with: a mean, a difference, in whatever unit. */
export function groupValuesChart(
  groups: readonly GroupValue[],
  { axis, line }: Options,
  width: number,
  sentence: string,
): string {
  const wide = width >= 600;
  const longest = Math.max(0, ...groups.map((group) => group.name.length));
  const left = wide ? Math.min(400, Math.max(160, longest * 7.8 + 16)) : 8;
  const rows = groups.map((group, y) => ({ ...group, y }));
  const drawn = rows.flatMap((row) => (row.value ? [{ ...row, value: row.value }] : []));
  const ends = [line.at, ...drawn.flatMap(({ value }) => [value.lower, value.upper])];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = Math.max(1e-6, high - low) * 0.06;
  const ticks = wide ? 6 : 4;
  return plotSvg(
    {
      width,
      height: rows.length * (wide ? 40 : 58) + (wide ? 78 : 98),
      marginLeft: left,
      marginRight: wide ? 190 : 16,
      marginTop: 28,
      marginBottom: wide ? 50 : 70,
      x: { domain: [low - room, high + room], label: null, ticks, tickFormat },
      y: { domain: [-0.7, rows.length - 0.4], axis: null, reverse: true },
      marks: [
        Plot.gridX({ stroke: GRID, strokeOpacity: 1, ticks }),
        Plot.ruleX([line.at], { stroke: INK, strokeDasharray: "4 3", strokeWidth: 1.5 }),
        Plot.text([line.text], {
          x: line.at,
          frameAnchor: "top",
          textAnchor: anchor(line.at, low, high),
          dy: -16,
          fill: INK,
          fontSize: 14,
        }),
        Plot.ruleY(drawn, {
          y: "y",
          x1: ({ value }) => value.lower,
          x2: ({ value }) => value.upper,
          stroke: colour,
          strokeOpacity: 0.35,
          strokeWidth: 6,
          strokeLinecap: "round",
        }),
        Plot.dot(drawn, {
          x: ({ value }) => value.value,
          y: "y",
          r: 6.5,
          symbol: ({ unknown }: GroupValue) => (unknown ? "times" : "circle"),
          fill: (row) => (row.unknown ? "none" : colour(row)),
          stroke: colour,
          strokeWidth: 2,
          title: ({ name, label }) => `${name}: ${label}`,
        }),
        Plot.text(rows, {
          frameAnchor: "left",
          y: "y",
          dx: wide ? -left + 2 : 2,
          dy: wide ? 0 : -20,
          stroke: "#ffffff",
          strokeWidth: 5,
          textAnchor: "start",
          text: ({ name, label }) => (wide ? name : `${name}: ${label}`),
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
                text: "label",
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

/** A line's text stays inside the picture, whichever end the line is near. */
function anchor(at: number, low: number, high: number): "start" | "middle" | "end" {
  const share = high > low ? (at - low) / (high - low) : 0.5;
  if (share < 0.25) return "start";
  return share > 0.75 ? "end" : "middle";
}

/** A true minus sign, and no more digits than the axis needs. */
function tickFormat(value: number): string {
  return String(Number(value.toPrecision(3))).replace("-", "−");
}
