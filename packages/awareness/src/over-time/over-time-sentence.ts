import { STEP_LABEL } from "@taproot/model";
import { isAbsent } from "@taproot/statistics";
import { capitalised, peopleInWords, pointsInWords } from "../plain-english.ts";
import type { GapsOverTime, GapThenAndNow } from "./over-time.ts";

const HOW: Readonly<Record<NonNullable<GapThenAndNow["closed"]>, string>> = {
  levelledUp: "It closed because those behind caught up.",
  levelledDown: "It closed only because those ahead fell back: nobody is better off for it.",
  both: "Part of it closed because those behind caught up, part because those ahead fell back.",
  widened: "It is wider than before.",
};

/** Where a gap is, in the middle of a sentence: "at the step “Accepted”". */
export function stepInWords({
  step,
  horizonWeeks,
  measure,
}: Pick<GapThenAndNow, "step" | "horizonWeeks" | "measure">): string {
  if (measure === "seenBy") return `in being seen within ${horizonWeeks} weeks`;
  if (measure === "waitingUnder") return `in waiting under ${horizonWeeks} weeks`;
  return step === "wait" ? "in waiting" : `at the step “${STEP_LABEL[step]}”`;
}

/** The surest change in one sentence, or that no gap changed by more than chance. */
export function overTimeSentence({ rows, referrals }: Omit<GapsOverTime, "sentence">): string {
  const surest = rows
    .filter(({ closed }) => closed !== undefined)
    .flatMap((row) => (isAbsent(row.change) ? [] : [{ row, change: row.change }]))
    .sort((a, b) => a.change.q - b.change.q || Math.abs(b.change.value) - Math.abs(a.change.value));
  const [first] = surest;
  if (!first) {
    const compared = rows.filter(({ change }) => !isAbsent(change)).length;
    return compared === 0
      ? `Too few people are settled in one of the two periods to compare gaps (${peopleInWords(referrals.before)} and ${peopleInWords(referrals.after)} referrals).`
      : `No gap changed between the two periods by more than chance would make it (${compared} gaps compared; ${peopleInWords(referrals.before)} and ${peopleInWords(referrals.after)} referrals).`;
  }
  const { row, change } = first;
  const { before, after } = row;
  if (isAbsent(before) || isAbsent(after) || !row.closed)
    throw new Error("a change was told of a gap that was not seen twice");
  const gap = (points: number) =>
    `${pointsInWords(points)} points ${points < 0 ? "behind" : "ahead"}`;
  const ends = [change.lower, change.upper].map(Math.abs).sort((a, b) => a - b) as [number, number];
  return `${capitalised(row.group.people)} were ${gap(before.points.value)} ${stepInWords(row)} and are now ${gap(after.points.value)}: a change of ${pointsInWords(change.value)} points (likely between ${pointsInWords(ends[0])} and ${pointsInWords(ends[1])}). ${HOW[row.closed]}`;
}
