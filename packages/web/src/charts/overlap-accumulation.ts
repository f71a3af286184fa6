import * as Plot from "@observablehq/plot";
import type { Estimate } from "@taproot/statistics";
import { percent } from "../words/numbers.ts";
import { GRID, INK, OTHERS, QUIET_INK, UNKNOWN } from "./palette.ts";
import { plotSvg } from "./plot-svg.ts";

/** The share that reached a step, of people with so many disadvantages. */
export interface AccumulationPoint {
  readonly step: string;
  /** "0", "1", … "4+". */
  readonly disadvantages: string;
  readonly share: Estimate;
  /** False where something is not recorded, so that there may be more disadvantages. */
  readonly recorded: boolean;
}

/** A panel for each step: shares by number of disadvantages with their intervals, the unsure ones hollow beside them. */
export function accumulationChart(
  points: readonly AccumulationPoint[],
  steps: readonly string[],
  numbers: readonly string[],
  width: number,
  sentence: string,
): string {
  const wide = width >= 600;
  const place = (point: AccumulationPoint) =>
    numbers.indexOf(point.disadvantages) + (point.recorded ? -0.14 : 0.2);
  const panel = wide ? "fx" : "fy";
  const values = points.flatMap(({ share }) => [share.lower, share.upper]);
  const from = Math.floor(Math.min(...values) * 10) / 10;
  const to = Math.min(1, Math.ceil(Math.max(...values) * 10) / 10);
  const of = (recorded: boolean) => points.filter((point) => point.recorded === recorded);
  const facet = { [panel]: (point: AccumulationPoint) => point.step };
  const line = (recorded: boolean) =>
    Plot.ruleX(of(recorded), {
      ...facet,
      x: place,
      y1: (point: AccumulationPoint) => point.share.lower,
      y2: (point: AccumulationPoint) => point.share.upper,
      stroke: recorded ? OTHERS : UNKNOWN,
      strokeOpacity: recorded ? 0.4 : 1,
      strokeWidth: recorded ? 6 : 1.5,
      strokeLinecap: "round",
    });
  const dot = (recorded: boolean) =>
    Plot.dot(of(recorded), {
      ...facet,
      x: place,
      y: (point: AccumulationPoint) => point.share.value,
      r: recorded ? 6 : 4.5,
      symbol: recorded ? "circle" : "square",
      fill: recorded ? OTHERS : "#ffffff",
      stroke: recorded ? OTHERS : UNKNOWN,
      strokeWidth: 2,
      title: (point: AccumulationPoint) =>
        `${point.step}, ${recorded ? "" : "at least "}${point.disadvantages}: ${percent(point.share.value)}`,
    });
  return plotSvg(
    {
      width,
      height: wide ? 330 : steps.length * 190 + 90,
      marginLeft: 46,
      marginRight: wide ? 12 : 10,
      marginTop: wide ? 44 : 34,
      marginBottom: 54,
      fx: { domain: [...steps], axis: null, padding: 0.08 },
      fy: { domain: [...steps], axis: null, padding: 0.22 },
      x: {
        domain: [-0.5, numbers.length - 0.5],
        label: null,
        ticks: numbers.map((_, i) => i),
        tickFormat: (i: number) => numbers[i] ?? "",
      },
      y: { domain: [from, to], label: null, ticks: 5, tickFormat: percent },
      marks: [
        Plot.gridY({ stroke: GRID, strokeOpacity: 1, ticks: 5 }),
        line(false),
        line(true),
        Plot.line(of(true), {
          ...facet,
          x: place,
          y: (point: AccumulationPoint) => point.share.value,
          stroke: OTHERS,
          strokeWidth: 1.5,
        }),
        dot(false),
        dot(true),
        Plot.text(steps, {
          [panel]: (step: string) => step,
          frameAnchor: "top-left",
          dy: wide ? -24 : -20,
          text: (step: string) => step,
          fill: INK,
          fontSize: 14,
          fontWeight: "bold",
          ...(wide ? { lineWidth: 11 } : {}),
        }),
        Plot.text(["Number of disadvantages"], {
          frameAnchor: "bottom",
          [panel]: () => (wide ? steps[0] : steps.at(-1)) ?? "",
          dy: 42,
          fill: QUIET_INK,
          fontSize: 14,
        }),
      ],
    },
    sentence,
  );
}
