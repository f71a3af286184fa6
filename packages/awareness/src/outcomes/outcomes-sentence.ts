import { isAbsent } from "@taproot/statistics";
import { capitalised, peopleInWords, percent } from "../plain-english.ts";
import { standsOut } from "../waits/beyond-chance.ts";
import { likelyBetween } from "../waits/likely-between.ts";
import type { GroupOutcomes, OutcomesTable } from "./outcomes.ts";

const size = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 2 });
const points = (change: number) => size.format(Math.abs(change));

/** A table of outcomes in a few sentences: who gained less, the share improved, and of how many nothing is known. */
export function outcomesSentences(
  table: Omit<OutcomesTable, "sentence" | "sentences">,
): readonly string[] {
  const { everyone, instrument } = table;
  if (!table.scored) return ["These data hold no scores from before and after."];
  if (everyone.finished === 0 && everyone.measured === 0)
    return ["Nobody here has finished, so no change can be told yet."];
  const on = instrument === undefined ? "" : ` on ${instrument}`;
  if (isAbsent(everyone.change))
    return [
      `Too few people have a score before and after${on} to say how they did: ${peopleInWords(everyone.measured)}.`,
    ];
  const { value } = everyone.change;
  const all = `People gained ${points(value)} points${on} on average`.replace(
    "gained",
    value < 0 ? "lost" : "gained",
  );
  const known = table.groups.filter(({ group }) => !group.unknown);
  const worst = standsOut(
    known,
    ({ changeDifference }) => (isAbsent(changeDifference) ? undefined : changeDifference),
    "less",
  );
  return [`${worst ? gap(worst, on) : all}.`, chance(known, worst), missing(everyone)].filter(
    (part) => part !== "",
  );
}

function gap({ group, changeDifference }: GroupOutcomes, on: string): string {
  if (isAbsent(changeDifference)) return "";
  const less = changeDifference.value < 0 ? "less" : "more";
  return `${capitalised(group.people)} gained ${points(changeDifference.value)} points ${less}${on} than everyone else (${likelyBetween(changeDifference, points)})`;
}

function chance(known: readonly GroupOutcomes[], worst: GroupOutcomes | undefined): string {
  const compared = known.filter(({ changeDifference }) => !isAbsent(changeDifference)).length;
  return worst || compared < 2
    ? ""
    : "No group’s change differs from everyone else’s by more than chance would make it.";
}

function missing({ finished, unmeasured, unmeasuredShare, improvedBounds }: GroupOutcomes): string {
  if (isAbsent(unmeasuredShare) || unmeasured === 0) return "";
  const range = isAbsent(improvedBounds)
    ? ""
    : `: the share who improved lies between ${percent(improvedBounds.lower)} and ${percent(improvedBounds.upper)}, whoever they are`;
  return `Of ${peopleInWords(finished)} people who finished, ${peopleInWords(unmeasured)} (${percent(unmeasuredShare.value)}) have no score before and after${range}.`;
}
