import exp from "@stdlib/math-base-special-exp";
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
import { checkShare, type EstimateArrays, type Share } from "./proportion.ts";
import type { SharePairs } from "./proportion-difference.ts";

/** A ratio of two proportions with its interval. */
export interface ProportionRatio extends Estimate {
  readonly a: Share;
  readonly b: Share;
  /** Of the natural logarithm of the ratio. */
  readonly standardErrorOfLog: number;
  readonly method: "katz" | "score";
}

/** How a ratio of proportions gets its interval. */
export interface ProportionRatioOptions extends ConfidenceOptions {
  /** Katz's logarithmic interval (default), or the score interval of Koopman. */
  readonly interval?: "katz" | "score";
  /** A reference share below this gives no ratio: `tooFew`. Default 0; 0.01 is wise on a screen. */
  readonly minimumReference?: number;
}

/**
 * How many times as likely is group a as group b? p_a / p_b. Katz's interval adds ½ to each count where one is
 * 0; the score interval (Koopman 1984) needs no such mending and keeps its coverage in small groups.
 *
 * A ratio of small shares sounds large, and may rise while the difference falls: show both. A reference share
 * of 0 is `zeroDenominator`.
 *
 * @example
 * ```ts
 * const a = { numerator: 36, denominator: 40 };
 * const b = { numerator: 16, denominator: 80 };
 * proportionRatio(a, b).value; // => 4.5
 * proportionRatio(a, b, { interval: "score" }).lower; // => 2.94
 * proportionRatio(a, b, { interval: "score" }).upper; // => 7.15
 * ```
 */
export function proportionRatio(
  a: Share,
  b: Share,
  options: ProportionRatioOptions = {},
): Result<ProportionRatio> {
  const z = zOfConfidence(options.confidence);
  checkShare(a);
  checkShare(b);
  const { interval = "katz", minimumReference = 0 } = options;
  if (a.denominator === 0 || b.denominator === 0)
    return absent("zeroDenominator", "Nobody is in the denominator of one of the two groups.");
  if (b.numerator === 0)
    return absent("zeroDenominator", "The reference share is 0, so there is no ratio to it.");
  const reference = b.numerator / b.denominator;
  if (reference < minimumReference)
    return absent("tooFew", "The reference share is too small for a ratio to mean anything.");
  const value = a.numerator / a.denominator / reference;
  const half = a.numerator === 0 ? 0.5 : 0;
  const [ya, na, yb, nb] = [
    a.numerator + half,
    a.denominator + half,
    b.numerator + half,
    b.denominator + half,
  ];
  const known = {
    value,
    a: { ...a },
    b: { ...b },
    standardErrorOfLog: standardErrorOfLog(ya, na, yb, nb),
    method: interval,
  };
  if (interval === "katz") {
    const limit = (side: -1 | 1) =>
      katzLimit(a.numerator, a.denominator, b.numerator, b.denominator, z, side);
    const upper = limit(1);
    return upper === Number.POSITIVE_INFINITY
      ? absent("notIdentified", "The groups have too few events for a ratio with an upper limit.")
      : { ...known, lower: limit(-1), upper };
  }
  const off = (ratio: number) => scoreDistance(ratio, a, b) - z * z;
  return {
    ...known,
    lower: a.numerator === 0 ? 0 : edge(off, value, 0.5),
    upper: edge(off, value > 0 ? value : Math.exp(Math.log(ya / na / (yb / nb))), 2),
  };
}

/**
 * {@link proportionRatio} with Katz's interval for many pairs at once, without making an object each. `present` is 0 where
 * there is no ratio: a denominator or the reference's share is 0 (the value and limits there are 0 and mean nothing).
 *
 * @example
 * ```ts
 * const out = estimateArrays(1);
 * katzInto({ numeratorsA: [36], denominatorsA: [40], numeratorsB: [16], denominatorsB: [80] }, out);
 * out.values[0]; // => 4.5
 * out.lowers[0]; // => 2.8686
 * out.uppers[0]; // => 7.0593
 * ```
 */
export function katzInto(
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
    if (!(ya >= 0 && ya <= na && yb >= 0 && yb <= nb && na + nb <= LARGEST))
      throw new StatisticsError(
        "invalidCount",
        `invalid shares at ${i}; not 0 ≤ y ≤ n: ${ya}/${na} and ${yb}/${nb}`,
      );
    const there = na > 0 && yb > 0;
    present[i] = there ? 1 : 0;
    values[i] = there ? ya / na / (yb / nb) : 0;
    lowers[i] = there ? katzLimit(ya, na, yb, nb, z, -1) : 0;
    uppers[i] = there ? katzLimit(ya, na, yb, nb, z, 1) : 0;
  }
}

/** One end of Katz's interval: `side` −1 the lower, 1 the upper. Needs n_a, n_b and y_b above 0. */
function katzLimit(
  ya: number,
  na: number,
  yb: number,
  nb: number,
  z: number,
  side: -1 | 1,
): number {
  const half = ya === 0 ? 0.5 : 0;
  if (half > 0 && side < 0) return 0;
  const centre = (ya + half) / (na + half) / ((yb + half) / (nb + half));
  const error = standardErrorOfLog(ya + half, na + half, yb + half, nb + half);
  // Not the machine's own exponential: it differs in the last digit between Node and browsers.
  const factor = exp(z * error);
  return side < 0 ? centre / factor : centre * factor;
}

function standardErrorOfLog(ya: number, na: number, yb: number, nb: number): number {
  return Math.sqrt(1 / ya - 1 / na + 1 / yb - 1 / nb);
}

/** The squared score statistic of a ratio: how far both groups are from their best fit under it. */
function scoreDistance(ratio: number, a: Share, b: Share): number {
  const [ya, na, yb, nb] = [a.numerator, a.denominator, b.numerator, b.denominator];
  const quadratic = (na + nb) * ratio;
  const linear = na * ratio + ya + nb + yb * ratio;
  const root = Math.sqrt(Math.max(0, linear * linear - 4 * quadratic * (ya + yb)));
  // The smaller root, without cancellation.
  const pb = (2 * (ya + yb)) / (linear + root);
  const pa = pb * ratio;
  const part = (y: number, n: number, p: number) =>
    p <= 0 || p >= 1
      ? Math.abs(y - n * p) < 1e-9
        ? 0
        : 1e300
      : (y - n * p) ** 2 / (n * p * (1 - p));
  return part(ya, na, pa) + part(yb, nb, pb);
}

/** Where the distance crosses zero on the way from the value in steps of `factor`, by halving. */
function edge(off: (ratio: number) => number, from: number, factor: number): number {
  let inside = from;
  let outside = from * factor;
  for (let i = 0; i < 400 && off(outside) < 0; i++) {
    inside = outside;
    outside *= factor;
  }
  for (let i = 0; i < 100 && Math.abs(outside / inside - 1) > 1e-14; i++) {
    const middle = Math.sqrt(inside * outside);
    if (off(middle) < 0) inside = middle;
    else outside = middle;
  }
  return inside;
}
