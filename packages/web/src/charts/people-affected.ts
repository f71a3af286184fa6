import * as Plot from "@observablehq/plot";
import type { Estimate } from "@taproot/statistics";
import { count, sizes } from "../words/numbers.ts";
import { FOCUS, GRID, INK, OTHERS, QUIET_INK } from "./palette.ts";
import { plotSvg } from "./plot-svg.ts";

/** One line of the chart: who, at which step, and how many people more (or, negative, fewer) were reached. */
export interface AffectedRow {
  readonly who: string;
  readonly where: string;
  readonly people: Estimate;
  /** False when the unknowns could turn it round: drawn hollow. */
  readonly signKnown: boolean;
}

interface Mark extends AffectedRow {
  readonly y: number;
  readonly value: number;
  readonly from: number;
  readonly to: number;
  readonly size: string;
}

/** Pixels. */
const MARK_TO_SIZE = 14;
const WIDTH_OF_CHARACTER = 7.6;

/**
 * People affected by each finding with its interval, largest first. Fewer reached points right, because it is the question;
 * a group that fares better points left, drawn as a square. A hollow mark means that the direction is not certain.
 */
export function peopleAffectedChart(
  rows: readonly AffectedRow[],
  width: number,
  sentence: string,
): string {
  const wide = width >= 600;
  const step = wide ? 52 : 84;
  const marks = rows.map((row, index) => mark(row, index));
  const left = wide ? 340 : 8;
  const ends = marks.flatMap(({ from, to }) => [from, to]);
  const lowest = Math.min(0, ...ends);
  const highest = Math.max(0, ...ends);
  const span = Math.max(1, highest - lowest);
  const lines = wide ? [-9, 10] : [-42, -23];
  // What is written after the mark furthest right has to fit in.
  const longest = Math.max(...marks.map(({ size }) => size.length));
  const mainText = (index: 0 | 1, options: Plot.TextOptions): Plot.Markish =>
    Plot.text(marks, {
      y: "y",
      dx: wide ? -left + 2 : 2,
      dy: lines[index]!,
      textAnchor: "start",
      frameAnchor: "left",
      stroke: "#ffffff",
      strokeWidth: 5,
      ...options,
    });
  return plotSvg(
    {
      width,
      height: rows.length * step + 58,
      marginLeft: left,
      marginRight: wide ? MARK_TO_SIZE + longest * WIDTH_OF_CHARACTER : 16,
      marginTop: wide ? 8 : 30,
      marginBottom: 50,
      x: {
        domain: [lowest - (lowest < 0 ? span * 0.04 : 0), highest + span * 0.02],
        label: null,
        ticks: wide ? 5 : 3,
        tickFormat: (value: number) => count(Math.abs(value)),
      },
      y: { domain: [-0.5, rows.length - 0.5], axis: null, reverse: true },
      marks: [
        Plot.gridX({ stroke: GRID, strokeOpacity: 1, ticks: wide ? 5 : 3 }),
        Plot.ruleX([0], { stroke: INK, strokeWidth: 1.5 }),
        Plot.ruleY(marks, {
          y: "y",
          x1: "from",
          x2: "to",
          stroke: colour,
          strokeWidth: 5,
          strokeOpacity: 0.35,
          strokeLinecap: "round",
        }),
        Plot.dot(marks, {
          x: "value",
          y: "y",
          r: 7,
          symbol: (row: Mark) => (row.value < 0 ? "square" : "circle"),
          stroke: colour,
          strokeWidth: 2.5,
          fill: (row: Mark) => (row.signKnown ? colour(row) : "#ffffff"),
          title: (row: Mark) => `${row.who}, ${row.where}: ${row.size}`,
        }),
        mainText(0, {
          text: "who",
          fontWeight: "bold",
          fill: INK,
          ...(wide ? {} : { fontSize: 14 }),
        }),
        mainText(1, {
          text: (row: Mark) => (wide ? row.where : `${row.where}: ${row.size}`),
          fill: QUIET_INK,
          ...(wide ? {} : { fontSize: 14 }),
        }),
        ...(wide
          ? [
              Plot.text(marks, {
                x: "to",
                y: "y",
                dx: MARK_TO_SIZE,
                textAnchor: "start",
                text: "size",
                fill: INK,
                stroke: "#ffffff",
                strokeWidth: 5,
              }),
            ]
          : []),
        Plot.text(["People fewer than at everyone else’s rate →"], {
          frameAnchor: wide ? "bottom-left" : "bottom",
          dy: 44,
          fill: QUIET_INK,
          fontSize: 14,
        }),
      ],
    },
    sentence,
  );
}

function mark(row: AffectedRow, y: number): Mark {
  const { value, lower, upper } = row.people;
  const word = value > 0 ? "more" : "fewer";
  return {
    ...row,
    y,
    value: -value,
    from: -upper,
    to: -lower,
    size: `${count(Math.abs(value))} ${word} (${sizes(lower, upper, count)})`,
  };
}

function colour(row: Mark): string {
  return row.value < 0 ? OTHERS : FOCUS;
}
