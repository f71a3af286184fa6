import * as Plot from "@observablehq/plot";
import type { Estimate } from "@taproot/statistics";
import { count, percent } from "../words/numbers.ts";
import { FOCUS, GRID, INK, OTHERS, QUIET_INK, UNKNOWN } from "./palette.ts";
import { plotSvg } from "./plot-svg.ts";

/** One group's share; no estimate where the group is too small for one. */
export interface GroupShare {
  readonly name: string;
  readonly share?: Estimate;
  readonly reached: number;
  readonly denominator: number;
  readonly unknown: boolean;
  /** The group that the page is about. */
  readonly focus: boolean;
}

interface Options {
  /** What the axis measures. */
  readonly axis: string;
  /** Everyone's share: a line to compare with. */
  readonly everyone?: number;
  /** How a share between 0 and 1 is written; as a percentage unless said otherwise. */
  readonly format?: (share: number) => string;
}

/** Each group's share with its interval and its counts, and a line at everyone's. */
export function groupSharesChart(
  groups: readonly GroupShare[],
  { axis, everyone, format = percent }: Options,
  width: number,
  sentence: string,
): string {
  const wide = width >= 600;
  const longest = Math.max(0, ...groups.map((group) => group.name.length));
  const left = wide ? Math.min(400, Math.max(160, longest * 7.8 + 16)) : 8;
  const rows = groups.map((group, y) => ({ ...group, y }));
  const drawn = rows.flatMap((row) => (row.share ? [{ ...row, share: row.share }] : []));
  const domain = shareDomain(
    drawn.map((row) => row.share),
    everyone,
  );
  const label = (row: GroupShare) =>
    row.share
      ? `${format(row.share.value)} (${count(row.reached)} of ${count(row.denominator)})`
      : `too few to say (${count(row.denominator)})`;
  return plotSvg(
    {
      width,
      height: rows.length * (wide ? 40 : 58) + 78,
      marginLeft: left,
      marginRight: wide ? 190 : 16,
      marginTop: 28,
      marginBottom: 50,
      x: { domain, label: null, ticks: wide ? 6 : 4, tickFormat: tickFormat(domain, format) },
      y: { domain: [-0.7, rows.length - 0.4], axis: null, reverse: true },
      marks: [
        Plot.gridX({ stroke: GRID, strokeOpacity: 1, ticks: wide ? 6 : 4 }),
        ...(everyone === undefined
          ? []
          : [
              Plot.ruleX([everyone], { stroke: INK, strokeDasharray: "4 3", strokeWidth: 1.5 }),
              Plot.text([`everyone ${format(everyone)}`], {
                x: everyone,
                frameAnchor: "top",
                dy: -16,
                fill: INK,
                fontSize: 14,
              }),
            ]),
        Plot.ruleY(drawn, {
          y: "y",
          x1: (row) => row.share.lower,
          x2: (row) => row.share.upper,
          stroke: colour,
          strokeOpacity: 0.35,
          strokeWidth: 6,
          strokeLinecap: "round",
        }),
        ...[true, false].map((focus) =>
          Plot.dot(
            drawn.filter((row) => row.focus === focus),
            {
              x: (row) => row.share.value,
              y: "y",
              r: focus ? 8 : 6.5,
              symbol: (row: GroupShare) => (row.unknown ? "times" : focus ? "diamond2" : "circle"),
              fill: (row: GroupShare) => (row.unknown ? "none" : colour(row)),
              stroke: colour,
              strokeWidth: 2,
              title: (row: GroupShare) => `${row.name}: ${label(row)}`,
            },
          ),
        ),
        ...[true, false].flatMap((focus) => {
          const some = rows.filter((row) => row.focus === focus);
          const fontWeight = focus ? "bold" : "normal";
          const name = Plot.text(some, {
            frameAnchor: "left",
            y: "y",
            dx: wide ? -left + 2 : 2,
            stroke: "#ffffff",
            strokeWidth: 5,
            dy: wide ? 0 : -20,
            textAnchor: "start",
            text: (row: GroupShare) => (wide ? row.name : `${row.name}: ${label(row)}`),
            fontWeight,
            fill: INK,
            ...(wide ? {} : { fontSize: 14 }),
          });
          const size = Plot.text(some, {
            frameAnchor: "right",
            y: "y",
            dx: 186,
            textAnchor: "end",
            text: label,
            fontWeight,
            fill: INK,
          });
          return wide ? [name, size] : [name];
        }),
        Plot.text([axis], {
          frameAnchor: wide ? "bottom-left" : "bottom",
          dy: 44,
          fill: QUIET_INK,
          fontSize: 14,
          ...(wide ? {} : { lineWidth: 24 }),
        }),
      ],
    },
    sentence,
  );
}

function colour(row: GroupShare): string {
  if (row.unknown) return UNKNOWN;
  return row.focus ? FOCUS : OTHERS;
}

/** Ticks that differ from each other: with a decimal where the axis covers little. */
function tickFormat(
  [from, to]: readonly [number, number],
  format: (share: number) => string,
): (share: number) => string {
  return format === percent && to - from < 0.06
    ? (share) => `${Number((share * 100).toFixed(1))}%`
    : format;
}

/** From the lowest to the highest end of any interval, opened to round tenths, so that gaps can be seen. */
function shareDomain(
  shares: readonly Estimate[],
  ...others: readonly (number | undefined)[]
): [number, number] {
  const values = [
    ...shares.flatMap((share) => [share.lower, share.upper]),
    ...others.filter((value) => value !== undefined),
  ];
  if (values.length === 0) return [0, 1];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const grain = high - low > 0.2 ? 0.1 : high - low > 0.04 ? 0.02 : 0.005;
  const from = Math.max(0, Math.floor(low / grain) * grain);
  const to = Math.min(Math.max(1, high), Math.ceil(high / grain) * grain);
  return to > from ? [from, to] : [from, from + grain];
}
