import type { Cube } from "@taproot/engine";
import type { Comparison } from "./comparison.ts";
import type { FindingStep } from "./finding.ts";
import { capitalised, groupInWords, peopleInWords, percent } from "./plain-english.ts";

const lostAt: Readonly<Record<FindingStep, string>> = {
  referred: "are referred less often",
  accepted: "are lost at acceptance",
  seen: "are lost before being seen",
  completed: "are lost before they complete",
  improved: "improve less often",
  wait: "wait longer",
};

const betterAt: Readonly<Record<FindingStep, string>> = {
  referred: "are referred more often",
  accepted: "are accepted more often",
  seen: "are seen more often",
  completed: "complete more often",
  improved: "improve more often",
  wait: "are seen sooner",
};

/** What was compared, as a sentence tells it. */
type Told = Pick<Comparison, "step" | "measure" | "horizonWeeks">;

/** What was reached, after a number of people: "were accepted". */
export function reachedInWords({ step, measure, horizonWeeks }: Told): string {
  if (measure === "seenBy") return `had been seen within ${horizonWeeks} weeks`;
  if (measure === "waitingUnder") return `had waited under ${horizonWeeks} weeks`;
  const words: Readonly<Record<FindingStep, string>> = {
    referred: "were referred",
    accepted: "were accepted",
    seen: "were seen",
    completed: "completed",
    improved: "improved",
    wait: "were seen",
  };
  return words[step];
}

/** Of whom the share is: those whose step is settled. */
export function ofWhom({ step, measure }: Told): string {
  if (measure === "seenBy") return "on the list";
  if (measure === "waitingUnder") return "still waiting";
  const words: Readonly<Record<FindingStep, string>> = {
    referred: "who could need the service",
    accepted: "referred",
    seen: "accepted",
    completed: "seen",
    improved: "measured twice",
    wait: "on the list",
  };
  return words[step];
}

/** People gained or lost: the gap times the people in the group, with its interval. */
export function peopleOf({ gap, group }: Comparison) {
  return {
    value: gap.value * group.denominator,
    lower: gap.lower * group.denominator,
    upper: gap.upper * group.denominator,
  };
}

/** A finding as one plain sentence: who, where, how big, how sure. */
export function findingSentence(cube: Cube, comparison: Comparison): string {
  const { gap, group, others, step } = comparison;
  const worse = gap.value < 0;
  const people = peopleOf(comparison);
  const [least, most] = worse
    ? [Math.max(0, -people.upper), -people.lower]
    : [Math.max(0, people.lower), people.upper];
  const reached = reachedInWords(comparison);
  const who = capitalised(groupInWords(cube, comparison));
  const shares =
    comparison.measure === "rate"
      ? `${rate(group)} referrals for every 100 of them who could need the service, against ${rate(others)} for everyone else`
      : `${percent(group.reached / group.denominator)} of the ${peopleInWords(group.denominator)} ${ofWhom(comparison)} ${reached}, against ${percent(others.reached / others.denominator)} of everyone else`;
  return `${who} ${worse ? lostAt[step] : betterAt[step]}: ${shares}. That is ${peopleInWords(people.value)} ${worse ? "fewer" : "more"} than expected (${peopleInWords(least)} to ${peopleInWords(most)}).`;
}

function rate({ reached, denominator }: Comparison["group"]): string {
  return new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 }).format(
    (100 * reached) / denominator,
  );
}
