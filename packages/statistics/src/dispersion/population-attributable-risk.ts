import { isAbsent, type Result } from "../foundation/estimate.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import {
  type Dispersion,
  type DispersionOptions,
  needsPositiveMean,
  prepareSpread,
  type SpreadGroups,
  spreadResult,
  type UnorderedGroups,
} from "./group-spread.ts";
import { bestGroup, expectedHighest } from "./mean-difference.ts";

export interface AttributableOptions extends DispersionOptions {
  /** Which value is best. Default "highest". */
  readonly best?: "highest" | "lowest";
  /** The group that all are brought to: the best (default) or the group at an index (the least deprived, say). */
  readonly reference?: "best" | number;
}

/**
 * Population attributable risk: by how much would the overall mean change if every group did as well as the
 * best (or the reference) group? `y₀ − μ` when high is best, `μ − y₀` when low is best, so that a positive
 * number is a gain. In the value's own units.
 *
 * With the best of many small groups as reference the gain is partly luck: compare with `noise`.
 *
 * @throws StatisticsError for arrays of different lengths or a reference that is no group
 * @example
 * ```ts
 * populationAttributableRisk({ population: [100, 200, 100], count: [50, 80, 30] }).value; // => 0.1
 * ```
 */
export function populationAttributableRisk(
  data: UnorderedGroups,
  options: AttributableOptions = {},
): Result<Dispersion> {
  const groups = prepareSpread(data, options);
  return isAbsent(groups) ? groups : attributable(groups, options, false);
}

/**
 * Population attributable fraction: {@link populationAttributableRisk} as a share of the overall mean. 0.25 is
 * a quarter more (or less) than now. No unit.
 *
 * @throws StatisticsError for arrays of different lengths or a reference that is no group
 * @example
 * ```ts
 * populationAttributableFraction({ population: [100, 200, 100], count: [50, 80, 30] }).value; // => 0.25
 * ```
 */
export function populationAttributableFraction(
  data: UnorderedGroups,
  options: AttributableOptions = {},
): Result<Dispersion> {
  const groups = prepareSpread(data, options);
  if (isAbsent(groups)) return groups;
  return needsPositiveMean(groups) ?? attributable(groups, options, true);
}

function attributable(
  groups: SpreadGroups,
  options: AttributableOptions,
  relative: boolean,
): Dispersion {
  const { size, value, variance, share, mean } = groups;
  const best = options.best ?? "highest";
  const chosen = options.reference ?? "best";
  const reference = chosen === "best" ? bestGroup(groups, best) : chosen;
  if (!(Number.isInteger(reference) && reference >= 0 && reference < size))
    throw new StatisticsError("invalidOption", `invalid reference; no group ${reference}`);
  const sign = best === "highest" ? 1 : -1;
  const at = value[reference] as number;
  const scale = relative ? 1 / mean : 1;
  const result = sign * (at - mean) * scale;
  return spreadResult(
    groups,
    result,
    {
      slope: (i) => {
        const f = share[i] as number;
        const onReference = i === reference ? 1 : 0;
        return relative
          ? (sign * (onReference - (at * f) / mean)) / mean
          : sign * (onReference - f);
      },
      noise: chosen === "best" ? expectedHighest(variance) * scale : 0,
    },
    options,
    chosen === "best" ? 0 : Number.NEGATIVE_INFINITY,
  );
}
