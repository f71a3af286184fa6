/** A value with the interval that the data allow, on the value's own scale. */
export interface Estimate {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** Why there is no number. Each is a fact about the data, never a fault of the program. */
export type AbsenceReason =
  | "zeroDenominator"
  | "tooFew"
  | "tooFewGroups"
  | "allEqual"
  | "notPositive"
  | "notReached"
  | "notIdentified"
  | "notConverged"
  | "suppressed"
  | "notRecorded";

/** A typed absence: what a function returns instead of a number that the data cannot give. */
export interface Absent {
  readonly absent: AbsenceReason;
  /** One plain sentence that says which rule was not met and by what. */
  readonly message: string;
}

/** A result, or the typed reason why there is none. Never NaN. */
export type Result<T> = T | Absent;

/**
 * Why is there no number? What a function of this package gives back where the data cannot support one: a reason that a
 * program can act on, and a sentence that a person can read. A call that no data could make right throws a
 * {@link StatisticsError} instead.
 *
 * @param message one plain sentence: the rule that was not met and by what, never a person's value
 * @example
 * ```ts
 * absent("tooFew", "5 people are fewer than 10."); // => { absent: "tooFew", message: "5 people are fewer than 10." }
 * ```
 */
export function absent(reason: AbsenceReason, message: string): Absent {
  return { absent: reason, message };
}

/**
 * Is there no number here? Tells an absence from a result, whatever the result is: a number, an estimate or a list. After
 * it TypeScript knows which of the two it is.
 *
 * @example
 * ```ts
 * isAbsent(absent("tooFew", "5 people")); // => true
 * ```
 */
export function isAbsent(result: unknown): result is Absent {
  return typeof result === "object" && result !== null && "absent" in result;
}

/** Options shared by everything that has an interval. */
export interface ConfidenceOptions {
  /** Coverage of the interval, in (0, 1). Default 0.95. */
  readonly confidence?: number;
}
