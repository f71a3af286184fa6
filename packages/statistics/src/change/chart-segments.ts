import { StatisticsError } from "../foundation/index.ts";
import type { ControlChartOptions } from "./control-chart.ts";

/** Where each segment begins and ends, and which of its points its limits are taken from. */
export interface SegmentPlan {
  readonly from: number;
  readonly to: number;
  readonly reason?: string;
  /** Indices that centre and sigma are taken from. */
  readonly basis: readonly number[];
}

/** Lays out the segments of a chart of n points. */
export function planSegments(
  n: number,
  recorded: (i: number) => boolean,
  options: ControlChartOptions,
): readonly SegmentPlan[] {
  const { labels, baseline } = options;
  if (labels !== undefined && labels.length !== n)
    throw new StatisticsError(
      "lengthMismatch",
      `invalid labels; ${labels.length} labels for ${n} values`,
    );
  const excluded = excludedSet(n, options);
  const basisOf = (from: number, to: number): number[] => {
    const basis: number[] = [];
    for (let i = from; i <= to; i++) if (recorded(i) && !excluded.has(i)) basis.push(i);
    return basis;
  };
  if (baseline !== undefined) {
    if (!(Number.isInteger(baseline) && baseline >= 2))
      throw new StatisticsError(
        "invalidOption",
        `invalid baseline; not a whole number of at least 2: ${baseline}`,
      );
    return [{ from: 0, to: n - 1, basis: basisOf(0, Math.min(baseline, n) - 1) }];
  }
  const breaks = (options.rebase ?? []).map(({ from, reason }) => {
    if (reason.trim() === "")
      throw new StatisticsError(
        "invalidOption",
        "a re-basing needs a reason; say what changed in the service",
      );
    return { at: typeof from === "number" ? from : firstFrom(labels, from), reason };
  });
  let before = 0;
  for (const { at } of breaks) {
    if (!(Number.isInteger(at) && at > before && at < n))
      throw new StatisticsError(
        "invalidOption",
        `invalid rebase; needs a later point of the ${n}, after the one before: ${at}`,
      );
    before = at;
  }
  return [{ at: 0, reason: undefined }, ...breaks].map(({ at, reason }, k) => {
    const to = (breaks[k]?.at ?? n) - 1;
    const plan = { from: at, to, basis: basisOf(at, to) };
    return reason === undefined ? plan : { ...plan, reason };
  });
}

/** Spreads a number that each segment has over the segment's points. */
export function overSegments(
  n: number,
  segments: readonly SegmentPlan[],
  of: (segment: SegmentPlan) => number | null,
): (number | null)[] {
  const spread = new Array<number | null>(n).fill(null);
  for (const segment of segments) spread.fill(of(segment), segment.from, segment.to + 1);
  return spread;
}

/** The points that an options object leaves out. */
export function excludedSet(n: number, options: ControlChartOptions): ReadonlySet<number> {
  const excluded = new Set<number>();
  for (const i of Array.from(options.exclude ?? [])) {
    if (!(Number.isInteger(i) && i >= 0 && i < n))
      throw new StatisticsError("invalidOption", `invalid exclude; no point ${i} among ${n}`);
    excluded.add(i);
  }
  return excluded;
}

function firstFrom(labels: ArrayLike<string> | undefined, from: string): number {
  if (labels === undefined)
    throw new StatisticsError(
      "invalidOption",
      `invalid rebase; a date needs labels to be found among: ${from}`,
    );
  const at = Array.from(labels).findIndex((label) => label >= from);
  return at < 0 ? labels.length : at;
}
