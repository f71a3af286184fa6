import type { ConfidenceOptions, Result } from "../foundation/index.ts";
import { estimateWithError, type GapChange } from "./gap-change.ts";
import { checkMeasured, type MeasuredValue } from "./measured-value.ts";

/** Before and after, where the action was and where it was not. */
export interface DifferenceInDifferencesData {
  readonly treated: { readonly before: MeasuredValue; readonly after: MeasuredValue };
  readonly control: { readonly before: MeasuredValue; readonly after: MeasuredValue };
}

/** What the action is credited with, and what it is made of. */
export interface DifferenceInDifferences extends GapChange {
  readonly treatedChange: number;
  readonly controlChange: number;
}

/**
 * Did the places with the action change more than those without? The change of the treated less the change of
 * the controls, four independent samples.
 *
 * It supposes that both would have moved alike. With only two periods that cannot be checked: use `eventStudy`
 * with more. If the treated were chosen for being worst, part of their change is regression to the mean.
 *
 * @example
 * ```ts
 * const effect = differenceInDifferences({
 *   treated: { before: { value: 30, standardError: 2 }, after: { value: 22, standardError: 2 } },
 *   control: { before: { value: 24, standardError: 1 }, after: { value: 23, standardError: 1 } },
 * });
 * effect.value; // => -7
 * effect.standardError; // => 3.16227766
 * ```
 */
export function differenceInDifferences(
  { treated, control }: DifferenceInDifferencesData,
  options: ConfidenceOptions = {},
): Result<DifferenceInDifferences> {
  const parts = [treated.before, treated.after, control.before, control.after];
  ["treated before", "treated after", "control before", "control after"].forEach((name, i) => {
    checkMeasured(name, parts[i] as MeasuredValue);
  });
  const treatedChange = treated.after.value - treated.before.value;
  const controlChange = control.after.value - control.before.value;
  const estimate = estimateWithError(
    treatedChange - controlChange,
    Math.hypot(...parts.map(({ standardError }) => standardError)),
    options,
  );
  return "absent" in estimate ? estimate : { ...estimate, treatedChange, controlChange };
}
