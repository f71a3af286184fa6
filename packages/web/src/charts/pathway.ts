import * as Plot from "@observablehq/plot";
import type { StepReach } from "@taproot/awareness";
import { STEP_LABEL } from "@taproot/model";
import type { Estimate } from "@taproot/statistics";
import { count, percent } from "../words/numbers.ts";
import { shareDomain } from "./group-shares.ts";
import { GRID, type GroupLook, INK, QUIET_INK } from "./palette.ts";
import { plotSvg } from "./plot-svg.ts";

/** One group at one step, as drawn. */
export interface PathwayPoint {
  readonly step: StepReach["step"];
  readonly group: string;
  readonly look: GroupLook;
  /** Absent where the group is too small. */
  readonly share?: Estimate;
  readonly reached: number;
  readonly denominator: number;
}

interface Pathway {
  readonly groups: readonly string[];
  readonly steps: readonly StepReach["step"][];
  readonly points: readonly PathwayPoint[];
  readonly everyone: Readonly<Partial<Record<StepReach["step"], number>>>;
}

/** The share of each group that gets through each step: one panel a step, on one scale, with a line at everyone's. */
export function pathwayChart(pathway: Pathway, width: number, sentence: string): string {
  const { groups, steps, points, everyone } = pathway;
  const wide = width >= 600;
  const drawn = points.flatMap((point) => (point.share ? [{ ...point, share: point.share }] : []));
  const domain = shareDomain(
    drawn.map((point) => point.share),
    ...Object.values(everyone),
  );
  const facet = wide ? { fx: "step" } : { fy: "step" };
  const lines = steps.flatMap((step) => {
    const value = everyone[step];
    return value === undefined ? [] : [{ step, value }];
  });
  const missing = points.filter((point) => !point.share);
  const panel = groups.length * (wide ? 40 : 52) + 24;
  return plotSvg(
    {
      width,
      height: wide ? panel + 110 : (panel + 62) * steps.length + 40,
      marginLeft: wide ? 224 : 4,
      marginRight: 12,
      marginTop: wide ? 64 : 20,
      marginBottom: 44,
      ...(wide
        ? { fx: { domain: steps, axis: null, padding: 0.1 } }
        : { fy: { domain: steps, axis: null, padding: 0.18 } }),
      x: { domain, label: null, ticks: wide ? 3 : 4, tickFormat: percent, inset: 8 },
      y: { domain: groups, type: "band", axis: null, padding: 0 },
      marks: [
        Plot.frame({ stroke: GRID }),
        Plot.gridX({ stroke: GRID, strokeOpacity: 1, ticks: wide ? 3 : 4 }),
        Plot.ruleX(lines, { ...facet, x: "value", stroke: INK, strokeDasharray: "4 3" }),
        Plot.ruleY(drawn, {
          ...facet,
          y: "group",
          x1: (point) => point.share.lower,
          x2: (point) => point.share.upper,
          stroke: (point) => point.look.colour,
          strokeOpacity: 0.4,
          strokeWidth: 6,
          strokeLinecap: "round",
        }),
        Plot.dot(drawn, {
          ...facet,
          y: "group",
          x: (point) => point.share.value,
          r: 6,
          symbol: (point: PathwayPoint) => point.look.symbol,
          fill: (point: PathwayPoint) =>
            point.look.symbol === "times" ? "none" : point.look.colour,
          stroke: (point) => point.look.colour,
          strokeWidth: 2,
          title: (point: (typeof drawn)[number]) =>
            `${point.group}, ${STEP_LABEL[point.step].toLowerCase()}: ${percent(point.share.value)} (${count(point.reached)} of ${count(point.denominator)})`,
        }),
        Plot.text(missing, {
          ...facet,
          y: "group",
          frameAnchor: "middle",
          text: () => "too few to say",
          fill: QUIET_INK,
          fontSize: 13,
        }),
        Plot.text(steps, {
          ...(wide ? { fx: (step: string) => step } : { fy: (step: string) => step }),
          frameAnchor: "top-left",
          dy: wide ? -44 : -22,
          text: (step: StepReach["step"]) => STEP_LABEL[step],
          fontWeight: "bold",
          fontSize: wide ? 17 : 16,
          fill: INK,
        }),
        Plot.text(lines, {
          ...facet,
          frameAnchor: wide ? "top-left" : "top-right",
          dy: wide ? -22 : -22,
          text: (line) => `everyone ${percent(line.value)}`,
          fill: QUIET_INK,
          fontSize: 14,
        }),
        Plot.text(wide ? groups.map((group) => ({ group, step: steps[0] })) : points, {
          ...facet,
          y: "group",
          frameAnchor: "left",
          dx: wide ? -220 : 6,
          dy: wide ? 0 : -17,
          textAnchor: "start",
          text: "group",
          fill: INK,
          fontSize: wide ? 15 : 13,
          stroke: "#ffffff",
          strokeWidth: 4,
        }),
      ],
    },
    sentence,
  );
}
