import * as Plot from "@observablehq/plot";
import type { Estimate } from "@taproot/statistics";
import { GRID, INK, OTHERS, QUIET_INK } from "./palette.ts";
import { plotSvg } from "./plot-svg.ts";

/** Those referred in one week or month. */
export interface DrawnCohort {
  readonly name: string;
  /** Absent where they are too few, or it is too early to say. */
  readonly value?: Estimate;
  readonly tooEarly: boolean;
}

interface Options {
  readonly axis: string;
  readonly format: (value: number) => string;
  /** The vertical axis goes from 0 at least so far. */
  readonly atLeast: number;
  /** And no further than this, where nothing can be more. */
  readonly atMost?: number;
  /** A level to compare with, and its name. */
  readonly line?: { readonly at: number; readonly text: string };
}

interface Point {
  readonly x: number;
  readonly name: string;
  readonly value: Estimate;
}

/** One value for each week or month of referral with its interval; those that nobody can judge yet are marked as such. */
export function waitCohortsChart(
  cohorts: readonly DrawnCohort[],
  { axis, format, atLeast, atMost = Number.POSITIVE_INFINITY, line }: Options,
  width: number,
  sentence: string,
): string {
  const wide = width >= 600;
  const points = cohorts.flatMap(({ name, value }, x) => (value ? [{ x, name, value }] : []));
  const top = Math.min(
    atMost,
    1.04 * Math.max(atLeast, line?.at ?? 0, ...points.map(({ value }) => value.upper)),
  );
  const early = earlyFrom(cohorts);
  const marked = ticks(cohorts.length, wide ? 7 : 3);
  const crowded = cohorts.length > (wide ? 60 : 30);
  return plotSvg(
    {
      width,
      height: wide ? 330 : 320,
      marginLeft: 56,
      marginRight: 20,
      marginTop: 34,
      marginBottom: 40,
      x: {
        domain: [-0.6, cohorts.length - 0.4],
        label: null,
        ticks: [...marked],
        tickFormat: (x: number) => shortened(cohorts[x]?.name ?? ""),
      },
      y: { domain: [0, top], label: null, tickFormat: format, ticks: 5 },
      marks: [
        ...(early === undefined
          ? []
          : [
              Plot.rect([0], {
                x1: early - 0.5,
                x2: cohorts.length - 0.5,
                y1: 0,
                y2: top,
                fill: GRID,
                fillOpacity: 0.6,
              }),
              Plot.text(["too early to say"], {
                x: cohorts.length - 0.5,
                y: 0,
                dx: -6,
                dy: -12,
                textAnchor: "end",
                fill: INK,
                stroke: "#ffffff",
                strokeWidth: 4,
                fontSize: 14,
              }),
            ]),
        Plot.gridY({ stroke: GRID, strokeOpacity: 1, ticks: 5 }),
        Plot.ruleY([0], { stroke: INK }),
        ...(line
          ? [
              Plot.ruleY([line.at], { stroke: INK, strokeDasharray: "4 3", strokeWidth: 1.5 }),
              Plot.text([line.text], {
                x: cohorts.length - 0.5,
                y: line.at,
                dx: -6,
                dy: -10,
                textAnchor: "end",
                fill: INK,
                stroke: "#ffffff",
                strokeWidth: 4,
                fontSize: 14,
              }),
            ]
          : []),
        ...runs(points).map((run) =>
          Plot.lineY(run, {
            x: "x",
            y: ({ value }: Point) => value.value,
            stroke: OTHERS,
            strokeWidth: 1.5,
          }),
        ),
        Plot.ruleX(points, {
          x: "x",
          y1: ({ value }) => value.lower,
          y2: ({ value }) => value.upper,
          stroke: OTHERS,
          strokeOpacity: 0.35,
          strokeWidth: crowded ? 3 : 6,
          strokeLinecap: "round",
        }),
        Plot.dot(points, {
          x: "x",
          y: ({ value }) => value.value,
          r: crowded ? 3 : 5.5,
          fill: OTHERS,
          title: ({ name, value }) => `${name}: ${format(value.value)}`,
        }),
        Plot.text([axis], {
          frameAnchor: "top-left",
          dx: -50,
          dy: -26,
          fill: QUIET_INK,
          fontSize: 14,
        }),
      ],
    },
    sentence,
  );
}

/** From where on every cohort is too early to be judged. */
function earlyFrom(cohorts: readonly DrawnCohort[]): number | undefined {
  const last = cohorts.findLastIndex(({ tooEarly }) => !tooEarly);
  return last < cohorts.length - 1 ? last + 1 : undefined;
}

/** Neighbours without a gap: a line is never drawn over what is not known. */
function runs(points: readonly Point[]): readonly (readonly Point[])[] {
  const all: Point[][] = [];
  for (const point of points) {
    const run = all.at(-1);
    if (run && run.at(-1)!.x === point.x - 1) run.push(point);
    else all.push([point]);
  }
  return all;
}

/** A few places along the axis, the first and the last among them where there is room. */
function ticks(length: number, most: number): readonly number[] {
  if (length <= most) return Array.from({ length }, (_, x) => x);
  const step = Math.ceil((length - 1) / (most - 1));
  const found: number[] = [];
  for (let x = 0; x < length; x += step) found.push(x);
  return found;
}

/** "January 2025" as "Jan 2025", "6 January 2025" as "6 Jan 2025". */
function shortened(name: string): string {
  return name.replace(
    /\b(January|February|March|April|June|July|August|September|October|November|December)\b/g,
    (month) => month.slice(0, 3),
  );
}
