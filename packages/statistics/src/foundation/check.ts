import { LARGEST, tooLarge } from "./range.ts";
import { StatisticsError } from "./statistics-error.ts";

/**
 * Is this a count (people, events, a size, a standard error)? Throws `invalidCount` unless the value is a number of at
 * least 0 and at most 1e60. It need not be whole.
 *
 * @param name what the value is, for the message
 * @throws StatisticsError with the name and the value
 * @example
 * ```ts
 * let said = "";
 * try { checkCount("people", -3); } catch (error) { said = error.message; }
 * said; // => "invalid people; not a count of at least 0: -3"
 * ```
 */
export function checkCount(name: string, value: number): void {
  if (value >= 0 && value <= LARGEST) return;
  if (!(value > 0 && value < Number.POSITIVE_INFINITY))
    throw new StatisticsError(
      "invalidCount",
      `invalid ${name}; not a count of at least 0: ${value}`,
    );
  throw tooLarge("invalidCount", name, value);
}

/**
 * Is this a measured value, on either side of 0? Throws `invalidNumber` unless it is a finite number within ±1e60.
 *
 * @param name what the value is, for the message
 * @throws StatisticsError with the name and the value
 * @example
 * ```ts
 * let code = "";
 * try { checkFinite("score", 1 / 0); } catch (error) { code = error.code; }
 * code; // => "invalidNumber"
 * ```
 */
export function checkFinite(name: string, value: number): void {
  if (Math.abs(value) <= LARGEST) return;
  if (!Number.isFinite(value))
    throw new StatisticsError("invalidNumber", `invalid ${name}; not a finite number: ${value}`);
  throw tooLarge("invalidNumber", name, value);
}

/**
 * Is this a number at all? Throws `invalidNumber` for NaN, and lets the infinities pass: for the value at which a
 * distribution is asked, of which both ends have an answer.
 *
 * @param name what the value is, for the message
 * @throws StatisticsError with the name
 * @example
 * ```ts
 * let said = "";
 * try { checkNumber("x", 0 / 0); } catch (error) { said = error.message; }
 * said; // => "invalid x; not a number"
 * ```
 */
export function checkNumber(name: string, value: number): void {
  if (Number.isNaN(value))
    throw new StatisticsError("invalidNumber", `invalid ${name}; not a number`);
}

/**
 * How long are these arrays, which must all be of one length? Throws `lengthMismatch` with the name and the length of the
 * first that differs from the first given.
 *
 * @param arrays each under the name that the message is to give it; typed arrays will do
 * @throws StatisticsError with both names and both lengths
 * @example
 * ```ts
 * checkLengths({ counts: [3, 5], populations: [10, 20] }); // => 2
 * ```
 */
export function checkLengths(arrays: Readonly<Record<string, ArrayLike<unknown>>>): number {
  const entries = Object.entries(arrays);
  const length = entries[0]?.[1].length ?? 0;
  for (const [name, array] of entries)
    if (array.length !== length)
      throw new StatisticsError(
        "lengthMismatch",
        `invalid ${name}; ${array.length} values where ${entries[0]?.[0]} has ${length}`,
      );
  return length;
}
