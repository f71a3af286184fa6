import type { Cube } from "@taproot/engine";
import {
  absent,
  type Estimate,
  isAbsent,
  minimumDetectableGap,
  type Result,
  studentQuantile,
} from "@taproot/statistics";
import type { Comparison } from "./comparison.ts";
import type { CutTables } from "./cut-tables.ts";
import type { FindingStep, Quiet } from "./finding.ts";
import { gradientOf } from "./gradient.ts";
import { capitalised, groupInWords, pointsInWords, subjectOf } from "./plain-english.ts";

const at: Readonly<Record<FindingStep, string>> = {
  referred: "in referrals",
  accepted: "at acceptance",
  seen: "in being seen",
  completed: "in completing",
  improved: "in improving",
  wait: "in waiting",
};

/** The gap, in percentage points, that would have been seen four times in five if it had been there. */
function detectable(comparison: Comparison): number | undefined {
  const { group, others, standardError, measure, degreesOfFreedom } = comparison;
  if (standardError > 0 && degreesOfFreedom !== undefined)
    return (
      100 *
      standardError *
      (studentQuantile(0.975, degreesOfFreedom) + studentQuantile(0.8, degreesOfFreedom))
    );
  if (standardError > 0) return 100 * minimumDetectableGap(standardError ** 2, 0);
  // Everyone or nobody reached on both sides: the spread that one person more would have given.
  if (measure === "rate") return undefined;
  const variance = (n: number) => ((1 / (n + 2)) * ((n + 1) / (n + 2))) / n;
  return 100 * minimumDetectableGap(variance(group.denominator), variance(others.denominator));
}

/** How many half-widths of a 95 % interval a slope must be to be seen four times in five: (1.96 + 0.84) / 1.96. */
const HALF_WIDTHS = 1.43;

function slopeInWords(slope: Result<Estimate> | undefined): string {
  if (!slope || isAbsent(slope)) return "";
  const { value, lower, upper } = slope;
  if (lower > 0 || upper < 0)
    return ` But taken in order the groups differ by ${pointsInWords(value)} points from the most to the least deprived end, the ${value > 0 ? "most" : "least"} deprived faring worse (${pointsInWords(Math.min(Math.abs(lower), Math.abs(upper)))} to ${pointsInWords(Math.max(Math.abs(lower), Math.abs(upper)))}).`;
  return ` No gradient can be seen either: one of ${pointsInWords((HALF_WIDTHS * (upper - lower)) / 2)} points from the most to the least deprived end probably would have been.`;
}

/**
 * A characteristic at a step, if no gap is found there: the smallest gap that would have been seen four times in five.
 *
 * @param comparisons those of its groups that were made
 * @param tables the counts of what was compared
 */
export function quietOf(
  cube: Cube,
  step: FindingStep,
  index: number,
  comparisons: readonly Comparison[],
  tables: readonly CutTables[],
): Quiet {
  const characteristic = cube.characteristics[index]!.name;
  const subject = subjectOf(cube, index);
  const sized = comparisons
    .map((comparison) => ({ comparison, points: detectable(comparison) }))
    .filter((one): one is { comparison: Comparison; points: number } => one.points !== undefined)
    .sort((a, b) => a.points - b.points);
  const [best] = sized;
  const smallestDetectable =
    best?.points ??
    absent("tooFew", `The groups of ${subject} are too small for any statement ${at[step]}.`);
  if (isAbsent(smallestDetectable) || !best)
    return {
      step,
      characteristic,
      smallestDetectable,
      sentence: `Nothing can be said ${at[step]} by ${subject}: the groups are too small.`,
    };
  const last = sized.at(-1)!;
  const slope =
    characteristic === "deprivation" ? gradientOf(cube, best.comparison, tables)?.slope : undefined;
  const spread =
    last.points < 1.2 * best.points
      ? ""
      : `, and for ${groupInWords(cube, last.comparison)} only one of ${pointsInWords(last.points)} points`;
  return {
    step,
    characteristic,
    smallestDetectable,
    ...(slope ? { slope } : {}),
    sentence: `${capitalised(subject)}: no gap was found ${at[step]}. The smallest that would probably have been seen is ${pointsInWords(best.points)} points, for ${groupInWords(cube, best.comparison)}${spread}.${slopeInWords(slope)}`,
  };
}
