import { isAbsent, type Result } from "../foundation/estimate.ts";
import { normalProbability } from "../foundation/normal.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import {
  type Dispersion,
  type DispersionOptions,
  needsPositiveMean,
  prepareSpread,
  type SpreadGroups,
  spreadResult,
  type UnorderedGroups,
  weightedMean,
} from "./group-spread.ts";

export interface MeanDifferenceOptions extends DispersionOptions {
  /** What each group is set against: the overall mean (default), the best group, or the group at an index. */
  readonly from?: "mean" | "best" | number;
  /** "people" weighs groups by their population (default); "groups" counts each once. */
  readonly weighting?: "people" | "groups";
  /** Which value is best. Default "highest". */
  readonly best?: "highest" | "lowest";
}

/**
 * Mean difference from the mean, the best or a reference group: how far is the average person (or group) from
 * it? `Σ w |y − y₀|`, w the share of people, or 1/G. In the value's own units.
 *
 * The best group is the best partly by luck: `noise` says what the index would be with no difference at all,
 * and the interval is from the delta method with the chosen group taken as given.
 *
 * @throws StatisticsError for arrays of different lengths or a reference that is no group
 * @example
 * ```ts
 * const groups = { population: [100, 200, 100], count: [50, 80, 30] };
 * meanDifference(groups).value; // => 0.05
 * meanDifference(groups, { from: "best" }).value; // => 0.1
 * ```
 */
export function meanDifference(
  data: UnorderedGroups,
  options: MeanDifferenceOptions = {},
): Result<Dispersion> {
  const groups = prepareSpread(data, options);
  if (isAbsent(groups)) return groups;
  return difference(groups, options, 1, 0);
}

/**
 * Index of disparity: the mean difference from the overall mean, as a share of that mean (Pearcy and Keppel
 * 2002; times 100 it is a percentage). With `weighting: "groups"` each group counts once.
 *
 * @throws StatisticsError for arrays of different lengths or a reference that is no group
 * @example
 * ```ts
 * indexOfDisparity({ population: [100, 200, 100], count: [50, 80, 30] }).value; // => 0.125
 * ```
 */
export function indexOfDisparity(
  data: UnorderedGroups,
  options: Omit<MeanDifferenceOptions, "from"> = {},
): Result<Dispersion> {
  const groups = prepareSpread(data, options);
  if (isAbsent(groups)) return groups;
  return (
    needsPositiveMean(groups) ??
    difference(groups, { ...options, from: "mean" }, 1 / groups.mean, 1)
  );
}

/** Index of the best group; of several that tie the least certain one, so that the order of rows never matters. */
export function bestGroup(
  { size, value, variance, share }: SpreadGroups,
  best: "highest" | "lowest",
): number {
  const sign = best === "highest" ? 1 : -1;
  let index = 0;
  for (let i = 1; i < size; i++) {
    const ahead =
      sign * ((value[i] as number) - (value[index] as number)) ||
      (variance[i] as number) - (variance[index] as number) ||
      (share[index] as number) - (share[i] as number);
    if (ahead > 0) index = i;
  }
  return index;
}

/** Mean of the highest of independent noises with these variances, all about 0. */
export function expectedHighest(variance: ArrayLike<number>): number {
  let widest = 0;
  for (let i = 0; i < variance.length; i++) widest = Math.max(widest, variance[i] as number);
  if (widest === 0) return 0;
  const end = 9 * Math.sqrt(widest);
  const steps = 200;
  // E max = ∫₀ (1 − ΠΦ(x)) − ΠΦ(−x) dx, by Simpson.
  let sum = 0;
  for (let s = 0; s <= steps; s++) {
    const x = (end * s) / steps;
    let below = 1;
    let under = 1;
    for (let i = 0; i < variance.length; i++) {
      const sd = Math.sqrt(variance[i] as number);
      const above = sd > 0 ? normalProbability(-x / sd) : 0;
      below *= 1 - above;
      under *= above;
    }
    sum += (s === 0 || s === steps ? 1 : s % 2 === 1 ? 4 : 2) * (1 - below - under);
  }
  return (sum * end) / steps / 3;
}

function difference(
  groups: SpreadGroups,
  options: MeanDifferenceOptions,
  factor: number,
  power: 0 | 1,
): Dispersion {
  const { size, value, variance, share, mean } = groups;
  const from = options.from ?? "mean";
  const own = (i: number) => (options.weighting === "groups" ? 1 / size : (share[i] as number));
  const reference = from === "best" ? bestGroup(groups, options.best ?? "highest") : from;
  if (
    typeof reference === "number" &&
    !(Number.isInteger(reference) && reference >= 0 && reference < size)
  )
    throw new StatisticsError("invalidOption", `invalid from; no group ${reference}`);
  const centre =
    typeof reference === "number" ? (value[reference] as number) : weightedMean(share, value);
  // How the centre moves with the value of group j.
  const onCentre = (j: number) =>
    typeof reference === "number" ? (j === reference ? 1 : 0) : (share[j] as number);
  const side = Float64Array.from(value, (y) => Math.sign(y - centre));
  let sum = 0;
  let lean = 0;
  for (let i = 0; i < size; i++) {
    sum += own(i) * Math.abs((value[i] as number) - centre);
    lean += own(i) * (side[i] as number);
  }
  return spreadResult(
    groups,
    sum * factor,
    {
      slope: (j) =>
        factor * (own(j) * (side[j] as number) - lean * onCentre(j)) -
        (power === 0 ? 0 : (sum * factor * (share[j] as number)) / mean),
      noise: factor * noiseOf(variance, own, onCentre, from === "best"),
    },
    options,
  );
}

/** Expected index when all groups are in truth equal. */
function noiseOf(
  variance: Float64Array,
  own: (i: number) => number,
  onCentre: (j: number) => number,
  best: boolean,
): number {
  if (best) return expectedHighest(variance);
  let centre = 0;
  for (let j = 0; j < variance.length; j++) centre += onCentre(j) ** 2 * (variance[j] as number);
  let sum = 0;
  for (let i = 0; i < variance.length; i++) {
    const spread = (variance[i] as number) * (1 - 2 * onCentre(i)) + centre;
    sum += own(i) * Math.sqrt((2 / Math.PI) * Math.max(0, spread));
  }
  return sum;
}
