import type { Exit, Fate } from "@taproot/model";
import type { RecordsDescription } from "../src/index.ts";
import type { Referral } from "./referral.ts";

const day = 86_400_000;

/** What counting must make of one referral, worked out step by step from the words of the rules. */
export interface SlowFate {
  readonly fate: Fate;
  readonly exit: Exit;
  readonly week: number;
  readonly change: number | undefined;
}

function settingsOf(outcome: RecordsDescription["outcome"], measure: string | null | undefined) {
  for (const one of outcome.instruments ?? []) if (one.instrument === measure) return one;
  return outcome;
}

function changeOf(
  { score_before, score_after, outcome_measure }: Referral,
  { outcome }: RecordsDescription,
): number | undefined {
  if (typeof score_before !== "number" || typeof score_after !== "number") return undefined;
  return settingsOf(outcome, outcome_measure).higherIsBetter
    ? score_after - score_before
    : score_before - score_after;
}

export function slowFate(referral: Referral, description: RecordsDescription): SlowFate {
  const { events, outcome, asOf } = description;
  const seen = events.firstContact && Boolean(referral.first_contact);
  // Completed without a contact is no completion, unless contacts are not recorded at all.
  const finished =
    events.completed && Boolean(referral.completed) && (seen || !events.firstContact);
  const turnedAway = Boolean(referral.declined) || Boolean(referral.decline_reason);
  const gone = turnedAway || Boolean(referral.removed) || Boolean(referral.completed);
  // A later event implies the earlier; a step that is not recorded is passed through.
  const accepted =
    seen ||
    finished ||
    (events.accepted ? Boolean(referral.accepted) : events.declined ? !turnedAway : true);
  const change = changeOf(referral, description);

  function fate(): Fate {
    if (!accepted) return gone ? "declined" : "awaitingDecision";
    if (events.firstContact && !seen) return gone ? "leftBeforeSeen" : "waiting";
    if (events.completed && !finished) return referral.removed ? "leftAfterSeen" : "inTreatment";
    if (change === undefined) return "completedUnmeasured";
    const { smallestChange } = settingsOf(outcome, referral.outcome_measure);
    return change > 0 && change >= smallestChange ? "improved" : "completedNotImproved";
  }
  function exit(): Exit {
    if (seen) return "seen";
    if (!accepted) return gone ? "declined" : "undecided";
    return gone ? "removed" : "waiting";
  }
  function end(): string {
    if (seen) return String(referral.first_contact);
    const [first] = [referral.removed, referral.declined, referral.completed]
      .filter((date) => typeof date === "string")
      .sort();
    return gone ? (first ?? referral.referred) : asOf;
  }
  const days = (Date.parse(end()) - Date.parse(referral.referred)) / day;
  // Days 0 to 7 are week 0, days 8 to 14 week 1.
  const week = Math.min(Math.max(Math.ceil(days / 7) - 1, 0), 520);
  return { fate: fate(), exit: exit(), week, change };
}

/** The quarter of a date as the period's groups are named. */
export function quarterOf(date: string): string {
  const month = Number(date.slice(5, 7));
  const name =
    month <= 3
      ? "January to March"
      : month <= 6
        ? "April to June"
        : month <= 9
          ? "July to September"
          : "October to December";
  return `${name} ${date.slice(0, 4)}`;
}
