import { StatisticsError } from "../foundation/statistics-error.ts";
import { benjaminiHochberg } from "./adjusted-p-values.ts";

/** What two-level testing calls real. */
export interface TwoLevelFamilies {
  /** Simes' p-value of each family: could there be nothing at all in it? */
  readonly familyPValues: Float64Array;
  /** Which families are looked into. */
  readonly selected: boolean[];
  /** For each family, which of its tests are called real. */
  readonly rejected: boolean[][];
}

/**
 * Which of many families of cuts (a step by a characteristic) hold a gap, and which cuts in them? Families are
 * chosen by Benjamini and Hochberg's rule on their Simes p-values; within a chosen one the level is q × chosen /
 * all, which keeps the expected share of false calls, averaged over the chosen families, at q. Benjamini and
 * Bogomolov 2014, JRSS B 76:297.
 *
 * @example
 * ```ts
 * const found = twoLevelFamilies([[0.001, 0.3, 0.02], [0.4, 0.7], [0.2, 0.9]]);
 * found.selected; // => [true, false, false]
 * found.rejected[0]; // => [true, false, false]
 * ```
 */
export function twoLevelFamilies(
  families: readonly ArrayLike<number>[],
  options: { readonly q?: number } = {},
): TwoLevelFamilies {
  const { q = 0.05 } = options;
  if (!(q > 0 && q < 1))
    throw new StatisticsError("invalidOption", `invalid q; not in (0, 1): ${q}`);
  const adjusted = families.map((family) => benjaminiHochberg(family));
  // The least adjusted p-value of a family is its Simes p-value.
  const familyPValues = Float64Array.from(adjusted, (values) =>
    values.reduce((least, value) => Math.min(least, value), 1),
  );
  const selected = Array.from(benjaminiHochberg(familyPValues), (value) => value <= q);
  const chosen = selected.filter(Boolean).length;
  const level = families.length === 0 ? q : (q * chosen) / families.length;
  const rejected = adjusted.map((values, family) =>
    Array.from(values, (value) => selected[family] === true && value <= level),
  );
  return { familyPValues, selected, rejected };
}
