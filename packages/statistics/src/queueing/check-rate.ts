import { checkFinite, StatisticsError } from "../foundation/index.ts";

/** Throws unless the value is a finite number above 0. */
export function checkAboveZero(name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY))
    throw new StatisticsError("invalidNumber", `invalid ${name}; not above 0: ${value}`);
  checkFinite(name, value);
}

/** Throws unless the value is a whole number of at least 1. */
export function checkWhole(name: string, value: number): void {
  if (!(Number.isInteger(value) && value >= 1))
    throw new StatisticsError(
      "invalidOption",
      `invalid ${name}; not a whole number of at least 1: ${value}`,
    );
}
