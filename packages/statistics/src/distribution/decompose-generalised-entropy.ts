import { absent, isAbsent, type Result } from "../foundation/estimate.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { entropyOf } from "./generalised-entropy.ts";
import { type GroupedPersonValues, splitByGroup } from "./subgroups.ts";

/** What one subgroup adds. */
export interface SubgroupInequality {
  readonly group: string | number;
  readonly populationShare: number;
  readonly valueShare: number;
  readonly mean: number;
  /** The index among its own people. */
  readonly index: number;
  /** Its part of the within-group inequality. */
  readonly contribution: number;
}

export interface EntropyDecomposition {
  readonly total: number;
  /** Inequality among people of the same subgroup. */
  readonly within: number;
  /** Inequality if everyone had their subgroup's mean. */
  readonly between: number;
  readonly groups: readonly SubgroupInequality[];
}

/**
 * Generalised entropy split by subgroup: how much of the inequality is between groups, and how much within
 * each? `within = Σ fₖ (μₖ/μ)^α GEₖ`; within and between add up exactly. At α = 0 the weights are people's shares,
 * at α = 1 shares of the value.
 *
 * @throws StatisticsError for a sensitivity that is not finite, or arrays of different lengths
 * @example
 * ```ts
 * const parts = decomposeGeneralisedEntropy(
 *   { value: [1, 2, 3, 4], group: ["a", "a", "b", "b"] },
 *   { sensitivity: 2 },
 * );
 * parts.between; // => 0.08
 * parts.within; // => 0.02
 * ```
 */
export function decomposeGeneralisedEntropy(
  data: GroupedPersonValues,
  options: { readonly sensitivity: number },
): Result<EntropyDecomposition> {
  const a = options.sensitivity;
  if (!Number.isFinite(a))
    throw new StatisticsError("invalidOption", `invalid sensitivity; not a finite number: ${a}`);
  const persons = splitByGroup(data, a <= 0);
  if (isAbsent(persons)) return persons;
  const { value, share, mean, subgroups } = persons;
  if (subgroups.some((g) => !(g.mean > 0)))
    return absent("notPositive", "Every subgroup's mean must be above 0.");
  const total = entropyOf(value, share, mean, a);
  const groups = subgroups.map((g) => {
    const index = entropyOf(g.value, g.share, g.mean, a);
    return {
      group: g.name,
      populationShare: g.populationShare,
      valueShare: g.valueShare,
      mean: g.mean,
      index,
      contribution: g.populationShare * (g.mean / mean) ** a * index,
    };
  });
  const between = entropyOf(
    subgroups.map((g) => g.mean),
    subgroups.map((g) => g.populationShare),
    mean,
    a,
  );
  return { total, within: groups.reduce((sum, g) => sum + g.contribution, 0), between, groups };
}
