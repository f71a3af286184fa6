/** What was wrong with the call; stable, so that a program can act on it. */
export type StatisticsErrorCode =
  | "invalidCount"
  | "invalidNumber"
  | "invalidConfidence"
  | "lengthMismatch"
  | "invalidOption";

/**
 * A call that no data could make right: arrays of different lengths, a negative count, a confidence of 2.
 * What the *data* cannot support is not an error but an {@link Absent} result.
 *
 * `code` is stable and says what was wrong; the message gives the rule, the name of the argument and its value.
 *
 * @example
 * ```ts
 * let code = "";
 * try { proportion(6, 5); } catch (error) { if (error instanceof StatisticsError) code = error.code; }
 * code; // => "invalidCount"
 * ```
 */
export class StatisticsError extends Error {
  override readonly name = "StatisticsError";
  constructor(
    readonly code: StatisticsErrorCode,
    message: string,
  ) {
    super(message);
  }
}
