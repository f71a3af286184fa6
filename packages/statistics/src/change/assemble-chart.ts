import { type Absent, absent, type Result } from "../foundation/index.ts";
import { assuranceOf } from "./assurance.ts";
import { excludedSet, type SegmentPlan } from "./chart-segments.ts";
import type {
  ChartKind,
  ChartSegment,
  ControlChart,
  ControlChartOptions,
  ControlLimits,
  ControlPoint,
} from "./control-chart.ts";
import { type RuleSet, ruleSets } from "./rule-set.ts";
import { findSignals } from "./signals.ts";
import { colourOf, iconOf, variationOf } from "./variation.ts";

/** What a kind of chart works out before the rules are read: for each point its centre and sigma. */
export interface ChartFrame {
  readonly chart: ChartKind;
  readonly values: readonly (number | null)[];
  readonly segments: readonly SegmentPlan[];
  /** Centre of each point, or null where its segment has no value. */
  readonly centres: readonly (number | null)[];
  /** One sigma of each point, or null where there is none. */
  readonly sigmas: readonly (number | null)[];
  /** The least and greatest value that the measure can take; limits are cut there. */
  readonly floor?: number;
  readonly ceiling?: number;
  readonly numerators?: ArrayLike<number>;
  readonly denominators?: ArrayLike<number>;
  /** Scale on which the rules are read, if not the one shown. */
  readonly shown?: (x: number) => number;
  /** Centre that is drawn and that runs are counted about, if not the one that limits are taken around. */
  readonly drawnCentres?: readonly (number | null)[];
  readonly sigmaRatios?: readonly Result<number>[];
}

const notRecorded = absent("notRecorded", "no value is recorded for this point");

/** Reads a frame with the rules and puts the chart together. */
export function assembleChart(frame: ChartFrame, options: ControlChartOptions): ControlChart {
  const rules: RuleSet = options.rules ?? ruleSets.makingDataCount5;
  const improvement = options.improvement ?? "increase";
  const n = frame.values.length;
  const excluded = excludedSet(n, options);
  const shown = frame.shown ?? ((x: number) => x);
  const centreLine = frame.drawnCentres ?? frame.centres;
  const segmentOf = new Array<number>(n).fill(0);
  frame.segments.forEach(({ from, to }, k) => {
    segmentOf.fill(k, from, to + 1);
  });

  const tooFew = frame.segments.map(({ basis }) =>
    basis.length < rules.minimumPoints
      ? absent("tooFew", `limits need ${rules.minimumPoints} points; there are ${basis.length}`)
      : null,
  );
  const noSpread = absent("tooFew", "no moving range can be taken; record more points in a row");
  const flat = absent(
    "allEqual",
    "the values do not vary, so there are no limits to be outside of",
  );
  const limits = frame.values.map((_, i): Result<ControlLimits> => {
    const few: Absent | null = tooFew[segmentOf[i] as number] ?? null;
    const centre = frame.centres[i] ?? null;
    const sigma = frame.sigmas[i] ?? null;
    if (few !== null) return few;
    if (centre === null || sigma === null) return noSpread;
    if (sigma === 0) return flat;
    const cut = (x: number): number => {
      const above = frame.floor === undefined ? x : Math.max(x, frame.floor);
      return frame.ceiling === undefined ? above : Math.min(above, frame.ceiling);
    };
    return {
      lower: cut(centre - 3 * sigma),
      upper: cut(centre + 3 * sigma),
      lowerWarning: cut(centre - 2 * sigma),
      upperWarning: cut(centre + 2 * sigma),
    };
  });
  const limitAt = (i: number, side: "lower" | "upper"): number | null => {
    const at = limits[i] as Result<ControlLimits>;
    return "absent" in at ? null : at[side];
  };
  const signals = findSignals(
    {
      values: frame.values.map((value, i) =>
        excluded.has(i) || (centreLine[i] ?? null) === null ? null : value,
      ),
      centres: centreLine.map((centre) => centre ?? 0),
      sigmas: frame.sigmas.map((sigma, i) =>
        tooFew[segmentOf[i] as number] === null ? sigma : null,
      ),
      lowers: frame.values.map((_, i) => limitAt(i, "lower")),
      uppers: frame.values.map((_, i) => limitAt(i, "upper")),
      segments: segmentOf,
    },
    rules,
  );
  // With too few points for limits no rule is read at all: the centre itself is not yet settled.
  const read = signals.map((list, i) => (tooFew[segmentOf[i] as number] === null ? list : []));

  const points = frame.values.map((value, i): ControlPoint => {
    const at = read[i] ?? [];
    const variation = variationOf(at, improvement, rules);
    const centre = centreLine[i] ?? null;
    const limit = limits[i] as Result<ControlLimits>;
    const label = options.labels?.[i];
    const numerator = frame.numerators?.[i];
    const denominator = frame.denominators?.[i];
    return {
      index: i,
      ...(label === undefined ? {} : { label }),
      value: value === null ? notRecorded : shown(value),
      ...(numerator === undefined ? {} : { numerator }),
      ...(denominator === undefined ? {} : { denominator }),
      centre: centre === null ? notRecorded : shown(centre),
      limits:
        "absent" in limit
          ? limit
          : {
              lower: shown(limit.lower),
              upper: shown(limit.upper),
              lowerWarning: shown(limit.lowerWarning),
              upperWarning: shown(limit.upperWarning),
            },
      segment: segmentOf[i] as number,
      excluded: excluded.has(i),
      signals: at,
      variation,
      colour: colourOf(variation),
    };
  });
  const segments = frame.segments.map(({ from, to, reason, basis }): ChartSegment => {
    const centre = centreLine[from] ?? null;
    return {
      from,
      to,
      ...(reason === undefined ? {} : { reason }),
      recorded: basis.length,
      centre: centre === null ? notRecorded : shown(centre),
    };
  });
  return {
    chart: frame.chart,
    rules: { id: rules.id, version: rules.version, title: rules.title },
    improvement,
    points,
    segments,
    variation: iconOf(points, improvement),
    assurance: assuranceOf(points, improvement, options.target),
    ...(options.target === undefined ? {} : { target: options.target }),
    ...(frame.sigmaRatios === undefined ? {} : { sigmaRatios: frame.sigmaRatios }),
  };
}
