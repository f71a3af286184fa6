import * as Plot from "@observablehq/plot";
import type { Estimate } from "@taproot/statistics";
import { percent } from "../words/numbers.ts";
import { FOCUS, GRID, INK, OTHERS } from "./palette.ts";
import { plotSvg } from "./plot-svg.ts";

/** One step of two groups; nothing where a group is too small. */
export interface TwoShares {
  readonly step: string;
  readonly first?: Estimate;
  readonly second?: Estimate;
}

/** The shares of two groups at each step: the first a diamond above, the second a circle below, each with its range. */
export function twoGroupsChart(
  rows: readonly TwoShares[],
  names: readonly [string, string],
  width: number,
  sentence: string,
): string {
  const wide = width >= 600;
  const left = wide ? 230 : 8;
  const dots = rows.flatMap(({ first, second }, y) => [
    ...(first ? [{ ...first, y: y - 0.14, side: 0 as const }] : []),
    ...(second ? [{ ...second, y: y + 0.14, side: 1 as const }] : []),
  ]);
  const colour = ({ side }: { side: 0 | 1 }) => (side === 0 ? FOCUS : OTHERS);
  return plotSvg(
    {
      width,
      height: rows.length * (wide ? 64 : 92) + (wide ? 80 : 104),
      marginLeft: left,
      marginRight: wide ? 60 : 16,
      marginTop: wide ? 34 : 58,
      marginBottom: 44,
      x: { domain: [0, 1], label: null, ticks: wide ? 6 : 4, tickFormat: percent },
      y: { domain: [-0.6, rows.length - 0.4], axis: null, reverse: true },
      marks: [
        Plot.gridX({ stroke: GRID, strokeOpacity: 1, ticks: wide ? 6 : 4 }),
        Plot.ruleY(dots, {
          y: "y",
          x1: "lower",
          x2: "upper",
          stroke: colour,
          strokeOpacity: 0.35,
          strokeWidth: 6,
          strokeLinecap: "round",
        }),
        ...([0, 1] as const).map((side) =>
          Plot.dot(
            dots.filter((dot) => dot.side === side),
            {
              x: "value",
              y: "y",
              r: side === 0 ? 7 : 6,
              symbol: side === 0 ? "diamond2" : "circle",
              fill: colour,
              title: (dot: Estimate) => `${names[side]}: ${percent(dot.value)}`,
            },
          ),
        ),
        Plot.text(rows, {
          frameAnchor: "left",
          y: (_, index) => index,
          dx: wide ? -left + 2 : 2,
          dy: wide ? 0 : -34,
          textAnchor: "start",
          text: "step",
          fill: INK,
          stroke: "#ffffff",
          strokeWidth: 5,
        }),
        ...names.map((name, side) =>
          Plot.text([`${side === 0 ? "◆" : "●"} ${name}`], {
            frameAnchor: "top-left",
            dx: wide ? 0 : 2,
            dy: wide ? (side === 0 ? -32 : -14) : side === 0 ? -56 : -36,
            textAnchor: "start",
            lineAnchor: "top",
            fill: side === 0 ? FOCUS : OTHERS,
            fontWeight: "bold",
            lineWidth: wide ? 40 : 20,
            textOverflow: "ellipsis",
          }),
        ),
      ],
    },
    sentence,
  );
}
