import { type Absent, type Estimate, isAbsent } from "@taproot/statistics";
import { signed } from "./numbers.ts";

/** An estimate in points with its likely range: "−6.2 (−8.1 to −4.3)"; why there is none where there is none. */
export function pointsWithRange(estimate: Estimate | Absent, decimals = 1): string {
  if (isAbsent(estimate)) return "too few to say";
  const { value, lower, upper } = estimate;
  return `${signed(value, decimals)} (${signed(lower, decimals)} to ${signed(upper, decimals)})`;
}
