import * as Plot from "@observablehq/plot";
import type { Estimate } from "@taproot/statistics";
import { count, sizes } from "../words/numbers.ts";
import { FOCUS, GRID, INK, OTHERS, QUIET_INK } from "./palette.ts";
import { plotSvg } from "./plot-svg.ts";

/** One part: worse for the group points right. */
export interface WhyPart {
  readonly name: string;
  /** People worse off: fewer who get through, or more who are lost. Negative where the group fares better. */
  readonly people: Estimate;
  /** The whole, which the parts below it add up to. */
  readonly whole?: boolean;
}

interface Options {
  /** What the axis measures, with its arrow. */
  readonly axis: string;
  /** What a part to the right is called after its number: "fewer", and one to the left: "more". */
  readonly words: readonly [right: string, left: string];
}

interface Row extends WhyPart {
  readonly y: number;
  readonly size: string;
}

/** Parts of a gap in people, each a bar from nought with the line in which it is likely to lie. */
export function whyPartsChart(
  parts: readonly WhyPart[],
  { axis, words }: Options,
  width: number,
  sentence: string,
): string {
  const wide = width >= 600;
  const rows = parts.map(
    (part, y): Row => ({
      ...part,
      y,
      size: `${size(part.people.value)} ${part.people.value < 0 ? words[1] : words[0]} (${range(part.people, words)})`,
    }),
  );
  const longest = Math.max(0, ...parts.map(({ name }) => name.length));
  const left = wide ? Math.min(360, Math.max(160, longest * 8.2)) : 8;
  const ends = parts.flatMap(({ people }) => [people.lower, people.upper, people.value]);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const room = Math.max(high - low, 1) * 0.03;
  const names = (whole: boolean): Plot.Markish =>
    Plot.text(
      rows.filter((row) => (row.whole ?? false) === whole),
      {
        y: "y",
        frameAnchor: "left",
        dx: wide ? -left + 2 : 2,
        dy: wide ? 0 : -36,
        textAnchor: "start",
        text: "name",
        fontWeight: whole ? "bold" : "normal",
        fill: INK,
        stroke: "#ffffff",
        strokeWidth: 5,
        lineWidth: wide ? left / 15 : 40,
        textOverflow: "ellipsis",
        ...(wide ? {} : { fontSize: 14 }),
      },
    );
  return plotSvg(
    {
      width,
      height: rows.length * (wide ? 44 : 72) + 76,
      marginLeft: left,
      marginRight: wide ? 250 : 16,
      marginTop: wide ? 12 : 36,
      marginBottom: 56,
      x: {
        domain: [low - (low < 0 ? room : 0), high + room],
        label: null,
        ticks: wide ? 5 : 3,
        tickFormat: (value: number) => count(Math.abs(value)),
      },
      y: { domain: [-0.6, rows.length - 0.4], axis: null, reverse: true },
      marks: [
        Plot.gridX({ stroke: GRID, strokeOpacity: 1, ticks: wide ? 5 : 3 }),
        Plot.ruleY(rows, {
          y: "y",
          x1: 0,
          x2: (row: Row) => row.people.value,
          stroke: colour,
          strokeWidth: (row: Row) => (row.whole ? 22 : 16),
          strokeOpacity: (row: Row) => (row.whole ? 1 : 0.75),
          title: (row: Row) => `${row.name}: ${row.size}`,
        }),
        Plot.ruleY(rows, {
          y: "y",
          x1: (row: Row) => row.people.lower,
          x2: (row: Row) => row.people.upper,
          stroke: INK,
          strokeWidth: 2,
        }),
        Plot.ruleX([0], { stroke: INK, strokeWidth: 1.5 }),
        names(true),
        names(false),
        ...(wide
          ? [
              Plot.text(rows, {
                y: "y",
                frameAnchor: "right",
                dx: 246,
                textAnchor: "end",
                text: "size",
                fill: INK,
              }),
            ]
          : [
              Plot.text(rows, {
                y: "y",
                frameAnchor: "left",
                dx: 2,
                dy: -20,
                textAnchor: "start",
                text: "size",
                fill: INK,
                stroke: "#ffffff",
                strokeWidth: 5,
                fontSize: 14,
              }),
            ]),
        Plot.text([axis], {
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

function range({ lower, upper }: Estimate, [right, left]: Options["words"]): string {
  return lower < 0 && upper > 0 && size(lower) !== "0" && size(upper) !== "0"
    ? `${size(lower)} ${left} to ${size(upper)} ${right}`
    : sizes(lower, upper, size);
}

/** Under ten with a decimal, as the sentences have it. */
function size(people: number): string {
  const fine = Math.abs(people);
  return fine < 10 ? String(Number(fine.toFixed(1))) : count(fine);
}

function colour({ people }: Row): string {
  return people.value < 0 ? OTHERS : FOCUS;
}
