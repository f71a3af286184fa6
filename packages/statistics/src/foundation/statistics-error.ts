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
