import { absent, type Result } from "../foundation/estimate.ts";
import { normalProbability } from "../foundation/normal.ts";
import { checkShare, type Share } from "./proportion.ts";

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
  const total = na + nb;
  const events = a.numerator + b.numerator;
  const difference = a.numerator / na - b.numerator / nb;
  if (events === 0 || events === total) return { p: 1, difference, method: "midP" };
  const least = (Math.min(na, nb) * Math.min(events, total - events)) / total;
  const whole = [na, nb, a.numerator, b.numerator].every(Number.isInteger);
  const exact = () =>
    ({ p: fisherMidP(a.numerator, na, nb, events), difference, method: "midP" }) as const;
  if (least < 5 && whole) return exact();
  const pooled = events / total;
  const z = difference / Math.sqrt(pooled * (1 - pooled) * (1 / na + 1 / nb));
  const p = Math.min(1, 2 * normalProbability(-Math.abs(z)));
  return p < FAR_OUT && least < ROUND_ENOUGH && whole
    ? exact()
    : { p, difference, method: "score" };
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
