import {
  type Absent,
  absent,
  type ConfidenceOptions,
  checkFinite,
  checkLengths,
  type Estimate,
  type Result,
  zOfConfidence,
} from "../foundation/index.ts";
import { checkMeasured, type MeasuredValue } from "./measured-value.ts";

/** How a gap came to be what it is now. */
export type LevellingVerdict =
  /** The gap fell, and all of the fall is people getting better. */
  | "levelledUp"
  /** The gap fell, part of it because some got worse. */
  | "partlyLevelledDown"
  /** The gap fell, and none of the fall is anybody getting better. */
  | "levelledDown"
  | "notClosed";

/** What one group's change did to the gap. */
export interface LevellingGroup {
  /** After less before. */
  readonly change: number;
  /** Whether the group got better, worse or stayed the same. */
  readonly direction: "better" | "worse" | "same";
  /** How much of the gap's fall its change accounts for; negative if it widened the gap. */
  readonly contribution: number;
}

/** The fall of a gap and its parts; fall = levellingUp + levellingDown + mix, exactly. */
export interface Levelling {
  readonly before: number;
  readonly after: number;
  /** How much nearer to none the gap came; negative if it widened. */
  readonly fall: Estimate & { readonly standardError: number };
  /** The part from groups that got better (negative where that widened the gap). */
  readonly levellingUp: number;
  /** The part from groups that got worse (negative where that widened the gap). */
  readonly levellingDown: number;
  /** The part from who the groups are: contrasts that differ between the two periods. */
  readonly mix: number;
  readonly verdict: LevellingVerdict;
  /** True where the gap closed and some of it is somebody getting worse: never report it as a success. */
  readonly flagged: boolean;
  readonly groups: readonly LevellingGroup[];
}

/** The groups of a gap in two periods. */
export interface LevellingData {
  readonly before: readonly MeasuredValue[];
  readonly after: readonly MeasuredValue[];
  /** The gap as a sum of contrast × value: `[1, -1]` for first less second; a slope's own weights for a slope. */
  readonly contrast: ArrayLike<number>;
  /** The contrast of the second period, if who is in the groups changed. */
  readonly contrastAfter?: ArrayLike<number>;
  /** Which way the measure gets better. */
  readonly improvement: "increase" | "decrease";
}

/**
 * Did the gap close because the worse off got better, or because the better off got worse? Splits the fall
 * exactly among groups: each group's change times its weight in the gap.
 *
 * The interval is of the fall; the parts are exact for the values seen and carry the same uncertainty. A gap
 * that changed sign is measured by its size: −2 after +5 is a fall of 3.
 *
 * @example
 * ```ts
 * const worse = levelling({
 *   before: [{ value: 20, standardError: 1 }, { value: 8, standardError: 1 }],
 *   after: [{ value: 19, standardError: 1 }, { value: 13, standardError: 1 }],
 *   contrast: [1, -1],
 *   improvement: "decrease",
 * });
 * worse.fall.value; // => 6
 * worse.levellingUp; // => 1
 * worse.levellingDown; // => 5
 * worse.verdict; // => "partlyLevelledDown"
 * worse.flagged; // => true
 * ```
 */
export function levelling(data: LevellingData, options: ConfidenceOptions = {}): Result<Levelling> {
  const { before, after, contrast, improvement } = data;
  const contrastAfter = data.contrastAfter ?? contrast;
  const n = checkLengths({ before, after, contrast, contrastAfter });
  if (n < 2) return absent("tooFewGroups", `a gap needs two groups; there are ${n}`);
  const z = zOfConfidence(options.confidence);
  let gapBefore = 0;
  let gapAfter = 0;
  let variance = 0;
  for (let i = 0; i < n; i++) {
    const a = before[i] as MeasuredValue;
    const b = after[i] as MeasuredValue;
    checkMeasured(`before[${i}]`, a);
    checkMeasured(`after[${i}]`, b);
    const c = checkContrast(contrast, i);
    const d = checkContrast(contrastAfter, i);
    gapBefore += c * a.value;
    gapAfter += d * b.value;
    variance += (c * a.standardError) ** 2 + (d * b.standardError) ** 2;
  }
  if (gapBefore === 0) return noGap;
  // A gap that overshoots is cut at its crossing: beyond it, what closed the gap opens the opposite one.
  const sign = Math.sign(gapBefore);
  const reach = sign * gapBefore - Math.abs(gapAfter);
  const change = sign * (gapBefore - gapAfter);
  const scale = change === 0 ? 1 : reach / change;
  let levellingUp = 0;
  let levellingDown = 0;
  let mix = 0;
  const groups = Array.from({ length: n }, (_, i): LevellingGroup => {
    const a = (before[i] as MeasuredValue).value;
    const b = (after[i] as MeasuredValue).value;
    const c = contrast[i] as number;
    const d = contrastAfter[i] as number;
    const contribution = (-sign * scale * (c + d) * (b - a)) / 2;
    mix += (-sign * scale * (d - c) * (a + b)) / 2;
    const better = improvement === "increase" ? b > a : b < a;
    if (better) levellingUp += contribution;
    else levellingDown += contribution;
    return {
      change: b - a,
      direction: b === a ? "same" : better ? "better" : "worse",
      contribution,
    };
  });
  const standardError = Math.sqrt(variance);
  const worsened = groups.some(
    ({ direction, contribution }) => direction === "worse" && contribution > 0,
  );
  const improved = groups.some(
    ({ direction, contribution }) => direction === "better" && contribution > 0,
  );
  const closed = reach > 0;
  return {
    before: gapBefore,
    after: gapAfter,
    fall: {
      value: reach,
      lower: reach - z * standardError,
      upper: reach + z * standardError,
      standardError,
    },
    levellingUp,
    levellingDown,
    mix,
    verdict: !closed
      ? "notClosed"
      : !worsened
        ? "levelledUp"
        : improved
          ? "partlyLevelledDown"
          : "levelledDown",
    flagged: closed && worsened,
    groups,
  };
}

const noGap: Absent = absent("zeroDenominator", "there was no gap before, so none to close");

function checkContrast(contrast: ArrayLike<number>, i: number): number {
  const weight = contrast[i] as number;
  checkFinite(`contrast[${i}]`, weight);
  return weight;
}
