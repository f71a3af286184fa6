import {
  absent,
  type ConfidenceOptions,
  checkCount,
  checkLengths,
  type Estimate,
  type Result,
  StatisticsError,
  studentQuantile,
  studentUpperTail,
} from "../foundation/index.ts";

/** Counts of every unit in every group, one row of `groups` numbers a unit; zero where a unit has nobody in a group. */
export interface UnitCounts {
  readonly reached: ArrayLike<number>;
  readonly denominator: ArrayLike<number>;
  readonly groups: number;
}

/** A weighted sum of group shares with an interval that allows for units that differ among themselves. */
export interface ClusteredContrast extends Estimate {
  readonly standardError: number;
  /** Two-sided, of no contrast, from Student's t with `degreesOfFreedom`. */
  readonly p: number;
  /** Units with anybody in a group that has a weight. */
  readonly units: number;
  readonly degreesOfFreedom: number;
  /** How many times the variance is that of people drawn one by one: above 1, units differ more than chance makes them. */
  readonly designEffect: number;
}

/** Fewer units than this in a group say nothing of how units differ. */
const FEWEST_UNITS = 4;

/**
 * How far apart are groups when the counts come from organisations or areas that differ among themselves?
 *
 * The contrast `Σ_g w_g p_g` of the groups' pooled shares `p_g = Σ_i y_ig / Σ_i n_ig`, with the variance over what leaving
 * each unit out changes: `Σ_i r_i²`, `r_i = Σ_g w_g (y_ig − p_g n_ig)/(N_g − n_ig)` (the cluster jackknife, CR3), and
 * Student's t with Satterthwaite's degrees of freedom from the groups' own, `(Σh²)²/Σh⁴ − 1` with h each unit's part of
 * its group's people. A few large units make a group's share move much and be known from little. Treating thousands of
 * people from forty organisations as independent makes every difference between organisations look like a difference
 * between groups. Weights 1 and −1 give a difference; the weights of a regression line give its slope.
 *
 * Cameron and Miller (2015) J Human Resources 50:317; Bell and McCaffrey (2002) Survey Methodology 28:169;
 * MacKinnon, Nielsen and Webb (2023) J Econometrics 232:272.
 *
 * Absent `tooFew` with under four units in a group that has a weight, `zeroDenominator` with nobody in one, `allEqual`
 * when no unit departs from its group.
 *
 * @throws StatisticsError for arrays that are not units × groups, or counts above their denominators
 * @example
 * ```ts
 * const counts = {
 *   reached: [8, 0, 6, 0, 9, 0, 7, 0, 0, 5, 0, 4, 0, 7, 0, 4],
 *   denominator: [10, 0, 10, 0, 10, 0, 10, 0, 0, 10, 0, 10, 0, 10, 0, 10],
 *   groups: 2,
 * };
 * const gap = clusteredContrast(counts, [1, -1]);
 * gap.value; // => 0.25
 * gap.standardError; // => 0.110554
 * ```
 */
export function clusteredContrast(
  counts: UnitCounts,
  weights: ArrayLike<number>,
  options: ConfidenceOptions = {},
): Result<ClusteredContrast> {
  const { reached, denominator, groups } = counts;
  const cells = checkLengths({ reached, denominator });
  if (weights.length !== groups || cells % groups !== 0)
    throw new StatisticsError(
      "lengthMismatch",
      `invalid counts; ${cells} cells and ${weights.length} weights are not units × ${groups} groups`,
    );
  const units = cells / groups;
  const totals = new Float64Array(groups);
  const shares = new Float64Array(groups);
  const unitsIn = new Uint32Array(groups);
  for (let cell = 0; cell < cells; cell++) {
    const y = reached[cell] as number;
    const n = denominator[cell] as number;
    checkCount(`reached[${cell}]`, y);
    checkCount(`denominator[${cell}]`, n);
    if (y > n)
      throw new StatisticsError(
        "invalidCount",
        `invalid reached at ${cell}; above its denominator ${n}: ${y}`,
      );
    totals[cell % groups]! += n;
    shares[cell % groups]! += y;
    if (n > 0) unitsIn[cell % groups]! += 1;
  }
  for (let group = 0; group < groups; group++) {
    if (weights[group] === 0) continue;
    if (totals[group] === 0)
      return absent("zeroDenominator", `Nobody is in the denominator of group ${group + 1}.`);
    if (unitsIn[group]! < FEWEST_UNITS)
      return absent(
        "tooFew",
        `Group ${group + 1} has ${unitsIn[group]} units; at least ${FEWEST_UNITS} are needed to see how units differ.`,
      );
    shares[group]! /= totals[group]!;
  }
  let value = 0;
  let independent = 0;
  for (let group = 0; group < groups; group++) {
    const weight = weights[group] as number;
    if (weight === 0) continue;
    const p = shares[group]!;
    value += weight * p;
    independent += (weight ** 2 * p * (1 - p)) / totals[group]!;
  }
  let variance = 0;
  let used = 0;
  const ofGroup = new Float64Array(groups);
  const second = new Float64Array(groups);
  const fourth = new Float64Array(groups);
  for (let unit = 0; unit < units; unit++) {
    let change = 0;
    let people = 0;
    for (let group = 0; group < groups; group++) {
      const weight = weights[group] as number;
      const cell = unit * groups + group;
      const n = denominator[cell] as number;
      if (weight === 0 || n === 0) continue;
      people += n;
      const own =
        (weight * ((reached[cell] as number) - shares[group]! * n)) / (totals[group]! - n);
      change += own;
      ofGroup[group]! += own * own;
      second[group]! += (n / totals[group]!) ** 2;
      fourth[group]! += (n / totals[group]!) ** 4;
    }
    if (people > 0) used++;
    variance += change * change;
  }
  if (!(variance > 0))
    return absent("allEqual", "No unit departs from its group, so the spread is not known.");
  let spread = 0;
  let uncertain = 0;
  for (let group = 0; group < groups; group++) {
    if (ofGroup[group] === 0) continue;
    spread += ofGroup[group]!;
    uncertain += ofGroup[group]! ** 2 / Math.max(1, second[group]! ** 2 / fourth[group]! - 1);
  }
  const degreesOfFreedom = Math.min(Math.max(1, used - 1), spread ** 2 / uncertain);
  const standardError = Math.sqrt(variance);
  const t = studentQuantile(1 - (1 - (options.confidence ?? 0.95)) / 2, degreesOfFreedom);
  return {
    value,
    lower: value - t * standardError,
    upper: value + t * standardError,
    standardError,
    p: Math.min(1, 2 * studentUpperTail(Math.abs(value) / standardError, degreesOfFreedom)),
    units: used,
    degreesOfFreedom,
    designEffect: independent > 0 ? variance / independent : 1,
  };
}
