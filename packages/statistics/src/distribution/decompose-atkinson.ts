import { isAbsent, type Result } from "../foundation/estimate.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { equallyDistributed } from "./atkinson-index-of-persons.ts";
import { type GroupedPersonValues, splitByGroup } from "./subgroups.ts";

export interface AtkinsonDecomposition {
  readonly total: number;
  /** Share of the mean lost to inequality inside the subgroups. */
  readonly within: number;
  /** Share of what is left that is lost to inequality between them. */
  readonly between: number;
  readonly groups: readonly {
    readonly group: string | number;
    readonly populationShare: number;
    readonly mean: number;
    readonly index: number;
    readonly equallyDistributed: number;
  }[];
}

/**
 * Atkinson index split by subgroup (Blackorby, Donaldson and Auersperg 1981): how much is lost to inequality
 * inside the groups, how much between them? `within = 1 − Σ fₖ EDEₖ/μ`, `between = 1 − EDE/Σ fₖ EDEₖ`. The parts
 * multiply: `1 − total = (1 − within)(1 − between)`.
 *
 * @throws StatisticsError for an aversion that is not above 0, or arrays of different lengths
 * @example
 * ```ts
 * const parts = decomposeAtkinson({ value: [1, 2, 3, 4], group: [1, 1, 2, 2] }, { aversion: 1 });
 * parts.between; // => 0.0925704
 * parts.within; // => 0.024337
 * ```
 */
export function decomposeAtkinson(
  data: GroupedPersonValues,
  options: { readonly aversion: number },
): Result<AtkinsonDecomposition> {
  const e = options.aversion;
  if (!(e > 0 && e < Number.POSITIVE_INFINITY))
    throw new StatisticsError("invalidOption", `invalid aversion; not above 0: ${e}`);
  const persons = splitByGroup(data, true);
  if (isAbsent(persons)) return persons;
  const { value, share, mean, subgroups } = persons;
  const all = equallyDistributed(value, share, e);
  let middle = 0;
  const groups = subgroups.map((g) => {
    const own = equallyDistributed(g.value, g.share, e);
    middle += g.populationShare * own;
    return {
      group: g.name,
      populationShare: g.populationShare,
      mean: g.mean,
      index: 1 - own / g.mean,
      equallyDistributed: own,
    };
  });
  return { total: 1 - all / mean, within: 1 - middle / mean, between: 1 - all / middle, groups };
}
