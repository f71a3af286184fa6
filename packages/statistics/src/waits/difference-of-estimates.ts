import type { Estimate } from "../foundation/index.ts";

interface EstimateWithError extends Estimate {
  readonly standardError: number;
}

/**
 * First less second of two independent estimates. The limits add the distances of both estimates' own limits in
 * squares, so that they lean where those lean; with limits that are value ± z standard errors they are the usual ones.
 */
export function differenceOfEstimates(
  first: EstimateWithError,
  second: EstimateWithError,
): EstimateWithError {
  const value = first.value - second.value;
  return {
    value,
    lower: value - Math.hypot(first.value - first.lower, second.upper - second.value),
    upper: value + Math.hypot(first.upper - first.value, second.value - second.lower),
    standardError: Math.hypot(first.standardError, second.standardError),
  };
}
