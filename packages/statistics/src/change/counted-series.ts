import { checkCount, checkLengths, StatisticsError } from "../foundation/index.ts";
import type { SegmentPlan } from "./chart-segments.ts";

/** A count over a denominator once a period, in time order. */
export interface CountedSeries {
  readonly numerators: ArrayLike<number>;
  readonly denominators: ArrayLike<number>;
}

/** Each period's ratio; null where nothing was counted over. */
export function ratiosOf(series: CountedSeries, proportion: boolean): (number | null)[] {
  const { numerators, denominators } = series;
  const n = checkLengths({ numerators, denominators });
  return Array.from({ length: n }, (_, i) => {
    const y = numerators[i] as number;
    const size = denominators[i] as number;
    checkCount(`numerators[${i}]`, y);
    checkCount(`denominators[${i}]`, size);
    if (proportion && y > size)
      throw new StatisticsError(
        "invalidCount",
        `invalid numerators[${i}]; more than its denominator ${size}: ${y}`,
      );
    return size === 0 ? null : y / size;
  });
}

/** The ratio of all of a segment's periods together, or null. */
export function pooledRatio(series: CountedSeries, segment: SegmentPlan): number | null {
  let y = 0;
  let size = 0;
  for (const i of segment.basis) {
    y += series.numerators[i] as number;
    size += series.denominators[i] as number;
  }
  return size === 0 ? null : y / size;
}
