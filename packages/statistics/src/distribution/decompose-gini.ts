import { rankWeights } from "../concentration/rank-weights.ts";
import { isAbsent, type Result } from "../foundation/estimate.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import type { SubgroupInequality } from "./decompose-generalised-entropy.ts";
import { type GroupedPersonValues, splitByGroup } from "./subgroups.ts";

export interface GiniDecomposition {
  readonly total: number;
  /** Inequality among people of the same subgroup. */
  readonly within: number;
  /** Inequality if everyone had their subgroup's mean. */
  readonly between: number;
  /** What arises because the subgroups' ranges overlap; 0 when they do not. */
  readonly overlap: number;
  readonly groups: readonly SubgroupInequality[];
}

/**
 * Gini, or S-Gini, split by subgroup: how much is within groups, between them, and due to their overlap?
 * Everyone is lined up by subgroup mean and then by own value. With group means in that line the index is
 * `between`; own values add `within` (for ν = 2 this is Σ fₖ sₖ Gₖ, Bhattacharya and Mahalanobis 1967); lining up by
 * own value alone adds `overlap`. The three add up exactly.
 *
 * @throws StatisticsError for an aversion of at most 1, or arrays of different lengths
 * @example
 * ```ts
 * const parts = decomposeGini({ value: [1, 3, 2, 4], group: ["a", "a", "b", "b"] });
 * parts.between; // => 0.1
 * parts.within; // => 0.1
 * parts.overlap; // => 0.05
 * ```
 */
export function decomposeGini(
  data: GroupedPersonValues,
  options: { readonly aversion?: number } = {},
): Result<GiniDecomposition> {
  const aversion = options.aversion ?? 2;
  if (!(aversion > 1 && aversion < Number.POSITIVE_INFINITY))
    throw new StatisticsError("invalidOption", `invalid aversion; not above 1: ${aversion}`);
  const persons = splitByGroup(data, false);
  if (isAbsent(persons)) return persons;
  const { size, value, share, mean, subgroups, member } = persons;
  const indexOf = (rank: ArrayLike<number>, of: (i: number) => number) => {
    const weights = rankWeights(rank, share, aversion);
    let sum = 0;
    for (let i = 0; i < size; i++) sum += (weights[i] as number) * of(i);
    return 1 - sum / mean;
  };
  const groupMean = Float64Array.from(member, (k) => subgroups[k]?.mean as number);
  // One number a person that puts subgroups in order of their means and people in order inside them.
  const order = Array.from({ length: size }, (_, i) => i).sort(
    (a, b) =>
      (groupMean[a] as number) - (groupMean[b] as number) ||
      (member[a] as number) - (member[b] as number) ||
      (value[a] as number) - (value[b] as number),
  );
  const place = new Float64Array(size);
  order.forEach((i, k) => {
    const before = order[k - 1];
    const tied = before !== undefined && member[before] === member[i] && value[before] === value[i];
    place[i] = tied ? (place[before] as number) : k;
  });
  const total = indexOf(value, (i) => value[i] as number);
  const between = indexOf(groupMean, (i) => groupMean[i] as number);
  const lined = indexOf(place, (i) => value[i] as number);
  const within = lined - between;
  // Each subgroup's part: its own values against its mean, in its stretch of the line.
  const lineWeights = rankWeights(place, share, aversion);
  const parts = new Float64Array(subgroups.length);
  for (let i = 0; i < size; i++) {
    const k = member[i] as number;
    const away = (groupMean[i] as number) - (value[i] as number);
    parts[k] = (parts[k] as number) + ((lineWeights[i] as number) * away) / mean;
  }
  const groups = subgroups.map((g, k) => {
    const weights = rankWeights(g.value, g.share, aversion);
    let sum = 0;
    for (let i = 0; i < g.value.length; i++) sum += (weights[i] as number) * (g.value[i] as number);
    return {
      group: g.name,
      populationShare: g.populationShare,
      valueShare: g.valueShare,
      mean: g.mean,
      index: g.mean > 0 ? 1 - sum / g.mean : 0,
      contribution: parts[k] as number,
    };
  });
  return { total, within, between, overlap: total - lined, groups };
}
