import * as Plot from "@observablehq/plot";
import type { Estimate } from "@taproot/statistics";
import { count } from "../words/numbers.ts";
import { FOCUS, GRID, INK, OTHERS, QUIET_INK, UNKNOWN } from "./palette.ts";
import { plotSvg } from "./plot-svg.ts";

/** One group's referrals for each expected; none where the group is too small for one. */
export interface NeedRatio {
  readonly name: string;
  readonly ratio?: Estimate;
  readonly observed: number;
  readonly expected?: number;
  /** Surely fewer, surely more, or neither: said by the mark's form as well. */
  readonly standing: "fewer" | "more" | "unsure";
}

const COLOURS = { fewer: FOCUS, more: OTHERS, unsure: UNKNOWN } as const;
const SYMBOLS = { fewer: "diamond2", more: "square", unsure: "circle" } as const;

/** For every 100 referrals expected, how many came: each group with its interval, on a scale of ratios around 100. */
export function needRatiosChart(
  rows: readonly NeedRatio[],
  width: number,
  sentence: string,
): string {
  const wide = width >= 600;
  const longest = Math.max(0, ...rows.map((row) => row.name.length));
  const left = wide ? Math.min(360, Math.max(160, longest * 7.8 + 16)) : 8;
  const marks = rows.map((row, y) => ({ ...row, y }));
  const drawn = marks.flatMap((row) =>
    row.ratio && row.ratio.value > 0 ? [{ ...row, ratio: row.ratio }] : [],
  );
  const domain = ratioDomain(drawn.map(({ ratio }) => ratio));
  const place = (ratio: number) => Math.log(Math.min(domain[1], Math.max(domain[0], ratio)));
  const ticks = ratioTicks(domain, wide ? 7 : 4).map((tick) => Math.log(tick / 100));
  const label = (row: NeedRatio) =>
    row.ratio
      ? `${count(100 * row.ratio.value)} (${count(100 * row.ratio.lower)} to ${count(100 * row.ratio.upper)})`
      : "too few to say";
  return plotSvg(
    {
      width,
      height: rows.length * (wide ? 40 : 58) + 78,
      marginLeft: left,
      marginRight: wide ? 150 : 16,
      marginTop: 28,
      marginBottom: 50,
      x: {
        // Logarithms on a plain scale: a logarithmic one leaves numbers out.
        domain: domain.map(Math.log),
        label: null,
        ticks,
        tickFormat: (value: number) => count(100 * Math.exp(value)),
      },
      y: { domain: [-0.7, rows.length - 0.4], axis: null, reverse: true },
      marks: [
        Plot.gridX(ticks, { stroke: GRID, strokeOpacity: 1 }),
        Plot.ruleX([0], { stroke: INK, strokeDasharray: "4 3", strokeWidth: 1.5 }),
        Plot.text(["as expected"], {
          x: [0],
          frameAnchor: "top",
          dy: -16,
          fill: INK,
          fontSize: 14,
        }),
        Plot.ruleY(drawn, {
          y: "y",
          x1: (row) => place(row.ratio.lower),
          x2: (row) => place(row.ratio.upper),
          stroke: (row) => COLOURS[(row as NeedRatio).standing],
          strokeOpacity: 0.4,
          strokeWidth: 6,
          strokeLinecap: "round",
        }),
        Plot.dot(drawn, {
          x: (row) => place(row.ratio.value),
          y: "y",
          r: 7,
          symbol: (row: NeedRatio) => SYMBOLS[row.standing],
          fill: (row: NeedRatio) => COLOURS[row.standing],
          stroke: "#ffffff",
          strokeWidth: 1,
          title: (row: NeedRatio) =>
            `${row.name}: ${label(row)} for every 100 expected; ${count(row.observed)} came`,
        }),
        Plot.text(marks, {
          frameAnchor: "left",
          y: "y",
          dx: wide ? -left + 2 : 2,
          dy: wide ? 0 : -20,
          textAnchor: "start",
          text: (row: NeedRatio) => (wide ? row.name : `${row.name}: ${label(row)}`),
          fontWeight: "normal",
          fill: INK,
          stroke: "#ffffff",
          strokeWidth: 5,
          ...(wide ? {} : { fontSize: 14 }),
        }),
        ...(wide
          ? [
              Plot.text(marks, {
                frameAnchor: "right",
                y: "y",
                dx: 146,
                textAnchor: "end",
                text: label,
                fill: INK,
              }),
            ]
          : []),
        Plot.text(["Referrals for every 100 expected"], {
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

/** From the lowest to the highest limit, at least from four fifths to five quarters, at most from a fifth to five. */
function ratioDomain(ratios: readonly Estimate[]): readonly [number, number] {
  const low = Math.min(0.8, ...ratios.map(({ lower }) => lower));
  const high = Math.max(1.25, ...ratios.map(({ upper }) => upper));
  return [Math.max(0.2, low / 1.03), Math.min(5, high * 1.03)];
}

const TICKS = [20, 25, 33, 40, 50, 60, 70, 80, 90, 100, 110, 125, 150, 200, 250, 300, 400, 500];
const FEW_TICKS = [20, 33, 50, 80, 100, 125, 200, 300, 500];

function ratioTicks([from, to]: readonly [number, number], most: number): readonly number[] {
  const within = (ticks: readonly number[]) =>
    ticks.filter((tick) => tick >= 100 * from && tick <= 100 * to);
  const fine = within(TICKS);
  return fine.length <= most ? fine : within(FEW_TICKS);
}
