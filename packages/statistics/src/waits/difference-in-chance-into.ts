import { type ConfidenceOptions, normalProbability, zOfConfidence } from "../foundation/index.ts";
import { effectiveNumber, incidenceLimits } from "./incidence-limits.ts";
import { WEEKLY_WAITS } from "./weekly-waits-into.ts";

/** What {@link differenceInChanceInto} writes, in this order. */
export const DIFFERENCE_IN_CHANCE = {
  /** The first chance less the second. */
  value: 0,
  lower: 1,
  upper: 2,
  standardError: 3,
  pValue: 4,
  /** Numbers a difference takes up. */
  width: 5,
} as const;

const ofFirst = { lower: 0, upper: 1 };
const ofSecond = { lower: 0, upper: 1 };

/**
 * The difference of {@link differenceInChanceOfBeingSeen} from two rows that {@link weeklyWaitsInto} wrote, with Wilson's
 * limits: for thousands of pairs of groups. Makes no object and checks no counts; the caller sees to it that both rest on
 * enough people (`followed`, which must be above 0). Writes {@link DIFFERENCE_IN_CHANCE}`.width` numbers into `out` from
 * index `outStart`.
 *
 * @example
 * ```ts
 * const rows = new Float64Array(2 * WEEKLY_WAITS.width);
 * weeklyWaitsInto([0, 56], [0, 0], [0, 14], 0, 2, [2], rows, 0);
 * weeklyWaitsInto([0, 48], [0, 0], [0, 32], 0, 2, [2], rows, WEEKLY_WAITS.width);
 * const out = new Float64Array(DIFFERENCE_IN_CHANCE.width);
 * differenceInChanceInto(rows, 0, rows, WEEKLY_WAITS.width, out, 0);
 * out[DIFFERENCE_IN_CHANCE.value]; // => 0.2
 * out[DIFFERENCE_IN_CHANCE.lower]; // => 0.0524
 * ```
 */
export function differenceInChanceInto(
  first: Float64Array,
  firstStart: number,
  second: Float64Array,
  secondStart: number,
  out: Float64Array,
  outStart: number,
  options: ConfidenceOptions = {},
): void {
  const z = zOfConfidence(options.confidence);
  const a = first[firstStart + WEEKLY_WAITS.chance]!;
  const varianceOfA = first[firstStart + WEEKLY_WAITS.varianceOfChance]!;
  const followedOfA = first[firstStart + WEEKLY_WAITS.followed]!;
  const b = second[secondStart + WEEKLY_WAITS.chance]!;
  const varianceOfB = second[secondStart + WEEKLY_WAITS.varianceOfChance]!;
  const followedOfB = second[secondStart + WEEKLY_WAITS.followed]!;
  incidenceLimits(a, varianceOfA, followedOfA, z, "wilson", ofFirst);
  incidenceLimits(b, varianceOfB, followedOfB, z, "wilson", ofSecond);
  const value = a - b;
  out[outStart] = value;
  out[outStart + 1] = value - distance(a - ofFirst.lower, ofSecond.upper - b);
  out[outStart + 2] = value + distance(ofFirst.upper - a, b - ofSecond.lower);
  out[outStart + 3] = Math.sqrt(varianceOfA + varianceOfB);
  const peopleOfA = effectiveNumber(a, varianceOfA, followedOfA);
  const peopleOfB = effectiveNumber(b, varianceOfB, followedOfB);
  out[outStart + 4] = sameChance(a, peopleOfA, b, peopleOfB);
}

/** The score test's two-sided p-value of two chances that rest on so many people, pooled over them. */
export function sameChance(a: number, peopleOfA: number, b: number, peopleOfB: number): number {
  const pooled = (peopleOfA * a + peopleOfB * b) / (peopleOfA + peopleOfB);
  const spread = pooled * (1 - pooled) * (1 / peopleOfA + 1 / peopleOfB);
  if (!(spread > 0)) return 1;
  return Math.min(1, 2 * normalProbability(-Math.abs(a - b) / Math.sqrt(spread)));
}

/** Limits lie within 0 and 1: no square of a distance between them is too large or too small. */
function distance(one: number, other: number): number {
  return Math.sqrt(one * one + other * other);
}
