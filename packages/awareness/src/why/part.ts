import type { Estimate } from "@taproot/statistics";
import type { Counts } from "../comparison.ts";
import type { Share } from "../finding.ts";
import { peopleInWords } from "../plain-english.ts";
import { shareOf } from "../share.ts";

/** A part of a gap: negative where the group fares worse. */
export interface Part {
  /** Percentage points. */
  readonly points: Estimate;
  /** The same in people of the group: how many more (negative: fewer). */
  readonly people: Estimate;
}

/** A part from a difference of shares: in points, and times the people of the group. */
export function partOf({ value, lower, upper }: Estimate, people: number): Part {
  const scaled = (by: number): Estimate => ({
    value: value * by,
    lower: lower * by,
    upper: upper * by,
  });
  return { points: scaled(100), people: scaled(people) };
}

/** A share of counts that may be weighted, and so be a little more than all. */
export function shareWithin({ reached, denominator }: Counts): Share {
  return shareOf({ reached: Math.min(reached, denominator), denominator }, "reach");
}

/**
 * True where the interval leaves no doubt which way a part points.
 *
 * @example
 * ```ts
 * isSure({ value: -38, lower: -52, upper: -25 }); // => true
 * isSure({ value: -8, lower: -20, upper: 4 }); // => false
 * ```
 */
export function isSure({ lower, upper }: Estimate): boolean {
  return upper < 0 || lower > 0;
}

/**
 * "38 fewer" or "12 more"; "no more and no fewer" where it comes to nothing.
 *
 * @example
 * ```ts
 * moreOrFewer(-38); // => "38 fewer"
 * moreOrFewer(0.01); // => "no more and no fewer"
 * ```
 */
export function moreOrFewer(people: number): string {
  const size = peopleInWords(people);
  if (size === "0") return "no more and no fewer";
  return `${size} ${people < 0 ? "fewer" : "more"}`;
}

/**
 * The interval: "likely 25 to 52", or, where it holds nought, "likely between 4 more and 20 fewer".
 *
 * @example
 * ```ts
 * likely({ value: -38, lower: -52, upper: -25 }); // => "likely 25 to 52"
 * likely({ value: -8, lower: -20, upper: 4 }); // => "likely between 4 more and 20 fewer"
 * ```
 */
export function likely({ lower, upper }: Estimate): string {
  const ends = [peopleInWords(lower), peopleInWords(upper)];
  const crosses = lower < 0 && upper > 0 && !ends.includes("0");
  if (crosses) return `likely between ${moreOrFewer(upper)} and ${moreOrFewer(lower)}`;
  const [from, to] = Math.abs(lower) <= Math.abs(upper) ? ends : ends.reverse();
  return `likely ${from} to ${to}`;
}

/** A list as one speaks it: "a, b and c". */
export function spoken(parts: readonly string[]): string {
  return parts.length < 2
    ? (parts[0] ?? "")
    : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
