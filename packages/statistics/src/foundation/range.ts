import { StatisticsError } from "./statistics-error.ts";

/**
 * Nothing that is counted or measured is larger than this. Beyond it squares and ratios leave the range of numbers, and a
 * result would be an infinity.
 */
export const LARGEST = 1e60;

/** What to throw for a finite number that is larger. */
export function tooLarge(
  code: "invalidCount" | "invalidNumber",
  name: string,
  value: number,
): StatisticsError {
  return new StatisticsError(
    code,
    `invalid ${name}; beyond ${LARGEST}, where nothing is counted or measured: ${value}`,
  );
}
