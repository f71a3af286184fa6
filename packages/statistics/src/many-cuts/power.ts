import { checkCount, checkFinite } from "../foundation/check.ts";
import { checkProbability } from "../foundation/distributions/gamma.ts";
import { absent, type Result } from "../foundation/estimate.ts";
import { normalProbability, normalQuantile, zOfConfidence } from "../foundation/normal.ts";
import { type PowerOptions, zOfPower } from "./minimum-detectable-gap.ts";

/**
 * How likely are we to see a difference between two shares of this size? The power of the two-sided pooled test
 * with so many people in each group.
 *
 * @example
 * ```ts
 * powerOfProportions(0.5, 0.75, 50, 50); // => 0.7401659
 * ```
 */
export function powerOfProportions(
  a: number,
  b: number,
  peopleA: number,
  peopleB: number,
  options: { readonly confidence?: number } = {},
): Result<number> {
  checkProbability(a);
  checkProbability(b);
  checkCount("people in a", peopleA);
  checkCount("people in b", peopleB);
  if (peopleA === 0 || peopleB === 0) return absent("zeroDenominator", "One group has nobody.");
  const z = zOfConfidence(options.confidence);
  const pooled = (a * peopleA + b * peopleB) / (peopleA + peopleB);
  const nullError = Math.sqrt(pooled * (1 - pooled) * (1 / peopleA + 1 / peopleB));
  const trueError = Math.sqrt((a * (1 - a)) / peopleA + (b * (1 - b)) / peopleB);
  if (trueError === 0) return Math.abs(a - b) > z * nullError ? 1 : 0;
  return normalProbability((Math.abs(a - b) - z * nullError) / trueError);
}

/**
 * How many people do we need in each of two groups of equal size to see this difference? Default 95 %
 * confidence and 80 % power. Equal shares are `notIdentified`.
 *
 * @example
 * ```ts
 * peopleNeeded(0.5, 0.75, { power: 0.9 }); // => 76.70693
 * ```
 */
export function peopleNeeded(a: number, b: number, options: PowerOptions = {}): Result<number> {
  checkProbability(a);
  checkProbability(b);
  zOfPower(options);
  if (a === b) return absent("notIdentified", "No number of people shows a difference of nothing.");
  const mean = (a + b) / 2;
  const root =
    zOfConfidence(options.confidence) * Math.sqrt(2 * mean * (1 - mean)) +
    normalQuantile(options.power ?? 0.8) * Math.sqrt(a * (1 - a) + b * (1 - b));
  return (root / (a - b)) ** 2;
}

/**
 * How far above a known share would another group's have to be for us to see it, with so many people in each?
 * The higher share. `notReached` when not even 1 would be seen.
 *
 * @example
 * ```ts
 * detectableShare(0.5, 50, { power: 0.9 }); // => 0.8026306
 * ```
 */
export function detectableShare(
  share: number,
  people: number,
  options: PowerOptions = {},
): Result<number> {
  checkProbability(share);
  checkCount("people", people);
  const needed = (b: number) => peopleNeeded(share, b, options) as number;
  if (share === 1 || needed(1) > people)
    return absent("notReached", "With so few people not even a share of 1 would be seen.");
  let [low, high] = [share, 1];
  for (let i = 0; i < 100 && high - low > 1e-15; i++) {
    const middle = (low + high) / 2;
    if (middle === share || needed(middle) > people) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * For how many weeks must data be collected until a gap of this size would be seen? Both groups' arrivals a
 * week and the pooled share are taken as steady.
 *
 * @example
 * ```ts
 * weeksUntilDetectable(0.1, 0.3, 6, 30); // => 32.96529
 * ```
 */
export function weeksUntilDetectable(
  gap: number,
  pooledShare: number,
  weeklyA: number,
  weeklyB: number,
  options: PowerOptions = {},
): Result<number> {
  checkFinite("gap", gap);
  checkProbability(pooledShare);
  checkCount("people a week in a", weeklyA);
  checkCount("people a week in b", weeklyB);
  if (weeklyA === 0 || weeklyB === 0)
    return absent("zeroDenominator", "One group has no arrivals.");
  if (gap === 0) return absent("notIdentified", "No time shows a gap of nothing.");
  if (pooledShare === 0 || pooledShare === 1)
    return absent("allEqual", "Everybody or nobody is reached, so the spread is not known.");
  const variance = pooledShare * (1 - pooledShare) * (1 / weeklyA + 1 / weeklyB);
  return (zOfPower(options) / gap) ** 2 * variance;
}
