import { peopleInWords, percent } from "../plain-english.ts";
import type { LossReason, LossReasons, ReasonStep } from "./loss-reason.ts";
import { isSure, likely } from "./part.ts";
import { settledWho } from "./step-words.ts";

const WERE_LOST: Readonly<Record<ReasonStep, string>> = {
  accepted: "were declined",
  seen: "left before being seen",
  completed: "left before completing",
};

/** How people are lost at a step: "were declined". */
export function wereLost(step: ReasonStep): string {
  return WERE_LOST[step];
}

/** A reason as it is shown: the file's own words, or that there is none. */
export function reasonName({ reason, none }: Pick<LossReason, "reason" | "none">): string {
  if (reason !== undefined) return reason;
  return none === "stillOpen" ? "Still open, counted as lost" : "No reason recorded";
}

/** How many are lost on both sides, and the reasons that make most of the difference. */
export function reasonsSentence(found: Omit<LossReasons, "sentence">): string {
  const { step, words, group, others, more, reasons, noneRecorded } = found;
  const first = `${percent(group.value)} of the ${peopleInWords(group.denominator)} ${words.group} ${settledWho(step)} ${WERE_LOST[step]}, against ${percent(others.value)} of ${words.others}: ${moreOrLess(more.people.value)} (${likely(more.people)}).`;
  if (reasons.length === 0) return "Nobody on either side is lost at this step.";
  if (noneRecorded) return `${first} No reason is recorded for any of them.`;
  const top = reasons.filter(({ none, more: one }) => none === undefined && one.people.value > 0);
  const sure = top.filter(({ more: one }) => isSure(one.people));
  const [largest] = sure.length > 0 ? sure : top;
  if (!largest) return `${first} No recorded reason is more frequent in this group.`;
  const told = `“${reasonName(largest)}” makes the largest difference: ${moreOrLess(largest.more.people.value)} (${likely(largest.more.people)})`;
  return `${first} ${told}${isSure(largest.more.people) ? "" : ", which could be chance"}.`;
}

/** "38 more than at everyone else's rate" without its end. */
function moreOrLess(people: number): string {
  const size = peopleInWords(people);
  return size === "0" ? "no difference" : `${size} people ${people > 0 ? "more" : "fewer"}`;
}
