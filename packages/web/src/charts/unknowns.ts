import * as Plot from "@observablehq/plot";
import { count, percent } from "../words/numbers.ts";
import { GRID, INK, QUIET_INK } from "./palette.ts";
import { plotSvg } from "./plot-svg.ts";

/** How many have no group recorded for one characteristic. */
export interface UnknownRow {
  readonly label: string;
  readonly unknown: number;
  readonly total: number;
}

/** The share not recorded for each characteristic, as bars from zero. */
export function unknownsChart(
  rows: readonly UnknownRow[],
  width: number,
  sentence: string,
): string {
  const wide = width >= 600;
  const share = (row: UnknownRow) => (row.total > 0 ? row.unknown / row.total : 0);
  const left = wide ? 220 : 4;
  const label = (row: UnknownRow) => `${percent(share(row))} (${count(row.unknown)})`;
  return plotSvg(
    {
      width,
      height: rows.length * (wide ? 36 : 54) + 30,
      marginLeft: left,
      marginRight: wide ? 130 : 20,
      marginTop: wide ? 4 : 16,
      marginBottom: 26,
      x: {
        domain: [0, Math.max(0.05, ...rows.map(share)) * (wide ? 1 : 1.05)],
        label: null,
        ticks: wide ? 5 : 3,
        tickFormat: percent,
      },
      y: { domain: rows.map((row) => row.label), axis: null, padding: wide ? 0.35 : 0.66 },
      marks: [
        Plot.gridX({ stroke: GRID, strokeOpacity: 1, ticks: wide ? 5 : 3 }),
        Plot.barX(rows, { x: share, y: "label", fill: QUIET_INK, rx: 2, title: label }),
        Plot.ruleX([0], { stroke: INK }),
        Plot.text(rows, {
          x: 0,
          y: "label",
          dx: wide ? -left + 2 : 2,
          dy: wide ? 0 : -21,
          textAnchor: "start",
          text: (row: UnknownRow) => (wide ? row.label : `${row.label}: ${label(row)}`),
          fill: INK,
          ...(wide ? {} : { fontSize: 14 }),
        }),
        ...(wide
          ? [Plot.text(rows, { x: share, y: "label", dx: 8, textAnchor: "start", text: label })]
          : []),
      ],
    },
    sentence,
  );
}
