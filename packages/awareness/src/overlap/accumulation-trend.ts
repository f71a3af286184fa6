import { STEP_LABEL } from "@taproot/model";
import {
  type Absent,
  absent,
  chiSquareUpperTail,
  type Estimate,
  generalisedLinearModel,
  isAbsent,
  zOfConfidence,
} from "@taproot/statistics";
import { FEWEST_COMPARED } from "../comparison.ts";
import { percent, pointsInWords } from "../plain-english.ts";
import type { AccumulationRow, AccumulationTrend, CountedShares } from "./accumulation-report.ts";
import { OVERLAP_WEEKS, type OverlapStep } from "./overlap-columns.ts";
import { doneAt } from "./overlap-words.ts";

/** Shares by number of disadvantages of those recorded, and of those not by the fewest and most that they may have. */
interface SharesAtStep {
  readonly step: OverlapStep;
  readonly recorded: CountedShares;
  readonly atLeast: CountedShares;
  readonly atMost: CountedShares;
}

/** The trend at one step: a straight line through the shares, each with its binomial variance (identity link). */
export function trendOf({ step, recorded, atLeast, atMost }: SharesAtStep): AccumulationTrend {
  const { slope, bent } = lineThrough([recorded]);
  return {
    step,
    slope,
    bent,
    unknownAsNone: lineThrough([recorded, atLeast]).slope,
    unknownAsAll: lineThrough([recorded, atMost]).slope,
    sentence: trendSentence(step, slope, bent),
  };
}

function lineThrough(parts: readonly CountedShares[]): {
  readonly slope: Estimate | Absent;
  readonly bent: boolean;
} {
  const rows = [...parts[0]!.people.keys()].flatMap((number) => {
    const sum = (of: keyof CountedShares) =>
      parts.reduce((total, part) => total + part[of][number]!, 0);
    const weight = sum("weight");
    if (weight === 0) return [];
    return [
      {
        number,
        people: sum("people"),
        share: sum("reached") / weight,
        worth: (weight * weight) / sum("squares"),
      },
    ];
  });
  if (rows.filter(({ people }) => people >= FEWEST_COMPARED).length < 2)
    return {
      slope: absent("tooFew", "Too few people differ in their number of disadvantages to say."),
      bent: false,
    };
  const fit = generalisedLinearModel(
    {
      events: rows.map(({ share, worth }) => Math.min(worth, share * worth)),
      denominator: rows.map(({ worth }) => worth),
      predictors: [rows.map(({ number }) => number)],
    },
    { family: "binomial", link: "identity" },
  );
  if (isAbsent(fit))
    return {
      slope: absent(
        fit.absent,
        "The shares do not lie near a straight line: read them one by one.",
      ),
      bent: true,
    };
  const points = 100 * fit.coefficients[1]!;
  const margin = 100 * zOfConfidence() * fit.standardErrors[1]!;
  return {
    slope: { value: points, lower: points - margin, upper: points + margin },
    bent: isBent(rows, fit),
  };
}

/** A line that does not fit and explains less than half of what the shares differ by. */
function isBent(
  rows: readonly { readonly share: number; readonly worth: number }[],
  fit: {
    readonly fitted: ArrayLike<number>;
    readonly pearsonChiSquared: number;
    readonly degreesOfFreedom: number;
  },
): boolean {
  if (fit.degreesOfFreedom < 1) return false;
  const worth = rows.reduce((sum, row) => sum + row.worth, 0);
  const mean = rows.reduce((sum, row) => sum + row.worth * row.share, 0) / worth;
  const spread = (from: (i: number) => number) =>
    rows.reduce((sum, row, i) => sum + row.worth * (row.share - from(i)) ** 2, 0);
  const left = spread((i) => fit.fitted[i]!);
  const whole = spread(() => mean);
  return chiSquareUpperTail(fit.pearsonChiSquared, fit.degreesOfFreedom) < 0.05 && left > whole / 2;
}

/** A step of the trend as a heading. */
function stepWords(step: OverlapStep): string {
  return step === "wait" ? `Seen within ${OVERLAP_WEEKS} weeks` : STEP_LABEL[step];
}

function trendSentence(step: OverlapStep, slope: Estimate | Absent, bent: boolean): string {
  if (isAbsent(slope)) return `${stepWords(step)}: ${slope.message}`;
  const { value, lower, upper } = slope;
  if (bent)
    return `${stepWords(step)}: the share does not change evenly with the number of disadvantages. Read the rows one by one.`;
  if (lower > 0 || upper < 0) {
    const [least, most] = [Math.abs(lower), Math.abs(upper)].sort((a, b) => a - b);
    return `${stepWords(step)}: each further disadvantage goes with ${pointsInWords(value)} points ${value < 0 ? "fewer" : "more"} (likely ${pointsInWords(least!)} to ${pointsInWords(most!)}).`;
  }
  return `${stepWords(step)}: no change with the number of disadvantages can be seen. Each further one goes with anything from ${pointsInWords(lower)} points fewer to ${pointsInWords(upper)} points more.`;
}

/** The clearest trend with the shares at its two ends. */
export function accumulationSentence(
  rows: readonly AccumulationRow[],
  trends: readonly AccumulationTrend[],
): string {
  const clear = trends.flatMap((trend) =>
    isAbsent(trend.slope) || trend.bent || (trend.slope.lower <= 0 && trend.slope.upper >= 0)
      ? []
      : [{ step: trend.step, slope: trend.slope }],
  );
  const worse = clear.filter(({ slope }) => slope.value < 0);
  const least = ({ slope }: (typeof clear)[number]) =>
    Math.min(Math.abs(slope.lower), Math.abs(slope.upper));
  const [first] = (worse.length > 0 ? worse : clear).sort((a, b) => least(b) - least(a));
  if (!first)
    return "No step can be seen at which people fare evenly worse, or better, with each further disadvantage.";
  const { value, lower, upper } = first.slope;
  const [from, to] = [Math.abs(lower), Math.abs(upper)].sort((a, b) => a - b);
  const ends = rows.flatMap((row) => {
    const at = row.steps.find(({ step }) => step === first.step);
    return at && !isAbsent(at.share) ? [{ row, share: at.share.value }] : [];
  });
  const [none, most] = [ends[0], ends.at(-1)];
  const withSo = ({ disadvantages, orMore }: AccumulationRow) =>
    disadvantages === 0 ? "none" : `${disadvantages}${orMore ? " or more" : ""}`;
  const span =
    none && most && none !== most
      ? `: ${percent(none.share)} of people with ${withSo(none.row)} ${doneAt(first.step)}, and ${percent(most.share)} of people with ${withSo(most.row)}`
      : "";
  return `Each further disadvantage goes with ${pointsInWords(value)} ${value < 0 ? "fewer" : "more"} in 100 who ${doneAt(first.step)} (likely ${pointsInWords(from!)} to ${pointsInWords(to!)})${span}.`;
}
