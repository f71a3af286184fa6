import * as Plot from "@observablehq/plot";
import type { WaitCurve } from "@taproot/awareness";
import { percent } from "../words/numbers.ts";
import { GRID, type GroupLook, INK, QUIET_INK } from "./palette.ts";
import { plotSvg } from "./plot-svg.ts";

/** One group's curve, as drawn. */
export interface DrawnCurve {
  readonly name: string;
  readonly look: GroupLook;
  readonly curve: WaitCurve;
}

/** A curve is not drawn on once fewer than this many are left to say how it goes. */
const FEWEST_AT_RISK = 10;

/** What the axes measure, and which weeks are marked: those in which waits are reported, and a clock's limit. */
interface Axes {
  readonly chance: string;
  readonly weeks: string;
  readonly marked: readonly number[];
}

const AXES: Axes = {
  chance: "Chance of having been seen",
  weeks: "Weeks since referral",
  marked: [4, 12, 18, 52],
};

/** The chance of having been seen by each week, a line a group, its interval as a band, each line named at its end. */
export function waitCurvesChart(
  curves: readonly DrawnCurve[],
  width: number,
  sentence: string,
  axes: Axes = AXES,
): string {
  const wide = width >= 600;
  const drawn = curves.map((one) => ({ ...one, points: points(one) }));
  const all = drawn.flatMap((one) => one.points);
  const lastWeek = Math.min(104, Math.max(20, ...all.map((point) => point.week)));
  const top = Math.min(1, Math.ceil(Math.max(0.1, ...all.map((point) => point.upper)) * 10) / 10);
  const height = wide ? 460 : 400 + curves.length * 26;
  const shown = drawn.map((one) => ({
    ...one,
    points: one.points.filter((point) => point.week <= lastWeek),
  }));
  const ends = spread(
    shown.flatMap((one) => {
      const end = one.points.at(-1);
      return end
        ? [{ name: one.name, look: one.look, y: end.seen, seen: end.seen, week: end.week }]
        : [];
    }),
    (top / (460 - 90)) * 20,
    top,
  );
  const weeks = axes.marked.filter((week) => week <= lastWeek);
  const bottom = wide ? 56 : 60 + curves.length * 26;
  return plotSvg(
    {
      width,
      height,
      marginLeft: 52,
      marginRight: wide ? 200 : 14,
      marginTop: 34,
      marginBottom: bottom,
      x: {
        domain: [0, wide ? lastWeek * 1.05 : lastWeek],
        label: null,
        ticks: weeks,
        tickFormat: String,
      },
      y: { domain: [0, top], label: null, tickFormat: percent, ticks: 5 },
      marks: [
        Plot.gridY({ stroke: GRID, strokeOpacity: 1, ticks: 5 }),
        Plot.ruleX(weeks, { stroke: GRID }),
        Plot.ruleY([0], { stroke: INK }),
        ...shown.flatMap((one) => [
          Plot.areaY(one.points, {
            x: "week",
            y1: "lower",
            y2: "upper",
            fill: one.look.colour,
            fillOpacity: 0.09,
            curve: "linear",
          }),
        ]),
        ...shown.flatMap((one) => [
          Plot.lineY(one.points, {
            x: "week",
            y: "seen",
            stroke: one.look.colour,
            strokeWidth: 2.5,
            strokeLinecap: "butt",
            curve: "linear",
            ...(one.look.dash ? { strokeDasharray: one.look.dash } : {}),
          }),
          Plot.dot(marked(one.points, axes.marked), {
            x: "week",
            y: "seen",
            r: 6,
            symbol: one.look.symbol,
            fill: one.look.symbol === "times" ? "none" : one.look.colour,
            stroke: one.look.colour,
            strokeWidth: 2,
          }),
        ]),
        ...(wide
          ? [
              Plot.link(ends, {
                x1: "week",
                y1: "seen",
                x2: lastWeek * 1.05,
                y2: "y",
                stroke: (end) => end.look.colour,
              }),
              Plot.text(ends, {
                x: lastWeek * 1.05,
                y: "y",
                dx: 6,
                textAnchor: "start",
                text: "name",
                fill: (end) => end.look.colour,
                fontWeight: "bold",
                fontSize: 14,
              }),
            ]
          : legend(curves)),
        Plot.text([axes.chance], {
          frameAnchor: "top-left",
          dx: -46,
          dy: -26,
          fill: QUIET_INK,
          fontSize: 14,
        }),
        Plot.text([axes.weeks], {
          frameAnchor: "bottom-right",
          dy: 44,
          fill: QUIET_INK,
          fontSize: 14,
        }),
      ],
    },
    sentence,
  );
}

interface Point {
  readonly week: number;
  readonly seen: number;
  readonly lower: number;
  readonly upper: number;
}

function points({ curve }: DrawnCurve): readonly Point[] {
  return curve.weeks.flatMap((week, index) =>
    (curve.atRisk[index] ?? 0) < FEWEST_AT_RISK && index > 0
      ? []
      : [
          {
            week,
            seen: curve.seen[index]!,
            lower: curve.lower[index]!,
            upper: curve.upper[index]!,
          },
        ],
  );
}

/** A symbol at each marked week, so that lines can be told apart without colour. */
function marked(points: readonly Point[], weeks: readonly number[]): readonly Point[] {
  return points.filter((point) => weeks.includes(point.week));
}

/** Moves labels apart until none covers the next, and none leaves the chart. */
function spread<T extends { y: number }>(
  labels: readonly T[],
  gap: number,
  top: number,
): readonly T[] {
  const sorted = labels.map((label) => ({ ...label })).sort((a, b) => a.y - b.y);
  for (let i = 1; i < sorted.length; i++)
    sorted[i]!.y = Math.max(sorted[i]!.y, sorted[i - 1]!.y + gap);
  for (let i = sorted.length - 1; i >= 0; i--)
    sorted[i]!.y = Math.min(sorted[i]!.y, i === sorted.length - 1 ? top : sorted[i + 1]!.y - gap);
  return sorted;
}

/** Under a narrow chart the lines are named in a list, each with its symbol and dashes. */
function legend(curves: readonly DrawnCurve[]): readonly Plot.Markish[] {
  return curves.flatMap((one, index) => {
    const dy = 76 + index * 26;
    return [
      Plot.text([one.name], {
        frameAnchor: "bottom-left",
        dx: 6,
        dy,
        fill: one.look.colour,
        fontWeight: "bold",
        fontSize: 14,
      }),
      Plot.dot([one.name], {
        frameAnchor: "bottom-left",
        dx: -12,
        dy: dy - 7,
        r: 6,
        symbol: one.look.symbol,
        fill: one.look.symbol === "times" ? "none" : one.look.colour,
        stroke: one.look.colour,
        strokeWidth: 2,
      }),
    ];
  });
}
