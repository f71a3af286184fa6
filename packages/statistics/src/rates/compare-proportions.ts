import { checkLengths } from "../foundation/check.ts";
import { absent, type Result } from "../foundation/estimate.ts";
import { normalProbability } from "../foundation/normal.ts";
import { checkShare, type Share } from "./proportion.ts";
import { checkPair, type SharePairs } from "./proportion-difference.ts";

/** How surprising a difference of two proportions would be if there were none. */
export interface ProportionComparison {
  /** Two-sided p-value. */
  readonly p: number;
  /** p_a − p_b. */
  readonly difference: number;
  /** `score` with pooled variance where every expected count is 5 or more, else `midP`. */
  readonly method: "score" | "midP";
}

/** Far out the normal curve is too thin for a skewed count: small p-values of tables under this size are exact. */
const FAR_OUT = 0.001;
const ROUND_ENOUGH = 500;

/**
 * Could two groups' shares be the same? The two-sided p-value: the pooled score test where all four expected
 * counts are at least 5, else the mid-p of Fisher's exact test (tables as unlikely as the one seen count
 * half), which is neither as conservative as Fisher's own nor as wrong as a normal approximation. Where the score
 * test's p-value is under 0.001 and an expected count under 500 the mid-p is given as well: so far out, and that is
 * where a search among many comparisons looks, the normal curve calls rare events in a small group rarer than they are.
 *
 * The groups must not share people. A p-value says nothing of size: show the difference and its interval.
 *
 * @example
 * ```ts
 * const test = compareProportions({ numerator: 56, denominator: 70 }, { numerator: 48, denominator: 80 });
 * test.p; // => 0.008045
 * test.method; // => "score"
 * ```
 */
export function compareProportions(a: Share, b: Share): Result<ProportionComparison> {
  checkShare(a);
  checkShare(b);
  const na = a.denominator;
  const nb = b.denominator;
  if (na === 0 || nb === 0)
    return absent("zeroDenominator", "Nobody is in the denominator of one of the two groups.");
  const difference = a.numerator / na - b.numerator / nb;
  const score = scoreP(a.numerator, na, b.numerator, nb);
  const exact = isSkewed(a.numerator, na, b.numerator, nb, score);
  const p = exact ? midP(a.numerator, na, b.numerator, nb) : score;
  return { p, difference, method: exact ? "midP" : "score" };
}

/**
 * The p-values of {@link compareProportions} for many pairs at once, without making an object each. A pair of which one side
 * has nobody is compared with nothing: its p-value is 1.
 *
 * @param out room for a p-value a pair
 *
 * @example
 * ```ts
 * const out = new Float64Array(1);
 * compareProportionsInto({ numeratorsA: [56], denominatorsA: [70], numeratorsB: [48], denominatorsB: [80] }, out);
 * out[0]; // => 0.008045
 * ```
 */
export function compareProportionsInto(pairs: SharePairs, out: Float64Array): void {
  const { numeratorsA, denominatorsA, numeratorsB, denominatorsB } = pairs;
  checkLengths({ numeratorsA, denominatorsA, numeratorsB, denominatorsB, out });
  for (let i = 0; i < out.length; i++) {
    const ya = numeratorsA[i] as number;
    const na = denominatorsA[i] as number;
    const yb = numeratorsB[i] as number;
    const nb = denominatorsB[i] as number;
    checkPair(i, ya, na, yb, nb);
    if (na === 0 || nb === 0) {
      out[i] = 1;
      continue;
    }
    const score = scoreP(ya, na, yb, nb);
    out[i] = isSkewed(ya, na, yb, nb, score) ? midP(ya, na, yb, nb) : score;
  }
}

/** The pooled score test; 1 where everybody or nobody was reached. */
function scoreP(ya: number, na: number, yb: number, nb: number): number {
  const pooled = (ya + yb) / (na + nb);
  if (pooled === 0 || pooled === 1) return 1;
  const z = (ya / na - yb / nb) / Math.sqrt(pooled * (1 - pooled) * (1 / na + 1 / nb));
  return Math.min(1, 2 * normalProbability(-Math.abs(z)));
}

/** True where the counts are too few for the normal curve, and whole. */
function isSkewed(ya: number, na: number, yb: number, nb: number, score: number): boolean {
  const total = na + nb;
  const events = ya + yb;
  if (events === 0 || events === total) return true;
  const least = (Math.min(na, nb) * Math.min(events, total - events)) / total;
  return (
    (least < 5 || (score < FAR_OUT && least < ROUND_ENOUGH)) &&
    Number.isInteger(na) &&
    Number.isInteger(nb) &&
    Number.isInteger(ya) &&
    Number.isInteger(yb)
  );
}

function midP(ya: number, na: number, yb: number, nb: number): number {
  const events = ya + yb;
  return events === 0 || events === na + nb ? 1 : fisherMidP(ya, na, nb, events);
}

/**
 * Tables with the same margins that are less likely than the seen one, and half of those as likely. Chances are walked
 * outwards from the likeliest table by the ratio of neighbours, until they are too small to be told from 0.
 */
function fisherMidP(seen: number, na: number, nb: number, events: number): number {
  const low = Math.max(0, events - nb);
  const high = Math.min(na, events);
  const rest = nb - events;
  const likeliest = Math.floor(((events + 1) * (na + 1)) / (na + nb + 2));
  const mode = Math.min(high, Math.max(low, likeliest));
  const up = (x: number) => ((na - x) * (events - x)) / ((x + 1) * (rest + x + 1));
  let ofSeen = 1;
  for (let x = mode; x < seen && ofSeen > 0; x++) ofSeen *= up(x);
  for (let x = mode; x > seen && ofSeen > 0; x--) ofSeen /= up(x - 1);
  if (ofSeen === 0) return 0;
  let total = 0;
  let tail = 0;
  let equal = 0;
  const count = (mass: number) => {
    total += mass;
    if (Math.abs(mass - ofSeen) < 1e-7 * ofSeen) equal += mass;
    else if (mass < ofSeen) tail += mass;
  };
  let mass = 1;
  for (let x = mode; x <= high && mass > 0; x++) {
    count(mass);
    mass *= up(x);
  }
  mass = 1;
  for (let x = mode; x > low && mass > 0; x--) {
    mass /= up(x - 1);
    count(mass);
  }
  return Math.min(1, (tail + equal / 2) / total);
}
