import { checkLengths } from "../foundation/check.ts";
import {
  absent,
  type ConfidenceOptions,
  type Estimate,
  type Result,
} from "../foundation/estimate.ts";
import { zOfConfidence } from "../foundation/normal.ts";
import { LARGEST } from "../foundation/range.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import { checkShare, type EstimateArrays, type Share, wilsonLimit } from "./proportion.ts";

/** A difference of two proportions with its interval and both pairs of counts. */
export interface ProportionDifference extends Estimate {
  readonly a: Share;
  readonly b: Share;
  /** √(p_a(1−p_a)/n_a + p_b(1−p_b)/n_b). */
  readonly standardError: number;
}

/**
 * How far apart are two groups' shares? p_a − p_b with Newcombe's interval (method 10: the square-and-add
 * of the two Wilson intervals), which never leaves −1 to 1 and copes with zeros.
 *
 * `d − √((p_a−l_a)² + (u_b−p_b)²)` to `d + √((u_a−p_a)² + (p_b−l_b)²)`; Newcombe 1998, Statistics in
 * Medicine 17:873. The groups must not share people: compare a group with the *rest*, not with everyone.
 *
 * @example
 * ```ts
 * const gap = proportionDifference({ numerator: 56, denominator: 70 }, { numerator: 48, denominator: 80 });
 * gap.value; // => 0.2
 * gap.lower; // => 0.0524
 * gap.upper; // => 0.3339
 * ```
 */
export function proportionDifference(
  a: Share,
  b: Share,
  options: ConfidenceOptions = {},
): Result<ProportionDifference> {
  const z = zOfConfidence(options.confidence);
  checkShare(a);
  checkShare(b);
  if (a.denominator === 0 || b.denominator === 0)
    return absent("zeroDenominator", "Nobody is in the denominator of one of the two groups.");
  const pa = a.numerator / a.denominator;
  const pb = b.numerator / b.denominator;
  const difference = pa - pb;
  return {
    value: difference,
    lower: difference - reachDown(a.numerator, a.denominator, b.numerator, b.denominator, z),
    upper: difference + reachDown(b.numerator, b.denominator, a.numerator, a.denominator, z),
    standardError: Math.sqrt((pa * (1 - pa)) / a.denominator + (pb * (1 - pb)) / b.denominator),
    a: { numerator: a.numerator, denominator: a.denominator },
    b: { numerator: b.numerator, denominator: b.denominator },
  };
}

/** How far below p_a − p_b the interval reaches; with a and b exchanged, how far above. */
function reachDown(ya: number, na: number, yb: number, nb: number, z: number): number {
  const below = ya / na - wilsonLimit(ya, na, z, -1);
  const above = wilsonLimit(yb, nb, z, 1) - yb / nb;
  return Math.sqrt(below * below + above * above);
}

/** The counts of many pairs of groups, one place a pair. */
export interface SharePairs {
  readonly numeratorsA: ArrayLike<number>;
  readonly denominatorsA: ArrayLike<number>;
  readonly numeratorsB: ArrayLike<number>;
  readonly denominatorsB: ArrayLike<number>;
}

export function checkPair(at: number, ya: number, na: number, yb: number, nb: number): void {
  if (!(ya >= 0 && ya <= na && yb >= 0 && yb <= nb && na + nb <= LARGEST))
    throw new StatisticsError(
      "invalidCount",
      `invalid shares at ${at}; not 0 ≤ y ≤ n: ${ya}/${na} and ${yb}/${nb}`,
    );
}

/**
 * {@link proportionDifference} for many pairs at once, without making an object each. `present` is 0 where
 * a denominator is 0 (the value and limits there are 0 and mean nothing).
 *
 * @example
 * ```ts
 * const out = estimateArrays(1);
 * newcombeInto({ numeratorsA: [56], denominatorsA: [70], numeratorsB: [48], denominatorsB: [80] }, out);
 * out.lowers[0]; // => 0.0524
 * ```
 */
export function newcombeInto(
  pairs: SharePairs,
  out: EstimateArrays,
  options: ConfidenceOptions = {},
): void {
  const { numeratorsA, denominatorsA, numeratorsB, denominatorsB } = pairs;
  const length = checkLengths({
    numeratorsA,
    denominatorsA,
    numeratorsB,
    denominatorsB,
    "out.values": out.values,
  });
  const z = zOfConfidence(options.confidence);
  const { values, lowers, uppers, present } = out;
  for (let i = 0; i < length; i++) {
    const ya = numeratorsA[i] as number;
    const na = denominatorsA[i] as number;
    const yb = numeratorsB[i] as number;
    const nb = denominatorsB[i] as number;
    checkPair(i, ya, na, yb, nb);
    const there = na > 0 && nb > 0;
    const difference = there ? ya / na - yb / nb : 0;
    present[i] = there ? 1 : 0;
    values[i] = difference;
    lowers[i] = there ? difference - reachDown(ya, na, yb, nb, z) : 0;
    uppers[i] = there ? difference + reachDown(yb, nb, ya, na, z) : 0;
  }
}
