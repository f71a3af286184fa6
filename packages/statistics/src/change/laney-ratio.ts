import { meanMovingRange } from "./moving-ranges.ts";

/** d2 of a range of two: the mean moving range of a standard normal series. */
const d2 = 1.128;

/**
 * Laney's σz: the spread of the z-scores from one period to the next, against the 1 that sampling alone
 * would give. Null where no moving range can be taken.
 */
export function laneyRatio(
  values: readonly (number | null)[],
  centres: readonly (number | null)[],
  expected: readonly (number | null)[],
  basis: readonly number[],
  screen: boolean,
): number | null {
  const z = values.map((value, i) => {
    const centre = centres[i] ?? null;
    const sigma = expected[i] ?? null;
    return value === null || centre === null || sigma === null || sigma === 0
      ? null
      : (value - centre) / sigma;
  });
  const range = meanMovingRange(
    z,
    basis.filter((i) => z[i] !== null),
    screen,
  );
  return range === null ? null : range / d2;
}
