import { checkFinite, StatisticsError } from "../foundation/index.ts";

/** A number with the standard error that its sampling gives it. */
export interface MeasuredValue {
  readonly value: number;
  readonly standardError: number;
}

/** Throws unless the value is finite and its standard error finite and at least 0. */
export function checkMeasured(name: string, { value, standardError }: MeasuredValue): void {
  checkFinite(`${name} value`, value);
  checkStandardError(`${name} standardError`, standardError);
}

/** Throws unless a standard error is finite and at least 0. */
export function checkStandardError(name: string, standardError: number): void {
  if (!(standardError >= 0 && standardError < Number.POSITIVE_INFINITY))
    throw new StatisticsError(
      "invalidNumber",
      `invalid ${name}; not finite and 0 or more: ${standardError}`,
    );
  checkFinite(name, standardError);
}
