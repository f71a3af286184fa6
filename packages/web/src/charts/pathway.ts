import * as Plot from "@observablehq/plot";
import type { StepReach } from "@taproot/awareness";
import { STEP_LABEL } from "@taproot/model";
import type { Estimate } from "@taproot/statistics";
import { count, percent, signed } from "../words/numbers.ts";
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

interface Mark extends PathwayPoint {
  /** Percentage points above or below everyone. */
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Where each group is ahead or behind: one panel a step, each group's distance from everyone's share in percentage points
 * with its interval, and the share itself beside it. Left of the line is worse, on one scale for all steps.
 */
export function pathwayChart(pathway: Pathway, width: number, sentence: string): string {
  const { groups, steps, everyone } = pathway;
  const wide = width >= 600;
  const marks = pathway.points.flatMap((point) => toMark(point, everyone[point.step]));
  const missing = pathway.points.filter((point) => !point.share);
  const reach = reachOf(marks);
  const facet = wide ? { fx: "step" } : { fy: "step" };
  const ofStep = wide ? { fx: (step: string) => step } : { fy: (step: string) => step };
  const row = wide ? 42 : 56;
  const panel = groups.length * row;
  const text = { fill: INK, stroke: "#ffffff", strokeWidth: 4 };
  return plotSvg(
    {
      width,
      height: wide ? panel + 130 : (panel + 74) * steps.length + 60,
      marginLeft: wide ? 190 : 4,
      marginRight: wide ? 8 : 12,
      marginTop: wide ? 66 : 56,
      marginBottom: wide ? 64 : 60,
      ...(wide
        ? { fx: { domain: steps, axis: null, padding: steps.length > 1 ? 0.08 : 0 } }
        : { fy: { domain: steps, axis: null, padding: steps.length > 1 ? 0.24 : 0 } }),
      x: {
        domain: [-reach, reach * 1.75],
        clamp: true,
        label: null,
        ticks: [-round(reach), 0, round(reach)],
        tickFormat: (value: number) => signed(value, 0),
      },
      y: { domain: groups, type: "band", axis: null, padding: 0 },
      marks: [
        Plot.frame({ stroke: GRID }),
        Plot.ruleX([-round(reach), round(reach)], { stroke: GRID }),
        Plot.ruleX([0], { stroke: INK, strokeWidth: 1.5 }),
        Plot.ruleY(marks, {
          ...facet,
          y: "group",
          x1: "from",
          x2: "to",
          stroke: (mark: Mark) => mark.look.colour,
          strokeOpacity: 0.4,
          strokeWidth: 6,
          strokeLinecap: "round",
          dy: wide ? 0 : 10,
        }),
        Plot.dot(marks, {
          ...facet,
          y: "group",
          x: "value",
          dy: wide ? 0 : 10,
          r: 6,
          symbol: (mark: Mark) => mark.look.symbol,
          fill: (mark: Mark) => (mark.look.symbol === "times" ? "none" : mark.look.colour),
          stroke: (mark: Mark) => mark.look.colour,
          strokeWidth: 2,
          title: (mark: Mark) =>
            `${mark.group}, ${STEP_LABEL[mark.step].toLowerCase()}: ${shareText(mark)} (${count(mark.reached)} of ${count(mark.denominator)})`,
        }),
        Plot.text(marks, {
          ...facet,
          y: "group",
          frameAnchor: "right",
          dx: -6,
          dy: wide ? 0 : 10,
          text: shareText,
          ...text,
          fontSize: 14,
        }),
        Plot.text(missing, {
          ...facet,
          y: "group",
          frameAnchor: "right",
          dx: -6,
          dy: wide ? 0 : 10,
          text: () => "too few",
          ...text,
          fill: QUIET_INK,
          fontSize: 13,
        }),
        Plot.text(steps, {
          ...ofStep,
          frameAnchor: "top-left",
          dy: wide ? -46 : -44,
          text: (step: StepReach["step"]) => STEP_LABEL[step],
          fontWeight: "bold",
          fontSize: wide ? 17 : 16,
          fill: INK,
        }),
        Plot.text(steps, {
          ...ofStep,
          frameAnchor: "top-left",
          dy: wide ? -22 : -22,
          text: (step: StepReach["step"]) =>
            everyone[step] === undefined ? "" : `everyone: ${percent(everyone[step])}`,
          fill: QUIET_INK,
          fontSize: 14,
        }),
        Plot.text(wide ? groups.map((group) => ({ group, step: steps[0] })) : pathway.points, {
          ...facet,
          y: "group",
          frameAnchor: "left",
          dx: wide ? -188 : 6,
          dy: wide ? 0 : -14,
          textAnchor: "start",
          text: "group",
          fontSize: wide ? 15 : 13,
          ...text,
        }),
        Plot.text(["← worse · percentage points from everyone · better →"], {
          ...(wide ? { fx: () => steps[0] } : { fy: () => steps.at(-1) }),
          frameAnchor: "bottom-left",
          dy: 52,
          fill: QUIET_INK,
          fontSize: 14,
        }),
      ],
    },
    sentence,
  );
}

function toMark(point: PathwayPoint, everyone: number | undefined): readonly Mark[] {
  if (!point.share || everyone === undefined) return [];
  const from = (share: number) => (share - everyone) * 100;
  return [
    {
      ...point,
      value: from(point.share.value),
      from: from(point.share.lower),
      to: from(point.share.upper),
    },
  ];
}

function shareText(mark: Mark): string {
  return mark.share ? percent(mark.share.value) : "";
}

/** Points that the scale reaches on either side: every mark, and the ends of intervals that are not far out. */
function reachOf(marks: readonly Mark[]): number {
  const widest = Math.max(2, ...marks.map((mark) => Math.abs(mark.value)));
  const ends = marks.flatMap((mark) => [Math.abs(mark.from), Math.abs(mark.to)]);
  return Math.min(widest * 2, Math.max(widest, ...ends)) * 1.05;
}

/** A round number of points inside the scale, for its ticks. */
function round(reach: number): number {
  return [50, 40, 30, 20, 15, 10, 5, 4, 3, 2, 1].find((tick) => tick <= reach * 0.85) ?? 1;
}
