import { EXITS, type Exit, FATES, type Fate, LONGEST_WAIT_WEEKS, type Step } from "@taproot/model";
import { outcomeSql } from "./outcome-sql.ts";
import type { RecordsDescription } from "./records-table.ts";

/** Which steps a file records, and at which of them "not yet" cannot be told from "never". */
function recordedSteps({ events }: RecordsDescription): {
  readonly steps: readonly Step[];
  readonly openCountsAsLost: readonly Step[];
} {
  const steps: Step[] = ["referred"];
  const openCountsAsLost: Step[] = [];
  if (events.accepted || events.declined) {
    steps.push("accepted");
    if (!events.declined) openCountsAsLost.push("accepted");
  }
  if (events.firstContact) {
    steps.push("seen");
    if (!events.removed && !events.completed) openCountsAsLost.push("seen");
  }
  if (events.completed) {
    steps.push("completed");
    if (!events.removed) openCountsAsLost.push("completed");
  }
  if (events.scores) steps.push("improved");
  return { steps, openCountsAsLost };
}

/**
 * The steps of the file. Where it has no dates of removal and nobody is closed unseen either, "not seen yet" cannot be told
 * from "never seen", whatever else is recorded.
 *
 * @param total how many referrals have a fate
 */
export function stepsOf(description: RecordsDescription, total: (fate: Fate) => number) {
  const { steps, openCountsAsLost } = recordedSteps(description);
  const { events } = description;
  const never =
    events.firstContact &&
    !events.removed &&
    !openCountsAsLost.includes("seen") &&
    total("leftBeforeSeen") === 0 &&
    total("waiting") > 0;
  return {
    steps,
    openCountsAsLost: never
      ? steps.filter((step) => step === "seen" || openCountsAsLost.includes(step))
      : openCountsAsLost,
  };
}

const fate = (name: Fate) => String(FATES.indexOf(name));
const exit = (name: Exit) => String(EXITS.indexOf(name));

/** SQL expressions over the records table, one row a referral; {@link codedRecordsSql} names them. */
export interface FateExpressions {
  readonly fate: string;
  readonly exit: string;
  /**
   * Weeks from referral to the exit or to the day the data were taken, from 0: days 0 to 7 are week 0, days 8 to 14 week
   * 1, so that "within 18 weeks" is at most 126 days, as national waiting times count.
   */
  readonly week: string;
  /** Change of score, positive is better; null without both scores. */
  readonly change: string;
}

/**
 * How a referral's dates become its fate and its wait. A later event implies the earlier ones; a step that the file does
 * not record is passed through.
 */
export function fateExpressions(description: RecordsDescription): FateExpressions {
  const { events, outcome } = description;
  const declinedDate = "declined is not null or decline_reason is not null";
  const seen = events.firstContact ? "first_contact is not null" : undefined;
  const completed = events.completed
    ? seen
      ? `(completed is not null and ${seen})`
      : "completed is not null"
    : undefined;
  const evidenceOfSeen = [seen, completed].filter((test) => test !== undefined);
  // Accepted: by its own date, by having been seen, or, where only declining is recorded, by not having been declined.
  const accepted = events.accepted
    ? `(${["accepted is not null", ...evidenceOfSeen].join(" or ")})`
    : events.declined
      ? `(${[`not (${declinedDate})`, ...evidenceOfSeen].join(" or ")})`
      : "true";
  const left = `(removed is not null or ${declinedDate} or completed is not null)`;
  const notAccepted = `case when ${declinedDate} or removed is not null or completed is not null then ${fate("declined")} else ${fate("awaitingDecision")} end`;
  const { change, improved } = outcomeSql(outcome);
  const measured = `case when ${change} is null then ${fate("completedUnmeasured")} when ${improved} then ${fate("improved")} else ${fate("completedNotImproved")} end`;
  const afterSeen = completed
    ? `case when ${completed} then ${measured} when removed is not null then ${fate("leftAfterSeen")} else ${fate("inTreatment")} end`
    : measured;
  const notSeen = `case when ${left} then ${fate("leftBeforeSeen")} else ${fate("waiting")} end`;
  const fateSql = `case when not ${accepted} then ${notAccepted} ${seen ? `when not (${seen}) then ${notSeen}` : ""} else ${afterSeen} end`;
  // Exits: an undated decline is put at the start, the earliest that it can have been.
  const leavingDate = "least(removed, declined, completed)";
  const exitSql = `case when ${seen ?? "false"} then ${exit("seen")} when not ${accepted} then case when ${left} then ${exit("declined")} else ${exit("undecided")} end when ${left} then ${exit("removed")} else ${exit("waiting")} end`;
  const endDate = `case when ${seen ?? "false"} then first_contact when ${left} then coalesce(${leavingDate}, referred) else cast('${description.asOf}' as date) end`;
  return {
    fate: fateSql,
    exit: exitSql,
    week: `least(greatest((date_diff('day', referred, ${endDate}) - 1) // 7, 0), ${LONGEST_WAIT_WEEKS})`,
    change,
  };
}
