import * as Plot from "@observablehq/plot";
import { count } from "../words/numbers.ts";
import { FOCUS, GRID, INK, OTHERS, QUIET_INK } from "./palette.ts";
import { plotSvg } from "./plot-svg.ts";

/** What became of looking for a gap of one characteristic at one step. */
export type MatrixCell = {
  readonly characteristic: string;
  readonly step: string;
} & (
  | {
      readonly kind: "found";
      /** Negative where fewer were reached. */
      readonly people: number;
    }
  /** A gap that another one explains. */
  | { readonly kind: "explained" }
  /** No gap stood out; a smaller one than this, in points, could not have been seen. */
  | { readonly kind: "none"; readonly smallest: number }
  | { readonly kind: "tooFew" }
);

interface Matrix {
  readonly characteristics: readonly string[];
  readonly steps: readonly string[];
  readonly cells: readonly MatrixCell[];
}

/**
 * Where gaps are and where none is: a row a characteristic, a column a step. A dot's area is the number of people; a
 * number is the smallest gap that could have been seen where none was.
 */
export function gapMatrixChart(matrix: Matrix, width: number, sentence: string): string {
  const { characteristics, steps, cells } = matrix;
  const wide = width >= 600;
  const row = wide ? 46 : 66;
  const found = cells.flatMap((cell) => (cell.kind === "found" ? [cell] : []));
  const explained = cells.filter((cell) => cell.kind === "explained");
  const quiet = cells.flatMap((cell) =>
    cell.kind === "none" || cell.kind === "tooFew" ? [cell] : [],
  );
  const most = Math.max(1, ...found.map((cell) => Math.abs(cell.people)));
  const at = { x: "step", y: "characteristic" } as const;
  const lift = wide ? 0 : 9;
  const colour = (cell: { people: number }) => (cell.people < 0 ? FOCUS : OTHERS);
  return plotSvg(
    {
      width,
      height: characteristics.length * row + 40,
      marginLeft: wide ? 200 : 2,
      marginRight: 2,
      marginTop: 34,
      marginBottom: 6,
      r: { domain: [0, most], range: [0, wide ? 19 : 16] },
      x: { domain: steps, type: "band", axis: null, padding: 0 },
      y: { domain: characteristics, type: "band", axis: null, padding: 0 },
      marks: [
        Plot.text(steps, {
          x: (step: string) => step,
          frameAnchor: "top",
          dy: -26,
          text: (step: string) => step,
          fontWeight: "bold",
          fontSize: wide ? 15 : 12,
          fill: INK,
        }),
        Plot.ruleY(characteristics, {
          y: (name: string) => name,
          stroke: GRID,
          dy: -row / 2,
          ...(wide ? { insetLeft: -198 } : {}),
        }),
        Plot.text(characteristics, {
          y: (name: string) => name,
          frameAnchor: "left",
          dx: wide ? -198 : 2,
          dy: wide ? 0 : -20,
          text: (name: string) => name,
          fontSize: wide ? 15 : 13,
          fill: INK,
        }),
        Plot.dot(explained, {
          ...at,
          dy: lift,
          r: 6,
          fill: "#ffffff",
          stroke: QUIET_INK,
          strokeDasharray: "2 2",
          title: (cell: MatrixCell) =>
            `${cell.characteristic}, ${cell.step}: a gap that another one explains`,
        }),
        Plot.dot(found, {
          ...at,
          dy: lift,
          r: (cell: { people: number }) => Math.abs(cell.people),
          symbol: "circle",
          fill: colour,
          title: (cell: (typeof found)[number]) =>
            `${cell.characteristic}, ${cell.step}: ${count(Math.abs(cell.people))} ${cell.people < 0 ? "fewer" : "more"}`,
        }),
        Plot.text(found, {
          ...at,
          dy: lift,
          dx: wide ? 24 : 0,
          textAnchor: wide ? "start" : "middle",
          text: (cell: { people: number }) =>
            `${count(Math.abs(cell.people))}${wide ? (cell.people < 0 ? " fewer" : " more") : ""}`,
          fontWeight: "bold",
          fill: INK,
          stroke: "#ffffff",
          strokeWidth: 4,
          fontSize: wide ? 14 : 13,
        }),
        Plot.text(quiet, {
          ...at,
          dy: lift,
          text: (cell: (typeof quiet)[number]) =>
            cell.kind === "none" ? `under ${cell.smallest.toFixed(1)}` : "too few",
          fill: QUIET_INK,
          fontSize: wide ? 13 : 12,
        }),
      ],
    },
    sentence,
  );
}
