import { absent, checkFinite, isAbsent, type Result } from "../foundation/index.ts";
import type { AssuranceIcon, ControlPoint, ImprovementDirection } from "./control-chart.ts";

/**
 * Will the process, left as it is, meet its target? `pass` if the target lies beyond the limits on the
 * easy side, `fail` if beyond them on the hard side, `hitOrMiss` between them.
 *
 * @example
 * ```ts
 * assurance({ lower: 2, upper: 6, target: 7, improvement: "decrease" }); // => "pass"
 * assurance({ lower: 2, upper: 6, target: 5, improvement: "decrease" }); // => "hitOrMiss"
 * ```
 */
export function assurance(question: {
  readonly lower: number;
  readonly upper: number;
  readonly target: number;
  readonly improvement: ImprovementDirection;
}): Result<AssuranceIcon> {
  const { lower, upper, target, improvement } = question;
  checkFinite("lower", lower);
  checkFinite("upper", upper);
  checkFinite("target", target);
  if (improvement === "neither")
    return absent("notIdentified", "a target says nothing where neither direction is better");
  if (target >= lower && target <= upper) return "hitOrMiss";
  return target > upper === (improvement === "decrease") ? "pass" : "fail";
}

/** The assurance of a chart: its latest limits against the target. */
export function assuranceOf(
  points: readonly ControlPoint[],
  improvement: ImprovementDirection,
  target: number | undefined,
): Result<AssuranceIcon> {
  if (target === undefined) return absent("notRecorded", "no target is set");
  const last = points.findLast(({ value }) => !isAbsent(value));
  if (last === undefined) return absent("notRecorded", "no point has a value");
  if (isAbsent(last.limits)) return last.limits;
  return assurance({ lower: last.limits.lower, upper: last.limits.upper, target, improvement });
}
