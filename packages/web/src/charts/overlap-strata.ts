import * as Plot from "@observablehq/plot";
import type { Estimate } from "@taproot/statistics";
import { count, percent } from "../words/numbers.ts";
import { FOCUS, GRID, INK, OTHERS, QUIET_INK } from "./palette.ts";
import { plotSvg } from "./plot-svg.ts";

/** One crossing of groups, as the picture shows it. Shares are 0 to 1. */
export interface CrossedGroup {
  readonly name: string;
  readonly share: Estimate;
  /** What its parts add up to. */
  readonly expected: number;
  readonly people: number;
  readonly standsOut: boolean;
}

interface Options {
  /** What the axis measures. */
  readonly axis: string;
  readonly everyone: number;
  /** How many groups between the first rows and the last are in the table only; the row after which they would come. */
  readonly left?: { readonly groups: number; readonly after: number };
}

interface Row extends CrossedGroup {
  readonly y: number;
}

/** Each group's share with its interval, a bar at what its parts add up to, and a line at everyone's share. */
export function overlapStrataChart(
  groups: readonly CrossedGroup[],
  { axis, everyone, left }: Options,
  width: number,
  sentence: string,
): string {
  const wide = width >= 600;
  const rows = groups.map(
    (group, i): Row => ({ ...group, y: left && i >= left.after ? i + 0.8 : i }),
  );
  const last = rows.at(-1)?.y ?? 0;
  const values = rows.flatMap(({ share, expected }) => [share.lower, share.upper, expected]);
  const from = Math.floor(Math.min(everyone, ...values) * 10) / 10;
  const to = Math.min(1, Math.ceil(Math.max(everyone, ...values) * 10) / 10);
  const colour = (row: Row) => (row.standsOut ? FOCUS : OTHERS);
  const label = (row: Row) =>
    `${row.name}: ${percent(row.share.value)} of ${count(row.people)}${row.standsOut ? ", stands out" : ""}`;
  return plotSvg(
    {
      width,
      height: (last + 1) * (wide ? 46 : 74) + 96,
      marginLeft: 10,
      marginRight: 16,
      marginTop: 40,
      marginBottom: 52,
      x: { domain: [from, to], label: null, ticks: wide ? 8 : 4, tickFormat: percent },
      y: { domain: [-0.8, last + 0.4], axis: null, reverse: true },
      marks: [
        Plot.gridX({ stroke: GRID, strokeOpacity: 1, ticks: wide ? 8 : 4 }),
        Plot.ruleX([everyone], { stroke: INK, strokeDasharray: "4 3", strokeWidth: 1.5 }),
        Plot.text([`everyone ${percent(everyone)}`], {
          x: everyone,
          frameAnchor: "top",
          dy: -18,
          fill: INK,
          fontSize: 14,
        }),
        Plot.ruleY(rows, {
          y: "y",
          x1: (row) => row.share.lower,
          x2: (row) => row.share.upper,
          stroke: colour,
          strokeOpacity: 0.35,
          strokeWidth: 6,
          strokeLinecap: "round",
        }),
        // A tick would make the rows a scale of names.
        Plot.ruleX(rows, {
          x: "expected",
          y1: (row: Row) => row.y - 0.2,
          y2: (row: Row) => row.y + 0.2,
          stroke: INK,
          strokeWidth: 3,
        }),
        ...[false, true].map((standsOut) =>
          Plot.dot(
            rows.filter((row) => row.standsOut === standsOut),
            {
              x: (row: Row) => row.share.value,
              y: "y",
              r: standsOut ? 8 : 6,
              symbol: standsOut ? "diamond2" : "circle",
              fill: colour,
              stroke: "#ffffff",
              strokeWidth: 1.5,
              title: label,
            },
          ),
        ),
        ...[false, true].map((standsOut) =>
          Plot.text(
            rows.filter((row) => row.standsOut === standsOut),
            {
              frameAnchor: "left",
              y: "y",
              dx: 2,
              dy: wide ? -20 : -12,
              lineAnchor: wide ? "middle" : "bottom",
              textAnchor: "start",
              text: label,
              fontSize: 14,
              fontWeight: standsOut ? "bold" : "normal",
              fill: INK,
              stroke: "#ffffff",
              strokeWidth: 5,
              ...(wide ? {} : { lineWidth: 21 }),
            },
          ),
        ),
        ...(left
          ? [
              Plot.text([`… ${count(left.groups)} more in the table …`], {
                frameAnchor: "left",
                y: () => left.after - 0.35,
                dx: 2,
                textAnchor: "start",
                fill: QUIET_INK,
                fontSize: 14,
                stroke: "#ffffff",
                strokeWidth: 5,
              }),
            ]
          : []),
        Plot.text([axis], {
          frameAnchor: wide ? "bottom-left" : "bottom",
          dy: 46,
          fill: QUIET_INK,
          fontSize: 14,
          ...(wide ? {} : { lineWidth: 22 }),
        }),
      ],
    },
    sentence,
  );
}
