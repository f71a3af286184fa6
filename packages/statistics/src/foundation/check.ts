import { StatisticsError } from "./statistics-error.ts";

/** Throws unless the value is a finite number of at least zero. */
export function checkCount(name: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
    throw new StatisticsError(
      "invalidCount",
      `invalid ${name}; not a count of at least 0: ${value}`,
    );
}

/** Throws unless the value is a finite number. */
export function checkFinite(name: string, value: number): void {
  if (!Number.isFinite(value))
    throw new StatisticsError("invalidNumber", `invalid ${name}; not a finite number: ${value}`);
}

/** Throws unless the value is a number, be it infinite. */
export function checkNumber(name: string, value: number): void {
  if (Number.isNaN(value))
    throw new StatisticsError("invalidNumber", `invalid ${name}; not a number`);
}

/** Throws unless the arrays are of one length; returns it. */
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
