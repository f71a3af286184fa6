import { checkFinite, checkLengths } from "../foundation/check.ts";
import { type Absent, absent } from "../foundation/estimate.ts";

/** How a survey drew its people. */
export interface SurveyDesign {
  /** Stratum of each person; everyone in one when left out. */
  readonly stratum?: ArrayLike<string | number>;
  /** Cluster (primary sampling unit) of each person, named within its stratum; each person when left out. */
  readonly cluster?: ArrayLike<string | number>;
}

/**
 * How sure is a total from a sample survey, given how its people were drawn? Variance of a sum of contributions (each
 * person's influence on an estimate, in the estimate's unit) under a design with replacement between clusters:
 * Σ over strata of n/(n − 1) Σ over clusters (sum − mean of sums)². With no design it is the variance of independent
 * people. Linearisation; Binder (1983), International Statistical Review 51:279.
 *
 * Not for weights alone: multiply each contribution by its weight first. With fewer than about 30 clusters the normal
 * interval made from it is too narrow. A stratum with a single cluster is `tooFew`.
 *
 * @param contribution one number a person
 * @param design one entry a person in each array that is given
 * @throws StatisticsError for arrays of different lengths, or a contribution that is not finite
 * @example
 * ```ts
 * designVariance([1, 2, 4, 5], {}); // => 13.33333
 * designVariance([1, 2, 4, 5], { cluster: ["a", "a", "b", "b"] }); // => 36
 * designVariance([1, 2, 4], { stratum: ["n", "n", "s"] }).absent; // => "tooFew"
 * ```
 */
export function designVariance(
  contribution: ArrayLike<number>,
  design: SurveyDesign,
): number | Absent {
  checkLengths({
    contribution,
    ...(design.stratum && { stratum: design.stratum }),
    ...(design.cluster && { cluster: design.cluster }),
  });
  const strata = new Map<string | number, Map<string | number, number>>();
  for (let i = 0; i < contribution.length; i++) {
    checkFinite(`contribution[${i}]`, contribution[i] as number);
    const stratum = design.stratum === undefined ? 0 : (design.stratum[i] as string | number);
    const cluster = design.cluster === undefined ? i : (design.cluster[i] as string | number);
    let clusters = strata.get(stratum);
    if (clusters === undefined) {
      clusters = new Map();
      strata.set(stratum, clusters);
    }
    clusters.set(cluster, (clusters.get(cluster) ?? 0) + (contribution[i] as number));
  }
  let variance = 0;
  for (const [name, clusters] of strata) {
    const count = clusters.size;
    if (count < 2)
      return absent(
        "tooFew",
        `Stratum ${name} has a single cluster, so its variance cannot be seen; merge strata.`,
      );
    let mean = 0;
    for (const sum of clusters.values()) mean += sum / count;
    let squares = 0;
    for (const sum of clusters.values()) squares += (sum - mean) ** 2;
    variance += (count / (count - 1)) * squares;
  }
  return variance;
}
